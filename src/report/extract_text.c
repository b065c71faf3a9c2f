/* extract --format text: every table as it was understood, row by row with the
 * amounts found and their sum, so that a misread table shows. */
#include "report/extract_rows.h"
#include "report/text_report.h"

enum { CELL_WIDTH = 7, SUM_WIDTH = 12, GAP = 2, FACT_WIDTH = 12, LABEL_WIDEST = 44 };

typedef struct {
    KfBuf *out;
    KfLang lang;
    const KfBook *book;
    const KfCourse *course;
    size_t label_width; /* of the course being told */
} Outline;

/* ---- columns --------------------------------------------------------------- */

static void put_padded(KfBuf *out, KfText text, size_t width)
{
    size_t columns = kf_text_columns(text);

    kf_buf_text(out, text);
    kf_buf_spaces(out, columns < width ? width - columns : 0);
}

static void put_masked_padded(KfBuf *out, KfText text, size_t width)
{
    KfBuf masked = { 0 };

    kf_buf_masked(&masked, text);
    put_padded(out, kf_buf_view(&masked), width);
    out->bad |= masked.bad;
    kf_buf_free(&masked);
}

static void put_cell(KfBuf *out, KfRef ref, size_t width)
{
    KfBuf cell = { 0 };

    kf_buf_cellref(&cell, ref.row, ref.col);
    put_padded(out, kf_buf_view(&cell), width);
    out->bad |= cell.bad;
    kf_buf_free(&cell);
}

static void put_right_aligned(KfBuf *out, KfText text)
{
    size_t columns = kf_text_columns(text);

    kf_buf_spaces(out, columns < SUM_WIDTH ? GAP + SUM_WIDTH - columns : GAP);
    kf_buf_text(out, text);
}

static void put_sum(KfBuf *out, bool any, KfOere sum, KfLang lang)
{
    KfBuf text = { 0 };

    if (any)
        kf_buf_amount(&text, sum, lang);
    else
        kf_buf_str(&text, "–");
    put_right_aligned(out, kf_buf_view(&text));
    out->bad |= text.bad;
    kf_buf_free(&text);
}

static void put_phrase(const Outline *outline, KfPhrase say)
{
    kf_buf_text(outline->out, kf_phrase(say, outline->lang));
}

static void put_head(const Outline *outline, KfText text)
{
    kf_buf_spaces(outline->out, 2);
    kf_buf_masked(outline->out, text);
    kf_buf_char(outline->out, '\n');
}

/* A text of at most two counts: "3 af 4 beløb". */
static void put_counts(const Outline *outline, KfPhrase say, size_t a, size_t b)
{
    KfBuf first = { 0 }, second = { 0 };

    kf_buf_uint_padded(&first, a, 1);
    kf_buf_uint_padded(&second, b, 1);
    kf_buf_phrase(outline->out, say, outline->lang,
                  (KfText[]){ kf_buf_view(&first), kf_buf_view(&second) }, 2);
    outline->out->bad |= first.bad || second.bad;
    kf_buf_free(&first);
    kf_buf_free(&second);
}

/* Text and the cell where it stands, by a phrase of two places. */
static void put_at(const Outline *outline, KfPhrase say, KfText text, KfRef ref)
{
    KfBuf shown = { 0 }, cell = { 0 };

    kf_buf_masked(&shown, text);
    kf_buf_cellref(&cell, ref.row, ref.col);
    kf_buf_phrase(outline->out, say, outline->lang,
                  (KfText[]){ kf_buf_view(&shown), kf_buf_view(&cell) }, 2);
    outline->out->bad |= shown.bad || cell.bad;
    kf_buf_free(&shown);
    kf_buf_free(&cell);
}

/* ---- rows ------------------------------------------------------------------ */

static size_t count_state(const KfFigure *figures, size_t count, KfFigureState state)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += figures[i].state == state;
    return found;
}

static void begin_row(const Outline *outline, const KfRef *ref, KfText label)
{
    kf_buf_spaces(outline->out, 4);
    if (ref)
        put_cell(outline->out, *ref, CELL_WIDTH);
    else
        put_padded(outline->out, KF_TEXT("–"), CELL_WIDTH);
    if (label.len == 0)
        label = kf_phrase(SAY_EXTRACT_NO_LABEL, outline->lang);
    put_masked_padded(outline->out, label, outline->label_width);
}

