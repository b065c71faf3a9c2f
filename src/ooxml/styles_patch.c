/* Adding cell formats to a styles part. */
#include "ooxml/styles_patch.h"

#include "ooxml/xml_write.h"

/* Excel opens no more cell formats than this. */
enum { XF_LIMIT = 64000 };

#define STYLES_BEGIN KF_XML_DECLARATION "<styleSheet xmlns=\""
#define STYLES_REST                                                                                \
    "\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/>"       \
    "</font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill>"     \
    "<patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/>"    \
    "<right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf "          \
    "numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs "            \
    "count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"         \
    "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"    \
    "</cellStyles></styleSheet>"

static const struct {
    KfText name;
    int rank; /* place among all lists of the part */
} lists[KF_STYLE_PARTS] = {
    [KF_STYLE_FONTS] = { { "fonts", 5 }, 1 },
    [KF_STYLE_FILLS] = { { "fills", 5 }, 2 },
    [KF_STYLE_BORDERS] = { { "borders", 7 }, 3 },
    [KF_STYLE_XFS] = { { "cellXfs", 7 }, 5 },
};

/* numFmts first, cellStyleXfs between borders and cellXfs, all else behind. */
static int rank_of(KfText name)
{
    for (size_t i = 0; i < KF_STYLE_PARTS; i++) {
        if (kf_text_eq(name, lists[i].name))
            return lists[i].rank;
    }
    if (kf_text_eq(name, KF_TEXT("numFmts")))
        return 0;
    return kf_text_eq(name, KF_TEXT("cellStyleXfs")) ? 4 : 6;
}

/* ---- reading -------------------------------------------------------------- */

static void add_item(KfStylePatch *patch, KfStyleList *list, KfText item)
{
    KF_PUSH(patch->arena, list->items, list->count, list->cap, item);
}

/* Of markup that only some programs know, what is meant for the others counts. */
static bool read_fallback(KfStylePatch *patch, KfStyleList *list, KfXml *xml)
{
    bool counts = false;

    while (kf_xml_next(xml) != KF_XML_BAD && xml->kind != KF_XML_EOF) {
        size_t start = xml->start;

        if (xml->kind == KF_XML_END && xml->depth == 3)
            return true;
        if (xml->kind == KF_XML_START && xml->depth == 4)
            counts = kf_text_eq(xml->name, KF_TEXT("Fallback"));
        if (xml->kind != KF_XML_START || xml->depth != 5)
            continue;
        if (!kf_xml_skip(xml))
            return false;
        if (counts)
            add_item(patch, list, kf_text_slice(patch->xml, start, xml->end));
    }
    return false;
}

/* The list whose START is current, up to its END. */
static bool read_list(KfStylePatch *patch, KfStyleList *list, KfXml *xml)
{
    KfXmlAttr count = { 0 };

    list->present = true;
    list->self_closing = xml->self_closing;
    if (kf_xml_attr_find(xml, KF_TEXT("count"), &count)) {
        list->count_from = count.value_at;
        list->count_to = count.value_at + count.value.len;
    }
    while (kf_xml_next(xml) != KF_XML_BAD && xml->kind != KF_XML_EOF) {
        size_t start = xml->start;

        if (xml->kind == KF_XML_END && xml->depth == 2) {
            list->end = xml->start;
            return true;
        }
        if (xml->kind != KF_XML_START)
            continue;
        if (kf_xml_is_alternate(xml)) {
            if (!read_fallback(patch, list, xml))
                return false;
            continue;
        }
        if (!kf_xml_skip(xml))
            return false;
        add_item(patch, list, kf_text_slice(patch->xml, start, xml->end));
    }
    return false;
}

/* The lists that come behind a rank and have not been seen go behind this element. */
static void place_lists(KfStylePatch *patch, int rank, size_t at)
{
    for (size_t i = 0; i < KF_STYLE_PARTS; i++) {
        if (lists[i].rank > rank)
            patch->lists[i].place = at;
    }
}

static bool read_child(KfStylePatch *patch, KfXml *xml)
{
    int rank = rank_of(xml->name);

    if (!kf_xml_is(xml, xml->name))
        return kf_xml_skip(xml);
    patch->has_parents |= kf_text_eq(xml->name, KF_TEXT("cellStyleXfs"));
    for (size_t i = 0; i < KF_STYLE_PARTS; i++) {
        if (kf_xml_is(xml, lists[i].name))
            return read_list(patch, &patch->lists[i], xml)
                   && (place_lists(patch, rank, xml->end), true);
    }
    if (!kf_xml_skip(xml))
        return false;
    place_lists(patch, rank, xml->end);
    return true;
}

