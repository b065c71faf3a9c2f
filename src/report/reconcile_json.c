/* reconcile --format json: schema kontrafakt/reconcile/1. */
#include "report/json_writer.h"
#include "report/reconcile_report.h"

static const char *sum_key(int sum)
{
    return sum == KF_ALL_PAYERS ? "total" : kf_payer_key((KfPayer)sum);
}

static void put_sum(KfJson *json, KfOere sum)
{
    sum == KF_NOT_STATED ? kf_json_null(json) : kf_json_amount(json, sum);
}

static void put_sums(KfJson *json, const char *key, const KfSums *sums)
{
    bool spread;

    kf_json_key(json, key);
    spread = kf_json_spread(json, false);
    kf_json_open(json);
    for (int i = 0; i < KF_SUM_COUNT; i++) {
        kf_json_key(json, sum_key(i));
        put_sum(json, sums->of[i]);
    }
    kf_json_close(json);
    kf_json_spread(json, spread);
}

static void put_text(KfJson *json, const char *key, KfText text)
{
    kf_json_key(json, key);
    kf_json_text_or_null(json, text);
}

static void put_count(KfJson *json, const char *key, size_t count)
{
    kf_json_key(json, key);
    kf_json_int(json, (int64_t)count);
}

/* ---- groups ---------------------------------------------------------------- */

/* The administrative cost a case, and what the municipality gains once it is paid. */
static void put_case_cost(KfJson *json, const KfGroup *group, KfView view)
{
    int32_t share = kf_success_share(group, view);

    kf_json_key(json, "cost_per_case");
    put_sum(json, group->case_cost[view]);
    kf_json_key(json, "net_gain_after_cost");
    put_sum(json, kf_gain_after_cost(group, view));
    kf_json_key(json, "success_share_per_cent");
    if (share < 0)
        kf_json_null(json);
    else
        kf_json_amount(json, share * 10);
}

static void put_totals(KfJson *json, const KfGroup *group, KfView view)
{
    kf_json_key(json, "totals");
    kf_json_open(json);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_sums(json, kf_course_key((KfCourseKind)kind), &group->totals[view][kind]);
    kf_json_close(json);
    put_sums(json, "net_gain_per_citizen", &group->gain[view]);
    kf_json_key(json, "cost_per_citizen");
    kf_json_open(json);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        KfSums each = kf_costs_each(group, view, (KfCourseKind)kind);

        put_sums(json, kf_course_key((KfCourseKind)kind), &each);
    }
    kf_json_close(json);
    put_case_cost(json, group, view);
}

static void put_turn(KfJson *json, const char *key, const KfTurn *turn)
{
    static const char *const kinds[] = {
        [KF_TURN_UNKNOWN] = "unknown",
        [KF_TURN_ALWAYS] = "always",
        [KF_TURN_WITHIN] = "within",
        [KF_TURN_NEVER] = "never",
    };

    kf_json_key(json, key);
    kf_json_spread(json, false);
    kf_json_open(json);
    put_text(json, "turns", kf_text(kinds[turn->kind]));
    if (turn->kind == KF_TURN_WITHIN) {
        kf_json_key(json, "from");
        kf_json_int(json, turn->period.from);
        kf_json_key(json, "to");
        kf_json_int(json, turn->period.to);
        kf_json_key(json, "month");
        kf_json_int(json, turn->month);
    }
    kf_json_close(json);
    kf_json_spread(json, true);
}

static void put_periods(KfJson *json, const KfGroup *group, KfView view)
{
    kf_json_key(json, "periods");
    kf_json_open_list(json, group->gain_count);
    for (size_t i = 0; i < group->gain_count; i++) {
        kf_json_open(json);
        kf_json_key(json, "from");
        kf_json_int(json, group->gains[i].period.from);
        kf_json_key(json, "to");
        kf_json_int(json, group->gains[i].period.to);
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
            put_sums(json, kf_course_key((KfCourseKind)kind), &group->costs[kind][i].sums[view]);
        put_sums(json, "net_gain", &group->gains[i].sums[view]);
        kf_json_close(json);
    }
    kf_json_close_list(json);
    kf_json_key(json, "break_even");
    kf_json_open(json);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        put_turn(json, sum_key(sum), &group->turn[view][sum]);
    kf_json_close(json);
}

static void put_view(KfJson *json, const char *key, const KfGroup *group, KfView view)
{
    kf_json_key(json, key);
    kf_json_open(json);
    put_totals(json, group, view);
    put_periods(json, group, view);
    kf_json_close(json);
}

static void put_counted(KfJson *json, const char *key, const size_t *counted)
{
    kf_json_key(json, key);
    kf_json_spread(json, false);
    kf_json_open(json);
    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        put_count(json, sum_key(sum), counted[sum]);
    kf_json_close(json);
    kf_json_spread(json, true);
}