/* Sum of the row, and how many of its cells hold an amount. */
static void put_figures(const Outline *outline, const KfFigure *figures, size_t count)
{
    size_t stated = count_state(figures, count, KF_FIGURE_STATED);
    size_t unreadable = count_state(figures, count, KF_FIGURE_UNREADABLE);
    KfOere sum = 0;

    for (size_t i = 0; i < count; i++)
        sum = kf_oere_plus(sum, figures[i].value);
    put_sum(outline->out, stated > 0, sum, outline->lang);
    kf_buf_spaces(outline->out, GAP);
    put_counts(outline, SAY_EXTRACT_COUNT, stated, count);
    if (unreadable == 0)
        return;
    kf_buf_str(outline->out, ", ");
    put_counts(outline, SAY_EXTRACT_UNREADABLE, unreadable, 0);
}

/* A phrase about the cell ref. */
static void put_about(const Outline *outline, KfPhrase say, KfRef ref)
{
    KfBuf cell = { 0 };

    kf_buf_cellref(&cell, ref.row, ref.col);
    kf_buf_phrase(outline->out, say, outline->lang, (KfText[]){ kf_buf_view(&cell) }, 1);
    outline->out->bad |= cell.bad;
    kf_buf_free(&cell);
}

/* first_part: where the row's payer stands as a column instead, or NULL. */
static void put_missing(const Outline *outline, KfText name, const KfRef *first_part)
{
    begin_row(outline, NULL, name);
    put_sum(outline->out, false, 0, outline->lang);
    kf_buf_spaces(outline->out, 2);
    if (first_part)
        put_about(outline, SAY_EXTRACT_COLUMN, *first_part);
    else
        put_phrase(outline, SAY_EXTRACT_NOT_FOUND);
    kf_buf_char(outline->out, '\n');
}

/* Payers and a sum at the right of a benefit. */
static void put_right(const Outline *outline, const KfItem *item)
{
    size_t parts = KF_PAYER_COUNT - count_state(item->parts, KF_PAYER_COUNT, KF_FIGURE_NONE);

    if (parts) {
        kf_buf_str(outline->out, ", ");
        put_counts(outline, SAY_EXTRACT_PARTS,
                   count_state(item->parts, KF_PAYER_COUNT, KF_FIGURE_STATED), parts);
    }
    if (item->total.state == KF_FIGURE_STATED) {
        kf_buf_str(outline->out, ", ");
        put_about(outline, SAY_EXTRACT_ROW_TOTAL, item->total.ref);
    }
    if (item->is_part) {
        kf_buf_str(outline->out, ", ");
        put_phrase(outline, SAY_EXTRACT_IS_PART);
    }
}

static void put_item(const Outline *outline, const KfItem *item)
{
    begin_row(outline, item->label.has_ref ? &item->label.ref : NULL, item->label.text);
    put_figures(outline, item->amounts, outline->course->period_count);
    put_right(outline, item);
    kf_buf_char(outline->out, '\n');
}

/* A row that is added to nothing, and why. */
static void put_memo(const Outline *outline, const KfMemo *memo)
{
    begin_row(outline, &memo->label.ref, memo->label.text);
    put_figures(outline, memo->amounts, outline->course->period_count);
    kf_buf_str(outline->out, ", ");
    put_phrase(outline,
               memo->kind == KF_MEMO_SUBTOTAL ? SAY_EXTRACT_IS_SUBTOTAL : SAY_EXTRACT_IS_MEMO);
    kf_buf_char(outline->out, '\n');
}

static void put_section(const Outline *outline, size_t memo)
{
    const KfCourse *course = outline->course;

    kf_buf_spaces(outline->out, 2);
    kf_buf_masked(outline->out, course->memos[memo].label.text);
    if (kf_extract_is_empty_section(course, memo)) {
        kf_buf_str(outline->out, "  ");
        put_phrase(outline, SAY_EXTRACT_EMPTY_SECTION);
    }
    kf_buf_char(outline->out, '\n');
}

