/* Statuses, their machine names and their texts, all from one list. Details are put together in
 * Danish, from words of another list; in English these are put in their place. */
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

static const KfText details[][KF_LANG_COUNT] = {
#define KF_DETAIL(da, en) { { da, sizeof(da) - 1 }, { en, sizeof(en) - 1 } },
#include "kf/details.def"
#undef KF_DETAIL
#define KF_BOUND(id, key, usual, most, da, en) { { da, sizeof(da) - 1 }, { en, sizeof(en) - 1 } },
#include "kf/limits.def"
#undef KF_BOUND
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

/* The row whose Danish words are the next of the text, whole words; NULL when there is none. */
static const KfText *detail_at(KfText text, size_t at)
{
    const KfText rest = kf_text_slice(text, at, text.len);

    if (at && text.ptr[at - 1] != ' ' && text.ptr[at] != ';')
        return NULL;
    for (size_t i = 0; i < sizeof details / sizeof *details; i++) {
        const KfText words = details[i][KF_LANG_DA];

        if (kf_text_starts(rest, words)
            && (rest.len == words.len || words.ptr[words.len - 1] == ' '
                || rest.ptr[words.len] == ' ' || rest.ptr[words.len] == ';'
                || rest.ptr[words.len] == ':'))
            return details[i];
    }
    return NULL;
}

static void put_detail(KfBuf *out, KfText text, KfLang lang)
{
    for (size_t at = 0; at < text.len;) {
        const KfText *words = lang == KF_LANG_DA ? NULL : detail_at(text, at);

        if (words) {
            kf_buf_text(out, words[lang]);
            at += words[KF_LANG_DA].len;
        } else {
            kf_buf_char(out, text.ptr[at++]);
        }
    }
}

void kf_error_text(KfBuf *out, const KfError *err, KfText path, KfLang lang)
{
    KfBuf part = { 0 }, detail = { 0 };

    put_detail(&part, kf_text(err->part), lang);
    put_detail(&detail, kf_text(err->detail), lang);
    {
        const KfText args[] = { path, kf_buf_view(&part), kf_buf_view(&detail) };

        kf_buf_fill(out, kf_text(statuses[err->status].text[lang]), args, 3);
    }
    kf_buf_close(&part, out);
    kf_buf_close(&detail, out);
}
