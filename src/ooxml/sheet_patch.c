/* Changing cells of a worksheet part. One pass finds the places of all edits; the
 * changes are then spliced into the bytes as they stood. */
#include "ooxml/sheet_patch.h"

#include <string.h>

#include "ooxml/sheet_plain.h"
#include "ooxml/sheet_scan.h"
#include "ooxml/xml_write.h"

#define COMPATIBILITY_SPACE "http://schemas.openxmlformats.org/markup-compatibility/2006"
#define VML_SPACE "urn:schemas-microsoft-com:vml"

/* ---- looking up ----------------------------------------------------------- */

/* Where the pass stands. */
typedef struct {
    KfSheetPatch *patch;
    KfSheetScan scan;
    size_t row_first, row_to; /* edits of the current row */
    size_t rows_placed;       /* edits whose row has a place: all before this one */
    size_t cells_placed;      /* the same within the row */
} Look;

/* An attribute with the white space in front of it, so that it can go without a trace. */
static KfSpan with_space(KfText src, KfSpan span)
{
    while (span.from > 0 && kf_rune_is_space((unsigned char)src.ptr[span.from - 1]))
        span.from--;
    return span;
}

static void look_at_root(Look *look)
{
    const KfXml *xml = &look->scan.xml;

    look->patch->prefix = xml->root_prefix;
    look->patch->legacy_at = xml->end;
    look->patch->strict = kf_xml_is_strict(xml);
    look->patch->rel_prefix = kf_xml_relation_prefix(xml);
}

