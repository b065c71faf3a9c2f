/* Cases put together, without a file. */
#include "kf/reconcile.h"
#include "reconcile/group.h"
#include "reconcile/municipality.h"
#include "reconcile/sums.h"

#include <criterion/criterion.h>
#include <string.h>

static KfArena arena;

static void setup(void)
{
    kf_arena_init(&arena);
}

static void teardown(void)
{
    kf_arena_finish(&arena);
}

TestSuite(reconcile, .init = setup, .fini = teardown);

static bool names(KfText text, const char *expected)
{
    return kf_text_eq(text, kf_text(expected));
}

/* ---- municipalities --------------------------------------------------------- */

Test(reconcile, a_path_names_a_municipality)
{
    cr_assert(names(kf_municipality_of_path(KF_TEXT("aarhus_fremskudt_2013.xlsx")), "Aarhus"));
    cr_assert(names(kf_municipality_of_path(KF_TEXT("Sager fra Århus.xlsx")), "Aarhus"));
    cr_assert(names(kf_municipality_of_path(KF_TEXT("høje taastrup/sag 7.xlsx")), "Høje-Taastrup"));
    cr_assert(names(kf_municipality_of_path(KF_TEXT("KOEGE/borger.csv")), "Køge"));
    cr_assert(names(kf_municipality_of_path(KF_TEXT("vejle/kolding.xlsx")), "Kolding"));
}

Test(reconcile, a_long_path_names_one_too)
{
    KfBuf path = { 0 };

    kf_buf_str(&path, "aarhus/");
    while (path.len < 10000)
        kf_buf_str(&path, "\xFF\xC3\xA5/");
    cr_assert(names(kf_municipality_of_path(kf_buf_view(&path)), "Aarhus"));
    kf_buf_free(&path);
}

Test(reconcile, a_word_that_holds_a_name_is_not_it)
{
    cr_assert(names(kf_municipality_of_path(KF_TEXT("vejledning.xlsx")), ""));
    cr_assert(names(kf_municipality_of_path(KF_TEXT("sager/sag.xlsx")), ""));
}

static KfText stated(const char *left, const char *right, KfCellKind right_kind)
{
    static KfCell cells[2];
    KfGrid grid = { .cells = cells, .cell_count = right ? 2 : 1 };

    cells[0] = (KfCell){ .kind = KF_CELL_TEXT, .text = kf_text(left) };
    cells[1] = (KfCell){ .col = 1, .kind = (uint8_t)right_kind, .text = kf_text(right) };
    kf_grid_index(&arena, &grid);
    return kf_municipality_of_sheet(&arena, &grid);
}

typedef struct {
    const char *left, *right, *expected;
    KfCellKind kind;
} Stated;

static KfStatus check_stated(void *ctx)
{
    const Stated *row = ctx;
    KfText found = stated(row->left, row->right, row->kind);

    cr_assert(names(found, row->expected), "%s gives %.*s", row->left, (int)found.len, found.ptr);
    return KF_OK;
}

