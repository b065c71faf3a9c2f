#include "check_sheet.h"

#include "say.h"

enum { FACT_COLUMN = 4, VISIBLE = 14 };

static const struct {
    KfSays heading;
    uint16_t width;
} columns[] = {
    { KF_SAYS_COL_NUMBER, 5 },    { KF_SAYS_COL_SEVERITY, 9 }, { KF_SAYS_COL_CODE, 18 },
    { KF_SAYS_COL_SHEET, 10 },    { KF_SAYS_COL_CELL, 7 },     { KF_SAYS_COL_CITIZEN, 10 },
    { KF_SAYS_COL_PERIOD, 9 },    { KF_SAYS_COL_ROW, 22 },     { KF_SAYS_COL_FOUND, 14 },
    { KF_SAYS_COL_EXPECTED, 14 }, { KF_SAYS_COL_ACTION, 10 },  { KF_SAYS_COL_ROOT, 12 },
    { KF_SAYS_COL_MESSAGE, 50 },  { KF_SAYS_COL_SOURCE, 24 },  { KF_SAYS_COL_WAS, 0 },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

typedef struct {
    KfArena *arena;
    KfBuf *scratch;
    const KfAudit *audit;
    KfLang lang;
    KfOutRow *rows;
    size_t row_count, row_cap;
} Sheet;

static KfOutRow *add_row(Sheet *sheet, size_t cells)
{
    KfOutRow row = { NULL, 0 };

    if (cells)
        row.cells = kf_arena_array(sheet->arena, cells, sizeof *row.cells);
    KF_PUSH(sheet->arena, sheet->rows, sheet->row_count, sheet->row_cap, row);
    return &sheet->rows[sheet->row_count - 1];
}

static void put(KfOutRow *row, KfOutKind kind, KfOutStyle style, KfText text)
{
    row->cells[row->count++] = (KfOutCell){ .kind = kind, .style = style, .text = text };
}

static KfText taken(Sheet *sheet)
{
    return kf_arena_take(sheet->arena, sheet->scratch);
}

static KfText masked(Sheet *sheet, KfText text)
{
    kf_buf_masked(sheet->scratch, text);
    return taken(sheet);
}

static void put_text(Sheet *sheet, KfOutRow *row, KfOutStyle style, KfText text)
{
    put(row, KF_OUT_TEXT, style, masked(sheet, text));
}

static void put_whole(Sheet *sheet, KfOutRow *row, uint32_t number)
{

    if (number)
        kf_buf_int(sheet->scratch, number);
    put(row, number ? KF_OUT_COUNT : KF_OUT_TEXT, KF_OUT_PLAIN, taken(sheet));
}

static void put_value(Sheet *sheet, KfOutRow *row, KfValue value)
{

    if (value.kind != KF_VALUE_AMOUNT) {
        put_text(sheet, row, KF_OUT_WRAPPED, value.text);
        return;
    }
    kf_buf_amount_xml(sheet->scratch, value.amount);
    put(row, KF_OUT_NUMBER, KF_OUT_PLAIN, taken(sheet));
}

static KfText sheet_name(const Sheet *sheet, const KfFinding *finding)
{
    const KfBook *book = sheet->audit->book;

    if (!finding->has_cell || finding->cell.sheet >= book->sheet_count)
        return KF_TEXT("");
    return book->sheets[finding->cell.sheet].name;
}

/* "'Borger 1'!D30": the sheet's name as it is, or the link would lead nowhere. */
static KfText link_target(Sheet *sheet, const KfFinding *finding)
{
    KfText name = sheet_name(sheet, finding);

    kf_buf_char(sheet->scratch, '\'');
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '\'')
            kf_buf_char(sheet->scratch, '\'');
        kf_buf_char(sheet->scratch, name.ptr[i]);
    }
    kf_buf_str(sheet->scratch, "'!");
    kf_buf_cellref(sheet->scratch, finding->cell.row, finding->cell.col);
    return taken(sheet);
}

static void put_link(Sheet *sheet, KfOutRow *row, const KfFinding *finding)
{

    if (!finding->has_cell) {
        put(row, KF_OUT_TEXT, KF_OUT_PLAIN, KF_TEXT(""));
        return;
    }
    kf_buf_cellref(sheet->scratch, finding->cell.row, finding->cell.col);
    put(row, KF_OUT_LINK, KF_OUT_PLAIN, taken(sheet));
    row->cells[row->count - 1].target = link_target(sheet, finding);
}

static KfText citizen_of(const Sheet *sheet, const KfFinding *finding)
{
    const KfModel *model = &sheet->audit->model;

    return finding->case_index < model->case_count ? model->cases[finding->case_index].citizen
                                                   : KF_TEXT("");
}

