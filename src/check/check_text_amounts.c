/* Amounts that are stored as text, and what cannot be read as an amount. */
#include "check/checks.h"

void kf_visit_figures(KfCheck *check, const KfPlace *place, KfFigureVisitor visit, void *ctx)
{
    const KfCourse *course = place->course;

    for (size_t p = 0; p < course->period_count; p++) {
        for (size_t i = 0; i < course->item_count; i++) {
            const KfItem *item = &course->items[i];

            visit(check, place, &item->amounts[p], (int)p, KF_PAYER_NONE, item->label.text, ctx);
            for (int k = 0; k < KF_PAYER_COUNT; k++) {
                if (item->split[k])
                    visit(check, place, &item->split[k][p], (int)p, k, item->label.text, ctx);
            }
        }
        for (int k = 0; k < KF_PAYER_COUNT; k++) {
            if (course->payers[k])
                visit(check, place, &course->payers[k][p], (int)p, k, course->payer_labels[k].text,
                      ctx);
        }
        if (course->totals)
            visit(check, place, &course->totals[p], (int)p, KF_PAYER_NONE, course->total_label.text,
                  ctx);
    }
    for (size_t i = 0; i < course->item_count; i++) {
        for (int k = 0; k < KF_PAYER_COUNT; k++)
            visit(check, place, &course->items[i].parts[k], -1, k, course->items[i].label.text,
                  ctx);
        visit(check, place, &course->items[i].total, -1, KF_PAYER_NONE, course->items[i].label.text,
              ctx);
    }
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        visit(check, place, &course->payer_totals[k], -1, k, course->payer_total_labels[k].text,
              ctx);
        visit(check, place, &course->payer_row_totals[k], -1, k, course->payer_labels[k].text, ctx);
    }
    visit(check, place, &course->case_total, -1, KF_PAYER_NONE, course->case_total_label.text, ctx);
    visit(check, place, &course->case_row_total, -1, KF_PAYER_NONE, course->total_label.text, ctx);
}

static void count_text(KfCheck *check, const KfPlace *place, const KfFigure *figure, int period,
                       int payer, KfText label, void *ctx)
{
    KfTextCount *count = ctx;

    (void)place, (void)period, (void)payer, (void)label;
    if (figure->state == KF_FIGURE_STATED) {
        count->stated++;
        count->texts += figure->is_text && !check->book->is_untyped;
    }
    count->unreadable += figure->state == KF_FIGURE_UNREADABLE;
}

KfTextCount kf_count_texts(KfCheck *check, const KfPlace *place)
{
    KfTextCount count = { 0 };

    kf_visit_figures(check, place, count_text, &count);
    return count;
}

bool kf_are_stray(const KfTextCount *count)
{
    return count->texts && count->texts * 2 <= count->stated;
}

/* A sum that passes over the text has been told of with it. */
static bool is_told(const KfCheck *check, const KfPlace *place, KfRef cell)
{
    for (size_t i = check->list.count;
         i-- > 0 && check->list.items[i].case_index == place->case_index;) {
        if (check->list.items[i].code == KF_FINDING_AMOUNT_TEXT
            && kf_ref_order(check->list.items[i].cell, cell) == 0)
            return true;
    }
    return false;
}

static void report_text(KfCheck *check, const KfPlace *place, const KfFigure *figure, int period,
                        int payer, KfText label, void *ctx)
{
    KfFinding *finding;

    (void)ctx;
    if (figure->state != KF_FIGURE_STATED || !figure->is_text || is_told(check, place, figure->ref))
        return;
    finding = kf_finding_at(check, place, KF_FINDING_AMOUNT_TEXT, KF_WARNING, KF_ACTION_CORRECT,
                            figure, period, payer, label);
    finding->found = kf_value_text(figure->shown);
    finding->expected = kf_value_amount(figure->value);
    kf_say(&check->list, finding, KF_SAY_AMOUNT_TEXT, NULL, 0);
}

bool kf_amount_looks_like(KfText text, KfOere unit, KfOere *out)
{
    static const char letters[] = "lIiOoSB", digits[] = "1110058";
    char mended[32];
    bool any = false;
    KfAmount amount;

    if (text.len > sizeof mended)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        mended[i] = text.ptr[i];
        for (size_t j = 0; letters[j]; j++) {
            if (text.ptr[i] == letters[j]) {
                mended[i] = digits[j];
                any = true;
            }
        }
    }
    if (!any || kf_amount_read((KfText){ mended, text.len }, KF_SEP_DANISH, &amount) != KF_READ_OK
        || amount.oere > KF_OERE_MAX / 100000)
        return false;
    *out = amount.oere * (unit > 100 ? unit / 100 : 1);
    return true;
}

static void report_unreadable(KfCheck *check, const KfPlace *place, const KfFigure *figure,
                              int period, int payer, KfText label, void *ctx)
{
    KfArg shown = kf_arg_text(figure->shown);
    KfFinding *finding;

    (void)ctx;
    if (figure->state != KF_FIGURE_UNREADABLE || !figure->shown.len
        || kf_is_suspect(check, figure->ref))
        return; /* a formula without a result is told of as that */
    finding = kf_finding_at(check, place, KF_FINDING_AMOUNT_UNREADABLE, KF_WARNING,
                            KF_ACTION_PROPOSE, figure, period, payer, label);
    finding->found = kf_value_text(figure->shown);
    kf_say(&check->list, finding, KF_SAY_AMOUNT_UNREADABLE, &shown, 1);
}

void kf_check_text_amounts(KfCheck *check, const KfPlace *place, const KfTextCount *count)
{
    if (count->unreadable)
        kf_visit_figures(check, place, report_unreadable, NULL);
    if (count->texts && !kf_are_stray(count)) { /* a table of texts, not texts among numbers */
        KfFigure table = { .ref = { place->course->sheet, place->course->range.first_row,
                                    place->course->range.first_col } };
        KfArg amounts = kf_arg_number(&check->list, (int64_t)count->texts);

        kf_say(&check->list,
               kf_finding_at(check, place, KF_FINDING_AMOUNT_TEXT, KF_INFO, KF_ACTION_NONE, &table,
                             -1, KF_PAYER_NONE, place->course->heading.text),
               KF_SAY_AMOUNT_TEXT_TABLE, &amounts, 1);
    } else if (count->texts) {
        kf_visit_figures(check, place, report_text, NULL);
    }
}
