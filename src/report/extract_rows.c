/* A blank cell is a row too, so that what is not stated shows; a cell that the
 * table does not have is none. */
#include "report/extract_rows.h"

typedef struct {
    KfExtractSink sink;
    void *ctx;
    const KfCase *citizen;
    const KfCourse *course;
} Walk;

static void tell(const Walk *walk, const char *kind, const KfItem *item, int payer,
                 const KfPeriodColumn *period, const KfFigure *figure)
{
    const KfExtractRow row = { kind, walk->citizen, walk->course, item, payer, period, figure };

    if (figure->state != KF_FIGURE_NONE)
        walk->sink(walk->ctx, &row);
}

static void tell_periods(const Walk *walk, const char *kind, const KfItem *item, int payer,
                         const KfFigure *figures)
{
    for (size_t i = 0; figures && i < walk->course->period_count; i++)
        tell(walk, kind, item, payer, &walk->course->periods[i], &figures[i]);
}

static void tell_item(const Walk *walk, const KfItem *item)
{
    int named = item->has_payer ? (int)item->payer : KF_PAYER_NONE;

    tell_periods(walk, item->is_part ? "part" : "item", item, named, item->amounts);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        tell_periods(walk, "part", item, payer, item->split[payer]);
    tell(walk, "row-total", item, KF_PAYER_NONE, NULL, &item->total);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        tell(walk, "part", item, payer, NULL, &item->parts[payer]);
}

static void tell_course(const Walk *walk)
{
    const KfCourse *course = walk->course;

    for (size_t i = 0; i < course->item_count; i++)
        tell_item(walk, &course->items[i]);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        tell_periods(walk, "payer", NULL, payer, course->payers[payer]);
    tell_periods(walk, "total", NULL, KF_PAYER_NONE, course->totals);
    for (int payer = 0; payer < KF_PAYER_COUNT; payer++)
        tell(walk, "payer-total", NULL, payer, NULL, &course->payer_totals[payer]);
    tell(walk, "case-total", NULL, KF_PAYER_NONE, NULL, &course->case_total);
}

void kf_extract_rows(const KfModel *model, KfExtractSink sink, void *ctx)
{
    for (size_t i = 0; i < model->case_count; i++) {
        const KfCase *citizen = &model->cases[i];

        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            if (citizen->has[kind])
                tell_course(&(Walk){ sink, ctx, citizen, &citizen->courses[kind] });
        }
    }
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

            if (table->figures[i].state != KF_FIGURE_BLANK)
                sink(ctx,
                     &(KfTableCell){ table, row, column, &table->figures[i],
                                     column->payer != KF_PAYER_NONE ? column->payer : row->payer,
                                     column->course >= 0 ? column->course : row->course });
        }
    }
}

KfText kf_extract_course(int course)
{
    if (course == KF_COURSE_GAIN)
        return KF_TEXT("gain");
    return course < 0 ? KF_TEXT("") : kf_text(kf_course_key((KfCourseKind)course));
}
