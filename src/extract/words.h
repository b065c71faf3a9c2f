/* What a label means, by its words: payer row, total, section, course, citizen. */
#ifndef KF_EXTRACT_WORDS_H
#define KF_EXTRACT_WORDS_H

#include "kf/model.h"

typedef enum {
    KF_ROLE_OTHER,    /* a benefit: none of the below */
    KF_ROLE_PAYER,    /* "Udgift for kommunen" */
    KF_ROLE_TOTAL,    /* "Udgift i alt" */
    KF_ROLE_SECTION,  /* "Øvrige ydelser" */
    KF_ROLE_SUBTOTAL, /* "Enkeltydelser i alt": not added again */
    KF_ROLE_NOTE      /* "Note: …", "* …" */
} KfRole;

typedef struct {
    KfRole role;
    KfPayer payer; /* KF_ROLE_PAYER */
    bool summed;   /* says "i alt" */
    bool grand;    /* says "samlet": over the whole course */
    bool part;     /* says "heraf" */
    bool not_sum;  /* says "ikke en sum" */
} KfLabelRole;

KfLabelRole kf_label_role(KfText label);

/* Whether label is the section's own total: "Behandling i alt" under "Behandling". */
bool kf_label_sums_section(KfText label, KfText section);

typedef struct {
    int kind;  /* KfCourseKind, or -1 */
    bool sure; /* names a course outright: "Faktisk forløb", but not "Faktisk" */
} KfCourseName;

KfCourseName kf_course_name(KfText heading);

/* Whether a heading names a course, as "Faktisk forløb" does: KfCourseKind, or -1. */
int kf_course_named(KfText heading);

/* "Borger 1" of "Borger 1, faktisk forløb"; empty when the text names no citizen. */
KfText kf_citizen_named(KfText heading);

/* What a label says, its words understood once. */
typedef struct {
    KfLabelRole role;
    KfCourseName course;
    KfText citizen;    /* as kf_citizen_named() gives it */
    bool announces;    /* only announces a citizen: "Borger", "Navn:", "CPR-nr."; what stands
                        * beside it is the citizen's name */
    bool is_page_mark; /* "Side 2 af 3", "- 2 -": what a printed page leaves between rows */
    bool says_sum;     /* any word speaks of a sum: "i alt", "samlet", "subtotal" */
} KfLabelWords;

KfLabelWords kf_label_words(KfText label);

/* A sheet name without its course words: "Borger 1" of "Borger 1 faktisk"; empty
 * when there is nothing else in it. */
KfText kf_without_course(KfText name);

/* Øre that a shown 1 stands for when the text names a unit ("1.000 kr."), else 0. */
KfOere kf_unit_named(KfText heading);

typedef struct {
    KfOere named;    /* kf_unit_named() */
    KfOere of_all;   /* the same where the text speaks of all amounts: "Alle beløb i t.kr." */
    int32_t horizon; /* months of "3-årigt forløb", else 0 */
} KfLabelUnits;

KfLabelUnits kf_label_units(KfText text);

#endif
