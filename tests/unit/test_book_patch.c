#include <criterion/criterion.h>
#include <string.h>

#include "ooxml/book_patch.h"

typedef struct {
    KfArena arena;
    KfBuf scratch;
    const char *xml;
    void (*use)(KfBookPatch *patch);
    char result[4096];
} Case;

static KfStatus patch(void *ctx)
{
    Case *c = ctx;
    KfBookPatch patch;
    KfStatus status = kf_book_patch_open(&patch, &c->arena, &c->scratch, kf_text(c->xml),
                                         KF_TEXT("workbook"), NULL);
    KfText text;

    if (status != KF_OK)
        return status;
    c->use(&patch);
    text = kf_book_patch_finish(&patch);
    cr_assert(text.len < sizeof c->result);
    memcpy(c->result, text.ptr, text.len);
    return KF_OK;
}

static KfStatus run(Case *c)
{
    KfStatus status;

    kf_arena_init(&c->arena);
    status = kf_arena_run(&c->arena, patch, c);
    kf_arena_finish(&c->arena);
    kf_buf_free(&c->scratch);
    return status;
}

static void expect(const char *xml, void (*use)(KfBookPatch *patch), const char *expected)
{
    Case c = { .xml = xml, .use = use };

    cr_expect_eq(run(&c), KF_OK);
    cr_expect_str_eq(c.result, expected);
}

#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define BEGIN                                                                                      \
    "<workbook xmlns:r=\"" REL "\"><sheets><sheet name=\"A\" sheetId=\"4\" r:id=\"rId1\"/>"
#define TAB "<sheet name=\"Rettelser\" sheetId=\"5\" r:id=\"rId9\"/>"
#define MARK(name)                                                                                 \
    "<definedName name=\"_Kontrafakt_Rettelser\" hidden=\"1\">'" name "'!$A$1</definedName>"
#define NAMES                                                                                      \
    "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"1\" hidden=\"1\">'Rettelser'!"     \
    "$A$3:$AB$9</definedName><definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">"         \
    "'Rettelser'!$3:$3</definedName>" MARK("Rettelser")

static const KfSheetNames names = {
    .has_filter = true, .filter = { 2, 0, 8, 27 }, .has_titles = true, .title_row = 2
};

static void add_tab(KfBookPatch *patch)
{
    KfText name = kf_book_patch_free_name(patch, KF_TEXT("Rettelser"));

    cr_expect_eq(kf_book_patch_ours(patch), SIZE_MAX);
    kf_book_patch_name(patch, kf_book_patch_add_tab(patch, name, KF_TEXT("rId9")), &names);
    kf_book_patch_recalculate(patch);
}

Test(book_patch, adds_a_tab_its_names_and_the_calculation)
{
    expect(BEGIN "</sheets><pivotCaches/></workbook>", add_tab,
           BEGIN TAB "</sheets><definedNames>" NAMES
                     "</definedNames><calcPr fullCalcOnLoad=\"1\"/><pivotCaches/></workbook>");
    expect(BEGIN "</sheets><externalReferences/><definedNames><definedName name=\"x\">A!$A$1"
                 "</definedName></definedNames><calcPr calcId=\"1\"/></workbook>",
           add_tab,
           BEGIN TAB "</sheets><externalReferences/><definedNames><definedName name=\"x\">A!$A$1"
                     "</definedName>" NAMES "</definedNames><calcPr calcId=\"1\" "
                     "fullCalcOnLoad=\"1\"/></workbook>");
}

Test(book_patch, drops_a_mark_that_leads_nowhere)
{
    expect(BEGIN "</sheets><definedNames><definedName name=\"_Kontrafakt_Rettelser\">#REF!$A$1"
                 "</definedName></definedNames></workbook>",
           add_tab,
           BEGIN TAB "</sheets><definedNames>" NAMES "</definedNames><calcPr fullCalcOnLoad=\"1\"/>"
                     "</workbook>");
}

static void find_ours(KfBookPatch *patch)
{
    cr_expect_eq(kf_book_patch_ours(patch), 1);
    kf_book_patch_name(patch, 1, &(KfSheetNames){ 0 });
}

#define OURS "<sheet name=\"Ole's\" sheetId=\"9\" r:id=\"rId2\"/></sheets><definedNames>"