static void put_ten_per_cent(KfJson *json, const KfBenefitSum *benefit)
{
    KfSums moves = kf_ten_per_cents(benefit);

    put_sums(json, "net_gain_ten_per_cent_more", &moves);
}

static void put_benefits(KfJson *json, const KfGroup *group)
{
    kf_json_key(json, "benefits");
    kf_json_open_list(json, group->benefit_count);
    for (size_t i = 0; i < group->benefit_count; i++) {
        const KfBenefitSum *benefit = &group->benefits[i];

        kf_json_open_row(json);
        put_text(json, "label", benefit->label);
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            kf_json_key(json, kf_course_key((KfCourseKind)kind));
            kf_json_amount(json, benefit->amount[kind]);
        }
        kf_json_key(json, "ten_per_cent_more");
        kf_json_amount(json, kf_ten_per_cent(benefit, KF_ALL_PAYERS));
        put_ten_per_cent(json, benefit);
        kf_json_close_row(json);
    }
    kf_json_close_list(json);
}

static void put_case_name(KfJson *json, const KfReconciliation *all, size_t file, size_t item)
{
    put_text(json, "path", all->files[file].path);
    put_text(json, "sheet", all->files[file].cases[item].sheet);
    put_text(json, "citizen", all->files[file].cases[item].citizen);
}

static void put_extremes(KfJson *json, const KfReconciliation *all, const KfGroup *group)
{
    kf_json_key(json, "extremes");
    kf_json_open_list(json, group->extreme_count);
    for (size_t i = 0; i < group->extreme_count; i++) {
        const KfExtreme *extreme = &group->extremes[i];

        kf_json_open_row(json);
        put_case_name(json, all, extreme->file, extreme->item);
        kf_json_key(json, "net_gain");
        kf_json_amount(json, extreme->gain);
        kf_json_key(json, "net_gain_per_citizen_without");
        put_sum(json, extreme->without);
        kf_json_close_row(json);
    }
    kf_json_close_list(json);
}

static void put_movers(KfJson *json, const KfReconciliation *all, const KfGroup *group)
{
    kf_json_key(json, "cells");
    kf_json_open_list(json, group->mover_count);
    for (size_t i = 0; i < group->mover_count; i++) {
        const KfMover *mover = &group->movers[i];
        const KfCellSum *cell = kf_mover_cell(all, mover);
        KfSums moves = kf_ten_per_cents_of_cell(cell);

        kf_json_open_row(json);
        put_text(json, "path", all->files[mover->file].path);
        put_text(json, "citizen", all->files[mover->file].cases[mover->item].citizen);
        put_text(json, "sheet", cell->sheet);
        kf_json_key(json, "cell");
        kf_json_cellref(json, cell->cell);
        put_text(json, "course", kf_text(kf_course_key(cell->course)));
        put_text(json, "label", cell->label);
        kf_json_key(json, "amount");
        kf_json_amount(json, cell->amount);
        put_sums(json, "net_gain_ten_per_cent_more", &moves);
        kf_json_close_row(json);
    }
    kf_json_close_list(json);
}

static void put_wages(KfJson *json, const KfReconciliation *all, const KfGroup *group)
{
    kf_json_key(json, "wage_forms");
    kf_json_open_list(json, group->wage_count);
    for (size_t i = 0; i < group->wage_count; i++) {
        const KfFileDigest *file = &all->files[group->wages[i].file];
        const KfWageDigest *form = &file->wages[group->wages[i].item];

        kf_json_open_row(json);
        put_text(json, "path", file->path);
        put_text(json, "sheet", form->sheet);
        kf_json_key(json, "cell");
        kf_json_cellref(json, form->cell);
        kf_json_key(json, "net_cost");
        put_sum(json, form->net[KF_TYPED]);
        kf_json_key(json, "cases");
        form->cases ? kf_json_int(json, form->cases) : kf_json_null(json);
        kf_json_key(json, "cost_per_case");
        put_sum(json, form->per_case[KF_TYPED]);
        kf_json_close_row(json);
    }
    kf_json_close_list(json);
}

static void put_group(KfJson *json, const KfReconciliation *all, const KfGroup *group)
{
    kf_json_open(json);
    put_text(json, "name", group->name);
    put_count(json, "citizens", group->citizens);
    put_count(json, "with_both_courses", group->complete);
    put_counted(json, "counted", group->counted);
    put_totals(json, group, KF_TYPED);
    put_view(json, "corrected", group, KF_CORRECTED);
    put_view(json, "with_proposals", group, KF_ACCEPTED);
    put_periods(json, group, KF_TYPED);
    put_counted(json, "counted_in_periods", group->in_gains);
    put_wages(json, all, group);
    put_extremes(json, all, group);
    put_benefits(json, group);
    put_movers(json, all, group);
    kf_json_close(json);
}

