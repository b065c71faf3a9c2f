#include <criterion/criterion.h>

#include "ooxml/opc.h"
#include "zip_maker.h"

static const char types_xml[] =
    "<Types xmlns='t'><Default Extension='XML' ContentType='application/xml'/>"
    "<Override PartName='/xl/Book.xml' ContentType='main'/></Types>";
static const char rels_xml[] =
    "<Relationships><Relationship Id='a&amp;b' "
    "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink' "
    "Target='../x' TargetMode='External'/>"
    "<Relationship Id='r2' "
    "Type='http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet' "
    "Target='../sheets/./a.xml'/></Relationships>";
static const ZipPart parts[] = {
    { "[Content_Types].xml", { types_xml, sizeof types_xml - 1 } },
    { "xl/_rels/book.xml.rels", { rels_xml, sizeof rels_xml - 1 } },
};

typedef struct {
    KfArena arena;
    KfPackage package;
    KfBuf scratch;
} World;

static KfStatus read_both(void *ctx)
{
    World *world = ctx;
    KfContentTypes types;
    KfRelations relations;
    KfText book = KF_TEXT("xl/book.xml");
    const KfRelation *found;

    cr_assert_eq(kf_opc_types(&types, &world->package, &world->arena, &world->scratch, NULL),
                 KF_OK);
    cr_assert(kf_text_eq(kf_opc_type(&types, KF_TEXT("/xl/book.xml")), KF_TEXT("main")));
    cr_assert(kf_text_eq(kf_opc_type(&types, KF_TEXT("x.xml")), KF_TEXT("application/xml")));
    cr_assert_eq(kf_opc_type(&types, KF_TEXT("x.png")).len, 0);
    cr_assert_eq(
        kf_opc_relations(&relations, &world->package, book, &world->arena, &world->scratch, NULL),
        KF_OK);
    cr_assert_eq(relations.count, 2);
    cr_assert_null(kf_opc_first(&relations, KF_TEXT("hyperlink")), "it is external");
    found = kf_opc_first(&relations, KF_TEXT("worksheet"));
    cr_assert(kf_text_eq(found->target, KF_TEXT("sheets/a.xml")));
    cr_assert_eq(kf_opc_by_id(&relations, KF_TEXT("r2")), found);
    found = kf_opc_by_id(&relations, KF_TEXT("a&b"));
    cr_assert(found->external && kf_text_eq(found->target, KF_TEXT("../x")));
    cr_assert_null(kf_opc_by_id(&relations, KF_TEXT("r3")));
    cr_assert_eq(kf_opc_relations(&relations, &world->package, KF_TEXT("none.xml"), &world->arena,
                                  &world->scratch, NULL),
                 KF_OK);
    cr_assert_eq(relations.count, 0);
    return KF_OK;
}

static KfStatus resolve_some(void *ctx)
{
    static const char *const cases[][3] = {
        { "", "xl/workbook.xml", "xl/workbook.xml" },
        { "", "/xl/workbook.xml", "xl/workbook.xml" },
        { "xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml" },
        { "xl/drawings/d.xml", "../media/a.png", "xl/media/a.png" },
        { "xl/workbook.xml", "/other/./x//y.xml", "other/x/y.xml" },
        { "xl/workbook.xml", "../../../x.xml", "x.xml" },
        { "xl/workbook.xml", "worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml" },
        { "xl/workbook.xml", "", "xl" },
    };
    World *world = ctx;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        KfText got = kf_opc_resolve(&world->arena, kf_text(cases[i][0]), kf_text(cases[i][1]));

        cr_expect(kf_text_eq(got, kf_text(cases[i][2])), "%s: %.*s", cases[i][1], (int)got.len,
                  got.ptr);
    }
    cr_assert(kf_text_eq(kf_opc_relations_name(&world->arena, KF_TEXT("/xl/a.xml")),
                         KF_TEXT("xl/_rels/a.xml.rels")));
    cr_assert(
        kf_text_eq(kf_opc_relations_name(&world->arena, KF_TEXT("")), KF_TEXT("_rels/.rels")));
    return KF_OK;
}

Test(opc, reads_types_and_relationships)
{
    KfBuf zip = make_zip(parts, 2);
    World world = { .scratch = { 0 } };

    kf_arena_init(&world.arena);
    cr_assert_eq(kf_package_open(&world.package, kf_buf_view(&zip), NULL), KF_OK);
    cr_assert_eq(kf_arena_run(&world.arena, read_both, &world), KF_OK);
    kf_package_close(&world.package);
    kf_arena_finish(&world.arena);
    kf_buf_free(&world.scratch);
    kf_buf_free(&zip);
}

Test(opc, resolves_targets)
{
    World world = { .scratch = { 0 } };

    kf_arena_init(&world.arena);
    cr_assert_eq(kf_arena_run(&world.arena, resolve_some, &world), KF_OK);
    kf_arena_finish(&world.arena);
}
