/* Changing the workbook part. */
#include "ooxml/book_patch.h"

#include "ooxml/xml_write.h"

#include <stdlib.h>
#include <string.h>

#define OUR_MARK "_Kontrafakt_Rettelser"
#define FILTER_NAME "_xlnm._FilterDatabase"
#define TITLES_NAME "_xlnm.Print_Titles"

enum { NAME_LIMIT = 31 }; /* UTF-16 units in the name of a tab */

/* ---- reading -------------------------------------------------------------- */

static KfText decoded(KfBookPatch *patch, KfText raw)
{
    kf_xml_decode(patch->scratch, raw);
    return kf_arena_take(patch->arena, patch->scratch);
}

static void read_tab(KfBookPatch *patch, const KfXml *xml)
{
    KfTab tab = { .name = decoded(patch, kf_xml_attr(xml, KF_TEXT("name"))) };
    size_t pos = xml->attrs_at;
    KfXmlAttr attr;

    tab.start = xml->start;
    tab.end = xml->self_closing ? xml->end : 0;
    kf_xml_uint(kf_xml_attr(xml, KF_TEXT("sheetId")), &tab.sheet_id);
    while (kf_xml_attr_next(xml, &pos, &attr)) {
        if (attr.prefix.len && kf_text_eq(attr.name, KF_TEXT("id")))
            tab.rel_id = decoded(patch, attr.value);
    }
    KF_PUSH(patch->arena, patch->tabs, patch->tab_count, patch->tab_cap, tab);
}

static void read_name(KfBookPatch *patch, KfXml *xml)
{
    KfDefinedName name = { .name = decoded(patch, kf_xml_attr(xml, KF_TEXT("name"))),
                           .start = xml->start,
                           .tag_end = xml->end };

    name.is_local = kf_xml_uint(kf_xml_attr(xml, KF_TEXT("localSheetId")), &name.tab);
    while (kf_xml_next(xml) == KF_XML_TEXT || xml->kind == KF_XML_START) {
        if (xml->kind == KF_XML_TEXT)
            kf_xml_decode_token(patch->scratch, xml);
    }
    name.refers_to = kf_arena_take(patch->arena, patch->scratch);
    name.end = xml->end;
    KF_PUSH(patch->arena, patch->names, patch->name_count, patch->name_cap, name);
}

static void read_end(KfBookPatch *patch, const KfXml *xml)
{
    static const char *const before_names[] = { "sheets", "functionGroups", "externalReferences" };

    for (size_t i = 0; i < 3; i++) {
        if (kf_xml_is(xml, kf_text(before_names[i])))
            patch->names_place = patch->calc_place = xml->end;
    }
    if (kf_xml_is(xml, KF_TEXT("sheets")))
        patch->sheets_end = *xml;
    if (kf_xml_is(xml, KF_TEXT("definedNames"))) {
        patch->names_end = *xml;
        patch->calc_place = xml->end;
    }
}

static void read_start(KfBookPatch *patch, KfXml *xml)
{
    if (xml->depth == 1) {
        patch->colon = kf_xml_colon(patch->arena, xml->root_prefix);
        patch->rel_prefix = kf_xml_relation_prefix(xml);
        patch->strict = kf_xml_is_strict(xml);
    } else if (xml->depth == 2 && kf_xml_is(xml, KF_TEXT("definedNames"))) {
        patch->names_from = xml->start;
    } else if (xml->depth == 2 && kf_xml_is(xml, KF_TEXT("calcPr"))) {
        patch->calc_from = xml->start;
        patch->calc_to = xml->end;
    } else if (xml->depth == 3 && kf_xml_is(xml, KF_TEXT("workbookView")) && !patch->view_to) {
        patch->view_from = xml->start;
        patch->view_to = xml->end;
        kf_xml_uint(kf_xml_attr(xml, KF_TEXT("activeTab")), &patch->active_tab);
    } else if (xml->depth == 3 && kf_xml_is(xml, KF_TEXT("sheet"))) {
        read_tab(patch, xml);
    } else if (xml->depth == 3 && kf_xml_is(xml, KF_TEXT("definedName"))) {
        read_name(patch, xml);
    }
}

