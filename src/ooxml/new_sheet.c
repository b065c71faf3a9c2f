/* The part of a sheet of ours. Elements stand in the order of the schema. */
#include "ooxml/new_sheet.h"

#include "ooxml/xml_write.h"

enum {
    TEXT_LIMIT = 32767, /* UTF-16 units in a cell */
    LINK_LIMIT = 65530, /* links on a sheet that Excel opens */
    WIDTH_LIMIT = 255,
    HEIGHT_LIMIT = 409, /* points */
    LINE_LIMIT = 40
};

/* A cell holds no more than this; cut at a whole character. */
static KfText fitting(KfText text)
{
    size_t units = 0, at = 0;

    for (size_t pos = 0; pos < text.len; at = pos) {
        units += kf_text_next(text, &pos) > 0xFFFF ? 2 : 1;
        if (units > TEXT_LIMIT)
            return kf_text_slice(text, 0, at);
    }
    return text;
}

/* A number that is none is shown as the text it is. */
static KfOutKind kind_of(const KfOutCell *cell)
{
    if ((cell->kind == KF_OUT_NUMBER || cell->kind == KF_OUT_COUNT) && !kf_is_decimal(cell->text))
        return KF_OUT_TEXT;
    return cell->kind == KF_OUT_LINK && !cell->target.len ? KF_OUT_TEXT : cell->kind;
}

