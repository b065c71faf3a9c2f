/* One pass over a sheet's cells. Cells gather on the heap and come into the arena at the
 * end, so that a grid holds no more than it needs. Members of shared
 * formulas and cells of arrays are settled afterwards: a master may come last. */
#include "ooxml/sheet_read.h"

#include <string.h>

#include "grid/formula_shift.h"
#include "ooxml/id_map.h"
#include "ooxml/sheet_plain.h"
#include "ooxml/sheet_scan.h"

enum { POOL_BLOCK = 64 * 1024, WORTH_KEEPING = 1 << 20 };

typedef struct {
    uint32_t row, col;
    KfText formula;
} Master;

typedef struct {
    size_t cell; /* index, before sorting */
    uint32_t index;
} Member;

typedef struct {
    const KfSheetContext *context;
    KfArena *arena;
    KfGrid *grid;
    KfError *err;
    KfSheetScan scan;
    KfArena *texts; /* of cells */
    char *pool, *pool_end;
    bool is_stopped;
    KfPlainRow row;    /* of plain cells */
    KfIdMap master_of; /* si to index into masters */
    Master *masters;
    Member *members;
    size_t master_count, master_cap, member_count, member_cap, array_cap;
    size_t merge_cap, row_cap, col_cap;
} Reader;

static const KfLimits *limits_of(const Reader *reader)
{
    return reader->context->limits ? reader->context->limits : &kf_usual_limits;
}

/* ---- texts --------------------------------------------------------------- */

/* Most texts are numbers of a few digits: two copies of a fixed length, which may overlap, take
 * less than one of any length. */
static void copy_short(char *to, KfText text)
{
    if (text.len > 16) {
        memcpy(to, text.ptr, text.len);
    } else if (text.len >= 8) {
        memcpy(to, text.ptr, 8);
        memcpy(to + text.len - 8, text.ptr + text.len - 8, 8);
    } else if (text.len >= 4) {
        memcpy(to, text.ptr, 4);
        memcpy(to + text.len - 4, text.ptr + text.len - 4, 4);
    } else {
        for (size_t i = 0; i < text.len; i++)
            to[i] = text.ptr[i];
    }
}

/* Short texts stand close together: an allocation each would double their size. */
static KfText keep(Reader *reader, KfText text)
{
    char *copy;

    if (text.len == 0)
        return KF_TEXT("");
    if (text.len > POOL_BLOCK / 16)
        return kf_arena_text(reader->texts, text);
    if ((size_t)(reader->pool_end - reader->pool) < text.len) {
        reader->pool = kf_arena_room(reader->texts, POOL_BLOCK);
        reader->pool_end = reader->pool + POOL_BLOCK;
    }
    copy = reader->pool;
    copy_short(copy, text);
    reader->pool += text.len;
    return (KfText){ copy, text.len };
}

/* The working text, which a failed allocation turns into the end of the run. */
static KfText keep_working(Reader *reader)
{
    KfBuf *text = reader->context->text;

    if (text->bad)
        return kf_arena_take(reader->texts, text);
    return keep(reader, kf_buf_view(text));
}

static KfText element_text(Reader *reader, const KfScanElement *element)
{
    reader->context->text->len = 0;
    kf_scan_text(reader->context->text, &reader->scan, element);
    return keep_working(reader);
}

static KfStatus fail_cell(Reader *reader, const char *reason)
{
    KfBuf detail = { 0 };

    kf_buf_cellref(&detail, reader->scan.cell.row, reader->scan.cell.col);
    kf_buf_str(&detail, ": ");
    kf_buf_str(&detail, reason);
    kf_fail(reader->err, KF_SHEET_UNREADABLE, reader->grid->name, kf_buf_view(&detail));
    kf_buf_free(&detail);
    return KF_SHEET_UNREADABLE;
}

static KfStatus fail_xml(Reader *reader)
{
    return kf_xml_fail(&reader->scan.xml, reader->grid->name, reader->err);
}

/* ---- values -------------------------------------------------------------- */