/* First edit at or behind this place. */
static size_t first_edit(const KfSheetPatch *patch, uint32_t row, uint32_t col)
{
    size_t lo = 0, hi = patch->count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        KfRef ref = patch->edits[mid].ref;

        if (ref.row < row || (ref.row == row && ref.col < col))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool is_edited(const KfSheetPatch *patch, uint32_t row, uint32_t col, size_t *at)
{
    *at = first_edit(patch, row, col);
    return *at < patch->count && patch->edits[*at].ref.row == row
           && patch->edits[*at].ref.col == col;
}

/* Edits in front of this row whose row has not come by: theirs goes here. */
static void place_rows(Look *look, uint32_t row, size_t at)
{
    KfSheetPatch *patch = look->patch;

    for (; look->rows_placed < patch->count; look->rows_placed++) {
        KfCellSpot *spot = &patch->spots[look->rows_placed];

        if (patch->edits[look->rows_placed].ref.row >= row)
            return;
        if (!spot->row_present)
            spot->row.from = at;
    }
}

static void place_cells(Look *look, uint32_t col, size_t at)
{
    KfSheetPatch *patch = look->patch;

    for (; look->cells_placed < look->row_to; look->cells_placed++) {
        KfCellSpot *spot = &patch->spots[look->cells_placed];

        if (patch->edits[look->cells_placed].ref.col >= col)
            return;
        if (!spot->present)
            spot->cell.from = at;
    }
}

static void look_at_row(Look *look)
{
    KfSheetPatch *patch = look->patch;
    const KfSheetScan *scan = &look->scan;
    const KfXml *xml = &scan->xml;
    KfXmlAttr spans = { 0 };
    uint32_t style;
    bool styled;

    place_rows(look, scan->row, scan->row_start);
    look->row_first = look->cells_placed = first_edit(patch, scan->row, 0);
    look->row_to = first_edit(patch, scan->row + 1, 0);
    if (look->row_first == look->row_to)
        return;
    kf_xml_attr_find(xml, KF_TEXT("spans"), &spans);
    styled = kf_xml_true(kf_xml_attr(xml, KF_TEXT("customFormat")))
             && kf_xml_uint(kf_xml_attr(xml, KF_TEXT("s")), &style);
    for (size_t i = look->row_first; i < look->row_to; i++) {
        KfCellSpot *spot = &patch->spots[i];

        spot->row_present = true;
        spot->row = (KfSpan){ scan->row_start, scan->row_tag_end };
        spot->row_empty = xml->self_closing;
        spot->row_spans = (KfSpan){ spans.value_at, spans.value_at + spans.value.len };
        if (styled && !spot->present)
            spot->style = style;
    }
}

static KfSpan span_of(const KfXmlAttr *attr)
{
    return (KfSpan){ attr->start, attr->end };
}

/* Attributes of metadata, which KfScanCell does not keep. */
static void look_at_metadata(const KfScanCell *cell, KfText part, KfCellSpot *spot)
{
    KfXmlAttr attr;
    KfXml tag;

    kf_xml_init(&tag, kf_text_slice(part, cell->start, cell->tag_end));
    if (kf_xml_next(&tag) != KF_XML_START)
        return;
    if (kf_xml_attr_find(&tag, KF_TEXT("cm"), &attr))
        spot->cm = (KfSpan){ cell->start + attr.start, cell->start + attr.end };
    if (kf_xml_attr_find(&tag, KF_TEXT("vm"), &attr))
        spot->vm = (KfSpan){ cell->start + attr.start, cell->start + attr.end };
}

static bool is_single_cell(KfText ref)
{
    uint32_t row, col;

    return ref.len == 0 || kf_cellref_read(ref, &row, &col);
}

static void look_at_formula(const KfScanCell *cell, KfCellSpot *spot)
{
    KfText type = cell->f_type.value;

    spot->has_formula = cell->f.present;
    spot->array_formula = kf_text_eq(type, KF_TEXT("array"));
    spot->fixed_formula =
        kf_text_eq(type, KF_TEXT("dataTable"))
        || (kf_text_eq(type, KF_TEXT("array")) && !is_single_cell(cell->f_ref.value));
    spot->group_master = kf_text_eq(type, KF_TEXT("shared")) && cell->f_ref.end
                         && kf_xml_uint(cell->f_index.value, &spot->group);
}

static void look_at_cell(Look *look)
{
    const KfScanCell *cell = &look->scan.cell;
    KfText type = cell->t.value;
    KfCellSpot *spot;
    size_t at;

    if (cell->row == look->scan.row)
        place_cells(look, cell->col, cell->start);
    if (!is_edited(look->patch, cell->row, cell->col, &at))
        return;
    spot = &look->patch->spots[at];
    spot->present = true;
    spot->name = cell->name;
    spot->cell = (KfSpan){ cell->start, cell->end };
    spot->tag = (KfSpan){ cell->start, cell->tag_end };
    spot->self_closing = cell->self_closing;
    spot->r = span_of(&cell->r);
    spot->s = span_of(&cell->s);
    spot->t = span_of(&cell->t);
    spot->says_number = kf_text_eq(type, KF_TEXT("n"));
    spot->formula = (KfSpan){ cell->f.start, cell->f.end };
    spot->value = (KfSpan){ cell->v.start, cell->v.end };
    spot->inline_text = (KfSpan){ cell->is.start, cell->is.end };
    spot->style = 0;
    kf_xml_uint(cell->s.value, &spot->style);
    spot->is_text = !cell->f.present
                    && (kf_text_eq(type, KF_TEXT("s")) || kf_text_eq(type, KF_TEXT("str"))
                        || kf_text_eq(type, KF_TEXT("inlineStr")));
    look_at_metadata(cell, look->patch->xml, spot);
    look_at_formula(cell, spot);
}

/* The style of a column is that of its absent cells, unless their row has one. */
static void style_column(KfSheetPatch *patch, uint32_t first, uint32_t last, uint32_t style)
{
    for (size_t i = 0; i < patch->count; i++) {
        uint32_t col = patch->edits[i].ref.col + 1;

        if (col >= first && col <= last)
            patch->spots[i].style = style;
    }
}

/* Seven pixels a character, as of the usual fonts; the size of a box needs no more. */
static uint32_t width_pixels(const KfXml *xml)
{
    KfText width = kf_xml_attr(xml, KF_TEXT("width"));
    uint32_t whole;

    if (kf_xml_true(kf_xml_attr(xml, KF_TEXT("hidden"))))
        return 0;
    if (!kf_xml_uint(kf_text_slice(width, 0, kf_text_find(width, KF_TEXT("."))), &whole))
        return 64;
    return whole > 255 ? 255 * 7 : whole * 7 + 4;
}

static void look_at_col(Look *look)
{
    KfSheetPatch *patch = look->patch;
    const KfXml *xml = &look->scan.xml;
    KfColumnWidth width;
    uint32_t first, last, style;

    if (!kf_xml_uint(kf_xml_attr(xml, KF_TEXT("min")), &first)
        || !kf_xml_uint(kf_xml_attr(xml, KF_TEXT("max")), &last) || first == 0)
        return;
    width = (KfColumnWidth){ first - 1, last - 1, width_pixels(xml) };
    KF_PUSH(patch->arena, patch->widths, patch->width_count, patch->width_cap, width);
    if (kf_xml_uint(kf_xml_attr(xml, KF_TEXT("style")), &style))
        style_column(patch, first, last, style);
}

static void look_at_cols(Look *look)
{
    KfXml *xml = &look->scan.xml;

    while (kf_xml_next(xml) != KF_XML_BAD && xml->kind != KF_XML_EOF && xml->depth > 2) {
        if (xml->kind == KF_XML_START && kf_xml_is(xml, KF_TEXT("col")))
            look_at_col(look);
    }
}

static void look_at_legacy(Look *look)
{
    const KfXml *xml = &look->scan.xml;
    size_t pos = xml->attrs_at;
    KfXmlAttr attr;

    while (kf_xml_attr_next(xml, &pos, &attr)) {
        if (attr.prefix.len && kf_text_eq(attr.name, KF_TEXT("id")))
            look->patch->legacy_id = attr.value;
    }
}

static void look_at_dimension(Look *look)
{
    KfXmlAttr ref;

    if (kf_xml_attr_find(&look->scan.xml, KF_TEXT("ref"), &ref))
        look->patch->dimension = (KfSpan){ ref.value_at, ref.value_at + ref.value.len };
}

/* Excel's strict files keep the old drawing where only those look who know it. */
static void look_at_alternate(Look *look)
{
    KfXml *xml = &look->scan.xml;

    while (kf_xml_next(xml) != KF_XML_BAD && xml->kind != KF_XML_EOF && xml->depth > 2) {
        if (xml->kind == KF_XML_START && kf_xml_is(xml, KF_TEXT("legacyDrawing")))
            look_at_legacy(look);
    }
}

static bool comes_after_legacy(KfText name)
{
    static const char *const names[] = { "legacyDrawingHF", "drawingHF", "picture",
                                         "oleObjects",      "controls",  "webPublishItems",
                                         "tableParts",      "extLst" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (kf_text_eq(name, kf_text(names[i])))
            return true;
    }
    return false;
}

/* Whether the place for a legacyDrawing is behind this child of the root. */
static bool look_at_child(Look *look)
{
    KfXml *xml = &look->scan.xml;
    bool before = kf_text_eq(xml->prefix, xml->root_prefix) && !comes_after_legacy(xml->name);

    if (kf_xml_is(xml, KF_TEXT("legacyDrawing")))
        look_at_legacy(look);
    else if (kf_xml_is(xml, KF_TEXT("dimension")))
        look_at_dimension(look);
    else if (kf_xml_is(xml, KF_TEXT("cols")))
        look_at_cols(look);
    else if (kf_xml_is_alternate(xml))
        look_at_alternate(look);
    return before;
}

static bool is_row_edited(const KfSheetPatch *patch, uint32_t row)
{
    const size_t at = first_edit(patch, row, 0);

    return at < patch->count && patch->edits[at].ref.row == row;
}

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (*at == '\n' || *at == '\r' || *at == ' ' || *at == '\t'))
        at++;
    return at;
}

