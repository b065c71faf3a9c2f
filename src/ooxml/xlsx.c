/* The workbook part: which sheets there are, and where. Parts are found by their
 * relationships, never by customary names. */
#include "ooxml/xlsx.h"

#include "ooxml/book_names.h"
#include "ooxml/package_write.h"
#include "ooxml/sheet_read.h"

typedef struct {
    KfXlsx *xlsx;
    KfBook *book;
    KfArena *arena;
    KfError *err;
    size_t sheet_cap, part_cap, tab_cap;
    size_t cell_count;   /* of all sheets so far */
    uint64_t part_bytes; /* of all sheets so far: two may share a part */
    KfError sheet_err;
    KfCellVisit *visit; /* NULL: the cells go into the book */
    void *visit_ctx;
    size_t sheet; /* that is visited */
    bool is_stopped;
} Opener;

/* ---- which workbook ------------------------------------------------------ */

/* What a package that is no workbook is instead. */
static KfText other_kind(KfText type)
{
    if (kf_text_find(type, KF_TEXT("wordprocessingml")) != SIZE_MAX)
        return KF_TEXT("et Word-dokument");
    if (kf_text_find(type, KF_TEXT("presentationml")) != SIZE_MAX)
        return KF_TEXT("en PowerPoint-præsentation");
    return KF_TEXT("ingen projektmappe");
}

static bool is_workbook_type(KfText type)
{
    return kf_text_find(type, KF_TEXT("spreadsheetml")) != SIZE_MAX
           || kf_text_starts(type, KF_TEXT("application/vnd.ms-excel."));
}

/* OpenDocument names its kind in a first entry of its own. */
static KfStatus fail_no_types(Opener *opener)
{
    KfPackage *package = &opener->xlsx->package;
    size_t entry = kf_package_find(package, KF_TEXT("mimetype"));
    KfBuf *text = &opener->xlsx->text;

    text->len = 0;
    if (entry == KF_PACKAGE_NONE || kf_package_inflate(package, entry, text, NULL) != KF_OK
        || !kf_text_starts(kf_buf_view(text), KF_TEXT("application/vnd.oasis.opendocument")))
        return KF_NO_WORKBOOK;
    return kf_fail(opener->err, KF_NO_WORKBOOK, (KfText){ 0 },
                   KF_TEXT("et OpenDocument-dokument; gem det som .xlsx"));
}

static KfStatus check_type(Opener *opener)
{
    KfText type = kf_opc_type(&opener->xlsx->types, opener->xlsx->workbook_part);

    if (kf_text_find(type, KF_TEXT("sheet.binary")) != SIZE_MAX)
        return kf_fail(opener->err, KF_UNKNOWN_FORMAT, (KfText){ 0 }, KF_TEXT("binær .xlsb"));
    if (type.len && !is_workbook_type(type) && !kf_text_eq(type, KF_TEXT("application/xml")))
        return kf_fail(opener->err, KF_NO_WORKBOOK, (KfText){ 0 }, other_kind(type));
    return KF_OK;
}

static KfStatus find_workbook(Opener *opener)
{
    KfXlsx *xlsx = opener->xlsx;
    KfRelations relations;
    const KfRelation *main;
    KfStatus status;

    status = kf_opc_types(&xlsx->types, &xlsx->package, opener->arena, &xlsx->text, opener->err);
    if (status != KF_OK)
        return status == KF_NO_WORKBOOK ? fail_no_types(opener) : status;
    status = kf_opc_relations(&relations, &xlsx->package, (KfText){ 0 }, opener->arena, &xlsx->text,
                              opener->err);
    if (status != KF_OK)
        return status;
    main = kf_opc_first(&relations, KF_TEXT("officeDocument"));
    if (!main)
        return kf_fail(opener->err, KF_NO_WORKBOOK, (KfText){ 0 },
                       KF_TEXT("relationen officeDocument mangler"));
    xlsx->workbook_part = main->target;
    xlsx->workbook_entry = kf_package_find(&xlsx->package, main->target);
    if ((status = check_type(opener)) != KF_OK)
        return status;
    if (xlsx->workbook_entry == KF_PACKAGE_NONE)
        return kf_fail(opener->err, KF_NO_WORKBOOK, (KfText){ 0 }, main->target);
    return kf_opc_relations(&xlsx->relations, &xlsx->package, main->target, opener->arena,
                            &xlsx->text, opener->err);
}

/* ---- the workbook part --------------------------------------------------- */