Test(book_patch, knows_our_sheet_by_its_mark)
{
    expect(BEGIN OURS MARK("Ole''s") "<definedName name=\"_xlnm._FilterDatabase\" "
                                     "localSheetId=\"1\">x</definedName><definedName "
                                     "name=\"_xlnm._FilterDatabase\" localSheetId=\"0\">y"
                                     "</definedName></definedNames></workbook>",
           find_ours,
           BEGIN OURS "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"0\">y"
                      "</definedName>" MARK("Ole''s") "</definedNames></workbook>");
    expect(BEGIN "<sheet name=\"B\" sheetId=\"9\" r:id=\"rId2\"/></sheets><definedNames>"
                 "<definedName name=\"_Kontrafakt_Rettelser\">B!$A$1</definedName></definedNames>"
                 "</workbook>",
           find_ours,
           BEGIN "<sheet name=\"B\" sheetId=\"9\" r:id=\"rId2\"/></sheets><definedNames>" MARK(
               "B") "</definedNames></workbook>");
}

static void expect_name(KfBookPatch *patch, const char *wished, const char *expected)
{
    KfText name = kf_book_patch_free_name(patch, kf_text(wished));

    cr_expect(kf_text_eq(name, kf_text(expected)), "%.*s", (int)name.len, name.ptr);
}

static void name_tabs(KfBookPatch *patch)
{
    expect_name(patch, "Nyt", "Nyt");
    expect_name(patch, "ÆBLE", "ÆBLE (3)");
    expect_name(patch, "'a/b:c'", "_a_b_c_");
    expect_name(patch, "  ", "Rettelser");
    expect_name(patch, "1234567890123456789012345678901234", "123456789012345678901234567 (2)");
}

Test(book_patch, finds_a_name_that_is_free)
{
    const char *book = "<workbook><sheets><sheet name=\"Æble\" sheetId=\"1\"/><sheet name=\"æblE "
                       "(2)\" sheetId=\"2\"/><sheet name=\"1234567890123456789012345678901\"/>"
                       "</sheets></workbook>";

    expect(book, name_tabs, book);
}

static void add_plain(KfBookPatch *patch)
{
    kf_book_patch_add_tab(patch, KF_TEXT("a & b"), KF_TEXT("rId3"));
}

Test(book_patch, writes_in_the_prefix_of_the_part)
{
    expect("<x:workbook><x:sheets/></x:workbook>", add_plain,
           "<x:workbook><x:sheets><x:sheet xmlns:r=\"" REL "\" name=\"a &amp; b\" sheetId=\"1\" "
           "r:id=\"rId3\"/></x:sheets></x:workbook>");
}

Test(book_patch, says_what_is_wrong_with_a_broken_part)
{
    Case c = { .xml = "<workbook/>", .use = add_plain };

    cr_expect_eq(run(&c), KF_SHEET_UNREADABLE);
}

typedef struct {
    KfArena arena;
    KfBuf scratch;
    const char *xml, *expected;
    size_t left;
} Chain;

static KfStatus unchain(void *ctx)
{
    static const KfChainCell cells[] = {
        { 2, 1, 0, false }, { 1, 1, 1, false }, { 2, 0, 0, false }, { 3, 4, 1, true }
    };
    Chain *c = ctx;
    size_t left;
    KfText text;

    cr_assert_eq(kf_chain_patch(&c->arena, &c->scratch, kf_text(c->xml), cells, 4,
                                KF_TEXT("calcChain"), &text, &left, NULL),
                 KF_OK);
    cr_expect(kf_text_eq(text, kf_text(c->expected)), "%.*s", (int)text.len, text.ptr);
    cr_expect_eq(left, c->left);
    return KF_OK;
}

static void expect_chain(const char *xml, const char *expected, size_t left)
{
    Chain c = { .xml = xml, .expected = expected, .left = left };

    kf_arena_init(&c.arena);
    cr_expect_eq(kf_arena_run(&c.arena, unchain, &c), KF_OK);
    kf_arena_finish(&c.arena);
    kf_buf_free(&c.scratch);
}

Test(chain_patch, takes_entries_out_and_puts_new_ones_last)
{
    expect_chain("<calcChain><c r=\"B2\" i=\"1\"/><c r=\"A1\"/><c r=\"A1\" i=\"2\"/><c r=\"A2\"/>"
                 "<c r=\"A3\" l=\"1\"/><c r=\"A4\"/></calcChain>",
                 "<calcChain><c r=\"A1\" i=\"1\"/><c r=\"A3\" l=\"1\" i=\"2\"/><c r=\"A4\"/>"
                 "<c r=\"B5\" i=\"3\"/></calcChain>",
                 4);
    expect_chain("<calcChain><c r=\"B2\" i=\"1\"/></calcChain>",
                 "<calcChain><c r=\"B5\" i=\"3\"/></calcChain>", 1);
}
