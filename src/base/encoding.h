/**
 * @file
 * Text in other encodings, turned into UTF-8.
 */
#ifndef KF_ENCODING_H
#define KF_ENCODING_H

#include "kf/base.h"

/** Append UTF-16 (without its byte order mark) as UTF-8; lone halves and a lone
 *  last byte become U+FFFD. */
void kf_buf_utf16(KfBuf *out, KfText bytes, bool big_endian);
/** Code point of a Windows-1252 byte; the five unused ones stand for themselves. */
int32_t kf_cp1252_rune(unsigned char byte);
/** Append Windows-1252 bytes as UTF-8. */
void kf_buf_cp1252(KfBuf *out, KfText bytes);
bool kf_text_is_utf8(KfText text);

#endif
