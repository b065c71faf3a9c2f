/* Text made fit to stand in the formats that are written: markup, and fields of CSV. */
#include <csv.h>

#include "kf/base.h"

void kf_buf_markup(KfBuf *buf, KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '&':
            kf_buf_str(buf, "&amp;");
            break;
        case '<':
            kf_buf_str(buf, "&lt;");
            break;
        case '>':
            kf_buf_str(buf, "&gt;");
            break;
        case '"':
            kf_buf_str(buf, "&quot;");
            break;
        case '\'':
            kf_buf_str(buf, "&#39;");
            break;
        default:
            kf_buf_char(buf, text.ptr[i]);
        }
    }
}

/* libcsv puts each piece in quotes; only the outermost pair is kept. */
void kf_buf_csv_quoted(KfBuf *buf, KfText text)
{
    enum { PIECE = 256 };

    kf_buf_char(buf, '"');
    for (size_t at = 0; at < text.len; at += PIECE) {
        KfText piece = kf_text_slice(text, at, at + PIECE);
        char quoted[2 * PIECE + 2];
        size_t len = csv_write(quoted, sizeof quoted, piece.ptr, piece.len);

        kf_buf_bytes(buf, quoted + 1, len - 2);
    }
    kf_buf_char(buf, '"');
}
