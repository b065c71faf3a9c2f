/* A workbook boiled down to its sums, its corrections and a fingerprint. */
#include "reconcile/municipality.h"
#include "reconcile/sums.h"

#include "correct/phrase.h"

#include <string.h>

typedef struct {
    KfArena *arena;
    const KfAudit *audit;
    const KfFixPlan *plan;
    KfFileDigest *out;
    KfText *by_sheet; /* the municipality that each sheet states */
    KfText of_book;   /* the first that any sheet states */
    KfBuf scratch;
} Digester;

static KfText masked(Digester *in, KfText text)
{
    in->scratch.len = 0;
    kf_buf_masked(&in->scratch, text);
    return kf_arena_text(in->arena, kf_buf_view(&in->scratch));
}

/* ---- sums ------------------------------------------------------------------ */

static KfOere of_figure(const KfFixPlan *plan, const KfFigure *figure, KfView view)
{
    const KfChange *change = NULL;

    if (view == KF_CORRECTED && figure->state != KF_FIGURE_NONE)
        change = kf_find_change(plan, figure->ref);
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
static KfOere undivided(const KfFixPlan *plan, const KfCourse *course, KfView view)
{
    KfOere sum = 0;

    if (course->case_total.state != KF_FIGURE_NONE)
        return of_figure(plan, &course->case_total, view);
    if (!course->totals)
        return KF_NOT_STATED;
    for (size_t i = 0; i < course->period_count; i++)
        sum = kf_sum_plus(sum, of_figure(plan, &course->totals[i], view));
    return sum;
}

static KfSums sum_course(const KfFixPlan *plan, const KfCourse *course, KfView view)
{
    KfSums sums = kf_sums_unknown();
    KfOere all = 0;
    int named = 0;

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        KfPayerSum sum = kf_payer_sum(plan, course, (KfPayer)payer);

        if (!names_payer(course, payer))
            continue;
        named++;
        if (view == KF_TYPED ? sum.has_before : sum.has_after)
            sums.of[payer] = view == KF_TYPED ? sum.before : sum.after;
        all = kf_sum_plus(all, sums.of[payer]);
    }
    sums.of[KF_ALL_PAYERS] = named && all != KF_NOT_STATED ? all : undivided(plan, course, view);
    return sums;
}

static KfSums sum_period(const KfFixPlan *plan, const KfCourse *course, size_t period, KfView view)
{
    KfSums sums = kf_sums_unknown();
    KfOere all = 0;
    int named = 0;

    for (int payer = 0; payer < KF_PAYER_COUNT; payer++) {
        if (!course->payers[payer])
            continue;
        named++;
        sums.of[payer] = of_figure(plan, &course->payers[payer][period], view);
        all = kf_sum_plus(all, sums.of[payer]);
    }
    if (named && all != KF_NOT_STATED)
        sums.of[KF_ALL_PAYERS] = all;
    else if (course->totals)
        sums.of[KF_ALL_PAYERS] = of_figure(plan, &course->totals[period], view);
    return sums;
}

static void digest_course(const Digester *in, const KfCourse *course, KfCourseSums *out)
{
    out->has = true;
    out->period_count = course->period_count;
    out->periods = kf_arena_array(in->arena, course->period_count, sizeof *out->periods);
    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        out->sums[view] = sum_course(in->plan, course, (KfView)view);
        for (size_t i = 0; i < course->period_count; i++) {
            out->periods[i].period = course->periods[i].period;
            out->periods[i].sums[view] = sum_period(in->plan, course, i, (KfView)view);
        }
    }
}

/* ---- benefits -------------------------------------------------------------- */

/* A benefit that both courses have is one; within a course rows of one name add up. */
static KfBenefitSum *benefit_of(Digester *in, KfCaseDigest *out, size_t *cap, KfText label)
{
    KfText name = masked(in, label);

    for (size_t i = 0; i < out->benefit_count; i++) {
        if (kf_text_eq(out->benefits[i].label, name))
            return &out->benefits[i];
    }
    KF_PUSH(in->arena, out->benefits, out->benefit_count, *cap, (KfBenefitSum){ .label = name });
    return &out->benefits[out->benefit_count - 1];
}

static uint64_t stirred(uint64_t fingerprint, uint64_t value)
{
    fingerprint = (fingerprint ^ value) * UINT64_C(0x100000001B3);
    return fingerprint ^ fingerprint >> 29;
}

static void digest_items(Digester *in, const KfCourse *course, KfCaseDigest *out, size_t *cap)
{
    out->figures = stirred(out->figures, (uint64_t)course->kind + 1);
    for (size_t i = 0; i < course->item_count; i++) {
        const KfItem *item = &course->items[i];
        KfBenefitSum *benefit = item->is_part ? NULL : benefit_of(in, out, cap, item->label.text);

        for (size_t p = 0; benefit && p < course->period_count; p++) {
            if (item->amounts[p].state != KF_FIGURE_STATED)
                continue;
            benefit->amount[course->kind] =
                kf_oere_plus(benefit->amount[course->kind], item->amounts[p].value);
            if (item->amounts[p].value)
                out->figures =
                    stirred(out->figures, (uint64_t)item->amounts[p].value ^ (uint64_t)p << 56);
        }
    }
}

