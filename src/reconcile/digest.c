/* A workbook boiled down to its sums, its corrections and a fingerprint. */
#include "reconcile/digest.h"

#include "reconcile/municipality.h"
#include "reconcile/sums.h"

#include "correct/phrase.h"

#include <string.h>

KfText kf_digest_text(KfDigester *in, KfText text)
{
    kf_buf_masked(&in->scratch, text);
    return kf_arena_take(in->arena, &in->scratch);
}

/* ---- sums ------------------------------------------------------------------ */

const KfFixPlan *kf_digest_plan(const KfDigester *in, KfView view)
{
    return view == KF_ACCEPTED ? in->input->accepted : in->input->plan;
}

KfOere kf_digest_figure(const KfDigester *in, const KfFigure *figure, KfView view)
{
    const KfChange *change = NULL;

    if (view != KF_TYPED && figure->state != KF_FIGURE_NONE)
        change = kf_find_change(kf_digest_plan(in, view), figure->ref);
    if (change && !change->is_text)
        return change->after;
    return figure->state == KF_FIGURE_STATED ? figure->value : KF_NOT_STATED;
}

/* Whether the course has a place for the payer's figures at all. */
static bool names_payer(const KfCourse *course, int payer)
{
    if (course->payers[payer] || course->payer_totals[payer].state != KF_FIGURE_NONE)
        return true;
    for (size_t i = 0; i < course->item_count; i++) {
        if (course->items[i].parts[payer].state != KF_FIGURE_NONE)
            return true;
    }
    return false;
}

/* What is stated of all payers together, where it cannot be had from each of them. */
static KfOere undivided(const KfDigester *in, const KfCourse *course, KfView view)
{
    KfOere sum = 0;

    if (course->case_total.state != KF_FIGURE_NONE)
        return kf_digest_figure(in, &course->case_total, view);
    if (!course->totals)
        return KF_NOT_STATED;
    for (size_t i = 0; i < course->period_count; i++)
        sum = kf_sum_plus(sum, kf_digest_figure(in, &course->totals[i], view));
    return sum;
}

static KfSums sum_course(const KfDigester *in, const KfCourse *course, KfView view)
{
    KfSums sums = kf_sums_unknown();
    KfOere all = 0;
    int named = 0;

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        KfPayerSum sum = kf_payer_sum(kf_digest_plan(in, view), course, (KfPayer)payer);

        if (!names_payer(course, payer))
            continue;
        named++;
        if (view == KF_TYPED ? sum.has_before : sum.has_after)
            sums.of[payer] = view == KF_TYPED ? sum.before : sum.after;
        all = kf_sum_plus(all, sums.of[payer]);
    }
    sums.of[KF_ALL_PAYERS] = named && all != KF_NOT_STATED ? all : undivided(in, course, view);
    return sums;
}

static KfSums sum_period(const KfDigester *in, const KfCourse *course, size_t period, KfView view)
{
    KfSums sums = kf_sums_unknown();
    KfOere all = 0;
    int named = 0;

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        if (!course->payers[payer])
            continue;
        named++;
        sums.of[payer] = kf_digest_figure(in, &course->payers[payer][period], view);
        all = kf_sum_plus(all, sums.of[payer]);
    }
    if (named && all != KF_NOT_STATED)
        sums.of[KF_ALL_PAYERS] = all;
    else if (course->totals)
        sums.of[KF_ALL_PAYERS] = kf_digest_figure(in, &course->totals[period], view);
    return sums;
}

static void digest_course(const KfDigester *in, const KfCourse *course, KfCourseSums *out)
{
    out->has = true;
    out->period_count = course->period_count;
    out->periods = kf_arena_array(in->arena, course->period_count, sizeof *out->periods);
    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        out->sums[view] = sum_course(in, course, (KfView)view);
        for (size_t i = 0; i < course->period_count; i++) {
            out->periods[i].period = course->periods[i].period;
            out->periods[i].sums[view] = sum_period(in, course, i, (KfView)view);
        }
    }
}

/* ---- benefits -------------------------------------------------------------- */

/* A benefit that both courses have is one; within a course rows of one name add up. */
static KfBenefitSum *benefit_of(KfDigester *in, KfCaseDigest *out, size_t *cap, KfText label)
{
    KfText name = kf_digest_text(in, label);

    for (size_t i = 0; i < out->benefit_count; i++) {
        if (kf_text_eq(out->benefits[i].label, name))
            return &out->benefits[i];
    }
    KF_PUSH(in->arena, out->benefits, out->benefit_count, *cap,
            ((KfBenefitSum){ .label = name, .is_divided = true }));
    return &out->benefits[out->benefit_count - 1];
}

