/* One walk through a worksheet part, shared by the reader and the patcher. */
#include "ooxml/sheet_scan.h"

#include <string.h>

#include "kf/grid.h"

static KfScanKind fail(KfSheetScan *scan, size_t at, const char *reason)
{
    scan->xml.reason = reason;
    scan->xml.bad_at = at;
    scan->xml.kind = KF_XML_BAD;
    return KF_SCAN_BAD;
}

void kf_scan_init(KfSheetScan *scan, KfText part)
{
    kf_scan_init_stream(scan, part, NULL);
}

void kf_scan_init_stream(KfSheetScan *scan, KfText part, KfXmlStream *stream)
{
    memset(scan, 0, sizeof *scan);
    kf_xml_init_stream(&scan->xml, part, stream);
}

/* Moves to the next START or END that is ours; what belongs to others is skipped. */
static KfXmlKind next_own(KfXml *xml)
{
    for (;;) {
        KfXmlKind kind = kf_xml_next(xml);

        if (kind == KF_XML_TEXT)
            continue;
        if (kind != KF_XML_START || kf_text_eq(xml->prefix, xml->root_prefix))
            return kind;
        if (!kf_xml_skip(xml))
            return KF_XML_BAD;
    }
}

static KfScanKind begin_root(KfSheetScan *scan)
{
    if (kf_xml_next(&scan->xml) != KF_XML_START)
        return KF_SCAN_BAD;
    if (!kf_text_eq(scan->xml.name, KF_TEXT("worksheet")))
        return fail(scan, scan->xml.start, "rodelementet er ikke worksheet");
    scan->state = KF_SCAN_IN_ROOT;
    return KF_SCAN_ROOT;
}

static KfScanKind begin_child(KfSheetScan *scan)
{
    if (kf_xml_is(&scan->xml, KF_TEXT("sheetData"))) {
        scan->state = KF_SCAN_IN_DATA;
        return KF_SCAN_DATA;
    }
    scan->state = KF_SCAN_IN_CHILD;
    scan->child_start = scan->xml.start;
    return KF_SCAN_CHILD;
}

static KfScanKind next_child(KfSheetScan *scan)
{
    KfXmlKind kind = kf_xml_next(&scan->xml);

    while (kind == KF_XML_TEXT)
        kind = kf_xml_next(&scan->xml);
    if (kind == KF_XML_START)
        return begin_child(scan);
    scan->state = KF_SCAN_AT_END;
    return kind == KF_XML_END ? KF_SCAN_END : KF_SCAN_BAD;
}

/* The child may have been read, wholly or in part, since it was told of. */
static bool leave_child(KfSheetScan *scan)
{
    KfXml *xml = &scan->xml;

    while (xml->kind != KF_XML_END || xml->depth != 2) {
        KfXmlKind kind = kf_xml_next(xml);

        if (kind == KF_XML_BAD || kind == KF_XML_EOF)
            return false;
    }
    scan->child_end = xml->end;
    scan->state = KF_SCAN_IN_ROOT;
    return true;
}

static KfScanKind begin_row(KfSheetScan *scan)
{
    KfText r = kf_xml_attr(&scan->xml, KF_TEXT("r"));
    uint32_t number = scan->next_row + 1;

    if (r.len && !kf_xml_uint(r, &number))
        return fail(scan, scan->xml.start, "ugyldigt rækkenummer");
    if (number == 0 || number > KF_ROW_LIMIT)
        return fail(scan, scan->xml.start, "rækkenummer uden for arket");
    scan->row = number - 1;
    scan->next_row = number;
    scan->next_col = 0;
    scan->row_start = scan->xml.start;
    scan->row_tag_end = scan->xml.end;
    scan->state = KF_SCAN_IN_ROW;
    return KF_SCAN_ROW;
}

static KfScanKind next_row(KfSheetScan *scan)
{
    KfXml *xml = &scan->xml;

    for (;;) {
        switch (next_own(xml)) {
        case KF_XML_START:
            if (kf_text_eq(xml->name, KF_TEXT("row")))
                return begin_row(scan);
            if (!kf_xml_skip(xml))
                return KF_SCAN_BAD;
            break;
        case KF_XML_END:
            scan->state = KF_SCAN_IN_ROOT;
            return KF_SCAN_DATA_END;
        default:
            return KF_SCAN_BAD;
        }
    }
}

/* Keeps the attributes of the current START whose names are listed. */
static void keep_attrs(const KfXml *xml, const KfText names[3], KfXmlAttr *const to[3])
{
    size_t pos = xml->attrs_at;
    KfXmlAttr attr;

    while (kf_xml_attr_next(xml, &pos, &attr)) {
        for (size_t i = 0; i < 3 && attr.prefix.len == 0; i++) {
            if (kf_text_eq(attr.name, names[i]))
                *to[i] = attr;
        }
    }
}

/* Reads the element whose START is current, up to its END. */
static bool read_element(KfXml *xml, KfScanElement *element)
{
    size_t depth = xml->depth;
    bool tangled = false;

    element->present = true;
    element->start = xml->start;
    element->inner = xml->end;
    for (;;) {
        size_t before = xml->end;
        KfXmlKind kind = kf_xml_next(xml);

        if (kind == KF_XML_BAD || kind == KF_XML_EOF)
            return false;
        tangled |= xml->start != before; /* a comment stands between */
        if (kind == KF_XML_END && xml->depth == depth)
            break;
        tangled |= kind != KF_XML_TEXT || xml->is_cdata;
    }
    element->is_plain = !tangled;
    element->inner_end = xml->start;
    element->end = xml->end;
    return true;
}