static KfStatus read_part(KfStylePatch *patch, KfText part, KfError *err)
{
    bool fine = true;
    KfXml xml;

    kf_xml_init(&xml, patch->xml);
    while (fine && kf_xml_next(&xml) != KF_XML_BAD && xml.kind != KF_XML_EOF) {
        if (xml.kind == KF_XML_START && xml.depth == 1)
            place_lists(patch, -1, xml.end);
        else if (xml.kind == KF_XML_START)
            fine = read_child(patch, &xml);
    }
    patch->colon = kf_xml_colon(patch->arena, xml.root_prefix);
    return fine && xml.kind == KF_XML_EOF ? KF_OK : kf_xml_fail(&xml, part, err);
}

/* An element written as "<x:…" for a part whose elements are prefixed. */
static KfText prefixed(KfStylePatch *patch, KfText left)
{
    KfText result = { 0 };

    if (!patch->colon.len)
        return left;
    for (size_t at; (at = kf_text_find(left, KF_TEXT("<"))) != SIZE_MAX;) {
        size_t behind = at + 1 + (at + 1 < left.len && left.ptr[at + 1] == '/');

        result = KF_XML_JOIN(patch->arena, result, kf_text_slice(left, 0, behind), patch->colon);
        left = kf_text_slice(left, behind, left.len);
    }
    return KF_XML_JOIN(patch->arena, result, left);
}

static KfText element(KfStylePatch *patch, const char *plain)
{
    return prefixed(patch, kf_text(plain));
}

/* The other way round. */
static KfText unprefixed(KfStylePatch *patch, KfText left)
{
    KfText result = { 0 };

    if (!patch->colon.len)
        return left;
    for (size_t at; (at = kf_text_find(left, patch->colon)) != SIZE_MAX;) {
        bool is_name = at > 0 && (left.ptr[at - 1] == '<' || left.ptr[at - 1] == '/');

        result = KF_XML_JOIN(patch->arena, result,
                             kf_text_slice(left, 0, is_name ? at : at + patch->colon.len));
        left = kf_text_slice(left, at + patch->colon.len, left.len);
    }
    return KF_XML_JOIN(patch->arena, result, left);
}

/* Lists that are empty get what a reader expects at their head. */
static void begin_lists(KfStylePatch *patch)
{
    static const struct {
        KfStylePart list;
        const char *item;
    } heads[] = {
        { KF_STYLE_FONTS, "<font><sz val=\"11\"/><name val=\"Calibri\"/></font>" },
        { KF_STYLE_FILLS, "<fill><patternFill patternType=\"none\"/></fill>" },
        { KF_STYLE_FILLS, "<fill><patternFill patternType=\"gray125\"/></fill>" },
        { KF_STYLE_BORDERS, "<border><left/><right/><top/><bottom/><diagonal/></border>" },
        { KF_STYLE_XFS, "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>" },
    };
    bool empty[KF_STYLE_PARTS];

    for (size_t i = 0; i < KF_STYLE_PARTS; i++) {
        empty[i] = patch->lists[i].count == 0;
        patch->lists[i].old_count = patch->lists[i].count;
    }
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (empty[heads[i].list])
            add_item(patch, &patch->lists[heads[i].list], element(patch, heads[i].item));
    }
}

/* "<styleSheet/>" with room for the lists. */
static KfText opened_root(KfArena *arena, KfText part)
{
    KfXml xml;

    kf_xml_init(&xml, part);
    while (kf_xml_next(&xml) != KF_XML_BAD && xml.kind != KF_XML_EOF) {
        if (xml.kind != KF_XML_START)
            continue;
        if (!xml.self_closing)
            return part;
        return KF_XML_JOIN(arena, kf_text_slice(part, 0, xml.end - 2), KF_TEXT("></"),
                           kf_xml_colon(arena, xml.prefix), xml.name, KF_TEXT(">"),
                           kf_text_slice(part, xml.end, part.len));
    }
    return part;
}