static bool is_all_of(const KfPayerParts *parts, KfOere amount)
{
    KfOere sum = 0;

    for (int k = 0; k < KF_PAYER_COUNT; k++)
        sum = kf_oere_plus(sum, parts->of[k]);
    return sum == amount;
}

static void add_amount(KfBenefitSum *benefit, KfCourseKind kind, KfOere amount,
                       const KfPayerParts *parts)
{
    benefit->amount[kind] = kf_oere_plus(benefit->amount[kind], amount);
    benefit->is_divided &= is_all_of(parts, amount);
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        benefit->part[kind][k] = kf_oere_plus(benefit->part[kind][k], parts->of[k]);
}

/* ---- the largest amounts ----------------------------------------------------- */

static KfOere size_of(KfOere amount)
{
    return amount < 0 ? -amount : amount;
}

/* Kept in order as in a hand of cards; of equal ones the first stays before. */
static void keep_cell(KfCaseDigest *out, const KfCellSum *cell)
{
    size_t at = out->cell_count;

    while (at > 0 && size_of(out->cells[at - 1].amount) < size_of(cell->amount))
        at--;
    if (at == KF_CELLS_KEPT)
        return;
    if (out->cell_count < KF_CELLS_KEPT)
        out->cell_count++;
    memmove(&out->cells[at + 1], &out->cells[at], (out->cell_count - 1 - at) * sizeof *out->cells);
    out->cells[at] = *cell;
}

static KfCellSum cell_of(const KfCourse *course, const KfItem *item, size_t period,
                         const KfPayerParts *parts)
{
    KfCellSum cell = { .cell = item->amounts[period].ref,
                       .course = course->kind,
                       .period = course->periods[period].period,
                       .amount = item->amounts[period].value,
                       .is_divided = is_all_of(parts, item->amounts[period].value) };

    memcpy(cell.part, parts->of, sizeof cell.part);
    return cell;
}

static uint64_t stirred(uint64_t fingerprint, uint64_t value)
{
    fingerprint = (fingerprint ^ value) * UINT64_C(0x100000001B3);
    return fingerprint ^ fingerprint >> 29;
}

static void digest_item(KfDigester *in, const KfCourse *course, size_t index,
                        const KfPayerParts *parts, KfCaseDigest *out, size_t *cap)
{
    const KfItem *item = &course->items[index];
    KfBenefitSum *benefit = benefit_of(in, out, cap, item->label.text);
    KfText sheet = kf_digest_text(in, course->sheet_name);

    for (size_t p = 0; p < course->period_count; p++) {
        const KfPayerParts *of_payers = &parts[index * course->period_count + p];
        KfCellSum cell;

        if (item->amounts[p].state != KF_FIGURE_STATED || item->amounts[p].value == 0)
            continue;
        add_amount(benefit, course->kind, item->amounts[p].value, of_payers);
        out->figures = stirred(out->figures, (uint64_t)item->amounts[p].value ^ (uint64_t)p << 56);
        cell = cell_of(course, item, p, of_payers);
        cell.sheet = sheet;
        cell.label = benefit->label;
        keep_cell(out, &cell);
    }
}

static void digest_items(KfDigester *in, const KfCourse *course, const KfPayerParts *parts,
                         KfCaseDigest *out, size_t *cap)
{
    out->figures = stirred(out->figures, (uint64_t)course->kind + 1);
    for (size_t i = 0; i < course->item_count; i++) {
        if (!course->items[i].is_part)
            digest_item(in, course, i, parts, out, cap);
    }
}

/* ---- cases ----------------------------------------------------------------- */

static void find_municipalities(KfDigester *in)
{
    const KfBook *book = in->input->audit->book;

    in->by_sheet = kf_arena_array(in->arena, book->sheet_count, sizeof *in->by_sheet);
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (kf_grid_is_ours(&book->sheets[i]))
            continue;
        in->by_sheet[i] = kf_municipality_of_sheet(in->arena, &book->sheets[i]);
        if (in->of_book.len == 0)
            in->of_book = in->by_sheet[i];
    }
}

