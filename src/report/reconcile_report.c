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

KfText kf_base_name(KfText path)
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
    kf_buf_masked(out, kf_base_name(all->files[file].path));
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

KfText kf_next_line(KfText *text)
{
    size_t end = kf_text_find(*text, KF_TEXT("\n"));
    KfText line = kf_text_slice(*text, 0, end);

    *text = end == SIZE_MAX ? (KfText){ 0 } : kf_text_slice(*text, end + 1, text->len);
    return line;
}

/* ---- sentences -------------------------------------------------------------- */

static void put_line(KfBuf *out, KfPhrase say, KfLang lang, const KfText *args, size_t count)
{
    kf_buf_phrase(out, say, lang, args, count);
    kf_buf_char(out, '\n');
}

static void drop(KfBuf *out, KfBuf *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        out->bad |= parts[i].bad;
        kf_buf_free(&parts[i]);
    }
}

static KfText group_title(const KfReconciliation *all, const KfGroup *group, KfLang lang)
{
    if (group == &all->all)
        return kf_phrase(SAY_RC_ALL, lang);
    return group->name.len ? group->name : kf_phrase(SAY_RC_NO_NAME, lang);
}

void kf_buf_group_head(KfBuf *out, const KfReconciliation *all, const KfGroup *group, KfLang lang)
{
    KfBuf part[3] = { 0 };
    bool partly = group->complete != group->citizens;

    kf_buf_masked(&part[0], group_title(all, group, lang));
    kf_buf_counted(&part[1], group->citizens, SAY_CITIZEN_ONE, SAY_CITIZEN_MANY, lang);
    kf_buf_int(&part[2], (int64_t)group->complete);
    kf_buf_phrase(out, partly ? SAY_RC_GROUP_PARTLY : SAY_RC_GROUP, lang,
                  (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]), kf_buf_view(&part[2]) },
                  3);
    drop(out, part, 3);
}

static void put_turn(KfBuf *out, const KfTurn *turn, KfText who, KfLang lang)
{
    static const KfPhrase says[] = {
        [KF_TURN_UNKNOWN] = SAY_RC_TURN_UNKNOWN,
        [KF_TURN_ALWAYS] = SAY_RC_TURN_ALWAYS,
        [KF_TURN_WITHIN] = SAY_RC_TURN_WITHIN,
        [KF_TURN_NEVER] = SAY_RC_TURN_NEVER,
    };
    KfBuf part[2] = { 0 };

    kf_buf_period(&part[0], turn->period);
    kf_buf_int(&part[1], turn->month);
    put_line(out, says[turn->kind], lang,
             (KfText[]){ who, kf_buf_view(&part[0]), kf_buf_view(&part[1]) }, 3);
    drop(out, part, 2);
}

static void put_case_cost(KfBuf *out, const KfGroup *group, KfLang lang)
{
    KfOere after = kf_gain_after_cost(group, KF_TYPED);
    int32_t share = kf_success_share(group, KF_TYPED);
    KfBuf part[3] = { 0 };

    if (after == KF_NOT_STATED)
        return;
    kf_buf_amount(&part[0], group->case_cost, lang);
    kf_buf_amount(&part[1], after, lang);
    kf_buf_amount(&part[2], share * 10, lang);
    put_line(out, SAY_RC_CASE_COST, lang,
             (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]) }, 2);
    if (share >= 0)
        put_line(out, SAY_RC_BREAK_EVEN_SHARE, lang, (KfText[]){ kf_buf_view(&part[2]) }, 1);
    drop(out, part, 3);
}

static void put_extreme(KfBuf *out, const KfReconciliation *all, const KfExtreme *extreme,
                        KfLang lang)
{
    KfBuf part[3] = { 0 };

    kf_buf_case(&part[0], all, extreme->file, extreme->item);
    kf_buf_amount(&part[1], extreme->gain, lang);
    kf_buf_amount(&part[2], extreme->without, lang);
    put_line(out, SAY_RC_EXTREME, lang,
             (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]), kf_buf_view(&part[2]) }, 3);
    drop(out, part, 3);
}

void kf_buf_group_facts(KfBuf *out, const KfReconciliation *all, const KfGroup *group, KfLang lang)
{
    if (group->gain_count) {
        put_turn(out, &group->turn[KF_TYPED][KF_MUNICIPALITY], kf_sum_name(KF_MUNICIPALITY, lang),
                 lang);
        put_turn(out, &group->turn[KF_TYPED][KF_ALL_PAYERS], kf_phrase(SAY_RC_ALL_PAYERS, lang),
                 lang);
    }
    put_case_cost(out, group, lang);
    for (size_t i = 0; i < group->extreme_count; i++)
        put_extreme(out, all, &group->extremes[i], lang);
}

