/* Figures that every form of the reconciliation shows. */
#include "report/reconcile_report.h"

#include <string.h>

const KfPhrase kf_view_name[KF_VIEW_COUNT] = {
    [KF_TYPED] = SAY_RC_TYPED,
    [KF_CORRECTED] = SAY_RC_CORRECTED,
    [KF_ACCEPTED] = SAY_RC_ACCEPTED,
};
const KfPhrase kf_each_name[KF_COURSE_COUNT] = { SAY_RC_ACTUAL_EACH, SAY_RC_COUNTERFACTUAL_EACH };
const KfPhrase kf_course_word[KF_COURSE_COUNT] = { SAY_RC_ACTUAL, SAY_RC_COUNTERFACTUAL };

KfOere kf_ten_per_cent(const KfBenefitSum *benefit, int sum)
{
    if (sum == KF_ALL_PAYERS)
        return kf_share(benefit->amount[KF_COUNTERFACTUAL] - benefit->amount[KF_ACTUAL], 1000);
    if (!benefit->is_divided)
        return KF_NOT_STATED;
    return kf_share(benefit->part[KF_COUNTERFACTUAL][sum] - benefit->part[KF_ACTUAL][sum], 1000);
}

KfOere kf_ten_per_cent_of_cell(const KfCellSum *cell, int sum)
{
    KfOere amount = sum == KF_ALL_PAYERS ? cell->amount : cell->part[sum];

    if (sum != KF_ALL_PAYERS && !cell->is_divided)
        return KF_NOT_STATED;
    return kf_share(cell->course == KF_ACTUAL ? -amount : amount, 1000);
}

KfSums kf_ten_per_cents(const KfBenefitSum *benefit)
{
    KfSums out;

    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        out.of[sum] = kf_ten_per_cent(benefit, sum);
    return out;
}

KfSums kf_ten_per_cents_of_cell(const KfCellSum *cell)
{
    KfSums out;

    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        out.of[sum] = kf_ten_per_cent_of_cell(cell, sum);
    return out;
}

const KfCellSum *kf_mover_cell(const KfReconciliation *all, const KfMover *mover)
{
    return &all->files[mover->file].cases[mover->item].cells[mover->cell];
}

KfOere kf_correction_gain(const KfCorrection *correction)
{
    if (correction->moves == KF_NOT_STATED)
        return KF_NOT_STATED;
    return correction->course == KF_ACTUAL ? -correction->moves : correction->moves;
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

    return gain == KF_NOT_STATED || group->case_cost[view] == KF_NOT_STATED
               ? KF_NOT_STATED
               : gain - group->case_cost[view];
}

int32_t kf_success_share(const KfGroup *group, KfView view)
{
    KfOere gain = group->gain[view].of[KF_MUNICIPALITY];

    if (group->case_cost[view] == KF_NOT_STATED || gain == KF_NOT_STATED || gain <= 0
        || group->case_cost[view] > gain)
        return -1;
    return (int32_t)((group->case_cost[view] * 1000 + gain - 1) / gain);
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
    if (all->used_count <= 1)
        return;
    kf_buf_str(out, " (");
    kf_buf_masked(out, kf_base_name(all->files[file].path));
    kf_buf_char(out, ')');
}