static void digest_case(KfDigester *in, size_t index, KfCaseDigest *out)
{
    const KfCase *item = &in->input->audit->model.cases[index];
    const KfCourse *first = &item->courses[item->has[KF_ACTUAL] ? KF_ACTUAL : KF_COUNTERFACTUAL];
    size_t cap = 0;

    out->citizen = kf_digest_text(in, item->citizen);
    out->sheet = kf_digest_text(in, first->sheet_name);
    out->municipality = in->by_sheet[first->sheet].len ? in->by_sheet[first->sheet] : in->of_book;
    out->figures = UINT64_C(0xCBF29CE484222325);
    out->cells = kf_arena_array(in->arena, KF_CELLS_KEPT, sizeof *out->cells);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        if (!item->has[kind])
            continue;
        digest_course(in, &item->courses[kind], &out->courses[kind]);
        digest_items(in, &item->courses[kind],
                     in->input->parts[index * KF_COURSE_COUNT + (size_t)kind], out, &cap);
    }
}

/* ---- our own copies -------------------------------------------------------- */

static bool is_digest(KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!memchr("0123456789abcdef", text.ptr[i], 16))
            return false;
    }
    return text.len == 64;
}

/* A corrected copy tells what it was made from. */
static KfText made_from(KfArena *arena, const KfBook *book)
{
    for (size_t i = 0; i < book->sheet_count; i++) {
        const KfGrid *grid = &book->sheets[i];

        for (size_t c = 0; kf_grid_is_ours(grid) && c < grid->cell_count; c++) {
            if (is_digest(grid->cells[c].text))
                return kf_arena_text(arena, grid->cells[c].text);
        }
    }
    return KF_TEXT("");
}

/* ---- a file ---------------------------------------------------------------- */

static KfStatus digest(void *ctx)
{
    KfDigester *in = ctx;
    KfFileDigest *out = in->out;
    const KfAudit *audit = in->input->audit;

    find_municipalities(in);
    out->made_from = made_from(in->arena, audit->book);
    out->case_count = audit->model.case_count;
    out->cases = kf_arena_array(in->arena, out->case_count, sizeof *out->cases);
    for (size_t i = 0; i < out->case_count; i++)
        digest_case(in, i, &out->cases[i]);
    kf_digest_changes(in);
    kf_digest_wages(in);
    kf_digest_findings(in);
    for (int severity = 0; severity < KF_SEVERITY_COUNT; severity++)
        out->found[severity] = kf_audit_count(audit, (KfSeverity)severity);
    out->is_blank = out->case_count == 0 && audit->model.blank_count > 0;
    if (out->case_count == 0)
        out->use = out->wage_count ? KF_FILE_WAGES : KF_FILE_WITHOUT_CASES;
    return KF_OK;
}

void kf_digest_file(KfArena *arena, const KfDigestInput *input, KfFileDigest *out)
{
    KfDigester in = { .arena = arena, .input = input, .out = out };
    KfStatus status;

    *out = (KfFileDigest){ .path = kf_arena_text(arena, input->path),
                           .sha256 = kf_arena_text(arena, input->sha256) };
    status = kf_arena_run(arena, digest, &in);
    kf_buf_free(&in.scratch);
    if (status != KF_OK)
        kf_arena_give_up(arena);
}

void kf_digest_failure(KfArena *arena, KfText path, const KfError *err, KfFileDigest *out)
{
    KfError *copy = kf_arena_alloc(arena, sizeof *copy);

    *copy = *err;
    *out = (KfFileDigest){ .path = kf_arena_text(arena, path), .err = copy, .use = KF_FILE_FAILED };
}

const char *kf_file_use_key(KfFileUse use)
{
    static const char *const keys[] = {
        [KF_FILE_USED] = "used",
        [KF_FILE_WITHOUT_CASES] = "no-cases",
        [KF_FILE_FAILED] = "unreadable",
        [KF_FILE_DOUBLE] = "duplicate",
        [KF_FILE_CORRECTED] = "corrected-copy",
        [KF_FILE_WAGES] = "wage-form",
    };

    return keys[use];
}

KfOere kf_case_gain(const KfCaseDigest *item, KfView view, int sum)
{
    const KfCourseSums *actual = &item->courses[KF_ACTUAL];
    const KfCourseSums *counterfactual = &item->courses[KF_COUNTERFACTUAL];

    if (!actual->has || !counterfactual->has)
        return KF_NOT_STATED;
    return kf_sum_minus(counterfactual->sums[view].of[sum], actual->sums[view].of[sum]);
}
