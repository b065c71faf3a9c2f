/* The Rettelser sheet: verdict, where it comes from, what it does to the payers,
 * and then each change and proposal. All three tables share one set of columns. */
#include "correct/fix_sheet.h"

#include "correct/earlier.h"

enum { COLUMNS = 13, ALL_COLUMNS = 18, CITIZEN_COLUMN = 4, CAUSE_COLUMN = 11 };

static const struct {
    KfPhrase heading;
    uint16_t width;
    KfOutStyle style;
} columns[ALL_COLUMNS] = {
    { SAY_COL_NUMBER, 5, KF_OUT_HEADING },
    { SAY_COL_TYPE, 8, KF_OUT_HEADING },
    { SAY_COL_SHEET, 8, KF_OUT_HEADING },
    { SAY_COL_CELL, 7, KF_OUT_HEADING },
    { SAY_COL_CITIZEN, 9, KF_OUT_HEADING },
    { SAY_COL_COURSE, 13, KF_OUT_HEADING },
    { SAY_COL_PERIOD, 8, KF_OUT_HEADING },
    { SAY_COL_ROW, 17, KF_OUT_HEADING },
    { SAY_COL_BEFORE, 11, KF_OUT_FIGURE_HEADING },
    { SAY_COL_AFTER, 11, KF_OUT_FIGURE_HEADING },
    { SAY_COL_DIFFERENCE, 10, KF_OUT_FIGURE_HEADING },
    { SAY_COL_CAUSE, 25, KF_OUT_INDENTED_HEADING },
    { SAY_COL_SOURCE, 18, KF_OUT_HEADING },
    /* Hidden: what revert needs. */
    { SAY_COL_WAS_SHEET, 0, KF_OUT_HEADING },
    { SAY_COL_WAS_KIND, 0, KF_OUT_HEADING },
    { SAY_COL_WAS_VALUE, 0, KF_OUT_HEADING },
    { SAY_COL_WAS_FORMULA, 0, KF_OUT_HEADING },
    { SAY_COL_WAS_STYLE, 0, KF_OUT_HEADING },
};

typedef struct {
    KfArena *arena;
    KfBuf *scratch;
    const KfAudit *audit;
    const KfFixPlan *plan;
    const KfFixOptions *options;
    KfOutRow *rows;
    size_t row_count, row_cap;
    KfEarlier earlier;
    bool *is_retold; /* by row of earlier: its cell stands in the list anew */
    size_t number;   /* of the last row of the list */
    size_t *numbers; /* by place of the finding: its number in the list, 0 when it is not there */
} Sheet;

/* ---- rows and cells -------------------------------------------------------- */

static KfOutRow *add_row(Sheet *sheet, size_t cells)
{
    KfOutRow row = { NULL, 0 };

    if (cells)
        row.cells = kf_arena_array(sheet->arena, cells, sizeof *row.cells);
    KF_PUSH(sheet->arena, sheet->rows, sheet->row_count, sheet->row_cap, row);
    return &sheet->rows[sheet->row_count - 1];
}