bool kf_group_changes(const KfGroup *group, KfView view)
{
    return memcmp(&group->totals[view - 1], &group->totals[view], sizeof group->totals[view]) != 0;
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

KfSums kf_costs_each(const KfGroup *group, KfView view, KfCourseKind kind)
{
    KfSums out;

    for (int sum = 0; sum < KF_SUM_COUNT; sum++)
        out.of[sum] = kf_cost_each(group, view, kind, sum);
    return out;
}

/* ---- what moves a published figure ------------------------------------------- */

/* A figure that the corrections explain needs no proposal. */
static bool is_asked_for(const KfPublished *row, const KfCorrection *correction)
{
    return row->agreement != KF_AGREES_CORRECTED || correction->view == KF_CORRECTED;
}

static bool step(KfTrace *trace, const KfCaseDigest *item)
{
    while (trace->next < item->correction_count) {
        trace->correction = &item->corrections[trace->next++];
        trace->effect = kf_published_effect(trace->all, trace->row, trace->file, trace->item,
                                            trace->correction);
        if (trace->effect && is_asked_for(trace->row, trace->correction))
            return true;
    }
    trace->next = 0;
    return false;
}

bool kf_trace_next(KfTrace *trace)
{
    for (; trace->file < trace->all->file_count; trace->file++, trace->item = 0) {
        const KfFileDigest *file = &trace->all->files[trace->file];

        for (; file->use == KF_FILE_USED && trace->item < file->case_count; trace->item++) {
            if (step(trace, &file->cases[trace->item]))
                return true;
        }
    }
    return false;
}

size_t kf_trace_count(const KfReconciliation *all, const KfPublished *row)
{
    KfTrace trace = { .all = all, .row = row };
    size_t count = 0;

    while (kf_trace_next(&trace))
        count++;
    return count;
}

/* ---- sentences -------------------------------------------------------------- */

static void put_line(KfBuf *out, KfPhrase say, KfLang lang, const KfText *args, size_t count)
{
    kf_buf_phrase(out, say, lang, args, count);
    kf_buf_char(out, '\n');
}

static void drop(KfBuf *out, KfBuf *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        kf_buf_close(&parts[i], out);
}

KfText kf_group_title(const KfReconciliation *all, const KfGroup *group, KfLang lang)
{
    if (group == &all->all)
        return kf_phrase(SAY_RC_ALL, lang);
    return group->name.len ? group->name : kf_phrase(SAY_RC_NO_NAME, lang);
}

void kf_buf_group_head(KfBuf *out, const KfReconciliation *all, const KfGroup *group, KfLang lang)
{
    KfBuf part[3] = { 0 };
    bool partly = group->complete != group->citizens;

    kf_buf_masked(&part[0], kf_group_title(all, group, lang));
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

/* "(lønskema Bilag A!F8: 397.265,40 kr. / 130 sager)" */
static void put_wage_form(KfBuf *out, const KfWageDigest *form, KfLang lang)
{
    KfBuf part[3] = { 0 };
    bool whole = form->cases && form->net[KF_TYPED] != KF_NOT_STATED;

    kf_buf_cell_place(&part[0], form->sheet, form->cell);
    if (whole)
        kf_buf_amount(&part[1], form->net[KF_TYPED], lang);
    kf_buf_int(&part[2], form->cases);
    kf_buf_phrase(out, whole ? SAY_RC_WAGE_FORM_OF : SAY_RC_WAGE_FORM, lang,
                  (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]), kf_buf_view(&part[2]) },
                  3);
    drop(out, part, 3);
}

static void put_cost_source(KfBuf *out, const KfReconciliation *all, const KfGroup *group,
                            KfLang lang)
{
    KfBuf count = { 0 };

    if (group == &all->all) {
        for (size_t i = 0; i < all->group_count && all->group_count > 1; i++) {
            if (all->groups[i].wage_count) {
                kf_buf_text(out, kf_phrase(SAY_RC_WAGE_MEAN, lang));
                return;
            }
        }
    }
    if (group->wage_count == 1)
        put_wage_form(out, &all->files[group->wages[0].file].wages[group->wages[0].item], lang);
    if (group->wage_count < 2)
        return;
    kf_buf_uint_padded(&count, group->wage_count, 1);
    kf_buf_phrase(out, SAY_RC_WAGE_FORMS, lang, (KfText[]){ kf_buf_view(&count) }, 1);
    drop(out, &count, 1);
}