Test(reconcile, a_sheet_states_its_municipality)
{
    Stated rows[] = {
        { "Fremskudt indsats i Århus Kommune, 2013", NULL, "Aarhus", KF_CELL_EMPTY },
        { "Rudersdal Kommunes sager", NULL, "Rudersdal", KF_CELL_EMPTY },
        { "Kommune: Ny Eksempel", NULL, "Ny Eksempel", KF_CELL_EMPTY },
        { "Ny Eksempel Kommune", NULL, "Ny Eksempel", KF_CELL_EMPTY },
        { "Kommune:", "Testrup", "Testrup", KF_CELL_TEXT },
        { "Kommune", "Vejle", "Vejle", KF_CELL_TEXT },
        /* Headings of payers and rows of figures state none. */
        { "Kommune", "Stat", "", KF_CELL_TEXT },
        { "Udgift Kommune", "1200", "", KF_CELL_NUMBER },
        { "Udgift for kommunen i alt", NULL, "", KF_CELL_EMPTY },
        { "heraf kommune", NULL, "", KF_CELL_EMPTY },
        { "Kommunekode", NULL, "", KF_CELL_EMPTY },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_assert_eq(kf_arena_run(&arena, check_stated, &rows[i]), KF_OK);
}

/* ---- sums ------------------------------------------------------------------- */

Test(reconcile, what_is_not_stated_is_never_zero)
{
    cr_assert_eq(kf_sum_plus(5, KF_NOT_STATED), KF_NOT_STATED);
    cr_assert_eq(kf_sum_minus(KF_NOT_STATED, 5), KF_NOT_STATED);
    cr_assert_eq(kf_sum_minus(5, KF_NOT_STATED), KF_NOT_STATED);
    cr_assert_eq(kf_sum_share(100, 0), KF_NOT_STATED);
}

Test(reconcile, a_share_is_rounded_half_away_from_zero)
{
    cr_assert_eq(kf_sum_share(25, 10), 3);
    cr_assert_eq(kf_sum_share(-25, 10), -3);
    cr_assert_eq(kf_sum_share(24, 10), 2);
}

/* ---- turns ------------------------------------------------------------------ */

static KfTurn turn_of(const KfOere *gains, size_t count, KfOere cost)
{
    static const KfPeriod periods[] = { { 0, 6 }, { 7, 12 }, { 13, 24 }, { 25, 36 } };
    KfPeriodSums sums[4];

    for (size_t i = 0; i < count; i++) {
        sums[i].period = periods[i];
        sums[i].sums[KF_TYPED] = kf_sums_unknown();
        sums[i].sums[KF_TYPED].of[KF_MUNICIPALITY] = gains[i];
    }
    return kf_turn_of(sums, count, KF_TYPED, KF_MUNICIPALITY, cost);
}

Test(reconcile, an_investment_turns_within_a_period)
{
    const KfOere gains[] = { -6000, 3000, 6000, 0 };
    KfTurn turn = turn_of(gains, 4, 0);

    cr_assert_eq(turn.kind, KF_TURN_WITHIN);
    cr_assert_eq(turn.period.from, 13);
    cr_assert_eq(turn.month, 18, "%d", turn.month);
}

Test(reconcile, a_later_fall_counts)
{
    cr_assert_eq(turn_of((KfOere[]){ -10, 20, -30, 5 }, 4, 0).kind, KF_TURN_NEVER);
    cr_assert_eq(turn_of((KfOere[]){ -10, 20, -30, 25 }, 4, 0).period.from, 25);
    cr_assert_eq(turn_of((KfOere[]){ 10, 20, -20, 25 }, 4, 0).kind, KF_TURN_ALWAYS);
}

Test(reconcile, the_cost_of_the_cases_comes_first)
{
    const KfOere gains[] = { 100, 100, 100, 100 };

    cr_assert_eq(turn_of(gains, 4, 0).kind, KF_TURN_ALWAYS);
    cr_assert_eq(turn_of(gains, 4, 150).month, 9);
    cr_assert_eq(turn_of(gains, 4, 401).kind, KF_TURN_NEVER);
}

Test(reconcile, a_gap_says_nothing)
{
    cr_assert_eq(turn_of((KfOere[]){ 10, KF_NOT_STATED, 20, 25 }, 4, 0).kind, KF_TURN_UNKNOWN);
    cr_assert_eq(turn_of(NULL, 0, 0).kind, KF_TURN_UNKNOWN);
}

/* ---- groups ----------------------------------------------------------------- */

enum { CITIZENS = 6 };

/* Six citizens with known gains of the municipality; all else is 0. */
typedef struct {
    KfCaseDigest cases[CITIZENS];
    KfFileDigest files[3];
    KfReconciliation all;
} Scene;

static void fill_case(KfCaseDigest *item, KfOere gain)
{
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        item->courses[kind].has = true;
        for (int view = 0; view < KF_VIEW_COUNT; view++)
            item->courses[kind].sums[view] = kf_sums_zero();
    }
    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        KfSums *sums = &item->courses[KF_COUNTERFACTUAL].sums[view];

        sums->of[KF_MUNICIPALITY] = sums->of[KF_ALL_PAYERS] = gain;
    }
    item->figures = (uint64_t)gain;
}