KfStatus kf_book_patch_open(KfBookPatch *patch, KfArena *arena, KfBuf *scratch, KfText xml,
                            KfText part, KfError *err)
{
    KfXml reader;

    *patch = (KfBookPatch){ .arena = arena, .scratch = scratch, .xml = xml };
    patch->splices.arena = arena;
    kf_xml_init(&reader, xml);
    while (kf_xml_next(&reader) != KF_XML_BAD && reader.kind != KF_XML_EOF) {
        if (reader.kind == KF_XML_START)
            read_start(patch, &reader);
        else if (reader.kind == KF_XML_END && reader.depth == 2)
            read_end(patch, &reader);
    }
    if (reader.kind == KF_XML_BAD)
        return kf_xml_fail(&reader, part, err);
    if (patch->sheets_end.kind != KF_XML_END)
        return kf_fail(err, KF_SHEET_UNREADABLE, part, KF_TEXT("sheets mangler"));
    return KF_OK;
}

/* ---- names of tabs -------------------------------------------------------- */

static size_t units_of(int32_t rune)
{
    return rune > 0xFFFF ? 2 : 1;
}

/* At most limit units of a name, cut at a whole character. */
static KfText cut_name(KfText name, size_t limit)
{
    size_t units = 0, at = 0;

    for (size_t pos = 0; pos < name.len; at = pos) {
        units += units_of(kf_text_next(name, &pos));
        if (units > limit)
            return kf_text_slice(name, 0, at);
    }
    return name;
}

static bool tab_forbids(int32_t rune)
{
    return rune < 0x20 || rune == '[' || rune == ']' || rune == ':' || rune == '*' || rune == '?'
           || rune == '/' || rune == '\\';
}

/* What a tab cannot be called becomes "_". */
static KfText tab_name(KfBookPatch *patch, KfText wished)
{
    wished = kf_text_trim(wished);
    for (size_t pos = 0; pos < wished.len;) {
        size_t at = pos;
        int32_t rune = kf_text_next(wished, &pos);
        bool quote_at_edge = rune == '\'' && (at == 0 || pos == wished.len);

        kf_buf_rune(patch->scratch, tab_forbids(rune) || quote_at_edge ? '_' : rune);
    }
    if (!wished.len)
        kf_buf_str(patch->scratch, "Rettelser");
    return cut_name(kf_arena_take(patch->arena, patch->scratch), NAME_LIMIT);
}

static bool is_taken(const KfBookPatch *patch, KfText name)
{
    for (size_t i = 0; i < patch->tab_count; i++) {
        if (kf_text_same_name(patch->tabs[i].name, name))
            return true;
    }
    return false;
}

KfText kf_book_patch_free_name(KfBookPatch *patch, KfText wished)
{
    KfText base = tab_name(patch, wished), name = base;

    for (int64_t i = 2; is_taken(patch, name); i++) {
        KfText behind =
            KF_XML_JOIN(patch->arena, KF_TEXT(" ("), kf_xml_number(patch->arena, i), KF_TEXT(")"));

        name = KF_XML_JOIN(patch->arena, cut_name(base, NAME_LIMIT - behind.len), behind);
    }
    return name;
}

/* 'Name of ''a'' tab' as it stands in a reference. */
static KfText quoted(KfBookPatch *patch, KfText name)
{
    kf_buf_char(patch->scratch, '\'');
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '\'')
            kf_buf_char(patch->scratch, '\'');
        kf_buf_char(patch->scratch, name.ptr[i]);
    }
    kf_buf_char(patch->scratch, '\'');
    return kf_arena_take(patch->arena, patch->scratch);
}

/* Whether a reference such as 'My tab'!$A$1 leads to the tab. */
static bool leads_to(KfText reference, KfText tab)
{
    bool in_quotes = reference.len && reference.ptr[0] == '\'';
    size_t at = in_quotes;

    for (size_t i = 0; i < tab.len; i++, at++) {
        if (at >= reference.len || reference.ptr[at] != tab.ptr[i])
            return false;
        if (in_quotes && tab.ptr[i] == '\'')
            at++; /* doubled */
    }
    return kf_text_starts(kf_text_slice(reference, at, reference.len),
                          in_quotes ? KF_TEXT("'!") : KF_TEXT("!"));
}

size_t kf_book_patch_ours(const KfBookPatch *patch)
{
    for (size_t i = 0; i < patch->name_count; i++) {
        if (!kf_text_same_name(patch->names[i].name, KF_TEXT(OUR_MARK)))
            continue;
        for (size_t tab = 0; tab < patch->tab_count; tab++) {
            if (leads_to(patch->names[i].refers_to, patch->tabs[tab].name))
                return tab;
        }
    }
    return SIZE_MAX;
}

