/* Who carries each amount of a course, by the rules that its audit went by. */
#include "kf/parts.h"

#include "check/checks.h"

typedef struct {
    KfCheck check;
    const KfPayerParts **out;
} Splitting;

static void add_free(const KfCourseCheck *course, const KfExplanation *plain, size_t item,
                     size_t period, KfOere amount, KfPayerParts *out)
{
    const int choice = plain->assigned[item * course->course->period_count + period];
    const KfRule *rule = kf_item_rule(course, item, period)->rule;

    for (int k = 0; k < KF_PAYER_COUNT && choice >= 0; k++)
        out->of[k] = kf_free_part(rule, choice, amount, k);
}

/* What the column's figures for a payer were accepted as, less the parts of its items. */
static KfOere left_over(const KfCourseCheck *course, const KfExplanation *plain, size_t period,
                        size_t payer, const KfPayerParts *out)
{
    const size_t periods = course->course->period_count;
    const int node = kf_payer_node(course, payer, period);
    KfOere rest = node < 0 ? 0 : plain->truth[node].value;

    for (size_t i = 0; node >= 0 && i < course->course->item_count; i++)
        rest -= out[i * periods + period].of[payer];
    return rest;
}

/* Where a rule leaves a range, the parts are those that the column's payers show. */
static void shift_in_range(const KfCourseCheck *course, const KfExplanation *plain, size_t period,
                           const KfItemSplit *splits, KfPayerParts *out)
{
    for (size_t i = 0; i < course->course->item_count; i++) {
        KfPayerParts *parts = &out[i * course->course->period_count + period];

        if (!splits[i].is_range || kf_item_rule(course, i, period)->is_free)
            continue;
        for (size_t k = KF_MUNICIPALITY; k <= KF_REGION; k += KF_REGION - KF_MUNICIPALITY)
            parts->of[k] += left_over(course, plain, period, k, out);
        return;
    }
}

static void split_items(const KfCourseCheck *course, const KfExplanation *plain, size_t period,
                        const KfOere *amounts, const KfItemSplit *splits, KfPayerParts *out)
{
    for (size_t i = 0; i < course->course->item_count; i++) {
        KfPayerParts *parts = &out[i * course->course->period_count + period];

        if (kf_item_rule(course, i, period)->is_free) {
            add_free(course, plain, i, period, amounts[i], parts);
            continue;
        }
        for (int k = 0; k < KF_PAYER_COUNT; k++)
            parts->of[k] = splits[i].part[k];
        parts->own = splits[i].range[KF_MUNICIPALITY];
    }
    shift_in_range(course, plain, period, splits, out);
}

KfPayerParts *kf_course_parts(KfArena *arena, KfCourseCheck *course)
{
    const size_t items = course->course->item_count, periods = course->course->period_count;
    KfPayerParts *out = kf_arena_array(arena, items * periods, sizeof *out);
    KfOere *amounts = kf_arena_array(course->arena, items, sizeof *amounts);
    KfItemSplit *splits = kf_arena_array(course->arena, items, sizeof *splits);
    KfExplanation plain = { 0 };
    KfCourseClocks clocks;

    kf_course_check_build(course);
    if (!course->is_other_law)
        kf_choose_week_count(course);
    kf_truth(course, &plain);
    clocks = kf_course_clocks(course);
    for (size_t p = 0; p < periods; p++) {
        kf_column_amounts(course, &plain, p, amounts);
        kf_split_column(course, amounts, p, &clocks, splits);
        split_items(course, &plain, p, amounts, splits, out);
    }
    return out;
}

KfCheck kf_check_again(KfArena *arena, KfArena *scratch, const KfAudit *audit,
                       const KfCheckOptions *options)
{
    return (KfCheck){ .arena = arena,
                      .scratch = scratch,
                      .book = audit->book,
                      .options = options,
                      .audit = (KfAudit *)audit, /* read only here */
                      .list = { .arena = arena, .book = audit->book },
                      .inferred = (KfInferred *)audit->inferred,
                      .inferred_count = audit->inferred_count,
                      .date_confidence = audit->date_confidence,
                      .year = audit->year };
}

static void split_one(Splitting *in, size_t case_index, const KfCourse *course)
{
    const KfPlace place = { case_index, course };
    KfCourseCheck check = { .arena = in->check.scratch,
                            .date_confidence = KF_CONFIDENCE_HIGH,
                            .tolerance = in->check.options->tolerance,
                            .course = course };

    kf_item_rules(&in->check, &place, &check);
    in->out[case_index * KF_COURSE_COUNT + course->kind] = kf_course_parts(in->check.arena, &check);
    kf_arena_reset(in->check.scratch);
}

static KfStatus split_all(void *ctx)
{
    Splitting *in = ctx;
    const KfModel *model = &in->check.audit->model;

    in->check.scratch->on_no_memory = in->check.arena->on_no_memory;
    for (size_t c = 0; c < model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            if (model->cases[c].has[kind])
                split_one(in, c, &model->cases[c].courses[kind]);
        }
    }
    return KF_OK;
}

const KfPayerParts *const *kf_item_parts(KfArena *arena, const KfAudit *audit)
{
    const KfCheckOptions options = { .rules = audit->rules,
                                     .as_of = audit->as_of,
                                     .law = audit->law,
                                     .tolerance = audit->tolerance };
    KfArena scratch;
    Splitting in = { .check = kf_check_again(arena, &scratch, audit, &options) };
    KfStatus status;

    in.out = kf_arena_array(arena, audit->model.case_count * KF_COURSE_COUNT, sizeof *in.out);
    kf_arena_init(&scratch);
    status = kf_arena_run(arena, split_all, &in);
    kf_arena_finish(&scratch);
    if (status != KF_OK)
        kf_arena_give_up(arena);
    return in.out;
}