static void put_case_cost(KfBuf *out, const KfReconciliation *all, const KfGroup *group,
                          KfLang lang)
{
    KfOere after = kf_gain_after_cost(group, KF_TYPED);
    int32_t share = kf_success_share(group, KF_TYPED);
    KfBuf part[4] = { 0 };

    if (after == KF_NOT_STATED)
        return;
    kf_buf_amount(&part[0], group->case_cost[KF_TYPED], lang);
    kf_buf_amount(&part[1], after, lang);
    put_cost_source(&part[2], all, group, lang);
    kf_buf_amount(&part[3], share * 10, lang);
    put_line(out, SAY_RC_CASE_COST, lang,
             (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]), kf_buf_view(&part[2]) }, 3);
    put_line(out, share >= 0 ? SAY_RC_BREAK_EVEN_SHARE : SAY_RC_NO_SHARE, lang,
             (KfText[]){ kf_buf_view(&part[3]) }, 1);
    drop(out, part, 4);
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

/* Whether any period moves the sum; one that is nowhere stated is none to tell of. */
static bool has_gains(const KfGroup *group, int sum)
{
    for (size_t i = 0; group->in_gains[sum] && i < group->gain_count; i++) {
        if (group->gains[i].sums[KF_TYPED].of[sum] != 0)
            return true;
    }
    return false;
}

void kf_buf_group_facts(KfBuf *out, const KfReconciliation *all, const KfGroup *group, KfLang lang)
{
    for (int sum = 0; sum < KF_SUM_COUNT; sum++) {
        if (has_gains(group, sum) || (group->gain_count && sum == KF_MUNICIPALITY))
            put_turn(out, &group->turn[KF_TYPED][sum],
                     sum == KF_ALL_PAYERS ? kf_phrase(SAY_RC_ALL_PAYERS, lang)
                                          : kf_sum_name(sum, lang),
                     lang);
    }
    put_case_cost(out, all, group, lang);
    for (size_t i = 0; i < group->extreme_count; i++)
        put_extreme(out, all, &group->extremes[i], lang);
}

/* ---- corrections ---------------------------------------------------------------- */

void kf_buf_cell_place(KfBuf *out, KfText sheet, KfRef cell)
{
    kf_buf_text(out, sheet);
    kf_buf_char(out, '!');
    kf_buf_cellref(out, cell.row, cell.col);
}

void kf_buf_correction(KfBuf *out, const KfCorrection *correction, KfLang lang)
{
    int sum = correction->payer < 0 ? KF_ALL_PAYERS : correction->payer;

    kf_buf_text(out, kf_phrase_course((int)correction->course, lang));
    kf_buf_str(out, ", ");
    kf_buf_text(out, correction->is_input ? correction->label : kf_sum_name(sum, lang));
    if (correction->period.len) {
        kf_buf_str(out, ", ");
        kf_buf_months(out, correction->period, lang);
    }
}

static void put_signed(KfBuf *out, KfOere amount, KfLang lang)
{
    if (amount > 0)
        kf_buf_char(out, '+');
    kf_buf_amount(out, amount, lang);
}

void kf_buf_moves(KfBuf *out, const KfCorrection *correction, KfLang lang)
{
    KfBuf amount = { 0 };

    if (correction->moves == KF_NOT_STATED) {
        kf_buf_text(out, kf_phrase(SAY_RC_NOW_KNOWN, lang));
        return;
    }
    put_signed(&amount, kf_correction_gain(correction), lang);
    kf_buf_phrase(out, SAY_RC_MOVES, lang, (KfText[]){ kf_buf_view(&amount) }, 1);
    drop(out, &amount, 1);
}

/* "Borger 1!B17 (-9.612), Borger 1!C17 (-16.821)" */
static void put_cells(KfBuf *out, const KfReconciliation *all, const KfPublished *row, KfLang lang)
{
    enum { MOST = 6 };
    size_t count = kf_trace_count(all, row), told = 0;
    KfTrace trace = { .all = all, .row = row };
    KfBuf rest = { 0 };

    while (told < MOST && kf_trace_next(&trace)) {
        kf_buf_str(out, told++ ? ", " : "");
        if (all->used_count > 1) {
            kf_buf_masked(out, kf_base_name(all->files[trace.file].path));
            kf_buf_char(out, ' ');
        }
        kf_buf_cell_place(out, trace.correction->sheet, trace.correction->cell);
        kf_buf_str(out, " (");
        put_signed(out, trace.effect, lang);
        kf_buf_char(out, ')');
    }
    if (told == count)
        return;
    kf_buf_uint_padded(&rest, count - told, 1);
    kf_buf_phrase(out, SAY_RC_AND_MORE, lang, (KfText[]){ kf_buf_view(&rest) }, 1);
    drop(out, &rest, 1);
}

