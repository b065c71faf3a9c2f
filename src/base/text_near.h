/**
 * @file
 * What is known of texts that stand where they are: cells share theirs, so that the same text is
 * mostly met at the same address, and need not be compared.
 */
#ifndef KF_TEXT_NEAR_H
#define KF_TEXT_NEAR_H

#include "kf/base.h"

/** A text met before, and what the caller knows of it. */
typedef struct {
    KfText text;
    void *known;
} KfTextNear;

/** The place of a text, which is not empty, among as many as a power of two. */
static inline KfTextNear *kf_text_near(KfTextNear *places, size_t count, KfText text)
{
    const uint64_t at = ((uintptr_t)text.ptr + text.len) * UINT64_C(0x9E3779B97F4A7C15) >> 32;

    return &places[at & (count - 1)];
}

/** Whether this very text was met there before: the same bytes at the same address. */
static inline bool kf_text_is_near(const KfTextNear *near, KfText text)
{
    return near->text.ptr == text.ptr && near->text.len == text.len;
}

#endif