/* Behind the row at at when it is plain and nothing in it is edited, else NULL. */
static const char *pass_row(const KfSheetPatch *patch, const char *at, const char *end,
                            KfPlainRow *row)
{
    KfPlainCell cell;
    const char *next = end - at > KF_PLAIN_ROOM ? kf_plain_row(at, row) : NULL;

    if (!next || is_row_edited(patch, row->number - 1))
        return NULL;
    while (next) {
        at = skip_space(next, end);
        next = end - at > KF_PLAIN_ROOM ? kf_plain_cell(at, row, &cell) : NULL;
        if (next && cell.row != row->number - 1)
            return NULL;
    }
    return end - at > KF_PLAIN_ROOM && memcmp(at, "</row>", 6) == 0 ? at + 6 : NULL;
}

/* To the last row known to begin above the next edit: none before it is edited. */
static void jump(Look *look)
{
    const KfSheetPatch *patch = look->patch;
    KfSheetScan *scan = &look->scan;
    const KfText src = scan->xml.src;
    const size_t next = first_edit(patch, scan->next_row, 0);
    const KfRowMark *mark = NULL;
    KfPlainRow row;

    if (patch->marks)
        mark = kf_row_marks_before(patch->marks,
                                   next < patch->count ? patch->edits[next].ref.row : UINT32_MAX);
    if (!mark || mark->at <= scan->xml.pos || mark->at + KF_PLAIN_ROOM >= src.len
        || !kf_plain_row(src.ptr + mark->at, &row) || row.number - 1 != mark->row)
        return;
    scan->row = mark->row ? mark->row - 1 : 0;
    scan->next_row = mark->row;
    scan->xml.pos = (size_t)mark->at;
}

static bool is_between_rows(const KfSheetScan *scan)
{
    return scan->state == KF_SCAN_IN_DATA && !scan->xml.root_prefix.len && !scan->xml.end_due;
}

/* Nearly all rows of a sheet are plain, and only have to be passed by. */
static void pass_rows(Look *look)
{
    KfSheetScan *scan = &look->scan;
    KfXml *xml = &scan->xml;
    const char *start = xml->src.ptr, *end = start + xml->src.len;
    KfPlainRow row;

    if (!is_between_rows(scan))
        return;
    jump(look);
    while (is_between_rows(scan)) {
        const char *at = skip_space(start + xml->pos, end);
        const char *behind = pass_row(look->patch, at, end, &row);

        if (!behind)
            return;
        place_rows(look, row.number - 1, (size_t)(at - start));
        scan->row = row.number - 1;
        scan->next_row = row.number;
        xml->pos = (size_t)(behind - start);
    }
}

