/* Names of cells. Only plain ones are kept: 'Borger 1'!$B$26, and columns of tables. */
#include "ooxml/book_names.h"

#include "ooxml/sheet_read.h"
#include "ooxml/xml_write.h"

enum { NAME_LIMIT = 100000 };

typedef struct {
    KfXlsx *xlsx;
    KfBook *book;
    KfArena *arena;
    size_t cap;
    uint32_t *of_tab; /* sheets of tabs, from 1 on; 0: not looked for yet */
    KfError *err;
} Names;

static KfText decoded(Names *names, KfText raw)
{
    KfBuf *text = &names->xlsx->text;

    text->len = 0;
    kf_xml_decode(text, raw);
    return kf_arena_take(names->arena, text);
}

static void add(Names *names, KfNamedRange range)
{
    if (names->book->name_count < NAME_LIMIT)
        KF_PUSH(names->arena, names->book->names, names->book->name_count, names->cap, range);
}

/* ---- defined names -------------------------------------------------------- */

/* The name between the quotes, if there are any, inner ones single. */
static KfText unquoted(Names *names, KfText name)
{
    KfBuf *text = &names->xlsx->text;

    if (!name.len || name.ptr[0] != '\'')
        return name;
    text->len = 0;
    for (size_t i = 1; i + 1 < name.len; i++) {
        kf_buf_char(text, name.ptr[i]);
        i += name.ptr[i] == '\'';
    }
    return kf_arena_take(names->arena, text);
}

/* "'Borger 1'!$B$26" or "Ark1!$A$1:$B$9"; false of anything else. */
static bool read_place(Names *names, KfText text, KfNamedRange *out)
{
    size_t mark = SIZE_MAX;
    KfText sheet;

    for (size_t i = 0; i < text.len; i++)
        mark = text.ptr[i] == '!' ? i : mark;
    if (mark == SIZE_MAX || !kf_range_read(kf_text_slice(text, mark + 1, text.len), &out->range))
        return false;
    sheet = unquoted(names, kf_text_slice(text, 0, mark));
    return kf_book_sheet(names->book, sheet, false, &out->sheet);
}

/* Tabs count chart sheets too; the sheets of a book do not. */
static uint32_t find_tab(const Names *names, uint32_t tab)
{
    uint32_t sheet = 0;

    while (sheet < names->book->sheet_count
           && !kf_text_eq(names->book->sheets[sheet].name, names->xlsx->tab_names[tab]))
        sheet++;
    return sheet;
}

static bool scope_of(Names *names, KfText tab, uint32_t *out)
{
    uint32_t index;

    *out = KF_WHOLE_BOOK;
    if (!tab.len)
        return true;
    if (!kf_xml_uint(tab, &index) || index >= names->xlsx->tab_count)
        return false;
    if (!names->of_tab)
        names->of_tab = kf_arena_array(names->arena, names->xlsx->tab_count, sizeof *names->of_tab);
    if (!names->of_tab[index])
        names->of_tab[index] = find_tab(names, index) + 1;
    *out = names->of_tab[index] - 1;
    return *out < names->book->sheet_count;
}

static void read_defined_name(Names *names, KfXml *xml)
{
    KfNamedRange range = { .name = decoded(names, kf_xml_attr(xml, KF_TEXT("name"))) };
    bool is_scoped = scope_of(names, kf_xml_attr(xml, KF_TEXT("localSheetId")), &range.scope);

    if (kf_xml_next(xml) != KF_XML_TEXT || !is_scoped)
        return;
    if (read_place(names, kf_text_trim(decoded(names, xml->text)), &range))
        add(names, range);
}

static void read_workbook(Names *names, KfText workbook)
{
    KfXml xml;

    kf_xml_init(&xml, workbook);
    while (kf_xml_next(&xml) != KF_XML_EOF && xml.kind != KF_XML_BAD) {
        if (xml.kind == KF_XML_START && xml.depth == 3 && kf_xml_is(&xml, KF_TEXT("definedName")))
            read_defined_name(names, &xml);
    }
}

/* ---- tables --------------------------------------------------------------- */

typedef struct {
    KfNamedRange whole; /* its data, without headings and totals */
    uint32_t next_col;
} Table;

