/* The cells that corrections and proposals change, each with what it moves. */
#include "reconcile/digest.h"

#include "correct/phrase.h"

typedef struct {
    KfDigester *in;
    KfView view;
    size_t *caps;
} Taking;

/* ---- which changes ----------------------------------------------------------- */

static bool is_at(const KfFigure *figure, KfRef cell)
{
    return figure->state != KF_FIGURE_NONE && kf_ref_order(figure->ref, cell) == 0;
}

static bool is_total(const KfCourse *course, KfRef cell)
{
    bool found = is_at(&course->case_total, cell);

    for (size_t i = 0; course->totals && i < course->period_count; i++)
        found |= is_at(&course->totals[i], cell);
    return found;
}

static const KfFigure *amount_at(const KfCourse *course, KfRef cell)
{
    for (size_t i = 0; i < course->item_count; i++) {
        for (size_t p = 0; p < course->period_count; p++) {
            if (is_at(&course->items[i].amounts[p], cell))
                return &course->items[i].amounts[p];
        }
    }
    return NULL;
}

/* A payer's total that a line of its own states as well. */
static bool is_stated_again(const KfCourse *course, const KfCorrection *one)
{
    return one->payer >= 0 && is_at(&course->payer_row_totals[one->payer], one->cell);
}

/* Over all periods: what is left of the difference once the periods are told. */
static bool is_over_all(const KfCourse *course, const KfCorrection *one)
{
    return is_at(one->payer < 0 ? &course->case_total : &course->payer_totals[one->payer],
                 one->cell);
}

static KfCorrection correction_of(const Taking *taking, const KfChange *change,
                                  const KfChange *earlier, const KfFinding *finding)
{
    KfDigester *in = taking->in;
    KfCorrection out = {
        .view = taking->view,
        .sheet = kf_digest_text(in, kf_sheet_name(in->input->audit, change->cell)),
        .cell = change->cell,
        .course = (KfCourseKind)finding->course,
        .payer = finding->payer,
        .period = kf_arena_text(in->arena, finding->period),
        .label = kf_digest_text(in, finding->label),
        .before = earlier ? earlier->after : change->before_amount,
        .after = change->after,
        .has_before = earlier || change->before.len > 0,
        .finding = finding->id,
        .root = finding->root,
        .code = finding->code,
    };

    for (int lang = 0; lang < KF_LANG_COUNT; lang++)
        out.message[lang] = kf_digest_text(in, finding->message[lang]);
    return out;
}

/* A change of a payer's figure, a total or, by a proposal, an amount goes to its case. */
static void take_change(const Taking *taking, const KfAudit *audit, const KfChange *change,
                        const KfChange *earlier)
{
    const KfFinding *finding = kf_audit_finding(audit, change->finding);
    KfFileDigest *out = taking->in->out;
    const KfCourse *course;
    KfCorrection one;
    KfCaseDigest *item;

    if (!finding || change->is_text || finding->case_index >= out->case_count
        || finding->course < 0)
        return;
    course = &taking->in->input->audit->model.cases[finding->case_index].courses[finding->course];
    one = correction_of(taking, change, earlier, finding);
    one.is_input = amount_at(course, change->cell) != NULL;
    if (one.is_input ? taking->view != KF_ACCEPTED
                     : (finding->payer < 0 && !is_total(course, change->cell))
                           || is_stated_again(course, &one))
        return;
    item = &out->cases[finding->case_index];
    KF_PUSH(taking->in->arena, item->corrections, item->correction_count,
            taking->caps[finding->case_index], one);
}

static void take_corrections(const Taking *taking)
{
    const KfDigestInput *input = taking->in->input;

    for (size_t i = 0; i < input->plan->change_count; i++)
        take_change(taking, input->audit, &input->plan->changes[i], NULL);
}

static void take_proposals(const Taking *taking)
{
    const KfDigestInput *input = taking->in->input;

    for (size_t i = 0; i < input->accepted->change_count; i++) {
        const KfChange *change = &input->accepted->changes[i];
        const KfChange *earlier = kf_find_change(input->plan, change->cell);

        if (!earlier || earlier->after != change->after)
            take_change(taking, input->settled, change, earlier);
    }
    for (size_t i = 0; i < input->plan->change_count; i++) {
        KfChange change = input->plan->changes[i];

        if (kf_find_change(input->accepted, change.cell) || change.before.len == 0)
            continue;
        change.after = change.before_amount; /* with the proposals there is nothing to correct */
        take_change(taking, input->audit, &change, &input->plan->changes[i]);
    }
}

/* ---- what they move ------------------------------------------------------------ */