static KfStatus look_up(KfSheetPatch *patch, KfText part, KfError *err)
{
    Look look = { .patch = patch };
    const KfSheetScan *scan = &look.scan;
    bool before_legacy = false;
    KfScanKind kind;

    kf_scan_init(&look.scan, patch->xml);
    while (pass_rows(&look), kind = kf_scan_next(&look.scan),
           kind != KF_SCAN_END && kind != KF_SCAN_BAD) {
        if (before_legacy)
            patch->legacy_at = scan->child_end;
        before_legacy = false;
        if (kind == KF_SCAN_ROOT) {
            look_at_root(&look);
        } else if (kind == KF_SCAN_CHILD) {
            before_legacy = look_at_child(&look);
        } else if (kind == KF_SCAN_DATA) {
            patch->data_tag_end = scan->xml.end;
            patch->data_empty = scan->xml.self_closing;
        } else if (kind == KF_SCAN_ROW) {
            look_at_row(&look);
        } else if (kind == KF_SCAN_CELL) {
            look_at_cell(&look);
        } else if (kind == KF_SCAN_ROW_END) {
            place_cells(&look, UINT32_MAX, scan->xml.start);
        } else if (kind == KF_SCAN_DATA_END) {
            place_rows(&look, UINT32_MAX, scan->xml.start);
            patch->legacy_at = scan->xml.end;
        }
    }
    if (kind == KF_SCAN_BAD)
        return kf_xml_fail(&scan->xml, part, err);
    if (before_legacy)
        patch->legacy_at = scan->child_end;
    if (!patch->data_tag_end)
        return kf_fail(err, KF_SHEET_UNREADABLE, part, KF_TEXT("sheetData mangler"));
    return KF_OK;
}

/* ---- shared formulas ------------------------------------------------------ */

/* The group that loses its master, and the member that is to take its place. */
typedef struct {
    uint32_t group;
    size_t master; /* edit */
    bool found;
    uint32_t row, col; /* of the heir */
    KfSpan formula;
    bool calculates_always;
    KfRange range; /* of the members that are left */
} Heir;

static bool edit_drops(const KfSheetPatch *patch, uint32_t row, uint32_t col)
{
    size_t at;

    return is_edited(patch, row, col, &at) && patch->spots[at].has_formula
           && !patch->spots[at].keep_formula;
}

static bool calculates_always(const KfSheetScan *scan)
{
    KfXml tag;

    kf_xml_init(&tag, kf_scan_slice(scan, &scan->cell.f));
    return kf_xml_next(&tag) == KF_XML_START && kf_xml_true(kf_xml_attr(&tag, KF_TEXT("ca")));
}

static void add_member(Heir *heir, const KfSheetScan *scan)
{
    uint32_t row = scan->cell.row, col = scan->cell.col;
    KfRange *range = &heir->range;

    if (!heir->found) {
        heir->found = true;
        heir->row = row;
        heir->col = col;
        heir->formula = (KfSpan){ scan->cell.f.start, scan->cell.f.end };
        heir->calculates_always = calculates_always(scan);
        *range = (KfRange){ row, col, row, col };
    }
    range->first_row = row < range->first_row ? row : range->first_row;
    range->last_row = row > range->last_row ? row : range->last_row;
    range->first_col = col < range->first_col ? col : range->first_col;
    range->last_col = col > range->last_col ? col : range->last_col;
}

/* Goes through the cells once more, for the members of the groups of heirs. */
static void find_heirs(const KfSheetPatch *patch, Heir *heirs, size_t count)
{
    KfSheetScan scan;
    KfScanKind kind;
    uint32_t group;

    kf_scan_init(&scan, patch->xml);
    while ((kind = kf_scan_next(&scan)) != KF_SCAN_END && kind != KF_SCAN_BAD) {
        if (kind != KF_SCAN_CELL || !kf_text_eq(scan.cell.f_type.value, KF_TEXT("shared"))
            || !kf_xml_uint(scan.cell.f_index.value, &group)
            || edit_drops(patch, scan.cell.row, scan.cell.col))
            continue;
        for (size_t i = 0; i < count; i++) {
            if (heirs[i].group == group)
                add_member(&heirs[i], &scan);
        }
    }
}

static KfText arena_tag(KfSheetPatch *patch, const char *before, KfText prefix, const char *behind)
{
    kf_buf_str(patch->scratch, before);
    kf_buf_text(patch->scratch, prefix);
    if (prefix.len)
        kf_buf_char(patch->scratch, ':');
    kf_buf_str(patch->scratch, behind);
    return kf_arena_take(patch->arena, patch->scratch);
}

static void hand_on(KfSheetPatch *patch, const Heir *heir, KfText formula)
{
    KfBuf *out = patch->scratch;
    KfText open = arena_tag(patch, "<", patch->prefix, "f");
    KfText close = arena_tag(patch, "</", patch->prefix, "f>");

    kf_buf_text(out, open);
    kf_buf_str(out, " t=\"shared\" ref=\"");
    kf_buf_range(out, heir->range);
    kf_buf_str(out, "\" si=\"");
    kf_buf_int(out, heir->group);
    kf_buf_str(out, heir->calculates_always ? "\" ca=\"1\">" : "\">");
    kf_buf_markup(out, formula);
    kf_buf_text(out, close);
    kf_splice(&patch->splices, heir->formula.from, heir->formula.to,
              kf_arena_take(patch->arena, out));
}