static void put_items(const Outline *outline)
{
    const KfCourse *course = outline->course;
    size_t memo = 0;

    if (course->item_count == 0)
        put_head(outline, kf_phrase(SAY_EXTRACT_NO_ITEMS, outline->lang));
    for (size_t i = 0; i <= course->item_count; i++) {
        for (; memo < course->memo_count && course->memos[memo].before_item <= i; memo++) {
            if (course->memos[memo].kind == KF_MEMO_SECTION)
                put_section(outline, memo);
            else
                put_memo(outline, &course->memos[memo]);
        }
        if (i == course->item_count)
            break;
        if (i == 0 && course->items[0].section.len == 0)
            put_head(outline, kf_phrase(SAY_EXTRACT_NO_SECTION, outline->lang));
        put_item(outline, &course->items[i]);
    }
}

static void put_period_row(const Outline *outline, const KfFigure *figures, const KfLabel *label,
                           KfText name, const KfRef *first_part)
{
    if (!figures) {
        put_missing(outline, name, first_part);
        return;
    }
    begin_row(outline, label->has_ref ? &label->ref : NULL, label->text.len ? label->text : name);
    put_figures(outline, figures, outline->course->period_count);
    kf_buf_char(outline->out, '\n');
}

/* One figure over all periods. */
static void put_total(const Outline *outline, const KfFigure *figure, const KfLabel *label,
                      KfText name)
{
    if (figure->state == KF_FIGURE_NONE) {
        put_missing(outline, name, NULL);
        return;
    }
    begin_row(outline, &figure->ref, label->text.len ? label->text : name);
    put_sum(outline->out, figure->state == KF_FIGURE_STATED, figure->value, outline->lang);
    if (figure->state == KF_FIGURE_BLANK) {
        kf_buf_spaces(outline->out, 2);
        put_phrase(outline, SAY_EXTRACT_NOT_STATED);
    } else if (figure->state == KF_FIGURE_UNREADABLE) {
        kf_buf_spaces(outline->out, 2);
        put_counts(outline, SAY_EXTRACT_UNREADABLE, 1, 0);
    }
    kf_buf_char(outline->out, '\n');
}

static const KfRef *first_part(const KfCourse *course, int payer)
{
    for (size_t i = 0; i < course->item_count; i++) {
        if (course->items[i].parts[payer].state != KF_FIGURE_NONE)
            return &course->items[i].parts[payer].ref;
    }
    return NULL;
}

static bool any_sum(const KfCourse *course)
{
    bool any = course->totals || course->case_total.state != KF_FIGURE_NONE;

    for (int k = 0; k < KF_PAYER_COUNT; k++)
        any |= course->payers[k] || course->payer_totals[k].state != KF_FIGURE_NONE
               || first_part(course, k);
    return any;
}

static void put_sums(const Outline *outline)
{
    const KfCourse *course = outline->course;
    KfLang lang = outline->lang;

    if (!any_sum(course)) {
        put_head(outline, kf_phrase(SAY_EXTRACT_NO_SUMS, lang));
        return;
    }
    put_head(outline, kf_phrase(SAY_EXTRACT_PAYERS, lang));
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        put_period_row(outline, course->payers[k], &course->payer_labels[k],
                       kf_text(kf_payer_name((KfPayer)k, lang)), first_part(course, k));
    put_period_row(outline, course->totals, &course->total_label,
                   kf_phrase(SAY_EXTRACT_PERIOD_TOTAL, lang), NULL);
    put_head(outline, kf_phrase(SAY_EXTRACT_TOTALS, lang));
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        const KfLabel *label = &course->payer_total_labels[k];
        bool shared = label->has_ref && course->total_label.has_ref
                      && kf_ref_order(label->ref, course->total_label.ref) == 0;

        /* In the row of the period totals, the column names the payer. */
        put_total(outline, &course->payer_totals[k], shared ? &(KfLabel){ 0 } : label,
                  kf_text(kf_payer_name((KfPayer)k, lang)));
    }
    put_total(outline, &course->case_total, &course->case_total_label,
              kf_phrase(SAY_EXTRACT_CASE_TOTAL, lang));
}

/* ---- a table --------------------------------------------------------------- */

static void widen(Outline *outline, KfText label)
{
    size_t columns = kf_text_columns(label);

    if (columns > LABEL_WIDEST)
        columns = LABEL_WIDEST;
    if (columns > outline->label_width)
        outline->label_width = columns;
}

