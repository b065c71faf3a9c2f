/* A blank cell is a row too, so that what is not stated shows; a cell that the
 * table does not have is none. */
#include "report/extract_rows.h"

typedef struct {
    KfExtractSink sink;
    void *ctx;
    const KfCase *citizen;
    const KfCourse *course;
    KfText section, benefit; /* of the row that is told */
} Walk;

static void tell(const Walk *walk, const char *kind, int payer, const KfPeriodColumn *period,
                 const KfFigure *figure)
{
    const KfExtractRow row = { kind,          walk->citizen, walk->course, walk->section,
                               walk->benefit, payer,         period,       figure };

    if (figure->state != KF_FIGURE_NONE)
        walk->sink(walk->ctx, &row);
}

static void tell_periods(const Walk *walk, const char *kind, int payer, const KfFigure *figures)
{
    for (size_t i = 0; figures && i < walk->course->period_count; i++)
        tell(walk, kind, payer, &walk->course->periods[i], &figures[i]);
}

static void tell_item(Walk *walk, const KfItem *item)
{
    walk->section = item->section;
    walk->benefit = item->label.text;
    tell_periods(walk, item->is_part ? "part" : "item",
                 item->has_payer ? (int)item->payer : KF_PAYER_NONE, item->amounts);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        tell_periods(walk, "part", payer, item->split[payer]);
    tell(walk, "row-total", KF_PAYER_NONE, NULL, &item->total);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        tell(walk, "part", payer, NULL, &item->parts[payer]);
}

/* A section that has benefits is told by them, an empty one by its heading's cell or
 * by its zeros. */
static void tell_memo(Walk *walk, size_t at)
{
    const KfMemo *memo = &walk->course->memos[at];
    static const char *const kinds[] = {
        [KF_MEMO_SECTION] = "section", [KF_MEMO_SUBTOTAL] = "subtotal", [KF_MEMO_NOT_SUM] = "memo"
    };
    const KfFigure heading = { .ref = memo->label.ref,
                               .state = KF_FIGURE_BLANK,
                               .shown = memo->label.text };

    if (memo->kind == KF_MEMO_SECTION && !kf_extract_is_empty_section(walk->course, at))
        return;
    walk->section = memo->section;
    walk->benefit = memo->kind == KF_MEMO_SECTION ? KF_TEXT("") : memo->label.text;
    if (memo->amounts)
        tell_periods(walk, kinds[memo->kind], KF_PAYER_NONE, memo->amounts);
    else
        tell(walk, kinds[memo->kind], KF_PAYER_NONE, NULL, &heading);
}

/* Benefits, and above each the memo rows that stand there. */
static void tell_rows(Walk *walk)
{
    const KfCourse *course = walk->course;
    size_t memo = 0;

    for (size_t i = 0; i <= course->item_count; i++) {
        for (; memo < course->memo_count && course->memos[memo].before_item <= i; memo++)
            tell_memo(walk, memo);
        if (i < course->item_count)
            tell_item(walk, &course->items[i]);
    }
    walk->section = walk->benefit = KF_TEXT("");
}

static void tell_course(Walk *walk)
{
    const KfCourse *course = walk->course;

    tell_rows(walk);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        tell_periods(walk, "payer", payer, course->payers[payer]);
    tell_periods(walk, "total", KF_PAYER_NONE, course->totals);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        tell(walk, "payer-total", payer, NULL, &course->payer_totals[payer]);
    tell(walk, "case-total", KF_PAYER_NONE, NULL, &course->case_total);
}

void kf_extract_rows(const KfModel *model, KfExtractSink sink, void *ctx)
{
    for (size_t i = 0; i < model->case_count; i++) {
        const KfCase *citizen = &model->cases[i];

        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            if (citizen->has[kind])
                tell_course(&(Walk){
                    .sink = sink,
                    .ctx = ctx,
                    .citizen = citizen,
                    .course = &citizen->courses[kind],
                });
        }
    }
}

void kf_extract_shown(KfBuf *out, const KfFigure *figure)
{
    if (figure->state == KF_FIGURE_STATED && !figure->is_text)
        kf_buf_decimal(out, figure->shown);
    else
        kf_buf_text(out, figure->shown);
}

bool kf_extract_is_empty_section(const KfCourse *course, size_t memo)
{
    size_t before = course->memos[memo].before_item;

    for (memo++; memo < course->memo_count; memo++) {
        if (course->memos[memo].kind == KF_MEMO_SECTION)
            return course->memos[memo].before_item == before;
    }
    return course->item_count == before;
}

int64_t kf_extract_unit(const KfCourse *course)
{
    return course->unit > 100 ? course->unit / 100 : 1;
}

bool kf_extract_has_period(const KfExtractRow *row)
{
    return row->period && row->period->period.to >= 0;
}

void kf_extract_table_cells(const KfModel *model, KfTableSink sink, void *ctx)
{
    for (size_t t = 0; t < model->table_count; t++) {
        const KfTable *table = &model->tables[t];

        for (size_t i = 0; i < table->row_count * table->column_count; i++) {
            const KfLine *row = &table->rows[i / table->column_count];
            const KfLine *column = &table->columns[i % table->column_count];
            int payer = column->payer != KF_PAYER_NONE ? column->payer : row->payer;
            int course = column->course >= 0 ? column->course : row->course;

            if (table->figures[i].state != KF_FIGURE_BLANK)
                sink(ctx, &(KfTableCell){ table, row, column, &table->figures[i], payer, course });
        }
    }
}

KfText kf_extract_course(int course)
{
    if (course == KF_COURSE_GAIN)
        return KF_TEXT("gain");
    return course < 0 ? KF_TEXT("") : kf_text(kf_course_key((KfCourseKind)course));
}