KfStatus kf_style_patch_open(KfStylePatch *patch, KfArena *arena, KfText xml, bool strict,
                             KfText part, KfError *err)
{
    KfStatus status;

    *patch = (KfStylePatch){ .arena = arena, .xml = opened_root(arena, xml) };
    if (!xml.len)
        patch->xml = KF_XML_JOIN(arena, KF_TEXT(STYLES_BEGIN),
                                 strict ? KF_TEXT(KF_SHEET_SPACE_STRICT) : KF_TEXT(KF_SHEET_SPACE),
                                 KF_TEXT(STYLES_REST));
    if ((status = read_part(patch, part, err)) == KF_OK)
        begin_lists(patch);
    return status;
}

/* ---- adding --------------------------------------------------------------- */

/* Index of an item in a list; it is added where there is none like it. */
static uint32_t find_or_add(KfStylePatch *patch, KfStylePart which, KfText item)
{
    KfStyleList *list = &patch->lists[which];
    size_t at;

    for (; list->seen < list->count; list->seen++) {
        if (!kf_text_map_get(&list->known, list->items[list->seen], &at))
            kf_text_map_set(&list->known, patch->arena, list->items[list->seen], list->seen);
    }
    if (kf_text_map_get(&list->known, item, &at))
        return (uint32_t)at;
    patch->changed = true;
    add_item(patch, list, item);
    return (uint32_t)list->count - 1;
}

static KfText number(KfStylePatch *patch, uint32_t value)
{
    return kf_xml_number(patch->arena, value);
}

static uint32_t solid_fill(KfStylePatch *patch, const char *rgb)
{
    KfText fill = KF_XML_JOIN(
        patch->arena, KF_TEXT("<fill><patternFill patternType=\"solid\"><fgColor rgb=\""),
        kf_text(rgb), KF_TEXT("\"/><bgColor indexed=\"64\"/></patternFill></fill>"));

    return find_or_add(patch, KF_STYLE_FILLS, element(patch, fill.ptr));
}

#define CORRECTED_COLOR "FFC6EFCE"
#define PROPOSED_COLOR "FFFFEB9C"

static uint32_t mark_fill(KfStylePatch *patch, KfMark mark)
{
    return solid_fill(patch, mark == KF_MARK_CORRECTED ? CORRECTED_COLOR : PROPOSED_COLOR);
}

/* The fill of a cell format, an index into the list of fills. */
static uint32_t fill_of(KfText xf)
{
    uint32_t fill = 0;
    KfXml xml;

    kf_xml_init(&xml, xf);
    if (kf_xml_next(&xml) == KF_XML_START)
        kf_xml_uint(kf_xml_attr(&xml, KF_TEXT("fillId")), &fill);
    return fill;
}

KfText kf_style_patch_fill(KfStylePatch *patch, uint32_t style)
{
    const KfStyleList *xfs = &patch->lists[KF_STYLE_XFS], *fills = &patch->lists[KF_STYLE_FILLS];
    uint32_t fill = style < xfs->count ? fill_of(xfs->items[style]) : 0;

    return fill > 0 && fill < fills->count ? unprefixed(patch, fills->items[fill]) : (KfText){ 0 };
}

bool kf_style_patch_quoted(const KfStylePatch *patch, uint32_t style)
{
    const KfStyleList *xfs = &patch->lists[KF_STYLE_XFS];
    KfXml xml;

    kf_xml_init(&xml, style < xfs->count ? xfs->items[style] : (KfText){ 0 });
    return kf_xml_next(&xml) == KF_XML_START
           && kf_xml_true(kf_xml_attr(&xml, KF_TEXT("quotePrefix")));
}

static KfText unmarked_xf(KfStylePatch *patch, KfText xf, KfText fill)
{
    const KfStyleList *fills = &patch->lists[KF_STYLE_FILLS];
    uint32_t old = fill_of(xf);

    if (old >= fills->count
        || (kf_text_find(fills->items[old], KF_TEXT(CORRECTED_COLOR)) == SIZE_MAX
            && kf_text_find(fills->items[old], KF_TEXT(PROPOSED_COLOR)) == SIZE_MAX))
        return xf;
    return kf_xml_with_attr(
        patch->arena, xf, KF_TEXT("fillId"),
        kf_xml_number(patch->arena,
                      fill.len ? find_or_add(patch, KF_STYLE_FILLS, prefixed(patch, fill)) : 0));
}

static KfText with(KfStylePatch *patch, KfText xf, const char *name, KfText value)
{
    return kf_xml_with_attr(patch->arena, xf, kf_text(name), value);
}