static KfStatus shared_value(Reader *reader, KfCell *cell)
{
    KfText index = kf_text_trim(element_text(reader, &reader->scan.cell.v));
    uint32_t number;

    cell->kind = KF_CELL_TEXT;
    if (index.len == 0)
        cell->kind = KF_CELL_EMPTY;
    else if (!kf_xml_uint(index, &number)
             || !kf_shared_string(reader->context->strings, number, &cell->text))
        return fail_cell(reader, "den fælles tekst findes ikke");
    return KF_OK;
}

static KfStatus inline_value(Reader *reader, KfCell *cell)
{
    KfText item = kf_scan_slice(&reader->scan, &reader->scan.cell.is);
    KfXml xml;

    if (!reader->scan.cell.is.present)
        return KF_OK;
    reader->context->text->len = 0;
    kf_xml_init(&xml, item);
    kf_xml_next(&xml);
    kf_string_item(reader->context->text, &xml);
    cell->kind = KF_CELL_TEXT;
    cell->text = keep_working(reader);
    return KF_OK;
}

static void typed_value(Reader *reader, KfCellKind kind, KfCell *cell)
{
    KfText text = element_text(reader, &reader->scan.cell.v);

    cell->kind = (uint8_t)kind;
    cell->text = kind == KF_CELL_TEXT ? text : kf_text_trim(text);
    if (kind == KF_CELL_BOOL)
        cell->text = kf_xml_true(cell->text) ? KF_TEXT("1") : KF_TEXT("0");
    else if (kind != KF_CELL_TEXT && cell->text.len == 0)
        cell->kind = KF_CELL_EMPTY;
}

static KfStatus read_value(Reader *reader, KfCell *cell)
{
    const KfScanCell *from = &reader->scan.cell;
    KfText type = from->t.value;

    if (kf_text_eq(type, KF_TEXT("inlineStr")))
        return inline_value(reader, cell);
    if (!from->v.present)
        return KF_OK;
    if (type.len == 0 || kf_text_eq(type, KF_TEXT("n")))
        typed_value(reader, KF_CELL_NUMBER, cell);
    else if (kf_text_eq(type, KF_TEXT("s")))
        return shared_value(reader, cell);
    else if (kf_text_eq(type, KF_TEXT("b")))
        typed_value(reader, KF_CELL_BOOL, cell);
    else if (kf_text_eq(type, KF_TEXT("e")))
        typed_value(reader, KF_CELL_ERROR, cell);
    else
        typed_value(reader, KF_CELL_TEXT, cell); /* str, d, and what is to come */
    return KF_OK;
}

/* ---- formulas ------------------------------------------------------------ */

static bool is_visiting(const Reader *reader)
{
    return reader->context->visit != NULL;
}

/* A master's formula as it reads in the place of a member. */
static KfText formula_at(Reader *reader, const Master *master, const KfCell *cell)
{
    reader->context->text->len = 0;
    kf_formula_shift(reader->context->text, master->formula,
                     (int32_t)cell->row - (int32_t)master->row,
                     (int32_t)cell->col - (int32_t)master->col);
    return keep_working(reader);
}

static const Master *master_of(Reader *reader, uint32_t index)
{
    uint32_t place;

    return kf_id_map_get(&reader->master_of, index, &place) ? &reader->masters[place] : NULL;
}

static void shared_formula(Reader *reader, size_t cell_index, KfCell *cell)
{
    const KfScanCell *from = &reader->scan.cell;
    uint32_t index;

    if (!kf_xml_uint(from->f_index.value, &index) || index == UINT32_MAX)
        return;
    if (cell->formula.len) {
        Master master = { cell->row, cell->col, cell->formula };

        if (is_visiting(reader))
            master.formula = kf_arena_text(reader->arena, cell->formula);
        kf_id_map_set(&reader->master_of, reader->arena, index, (uint32_t)reader->master_count);
        KF_PUSH(reader->arena, reader->masters, reader->master_count, reader->master_cap, master);
    } else if (is_visiting(reader)) {
        const Master *master = master_of(reader, index);

        if (master)
            cell->formula = formula_at(reader, master, cell);
    } else {
        const Member member = { cell_index, index };

        KF_PUSH(reader->arena, reader->members, reader->member_count, reader->member_cap, member);
    }
}

