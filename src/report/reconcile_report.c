/* Figures that every form of the reconciliation shows. */
#include "report/reconcile_report.h"

#include <string.h>

KfOere kf_ten_per_cent(const KfBenefitSum *benefit)
{
    return kf_share(benefit->amount[KF_COUNTERFACTUAL] - benefit->amount[KF_ACTUAL], 1000);
}

KfSums kf_case_gains(const KfCaseDigest *item, KfView view)
{
    KfSums out;

    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        out.of[sum] = kf_case_gain(item, view, sum);
    return out;
}

KfOere kf_gain_after_cost(const KfGroup *group, KfView view)
{
    KfOere gain = group->gain[view].of[KF_MUNICIPALITY];

    return gain == KF_NOT_STATED || group->case_cost == KF_NOT_STATED ? KF_NOT_STATED
                                                                      : gain - group->case_cost;
}

int32_t kf_success_share(const KfGroup *group, KfView view)
{
    KfOere gain = group->gain[view].of[KF_MUNICIPALITY];

    if (group->case_cost == KF_NOT_STATED || gain == KF_NOT_STATED || gain <= 0
        || group->case_cost > gain)
        return -1;
    return (int32_t)((group->case_cost * 1000 + gain - 1) / gain);
}

bool kf_same_sums(const KfSums *a, const KfSums *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

static KfText base_name(KfText path)
{
    size_t from = path.len;

    while (from > 0 && path.ptr[from - 1] != '/')
        from--;
    return kf_text_slice(path, from, path.len);
}

void kf_buf_case(KfBuf *out, const KfReconciliation *all, size_t file, size_t item)
{
    kf_buf_text(out, all->files[file].cases[item].citizen);
    if (all->file_count == 1)
        return;
    kf_buf_str(out, " (");
    kf_buf_masked(out, base_name(all->files[file].path));
    kf_buf_char(out, ')');
}

bool kf_group_changes(const KfGroup *group)
{
    return memcmp(&group->totals[KF_TYPED], &group->totals[KF_CORRECTED],
                  sizeof group->totals[KF_TYPED])
           != 0;
}

KfText kf_sum_name(int sum, KfLang lang)
{
    return sum == KF_ALL_PAYERS ? kf_phrase(SAY_RC_TOTAL, lang)
                                : kf_text(kf_payer_name((KfPayer)sum, lang));
}