/* ---- changing ------------------------------------------------------------- */

static KfText escaped(KfBookPatch *patch, KfText text)
{
    kf_buf_xml_attr(patch->scratch, text);
    return kf_arena_take(patch->arena, patch->scratch);
}

size_t kf_book_patch_add_tab(KfBookPatch *patch, KfText name, KfText rel_id)
{
    KfTab tab = { .name = name, .rel_id = rel_id, .sheet_id = 0 };
    KfText declaration = { 0 }, prefix = patch->rel_prefix;

    for (size_t i = 0; i < patch->tab_count; i++) {
        if (patch->tabs[i].sheet_id > tab.sheet_id)
            tab.sheet_id = patch->tabs[i].sheet_id;
    }
    tab.sheet_id++;
    if (!prefix.len) {
        prefix = KF_TEXT("r");
        declaration = patch->strict ? KF_TEXT(" xmlns:r=\"" KF_RELATION_SPACE_STRICT "\"")
                                    : KF_TEXT(" xmlns:r=\"" KF_RELATION_SPACE "\"");
    }
    kf_xml_append(&patch->splices, &patch->sheets_end,
                  KF_XML_JOIN(patch->arena, KF_TEXT("<"), patch->colon, KF_TEXT("sheet"),
                              declaration, KF_TEXT(" name=\""), escaped(patch, name),
                              KF_TEXT("\" sheetId=\""), kf_xml_number(patch->arena, tab.sheet_id),
                              KF_TEXT("\" "), prefix, KF_TEXT(":id=\""), rel_id, KF_TEXT("\"/>")));
    KF_PUSH(patch->arena, patch->tabs, patch->tab_count, patch->tab_cap, tab);
    return patch->tab_count - 1;
}

static bool belongs_to_ours(const KfDefinedName *name, size_t tab)
{
    if (kf_text_same_name(name->name, KF_TEXT(OUR_MARK)))
        return true;
    return name->is_local && name->tab == tab
           && (kf_text_same_name(name->name, KF_TEXT(FILTER_NAME))
               || kf_text_same_name(name->name, KF_TEXT(TITLES_NAME)));
}

static void add_name(KfBookPatch *patch, KfText attributes, KfText tab_name, KfText cells)
{
    patch->new_names = KF_XML_JOIN(patch->arena, patch->new_names, KF_TEXT("<"), patch->colon,
                                   KF_TEXT("definedName name="), attributes, KF_TEXT(">"),
                                   escaped(patch, quoted(patch, tab_name)), KF_TEXT("!"), cells,
                                   KF_TEXT("</"), patch->colon, KF_TEXT("definedName>"));
}

static void put_absolute(KfBuf *out, uint32_t row, uint32_t col)
{
    KfBuf plain = { 0 };
    KfText ref;
    size_t letters = 0;

    kf_buf_cellref(&plain, row, col);
    ref = kf_buf_view(&plain);
    while (letters < ref.len && ref.ptr[letters] > '9')
        letters++;
    kf_buf_char(out, '$');
    kf_buf_text(out, kf_text_slice(ref, 0, letters));
    kf_buf_char(out, '$');
    kf_buf_text(out, kf_text_slice(ref, letters, ref.len));
    out->bad |= plain.bad;
    kf_buf_free(&plain);
}

static KfText absolute_range(KfBookPatch *patch, KfRange range)
{
    put_absolute(patch->scratch, range.first_row, range.first_col);
    kf_buf_char(patch->scratch, ':');
    put_absolute(patch->scratch, range.last_row, range.last_col);
    return kf_arena_take(patch->arena, patch->scratch);
}

static KfText local_name(KfBookPatch *patch, const char *name, size_t tab, const char *behind)
{
    return KF_XML_JOIN(patch->arena, KF_TEXT("\""), kf_text(name), KF_TEXT("\" localSheetId=\""),
                       kf_xml_number(patch->arena, (int64_t)tab), KF_TEXT("\""), kf_text(behind));
}