static void put(KfOutRow *row, KfOutCell cell)
{
    row->cells[row->count++] = cell;
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

static void put_text(KfOutRow *row, KfOutStyle style, KfText text)
{
    put(row, (KfOutCell){ .kind = KF_OUT_TEXT, .style = style, .text = text });
}

static void put_say(Sheet *sheet, KfOutRow *row, KfOutStyle style, KfPhrase say)
{
    put_text(row, style, kf_phrase(say, sheet->options->lang));
}

static void put_empty(KfOutRow *row, size_t count)
{
    while (count--)
        put_text(row, KF_OUT_PLAIN, KF_TEXT(""));
}

static void put_amount(Sheet *sheet, KfOutRow *row, KfOutStyle style, KfOere amount)
{
    kf_buf_amount_xml(sheet->scratch, amount);
    put(row, (KfOutCell){ .kind = KF_OUT_NUMBER, .style = style, .text = taken(sheet) });
}

static void put_count(Sheet *sheet, KfOutRow *row, size_t count)
{
    kf_buf_uint_padded(sheet->scratch, count, 1);
    put(row, (KfOutCell){ .kind = KF_OUT_COUNT, .text = taken(sheet) });
}

static void put_value(Sheet *sheet, KfOutRow *row, KfOutStyle style, KfValue value)
{
    if (value.kind == KF_VALUE_AMOUNT)
        put_amount(sheet, row, style, value.amount);
    else
        put_text(row, style, masked(sheet, value.text));
}

static void put_difference(Sheet *sheet, KfOutRow *row, KfValue before, KfValue after)
{
    if (before.kind == KF_VALUE_AMOUNT && after.kind == KF_VALUE_AMOUNT)
        put_amount(sheet, row, KF_OUT_PLAIN, after.amount - before.amount);
    else
        put_empty(row, 1);
}

/* ---- verdict and provenance ------------------------------------------------ */

static void add_line(Sheet *sheet, KfOutStyle style, KfText text)
{
    put_text(add_row(sheet, 1), style, text);
}

static void add_fact(Sheet *sheet, KfPhrase name, KfText value)
{
    KfOutRow *row = add_row(sheet, CITIZEN_COLUMN + 1);

    put_say(sheet, row, KF_OUT_PLAIN, name);
    put_empty(row, CITIZEN_COLUMN - 1);
    put_text(row, KF_OUT_PLAIN, value);
}

static KfText said(Sheet *sheet, KfPhrase say, KfText arg)
{
    kf_buf_phrase(sheet->scratch, say, sheet->options->lang, &arg, 1);
    return taken(sheet);
}

/* The file that was corrected first, when this one is a corrected copy itself. */
static void add_first_file(Sheet *sheet)
{
    KfText file = kf_earlier_fact(&sheet->earlier, SAY_SHEET_FIRST_FILE);
    KfText sum = kf_earlier_fact(&sheet->earlier, SAY_SHEET_FIRST_SHA256);

    if (!file.len) {
        file = kf_earlier_fact(&sheet->earlier, SAY_SHEET_FILE);
        sum = kf_earlier_fact(&sheet->earlier, SAY_SHEET_SHA256);
    }
    if (!file.len)
        return;
    add_fact(sheet, SAY_SHEET_FIRST_FILE, file);
    add_fact(sheet, SAY_SHEET_FIRST_SHA256, sum);
}

static void add_provenance(Sheet *sheet)
{
    const KfAudit *audit = sheet->audit;
    KfLang lang = sheet->options->lang;
    KfText tolerance;

    add_fact(sheet, SAY_SHEET_FILE, masked(sheet, sheet->options->file_name));
    add_fact(sheet, SAY_SHEET_SHA256, sheet->options->sha256);
    add_first_file(sheet);
    add_fact(sheet, SAY_SHEET_PROGRAM, said(sheet, SAY_PROGRAM, kf_text(kf_version())));
    add_fact(sheet, SAY_SHEET_RULES, masked(sheet, audit->rules_name));
    kf_buf_as_of(sheet->scratch, audit, lang);
    add_fact(sheet, SAY_SHEET_AS_OF, taken(sheet));
    kf_buf_amount(sheet->scratch, audit->tolerance, lang);
    tolerance = taken(sheet);
    add_fact(sheet, SAY_SHEET_TOLERANCE, said(sheet, SAY_KRONER, tolerance));
}

static void add_head(Sheet *sheet)
{
    KfLang lang = sheet->options->lang;

    add_line(sheet, KF_OUT_TITLE, kf_phrase(SAY_SHEET_TITLE, lang));
    kf_buf_fix_verdict(sheet->scratch, sheet->plan, false, lang);
    add_line(sheet, KF_OUT_STRONG, taken(sheet));
    add_row(sheet, 0);
    add_provenance(sheet);
    add_row(sheet, 0);
}

/* ---- effect by payer ------------------------------------------------------- */

static void add_effect_headings(Sheet *sheet)
{
    static const KfPhrase headings[] = { SAY_COL_CITIZEN, SAY_COL_COURSE };
    static const KfPhrase figures[] = { SAY_COL_BEFORE, SAY_COL_AFTER, SAY_COL_DIFFERENCE };
    KfOutRow *row = add_row(sheet, COLUMNS);

    put_empty(row, CITIZEN_COLUMN);
    for (size_t i = 0; i < 2; i++)
        put_say(sheet, row, KF_OUT_HEADING, headings[i]);
    put_text(row, KF_OUT_HEADING, KF_TEXT(""));
    put_say(sheet, row, KF_OUT_HEADING, SAY_COL_PAYER);
    for (size_t i = 0; i < 3; i++)
        put_say(sheet, row, KF_OUT_FIGURE_HEADING, figures[i]);
}

static void add_effect(Sheet *sheet, KfOutStyle style, KfText citizen, const KfEffect *effect,
                       KfText payer)
{
    KfOutRow *row = add_row(sheet, COLUMNS);

    put_empty(row, CITIZEN_COLUMN);
    put_text(row, style, citizen);
    put_text(row, style, kf_phrase_course(effect->course, sheet->options->lang));
    put_text(row, style, KF_TEXT(""));
    put_text(row, style, payer);
    put_amount(sheet, row, style, effect->before);
    put_amount(sheet, row, style, effect->after);
    put_amount(sheet, row, style, effect->after - effect->before);
}

static bool add_changed_effects(Sheet *sheet, KfEffect sums[KF_COURSE_COUNT])
{
    KfLang lang = sheet->options->lang;
    bool any = false;

    for (size_t i = 0; i < sheet->plan->effect_count; i++) {
        const KfEffect *effect = &sheet->plan->effects[i];
        KfText citizen = kf_citizen(sheet->audit, effect->case_index);
        KfEffect *sum;

        if (effect->before == effect->after)
            continue;
        if (!any)
            add_effect_headings(sheet);
        any = true;
        add_effect(sheet, KF_OUT_PLAIN, masked(sheet, citizen), effect,
                   kf_text(kf_payer_name(effect->payer, lang)));
        sum = &sums[effect->course];
        sum->before = kf_oere_plus(sum->before, effect->before);
        sum->after = kf_oere_plus(sum->after, effect->after);
    }
    return any;
}

static void add_effects(Sheet *sheet)
{
    KfLang lang = sheet->options->lang;
    KfEffect sums[KF_COURSE_COUNT] = { { .course = KF_ACTUAL }, { .course = KF_COUNTERFACTUAL } };

    add_line(sheet, KF_OUT_STRONG, kf_phrase(SAY_SHEET_EFFECT, lang));
    if (!add_changed_effects(sheet, sums))
        add_line(sheet, KF_OUT_PLAIN, kf_phrase(SAY_SHEET_NO_EFFECT, lang));
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        if (sums[kind].before != 0 || sums[kind].after != 0)
            add_effect(sheet, KF_OUT_STRONG, kf_phrase(SAY_SHEET_SUM, lang), &sums[kind],
                       KF_TEXT(""));
    }
    add_row(sheet, 0);
}