static KfText changed_xf(KfStylePatch *patch, KfText xf, const KfStyleChange *change)
{
    if (change->unquote)
        xf = with(patch, xf, "quotePrefix", (KfText){ 0 });
    if (change->number_format) {
        xf = with(patch, xf, "numFmtId", change->decimals ? KF_TEXT("4") : KF_TEXT("3"));
        xf = with(patch, xf, "applyNumberFormat", KF_TEXT("1"));
    }
    if (change->mark != KF_MARK_NONE) {
        xf = with(patch, xf, "fillId", number(patch, mark_fill(patch, change->mark)));
        xf = with(patch, xf, "applyFill", KF_TEXT("1"));
    }
    if (change->as_text) {
        xf = with(patch, xf, "numFmtId", KF_TEXT("49"));
        xf = with(patch, xf, "applyNumberFormat", KF_TEXT("1"));
    }
    if (change->quote)
        xf = with(patch, xf, "quotePrefix", KF_TEXT("1"));
    return change->unmark ? unmarked_xf(patch, xf, change->fill) : xf;
}

/* Alike for changes that come to the same. */
static KfText key_of(KfStylePatch *patch, uint32_t style, const KfStyleChange *change)
{
    const char flags[] = {
        (char)('0' + (int)change->mark),     (char)('0' + change->unquote),
        (char)('0' + change->number_format), (char)('0' + change->decimals),
        (char)('0' + change->unmark),        (char)('0' + change->as_text),
        (char)('0' + change->quote),         ' ',
    };

    return KF_XML_JOIN(patch->arena, (KfText){ flags, sizeof flags }, number(patch, style),
                       KF_TEXT(" "), change->fill);
}

uint32_t kf_style_patch_cell(KfStylePatch *patch, uint32_t style, const KfStyleChange *change)
{
    KfStyleList *xfs = &patch->lists[KF_STYLE_XFS];
    const KfText key = key_of(patch, style, change);
    KfText old, xf;
    size_t made = style;

    if (kf_text_map_get(&patch->made, key, &made) || xfs->count >= XF_LIMIT)
        return (uint32_t)made;
    old = xfs->items[style < xfs->count ? style : 0];
    xf = changed_xf(patch, old, change);
    if (!kf_text_eq(old, xf))
        made = find_or_add(patch, KF_STYLE_XFS, xf);
    kf_text_map_set(&patch->made, patch->arena, key, made);
    return (uint32_t)made;
}

/* ---- the new sheet -------------------------------------------------------- */

/* An element of the workbook's first font, such as its name; empty when it has none. */
static KfText font_part(KfStylePatch *patch, const char *name)
{
    KfText font = patch->lists[KF_STYLE_FONTS].items[0];
    KfXml xml;

    kf_xml_init(&xml, font);
    while (kf_xml_next(&xml) != KF_XML_BAD && xml.kind != KF_XML_EOF) {
        if (xml.kind == KF_XML_START && xml.depth == 2 && kf_xml_is(&xml, kf_text(name))) {
            size_t start = xml.start;

            return kf_xml_skip(&xml) ? kf_text_slice(font, start, xml.end) : (KfText){ 0 };
        }
    }
    return (KfText){ 0 };
}

/* The workbook's own font with another weight, size or color. */
static uint32_t own_font(KfStylePatch *patch, const char *weight, const char *size,
                         const char *color)
{
    KfText sz = size ? element(patch, size) : font_part(patch, "sz");
    KfText tint = color ? element(patch, color) : font_part(patch, "color");
    KfText font = KF_XML_JOIN(patch->arena, element(patch, "<font>"), element(patch, weight), sz,
                              tint, font_part(patch, "name"), font_part(patch, "family"),
                              font_part(patch, "charset"), font_part(patch, "scheme"),
                              element(patch, "</font>"));

    return find_or_add(patch, KF_STYLE_FONTS, font);
}

static uint32_t out_font(KfStylePatch *patch, KfOutKind kind, KfOutStyle style)
{
    if (kind == KF_OUT_LINK)
        return own_font(patch, "<u/>", NULL, "<color rgb=\"FF0563C1\"/>");
    if (style == KF_OUT_TITLE)
        return own_font(patch, "<b/>", "<sz val=\"14\"/>", NULL);
    if (kf_out_is_heading(style) || style == KF_OUT_STRONG)
        return own_font(patch, "<b/>", NULL, NULL);
    return 0;
}

