/* Statuses, their machine names and their texts, all from one list. */
#include "kf/base.h"

#include <string.h>

typedef struct {
    const char *code;
    const char *text[KF_LANG_COUNT];
} StatusRow;

static const StatusRow statuses[KF_STATUS_COUNT] = {
    [KF_OK] = { "ok", { "", "" } },
#define KF_STATUS(id, code, da, en) [KF_##id] = { code, { da, en } },
#include "kf/status.def"
#undef KF_STATUS
};

static bool is_of_number(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == ' ';
}

/* Cuts at a whole character, and in front of a number: half a CPR number would not be known
 * for one any more. */
static void copy_cut(char *to, size_t room, KfText from)
{
    size_t len = 0;

    for (size_t pos = 0; pos < from.len;) {
        kf_text_next(from, &pos);
        if (pos >= room)
            break;
        len = pos;
    }
    for (size_t cut = 0; len < from.len && len && cut < 24 && is_of_number(from.ptr[len - 1]);
         cut++)
        len--;
    if (len)
        memcpy(to, from.ptr, len);
    to[len] = '\0';
}

KfStatus kf_fail(KfError *err, KfStatus status, KfText part, KfText detail)
{
    if (err) {
        err->status = status;
        copy_cut(err->part, sizeof err->part, part);
        copy_cut(err->detail, sizeof err->detail, detail);
    }
    return status;
}

const char *kf_status_code(KfStatus status)
{
    return statuses[status].code;
}

void kf_error_text(KfBuf *out, const KfError *err, KfText path, KfLang lang)
{
    const KfText args[] = { path, kf_text(err->part), kf_text(err->detail) };

    kf_buf_fill(out, kf_text(statuses[err->status].text[lang]), args, 3);
}