/* A missing row is named by us, so those names take part as well. */
static void measure(Outline *outline)
{
    const KfCourse *course = outline->course;

    outline->label_width = 0;
    widen(outline, kf_phrase(SAY_EXTRACT_NO_LABEL, outline->lang));
    widen(outline, kf_phrase(SAY_EXTRACT_PERIOD_TOTAL, outline->lang));
    widen(outline, kf_phrase(SAY_EXTRACT_CASE_TOTAL, outline->lang));
    for (size_t i = 0; i < course->item_count; i++)
        widen(outline, course->items[i].label.text);
    for (size_t i = 0; i < course->memo_count; i++) {
        if (course->memos[i].kind != KF_MEMO_SECTION)
            widen(outline, course->memos[i].label.text);
    }
    for (int k = 0; k < KF_PAYER_COUNT; k++) {
        widen(outline, kf_text(kf_payer_name((KfPayer)k, outline->lang)));
        widen(outline, course->payer_labels[k].text);
        widen(outline, course->payer_total_labels[k].text);
    }
    widen(outline, course->total_label.text);
    widen(outline, course->case_total_label.text);
}

static void begin_fact(const Outline *outline, KfPhrase name)
{
    kf_buf_spaces(outline->out, 2);
    put_padded(outline->out, kf_phrase(name, outline->lang), FACT_WIDTH);
}

static void put_range(const Outline *outline)
{
    KfBuf sheet = { 0 }, range = { 0 };

    begin_fact(outline, SAY_EXTRACT_TABLE);
    kf_buf_masked(&sheet, outline->course->sheet_name);
    kf_buf_range(&range, outline->course->range);
    kf_buf_line(outline->out, SAY_EXTRACT_RANGE, outline->lang,
                (KfText[]){ kf_buf_view(&sheet), kf_buf_view(&range) }, 2);
    outline->out->bad |= sheet.bad || range.bad;
    kf_buf_free(&sheet);
    kf_buf_free(&range);
}

/* A heading that the spreadsheet made into a date is said to be one. */
static void put_period(const Outline *outline, const KfPeriodColumn *column)
{
    kf_buf_period(outline->out, column->period);
    if (column->from_date)
        put_about(outline, SAY_EXTRACT_FROM_DATE, column->label.ref);
}

static void put_periods(const Outline *outline)
{
    const KfCourse *course = outline->course;
    bool read = false;

    begin_fact(outline, SAY_EXTRACT_PERIODS);
    for (size_t i = 0; i < course->period_count; i++) {
        const KfPeriodColumn *column = &course->periods[i];

        kf_buf_str(outline->out, i ? ", " : "");
        read = column->period.to >= 0;
        if (read)
            put_period(outline, column);
        else
            put_at(outline, SAY_EXTRACT_PERIOD_UNREAD, column->label.text, column->label.ref);
    }
    if (read)
        put_phrase(outline, SAY_MONTHS);
    kf_buf_char(outline->out, '\n');
}

static void put_unit(const Outline *outline, int64_t unit)
{
    KfBuf amount = { 0 };

    begin_fact(outline, SAY_EXTRACT_UNIT);
    kf_buf_amount(&amount, unit * 100, outline->lang);
    if (unit == 1)
        put_phrase(outline, SAY_EXTRACT_KRONER);
    else
        kf_buf_phrase(outline->out, SAY_KRONER, outline->lang, (KfText[]){ kf_buf_view(&amount) },
                      1);
    kf_buf_char(outline->out, '\n');
    outline->out->bad |= amount.bad;
    kf_buf_free(&amount);
}

/* How a lone "1.234" of the column was read, and the cell that shows it. */
static void put_notation(const Outline *outline, size_t p)
{
    static const KfPhrase says[] = { [KF_REASON_NONE] = SAY_EXTRACT_LONE_USUAL,
                                     [KF_REASON_COLUMN] = SAY_EXTRACT_LONE_COLUMN,
                                     [KF_REASON_TABLE] = SAY_EXTRACT_LONE_TABLE };
    const KfPeriodColumn *column = &outline->course->periods[p];
    bool english = column->separators == KF_SEP_ENGLISH;
    KfBuf period = { 0 }, cell = { 0 };

    begin_fact(outline, SAY_EXTRACT_NUMBERS);
    kf_buf_period(&period, column->period);
    kf_buf_cellref(&cell, column->evidence.row, column->evidence.col);
    kf_buf_line(outline->out, says[column->reason], outline->lang,
                (KfText[]){ kf_buf_view(&period), english ? KF_TEXT("1,234") : KF_TEXT("1.234"),
                            kf_buf_view(&cell) },
                3);
    outline->out->bad |= period.bad || cell.bad;
    kf_buf_free(&period);
    kf_buf_free(&cell);
}