static uint32_t out_fill(KfStylePatch *patch, KfOutStyle style)
{
    switch (style) {
    case KF_OUT_HEADING:
    case KF_OUT_FIGURE_HEADING:
    case KF_OUT_INDENTED_HEADING:
        return solid_fill(patch, "FFD9E1F2");
    case KF_OUT_CORRECTED:
        return mark_fill(patch, KF_MARK_CORRECTED);
    case KF_OUT_PROPOSED:
        return mark_fill(patch, KF_MARK_PROPOSED);
    default:
        return 0;
    }
}

static uint32_t out_border(KfStylePatch *patch, KfOutStyle style)
{
    if (!kf_out_is_heading(style))
        return 0;
    return find_or_add(patch, KF_STYLE_BORDERS,
                       element(patch, "<border><left/><right/><top/><bottom style=\"thin\"><color "
                                      "rgb=\"FF8EA9DB\"/></bottom><diagonal/></border>"));
}

uint32_t kf_style_patch_out(KfStylePatch *patch, KfOutKind kind, KfOutStyle style)
{
    KfText xf = KF_XML_JOIN(
        patch->arena, KF_TEXT("<xf numFmtId=\""),
        kind == KF_OUT_NUMBER ? KF_TEXT("4") : KF_TEXT("0"), KF_TEXT("\" fontId=\""),
        number(patch, out_font(patch, kind, style)), KF_TEXT("\" fillId=\""),
        number(patch, out_fill(patch, style)), KF_TEXT("\" borderId=\""),
        number(patch, out_border(patch, style)), KF_TEXT("\""),
        patch->has_parents ? KF_TEXT(" xfId=\"0\"") : (KfText){ 0 },
        KF_TEXT(" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\""
                " applyAlignment=\"1\"><alignment vertical=\"top\""),
        kind == KF_OUT_COUNT ? KF_TEXT(" horizontal=\"left\"") : (KfText){ 0 },
        style == KF_OUT_FIGURE_HEADING ? KF_TEXT(" horizontal=\"right\"") : (KfText){ 0 },
        style == KF_OUT_INDENTED || style == KF_OUT_INDENTED_HEADING
            ? KF_TEXT(" horizontal=\"left\" indent=\"1\"")
            : (KfText){ 0 },
        kf_out_wraps(style) ? KF_TEXT(" wrapText=\"1\"") : (KfText){ 0 }, KF_TEXT("/></xf>"));

    return find_or_add(patch, KF_STYLE_XFS, element(patch, xf.ptr));
}

uint32_t kf_style_patch_line(KfStylePatch *patch)
{
    uint32_t size = 11;
    KfXml xml;

    kf_xml_init(&xml, font_part(patch, "sz"));
    if (kf_xml_next(&xml) == KF_XML_START) {
        KfText val = kf_xml_attr(&xml, KF_TEXT("val"));

        kf_xml_uint(kf_text_slice(val, 0, kf_text_find(val, KF_TEXT("."))), &size);
    }
    return size > 4 && size < 100 ? (size * 4 + 2) / 3 : 15;
}

/* ---- writing -------------------------------------------------------------- */

static KfText added_items(KfStylePatch *patch, const KfStyleList *list)
{
    return kf_xml_join(patch->arena, list->items + list->old_count, list->count - list->old_count);
}

static void write_list(KfStylePatch *patch, KfSplices *splices, KfStylePart which)
{
    const KfStyleList *list = &patch->lists[which];
    KfText added = added_items(patch, list), name = lists[which].name;
    KfText count = number(patch, (uint32_t)list->count);
    KfText close = KF_XML_JOIN(patch->arena, KF_TEXT("</"), patch->colon, name, KF_TEXT(">"));

    if (!list->present) {
        kf_splice(splices, list->place, list->place,
                  KF_XML_JOIN(patch->arena, KF_TEXT("<"), patch->colon, name, KF_TEXT(" count=\""),
                              count, KF_TEXT("\">"), added, close));
        return;
    }
    if (list->count_to)
        kf_splice(splices, list->count_from, list->count_to, count);
    if (list->self_closing)
        kf_splice(splices, list->end - 2, list->end,
                  KF_XML_JOIN(patch->arena, KF_TEXT(">"), added, close));
    else
        kf_splice(splices, list->end, list->end, added);
}

KfText kf_style_patch_finish(KfStylePatch *patch)
{
    KfSplices splices = { .arena = patch->arena };

    for (size_t i = 0; i < KF_STYLE_PARTS && patch->changed; i++) {
        if (patch->lists[i].count > patch->lists[i].old_count)
            write_list(patch, &splices, (KfStylePart)i);
    }
    return kf_splices_apply(&splices, patch->xml);
}