static void array_formula(Reader *reader, KfCell *cell)
{
    KfRange range = { cell->row, cell->col, cell->row, cell->col };

    kf_range_read(reader->scan.cell.f_ref.value, &range);
    cell->in_array = true;
    if (range.first_row != range.last_row || range.first_col != range.last_col)
        KF_PUSH(reader->arena, reader->grid->arrays, reader->grid->array_count, reader->array_cap,
                range);
}

static void read_formula(Reader *reader, size_t cell_index, KfCell *cell)
{
    const KfScanCell *from = &reader->scan.cell;
    KfText type = from->f_type.value;

    if (!from->f.present || kf_text_eq(type, KF_TEXT("dataTable")))
        return;
    cell->formula = element_text(reader, &from->f);
    if (kf_text_eq(type, KF_TEXT("shared")))
        shared_formula(reader, cell_index, cell);
    else if (kf_text_eq(type, KF_TEXT("array")))
        array_formula(reader, cell);
}

/* A master's formula in the place of each member. */
static KfStatus expand_shared(Reader *reader, KfCell *cells)
{
    size_t expanded = 0;

    for (size_t i = 0; i < reader->member_count; i++) {
        KfCell *cell = &cells[reader->members[i].cell];
        const Master *master = master_of(reader, reader->members[i].index);

        if (!master)
            continue;
        cell->formula = formula_at(reader, master, cell);
        expanded += cell->formula.len;
        if (expanded > kf_limit_bytes(limits_of(reader), KF_BOUND_FORMULAS_MB))
            return kf_fail_limit(reader->err, limits_of(reader), KF_BOUND_FORMULAS_MB,
                                 reader->grid->name);
    }
    return KF_OK;
}

static size_t mark_row(KfGrid *grid, uint32_t row, const KfRange *range)
{
    size_t marked = 0;

    for (size_t i = grid->row_start[row]; i < grid->row_start[row + 1]; i++, marked++) {
        KfCell *cell = &grid->cells[i];

        if (cell->col >= range->first_col && cell->col <= range->last_col)
            cell->in_array = true;
    }
    return marked;
}

/* Arrays do not overlap in a sane file, so the work is bounded by the cells. */
static KfStatus mark_arrays(Reader *reader)
{
    KfGrid *grid = reader->grid;
    uint64_t budget = (uint64_t)16 * grid->cell_count + 16 * (uint64_t)KF_ROW_LIMIT;

    for (size_t i = 0; i < grid->array_count; i++) {
        const KfRange *range = &grid->arrays[i];

        for (uint32_t row = range->first_row; row <= range->last_row && row < grid->row_count;
             row++) {
            uint64_t work = 1 + mark_row(grid, row, range);

            if (work > budget)
                return kf_fail(reader->err, KF_LIMIT, grid->name,
                               KF_TEXT("for mange matrixformler"));
            budget -= work;
        }
    }
    return KF_OK;
}

/* ---- rows, columns, merges ----------------------------------------------- */

/* Whether a width or height is nothing: "0", "0.0". */
static bool is_zero(KfText size)
{
    for (size_t i = 0; i < size.len; i++) {
        if (size.ptr[i] != '0' && size.ptr[i] != '.')
            return false;
    }
    return size.len > 0;
}

static bool is_hidden(const KfXml *xml, KfText size)
{
    return kf_xml_true(kf_xml_attr(xml, KF_TEXT("hidden"))) || is_zero(kf_xml_attr(xml, size));
}

static void note_row(Reader *reader, const char *at)
{
    const KfXml *xml = &reader->scan.xml;
    KfRowMark row = { reader->scan.row, 0 };

    if (!reader->context->marks)
        return;
    if (at)
        row.at = xml->dropped + (uint64_t)(at - xml->src.ptr);
    kf_row_marks_note(reader->context->marks, reader->arena, row, at != NULL);
}