static bool open_table(Names *names, const KfXml *xml, uint32_t sheet, Table *out)
{
    uint32_t headings = 1, totals = 0;
    KfRange *range = &out->whole.range;

    *out = (Table){ .whole = { .scope = KF_WHOLE_BOOK, .sheet = sheet } };
    out->whole.name = decoded(names, kf_xml_attr(xml, KF_TEXT("displayName")));
    if (!kf_range_read(kf_xml_attr(xml, KF_TEXT("ref")), range))
        return false;
    kf_xml_uint(kf_xml_attr(xml, KF_TEXT("headerRowCount")), &headings);
    kf_xml_uint(kf_xml_attr(xml, KF_TEXT("totalsRowCount")), &totals);
    if (range->last_row - range->first_row < headings + totals || headings > 1 || totals > 1)
        return false;
    range->first_row += headings;
    range->last_row -= totals;
    out->next_col = range->first_col;
    add(names, out->whole);
    return true;
}

/* A name with signs that a formula must escape is left out. */
static bool is_plain(KfText name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (c == '[' || c == ']' || c == '#' || c == '\'' || c == '@' || c == '\n')
            return false;
    }
    return name.len > 0;
}

static void read_column(Names *names, const KfXml *xml, Table *table)
{
    KfText name = decoded(names, kf_xml_attr(xml, KF_TEXT("name")));
    KfNamedRange column = table->whole;

    column.range.first_col = column.range.last_col = table->next_col++;
    if (!is_plain(name) || column.range.first_col > table->whole.range.last_col)
        return;
    column.name = KF_XML_JOIN(names->arena, table->whole.name, KF_TEXT("["), name, KF_TEXT("]"));
    add(names, column);
}

static void read_table(Names *names, KfText part, uint32_t sheet)
{
    Table table = { .next_col = 0 };
    bool is_open = false;
    KfXml xml;

    kf_xml_init(&xml, part);
    while (kf_xml_next(&xml) != KF_XML_EOF && xml.kind != KF_XML_BAD) {
        if (xml.kind != KF_XML_START)
            continue;
        if (xml.depth == 1)
            is_open = open_table(names, &xml, sheet, &table);
        else if (is_open && xml.depth == 3 && kf_xml_is(&xml, KF_TEXT("tableColumn")))
            read_column(names, &xml, &table);
    }
}

/* A table that cannot be read is none: the formulas that name it are not evaluated. */
static KfStatus read_tables(Names *names, uint32_t sheet)
{
    KfXlsx *xlsx = names->xlsx;
    KfRelations relations;
    KfStatus status = kf_opc_relations(&relations, &xlsx->package, xlsx->sheets[sheet].part,
                                       names->arena, &xlsx->text, NULL);

    if (status != KF_OK)
        return status == KF_NO_MEMORY ? status : KF_OK;
    for (size_t i = 0; i < relations.count; i++) {
        const KfRelation *relation = &relations.items[i];
        size_t entry;

        if (relation->external || !kf_opc_is(relation, KF_TEXT("table")))
            continue;
        entry = kf_package_find(&xlsx->package, relation->target);
        if (entry == KF_PACKAGE_NONE)
            continue;
        status = kf_package_xml(&xlsx->package, entry, &xlsx->part, NULL, NULL);
        if (status == KF_NO_MEMORY)
            return status;
        if (status == KF_OK)
            read_table(names, kf_buf_view(&xlsx->part), sheet);
    }
    return KF_OK;
}

KfStatus kf_book_names_read(KfXlsx *xlsx, KfBook *book, KfText workbook, KfArena *arena,
                            KfError *err)
{
    Names names = { .xlsx = xlsx, .book = book, .arena = arena, .err = err };

    kf_book_sort_sheets(arena, book);
    read_workbook(&names, workbook);
    for (uint32_t sheet = 0; sheet < book->sheet_count; sheet++) {
        KfStatus status = read_tables(&names, sheet);

        if (status != KF_OK)
            return kf_fail(err, status, (KfText){ 0 }, (KfText){ 0 });
    }
    kf_book_sort_names(book);
    return KF_OK;
}
