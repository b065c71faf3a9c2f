/* The cases one after the other, or shared out among threads. A case rests on those before
 * it in one thing: who was inferred to pay a label. A worker goes by what it knows and keeps
 * what it asked; when the cases are put together in their order, one that was answered wrong
 * is checked again. So the findings are the same for any number of threads. */
#include "base/crew.h"
#include "check/checks.h"

#include <stdatomic.h>

/* The first cases show who pays most labels; the others are shared out in blocks. */
enum { FIRST_CASES = 32, BLOCK = 16, WORTH_SHARING = 64 };

/* What a worker has of a case: stretches of its lists. */
typedef struct {
    size_t worker;
    size_t finding, finding_end, shown, shown_end, inferred, inferred_end, asked, asked_end;
} Done;

typedef struct {
    KfArena scratch;
    KfToldCells told;
    KfCheck check;
} Worker;

typedef struct {
    KfCheck *check;
    size_t first, count; /* cases */
    Worker *workers;
    KfArena *arenas; /* of all but the first */
    Done *done;      /* one a case from first on */
    unsigned threads;
    atomic_size_t begun; /* blocks */
    atomic_bool is_stopped;
} Sharing;

static void check_course(KfCheck *check, size_t case_index, int kind)
{
    const KfPlace place = { case_index, &check->audit->model.cases[case_index].courses[kind] };
    KfCourseCheck course = {
        .arena = check->scratch,
        .date_confidence = check->date_confidence,
        .tolerance = check->options->tolerance,
        .course = place.course,
    };

    kf_check_hidden(check, &place);
    kf_item_rules(check, &place, &course);
    kf_check_course(check, &place, &course);
    kf_arena_reset(check->scratch);
    kf_check_list_splits(check, &place);
    kf_check_text_amounts(check, &place, &course.texts);
}

static void check_case(KfCheck *check, size_t case_index)
{
    const KfCase *one = &check->audit->model.cases[case_index];

    kf_check_incomplete(check, case_index);
    kf_check_periods(check, case_index);
    for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
        if (one->has[kind])
            check_course(check, case_index, kind);
    }
    kf_check_prices(check, case_index);
}

static bool goes_on(const KfCheck *check, size_t done)
{
    const KfCheckOptions *options = check->options;

    return !options->progress
           || options->progress(options->progress_ctx, done, check->audit->model.case_count);
}

static bool check_in_turn(KfCheck *check, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (!goes_on(check, i))
            return false;
        check_case(check, i);
    }
    return true;
}

/* ---- a worker ------------------------------------------------------------------ */

static void split_off(Sharing *all, unsigned number)
{
    Worker *worker = &all->workers[number];
    KfArena *arena = all->check->arena;
    KfCheck *check = &worker->check;

    kf_arena_init(&worker->scratch);
    *check = *all->check;
    check->parent = all->check;
    check->arena = number ? &all->arenas[number - 1] : arena;
    check->scratch = &worker->scratch;
    check->list =
        (KfFindingList){ .arena = check->arena, .book = all->check->book, .told = &worker->told };
    check->evaluator = NULL;
    check->label_at = check->section_payers = check->inferred_at = (KfTextMap){ 0 };
    check->labels = NULL;
    check->labels_near = NULL;
    check->label_count = check->label_cap = 0;
    check->inferred = kf_arena_copy(arena, all->check->inferred,
                                    all->check->inferred_count * sizeof *check->inferred);
    check->inferred_cap = check->inferred_count;
    check->shown = NULL;
    check->shown_count = check->shown_cap = 0;
}

/* As many findings as the first cases let expect: room that is not used costs nothing. */
static void expect_findings(const Sharing *all, KfCheck *check)
{
    enum { MOST = 1 << 14 };
    const size_t cases = all->count / all->threads;
    const size_t found = all->check->list.count / all->first * cases;
    const size_t shown = all->check->shown_count / all->first * cases;

    KF_RESERVE(check->arena, check->list.items, check->list.count, check->list.cap,
               found < MOST ? found + found / 4 : MOST);
    KF_RESERVE(check->arena, check->shown, check->shown_count, check->shown_cap,
               shown < MOST ? shown + shown / 4 : MOST);
}

static void check_aside(KfCheck *check, size_t case_index, Done *done)
{
    done->finding = check->list.count;
    done->shown = check->shown_count;
    done->inferred = check->inferred_before = check->inferred_count;
    done->asked = check->asked_count;
    check_case(check, case_index);
    done->finding_end = check->list.count;
    done->shown_end = check->shown_count;
    done->inferred_end = check->inferred_count;
    done->asked_end = check->asked_count;
}