static void put_hidden_range(const Outline *outline, KfPhrase one, KfPhrase many, uint32_t first,
                             uint32_t last, bool columns)
{
    KfBuf from = { 0 }, to = { 0 };

    begin_fact(outline, SAY_EXTRACT_HIDDEN);
    if (columns) {
        kf_buf_column(&from, first);
        kf_buf_column(&to, last);
    } else {
        kf_buf_int(&from, (int64_t)first + 1);
        kf_buf_int(&to, (int64_t)last + 1);
    }
    kf_buf_line(outline->out, first == last ? one : many, outline->lang,
                (KfText[]){ kf_buf_view(&from), kf_buf_view(&to) }, 2);
    outline->out->bad |= from.bad || to.bad;
    kf_buf_free(&from);
    kf_buf_free(&to);
}

/* Hidden rows and columns of the table: they are read like the others. */
static void put_hidden(const Outline *outline, uint32_t sheet, KfRange range)
{
    const KfGrid *grid = &outline->book->sheets[sheet];

    if (grid->hidden) {
        begin_fact(outline, SAY_EXTRACT_HIDDEN);
        put_phrase(outline, SAY_EXTRACT_HIDDEN_SHEET);
        kf_buf_char(outline->out, '\n');
    }
    for (size_t i = 0; i < grid->hidden_row_count; i++) {
        const KfRange *rows = &grid->hidden_rows[i];

        if (rows->first_row <= range.last_row && rows->last_row >= range.first_row)
            put_hidden_range(outline, SAY_EXTRACT_HIDDEN_ROW, SAY_EXTRACT_HIDDEN_ROWS,
                             rows->first_row, rows->last_row, false);
    }
    for (size_t i = 0; i < grid->hidden_col_count; i++) {
        const KfRange *cols = &grid->hidden_cols[i];

        if (cols->first_col <= range.last_col && cols->last_col >= range.first_col)
            put_hidden_range(outline, SAY_EXTRACT_HIDDEN_COLUMN, SAY_EXTRACT_HIDDEN_COLUMNS,
                             cols->first_col, cols->last_col, true);
    }
}

static void put_facts(const Outline *outline)
{
    const KfCourse *course = outline->course;

    put_range(outline);
    begin_fact(outline, SAY_EXTRACT_HEADING);
    if (course->heading.has_ref)
        put_at(outline, SAY_EXTRACT_AT, course->heading.text, course->heading.ref);
    else
        put_phrase(outline, SAY_EXTRACT_NO_HEADING);
    kf_buf_char(outline->out, '\n');
    put_periods(outline);
    put_unit(outline, kf_extract_unit(course));
    for (size_t p = 0; p < course->period_count; p++) {
        if (course->periods[p].has_lone)
            put_notation(outline, p);
    }
    put_hidden(outline, course->sheet, course->range);
    if (course->horizon_months == 0)
        return;
    begin_fact(outline, SAY_EXTRACT_HORIZON);
    put_at(outline, SAY_EXTRACT_AT, course->horizon, course->horizon_ref);
    kf_buf_char(outline->out, '\n');
}

static void put_course(Outline *outline, const KfCase *citizen, int kind)
{
    KfBuf name = { 0 };
    KfText args[2];

    kf_buf_masked(&name, citizen->citizen);
    args[0] = kf_buf_view(&name);
    args[1] = kf_phrase_course(kind, outline->lang);
    kf_buf_char(outline->out, '\n');
    kf_buf_line(outline->out, citizen->has[kind] ? SAY_BLOCK_COURSE : SAY_EXTRACT_NO_COURSE,
                outline->lang, args, 2);
    outline->out->bad |= name.bad;
    kf_buf_free(&name);
    if (!citizen->has[kind])
        return;
    outline->course = &citizen->courses[kind];
    measure(outline);
    put_facts(outline);
    put_items(outline);
    put_sums(outline);
}

/* ---- tables beside the cases ----------------------------------------------- */