/* ---- cases ----------------------------------------------------------------- */

static void put_views(KfJson *json, const KfSums sums[KF_VIEW_COUNT])
{
    put_sums(json, "typed", &sums[KF_TYPED]);
    put_sums(json, "corrected", &sums[KF_CORRECTED]);
    put_sums(json, "with_proposals", &sums[KF_ACCEPTED]);
}

/* Of a heading that was not understood: null. */
static void put_months(KfJson *json, KfPeriod period)
{
    kf_json_key(json, "from");
    period.to > 0 ? kf_json_int(json, period.from) : kf_json_null(json);
    kf_json_key(json, "to");
    period.to > 0 ? kf_json_int(json, period.to) : kf_json_null(json);
}

static void put_course(KfJson *json, const KfCourseSums *course, KfCourseKind kind)
{
    kf_json_key(json, kf_course_key(kind));
    if (!course->has) {
        kf_json_null(json);
        return;
    }
    kf_json_open(json);
    put_views(json, course->sums);
    kf_json_key(json, "periods");
    kf_json_open_list(json, course->period_count);
    for (size_t i = 0; i < course->period_count; i++) {
        kf_json_open(json);
        put_months(json, course->periods[i].period);
        put_views(json, course->periods[i].sums);
        kf_json_close(json);
    }
    kf_json_close_list(json);
    kf_json_close(json);
}

static void put_correction(KfJson *json, const KfCorrection *correction, KfLang lang)
{
    kf_json_open_row(json);
    put_text(json, "sheet", correction->sheet);
    kf_json_key(json, "cell");
    kf_json_cellref(json, correction->cell);
    put_text(json, "course", kf_text(kf_course_key(correction->course)));
    put_text(json, "payer",
             kf_text(correction->payer < 0 ? NULL : kf_payer_key((KfPayer)correction->payer)));
    put_text(json, "period", correction->period);
    kf_json_key(json, "before");
    put_sum(json, correction->has_before ? correction->before : KF_NOT_STATED);
    kf_json_key(json, "after");
    kf_json_amount(json, correction->after);
    kf_json_key(json, "net_gain_effect");
    put_sum(json, kf_correction_gain(correction));
    put_text(json, "by", kf_text(correction->view == KF_ACCEPTED ? "proposal" : "correction"));
    kf_json_key(json, "finding");
    kf_json_int(json, correction->finding);
    kf_json_key(json, "root");
    correction->root ? kf_json_int(json, correction->root) : kf_json_null(json);
    put_text(json, "code", kf_text(kf_finding_code(correction->code)));
    put_text(json, "message", correction->message[lang]);
    kf_json_close_row(json);
}

static void put_case(KfJson *json, const KfReconciliation *all, size_t file, size_t item,
                     KfLang lang)
{
    static const char *const keys[] = { "net_gain", "net_gain_corrected",
                                        "net_gain_with_proposals" };
    const KfCaseDigest *digest = &all->files[file].cases[item];

    kf_json_open(json);
    put_case_name(json, all, file, item);
    put_text(json, "municipality", kf_group_name(all, file, item));
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
        put_course(json, &digest->courses[kind], (KfCourseKind)kind);
    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        KfSums gain = kf_case_gains(digest, (KfView)view);

        put_sums(json, keys[view], &gain);
    }
    kf_json_key(json, "corrections");
    kf_json_open_list(json, digest->correction_count);
    for (size_t i = 0; i < digest->correction_count; i++)
        put_correction(json, &digest->corrections[i], lang);
    kf_json_close_list(json);
    kf_json_close(json);
}

static void put_cases(KfJson *json, const KfReconciliation *all, KfLang lang)
{
    kf_json_key(json, "cases");
    kf_json_open_array(json);
    for (size_t i = 0; i < all->file_count; i++) {
        for (size_t k = 0; all->files[i].use == KF_FILE_USED && k < all->files[i].case_count; k++)
            put_case(json, all, i, k, lang);
    }
    kf_json_close_array(json);
}

/* ---- files ----------------------------------------------------------------- */