static void read_row(Reader *reader)
{
    KfGrid *grid = reader->grid;
    uint32_t row = reader->scan.row;
    KfRange range = { row, 0, row, KF_COL_LIMIT - 1 };

    note_row(reader, NULL);
    if (!is_hidden(&reader->scan.xml, KF_TEXT("ht")))
        return;
    if (grid->hidden_row_count && grid->hidden_rows[grid->hidden_row_count - 1].last_row + 1 == row)
        grid->hidden_rows[grid->hidden_row_count - 1].last_row = row;
    else
        KF_PUSH(reader->arena, grid->hidden_rows, grid->hidden_row_count, reader->row_cap, range);
}

static void read_col(Reader *reader, const KfXml *xml)
{
    KfGrid *grid = reader->grid;
    KfRange range = { 0, 0, KF_ROW_LIMIT - 1, 0 };
    uint32_t first, last;

    if (!is_hidden(xml, KF_TEXT("width")) || !kf_xml_uint(kf_xml_attr(xml, KF_TEXT("min")), &first)
        || !kf_xml_uint(kf_xml_attr(xml, KF_TEXT("max")), &last))
        return;
    if (first == 0 || first > last || first > KF_COL_LIMIT)
        return;
    range.first_col = first - 1;
    range.last_col = (last > KF_COL_LIMIT ? KF_COL_LIMIT : last) - 1;
    KF_PUSH(reader->arena, grid->hidden_cols, grid->hidden_col_count, reader->col_cap, range);
}

static void read_merge(Reader *reader, const KfXml *xml)
{
    KfGrid *grid = reader->grid;
    KfRange range;

    if (grid->merge_count <= limits_of(reader)->of[KF_BOUND_MERGES]
        && kf_range_read(kf_xml_attr(xml, KF_TEXT("ref")), &range))
        KF_PUSH(reader->arena, grid->merges, grid->merge_count, reader->merge_cap, range);
}

/* Hands the elements called item inside the current child to read. */
static void read_items(Reader *reader, KfText item, void (*read)(Reader *, const KfXml *))
{
    KfXml *xml = &reader->scan.xml;

    for (;;) {
        KfXmlKind kind = kf_xml_next(xml);

        if (kind == KF_XML_START && kf_xml_is(xml, item))
            read(reader, xml);
        if (kind == KF_XML_BAD || kind == KF_XML_EOF || (kind == KF_XML_END && xml->depth == 2))
            return;
    }
}

static void read_child(Reader *reader)
{
    KfXml *xml = &reader->scan.xml;

    if (kf_xml_is(xml, KF_TEXT("cols")))
        read_items(reader, KF_TEXT("col"), read_col);
    else if (kf_xml_is(xml, KF_TEXT("mergeCells")))
        read_items(reader, KF_TEXT("mergeCell"), read_merge);
    else if (kf_xml_is(xml, KF_TEXT("sheetProtection")))
        reader->grid->is_protected = kf_xml_true(kf_xml_attr(xml, KF_TEXT("sheet")));
}

/* ---- the sheet ----------------------------------------------------------- */

/* The cells that are in hand, as the grid will hold them. */
static size_t held_cells(const Reader *reader)
{
    return reader->context->cells->len / sizeof(KfCell);
}

/* Room for the next cell behind those in hand: it is filled where it stays. */
static KfCell *next_cell(Reader *reader)
{
    KfBuf *cells = reader->context->cells;

    if (cells->cap - cells->len < sizeof(KfCell) && !kf_buf_reserve(cells, sizeof(KfCell)))
        kf_arena_give_up(reader->arena);
    return (KfCell *)(void *)(cells->ptr + cells->len);
}

static KfStatus put_cell(Reader *reader, const KfCell *next)
{
    if (is_visiting(reader)) {
        reader->is_stopped = !reader->context->visit(reader->context->visit_ctx, next);
        return KF_OK;
    }
    if (held_cells(reader) >= reader->context->cell_room)
        return kf_fail_limit(reader->err, limits_of(reader), KF_BOUND_CELLS, reader->grid->name);
    reader->context->cells->len += sizeof *next;
    return KF_OK;
}

