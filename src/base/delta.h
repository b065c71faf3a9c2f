/**
 * @file
 * A text told by another one that is much like it: what to copy, and what is new.
 */
#ifndef KF_DELTA_H
#define KF_DELTA_H

#include "kf/base.h"

/** Append to out how to make `to` from `from`. arena is for the work; inside kf_arena_run(). */
void kf_delta_make(KfArena *arena, KfBuf *out, KfText from, KfText to);
/** Append to out what delta makes from `from`. False, out then being undefined, when delta is
 *  none or would make more than limit bytes. */
bool kf_delta_apply(KfBuf *out, KfText from, KfText delta, size_t limit);

/** Append bytes as base64, and back; false when text is none. */
void kf_buf_base64(KfBuf *out, KfText bytes);
bool kf_buf_unbase64(KfBuf *out, KfText text);

#endif