static void put_file(KfJson *json, const KfReconciliation *all, const KfFileDigest *file,
                     KfLang lang)
{
    bool has_other = file->use == KF_FILE_DOUBLE || file->use == KF_FILE_CORRECTED;

    kf_json_open(json);
    put_text(json, "path", file->path);
    kf_json_key(json, "sha256");
    kf_json_sha256(json, file->sha256);
    put_text(json, "use", kf_text(kf_file_use_key(file->use)));
    put_text(json, "same_as", has_other ? all->files[file->same_as].path : KF_TEXT(""));
    put_count(json, "citizens", file->case_count);
    put_count(json, "errors", file->found[KF_ERROR]);
    put_count(json, "warnings", file->found[KF_WARNING]);
    put_count(json, "ignored", file->ignored_count);
    kf_json_key(json, "error");
    if (file->err)
        kf_json_error(json, file->err, file->path, lang);
    else
        kf_json_null(json);
    kf_json_close(json);
}

static void put_twins(KfJson *json, const KfReconciliation *all)
{
    kf_json_key(json, "same_amounts");
    kf_json_open_list(json, all->twin_count);
    for (size_t i = 0; i < all->twin_count; i++) {
        const KfTwin *twin = &all->twins[i];

        kf_json_open(json);
        put_case_name(json, all, twin->file, twin->item);
        kf_json_key(json, "other");
        kf_json_open(json);
        put_case_name(json, all, twin->other_file, twin->other_item);
        kf_json_close(json);
        kf_json_close(json);
    }
    kf_json_close_list(json);
}

/* The cells whose correction moves the figure. */
static void put_published_cells(KfJson *json, const KfReconciliation *all, const KfPublished *row)
{
    KfTrace trace = { .all = all, .row = row };

    kf_json_key(json, "cells");
    kf_json_open_list(json, kf_trace_count(all, row));
    while (kf_trace_next(&trace)) {
        const KfCorrection *one = trace.correction;

        kf_json_open_row(json);
        put_text(json, "path", all->files[trace.file].path);
        put_text(json, "sheet", one->sheet);
        kf_json_key(json, "cell");
        kf_json_cellref(json, one->cell);
        kf_json_key(json, "effect");
        kf_json_amount(json, trace.effect);
        put_text(json, "by", kf_text(one->view == KF_ACCEPTED ? "proposal" : "correction"));
        kf_json_key(json, "finding");
        kf_json_int(json, one->finding);
        kf_json_close_row(json);
    }
    kf_json_close_list(json);
}

static void put_published(KfJson *json, const KfReconciliation *all, const KfPublished *row)
{
    kf_json_open(json);
    put_text(json, "source", row->source);
    put_text(json, "municipality", row->municipality);
    put_text(json, "measure", row->measure);
    put_text(json, "payer", row->payer);
    put_text(json, "citizen", row->citizen);
    kf_json_key(json, "published");
    kf_json_amount(json, row->published);
    kf_json_key(json, "typed");
    put_sum(json, row->ours[KF_TYPED]);
    kf_json_key(json, "corrected");
    put_sum(json, row->ours[KF_CORRECTED]);
    kf_json_key(json, "with_proposals");
    put_sum(json, row->ours[KF_ACCEPTED]);
    kf_json_key(json, "difference");
    put_sum(json, row->ours[KF_TYPED] == KF_NOT_STATED ? KF_NOT_STATED
                                                       : row->published - row->ours[KF_TYPED]);
    put_text(json, "agreement", kf_text(kf_agreement_key(row->agreement)));
    put_published_cells(json, all, row);
    kf_json_close(json);
}

static void put_against(KfJson *json, const KfReconciliation *all)
{
    kf_json_key(json, "published");
    kf_json_open_list(json, all->published_count);
    for (size_t i = 0; i < all->published_count; i++)
        put_published(json, all, &all->published[i]);
    kf_json_close_list(json);
    put_count(json, "published_rows_not_understood", all->unread_rows);
}

void kf_report_reconcile_json(KfBuf *out, const KfReconciliation *all,
                              const KfReportOptions *options)
{
    KfJson json;

    kf_json_init(&json, out);
    kf_json_open(&json);
    put_text(&json, "schema", KF_TEXT("kontrafakt/reconcile/1"));
    put_text(&json, "version", kf_text(kf_version()));
    kf_json_key(&json, "rules");
    kf_json_rules(&json, NULL, options->rules_name);
    kf_json_key(&json, "municipalities");
    kf_json_open_list(&json, all->group_count);
    for (size_t i = 0; i < all->group_count; i++)
        put_group(&json, all, &all->groups[i]);
    kf_json_close_list(&json);
    kf_json_key(&json, "all");
    put_group(&json, all, &all->all);
    put_cases(&json, all, options->lang);
    kf_json_key(&json, "files");
    kf_json_open_list(&json, all->file_count);
    for (size_t i = 0; i < all->file_count; i++)
        put_file(&json, all, &all->files[i], options->lang);
    kf_json_close_list(&json);
    put_twins(&json, all);
    put_against(&json, all);
    kf_json_close(&json);
    kf_json_finish(&json);
}