static KfStatus read_cell(Reader *reader)
{
    const KfScanCell *from = &reader->scan.cell;
    KfCell *cell = next_cell(reader);
    KfStatus status;

    if (!from->v.present && !from->f.present && !from->is.present)
        return KF_OK;
    if (is_visiting(reader)) {
        kf_arena_reset(reader->texts);
        reader->pool = reader->pool_end = NULL;
    }
    *cell = (KfCell){ .row = from->row, .col = from->col, .kind = KF_CELL_EMPTY };
    cell->format = kf_style_format(reader->context->styles, from->s.value);
    cell->unlocked = kf_style_unlocked(reader->context->styles, from->s.value);
    if ((status = read_value(reader, cell)) != KF_OK)
        return status;
    read_formula(reader, held_cells(reader), cell);
    return cell->kind != KF_CELL_EMPTY || from->f.present ? put_cell(reader, cell) : KF_OK;
}

/* ---- the plain ones ------------------------------------------------------ */

/* Visited texts are gone with the bytes that they stand in. */
static KfText keep_plain(Reader *reader, KfText text)
{
    return is_visiting(reader) ? text : keep(reader, text);
}

/* The value and formula of a plain cell; false when its shared text is not there. */
static bool plain_texts(Reader *reader, const KfPlainCell *from, KfCell *cell)
{
    uint32_t index;

    if (from->has_formula)
        cell->formula = keep_plain(reader, from->f);
    if (from->is_shared)
        return kf_xml_uint(from->v, &index)
               && kf_shared_string(reader->context->strings, index, &cell->text);
    if (from->kind == KF_CELL_BOOL)
        cell->text = *from->v.ptr == '1' ? KF_TEXT("1") : KF_TEXT("0");
    else if (from->kind != KF_CELL_EMPTY)
        cell->text = keep_plain(reader, from->v);
    return true;
}

/* The cell at *at, moving it on; false: it is not plain. */
static bool take_plain_cell(Reader *reader, const char **at, KfStatus *status)
{
    KfPlainCell from;
    const char *behind = kf_plain_cell(*at, &reader->row, &from);

    if (!behind)
        return false;
    if (from.kind != KF_CELL_EMPTY || from.has_formula) {
        KfCell *cell = next_cell(reader);

        *cell = (KfCell){
            .row = from.row,
            .col = from.col,
            .kind = (uint8_t)from.kind,
            .unlocked = kf_style_unlocked_at(reader->context->styles, from.style),
            .format = kf_style_format_at(reader->context->styles, from.style),
        };
        if (!plain_texts(reader, &from, cell))
            return false;
        *status = put_cell(reader, cell);
    }
    reader->scan.next_col = from.col + 1;
    *at = behind;
    return true;
}

static bool take_plain_row(Reader *reader, const char **at)
{
    KfSheetScan *scan = &reader->scan;
    const char *behind = kf_plain_row(*at, &reader->row);

    if (!behind)
        return false;
    scan->row = reader->row.number - 1;
    note_row(reader, *at);
    scan->next_row = reader->row.number;
    scan->next_col = 0;
    scan->xml.open[scan->xml.open_count++] = KF_TEXT("row");
    scan->state = KF_SCAN_IN_ROW;
    *at = behind;
    return true;
}

static bool take_row_end(KfSheetScan *scan, const char **at)
{
    if (memcmp(*at, "</row>", 6) != 0)
        return false;
    scan->xml.open_count--;
    scan->state = KF_SCAN_IN_DATA;
    *at += 6;
    return true;
}

static bool take_plain(Reader *reader, const char **at, KfStatus *status)
{
    KfSheetScan *scan = &reader->scan;

    if (scan->state == KF_SCAN_IN_DATA)
        return take_plain_row(reader, at);
    return take_plain_cell(reader, at, status) || take_row_end(scan, at);
}