/* The one "id" attribute that has a prefix: r:id, whatever the prefix is. */
static KfText relation_id(const KfXml *xml)
{
    size_t pos = xml->attrs_at;
    KfXmlAttr attr;

    while (kf_xml_attr_next(xml, &pos, &attr)) {
        if (attr.prefix.len && kf_text_eq(attr.name, KF_TEXT("id")))
            return attr.value;
    }
    return (KfText){ 0 };
}

static void add_sheet(Opener *opener, const KfXml *xml)
{
    KfXlsx *xlsx = opener->xlsx;
    KfBook *book = opener->book;
    KfText state = kf_xml_attr(xml, KF_TEXT("state"));
    const KfRelation *relation = kf_opc_by_id(&xlsx->relations, relation_id(xml));
    KfSheetPart part = { .entry = KF_PACKAGE_NONE };
    KfGrid grid = { .hidden = state.len && !kf_text_eq(state, KF_TEXT("visible")) };
    size_t parts = book->sheet_count;

    xlsx->text.len = 0;
    kf_xml_decode(&xlsx->text, kf_xml_attr(xml, KF_TEXT("name")));
    kf_xml_unescape(&xlsx->text, 0);
    grid.name = kf_arena_take(opener->arena, &xlsx->text);
    KF_PUSH(opener->arena, xlsx->tab_names, xlsx->tab_count, opener->tab_cap, grid.name);
    if (relation && !kf_opc_is(relation, KF_TEXT("worksheet")))
        return; /* a chart, dialog or macro sheet: no cells of ours */
    if (relation && !relation->external) {
        part.part = relation->target;
        part.entry = kf_package_find(&xlsx->package, relation->target);
    }
    KF_PUSH(opener->arena, book->sheets, book->sheet_count, opener->sheet_cap, grid);
    KF_PUSH(opener->arena, xlsx->sheets, parts, opener->part_cap, part);
}

static void read_element(Opener *opener, const KfXml *xml)
{
    if (xml->depth == 2 && kf_xml_is(xml, KF_TEXT("workbookPr")))
        opener->book->date1904 = kf_xml_true(kf_xml_attr(xml, KF_TEXT("date1904")));
    else if (xml->depth == 3 && kf_xml_is(xml, KF_TEXT("sheet"))
             && kf_text_ends(xml->open[1], KF_TEXT("sheets")))
        add_sheet(opener, xml);
}

static KfStatus read_workbook(Opener *opener)
{
    KfXlsx *xlsx = opener->xlsx;
    KfXmlKind kind;
    KfXml xml;
    KfStatus status =
        kf_package_xml(&xlsx->package, xlsx->workbook_entry, &xlsx->part, NULL, opener->err);

    if (status != KF_OK)
        return status;
    kf_xml_init(&xml, kf_buf_view(&xlsx->part));
    while ((kind = kf_xml_next(&xml)) != KF_XML_EOF) {
        if (kind == KF_XML_BAD)
            return kf_xml_fail(&xml, xlsx->workbook_part, opener->err);
        if (kind == KF_XML_START && xml.depth == 1 && !kf_text_eq(xml.name, KF_TEXT("workbook")))
            return kf_fail(opener->err, KF_NO_WORKBOOK, (KfText){ 0 }, xlsx->workbook_part);
        if (kind == KF_XML_START)
            read_element(opener, &xml);
        if (xlsx->tab_count > xlsx->limits->of[KF_BOUND_SHEETS])
            return kf_fail_limit(opener->err, xlsx->limits, KF_BOUND_SHEETS, xlsx->workbook_part);
    }
    return KF_OK;
}

/* The workbook part once more, now that its sheets are known. */
static KfStatus read_names(Opener *opener)
{
    KfXlsx *xlsx = opener->xlsx;
    KfStatus status =
        kf_package_xml(&xlsx->package, xlsx->workbook_entry, &xlsx->part, NULL, opener->err);

    if (status != KF_OK)
        return status;
    return kf_book_names_read(xlsx, opener->book,
                              kf_arena_text(opener->arena, kf_buf_view(&xlsx->part)), opener->arena,
                              opener->err);
}

/* ---- the parts it points to ---------------------------------------------- */

static void find_part(const KfXlsx *xlsx, const char *kind, KfText *part, size_t *entry)
{
    const KfRelation *relation = kf_opc_first(&xlsx->relations, kf_text(kind));

    *part = relation ? relation->target : (KfText){ 0 };
    *entry = relation ? kf_package_find(&xlsx->package, relation->target) : KF_PACKAGE_NONE;
}

