/* The worksheet functions, once for every spreadsheet program: functions.def lists
 * them, and each is worked out here from values to a value. All are pure, and may run
 * on several threads at once. */
#ifndef PLUGIN_FUNCTIONS_H
#define PLUGIN_FUNCTIONS_H

#include "host.h"
#include "kf/rules.h"

typedef enum {
#define KF_FUNCTION(id, da, en) KF_FN_##id,
#define KF_ARGUMENT(id, kind, need, name_da, name_en, da, en)
#include "functions.def"
#undef KF_FUNCTION
#undef KF_ARGUMENT
    KF_FN_COUNT
} KfFunctionId;

typedef enum { KF_ARGUMENT_VALUE, KF_ARGUMENT_RANGE } KfArgumentKind;

typedef struct {
    KfFunctionId function;
    KfArgumentKind kind;
    bool is_optional;
    const char *name[KF_LANG_COUNT], *help[KF_LANG_COUNT];
} KfArgument;

typedef struct {
    const char *id;   /**< "ANDEL" */
    const char *name; /**< "KF.ANDEL", as it stands in a cell */
    const char *help[KF_LANG_COUNT];
} KfFunction;

/** No function takes more arguments. */
#define KF_FN_MOST_ARGUMENTS 5

/** "Kontrafakt": the category of all functions, and the title of the menu. */
#define KF_PLUGIN_TITLE "Kontrafakt"

const KfFunction *kf_function(KfFunctionId id);
/** The arguments of a function, in their order. */
const KfArgument *kf_function_arguments(KfFunctionId id, size_t *count);

/** What is loaded once and then only read. */
typedef struct {
    KfRuleSet *rules;
    KfLang lang; /**< of help and of what commands say */
} KfPlugin;

/** Work out one function. Arguments that are not given are MISSING or beyond count. */
void kf_function_call(const KfPlugin *plugin, KfFunctionId id, const KfHostValue *args,
                      size_t count, KfHostResult *out);

#endif
