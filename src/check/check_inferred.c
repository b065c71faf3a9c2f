/* Items whose payer no rule gives: who was taken to pay. */
#include "check/checks.h"

#include <string.h>

/* Whether a column shows who pays: every payer of it is right as it stands. */
static bool comes_out(const KfCourseCheck *course, const KfExplanation *explanation, size_t p)
{
    for (size_t k = 0; k < KF_PAYER_COUNT; k++) {
        int node = kf_payer_node(course, k, p);

        if (node >= 0 && explanation->fate[node] != KF_FATE_RIGHT)
            return false;
    }
    return true;
}

/* By the first column that comes out; *is_sure is false when none does. */
static int assigned_payer(const KfCourseCheck *course, const KfExplanation *explanation,
                          size_t item, bool *is_sure)
{
    size_t periods = course->course->period_count;
    int first = KF_PAYER_NONE;

    *is_sure = false;
    for (size_t p = 0; p < periods; p++) {
        int payer = explanation->assigned[item * periods + p];

        if (payer == KF_PAYER_NONE)
            continue;
        *is_sure = comes_out(course, explanation, p);
        if (*is_sure)
            return payer;
        if (first == KF_PAYER_NONE)
            first = payer;
    }
    return first;
}

/* Without payer rows there is no column to infer a payer from. */
static bool has_payer_rows(const KfCourse *course)
{
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        if (course->payers[k])
            return true;
    }
    return false;
}

/* What a worker is told of the cases before its own. */
static void keep_answer(KfCheck *check, KfText label, const KfInferred *known)
{
    const KfAsked asked = { label, known ? known->payer : KF_PAYER_NONE };

    if (!known || known < check->inferred + check->inferred_before)
        KF_PUSH(check->arena, check->asked, check->asked_count, check->asked_cap, asked);
}

const KfInferred *kf_inferred_payer(KfCheck *check, KfText label)
{
    KfTextMap *map = &check->inferred_at;
    const KfInferred *known = NULL;
    size_t index;

    while (map->count < check->inferred_count)
        kf_text_map_set(map, check->arena, check->inferred[map->count].label, map->count);
    if (kf_text_map_get(map, label, &index))
        known = &check->inferred[index];
    if (check->parent)
        keep_answer(check, label, known);
    return known;
}

/* Keep who pays the item in each column that shows it, and the first of them. */
static void note(KfCheck *check, const KfPlace *place, const KfCourseCheck *course,
                 const KfExplanation *explanation, size_t item)
{
    const size_t periods = place->course->period_count;
    const KfItem *row = &place->course->items[item];

    for (size_t p = 0; p < periods; p++) {
        const int payer = explanation->assigned[item * periods + p];
        const int node = course->item_nodes[item * periods + p];
        KfShown shown = { *place, row, p, payer, 0 };
        KfInferred here = { row->label.text, payer, row->label.ref };

        if (payer < 0 || payer >= KF_PAYER_COUNT || node < 0 || !comes_out(course, explanation, p))
            continue;
        shown.amount = kf_explained_amount(course, explanation, node);
        KF_PUSH(check->arena, check->shown, check->shown_count, check->shown_cap, shown);
        if (!kf_inferred_payer(check, row->label.text))
            KF_PUSH(check->arena, check->inferred, check->inferred_count, check->inferred_cap,
                    here);
    }
}

/* In the same words of every item that a payer has. */
static void say_payer(KfCheck *check, KfFinding *finding, int payer, bool open)
{
    KfText *said = check->inferred_said[open][payer];

    if (!said[KF_LANG_DA].len) {
        const KfArg who = kf_arg_payer(payer);

        kf_sentence(&check->list, said, open ? KF_SAY_BENEFIT_OPEN : KF_SAY_BENEFIT_UNKNOWN, &who,
                    1);
    }
    memcpy(finding->message, said, sizeof finding->message);
}

static void tell_inferred(KfCheck *check, const KfPlace *place, const KfItem *item, int payer,
                          bool open)
{
    KfFigure label = { .ref = item->label.ref };
    KfFinding *finding =
        kf_finding_at(check, place, KF_FINDING_BENEFIT_UNKNOWN, KF_INFO, KF_ACTION_NONE, &label, -1,
                      payer < KF_PAYER_COUNT ? payer : KF_PAYER_NONE, item->label.text);

    if (payer < KF_PAYER_COUNT)
        say_payer(check, finding, payer, open);
    else
        kf_say(&check->list, finding, KF_SAY_BENEFIT_SHARED, NULL, 0);
}

void kf_check_inferred(KfCheck *check, const KfPlace *place, const KfCourseCheck *course,
                       const KfExplanation *explanation)
{
    for (size_t i = 0; has_payer_rows(place->course) && i < place->course->item_count; i++) {
        const KfItem *item = &place->course->items[i];
        bool open = course->items[i].rule != NULL, is_sure;
        int payer = assigned_payer(course, explanation, i, &is_sure);

        if (item->has_payer || !course->items[i].is_free || payer == KF_PAYER_NONE
            || !item->label.text.len)
            continue;
        tell_inferred(check, place, item, payer, open);
        if (!open && is_sure)
            note(check, place, course, explanation, i);
    }
}