void kf_book_patch_name(KfBookPatch *patch, size_t tab, const KfSheetNames *names)
{
    KfText name = patch->tabs[tab].name;

    for (size_t i = 0; i < patch->name_count; i++)
        patch->names[i].dropped |= belongs_to_ours(&patch->names[i], tab);
    if (names->has_filter)
        add_name(patch, local_name(patch, FILTER_NAME, tab, " hidden=\"1\""), name,
                 absolute_range(patch, names->filter));
    if (names->has_titles) {
        KfText row = kf_xml_number(patch->arena, (int64_t)names->title_row + 1);

        add_name(patch, local_name(patch, TITLES_NAME, tab, ""), name,
                 KF_XML_JOIN(patch->arena, KF_TEXT("$"), row, KF_TEXT(":$"), row));
    }
    add_name(patch, KF_TEXT("\"" OUR_MARK "\" hidden=\"1\""), name, KF_TEXT("$A$1"));
}

/* Names of tabs behind the one that goes count one less. */
static void renumber_name(KfBookPatch *patch, const KfDefinedName *name)
{
    KfText old = kf_text_slice(patch->xml, name->start, name->tag_end);

    kf_splice(&patch->splices, name->start, name->tag_end,
              kf_xml_with_attr(patch->arena, old, KF_TEXT("localSheetId"),
                               kf_xml_number(patch->arena, (int64_t)name->tab - 1)));
}

void kf_book_patch_remove_tab(KfBookPatch *patch, size_t tab)
{
    KfText rest = kf_text_slice(patch->xml, patch->tabs[tab].start, patch->xml.len);
    size_t left = 0, end = patch->tabs[tab].end;

    if (!end) { /* written with an end tag of its own */
        size_t close = kf_text_find(rest, KF_TEXT("</"));

        end = patch->tabs[tab].start + close + 1
              + kf_text_find(kf_text_slice(rest, close, rest.len), KF_TEXT(">"));
    }
    kf_splice(&patch->splices, patch->tabs[tab].start, end, (KfText){ 0 });
    for (size_t i = 0; i < patch->name_count; i++) {
        KfDefinedName *name = &patch->names[i];

        name->dropped |= belongs_to_ours(name, tab) || (name->is_local && name->tab == tab);
        left += !name->dropped;
        if (!name->dropped && name->is_local && name->tab > tab)
            renumber_name(patch, name);
    }
    if (left == 0 && patch->names_end.kind == KF_XML_END)
        patch->drops_names = true;
    if (patch->view_to && patch->active_tab >= tab && patch->active_tab > 0)
        kf_splice(&patch->splices, patch->view_from, patch->view_to,
                  kf_xml_with_attr(patch->arena,
                                   kf_text_slice(patch->xml, patch->view_from, patch->view_to),
                                   KF_TEXT("activeTab"),
                                   kf_xml_number(patch->arena, (int64_t)patch->active_tab - 1)));
}

/* The names that go, and those that come. */
static void write_names(KfBookPatch *patch)
{
    if (patch->drops_names) {
        kf_splice(&patch->splices, patch->names_from, patch->names_end.end, (KfText){ 0 });
        return;
    }
    for (size_t i = 0; i < patch->name_count; i++) {
        if (patch->names[i].dropped)
            kf_splice(&patch->splices, patch->names[i].start, patch->names[i].end, (KfText){ 0 });
    }
    if (!patch->new_names.len)
        return;
    if (patch->names_end.kind == KF_XML_END)
        kf_xml_append(&patch->splices, &patch->names_end, patch->new_names);
    else
        kf_splice(&patch->splices, patch->names_place, patch->names_place,
                  KF_XML_JOIN(patch->arena, KF_TEXT("<"), patch->colon, KF_TEXT("definedNames>"),
                              patch->new_names, KF_TEXT("</"), patch->colon,
                              KF_TEXT("definedNames>")));
}

/* Called last, as it may stand where defined names are put. */
static void write_calc(KfBookPatch *patch)
{
    KfText old = kf_text_slice(patch->xml, patch->calc_from, patch->calc_to);

    if (old.len)
        kf_splice(&patch->splices, patch->calc_from, patch->calc_to,
                  kf_xml_with_attr(patch->arena, old, KF_TEXT("fullCalcOnLoad"), KF_TEXT("1")));
    else
        kf_splice(&patch->splices, patch->calc_place, patch->calc_place,
                  KF_XML_JOIN(patch->arena, KF_TEXT("<"), patch->colon,
                              KF_TEXT("calcPr fullCalcOnLoad=\"1\"/>")));
}