/* The calling thread alone tells how far they all are. */
static void check_block(void *of_sharing, unsigned worker, size_t index)
{
    Sharing *all = of_sharing;
    KfCheck *check = &all->workers[worker].check;
    const size_t from = index * BLOCK, begun = atomic_fetch_add(&all->begun, 1);

    if (worker == 0 && !goes_on(all->check, all->first + begun * BLOCK))
        atomic_store(&all->is_stopped, true);
    check->scratch->on_no_memory = check->arena->on_no_memory;
    if (!check->list.cap)
        expect_findings(all, check);
    for (size_t i = from; i < from + BLOCK && i < all->count; i++) {
        if (atomic_load(&all->is_stopped))
            return;
        all->done[i].worker = worker;
        check_aside(check, all->first + i, &all->done[i]);
    }
}

/* ---- together again ------------------------------------------------------------ */

static bool was_told_right(KfCheck *check, const KfCheck *worker, const Done *done)
{
    for (size_t i = done->asked; i < done->asked_end; i++) {
        const KfInferred *known = kf_inferred_payer(check, worker->asked[i].label);

        if (worker->asked[i].payer != (known ? known->payer : KF_PAYER_NONE))
            return false;
    }
    return true;
}

static void take_over(KfCheck *check, const KfCheck *worker, const Done *done)
{
    KfFindingList *list = &check->list;
    const size_t at = list->count;

    for (size_t i = done->finding; i < done->finding_end; i++) {
        KF_PUSH(check->arena, list->items, list->count, list->cap, worker->list.items[i]);
        if (list->items[list->count - 1].root)
            list->items[list->count - 1].root += (uint32_t)(at - done->finding);
    }
    for (size_t i = done->shown; i < done->shown_end; i++)
        KF_PUSH(check->arena, check->shown, check->shown_count, check->shown_cap, worker->shown[i]);
    for (size_t i = done->inferred; i < done->inferred_end; i++)
        KF_PUSH(check->arena, check->inferred, check->inferred_count, check->inferred_cap,
                worker->inferred[i]);
}

static void put_together(Sharing *all)
{
    KfFindingList *list = &all->check->list;
    size_t found = list->count;

    for (unsigned i = 0; i < all->threads; i++)
        found += all->workers[i].check.list.count;
    KF_RESERVE(all->check->arena, list->items, list->count, list->cap, found);
    for (size_t i = 0; i < all->count; i++) {
        const KfCheck *worker = &all->workers[all->done[i].worker].check;

        if (was_told_right(all->check, worker, &all->done[i]))
            take_over(all->check, worker, &all->done[i]);
        else
            check_case(all->check, all->first + i);
    }
}

/* An evaluator looks at so many cells in all: where one had to give up, what is found hangs
 * on which formulas it was asked for. */
static bool has_given_up(const Sharing *all)
{
    for (unsigned i = 0; i < all->threads; i++) {
        const KfEvaluator *evaluator = all->workers[i].check.evaluator;

        if (evaluator && kf_evaluator_gave_up(evaluator))
            return true;
    }
    return false;
}

static bool check_shared(KfCheck *check, size_t first)
{
    KfArena *arena = check->arena;
    const size_t count = check->audit->model.case_count;
    Sharing all = {
        .check = check, .first = first, .count = count - first, .threads = check->options->threads
    };
    bool is_done;

    if (all.threads > KF_CREW_MOST)
        all.threads = KF_CREW_MOST;
    all.workers = kf_arena_array(arena, all.threads, sizeof *all.workers);
    all.arenas = kf_arena_array(arena, all.threads, sizeof *all.arenas);
    all.done = kf_arena_array(arena, all.count, sizeof *all.done);
    kf_find_unit_prices(check);
    for (unsigned i = 0; i < all.threads; i++)
        split_off(&all, i);
    is_done = kf_crew_share(arena, all.arenas, all.threads, (all.count + BLOCK - 1) / BLOCK,
                            check_block, &all);
    for (unsigned i = 0; i < all.threads; i++)
        kf_arena_finish(&all.workers[i].scratch);
    if (!is_done)
        kf_arena_give_up(arena);
    if (atomic_load(&all.is_stopped) || !goes_on(check, count))
        return false;
    if (has_given_up(&all))
        return check_in_turn(check, first, count);
    put_together(&all);
    return true;
}

bool kf_check_cases(KfCheck *check)
{
    const size_t count = check->audit->model.case_count;
    const bool is_shared = check->options->threads > 1 && count >= WORTH_SHARING;
    const size_t first = is_shared ? FIRST_CASES : count;

    kf_count_pairs(check);
    check->audit->stopped =
        !check_in_turn(check, 0, first) || (is_shared && !check_shared(check, first));
    return !check->audit->stopped;
}