void kf_buf_because(KfBuf *out, const KfReconciliation *all, const KfPublished *row, KfLang lang)
{
    KfBuf cells = { 0 };

    if (row->agreement <= KF_AGREES_ROUNDED || row->agreement == KF_NOT_IN_FILES)
        return;
    put_cells(&cells, all, row, lang);
    if (cells.len)
        kf_buf_phrase(out, row->agreement == KF_DIFFERS ? SAY_RC_NOT_BECAUSE : SAY_RC_BECAUSE, lang,
                      (KfText[]){ kf_buf_view(&cells) }, 1);
    drop(out, &cells, 1);
}

void kf_buf_because_then(KfBuf *out, const KfReconciliation *all, const KfPublished *row,
                         KfLang lang)
{
    size_t before;

    kf_buf_str(out, ". ");
    before = out->len;
    kf_buf_because(out, all, row, lang);
    if (out->len == before && before >= 2)
        out->len -= 2;
}

/* ---- published figures ------------------------------------------------------------ */

void kf_buf_agreement(KfBuf *out, const KfPublished *row, KfLang lang)
{
    static const KfPhrase says[] = {
        [KF_AGREES] = SAY_RC_AGREES,
        [KF_AGREES_ROUNDED] = SAY_RC_AGREES_ROUNDED,
        [KF_AGREES_CORRECTED] = SAY_RC_AGREES_CORRECTED,
        [KF_AGREES_ACCEPTED] = SAY_RC_AGREES_ACCEPTED,
        [KF_DIFFERS] = SAY_RC_DIFFERS,
        [KF_NOT_IN_FILES] = SAY_RC_NOT_IN_FILES,
    };
    bool moves = row->ours[KF_CORRECTED] != row->ours[KF_TYPED];
    bool by_correction =
        row->agreement == KF_AGREES_CORRECTED || row->agreement == KF_AGREES_ACCEPTED;
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

static bool is_same_case(const KfTwin *twin, const KfTwin *next)
{
    return next->other_file == twin->file && next->other_item == twin->item;
}

/* "Borger 1 (a.xlsx), Borger 1 (b.xlsx) og Borger 1 (c.xlsx)": all that are alike. */
void kf_buf_twins(KfBuf *out, const KfReconciliation *all, KfLang lang)
{
    for (size_t i = 0; i < all->twin_count; i++) {
        const KfTwin *twin = &all->twins[i];
        bool goes_on = i + 1 < all->twin_count && is_same_case(twin, twin + 1);

        if (i == 0 || !is_same_case(twin - 1, twin))
            kf_buf_case(out, all, twin->other_file, twin->other_item);
        kf_buf_text(out, goes_on ? KF_TEXT(", ") : kf_phrase(SAY_RC_AND, lang));
        kf_buf_case(out, all, twin->file, twin->item);
        kf_buf_str(out, goes_on ? "" : "\n");
    }
}

static void put_unused_wages(KfBuf *out, const KfReconciliation *all, KfLang lang)
{
    for (size_t i = 0; i < all->unused_wage_count; i++) {
        const KfFileDigest *file = &all->files[all->unused_wages[i].file];
        const KfWageDigest *form = &file->wages[all->unused_wages[i].item];
        KfBuf path = { 0 };

        kf_buf_masked(&path, file->path);
        put_line(out, SAY_RC_UNUSED_WAGES, lang, (KfText[]){ kf_buf_view(&path), form->sheet }, 2);
        drop(out, &path, 1);
    }
}

void kf_buf_left_out(KfBuf *out, const KfReconciliation *all, KfLang lang)
{
    static const KfPhrase says[] = {
        [KF_FILE_WITHOUT_CASES] = SAY_RC_USE_NO_CASES,
        [KF_FILE_DOUBLE] = SAY_RC_USE_DOUBLE,
        [KF_FILE_CORRECTED] = SAY_RC_USE_CORRECTED,
        [KF_FILE_WAGES] = SAY_RC_USE_WAGES,
    };

    for (size_t i = 0; i < all->file_count; i++) {
        const KfFileDigest *file = &all->files[i];
        KfBuf part[2] = { 0 };

        if (file->use == KF_FILE_USED)
            continue;
        kf_buf_masked(&part[0], file->path);
        kf_buf_masked(&part[1], all->files[file->same_as].path);
        if (file->err)
            kf_error_text(out, file->err, kf_buf_view(&part[0]), lang);
        else
            kf_buf_phrase(out, file->is_blank ? SAY_RC_USE_BLANK : says[file->use], lang,
                          (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]) }, 2);
        kf_buf_char(out, '\n');
        drop(out, part, 2);
    }
    put_unused_wages(out, all, lang);
}