/* Of the payer, or of what all of them have beyond the payers; KF_NOT_STATED. */
static KfOere difference(const KfCourseSums *course, KfView view, int payer)
{
    KfOere rest = 0;

    if (payer >= 0) {
        KfOere before = course->sums[view - 1].of[payer], after = course->sums[view].of[payer];

        return before == KF_NOT_STATED || after == KF_NOT_STATED ? KF_NOT_STATED : after - before;
    }
    if (course->sums[view - 1].of[KF_ALL_PAYERS] == KF_NOT_STATED
        || course->sums[view].of[KF_ALL_PAYERS] == KF_NOT_STATED)
        return KF_NOT_STATED;
    rest = course->sums[view].of[KF_ALL_PAYERS] - course->sums[view - 1].of[KF_ALL_PAYERS];
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        KfOere of_payer = difference(course, view, k);

        rest -= of_payer == KF_NOT_STATED ? 0 : of_payer;
    }
    return rest;
}

static bool is_of(const KfCorrection *one, KfView view, KfCourseKind kind, int payer)
{
    return one->view == view && one->course == kind && one->payer == payer && !one->is_input;
}

/* What the cells of the periods are changed by, and how many they are. */
static KfOere sum_changes(const KfCaseDigest *item, const KfCourse *course, KfView view, int payer,
                          size_t *count)
{
    KfOere sum = 0;

    *count = 0;
    for (size_t i = 0; i < item->correction_count; i++) {
        const KfCorrection *one = &item->corrections[i];

        if (!is_of(one, view, course->kind, payer) || is_over_all(course, one))
            continue;
        sum = kf_oere_plus(sum, one->after - (one->has_before ? one->before : 0));
        (*count)++;
    }
    return sum;
}

static bool has_total(const KfCaseDigest *item, const KfCourse *course, KfView view, int payer)
{
    for (size_t i = 0; i < item->correction_count; i++) {
        if (is_of(&item->corrections[i], view, course->kind, payer)
            && is_over_all(course, &item->corrections[i]))
            return true;
    }
    return false;
}

static KfOere distance(KfOere a, KfOere b)
{
    return a < b ? b - a : a - b;
}

/* The cells of the periods move the sum where they explain the difference but for what is
 * rounded, at most a krone each; else the total over all periods does. */
static void share_out(KfCaseDigest *item, const KfCourse *course, KfView view, int payer)
{
    enum { KRONE = 100 };
    const KfOere delta = difference(&item->courses[course->kind], view, payer);
    const bool known = delta != KF_NOT_STATED;
    size_t count;
    KfOere sum = sum_changes(item, course, view, payer, &count);
    bool by_cells = known && count && distance(sum, delta) <= KRONE * (KfOere)count;

    if (delta == 0)
        return;
    if (!has_total(item, course, view, payer))
        by_cells = true;
    for (size_t i = 0; i < item->correction_count; i++) {
        KfCorrection *one = &item->corrections[i];

        if (!is_of(one, view, course->kind, payer))
            continue;
        if (!known)
            one->moves = KF_NOT_STATED;
        else if (is_over_all(course, one))
            one->moves = delta - (by_cells ? sum : 0);
        else if (by_cells)
            one->moves = one->after - (one->has_before ? one->before : 0);
    }
}

static void find_moves(KfDigester *in)
{
    const KfModel *model = &in->input->audit->model;

    for (size_t c = 0; c < model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            for (int payer = KF_PAYER_NONE; model->cases[c].has[kind] && payer < KF_PAYER_COUNT;
                 payer++) {
                share_out(&in->out->cases[c], &model->cases[c].courses[kind], KF_CORRECTED, payer);
                share_out(&in->out->cases[c], &model->cases[c].courses[kind], KF_ACCEPTED, payer);
            }
        }
    }
}

void kf_digest_changes(KfDigester *in)
{
    Taking taking = {
        .in = in,
        .view = KF_CORRECTED,
        .caps = kf_arena_array(in->arena, in->out->case_count, sizeof *taking.caps),
    };

    take_corrections(&taking);
    taking.view = KF_ACCEPTED;
    if (in->input->accepted != in->input->plan)
        take_proposals(&taking);
    find_moves(in);
}

bool kf_has_proposed_amounts(const KfAudit *audit)
{
    for (size_t i = 0; i < audit->finding_count; i++) {
        const KfFinding *finding = &audit->findings[i];

        if (kf_is_acceptable(finding) && finding->alternative_count == 0
            && finding->expected.kind == KF_VALUE_AMOUNT)
            return true;
    }
    return false;
}