static void put_table_head(Outline *outline, const KfTable *table)
{
    KfBuf sheet = { 0 }, range = { 0 };

    kf_buf_masked(&sheet, table->sheet_name);
    kf_buf_range(&range, table->range);
    kf_buf_char(outline->out, '\n');
    kf_buf_line(outline->out, SAY_BLOCK_TABLE, outline->lang,
                (KfText[]){ kf_text(kf_table_kind_name(table->kind, outline->lang)),
                            kf_buf_view(&sheet), kf_buf_view(&range) },
                3);
    outline->out->bad |= sheet.bad || range.bad;
    kf_buf_free(&sheet);
    kf_buf_free(&range);
}

/* "faktisk forløb: Kommune", where the row above the heading names the course. */
static void put_column(const Outline *outline, const KfLine *column)
{
    KfText course = { 0 };

    if (column->course == KF_COURSE_GAIN)
        course = kf_phrase(SAY_RC_NET_GAIN, outline->lang);
    else if (column->course >= 0)
        course = kf_phrase_course(column->course, outline->lang);
    if (course.len && (column->payer != KF_PAYER_NONE || column->role == KF_LINE_TOTAL)) {
        kf_buf_text(outline->out, course);
        kf_buf_str(outline->out, ": ");
    }
    kf_buf_masked(outline->out, column->label.text);
}

static void put_columns(const Outline *outline, const KfTable *table)
{
    if (table->column_count == 1 && table->columns[0].label.text.len == 0)
        return;
    begin_fact(outline, SAY_EXTRACT_COLUMNS);
    for (size_t c = 0; c < table->column_count; c++) {
        kf_buf_str(outline->out, c ? ", " : "");
        put_column(outline, &table->columns[c]);
    }
    kf_buf_char(outline->out, '\n');
}

/* "0,4", "12": a factor that is no amount of its own, as "6 mdr." and "5 %" are read. */
static void put_quantity(const Outline *outline, int64_t micro)
{
    enum { MILLION = 1000000 };
    KfBuf text = { 0 };
    uint64_t size = micro < 0 ? 0 - (uint64_t)micro : (uint64_t)micro, rest = size % MILLION;
    unsigned digits = 6;

    kf_buf_str(&text, micro < 0 ? "-" : "");
    kf_buf_uint_padded(&text, size / MILLION, 1);
    for (; rest && rest % 10 == 0; rest /= 10)
        digits--;
    if (rest) {
        kf_buf_char(&text, outline->lang == KF_LANG_EN ? '.' : ',');
        kf_buf_uint_padded(&text, rest, digits);
    }
    put_right_aligned(outline->out, kf_buf_view(&text));
    outline->out->bad |= text.bad;
    kf_buf_free(&text);
}

static void put_table_cell(const Outline *outline, const KfTable *table, size_t at)
{
    const KfFigure *figure = &table->figures[at];
    bool is_note = table->columns[at % table->column_count].role == KF_LINE_NOTE
                   || table->rows[at / table->column_count].role == KF_LINE_NOTE;

    if (figure->state == KF_FIGURE_STATED)
        put_sum(outline->out, true, figure->value, outline->lang);
    else if (table->quantities[at])
        put_quantity(outline, table->quantities[at]);
    else if (figure->state == KF_FIGURE_UNREADABLE && !is_note)
        put_right_aligned(outline->out, kf_phrase(SAY_EXTRACT_BAD_CELL, outline->lang));
    else
        put_sum(outline->out, false, 0, outline->lang);
}

static void put_table_row(const Outline *outline, const KfTable *table, size_t row)
{
    begin_row(outline, &table->rows[row].label.ref, table->rows[row].label.text);
    for (size_t c = 0; c < table->column_count; c++)
        put_table_cell(outline, table, row * table->column_count + c);
    kf_buf_char(outline->out, '\n');
}

static void put_table(Outline *outline, const KfTable *table)
{
    put_table_head(outline, table);
    if (table->row_count == 0)
        return;
    put_columns(outline, table);
    if (table->unit > 100)
        put_unit(outline, table->unit / 100);
    put_hidden(outline, table->sheet, table->range);
    outline->label_width = 0;
    for (size_t r = 0; r < table->row_count; r++)
        widen(outline, table->rows[r].label.text);
    for (size_t r = 0; r < table->row_count; r++) {
        KfText group = table->rows[r].group;

        if (group.len && (r == 0 || !kf_text_eq(group, table->rows[r - 1].group)))
            put_head(outline, group);
        put_table_row(outline, table, r);
    }
}

/* ---- a file ---------------------------------------------------------------- */