void kf_buf_agreement(KfBuf *out, const KfPublished *row, KfLang lang)
{
    static const KfPhrase says[] = {
        [KF_AGREES] = SAY_RC_AGREES,
        [KF_AGREES_ROUNDED] = SAY_RC_AGREES_ROUNDED,
        [KF_AGREES_CORRECTED] = SAY_RC_AGREES_CORRECTED,
        [KF_DIFFERS] = SAY_RC_DIFFERS,
        [KF_NOT_IN_FILES] = SAY_RC_NOT_IN_FILES,
    };
    bool moves = row->ours[KF_CORRECTED] != row->ours[KF_TYPED];
    bool by_correction = row->agreement == KF_AGREES_CORRECTED;
    KfBuf part[3] = { 0 };

    if (row->agreement != KF_NOT_IN_FILES) {
        kf_buf_amount(&part[0], row->published - row->ours[KF_TYPED], lang);
        kf_buf_amount(&part[1], row->ours[KF_TYPED], lang);
        kf_buf_amount(&part[2], row->ours[KF_CORRECTED], lang);
    }
    kf_buf_phrase(out,
                  row->agreement == KF_DIFFERS && moves ? SAY_RC_DIFFERS_CORRECTED
                                                        : says[row->agreement],
                  lang,
                  (KfText[]){ kf_buf_view(&part[by_correction]), kf_buf_view(&part[1]),
                              kf_buf_view(&part[2]) },
                  3);
    drop(out, part, 3);
}

static void put_count(KfBuf *out, KfPhrase say, size_t count, KfLang lang)
{
    KfBuf digits = { 0 };

    if (count == 0)
        return;
    kf_buf_uint_padded(&digits, count, 1);
    put_line(out, say, lang, (KfText[]){ kf_buf_view(&digits) }, 1);
    drop(out, &digits, 1);
}

void kf_buf_published_rest(KfBuf *out, const KfReconciliation *all, KfLang lang)
{
    size_t absent = 0;

    for (size_t i = 0; i < all->published_count; i++)
        absent += all->published[i].agreement == KF_NOT_IN_FILES;
    put_count(out, SAY_RC_ABSENT, absent, lang);
    put_count(out, SAY_RC_UNREAD_ROWS, all->unread_rows, lang);
}

void kf_buf_twins(KfBuf *out, const KfReconciliation *all, KfLang lang)
{
    for (size_t i = 0; i < all->twin_count; i++) {
        const KfTwin *twin = &all->twins[i];
        KfBuf part[2] = { 0 };

        kf_buf_case(&part[0], all, twin->other_file, twin->other_item);
        kf_buf_case(&part[1], all, twin->file, twin->item);
        put_line(out, SAY_RC_TWIN, lang, (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]) },
                 2);
        drop(out, part, 2);
    }
}

void kf_buf_left_out(KfBuf *out, const KfReconciliation *all, KfLang lang)
{
    static const KfPhrase says[] = {
        [KF_FILE_WITHOUT_CASES] = SAY_RC_USE_NO_CASES,
        [KF_FILE_FAILED] = SAY_RC_USE_FAILED,
        [KF_FILE_DOUBLE] = SAY_RC_USE_DOUBLE,
        [KF_FILE_CORRECTED] = SAY_RC_USE_CORRECTED,
    };

    for (size_t i = 0; i < all->file_count; i++) {
        const KfFileDigest *file = &all->files[i];
        KfBuf part[2] = { 0 };

        if (file->use == KF_FILE_USED)
            continue;
        kf_buf_masked(&part[0], file->path);
        kf_buf_masked(&part[1], all->files[file->same_as].path);
        put_line(out, says[file->use], lang,
                 (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]) }, 2);
        drop(out, part, 2);
    }
}

static size_t count_files(const KfReconciliation *all, bool used)
{
    size_t count = 0;

    for (size_t i = 0; i < all->file_count; i++)
        count += (all->files[i].use == KF_FILE_USED) == used;
    return count;
}

static size_t count_found(const KfReconciliation *all, KfSeverity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < all->file_count; i++)
        count += all->files[i].use == KF_FILE_USED ? all->files[i].found[severity] : 0;
    return count;
}

void kf_buf_reconcile_verdict(KfBuf *out, const KfReconciliation *all, KfLang lang)
{
    const size_t left_out = count_files(all, false);
    KfBuf part[5] = { 0 };
    KfText args[5];

    if (all->all.citizens == 0) {
        kf_buf_text(out, kf_phrase(SAY_RC_NOTHING, lang));
        return;
    }
    kf_buf_counted(&part[0], all->all.citizens, SAY_CITIZEN_ONE, SAY_CITIZEN_MANY, lang);
    kf_buf_counted(&part[1], count_files(all, true), SAY_RC_FILE_ONE, SAY_RC_FILE_MANY, lang);
    kf_buf_counted(&part[2], count_found(all, KF_ERROR), SAY_ERROR_ONE, SAY_ERROR_MANY, lang);
    kf_buf_counted(&part[3], count_found(all, KF_WARNING), SAY_WARNING_ONE, SAY_WARNING_MANY, lang);
    kf_buf_counted(&part[4], left_out, SAY_RC_FILE_ONE, SAY_RC_FILE_MANY, lang);
    for (size_t i = 0; i < 5; i++)
        args[i] = kf_buf_view(&part[i]);
    kf_buf_phrase(out, SAY_RC_VERDICT, lang, args, 4);
    if (left_out)
        kf_buf_phrase(out, SAY_RC_VERDICT_LEFT_OUT, lang, args + 4, 1);
    drop(out, part, 5);
}
