/* What a report wrote, compared with what it should have. */
#ifndef REPORT_CHECK_H
#define REPORT_CHECK_H

#include <criterion/criterion.h>

#include "sample_audit.h"

static inline void expect_report(KfBuf *out, const char *expected)
{
    cr_assert_not(out->bad);
    cr_assert(kf_text_eq(kf_buf_view(out), kf_text(expected)), "%.*s", (int)out->len, out->ptr);
    kf_buf_free(out);
}

static inline KfFileReport audited(Sample *sample)
{
    return (KfFileReport){ .path = KF_TEXT("sag.xlsx"),
                           .sha256 = KF_TEXT("ab"),
                           .audit = &sample->audit };
}

#endif