/* A group whose heir is not known keeps its master. */
static void settle_groups(KfSheetPatch *patch, const KfGrid *grid)
{
    Heir *heirs = NULL;
    size_t count = 0, cap = 0;

    for (size_t i = 0; i < patch->count; i++) {
        const KfCellSpot *spot = &patch->spots[i];
        Heir heir = { .group = spot->group, .master = i };

        if (spot->group_master && !spot->keep_formula)
            KF_PUSH(patch->arena, heirs, count, cap, heir);
    }
    if (count == 0)
        return;
    find_heirs(patch, heirs, count);
    for (size_t i = 0; i < count; i++) {
        const KfCell *cell = grid ? kf_grid_at(grid, heirs[i].row, heirs[i].col) : NULL;

        if (!heirs[i].found)
            continue;
        if (cell && cell->formula.len)
            hand_on(patch, &heirs[i], cell->formula);
        else
            patch->spots[heirs[i].master].keep_formula = true;
    }
}

static bool keeps_formula(const KfCellEdit *edit, const KfCellSpot *spot, const KfGrid *grid)
{
    const KfCell *cell = grid ? kf_grid_at(grid, edit->ref.row, edit->ref.col) : NULL;

    if (!spot->has_formula || spot->fixed_formula)
        return spot->has_formula;
    if (edit->original)
        return !cell || kf_text_eq(cell->formula, edit->original->formula);
    return !edit->has_value || (edit->keep_formula && !edit->formula.len);
}

KfStatus kf_sheet_patch_open(KfSheetPatch *patch, const KfGrid *grid, KfText part, KfError *err)
{
    KfStatus status;

    patch->splices = (KfSplices){ .arena = patch->arena };
    patch->spots = kf_arena_array(patch->arena, patch->count, sizeof *patch->spots);
    status = look_up(patch, part, err);
    if (status != KF_OK)
        return status;
    for (size_t i = 0; i < patch->count; i++)
        patch->spots[i].keep_formula = keeps_formula(&patch->edits[i], &patch->spots[i], grid);
    settle_groups(patch, grid);
    return KF_OK;
}

/* ---- changing ------------------------------------------------------------- */

static KfText value_element(KfSheetPatch *patch, KfText number)
{
    KfText open = arena_tag(patch, "<", patch->prefix, "v>");
    KfText close = arena_tag(patch, "</", patch->prefix, "v>");

    kf_buf_text(patch->scratch, open);
    kf_buf_text(patch->scratch, number);
    kf_buf_text(patch->scratch, close);
    return kf_arena_take(patch->arena, patch->scratch);
}

/* A text stands in the cell itself: the table of shared ones stays as it is. */
static KfText text_element(KfSheetPatch *patch, KfText text)
{
    KfText is = arena_tag(patch, "<", patch->prefix, "is>");
    KfText open = arena_tag(patch, "<", patch->prefix, "t xml:space=\"preserve\">");
    KfText close = arena_tag(patch, "</", patch->prefix, "t>");
    KfText end = arena_tag(patch, "</", patch->prefix, "is>");

    kf_buf_text(patch->scratch, is);
    kf_buf_text(patch->scratch, open);
    kf_buf_xml_text(patch->scratch, text);
    kf_buf_text(patch->scratch, close);
    kf_buf_text(patch->scratch, end);
    return kf_arena_take(patch->arena, patch->scratch);
}

static KfCellKind kind_of(const KfCellEdit *edit)
{
    if (edit->result != KF_CELL_EMPTY)
        return (KfCellKind)edit->result;
    return edit->is_text ? KF_CELL_TEXT : KF_CELL_NUMBER;
}

/* What the t attribute says of a value; a number needs none. */
static KfText type_of(KfCellKind kind, bool has_formula)
{
    switch (kind) {
    case KF_CELL_TEXT:
        return has_formula ? KF_TEXT("str") : KF_TEXT("inlineStr");
    case KF_CELL_BOOL:
        return KF_TEXT("b");
    case KF_CELL_ERROR:
        return KF_TEXT("e");
    default:
        return (KfText){ 0 };
    }
}

static KfText formula_element(KfSheetPatch *patch, KfText formula)
{
    KfText open = arena_tag(patch, "<", patch->prefix, "f>");
    KfText close = arena_tag(patch, "</", patch->prefix, "f>");

    kf_buf_text(patch->scratch, open);
    kf_buf_xml_text(patch->scratch, formula);
    kf_buf_text(patch->scratch, close);
    return kf_arena_take(patch->arena, patch->scratch);
}

