#include <criterion/criterion.h>

#include "zip_maker.h"
#include "kf/limits.h"
#include "ooxml/package.h"

Test(limits, reads_what_is_asked_for)
{
    KfLimits limits = kf_usual_limits;

    cr_expect(kf_limit_read(&limits, KF_TEXT("cells=12")));
    cr_expect_eq(limits.of[KF_BOUND_CELLS], 12);
    cr_expect(kf_limit_read(&limits, KF_TEXT("file=2")));
    cr_expect_eq(kf_limit_bytes(&limits, KF_BOUND_FILE_MB), 2 << 20);
    cr_expect_eq(limits.of[KF_BOUND_RATIO], kf_usual_limits.of[KF_BOUND_RATIO]);
}

Test(limits, refuses_all_else)
{
    static const char *const wrong[] = { "",
                                         "cells",
                                         "cells=",
                                         "cells=0",
                                         "cells=-1",
                                         "cells=1x",
                                         "celler=1",
                                         "=1",
                                         "cells=1 ",
                                         "file=40000",
                                         "cells=99999999999999999999" };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        KfLimits limits = kf_usual_limits;

        cr_expect_not(kf_limit_read(&limits, kf_text(wrong[i])), "%s", wrong[i]);
    }
}

Test(limits, a_failure_names_the_bound_and_the_option)
{
    KfLimits limits = kf_usual_limits;
    KfError err;

    limits.of[KF_BOUND_SHEETS] = 7;
    cr_expect_eq(kf_fail_limit(&err, &limits, KF_BOUND_SHEETS, KF_TEXT("xl/workbook.xml")),
                 KF_LIMIT);
    cr_expect_str_eq(err.part, "xl/workbook.xml");
    cr_expect_str_eq(err.detail, "over 7 ark; ændres med --limit sheets=N");
}

/* Two million zeros and a hundred entries, each within its bound and one above it. */
Test(limits, hold_for_a_package)
{
    static char zeros[3 << 20];
    const ZipPart parts[] = { { "a", { zeros, sizeof zeros } }, { "b", KF_TEXT("x") } };
    KfBuf zip = make_zip(parts, 2);
    KfLimits limits = kf_usual_limits;
    KfPackage package;
    KfBuf out = { 0 };
    KfError err;

    limits.of[KF_BOUND_ENTRIES] = 1;
    cr_expect_eq(kf_package_open_within(&package, kf_buf_view(&zip), &limits, &err), KF_LIMIT);
    limits.of[KF_BOUND_ENTRIES] = 2;
    limits.of[KF_BOUND_INFLATED_MB] = 2;
    cr_assert_eq(kf_package_open_within(&package, kf_buf_view(&zip), &limits, &err), KF_OK);
    cr_expect_eq(kf_package_inflate(&package, 0, &out, &err), KF_LIMIT);
    cr_expect_lt(out.len, sizeof zeros);
    cr_expect(kf_text_find(kf_text(err.detail), KF_TEXT("--limit inflated=N")) != SIZE_MAX);
    kf_package_close(&package);
    limits.of[KF_BOUND_INFLATED_MB] = 3;
    out.len = 0;
    cr_assert_eq(kf_package_open_within(&package, kf_buf_view(&zip), &limits, &err), KF_OK);
    cr_expect_eq(kf_package_inflate(&package, 0, &out, &err), KF_OK);
    kf_package_close(&package);
    kf_buf_free(&out);
    kf_buf_free(&zip);
}