static void no_styles(Opener *opener)
{
    opener->book->formats = kf_arena_array(opener->arena, 1, sizeof *opener->book->formats);
    opener->book->formats[0] = KF_TEXT("General");
    opener->book->format_count = 1;
}

static KfStatus read_styles(Opener *opener)
{
    KfXlsx *xlsx = opener->xlsx;
    KfStatus status;

    if (xlsx->styles_entry == KF_PACKAGE_NONE) {
        no_styles(opener);
        return KF_OK;
    }
    status = kf_package_xml(&xlsx->package, xlsx->styles_entry, &xlsx->part, NULL, opener->err);
    if (status != KF_OK)
        return status;
    return kf_styles_read(&xlsx->styles, opener->book, kf_buf_view(&xlsx->part), xlsx->styles_part,
                          opener->arena, opener->err);
}

static KfStatus read_strings(Opener *opener)
{
    KfXlsx *xlsx = opener->xlsx;
    KfStatus status;

    if (xlsx->strings_entry == KF_PACKAGE_NONE)
        return KF_OK;
    status = kf_package_xml(&xlsx->package, xlsx->strings_entry, &xlsx->part, NULL, opener->err);
    if (status != KF_OK)
        return status;
    if (xlsx->part.len > kf_limit_bytes(xlsx->limits, KF_BOUND_STRINGS_MB))
        return kf_fail_limit(opener->err, xlsx->limits, KF_BOUND_STRINGS_MB, xlsx->strings_part);
    return kf_shared_strings_read(&xlsx->strings, kf_buf_view(&xlsx->part), xlsx->strings_part,
                                  opener->arena, &xlsx->text, &xlsx->cells, opener->err);
}

/* As many cells as a sheet packed so small usually has. */
static void expect_cells(KfXlsx *xlsx, size_t entry)
{
    enum { CELL_BYTES_A_PACKED_ONE = 10 };

    kf_package_expect(&xlsx->package, entry, &xlsx->cells, CELL_BYTES_A_PACKED_ONE);
}

static void keep_part(Opener *opener)
{
    KfBuf *part = &opener->xlsx->part;
    const size_t len = part->len;

    opener->xlsx->expected.bytes = (KfText){ kf_arena_keep(opener->arena, part), len };
}

/* Reads the sheet through a window; what went wrong while unpacking it counts first. */
static KfStatus read_windowed(Opener *opener, size_t i, KfSheetContext *context)
{
    KfXlsx *xlsx = opener->xlsx;
    KfPartWindow *window = &xlsx->window;
    const size_t entry = xlsx->sheets[i].entry;
    const bool keeps_all = entry == xlsx->expected.entry;
    bool is_foreign;
    KfText head;
    KfStatus status, unpacked;

    status =
        kf_window_open(window, &xlsx->package, entry, &xlsx->part, keeps_all, &head, opener->err);
    if (status != KF_OK)
        return status;
    if (!context->visit)
        expect_cells(xlsx, entry);
    context->stream = &window->stream;
    is_foreign = kf_xml_is_foreign(head);
    if (!context->visit && !is_foreign)
        context->marks = &xlsx->sheets[i].marks;
    status = kf_sheet_read(&opener->book->sheets[i], head, context, &opener->sheet_err);
    unpacked = window->status;
    if (keeps_all && !is_foreign && unpacked == KF_OK && status == KF_OK)
        keep_part(opener);
    if (unpacked == KF_OK && status != KF_OK && opener->err)
        *opener->err = opener->sheet_err;
    opener->part_bytes += window->seen;
    return unpacked != KF_OK ? unpacked : status;
}

static bool pass_cell(void *ctx, const KfCell *cell)
{
    Opener *opener = ctx;

    opener->is_stopped = !opener->visit(opener->visit_ctx, opener->sheet, cell);
    return !opener->is_stopped;
}

static void set_visit(Opener *opener, size_t i, KfSheetContext *context)
{
    opener->sheet = i;
    opener->xlsx->texts.on_no_memory = opener->arena->on_no_memory;
    context->visit = pass_cell;
    context->visit_ctx = opener;
    context->texts = &opener->xlsx->texts;
}