static KfText value_of(KfSheetPatch *patch, KfCellKind kind, KfText text, bool has_formula)
{
    if (kind == KF_CELL_EMPTY)
        return (KfText){ 0 };
    if (kind == KF_CELL_TEXT && !has_formula)
        return text_element(patch, text);
    kf_buf_xml_text(patch->scratch, text);
    return value_element(patch, kf_arena_take(patch->arena, patch->scratch));
}

/* The new formula, if there is one, and the value behind it. */
static KfText content_of(KfSheetPatch *patch, const KfCellEdit *edit, bool keeps_formula)
{
    KfCellKind kind = kind_of(edit);
    bool is_new = edit->formula.len && !keeps_formula;
    KfText value = value_of(patch, kind, kind == KF_CELL_NUMBER ? edit->number : edit->text,
                            is_new || keeps_formula);

    if (!is_new)
        return value;
    return KF_XML_JOIN(patch->arena, formula_element(patch, edit->formula), value);
}

static void drop(KfSheetPatch *patch, KfSpan span)
{
    if (span.to > span.from)
        kf_splice(&patch->splices, span.from, span.to, (KfText){ 0 });
}

static void drop_attribute(KfSheetPatch *patch, KfSpan span)
{
    if (span.to > span.from)
        drop(patch, with_space(patch->xml, span));
}

/* A type goes where the old type stood, else behind the last attribute that every cell
 * may have. */
static void set_type(KfSheetPatch *patch, const KfCellSpot *spot, KfText type)
{
    size_t at = spot->tag.to - (spot->self_closing ? 2 : 1);
    KfText attribute = KF_XML_JOIN(patch->arena, KF_TEXT("t=\""), type, KF_TEXT("\""));

    if (spot->t.to)
        kf_splice(&patch->splices, spot->t.from, spot->t.to, attribute);
    else
        kf_splice(&patch->splices, at, at, KF_XML_JOIN(patch->arena, KF_TEXT(" "), attribute));
}

static void set_value(KfSheetPatch *patch, const KfCellSpot *spot, const KfCellEdit *edit)
{
    KfText value = content_of(patch, edit, spot->keep_formula);
    KfText type = type_of(kind_of(edit), spot->keep_formula || edit->formula.len);

    if (type.len)
        set_type(patch, spot, type);
    else if (!spot->says_number)
        drop_attribute(patch, spot->t);
    drop_attribute(patch, spot->vm);
    if (!spot->keep_formula) {
        drop_attribute(patch, spot->cm);
        drop(patch, spot->formula);
    }
    if (spot->self_closing) {
        KfText close = arena_tag(patch, "</", patch->prefix, "c>");

        kf_splice(&patch->splices, spot->tag.to - 2, spot->tag.to, KF_TEXT(">"));
        kf_splice(&patch->splices, spot->tag.to, spot->tag.to, value);
        kf_splice(&patch->splices, spot->tag.to, spot->tag.to, close);
        return;
    }
    if (spot->value.to) {
        kf_splice(&patch->splices, spot->value.from, spot->value.to, value);
        drop(patch, spot->inline_text);
    } else if (spot->inline_text.to) {
        kf_splice(&patch->splices, spot->inline_text.from, spot->inline_text.to, value);
    } else {
        size_t at = spot->formula.to ? spot->formula.to : spot->tag.to;

        kf_splice(&patch->splices, at, at, value);
    }
}

static void set_style(KfSheetPatch *patch, const KfCellSpot *spot, uint32_t style)
{
    KfSpan at = spot->s;

    if (style == spot->style)
        return;
    if (!at.to) /* behind r, or behind the name */
        at.from = at.to = spot->r.to ? spot->r.to : spot->tag.from + 1 + spot->name.len;
    kf_buf_str(patch->scratch, spot->s.to ? "s=\"" : " s=\"");
    kf_buf_int(patch->scratch, style);
    kf_buf_char(patch->scratch, '"');
    kf_splice(&patch->splices, at.from, at.to, kf_arena_take(patch->arena, patch->scratch));
}

static KfText new_cell(KfSheetPatch *patch, const KfCellEdit *edit, uint32_t style)
{
    KfBuf *out = patch->scratch;
    KfText open = arena_tag(patch, "<", patch->prefix, "c r=\"");
    KfText close = arena_tag(patch, "</", patch->prefix, "c>");
    KfText value = edit->has_value ? content_of(patch, edit, false) : (KfText){ 0 };
    KfText type = value.len ? type_of(kind_of(edit), edit->formula.len) : (KfText){ 0 };

    kf_buf_text(out, open);
    kf_buf_cellref(out, edit->ref.row, edit->ref.col);
    if (style) {
        kf_buf_str(out, "\" s=\"");
        kf_buf_int(out, style);
    }
    kf_buf_str(out, type.len ? "\" t=\"" : "");
    kf_buf_text(out, type);
    kf_buf_str(out, value.len ? "\">" : "\"/>");
    kf_buf_text(out, value);
    if (value.len)
        kf_buf_text(out, close);
    return kf_arena_take(patch->arena, out);
}