static void fill_scene(Scene *scene, const KfOere *gains)
{
    memset(scene, 0, sizeof *scene);
    for (size_t i = 0; i < CITIZENS; i++)
        fill_case(&scene->cases[i], gains[i]);
    scene->files[0] = (KfFileDigest){ .path = KF_TEXT("vejle/a.xlsx"),
                                      .sha256 = KF_TEXT("aa"),
                                      .cases = scene->cases,
                                      .case_count = CITIZENS };
}

static KfStatus put_together(void *ctx)
{
    Scene *scene = ctx;
    const KfReconcileOptions options = { .case_cost = KF_NOT_STATED };

    kf_reconcile(&arena, scene->files, 3, &options, &scene->all);
    return KF_OK;
}

static const KfOere even[CITIZENS] = { 100, 110, 120, 130, 140, 150 };

Test(reconcile, a_gain_a_citizen_is_the_sum_over_the_count)
{
    Scene scene;

    fill_scene(&scene, even);
    cr_assert_eq(kf_arena_run(&arena, put_together, &scene), KF_OK);
    cr_assert_eq(scene.all.group_count, 1);
    cr_assert(names(scene.all.groups[0].name, "Vejle"));
    cr_assert_eq(scene.all.groups[0].gain[KF_TYPED].of[KF_MUNICIPALITY], 125);
    cr_assert_eq(scene.all.groups[0].extreme_count, 0);
}

Test(reconcile, a_citizen_without_a_baseline_is_not_counted)
{
    Scene scene;

    fill_scene(&scene, even);
    scene.cases[5].courses[KF_COUNTERFACTUAL].has = false;
    scene.cases[4].courses[KF_ACTUAL].sums[KF_TYPED].of[KF_REGION] = KF_NOT_STATED;
    cr_assert_eq(kf_arena_run(&arena, put_together, &scene), KF_OK);
    cr_assert_eq(scene.all.all.citizens, 6);
    cr_assert_eq(scene.all.all.complete, 5);
    cr_assert_eq(scene.all.all.counted[KF_REGION], 4);
    cr_assert_eq(scene.all.all.gain[KF_TYPED].of[KF_MUNICIPALITY], 120);
}

Test(reconcile, a_payer_that_nobody_states_is_unknown)
{
    Scene scene;

    fill_scene(&scene, even);
    for (size_t i = 0; i < CITIZENS; i++)
        scene.cases[i].courses[KF_ACTUAL].sums[KF_TYPED].of[KF_OTHER] = KF_NOT_STATED;
    cr_assert_eq(kf_arena_run(&arena, put_together, &scene), KF_OK);
    cr_assert_eq(scene.all.all.gain[KF_TYPED].of[KF_OTHER], KF_NOT_STATED);
    cr_assert_eq(scene.all.all.totals[KF_TYPED][KF_ACTUAL].of[KF_OTHER], KF_NOT_STATED);
}

Test(reconcile, a_case_far_from_the_others_is_told)
{
    const KfOere gains[CITIZENS] = { 100, 110, 120, 130, 140, 100000 };
    Scene scene;

    fill_scene(&scene, gains);
    cr_assert_eq(kf_arena_run(&arena, put_together, &scene), KF_OK);
    cr_assert_eq(scene.all.all.extreme_count, 1);
    cr_assert_eq(scene.all.all.extremes[0].item, 5);
    cr_assert_eq(scene.all.all.extremes[0].without, 120);
}

Test(reconcile, a_file_counts_once)
{
    Scene scene;

    fill_scene(&scene, even);
    scene.files[1] = scene.files[0];
    scene.files[1].path = KF_TEXT("vejle/kopi af a.xlsx");
    scene.files[2] = scene.files[0];
    scene.files[2].path = KF_TEXT("vejle/a-rettet.xlsx");
    scene.files[2].sha256 = KF_TEXT("bb");
    scene.files[2].made_from = KF_TEXT("aa");
    cr_assert_eq(kf_arena_run(&arena, put_together, &scene), KF_OK);
    cr_assert_eq(scene.files[1].use, KF_FILE_DOUBLE);
    cr_assert_eq(scene.files[1].same_as, 0);
    cr_assert_eq(scene.files[2].use, KF_FILE_CORRECTED);
    cr_assert_eq(scene.all.all.citizens, CITIZENS);
}

