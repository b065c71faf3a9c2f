/* functions.def as tables. */
#include "functions.h"

static const KfFunction functions[] = {
#define KF_FUNCTION(id, da, en) [KF_FN_##id] = { #id, "KF." #id, { da, en } },
#define KF_ARGUMENT(id, kind, need, name_da, name_en, da, en)
#include "functions.def"
#undef KF_FUNCTION
#undef KF_ARGUMENT
};

enum { NEEDED, OPTIONAL };

static const KfArgument arguments[] = {
#define KF_FUNCTION(id, da, en)
#define KF_ARGUMENT(id, kind, need, name_da, name_en, da, en)                                      \
    { KF_FN_##id, KF_ARGUMENT_##kind, need, { name_da, name_en }, { da, en } },
#include "functions.def"
#undef KF_FUNCTION
#undef KF_ARGUMENT
};

const KfFunction *kf_function(KfFunctionId id)
{
    return &functions[id];
}

const KfArgument *kf_function_arguments(KfFunctionId id, size_t *count)
{
    const size_t all = sizeof arguments / sizeof *arguments;
    size_t first = 0, end;

    while (first < all && arguments[first].function != id)
        first++;
    for (end = first; end < all && arguments[end].function == id;)
        end++;
    *count = end - first;
    return &arguments[first < all ? first : 0];
}