static bool read_formula(KfXml *xml, KfScanCell *cell)
{
    static const KfText names[3] = { { "t", 1 }, { "ref", 3 }, { "si", 2 } };

    keep_attrs(xml, names, (KfXmlAttr *const[3]){ &cell->f_type, &cell->f_ref, &cell->f_index });
    return read_element(xml, &cell->f);
}

static bool read_content(KfXml *xml, KfScanCell *cell)
{
    if (kf_text_eq(xml->name, KF_TEXT("v")))
        return read_element(xml, &cell->v);
    if (kf_text_eq(xml->name, KF_TEXT("f")))
        return read_formula(xml, cell);
    if (kf_text_eq(xml->name, KF_TEXT("is")))
        return read_element(xml, &cell->is);
    return kf_xml_skip(xml);
}

static bool place_cell(KfSheetScan *scan)
{
    KfScanCell *cell = &scan->cell;

    cell->row = scan->row;
    cell->col = scan->next_col;
    if (cell->r.end && !kf_cellref_read(cell->r.value, &cell->row, &cell->col))
        return false;
    scan->next_col = cell->col + 1;
    return cell->col < KF_COL_LIMIT;
}

static KfScanKind read_pinned(KfSheetScan *scan)
{
    static const KfText names[3] = { { "r", 1 }, { "s", 1 }, { "t", 1 } };
    KfScanCell *cell = &scan->cell;
    KfXml *xml = &scan->xml;

    *cell = (KfScanCell){ .start = xml->start, .tag_end = xml->end };
    cell->name = kf_text_slice(xml->src, xml->start + 1, xml->attrs_at);
    cell->self_closing = xml->self_closing;
    keep_attrs(xml, names, (KfXmlAttr *const[3]){ &cell->r, &cell->s, &cell->t });
    if (!place_cell(scan))
        return fail(scan, cell->start, "ugyldig cellereference");
    for (;;) {
        switch (next_own(xml)) {
        case KF_XML_START:
            if (!read_content(xml, cell))
                return KF_SCAN_BAD;
            break;
        case KF_XML_END:
            cell->end = xml->end;
            return KF_SCAN_CELL;
        default:
            return KF_SCAN_BAD;
        }
    }
}

/* When more bytes had to be fetched in the middle of a cell, those before may have
 * moved: then it is read once more from its beginning, which was kept. */
static KfScanKind read_cell(KfSheetScan *scan)
{
    KfXml *xml = &scan->xml;
    const size_t open_count = xml->open_count - 1;
    const uint32_t next_col = scan->next_col;
    KfScanKind kind;

    xml->pin = xml->start;
    xml->moved = false;
    while (kind = read_pinned(scan), xml->moved) {
        xml->moved = false;
        xml->reason = NULL;
        xml->end_due = false;
        xml->pos = xml->pin;
        xml->open_count = open_count;
        scan->next_col = next_col;
        kf_xml_next(xml);
    }
    xml->pin = SIZE_MAX;
    return kind;
}

static KfScanKind next_cell(KfSheetScan *scan)
{
    KfXml *xml = &scan->xml;

    for (;;) {
        switch (next_own(xml)) {
        case KF_XML_START:
            if (kf_text_eq(xml->name, KF_TEXT("c")))
                return read_cell(scan);
            if (!kf_xml_skip(xml))
                return KF_SCAN_BAD;
            break;
        case KF_XML_END:
            scan->row_end = xml->end;
            scan->state = KF_SCAN_IN_DATA;
            return KF_SCAN_ROW_END;
        default:
            return KF_SCAN_BAD;
        }
    }
}

KfScanKind kf_scan_next(KfSheetScan *scan)
{
    if (scan->xml.reason)
        return KF_SCAN_BAD;
    switch (scan->state) {
    case KF_SCAN_BEFORE_ROOT:
        return begin_root(scan);
    case KF_SCAN_IN_CHILD:
        return leave_child(scan) ? next_child(scan) : KF_SCAN_BAD;
    case KF_SCAN_IN_ROOT:
        return next_child(scan);
    case KF_SCAN_IN_DATA:
        return next_row(scan);
    case KF_SCAN_IN_ROW:
        return next_cell(scan);
    default:
        return KF_SCAN_END;
    }
}

KfText kf_scan_slice(const KfSheetScan *scan, const KfScanElement *element)
{
    return kf_text_slice(scan->xml.src, element->start, element->end);
}

void kf_scan_text(KfBuf *out, const KfSheetScan *scan, const KfScanElement *element)
{
    size_t from = out->len;
    KfXml xml;

    if (!element->present)
        return;
    if (element->is_plain) {
        kf_xml_decode(out, kf_text_slice(scan->xml.src, element->inner, element->inner_end));
    } else {
        kf_xml_init(&xml, kf_scan_slice(scan, element));
        for (KfXmlKind kind = kf_xml_next(&xml); kind != KF_XML_EOF && kind != KF_XML_BAD;
             kind = kf_xml_next(&xml)) {
            if (kind == KF_XML_TEXT && xml.depth == 1)
                kf_xml_decode_token(out, &xml);
        }
    }
    kf_xml_unescape(out, from);
}