static bool may_be_plain(const Reader *reader)
{
    const KfSheetScan *scan = &reader->scan;

    return (scan->state == KF_SCAN_IN_DATA || scan->state == KF_SCAN_IN_ROW)
           && scan->xml.root_prefix.len == 0 && !scan->xml.end_due
           && !reader->context->only_general;
}

/* As many rows and cells as are plain, as far as there are bytes enough in hand. */
static KfStatus read_plain(Reader *reader)
{
    KfXml *xml = &reader->scan.xml;
    const char *at = xml->src.ptr + xml->pos, *end = xml->src.ptr + xml->src.len;
    KfStatus status = KF_OK;

    while (end - at > KF_PLAIN_ROOM && status == KF_OK && !reader->is_stopped
           && take_plain(reader, &at, &status)) {
        while (at < end && (*at == '\n' || *at == '\r' || *at == ' ' || *at == '\t'))
            at++;
    }
    xml->pos = (size_t)(at - xml->src.ptr);
    return status;
}

static KfStatus read_events(Reader *reader)
{
    while (!reader->is_stopped) {
        KfStatus status = may_be_plain(reader) ? read_plain(reader) : KF_OK;

        if (status != KF_OK || reader->is_stopped)
            return status;
        switch (kf_scan_next(&reader->scan)) {
        case KF_SCAN_CHILD:
            read_child(reader);
            break;
        case KF_SCAN_ROW:
            read_row(reader);
            break;
        case KF_SCAN_CELL:
            status = read_cell(reader);
            break;
        case KF_SCAN_END:
            return KF_OK;
        case KF_SCAN_BAD:
            return fail_xml(reader);
        default:
            break;
        }
        if (status != KF_OK)
            return status;
    }
    return KF_OK;
}

/* What follows the root is looked at as well, so a part cut off there is noticed. */
static KfStatus read_rest(Reader *reader)
{
    return kf_xml_next(&reader->scan.xml) == KF_XML_EOF ? KF_OK : fail_xml(reader);
}

/* The block of a large sheet stays where it is, that of small ones serves the next sheet. */
static KfCell *take_cells(KfArena *arena, KfBuf *cells)
{
    return cells->len < WORTH_KEEPING ? (KfCell *)(void *)kf_arena_take(arena, cells).ptr
                                      : kf_arena_keep(arena, cells);
}

KfStatus kf_sheet_read(KfGrid *grid, KfText part, const KfSheetContext *context, KfError *err)
{
    Reader reader = { .context = context,
                      .arena = context->arena,
                      .texts = context->visit ? context->texts : context->arena,
                      .grid = grid,
                      .err = err };
    KfStatus status;

    context->cells->len = 0;
    kf_scan_init_stream(&reader.scan, part, context->stream);
    if ((status = read_events(&reader)) != KF_OK || reader.is_stopped)
        return status;
    if ((status = read_rest(&reader)) != KF_OK || is_visiting(&reader))
        return status;
    if (grid->merge_count > limits_of(&reader)->of[KF_BOUND_MERGES])
        return kf_fail_limit(err, limits_of(&reader), KF_BOUND_MERGES, grid->name);
    grid->cell_count = context->cells->len / sizeof *grid->cells;
    grid->cells = take_cells(context->arena, context->cells);
    if ((status = expand_shared(&reader, grid->cells)) != KF_OK)
        return status;
    kf_grid_index(context->arena, grid);
    return mark_arrays(&reader);
}

bool kf_range_read(KfText text, KfRange *out)
{
    size_t colon = kf_text_find(text, KF_TEXT(":"));
    KfRange range;

    if (colon == SIZE_MAX)
        colon = text.len;
    if (!kf_cellref_read(kf_text_slice(text, 0, colon), &range.first_row, &range.first_col))
        return false;
    range.last_row = range.first_row;
    range.last_col = range.first_col;
    if (colon < text.len
        && !kf_cellref_read(kf_text_slice(text, colon + 1, text.len), &range.last_row,
                            &range.last_col))
        return false;
    if (range.first_row > range.last_row || range.first_col > range.last_col)
        return false;
    *out = range;
    return true;
}