/* ---- changes and proposals ------------------------------------------------- */

/* "'Borger 1'!D30": the name as it is, or the link would lead nowhere. */
static KfText link_target(Sheet *sheet, KfRef ref)
{
    KfText name = kf_sheet_name(sheet->audit, ref);

    kf_buf_char(sheet->scratch, '\'');
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '\'')
            kf_buf_char(sheet->scratch, '\'');
        kf_buf_char(sheet->scratch, name.ptr[i]);
    }
    kf_buf_str(sheet->scratch, "'!");
    kf_buf_cellref(sheet->scratch, ref.row, ref.col);
    return taken(sheet);
}

static void put_place(Sheet *sheet, KfOutRow *row, const KfFinding *finding)
{
    KfText text;

    if (!finding->has_cell) {
        put_empty(row, 2);
        return;
    }
    put_text(row, KF_OUT_WRAPPED, masked(sheet, kf_sheet_name(sheet->audit, finding->cell)));
    kf_buf_cellref(sheet->scratch, finding->cell.row, finding->cell.col);
    text = taken(sheet);
    put(row, (KfOutCell){
                 .kind = KF_OUT_LINK, .text = text, .target = link_target(sheet, finding->cell) });
}

/* Number in the list of the root, 0 when the reason names its cell anyway. */
static size_t root_number(const Sheet *sheet, const KfFinding *finding)
{
    const KfFinding *root;

    root = finding->root ? kf_audit_finding(sheet->audit, finding->root) : NULL;
    if (!root)
        return 0;
    if (root->has_cell && kf_names_cell(finding, root->cell, sheet->options->lang))
        return 0;
    return sheet->numbers[root - sheet->audit->findings];
}

static KfText cause(Sheet *sheet, const KfFinding *finding)
{
    KfLang lang = sheet->options->lang;
    size_t root = root_number(sheet, finding);
    KfText text, number;

    kf_buf_masked(sheet->scratch, finding->message[lang]);
    kf_buf_alternatives(sheet->scratch, sheet->audit, finding, lang);
    text = taken(sheet);
    if (root == 0)
        return text;
    kf_buf_uint_padded(sheet->scratch, root, 1);
    number = taken(sheet);
    kf_buf_phrase(sheet->scratch, SAY_FOLLOWS, lang, (KfText[]){ number, text }, 2);
    return taken(sheet);
}