Test(reconcile, citizens_with_the_same_amounts_are_told)
{
    KfBenefitSum benefit = { .label = KF_TEXT("Kontanthjælp"), .amount = { 5, 7 } };
    Scene scene;

    fill_scene(&scene, (KfOere[]){ 100, 110, 100, 130, 140, 150 });
    for (size_t i = 0; i < CITIZENS; i++) {
        scene.cases[i].benefits = &benefit;
        scene.cases[i].benefit_count = 1;
    }
    cr_assert_eq(kf_arena_run(&arena, put_together, &scene), KF_OK);
    cr_assert_eq(scene.all.twin_count, 1);
    cr_assert_eq(scene.all.twins[0].item, 2);
    cr_assert_eq(scene.all.twins[0].other_item, 0);
}

/* ---- wage forms --------------------------------------------------------------- */

static KfWageDigest form_of(const char *municipality, KfOere net, int64_t cases)
{
    KfWageDigest form = { .municipality = kf_text(municipality), .cases = cases };

    for (int view = 0; view < KF_VIEW_COUNT; view++) {
        form.net[view] = net;
        form.per_case[view] = kf_sum_share(net, (size_t)cases);
    }
    return form;
}

/* Six citizens in Vejle, and a file of wage forms. */
static void fill_wages(Scene *scene, KfWageDigest *forms, size_t count)
{
    fill_scene(scene, even);
    scene->files[1] = (KfFileDigest){ .path = KF_TEXT("lønninger.xlsx"),
                                      .sha256 = KF_TEXT("cc"),
                                      .use = KF_FILE_WAGES,
                                      .wages = forms,
                                      .wage_count = count };
    cr_assert_eq(kf_arena_run(&arena, put_together, scene), KF_OK);
}

Test(reconcile, a_wage_form_gives_the_cost_of_a_case_of_its_municipality)
{
    KfWageDigest forms[] = { form_of("Vejle", 39726540, 130), form_of("Odense", 100, 1) };
    Scene scene;

    fill_wages(&scene, forms, 2);
    cr_assert_eq(scene.all.groups[0].case_cost[KF_TYPED], 305589);
    cr_assert_eq(scene.all.groups[0].wage_count, 1);
    cr_assert_eq(scene.all.all.case_cost[KF_CORRECTED], 305589);
    cr_assert_eq(scene.all.unused_wage_count, 1);
    cr_assert_eq(scene.all.unused_wages[0].item, 1);
}

Test(reconcile, several_wage_forms_are_put_together)
{
    KfWageDigest forms[] = { form_of("Vejle", 1000, 10), form_of("Vejle", 2000, 5),
                             form_of("Vejle", 1000, 10) };
    Scene scene;

    fill_wages(&scene, forms, 3); /* the third is the first again */
    cr_assert_eq(scene.all.groups[0].wage_count, 2);
    cr_assert_eq(scene.all.groups[0].case_cost[KF_TYPED], 200);
}

Test(reconcile, a_form_without_a_name_is_that_of_the_only_group)
{
    KfWageDigest form = form_of("", 1000, 10);
    Scene scene;

    fill_wages(&scene, &form, 1);
    cr_assert_eq(scene.all.groups[0].case_cost[KF_TYPED], 100);
}

Test(reconcile, without_a_wage_form_the_cost_is_not_known)
{
    Scene scene;

    fill_scene(&scene, even);
    cr_assert_eq(kf_arena_run(&arena, put_together, &scene), KF_OK);
    cr_assert_eq(scene.all.groups[0].case_cost[KF_TYPED], KF_NOT_STATED);
    cr_assert_eq(scene.all.all.case_cost[KF_TYPED], KF_NOT_STATED);
}