/* ---- corrections ----------------------------------------------------------- */

static bool is_payer_or_total(const KfFinding *finding, const KfCourse *course, KfRef cell)
{
    bool is_total = kf_ref_order(course->case_total.ref, cell) == 0
                    && course->case_total.state != KF_FIGURE_NONE;

    for (size_t i = 0; course->totals && i < course->period_count; i++)
        is_total |= kf_ref_order(course->totals[i].ref, cell) == 0;
    return finding->payer >= 0 || is_total;
}

static KfCorrection correction_of(Digester *in, const KfChange *change, const KfFinding *finding)
{
    KfCorrection out = {
        .sheet = masked(in, kf_sheet_name(in->audit, change->cell)),
        .cell = change->cell,
        .course = (KfCourseKind)finding->course,
        .payer = finding->payer,
        .period = kf_arena_text(in->arena, finding->period),
        .before = change->before_amount,
        .after = change->after,
        .has_before = change->before.len > 0,
        .code = finding->code,
    };

    for (int lang = 0; lang < KF_LANG_COUNT; lang++)
        out.message[lang] = masked(in, finding->message[lang]);
    return out;
}

/* Each change of a payer's figure or a total goes to its case. */
static void digest_changes(Digester *in, KfFileDigest *out)
{
    size_t *caps = kf_arena_array(in->arena, out->case_count, sizeof *caps);

    for (size_t i = 0; i < in->plan->change_count; i++) {
        const KfChange *change = &in->plan->changes[i];
        const KfFinding *finding = kf_audit_finding(in->audit, change->finding);
        KfCaseDigest *item;

        if (!finding || change->is_text || finding->case_index >= out->case_count
            || finding->course < 0)
            continue;
        if (!is_payer_or_total(
                finding, &in->audit->model.cases[finding->case_index].courses[finding->course],
                change->cell))
            continue;
        item = &out->cases[finding->case_index];
        KF_PUSH(in->arena, item->corrections, item->correction_count, caps[finding->case_index],
                correction_of(in, change, finding));
    }
}

/* ---- cases ----------------------------------------------------------------- */

static void find_municipalities(Digester *in)
{
    const KfBook *book = in->audit->book;

    in->by_sheet = kf_arena_array(in->arena, book->sheet_count, sizeof *in->by_sheet);
    for (size_t i = 0; i < book->sheet_count; i++) {
        if (kf_grid_is_ours(&book->sheets[i]))
            continue;
        in->by_sheet[i] = kf_municipality_of_sheet(in->arena, &book->sheets[i]);
        if (in->of_book.len == 0)
            in->of_book = in->by_sheet[i];
    }
}

static void digest_case(Digester *in, const KfCase *item, KfCaseDigest *out)
{
    const KfCourse *first = &item->courses[item->has[KF_ACTUAL] ? KF_ACTUAL : KF_COUNTERFACTUAL];
    size_t cap = 0;

    out->citizen = masked(in, item->citizen);
    out->sheet = masked(in, first->sheet_name);
    out->municipality = in->by_sheet[first->sheet].len ? in->by_sheet[first->sheet] : in->of_book;
    out->figures = UINT64_C(0xCBF29CE484222325);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        if (!item->has[kind])
            continue;
        digest_course(in, &item->courses[kind], &out->courses[kind]);
        digest_items(in, &item->courses[kind], out, &cap);
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
    Digester *in = ctx;
    KfFileDigest *out = in->out;
    const KfModel *model = &in->audit->model;

    find_municipalities(in);
    out->made_from = made_from(in->arena, in->audit->book);
    out->case_count = model->case_count;
    out->cases = kf_arena_array(in->arena, out->case_count, sizeof *out->cases);
    for (size_t i = 0; i < out->case_count; i++)
        digest_case(in, &model->cases[i], &out->cases[i]);
    digest_changes(in, out);
    for (int severity = 0; severity < KF_SEVERITY_COUNT; severity++)
        out->found[severity] = kf_audit_count(in->audit, (KfSeverity)severity);
    out->use = out->case_count ? KF_FILE_USED : KF_FILE_WITHOUT_CASES;
    return KF_OK;
}

void kf_digest_file(KfArena *arena, const KfAudit *audit, const KfFixPlan *plan, KfText path,
                    KfText sha256, KfFileDigest *out)
{
    Digester in = { .arena = arena, .audit = audit, .plan = plan, .out = out };
    KfStatus status;

    *out = (KfFileDigest){ .path = kf_arena_text(arena, path),
                           .sha256 = kf_arena_text(arena, sha256) };
    status = kf_arena_run(arena, digest, &in);
    kf_buf_free(&in.scratch);
    if (status != KF_OK)
        kf_arena_alloc(arena, SIZE_MAX); /* ends the caller's run too */
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