/* A number kept as text is shown as the text it was. */
static KfValue before_of(const Sheet *sheet, const KfFinding *finding)
{
    const KfBook *book = sheet->audit->book;
    const KfCell *cell = NULL;

    if (finding->has_cell && finding->cell.sheet < book->sheet_count)
        cell = kf_grid_at(&book->sheets[finding->cell.sheet], finding->cell.row, finding->cell.col);
    if (cell && cell->kind == KF_CELL_TEXT && !book->is_untyped
        && finding->found.kind == KF_VALUE_AMOUNT)
        return (KfValue){ .kind = KF_VALUE_TEXT, .text = cell->text };
    return finding->found;
}

/* What the cell was before us: before the earlier run, if that touched it. */
static KfOriginal original_of(const Sheet *sheet, KfRef ref)
{
    const KfEarlierRow *earlier = kf_earlier_of(&sheet->earlier, ref);
    const KfCell *cell = kf_grid_at(&sheet->audit->book->sheets[ref.sheet], ref.row, ref.col);

    if (earlier) {
        sheet->is_retold[earlier - sheet->earlier.rows] = true;
        return earlier->original;
    }
    if (!cell)
        return (KfOriginal){ .kind = KF_CELL_EMPTY };
    return (KfOriginal){ .kind = cell->kind, .text = cell->text, .formula = cell->formula };
}

static void put_original(Sheet *sheet, KfOutRow *row, KfRef ref)
{
    KfOriginal original = original_of(sheet, ref);

    put_text(row, KF_OUT_PLAIN, kf_sheet_name(sheet->audit, ref));
    put_text(row, KF_OUT_PLAIN, kf_kind_key(original.kind));
    put_text(row, KF_OUT_PLAIN, original.text);
    put_text(row, KF_OUT_PLAIN, original.formula);
    kf_buf_int(sheet->scratch, ref.sheet);
    kf_buf_char(sheet->scratch, '!');
    kf_buf_cellref(sheet->scratch, ref.row, ref.col);
    put(row, (KfOutCell){ .kind = KF_OUT_STYLE, .text = original.style, .target = taken(sheet) });
}

static void add_finding(Sheet *sheet, const KfFinding *finding, KfPhrase type, KfOutStyle style)
{
    KfOutRow *row = add_row(sheet, ALL_COLUMNS);

    put_count(sheet, row, sheet->numbers[finding - sheet->audit->findings]);
    put_say(sheet, row, style, type);
    put_place(sheet, row, finding);
    put_text(row, KF_OUT_WRAPPED, masked(sheet, kf_citizen(sheet->audit, finding->case_index)));
    put_text(row, KF_OUT_WRAPPED, kf_phrase_course(finding->course, sheet->options->lang));
    put_text(row, KF_OUT_PLAIN, masked(sheet, finding->period));
    put_text(row, KF_OUT_WRAPPED, masked(sheet, finding->label));
    put_value(sheet, row, KF_OUT_PLAIN, before_of(sheet, finding));
    put_value(sheet, row, style, finding->expected);
    put_difference(sheet, row, finding->found, finding->expected);
    put_text(row, KF_OUT_INDENTED, cause(sheet, finding));
    put_text(row, KF_OUT_WRAPPED, masked(sheet, finding->source));
    if (finding->action != KF_ACTION_NONE && finding->has_cell
        && finding->cell.sheet < sheet->audit->book->sheet_count)
        put_original(sheet, row, finding->cell);
}

static bool *mark_changes(Sheet *sheet)
{
    bool *changed = kf_arena_array(sheet->arena, sheet->audit->finding_count, sizeof *changed);

    for (size_t i = 0; i < sheet->plan->change_count; i++)
        changed[kf_audit_finding(sheet->audit, sheet->plan->changes[i].finding)
                - sheet->audit->findings] = true;
    return changed;
}

static void add_findings(Sheet *sheet)
{
    const KfAudit *audit = sheet->audit;
    const bool *changed = mark_changes(sheet);

    sheet->numbers = kf_arena_array(sheet->arena, audit->finding_count, sizeof *sheet->numbers);
    for (size_t i = 0; i < audit->finding_count; i++) {
        const KfFinding *finding = &audit->findings[i];

        if (!changed[i] && !kf_is_proposal(finding) && !kf_is_left(finding))
            continue;
        sheet->numbers[i] = ++sheet->number;
        if (changed[i])
            add_finding(sheet, finding, finding->accepted ? SAY_TYPE_ACCEPTED : SAY_TYPE_CORRECTED,
                        KF_OUT_CORRECTED);
        else if (kf_is_proposal(finding))
            add_finding(sheet, finding, SAY_TYPE_PROPOSED, KF_OUT_PROPOSED);
        else
            add_finding(sheet, finding, SAY_TYPE_LEFT, KF_OUT_PLAIN);
    }
}