/* ---- giving back ---------------------------------------------------------- */

/* The formula that stands, which may be the master of a shared group; else the one
 * that went. */
static KfText original_formula(KfSheetPatch *patch, const KfCellSpot *spot,
                               const KfOriginal *original)
{
    if (spot->keep_formula)
        return kf_text_slice(patch->xml, spot->formula.from, spot->formula.to);
    if (!original->formula.len)
        return (KfText){ 0 };
    return formula_element(patch, original->formula);
}

void kf_sheet_patch_restore(KfSheetPatch *patch, size_t i, uint32_t style, bool was_absent)
{
    const KfOriginal *original = patch->edits[i].original;
    const KfCellSpot *spot = &patch->spots[i];
    KfBuf *out = patch->scratch;
    KfText formula, value, type, open, close;

    if (!spot->present)
        return;
    if (was_absent) {
        drop(patch, spot->cell);
        return;
    }
    formula = original_formula(patch, spot, original);
    value = value_of(patch, (KfCellKind)original->kind, original->text, formula.len > 0);
    type = type_of((KfCellKind)original->kind, formula.len > 0);
    open = arena_tag(patch, "<", patch->prefix, "c r=\"");
    close = arena_tag(patch, "</", patch->prefix, "c>");
    kf_buf_text(out, open);
    kf_buf_cellref(out, patch->edits[i].ref.row, patch->edits[i].ref.col);
    kf_buf_char(out, '"');
    if (style) {
        kf_buf_str(out, " s=\"");
        kf_buf_int(out, style);
        kf_buf_char(out, '"');
    }
    if (type.len) {
        kf_buf_str(out, " t=\"");
        kf_buf_text(out, type);
        kf_buf_char(out, '"');
    }
    kf_buf_str(out, formula.len || value.len ? ">" : "/>");
    kf_buf_text(out, formula);
    kf_buf_text(out, value);
    if (formula.len || value.len)
        kf_buf_text(out, close);
    kf_splice(&patch->splices, spot->cell.from, spot->cell.to, kf_arena_take(patch->arena, out));
}

/* Whether this is the first edit that puts something new where it stands. */
static bool is_first_of_row(const KfSheetPatch *patch, size_t i)
{
    while (i > 0 && patch->edits[i - 1].ref.row == patch->edits[i].ref.row) {
        if (!patch->spots[--i].present)
            return false;
    }
    return true;
}

static bool is_last_of_row(const KfSheetPatch *patch, size_t i)
{
    for (uint32_t row = patch->edits[i].ref.row; ++i < patch->count;) {
        if (patch->edits[i].ref.row != row)
            return true;
        if (!patch->spots[i].present)
            return false;
    }
    return true;
}

static void open_row(KfSheetPatch *patch, const KfCellSpot *spot, uint32_t row)
{
    if (spot->row_present) {
        kf_splice(&patch->splices, spot->row.to - 2, spot->row.to, KF_TEXT(">"));
    } else {
        KfText open = arena_tag(patch, "<", patch->prefix, "row r=\"");

        kf_buf_text(patch->scratch, open);
        kf_buf_int(patch->scratch, (int64_t)row + 1);
        kf_buf_str(patch->scratch, "\">");
        kf_splice(&patch->splices, spot->row.from, spot->row.from,
                  kf_arena_take(patch->arena, patch->scratch));
    }
}

/* A row's spans must cover its cells where it has them. */
static void widen_spans(KfSheetPatch *patch, size_t i)
{
    KfSpan at = patch->spots[i].row_spans;
    KfText old = kf_text_slice(patch->xml, at.from, at.to);
    size_t colon = kf_text_find(old, KF_TEXT(":"));
    uint32_t first, last, row = patch->edits[i].ref.row, was_first, was_last;

    if (colon == SIZE_MAX || !kf_xml_uint(kf_text_slice(old, 0, colon), &first)
        || !kf_xml_uint(kf_text_slice(old, colon + 1, old.len), &last))
        return;
    was_first = first;
    was_last = last;
    for (; i < patch->count && patch->edits[i].ref.row == row; i++) {
        uint32_t col = patch->edits[i].ref.col + 1;

        if (patch->spots[i].present)
            continue;
        first = col < first ? col : first;
        last = col > last ? col : last;
    }
    if (first == was_first && last == was_last)
        return;
    kf_buf_int(patch->scratch, first);
    kf_buf_char(patch->scratch, ':');
    kf_buf_int(patch->scratch, last);
    kf_splice(&patch->splices, at.from, at.to, kf_arena_take(patch->arena, patch->scratch));
}