static KfStatus read_sheet(Opener *opener, size_t i)
{
    KfXlsx *xlsx = opener->xlsx;
    KfGrid *grid = &opener->book->sheets[i];
    KfSheetContext context = {
        .arena = opener->arena,
        .strings = &xlsx->strings,
        .styles = &xlsx->styles,
        .cells = &xlsx->cells,
        .text = &xlsx->text,
        .cell_room = (size_t)xlsx->limits->of[KF_BOUND_CELLS] - opener->cell_count,
        .limits = xlsx->limits,
    };
    KfStatus status;

    if (xlsx->sheets[i].entry == KF_PACKAGE_NONE)
        return kf_fail(opener->err, KF_SHEET_UNREADABLE, grid->name,
                       KF_TEXT("arkets del mangler i filen"));
    if (opener->visit)
        set_visit(opener, i, &context);
    if ((status = read_windowed(opener, i, &context)) != KF_OK)
        return status;
    if (opener->part_bytes > kf_limit_bytes(xlsx->limits, KF_BOUND_INFLATED_MB))
        return kf_fail_limit(opener->err, xlsx->limits, KF_BOUND_INFLATED_MB, grid->name);
    opener->cell_count += grid->cell_count;
    return KF_OK;
}

/* Of sheets alike in size, none is expected. */
static void find_expected(Opener *opener)
{
    enum { SMALLEST = 128 * 1024, LARGEST = 8 << 20 };
    KfXlsx *xlsx = opener->xlsx;
    const KfPackage *package = &xlsx->package;

    xlsx->expected.entry = KF_PACKAGE_NONE;
    for (size_t i = 0; xlsx->expects_change && i < opener->book->sheet_count; i++) {
        const size_t entry = xlsx->sheets[i].entry;
        const uint64_t packed = entry != KF_PACKAGE_NONE ? package->entries[entry].packed : 0;

        if (packed > package->bytes.len / 2 && packed >= SMALLEST && packed <= LARGEST)
            xlsx->expected.entry = entry;
    }
}

/* Reading keeps two threads busy until its end. */
static void find_expected_blocks(Opener *opener)
{
    KfExpectedChange *expected = &opener->xlsx->expected;

    if (expected->entry != KF_PACKAGE_NONE && opener->xlsx->reads_ahead)
        expected->ahead = kf_pack_ahead_expect(
            kf_package_packed(&opener->xlsx->package, opener->arena, expected->entry));
}

static KfStatus read_parts(Opener *opener)
{
    KfXlsx *xlsx = opener->xlsx;
    KfStatus status;

    if ((status = find_workbook(opener)) != KF_OK)
        return status;
    if ((status = read_workbook(opener)) != KF_OK)
        return status;
    find_part(xlsx, "sharedStrings", &xlsx->strings_part, &xlsx->strings_entry);
    find_part(xlsx, "styles", &xlsx->styles_part, &xlsx->styles_entry);
    find_part(xlsx, "calcChain", &xlsx->calc_chain_part, &xlsx->calc_chain_entry);
    if ((status = read_styles(opener)) != KF_OK || (status = read_strings(opener)) != KF_OK)
        return status;
    find_expected(opener);
    for (size_t i = 0; i < opener->book->sheet_count && !opener->is_stopped; i++) {
        if ((status = read_sheet(opener, i)) != KF_OK)
            return status;
    }
    find_expected_blocks(opener);
    if (!opener->visit)
        status = read_names(opener);
    kf_buf_free(&xlsx->part);
    kf_buf_free(&xlsx->cells);
    return status;
}

KfStatus kf_xlsx_open(KfXlsx *xlsx, KfBook *book, KfArena *arena, KfText bytes, KfError *err)
{
    Opener opener = { .xlsx = xlsx, .book = book, .arena = arena, .err = err };
    KfStatus status;

    if (!xlsx->limits)
        xlsx->limits = &kf_usual_limits;
    status = kf_package_open_within(&xlsx->package, bytes, xlsx->limits, err);
    xlsx->package.reads_ahead = xlsx->reads_ahead;
    return status == KF_OK ? read_parts(&opener) : status;
}

KfStatus kf_xlsx_visit(KfXlsx *xlsx, KfBook *book, KfArena *arena, const char *path,
                       KfCellVisit *visit, void *ctx, KfError *err)
{
    Opener opener = {
        .xlsx = xlsx, .book = book, .arena = arena, .err = err, .visit = visit, .visit_ctx = ctx
    };
    KfStatus status;

    xlsx->limits = &kf_usual_limits;
    status = kf_package_open_path(&xlsx->package, path, err);

    return status == KF_OK ? read_parts(&opener) : status;
}

void kf_xlsx_close(KfXlsx *xlsx)
{
    kf_pack_ahead_end(xlsx->expected.ahead);
    kf_package_close(&xlsx->package);
    kf_buf_free(&xlsx->part);
    kf_buf_free(&xlsx->cells);
    kf_buf_free(&xlsx->text);
    kf_arena_finish(&xlsx->texts);
}
