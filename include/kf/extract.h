/**
 * @file
 * From a book to the cases in it.
 */
#ifndef KF_EXTRACT_H
#define KF_EXTRACT_H

#include "kf/model.h"

/** Find every case table of the book. Call inside kf_arena_run(). */
void kf_extract(KfArena *arena, const KfBook *book, KfModel *model);

/** The same shared out among so many threads; what is found is the same. */
void kf_extract_by(KfArena *arena, const KfBook *book, unsigned threads, KfModel *model);

#endif