/* ---- what an earlier run corrected ----------------------------------------- */

/* The cells of the earlier row between its place and the columns for revert. */
static void copy_cells(Sheet *sheet, KfOutRow *row, uint32_t from)
{
    for (uint32_t col = CITIZEN_COLUMN; col < COLUMNS; col++) {
        const KfCell *cell = kf_grid_at(sheet->earlier.grid, from, col);
        bool is_number = cell && cell->kind == KF_CELL_NUMBER;

        put(row, (KfOutCell){ .kind = is_number ? KF_OUT_NUMBER : KF_OUT_TEXT,
                              .style = is_number             ? KF_OUT_PLAIN
                                       : col == CAUSE_COLUMN ? KF_OUT_INDENTED
                                                             : KF_OUT_WRAPPED,
                              .text = cell ? cell->text : KF_TEXT("") });
    }
}

static KfPhrase earlier_type(const Sheet *sheet, uint32_t row)
{
    const KfCell *cell = kf_grid_at(sheet->earlier.grid, row, 1);
    bool was_proposed = cell
                        && (kf_text_eq(cell->text, kf_phrase(SAY_TYPE_PROPOSED, KF_LANG_DA))
                            || kf_text_eq(cell->text, kf_phrase(SAY_TYPE_PROPOSED, KF_LANG_EN)));

    return was_proposed ? SAY_TYPE_EARLIER_PROPOSED : SAY_TYPE_EARLIER;
}

static void add_earlier_row(Sheet *sheet, const KfEarlierRow *earlier)
{
    KfOutRow *row = add_row(sheet, ALL_COLUMNS);
    KfText place;

    put_count(sheet, row, ++sheet->number);
    put_say(sheet, row, KF_OUT_WRAPPED, earlier_type(sheet, earlier->row));
    put_text(row, KF_OUT_WRAPPED, masked(sheet, kf_sheet_name(sheet->audit, earlier->ref)));
    kf_buf_cellref(sheet->scratch, earlier->ref.row, earlier->ref.col);
    place = taken(sheet);
    put(row, (KfOutCell){
                 .kind = KF_OUT_LINK, .text = place, .target = link_target(sheet, earlier->ref) });
    copy_cells(sheet, row, earlier->row);
    put_original(sheet, row, earlier->ref);
}

/* So that revert still knows what every cell was before the first run. */
static void add_earlier(Sheet *sheet)
{
    for (size_t i = 0; i < sheet->earlier.count; i++) {
        if (!sheet->is_retold[i])
            add_earlier_row(sheet, &sheet->earlier.rows[i]);
    }
}

static void add_list(Sheet *sheet, KfOutSheet *out)
{
    KfOutRow *row;

    add_line(sheet, KF_OUT_STRONG, kf_phrase(SAY_SHEET_LIST, sheet->options->lang));
    out->table_row = sheet->row_count;
    out->table_cols = COLUMNS;
    row = add_row(sheet, ALL_COLUMNS);
    for (size_t i = 0; i < ALL_COLUMNS; i++)
        put_say(sheet, row, columns[i].style, columns[i].heading);
    add_findings(sheet);
    add_earlier(sheet);
}

const KfOutSheet *kf_fix_sheet(KfArena *arena, KfBuf *scratch, const KfAudit *audit,
                               const KfFixPlan *plan, const KfFixOptions *options)
{
    Sheet sheet = {
        .arena = arena, .scratch = scratch, .audit = audit, .plan = plan, .options = options
    };
    KfOutSheet *out = kf_arena_alloc(arena, sizeof *out);
    uint16_t *widths = kf_arena_array(arena, ALL_COLUMNS, sizeof *widths);
    KfText detail;

    if (!kf_earlier_read(arena, audit->book, &sheet.earlier, &detail))
        sheet.earlier = (KfEarlier){ 0 };
    sheet.is_retold = kf_arena_array(arena, sheet.earlier.count, sizeof *sheet.is_retold);
    for (size_t i = 0; i < ALL_COLUMNS; i++)
        widths[i] = columns[i].width;
    add_head(&sheet);
    add_effects(&sheet);
    add_list(&sheet, out);
    out->name = kf_phrase(SAY_SHEET_NAME, options->lang);
    out->rows = sheet.rows;
    out->row_count = sheet.row_count;
    out->widths = widths;
    out->width_count = ALL_COLUMNS;
    return out;
}
