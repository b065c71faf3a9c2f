/* What the intervention costs a case, from forms such as bilag A: net wages over the
 * number of cases in the year. */
#include "reconcile/digest.h"
#include "reconcile/municipality.h"
#include "reconcile/sums.h"

enum { WHOLE = 1000000 };

typedef struct {
    KfDigester *in;
    const KfTable *table;
    size_t cap;
} Reader;

static size_t column_with(const KfTable *table, KfLineRole role)
{
    size_t col = 0;

    while (col < table->column_count && table->columns[col].role != role)
        col++;
    return col;
}

/* Where a row has its figure: in the column, else, when any will do, its first stated one. */
static size_t cell_of(const KfTable *table, KfLineRole role, size_t column, bool any)
{
    for (size_t row = 0; row < table->row_count; row++) {
        size_t at = row * table->column_count;

        if (table->rows[row].role != role)
            continue;
        if (column < table->column_count && table->figures[at + column].state == KF_FIGURE_STATED)
            return at + column;
        for (size_t col = 0; any && col < table->column_count; col++) {
            if (table->figures[at + col].state == KF_FIGURE_STATED)
                return at + col;
        }
    }
    return KF_NO_INDEX;
}

static KfOere figure_at(const Reader *reader, size_t cell, KfView view)
{
    return cell == KF_NO_INDEX ? KF_NOT_STATED
                               : kf_digest_figure(reader->in, &reader->table->figures[cell], view);
}

/* "Aarhus" over a column, in the title, on the sheet or in the workbook. */
static KfText municipality_of(const Reader *reader, size_t column)
{
    const KfTable *table = reader->table;
    KfText name = { 0 };

    if (column < table->column_count)
        name = kf_municipality_of_path(table->columns[column].label.text);
    if (!name.len)
        name = kf_municipality_of_path(table->title.text);
    if (!name.len)
        name = reader->in->by_sheet[table->sheet];
    return name.len ? name : reader->in->of_book;
}

static void take_form(Reader *reader, size_t column, bool any)
{
    const KfTable *table = reader->table;
    KfFileDigest *out = reader->in->out;
    size_t net = cell_of(table, KF_LINE_NET, column, any);
    size_t cases = cell_of(table, KF_LINE_COUNT, column, any);
    size_t per_case = cell_of(table, KF_LINE_PER_CASE, column, any);
    KfWageDigest form = { .sheet = kf_digest_text(reader->in, table->sheet_name),
                          .municipality = municipality_of(reader, any ? KF_NO_INDEX : column) };

    if (cases != KF_NO_INDEX && table->quantities[cases] > 0
        && table->quantities[cases] % WHOLE == 0)
        form.cases = table->quantities[cases] / WHOLE;
    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        form.net[view] = figure_at(reader, net, (KfView)view);
        form.per_case[view] = figure_at(reader, per_case, (KfView)view);
        if (form.per_case[view] == KF_NOT_STATED)
            form.per_case[view] = kf_sum_share(form.net[view], (size_t)form.cases);
    }
    if (form.per_case[KF_TYPED] == KF_NOT_STATED)
        return;
    form.cell = table->figures[per_case != KF_NO_INDEX ? per_case : net].ref;
    KF_PUSH(reader->in->arena, out->wages, out->wage_count, reader->cap, form);
}

/* Posts and wages lie as columns, or stand as rows with a column for each form. */
static void take_table(Reader *reader)
{
    const KfTable *table = reader->table;

    if (column_with(table, KF_LINE_PRICE) < table->column_count) {
        take_form(reader, column_with(table, KF_LINE_PRODUCT), true);
        return;
    }
    for (size_t col = 0; col < table->column_count; col++)
        take_form(reader, col, false);
}

void kf_digest_wages(KfDigester *in)
{
    const KfModel *model = &in->input->audit->model;
    Reader reader = { .in = in };

    for (size_t i = 0; i < model->table_count; i++) {
        reader.table = &model->tables[i];
        if (model->tables[i].kind == KF_TABLE_WAGE)
            take_table(&reader);
    }
}
