/* What a file may hold, all from one list. */
#include "kf/limits.h"

typedef struct {
    const char *key;
    uint64_t most;
    const char *name[KF_LANG_COUNT];
} BoundRow;

static const BoundRow bounds[KF_BOUND_COUNT] = {
#define KF_BOUND(id, key, usual, most, da, en) [KF_BOUND_##id] = { key, most, { da, en } },
#include "kf/limits.def"
#undef KF_BOUND
};

const KfLimits kf_usual_limits = { {
#define KF_BOUND(id, key, usual, most, da, en) [KF_BOUND_##id] = (usual),
#include "kf/limits.def"
#undef KF_BOUND
} };

const char *kf_bound_key(KfBound bound)
{
    return bounds[bound].key;
}

const char *kf_bound_name(KfBound bound, KfLang lang)
{
    return bounds[bound].name[lang];
}

size_t kf_limit_bytes(const KfLimits *limits, KfBound bound)
{
    return (size_t)limits->of[bound] << 20;
}

/* A whole number from 1 to most; 0 when it is none. */
static uint64_t read_number(KfText text, uint64_t most)
{
    uint64_t number = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return 0;
        number = number * 10 + (uint64_t)(text.ptr[i] - '0');
        if (number > most)
            return 0;
    }
    return number;
}

bool kf_limit_read(KfLimits *limits, KfText text)
{
    size_t equals = kf_text_find(text, KF_TEXT("="));
    KfText key = kf_text_slice(text, 0, equals);

    for (int i = 0; equals != SIZE_MAX && i < KF_BOUND_COUNT; i++) {
        if (!kf_text_eq(key, kf_text(bounds[i].key)))
            continue;
        limits->of[i] = read_number(kf_text_slice(text, equals + 1, text.len), bounds[i].most);
        return limits->of[i] > 0;
    }
    return false;
}

KfStatus kf_fail_limit(KfError *err, const KfLimits *limits, KfBound bound, KfText part)
{
    KfBuf detail = { 0 };

    kf_buf_str(&detail, "over ");
    kf_buf_uint_padded(&detail, limits->of[bound], 1);
    kf_buf_char(&detail, ' ');
    kf_buf_str(&detail, bounds[bound].name[KF_LANG_DA]);
    kf_buf_str(&detail, "; ændres med --limit ");
    kf_buf_str(&detail, bounds[bound].key);
    kf_buf_str(&detail, "=N");
    kf_fail(err, KF_LIMIT, part, detail.bad ? KF_TEXT("") : kf_buf_view(&detail));
    kf_buf_free(&detail);
    return KF_LIMIT;
}
