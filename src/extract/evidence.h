/* What a table is about, by the words in and above it. */
#ifndef KF_EXTRACT_EVIDENCE_H
#define KF_EXTRACT_EVIDENCE_H

#include "kf/base.h"

/* One bit for each class of evidence.def. */
enum {
    KF_ABOUT_CASE = 1,     /* citizens and their courses */
    KF_ABOUT_MONEY = 2,    /* cost, financing, refusion */
    KF_ABOUT_BENEFIT = 4,  /* help and benefits of social law */
    KF_ABOUT_PROJECT = 16, /* what social projects spend on besides */
    KF_ABOUT_AGAINST = 8   /* what other tables are about */
};

unsigned kf_about(KfText text);
/* "Aarhus", "Aarhus Kommune" */
bool kf_is_municipality(KfText text);

#endif