static void add_cell(KfSheetPatch *patch, size_t i, uint32_t style)
{
    const KfCellSpot *spot = &patch->spots[i];
    KfText cell = new_cell(patch, &patch->edits[i], style);
    size_t at = spot->row_present ? spot->cell.from : spot->row.from;
    bool frames = !spot->row_present || spot->row_empty;

    if (is_first_of_row(patch, i)) {
        if (spot->row_spans.to)
            widen_spans(patch, i);
        if (frames)
            open_row(patch, spot, patch->edits[i].ref.row);
    }
    kf_splice(&patch->splices, at, at, cell);
    if (frames && is_last_of_row(patch, i))
        kf_splice(&patch->splices, at, at, arena_tag(patch, "</", patch->prefix, "row>"));
}

void kf_sheet_patch_cell(KfSheetPatch *patch, size_t i, uint32_t style)
{
    const KfCellEdit *edit = &patch->edits[i];
    const KfCellSpot *spot = &patch->spots[i];

    if (!spot->present) {
        add_cell(patch, i, style);
        return;
    }
    set_style(patch, spot, style);
    if (edit->has_value)
        set_value(patch, spot, edit);
}

static void put_legacy(KfSheetPatch *patch, KfText rel_id)
{
    KfBuf *out = patch->scratch;
    KfText open = arena_tag(patch, "<", patch->prefix, "legacyDrawing");

    kf_buf_text(out, open);
    if (!patch->rel_prefix.len) {
        kf_buf_str(out, " xmlns:r=\"");
        kf_buf_str(out, patch->strict ? KF_RELATION_SPACE_STRICT : KF_RELATION_SPACE);
        kf_buf_char(out, '"');
    }
    kf_buf_char(out, ' ');
    kf_buf_text(out, patch->rel_prefix.len ? patch->rel_prefix : KF_TEXT("r"));
    kf_buf_str(out, ":id=\"");
    kf_buf_text(out, rel_id);
    kf_buf_str(out, "\"/>");
}

/* The strict format knows no such drawings, so Excel keeps them where only those look who do. */
void kf_sheet_patch_legacy(KfSheetPatch *patch, KfText rel_id)
{
    KfText drawing;

    put_legacy(patch, rel_id);
    drawing = kf_arena_take(patch->arena, patch->scratch);
    if (patch->strict)
        drawing = KF_XML_JOIN(patch->arena,
                              KF_TEXT("<mc:AlternateContent xmlns:mc=\"" COMPATIBILITY_SPACE
                                      "\"><mc:Choice Requires=\"v\" xmlns:v=\"" VML_SPACE "\">"),
                              drawing, KF_TEXT("</mc:Choice></mc:AlternateContent>"));
    kf_splice(&patch->splices, patch->legacy_at, patch->legacy_at, drawing);
}

/* The dimension covers cells that are new outside it. */
static void widen_dimension(KfSheetPatch *patch)
{
    KfText old = kf_text_slice(patch->xml, patch->dimension.from, patch->dimension.to);
    size_t colon = kf_text_find(old, KF_TEXT(":"));
    KfRange was, range;

    if (!kf_cellref_read(kf_text_slice(old, 0, colon), &was.first_row, &was.first_col))
        return;
    was.last_row = was.first_row;
    was.last_col = was.first_col;
    if (colon != SIZE_MAX
        && !kf_cellref_read(kf_text_slice(old, colon + 1, old.len), &was.last_row, &was.last_col))
        return;
    range = was;
    for (size_t i = 0; i < patch->count; i++) {
        KfRef ref = patch->edits[i].ref;

        if (patch->spots[i].present)
            continue;
        range.first_row = ref.row < range.first_row ? ref.row : range.first_row;
        range.last_row = ref.row > range.last_row ? ref.row : range.last_row;
        range.first_col = ref.col < range.first_col ? ref.col : range.first_col;
        range.last_col = ref.col > range.last_col ? ref.col : range.last_col;
    }
    if (range.first_row == was.first_row && range.last_row == was.last_row
        && range.first_col == was.first_col && range.last_col == was.last_col)
        return;
    kf_buf_range(patch->scratch, range);
    kf_splice(&patch->splices, patch->dimension.from, patch->dimension.to,
              kf_arena_take(patch->arena, patch->scratch));
}

static void open_data(KfSheetPatch *patch)
{
    size_t end = patch->data_tag_end;

    kf_splice(&patch->splices, end - 2, end, KF_TEXT(">"));
    kf_splice(&patch->splices, end, end, arena_tag(patch, "</", patch->prefix, "sheetData>"));
}

static bool adds_cells(const KfSheetPatch *patch)
{
    for (size_t i = 0; i < patch->count; i++) {
        if (!patch->spots[i].present && !patch->edits[i].original)
            return true;
    }
    return false;
}

void kf_sheet_patch_finish(KfSheetPatch *patch)
{
    if (adds_cells(patch)) {
        widen_dimension(patch);
        if (patch->data_empty)
            open_data(patch);
    }
}
