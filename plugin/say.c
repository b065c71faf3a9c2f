#include "say.h"

static const char *const texts[KF_SAYS_COUNT][KF_LANG_COUNT] = {
#define KF_SAY(id, da, en) [KF_SAYS_##id] = { da, en },
#include "says.def"
#undef KF_SAY
};

KfText kf_says(KfSays say, KfLang lang)
{
    return kf_text(texts[say][lang]);
}

void kf_buf_says(KfBuf *out, KfSays say, KfLang lang, const KfText *args, size_t count)
{
    kf_buf_fill(out, kf_says(say, lang), args, count);
}
