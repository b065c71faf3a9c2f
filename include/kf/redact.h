/**
 * @file
 * Pseudonyms in the place of citizens' names in what is reported.
 */
#ifndef KF_REDACT_H
#define KF_REDACT_H

#include "kf/audit.h"

/** Whoever holds it can tell which pseudonym is which label; without it, none can. */
typedef struct {
    uint8_t bytes[32];
} KfRedactKey;

/** A key from secret bytes of any length, such as a file. */
void kf_redact_key(KfRedactKey *out, KfText secret);
/**
 * "Borger-K7Q2M4XP" for a citizen's label: HMAC-SHA256 by the key of the label in lower case
 * without outer space, its first 40 bits in Crockford's letters. In arena.
 */
KfText kf_pseudonym(KfArena *arena, const KfRedactKey *key, KfText label);
/**
 * Put pseudonyms in the place of the citizens of a model, and of their labels in names of
 * sheets and texts that were not understood. The book that the sheets of the model are told
 * by is replaced by a copy with other names of sheets. Inside kf_arena_run().
 */
void kf_redact_model(KfArena *arena, const KfRedactKey *key, KfModel *model, const KfBook **book);
/** The same of an audit that is done, with its findings. Nothing can be corrected by it then. */
void kf_redact_audit(KfArena *arena, const KfRedactKey *key, KfAudit *audit);

#endif
