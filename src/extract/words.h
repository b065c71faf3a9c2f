/* What a label means, by its words: payer row, total, section, course, citizen. */
#ifndef KF_EXTRACT_WORDS_H
#define KF_EXTRACT_WORDS_H

#include "kf/model.h"

typedef enum {
    KF_ROLE_OTHER,   /* a benefit, a note: none of the below */
    KF_ROLE_PAYER,   /* "Udgift for kommunen" */
    KF_ROLE_TOTAL,   /* "Udgift i alt" */
    KF_ROLE_SECTION, /* "Øvrige ydelser" */
    KF_ROLE_SUBTOTAL /* "Enkeltydelser i alt": not added again */
} KfRole;

typedef struct {
    KfRole role;
    KfPayer payer; /* KF_ROLE_PAYER */
    bool summed;   /* says "i alt" */
    bool grand;    /* says "samlet": over the whole course */
    bool part;     /* says "heraf" */
} KfLabelRole;

KfLabelRole kf_label_role(KfText label);

/* Whether a heading names a course, as "Faktisk forløb" does: KfCourseKind, or -1. */
int kf_course_named(KfText heading);

/* "Borger 1" of "Borger 1, faktisk forløb"; empty when the text names no citizen. */
KfText kf_citizen_named(KfText heading);

/* A sheet name without its course words: "Borger 1" of "Borger 1 faktisk". */
KfText kf_without_course(KfText name);

/* Øre that a shown 1 stands for when the text names a unit ("1.000 kr."), else 0. */
KfOere kf_unit_named(KfText heading);

/* Months of "3-årigt forløb" or "36 måneder", else 0. */
int32_t kf_horizon_named(KfText heading);

#endif
