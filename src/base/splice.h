/**
 * @file
 * Changing a text in places while every other byte stays.
 */
#ifndef KF_SPLICE_H
#define KF_SPLICE_H

#include "kf/base.h"

typedef struct {
    size_t from, to; /**< bytes replaced, to not included; from == to inserts */
    KfText with;     /**< borrowed until kf_splices_apply() */
} KfSplice;

/** Changes to one text, noted in any order. {0} with an arena is an empty list. */
typedef struct {
    KfArena *arena;
    KfSplice *items;
    size_t count, cap;
} KfSplices;

/** Note one change. Those at the same place come out in the order they were noted. */
void kf_splice(KfSplices *splices, size_t from, size_t to, KfText with);
/**
 * text with the changes made, in the arena; text itself when there are none.
 * A change that overlaps an earlier one, or lies outside text, is left out.
 */
KfText kf_splices_apply(KfSplices *splices, KfText text);

#endif
