/* A finding at a figure of a course, and what is said of it in other words. */
#include "check/checks.h"

KfText kf_period_text(KfArena *arena, const KfCourse *course, int period)
{
    KfBuf buf = { 0 };
    KfText text;

    if (period < 0 || course->periods[period].period.from < 0)
        return (KfText){ 0 };
    kf_buf_period(&buf, course->periods[period].period);
    text = kf_arena_take(arena, &buf);
    kf_buf_free(&buf);
    return text;
}

KfFinding *kf_finding_at(KfCheck *check, const KfPlace *place, KfFindingCode code,
                         KfSeverity severity, KfAction action, const KfFigure *figure, int period,
                         int payer, KfText label)
{
    KfFinding *finding = kf_finding_add(&check->list, code, severity, action);

    finding->case_index = place->case_index;
    finding->course = (int)place->course->kind;
    finding->has_cell = true;
    finding->cell = figure->ref;
    finding->payer = payer;
    finding->label = label;
    finding->period = kf_period_text(check->arena, place->course, period);
    return finding;
}

void kf_say_slip(KfCheck *check, KfFinding *finding, KfOere typed, KfOere meant)
{
    static const KfSay says[] = {
        [KF_SLIP_SWAP] = KF_SAY_SLIP_SWAP,       [KF_SLIP_DIGIT] = KF_SAY_SLIP_DIGIT,
        [KF_SLIP_DROPPED] = KF_SAY_SLIP_DROPPED, [KF_SLIP_EXTRA] = KF_SAY_SLIP_EXTRA,
        [KF_SLIP_SCALE] = KF_SAY_SLIP_SCALE,     [KF_SLIP_SIGN] = KF_SAY_SLIP_SIGN,
    };
    KfSlip slip = kf_slip(typed, meant);
    KfOere a = typed < 0 ? -typed : typed, b = meant < 0 ? -meant : meant;

    if (slip == KF_SLIP_NONE)
        return;
    if (slip != KF_SLIP_DIGIT) {
        kf_say(&check->list, finding, says[slip], NULL, 0);
        return;
    }
    for (; a % 10 == b % 10 && (a || b); a /= 10)
        b /= 10;
    kf_say(&check->list, finding, KF_SAY_SLIP_DIGIT_AT,
           (KfArg[]){ kf_arg_number(&check->list, a % 10), kf_arg_number(&check->list, b % 10) },
           2);
}

void kf_say_alternatives(KfCheck *check, KfFinding *finding)
{
    KfFindingList *list = &check->list;

    if (finding->alternative_count)
        kf_say(list, finding, KF_SAY_ALTERNATIVES, NULL, 0);
    for (size_t i = 0; i < finding->alternative_count; i++) {
        const KfAlternative *other = &finding->alternatives[i];
        KfArg args[] = { kf_arg_cell(list, other->cell, finding->cell.sheet),
                         kf_arg_amount(list, other->expected.amount),
                         kf_arg_amount(list, other->found.amount) };

        kf_say(list, finding,
               other->found.kind == KF_VALUE_AMOUNT ? KF_SAY_ALTERNATIVE : KF_SAY_ALTERNATIVE_BLANK,
               args, 3);
    }
}

KfText kf_node_label(const KfCourse *course, const KfNode *node)
{
    switch (node->kind) {
    case KF_NODE_PAYER:
        return course->payer_labels[node->payer].text;
    case KF_NODE_TOTAL:
        return course->total_label.text;
    case KF_NODE_SUBTOTAL:
        return course->memos[node->memo].label.text;
    case KF_NODE_PAYER_TOTAL:
        return node->figure == &course->payer_row_totals[node->payer]
                   ? course->payer_labels[node->payer].text
                   : course->payer_total_labels[node->payer].text;
    case KF_NODE_CASE_TOTAL:
        return node->figure == &course->case_row_total ? course->total_label.text
                                                       : course->case_total_label.text;
    default:
        return course->items[node->item].label.text;
    }
}