bool kf_file_counts(const KfFileDigest *file)
{
    return file->use == KF_FILE_USED || file->use == KF_FILE_WAGES;
}

size_t kf_count_findings(const KfReconciliation *all)
{
    size_t count = 0;

    for (size_t i = 0; i < all->file_count; i++)
        count += kf_file_counts(&all->files[i]) ? all->files[i].finding_count : 0;
    return count;
}

static size_t count_ignored(const KfReconciliation *all)
{
    size_t count = 0;

    for (size_t i = 0; i < all->file_count; i++)
        count += kf_file_counts(&all->files[i]) ? all->files[i].ignored_count : 0;
    return count;
}

static void put_ignored(KfBuf *out, const KfReconciliation *all, const KfFileDigest *file,
                        const KfFindingDigest *one, KfLang lang)
{
    KfBuf place = { 0 }, until = { 0 };

    if (all->used_count > 1) {
        kf_buf_masked(&place, kf_base_name(file->path));
        kf_buf_char(&place, ' ');
    }
    if (one->has_cell)
        kf_buf_cell_place(&place, one->sheet, one->cell);
    if (one->until != KF_DATE_OPEN)
        kf_buf_date(&until, one->until, lang);
    put_line(out, until.len ? SAY_IGNORED_UNTIL : SAY_IGNORED, lang,
             (KfText[]){ kf_buf_view(&place), kf_text(kf_finding_code(one->code)), one->reason,
                         kf_buf_view(&until) },
             4);
    drop(out, &place, 1);
    drop(out, &until, 1);
}

void kf_buf_all_ignored(KfBuf *out, const KfReconciliation *all, KfLang lang)
{
    for (size_t i = 0; i < all->file_count; i++) {
        const KfFileDigest *file = &all->files[i];

        for (size_t k = 0; kf_file_counts(file) && k < file->ignored_count; k++)
            put_ignored(out, all, file, &file->ignored[k], lang);
    }
}

/* A wage form is used, though it has no case. */
static size_t count_files(const KfReconciliation *all, bool used)
{
    size_t count = 0;

    for (size_t i = 0; i < all->file_count; i++) {
        bool counts = all->files[i].use == KF_FILE_USED;

        count += used ? counts : !counts && all->files[i].use != KF_FILE_WAGES;
    }
    return count;
}

static size_t count_found(const KfReconciliation *all, KfSeverity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < all->file_count; i++)
        count += kf_file_counts(&all->files[i]) ? all->files[i].found[severity] : 0;
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
    if (count_ignored(all)) {
        kf_buf_char(out, ' ');
        kf_buf_counted(out, count_ignored(all), SAY_IGNORED_ONE, SAY_IGNORED_MANY, lang);
        kf_buf_char(out, '.');
    }
    drop(out, part, 5);
}
