/* What a program says that was built without libxlsxwriter. */
#include "kf/report.h"

KfStatus kf_report_new_workbook(const char *path, const KfNewWorkbook *wanted,
                                const KfReportOptions *options, KfError *err)
{
    (void)path, (void)wanted, (void)options;
    return kf_fail(err, KF_NOT_BUILT_IN, (KfText){ 0 }, (KfText){ 0 });
}

KfStatus kf_report_reconcile_xlsx(const char *path, const KfReconciliation *all,
                                  const KfReportOptions *options, KfError *err)
{
    (void)path, (void)all, (void)options;
    return kf_fail(err, KF_NOT_BUILT_IN, (KfText){ 0 }, (KfText){ 0 });
}
