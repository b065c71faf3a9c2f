/* What the commands say, from says.def. */
#ifndef PLUGIN_SAY_H
#define PLUGIN_SAY_H

#include "kf/edit.h"

typedef enum {
#define KF_SAY(id, da, en) KF_SAYS_##id,
#include "says.def"
#undef KF_SAY
    KF_SAYS_COUNT
} KfSays;

KfText kf_says(KfSays say, KfLang lang);
/** The text with its places filled. */
void kf_buf_says(KfBuf *out, KfSays say, KfLang lang, const KfText *args, size_t count);

#endif