static size_t count_courses(const KfModel *model)
{
    size_t count = 0;

    for (size_t i = 0; i < model->case_count; i++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
            count += model->cases[i].has[kind];
    }
    return count;
}

static void put_file_head(KfBuf *out, const KfExtractReport *file, KfLang lang)
{
    KfBuf path = { 0 }, citizens = { 0 }, courses = { 0 }, tables = { 0 };
    KfPhrase say = SAY_EXTRACT_HEAD;
    size_t table_count = file->model ? kf_count_tables(file->model) : 0;

    kf_buf_masked(&path, file->path);
    if (!file->model) {
        say = SAY_HEAD_UNREAD;
    } else if (!kf_model_has_any(file->model)) {
        say = file->model->blank_count ? SAY_HEAD_BLANK : SAY_HEAD_NO_CASES;
    } else {
        if (table_count)
            say = file->model->case_count ? SAY_EXTRACT_HEAD_TABLES : SAY_EXTRACT_HEAD_ONLY_TABLES;
        kf_buf_counted(&tables, table_count, SAY_TABLE_ONE, SAY_TABLE_MANY, lang);
        kf_buf_counted(&citizens, file->model->case_count, SAY_CITIZEN_ONE, SAY_CITIZEN_MANY, lang);
        kf_buf_counted(&courses, count_courses(file->model), SAY_COURSE_ONE, SAY_COURSE_MANY, lang);
    }
    kf_buf_line(out, say, lang,
                (KfText[]){ kf_buf_view(&path), kf_buf_view(&citizens), kf_buf_view(&courses),
                            kf_buf_view(&tables) },
                4);
    out->bad |= path.bad || citizens.bad || courses.bad || tables.bad;
    kf_buf_free(&tables);
    kf_buf_free(&path);
    kf_buf_free(&citizens);
    kf_buf_free(&courses);
}

static void put_stated_date(const Outline *outline, const KfModel *model)
{
    KfRef ref = model->stated_date_ref;
    KfBuf part[3] = { 0 };

    if (model->stated_date == KF_DATE_NONE)
        return;
    kf_buf_date(&part[0], model->stated_date, outline->lang);
    kf_buf_masked(&part[1], outline->book->sheets[ref.sheet].name);
    kf_buf_cellref(&part[2], ref.row, ref.col);
    kf_buf_line(outline->out, SAY_EXTRACT_STATED_DATE, outline->lang,
                (KfText[]){ kf_buf_view(&part[0]), kf_buf_view(&part[1]), kf_buf_view(&part[2]) },
                3);
    for (size_t i = 0; i < 3; i++) {
        outline->out->bad |= part[i].bad;
        kf_buf_free(&part[i]);
    }
}

static void put_unplaced(const Outline *outline, const KfModel *model)
{
    KfBuf *out = outline->out;

    kf_buf_char(out, '\n');
    put_phrase(outline, model->unplaced_count ? SAY_EXTRACT_UNPLACED : SAY_EXTRACT_ALL_PLACED);
    kf_buf_char(out, '\n');
    for (size_t i = 0; i < model->unplaced_count; i++) {
        const KfNote *note = &model->unplaced[i];

        kf_buf_spaces(out, 2);
        if (outline->book->sheet_count > 1) {
            kf_buf_masked(out, outline->book->sheets[note->ref.sheet].name);
            kf_buf_str(out, "  ");
        }
        put_cell(out, note->ref, CELL_WIDTH);
        kf_buf_masked(out, note->text);
        kf_buf_char(out, '\n');
    }
}

static void put_file(KfBuf *out, const KfExtractReport *file, KfLang lang)
{
    const KfModel *model = file->model;
    Outline outline = { .out = out, .lang = lang, .book = file->book };

    put_file_head(out, file, lang);
    if (!model || !kf_model_has_any(model))
        return;
    put_stated_date(&outline, model);
    for (size_t i = 0; i < model->case_count; i++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++)
            put_course(&outline, &model->cases[i], kind);
    }
    for (size_t i = 0; i < model->table_count; i++) {
        if (model->tables[i].row_count)
            put_table(&outline, &model->tables[i]);
    }
    put_unplaced(&outline, model);
}

void kf_report_extract_text(KfBuf *out, const KfExtractReport *files, size_t count,
                            const KfReportOptions *options)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            kf_buf_char(out, '\n');
        put_file(out, &files[i], options->lang);
    }
}