static void put_cell(KfBuf *out, const KfOutCell *cell, uint32_t row, uint32_t col,
                     KfStylePatch *styles)
{
    KfOutKind kind = kind_of(cell);

    if (!cell->text.len && cell->style == KF_OUT_PLAIN)
        return;
    kf_buf_str(out, "<c r=\"");
    kf_buf_cellref(out, row, col);
    kf_buf_str(out, "\" s=\"");
    kf_buf_int(out, kf_style_patch_out(styles, kind, cell->style));
    if (!cell->text.len) {
        kf_buf_str(out, "\"/>");
    } else if (kind == KF_OUT_NUMBER || kind == KF_OUT_COUNT) {
        kf_buf_str(out, "\"><v>");
        kf_buf_text(out, cell->text);
        kf_buf_str(out, "</v></c>");
    } else {
        kf_buf_str(out, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
        kf_buf_xml_text(out, fitting(cell->text));
        kf_buf_str(out, "</t></is></c>");
    }
}

static size_t row_count(const KfOutSheet *sheet)
{
    return sheet->row_count < KF_ROW_LIMIT ? sheet->row_count : KF_ROW_LIMIT;
}

static size_t col_count(const KfOutRow *row)
{
    return row->count < KF_COL_LIMIT ? row->count : KF_COL_LIMIT;
}

/* Lines that a text takes when it is broken at spaces to so many characters. */
static uint32_t line_count(KfText text, uint32_t chars)
{
    uint32_t lines = 1, used = 0, word = 0;

    for (size_t pos = 0; pos < text.len && lines < LINE_LIMIT;) {
        int32_t rune = kf_text_next(text, &pos);

        if (rune == '\n') {
            lines++;
            used = word = 0;
            continue;
        }
        word = rune == ' ' ? 0 : word + 1;
        if (++used <= chars || rune == ' ')
            continue;
        lines++;
        used = word <= chars ? word : 1;
    }
    return lines;
}

/* Height in points for what does not fit the usual row; 0 for one that does. Not every program
 * finds it out by itself, and one that lacks the font takes a wider one: room left over is better
 * than a word that is cut off. */
static uint32_t row_height(const KfOutSheet *sheet, const KfOutRow *row, uint32_t line)
{
    uint32_t lines = 1, most;

    if (row->count && row->cells[0].style == KF_OUT_TITLE)
        return line * 14 / 11;
    for (size_t i = 0; i < col_count(row) && i < sheet->width_count; i++) {
        KfOutStyle style = row->cells[i].style;

        if (sheet->widths[i] == 0 || !kf_out_wraps(style))
            continue; /* a hidden column asks for no room */
        most = line_count(row->cells[i].text, sheet->widths[i]);
        lines = most > lines ? most : lines;
    }
    return lines > 1 ? (lines < LINE_LIMIT ? lines : LINE_LIMIT) * line : 0;
}

static void put_rows(KfBuf *out, const KfOutSheet *sheet, KfStylePatch *styles)
{
    uint32_t line = kf_style_patch_line(styles), height;

    kf_buf_str(out, "<sheetData>");
    for (size_t i = 0; i < row_count(sheet); i++) {
        const KfOutRow *row = &sheet->rows[i];

        if (!row->count)
            continue;
        kf_buf_str(out, "<row r=\"");
        kf_buf_int(out, (int64_t)i + 1);
        height = row_height(sheet, row, line);
        if (height) {
            kf_buf_str(out, "\" ht=\"");
            kf_buf_int(out, height < HEIGHT_LIMIT ? height : HEIGHT_LIMIT);
        }
        kf_buf_str(out, "\">");
        for (size_t j = 0; j < col_count(row); j++)
            put_cell(out, &row->cells[j], (uint32_t)i, (uint32_t)j, styles);
        kf_buf_str(out, "</row>");
    }
    kf_buf_str(out, "</sheetData>");
}

/* The table reaches from its headings to the last row without a gap. */
static KfSheetNames find_names(const KfOutSheet *sheet)
{
    KfSheetNames names = { 0 };
    size_t last = sheet->table_row;

    if (sheet->table_cols == 0 || sheet->table_cols > KF_COL_LIMIT
        || sheet->table_row >= row_count(sheet))
        return names;
    while (last + 1 < row_count(sheet) && sheet->rows[last + 1].count)
        last++;
    names.has_titles = true;
    names.title_row = (uint32_t)sheet->table_row;
    names.has_filter = last > sheet->table_row;
    names.filter =
        (KfRange){ (uint32_t)sheet->table_row, 0, (uint32_t)last, (uint32_t)sheet->table_cols - 1 };
    return names;
}

static void put_view(KfBuf *out, const KfSheetNames *names)
{
    kf_buf_str(out, "<sheetViews><sheetView workbookViewId=\"0\"");
    if (!names->has_titles || names->title_row >= KF_FREEZE_LIMIT) {
        kf_buf_str(out, "/></sheetViews>");
        return;
    }
    kf_buf_str(out, "><pane ySplit=\"");
    kf_buf_int(out, (int64_t)names->title_row + 1);
    kf_buf_str(out, "\" topLeftCell=\"");
    kf_buf_cellref(out, names->title_row + 1, 0);
    kf_buf_str(out, "\" activePane=\"bottomLeft\" state=\"frozen\"/><selection "
                    "pane=\"bottomLeft\"/></sheetView></sheetViews>");
}

static void put_widths(KfBuf *out, const KfOutSheet *sheet)
{
    if (!sheet->width_count)
        return;
    kf_buf_str(out, "<cols>");
    for (size_t i = 0; i < sheet->width_count && i < KF_COL_LIMIT; i++) {
        unsigned width = sheet->widths[i] < WIDTH_LIMIT ? sheet->widths[i] : WIDTH_LIMIT - 1;

        kf_buf_str(out, "<col min=\"");
        kf_buf_int(out, (int64_t)i + 1);
        kf_buf_str(out, "\" max=\"");
        kf_buf_int(out, (int64_t)i + 1);
        kf_buf_str(out, "\" width=\"");
        kf_buf_int(out, width);
        kf_buf_str(out, ".7109375\" customWidth=\"1\""); /* the margins of a cell */
        kf_buf_str(out, sheet->widths[i] ? "/>" : " hidden=\"1\"/>");
    }
    kf_buf_str(out, "</cols>");
}

static void put_links(KfBuf *out, const KfOutSheet *sheet)
{
    size_t count = 0;

    for (size_t i = 0; i < row_count(sheet); i++) {
        for (size_t j = 0; j < col_count(&sheet->rows[i]); j++) {
            const KfOutCell *cell = &sheet->rows[i].cells[j];

            if (kind_of(cell) != KF_OUT_LINK || !cell->text.len || count == LINK_LIMIT)
                continue;
            kf_buf_str(out, count++ ? "<hyperlink ref=\"" : "<hyperlinks><hyperlink ref=\"");
            kf_buf_cellref(out, (uint32_t)i, (uint32_t)j);
            kf_buf_str(out, "\" location=\"");
            kf_buf_xml_attr(out, cell->target);
            kf_buf_str(out, "\" display=\"");
            kf_buf_xml_attr(out, fitting(cell->text));
            kf_buf_str(out, "\"/>");
        }
    }
    if (count)
        kf_buf_str(out, "</hyperlinks>");
}

static KfRange used_range(const KfOutSheet *sheet)
{
    KfRange used = { 0 };

    for (size_t i = 0; i < row_count(sheet); i++) {
        size_t cols = col_count(&sheet->rows[i]);

        if (cols)
            used.last_row = (uint32_t)i;
        if (cols > used.last_col + 1)
            used.last_col = (uint32_t)cols - 1;
    }
    return used;
}

static void put_range(KfBuf *out, const char *before, KfRange range, const char *behind)
{
    kf_buf_str(out, before);
    kf_buf_range(out, range);
    kf_buf_str(out, behind);
}

KfText kf_new_sheet(KfArena *arena, KfBuf *out, const KfOutSheet *sheet, KfStylePatch *styles,
                    bool strict, KfSheetNames *names)
{
    KfRange used = used_range(sheet);

    *names = find_names(sheet);
    kf_buf_str(out, KF_XML_DECLARATION "<worksheet xmlns=\"");
    kf_buf_str(out, strict ? KF_SHEET_SPACE_STRICT : KF_SHEET_SPACE);
    kf_buf_str(out, "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
    put_range(out, "<dimension ref=\"", used, "\"/>");
    put_view(out, names);
    kf_buf_str(out, "<sheetFormatPr defaultRowHeight=\"15\"/>");
    put_widths(out, sheet);
    put_rows(out, sheet, styles);
    if (names->has_filter)
        put_range(out, "<autoFilter ref=\"", names->filter, "\"/>");
    put_links(out, sheet);
    kf_buf_str(out, "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" "
                    "header=\"0.3\" footer=\"0.3\"/><pageSetup paperSize=\"9\" "
                    "orientation=\"landscape\" fitToHeight=\"0\"/><headerFooter><oddFooter>"
                    "&amp;L&amp;F&amp;C&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>");
    put_range(out, "<ignoredErrors><ignoredError sqref=\"", used,
              "\" numberStoredAsText=\"1\"/></ignoredErrors></worksheet>");
    return kf_arena_take(arena, out);
}
