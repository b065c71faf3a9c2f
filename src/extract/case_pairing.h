/* Which two courses are one citizen's case. */
#ifndef KF_EXTRACT_CASE_PAIRING_H
#define KF_EXTRACT_CASE_PAIRING_H

#include "kf/model.h"

/* A citizen's cases: indices into the model, and the first that may lack a course. */
typedef struct KfCitizenCases {
    KfText citizen;
    size_t *cases;
    size_t count, cap;
    size_t open_from[KF_COURSE_COUNT];
    struct KfCitizenCases *next;
} KfCitizenCases;

typedef struct {
    KfArena *arena;
    KfModel *model;
    size_t case_cap;
    KfCitizenCases **slots;
    bool in_turn; /* the sheet has as many courses of either kind: the first belongs to
                     the first, wherever names do not say it */
} KfCasePairing;

void kf_case_pairing_init(KfCasePairing *pairing, KfArena *arena, KfModel *model);

/* The case that a course of the citizen belongs to, an old one that lacks it or a new
 * one called `shown`. kind -1: whichever of the two the case lacks. */
KfCase *kf_case_pair(KfCasePairing *pairing, KfText citizen, KfText shown, uint32_t sheet,
                     int kind);

/* Whether a case of the citizen, as it was paired so far, lacks such a course. */
bool kf_case_lacks(KfCasePairing *pairing, KfText citizen, uint32_t sheet, int kind);

#endif
