/* A course split twice: by the audit's rules, and by those of another day. */
#include "kf/what_if.h"

#include <string.h>

#include "check/checks.h"

typedef struct {
    KfCheck check;
    KfWhatIf *out;
    size_t cap;
} Asking;

/* One course by one law: who carries how much of each item. */
typedef struct {
    KfCourseCheck course;
    KfOere *parts;      /* item * payers + payer */
    KfInterval *limits; /* item: of the municipality's part */
} Split;

/* Over all periods. */
static void split_course(Split *split)
{
    const KfCourse *course = split->course.course;
    const KfPayerParts *parts = kf_course_parts(split->course.arena, &split->course);

    split->parts = kf_arena_array(split->course.arena, course->item_count * KF_PAYER_COUNT,
                                  sizeof *split->parts);
    split->limits = kf_arena_array(split->course.arena, course->item_count, sizeof *split->limits);
    for (size_t i = 0; i < course->item_count * course->period_count; i++) {
        split->limits[i / course->period_count].lo += parts[i].own.lo;
        split->limits[i / course->period_count].hi += parts[i].own.hi;
        for (size_t k = 0; k < KF_PAYER_COUNT; k++)
            split->parts[i / course->period_count * KF_PAYER_COUNT + k] += parts[i].of[k];
    }
}

static Split begin_split(Asking *asking, const KfCourse *course)
{
    return (Split){ .course = { .arena = asking->check.scratch,
                                .date_confidence = KF_CONFIDENCE_HIGH,
                                .tolerance = asking->check.options->tolerance,
                                .course = course } };
}

static bool has_amount(const KfItem *item, size_t periods)
{
    for (size_t p = 0; p < periods; p++) {
        if (item->amounts[p].value)
            return !item->is_part;
    }
    return false;
}

/* By law the item may be shared in the same way still: a pension granted before. */
static bool may_be_as_before(const KfRule *before, const KfRule *open)
{
    for (size_t t = 0; before && before->kind == KF_RULE_FIXED && t < open->tier_count; t++) {
        if (memcmp(before->tiers[0].share_bp, open->tiers[t].share_bp,
                   sizeof open->tiers[t].share_bp)
            == 0)
            return true;
    }
    return false;
}

/* Where the other law leaves a range, no more is moved than it compels. */
static void move_least(const Split *before, Split *after, size_t item)
{
    const size_t own = item * KF_PAYER_COUNT + KF_MUNICIPALITY;
    const size_t rest = item * KF_PAYER_COUNT + KF_REGION;
    const KfInterval range = after->limits[item];
    const KfOere both = after->parts[own] + after->parts[rest];
    KfOere part = before->parts[own];

    if (range.lo == range.hi)
        return;
    part = part < range.lo ? range.lo : part > range.hi ? range.hi : part;
    after->parts[own] = part;
    after->parts[rest] = both - part;
}

/* Whether the item is left as it was, and if so whether that is to be said. */
static bool is_kept(const Split *before, const Split *after, size_t item, bool *told)
{
    const KfItemRule *old = &before->course.items[item], *new = &after->course.items[item];

    *told = false;
    if (!new->is_free)
        return false;
    if (!old->is_free)
        *told = !new->rule || !may_be_as_before(old->rule, new->rule);
    return true;
}

static void compare(Asking *asking, KfWhatIfCourse *out, const Split *before, Split *after)
{
    const KfCourse *course = before->course.course;
    KfText *kept = kf_arena_array(asking->check.arena, course->item_count, sizeof *kept);

    for (size_t i = 0; i < course->item_count; i++) {
        bool told;
        const bool stays = is_kept(before, after, i, &told);
        const KfOere *old = before->parts + i * KF_PAYER_COUNT;
        const KfOere *new = stays ? old : after->parts + i *KF_PAYER_COUNT;

        if (!stays)
            move_least(before, after, i);
        if (told && has_amount(&course->items[i], course->period_count))
            kept[out->kept_count++] = course->items[i].label.text;
        for (int k = 0; k < KF_PAYER_COUNT; k++) {
            out->payers[k].original += old[k];
            out->payers[k].what_if += new[k];
        }
    }
    out->kept = kept;
}

static void ask_course(Asking *asking, size_t case_index, const KfCourse *course)
{
    const KfPlace place = { case_index, course };
    KfWhatIfCourse one = { .case_index = case_index, .course = course->kind };
    Split before = begin_split(asking, course), after = before;

    asking->check.law_only = false;
    kf_item_rules(&asking->check, &place, &before.course);
    split_course(&before);
    asking->check.law_only = true;
    kf_item_rules_at(&asking->check, course, asking->out->as_of, &after.course);
    after.course.is_other_law = true;
    split_course(&after);
    compare(asking, &one, &before, &after);
    KF_PUSH(asking->check.arena, asking->out->courses, asking->out->course_count, asking->cap, one);
    kf_arena_reset(asking->check.scratch);
}

static KfStatus ask_all(void *ctx)
{
    Asking *asking = ctx;
    const KfModel *model = &asking->check.audit->model;

    asking->check.scratch->on_no_memory = asking->check.arena->on_no_memory;
    for (size_t c = 0; c < model->case_count; c++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            if (model->cases[c].has[kind])
                ask_course(asking, c, &model->cases[c].courses[kind]);
        }
    }
    return KF_OK;
}

void kf_what_if(KfArena *arena, const KfAudit *audit, KfDate as_of, KfWhatIf *out)
{
    const KfCheckOptions options = { .rules = audit->rules,
                                     .as_of = audit->as_of,
                                     .tolerance = audit->tolerance };
    KfArena scratch;
    Asking asking = { .check = kf_check_again(arena, &scratch, audit, &options), .out = out };
    KfStatus status;

    *out = (KfWhatIf){ .as_of = as_of };
    kf_arena_init(&scratch);
    status = kf_arena_run(arena, ask_all, &asking);
    kf_arena_finish(&scratch);
    if (status != KF_OK)
        kf_arena_give_up(arena);
}