static void add_finding(Sheet *sheet, const KfFinding *finding, KfText looks)
{
    static const KfSays severities[] = {
        [KF_INFO] = KF_SAYS_INFO, [KF_WARNING] = KF_SAYS_WARNING, [KF_ERROR] = KF_SAYS_ERROR
    };
    static const KfSays actions[] = { [KF_ACTION_NONE] = KF_SAYS_ACTION_NONE,
                                      [KF_ACTION_PROPOSE] = KF_SAYS_ACTION_PROPOSE,
                                      [KF_ACTION_CORRECT] = KF_SAYS_ACTION_CORRECT };
    KfOutRow *row = add_row(sheet, COLUMNS);

    put_whole(sheet, row, finding->id);
    put_text(sheet, row, KF_OUT_PLAIN, kf_says(severities[finding->severity], sheet->lang));
    put_text(sheet, row, KF_OUT_PLAIN, kf_text(kf_finding_code(finding->code)));
    put_text(sheet, row, KF_OUT_WRAPPED, sheet_name(sheet, finding));
    put_link(sheet, row, finding);
    put_text(sheet, row, KF_OUT_WRAPPED, citizen_of(sheet, finding));
    put_text(sheet, row, KF_OUT_PLAIN, finding->period);
    put_text(sheet, row, KF_OUT_WRAPPED, finding->label);
    put_value(sheet, row, finding->found);
    put_value(sheet, row, finding->expected);
    put_text(sheet, row, KF_OUT_PLAIN, kf_says(actions[finding->action], sheet->lang));
    put_whole(sheet, row, finding->root);
    put_text(sheet, row, KF_OUT_WRAPPED, finding->message[sheet->lang]);
    put_text(sheet, row, KF_OUT_WRAPPED, finding->source);
    put(row, KF_OUT_TEXT, KF_OUT_PLAIN, looks);
}

static void add_fact(Sheet *sheet, KfSays name, KfText value)
{
    KfOutRow *row = add_row(sheet, FACT_COLUMN + 1);

    put(row, KF_OUT_TEXT, KF_OUT_PLAIN, kf_says(name, sheet->lang));
    while (row->count < FACT_COLUMN)
        put(row, KF_OUT_TEXT, KF_OUT_PLAIN, KF_TEXT(""));
    put_text(sheet, row, KF_OUT_PLAIN, value);
}

static void add_as_of(Sheet *sheet)
{

    if (sheet->audit->as_of != KF_DATE_NONE) {
        kf_buf_date(sheet->scratch, sheet->audit->as_of, sheet->lang);
        add_fact(sheet, KF_SAYS_AS_OF, taken(sheet));
    }
}

static void add_head(Sheet *sheet, KfText verdict)
{

    put(add_row(sheet, 1), KF_OUT_TEXT, KF_OUT_TITLE, kf_says(KF_SAYS_TITLE, sheet->lang));
    put_text(sheet, add_row(sheet, 1), KF_OUT_STRONG, verdict);
    add_row(sheet, 0);
    kf_buf_str(sheet->scratch, "Kontrafakt ");
    kf_buf_str(sheet->scratch, kf_version());
    add_fact(sheet, KF_SAYS_PROGRAM, taken(sheet));
    add_fact(sheet, KF_SAYS_RULES, sheet->audit->rules_name);
    add_as_of(sheet);
    add_row(sheet, 0);
}

const KfOutSheet *kf_check_sheet(KfArena *arena, KfBuf *scratch, const KfAudit *audit,
                                 KfText verdict, const KfText *looks, KfLang lang)
{
    Sheet sheet = { .arena = arena, .scratch = scratch, .audit = audit, .lang = lang };
    KfOutSheet *out = kf_arena_alloc(arena, sizeof *out);
    uint16_t *widths = kf_arena_array(arena, COLUMNS, sizeof *widths);
    KfOutRow *headings;

    add_head(&sheet, verdict);
    out->table_row = sheet.row_count;
    headings = add_row(&sheet, COLUMNS);
    for (size_t i = 0; i < COLUMNS; i++) {
        widths[i] = columns[i].width;
        put(headings, KF_OUT_TEXT, KF_OUT_HEADING, kf_says(columns[i].heading, lang));
    }
    for (size_t i = 0; i < audit->finding_count; i++)
        add_finding(&sheet, &audit->findings[i], looks[i]);
    out->name = kf_says(KF_SAYS_SHEET, lang);
    out->rows = sheet.rows;
    out->row_count = sheet.row_count;
    out->widths = widths;
    out->width_count = COLUMNS;
    out->table_cols = VISIBLE;
    return out;
}