void kf_book_patch_recalculate(KfBookPatch *patch)
{
    patch->recalculate = true;
}

KfText kf_book_patch_finish(KfBookPatch *patch)
{
    write_names(patch);
    if (patch->recalculate)
        write_calc(patch);
    return kf_splices_apply(&patch->splices, patch->xml);
}

/* ---- the calculation chain ------------------------------------------------ */

static int chain_order(const void *a, const void *b)
{
    const KfChainCell *x = a, *y = b;

    if (x->sheet_id != y->sheet_id)
        return x->sheet_id < y->sheet_id ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->col > y->col) - (x->col < y->col);
}

typedef struct {
    KfArena *arena;
    KfText xml;
    KfXml reader;
    KfSplices splices;
    KfChainCell *cells; /* sorted */
    size_t count;
    uint32_t sheet_id; /* of the current entry */
    uint32_t said;     /* of the last entry that is left */
    size_t left;
} Chain;

static bool is_listed(const Chain *chain, KfText ref)
{
    KfChainCell key = { .sheet_id = chain->sheet_id };

    return chain->count && kf_cellref_read(ref, &key.row, &key.col)
           && bsearch(&key, chain->cells, chain->count, sizeof key, chain_order);
}

/* An entry without a sheet is of the sheet of the one before it, so the one behind
 * an entry that goes is told its sheet. */
static void patch_entry(Chain *chain)
{
    size_t start = chain->reader.start, end = chain->reader.end;
    uint32_t own;
    bool says = kf_xml_uint(kf_xml_attr(&chain->reader, KF_TEXT("i")), &own);

    chain->sheet_id = says ? own : chain->sheet_id;
    if (is_listed(chain, kf_xml_attr(&chain->reader, KF_TEXT("r")))) {
        if (kf_xml_skip(&chain->reader))
            kf_splice(&chain->splices, start, chain->reader.end, (KfText){ 0 });
        return;
    }
    chain->left++;
    if (!says && chain->said != chain->sheet_id)
        kf_splice(&chain->splices, start, end,
                  kf_xml_with_attr(chain->arena, kf_text_slice(chain->xml, start, end),
                                   KF_TEXT("i"), kf_xml_number(chain->arena, chain->sheet_id)));
    chain->said = chain->sheet_id;
}

static KfText new_entries(Chain *chain, KfBuf *out)
{
    for (size_t i = 0; i < chain->count; i++) {
        if (!chain->cells[i].has_formula)
            continue;
        kf_buf_char(out, '<');
        kf_buf_text(out, kf_xml_colon(chain->arena, chain->reader.root_prefix));
        kf_buf_str(out, "c r=\"");
        kf_buf_cellref(out, chain->cells[i].row, chain->cells[i].col);
        kf_buf_str(out, "\" i=\"");
        kf_buf_int(out, chain->cells[i].sheet_id);
        kf_buf_str(out, "\"/>");
        chain->left++;
    }
    return kf_arena_take(chain->arena, out);
}

static KfChainCell *sorted_cells(KfArena *arena, const KfChainCell *cells, size_t count)
{
    KfChainCell *sorted = kf_arena_array(arena, count, sizeof *sorted);

    if (count) {
        memcpy(sorted, cells, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, chain_order);
    }
    return sorted;
}

KfStatus kf_chain_patch(KfArena *arena, KfBuf *scratch, KfText xml, const KfChainCell *cells,
                        size_t count, KfText part, KfText *out, size_t *left, KfError *err)
{
    Chain chain = { .arena = arena, .xml = xml, .splices = { .arena = arena }, .count = count };
    KfXml *reader = &chain.reader;

    chain.cells = sorted_cells(arena, cells, count);
    kf_xml_init(reader, xml);
    while (kf_xml_next(reader) != KF_XML_BAD && reader->kind != KF_XML_EOF) {
        if (reader->kind == KF_XML_START && kf_xml_is(reader, KF_TEXT("c")))
            patch_entry(&chain);
        else if (reader->kind == KF_XML_END && reader->depth == 1)
            kf_xml_append(&chain.splices, reader, new_entries(&chain, scratch));
    }
    if (reader->kind == KF_XML_BAD)
        return kf_xml_fail(reader, part, err);
    *out = kf_splices_apply(&chain.splices, xml);
    *left = chain.left;
    return KF_OK;
}
