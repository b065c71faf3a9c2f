/* What the user has decided, carried into an audit: accepted proposals become
 * corrections, and the book with their values is checked anew for what depends on
 * them. The workbook itself stays as it was read. */
#include "base/text_map.h"
#include "correct/phrase.h"
#include "correct/second_look.h"
#include "kf/formula.h"

#include <stdlib.h>
#include <string.h>

/* A proposal accepted may bring forth others; few are ever needed. */
enum { MOST_ROUNDS = 8 };

typedef struct {
    KfArena *arena;
    const KfAudit *first; /* of the book as it was read */
    const KfCheckOptions *options;
    const KfFixChoice *choice;
    KfAudit now;         /* with what was accepted so far */
    KfFinding *accepted; /* copies */
    size_t accepted_count, accepted_cap;
    KfTextMap decided;  /* cells of those accepted */
    KfFinding *carried; /* corrections that only others made certain */
    size_t carried_count, carried_cap;
    KfTextMap carried_at;     /* their cells */
    const KfFinding **by_key; /* first->findings in the order of by_key() */
    bool *used;               /* ids of first that stand in now already */
    uint32_t next_id;
} Settling;

/* ---- cells in a set -------------------------------------------------------- */

static KfText key_of(const KfRef *cell)
{
    return (KfText){ (const char *)cell, sizeof *cell };
}

static bool is_in(const KfTextMap *set, KfRef cell)
{
    size_t unused;

    return kf_text_map_get(set, key_of(&cell), &unused);
}

/* The first number that a cell is given stays. */
static void put_in(KfArena *arena, KfTextMap *set, KfRef cell, size_t number)
{
    if (!is_in(set, cell))
        kf_text_map_set(set, arena, kf_arena_text(arena, key_of(&cell)), number);
}

/* ---- what is chosen -------------------------------------------------------- */

bool kf_is_acceptable(const KfFinding *finding)
{
    return kf_is_proposal(finding) && finding->has_cell && finding->expected.kind != KF_VALUE_NONE;
}

static bool is_listed(const KfFixChoice *choice, uint32_t id)
{
    for (size_t i = 0; i < choice->accepted_count; i++) {
        if (choice->accepted[i] == id)
            return true;
    }
    return false;
}

/* The finding or one that it follows from has a code that was asked for. */
static bool is_asked_for(const Settling *s, const KfAudit *audit, const KfFinding *finding)
{
    if (!s->choice->only_some)
        return true;
    /* A chain of roots is never longer than the list. */
    for (size_t i = 0; finding && i <= audit->finding_count; i++) {
        if (s->choice->only[finding->code])
            return true;
        finding = finding->root ? kf_audit_finding(audit, finding->root) : NULL;
    }
    return false;
}

static bool is_kept(const Settling *s, const KfFinding *finding)
{
    const KfBook *book = s->first->book;

    return s->choice->keep_protected && finding->has_cell && finding->cell.sheet < book->sheet_count
           && kf_grid_is_locked(&book->sheets[finding->cell.sheet], finding->cell.row,
                                finding->cell.col);
}

static bool is_decided(const Settling *s, const KfFinding *finding)
{
    return finding->has_cell && is_in(&s->decided, finding->cell);
}

static bool has_formula(const Settling *s, KfRef cell)
{
    const KfCell *there = kf_grid_at(&s->first->book->sheets[cell.sheet], cell.row, cell.col);

    return there && there->formula.len > 0;
}

/* A payer of the same period, which the other one's share leaves no choice. */
static bool is_other_share(const Settling *s, const KfFinding *finding, const KfFinding *root)
{
    return !has_formula(s, finding->cell) && finding->payer != KF_PAYER_NONE
           && root->payer != KF_PAYER_NONE && finding->period.len && finding->course == root->course
           && finding->case_index == root->case_index && kf_text_eq(finding->period, root->period);
}

/* Whether it follows from a proposal: once that is accepted it is found anew, with what
 * else then follows. */
static bool follows_a_proposal(const Settling *s, const KfFinding *finding)
{
    const KfFinding *root = finding;

    /* A chain of roots is never longer than the list. */
    for (size_t i = 0; root->root && i < s->now.finding_count; i++) {
        root = kf_audit_finding(&s->now, root->root);
        if (!root)
            return false;
        if (kf_is_proposal(root))
            return root->alternative_count > 0 || !is_other_share(s, finding, root);
    }
    return false;
}

/* Whether it is among all proposals: of those that have only one explanation. */
static bool is_among_all(const Settling *s, const KfFinding *finding)
{
    return s->choice->all_proposals && finding->alternative_count == 0
           && is_asked_for(s, &s->now, finding) && !follows_a_proposal(s, finding);
}

static bool is_accepted(const Settling *s, const KfFinding *finding)
{
    if (!kf_is_acceptable(finding) || is_kept(s, finding) || is_decided(s, finding))
        return false;
    return is_listed(s->choice, finding->id) || is_among_all(s, finding);
}

static bool follows_a_correction(const Settling *s, const KfFinding *finding)
{
    const KfFinding *root = finding->root ? kf_audit_finding(&s->now, finding->root) : NULL;

    return root && !kf_is_proposal(root);
}

/* First those that do not follow from a correction. */
static void accept_some(Settling *s, bool roots)
{
    for (size_t i = 0; i < s->now.finding_count; i++) {
        KfFinding finding = s->now.findings[i];

        if (roots && follows_a_correction(s, &finding))
            continue;
        if (!is_accepted(s, &finding))
            continue;
        finding.action = KF_ACTION_CORRECT;
        finding.accepted = true;
        finding.root = 0;
        finding.alternative_count = 0;
        KF_PUSH(s->arena, s->accepted, s->accepted_count, s->accepted_cap, finding);
        put_in(s->arena, &s->decided, finding.cell, 0);
    }
}

/* What follows from a correction waits for the roots, which may change it. */
static void accept(Settling *s)
{
    const size_t before = s->accepted_count;

    accept_some(s, true);
    if (s->accepted_count == before || !s->choice->all_proposals)
        accept_some(s, false);
}

/* ---- the book with what was accepted --------------------------------------- */

static KfText text_of(const Settling *s, const KfFinding *finding)
{
    KfBuf text = { 0 };
    KfText result;

    if (finding->expected.kind == KF_VALUE_TEXT)
        return finding->expected.text;
    kf_buf_amount_unit(&text, finding->expected.amount, kf_unit_of(&s->first->model, finding));
    result = kf_arena_take(s->arena, &text);
    kf_buf_free(&text);
    return result;
}

/* A formula that is corrected stays where it stands; only its value is another. */
static KfPlacedCell placed_cell(const Settling *s, const KfFinding *finding)
{
    const KfGrid *grid = &s->first->book->sheets[finding->cell.sheet];
    const KfCell *there = kf_grid_at(grid, finding->cell.row, finding->cell.col);
    bool is_text = finding->expected.kind == KF_VALUE_TEXT;
    KfPlacedCell placed = { finding->cell.sheet, there ? *there : (KfCell){ 0 } };

    placed.cell.row = finding->cell.row;
    placed.cell.col = finding->cell.col;
    placed.cell.kind = is_text ? KF_CELL_TEXT : KF_CELL_NUMBER;
    placed.cell.in_array = false;
    placed.cell.text = text_of(s, finding);
    if (finding->expected_formula.len)
        placed.cell.kind = KF_CELL_EMPTY; /* until it is evaluated */
    if (finding->accepted || finding->expected_formula.len)
        placed.cell.formula = finding->expected_formula;
    return placed;
}

static KfBook *changed_book(const Settling *s)
{
    KfPlacedCell *cells = kf_arena_array(s->arena, s->accepted_count, sizeof *cells);

    KfBook *book;

    for (size_t i = 0; i < s->accepted_count; i++)
        cells[i] = placed_cell(s, &s->accepted[i]);
    book = kf_book_changed(s->arena, s->first->book, cells, s->accepted_count);
    kf_book_fill_missing(s->arena, book, &book->unknown, &book->unknown_count);
    return book;
}

/* ---- ids that stay --------------------------------------------------------- */

static int key_order(const KfFinding *x, const KfFinding *y)
{
    if (x->has_cell != y->has_cell)
        return x->has_cell ? -1 : 1;
    if (x->has_cell && kf_ref_order(x->cell, y->cell) != 0)
        return kf_ref_order(x->cell, y->cell);
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    if (x->payer != y->payer)
        return x->payer < y->payer ? -1 : 1;
    return kf_text_cmp(x->period, y->period);
}

static int by_key(const void *a, const void *b)
{
    const KfFinding *x = *(const KfFinding *const *)a, *y = *(const KfFinding *const *)b;
    int order = key_order(x, y);

    return order ? order : (x->id > y->id) - (x->id < y->id);
}

static void index_first(Settling *s)
{
    size_t count = s->first->finding_count;

    s->by_key = kf_arena_array(s->arena, count, sizeof *s->by_key);
    s->used = kf_arena_array(s->arena, count, sizeof *s->used);
    for (size_t i = 0; i < count; i++)
        s->by_key[i] = &s->first->findings[i];
    if (count)
        qsort(s->by_key, count, sizeof *s->by_key, by_key);
    s->next_id = (uint32_t)count + 1;
}

static uint32_t id_for(Settling *s, const KfFinding *finding)
{
    size_t lo = 0, hi = s->first->finding_count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (key_order(s->by_key[mid], finding) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < s->first->finding_count && key_order(s->by_key[lo], finding) == 0; lo++) {
        uint32_t id = s->by_key[lo]->id;

        if (s->used[id - 1])
            continue;
        s->used[id - 1] = true;
        return id;
    }
    return s->next_id++;
}

/* The checks number from 1; a finding known before is to keep its number. */
static void keep_ids(Settling *s)
{
    size_t count = s->now.finding_count;
    uint32_t *ids = kf_arena_array(s->arena, count, sizeof *ids);

    if (s->first->finding_count)
        memset(s->used, 0, s->first->finding_count * sizeof *s->used);
    for (size_t i = 0; i < s->accepted_count; i++) {
        if (s->accepted[i].id <= s->first->finding_count)
            s->used[s->accepted[i].id - 1] = true;
    }
    for (size_t i = 0; i < count; i++)
        ids[i] = id_for(s, &s->now.findings[i]);
    for (size_t i = 0; i < count; i++) {
        KfFinding *finding = &s->now.findings[i];

        finding->id = ids[i];
        finding->root = finding->root && finding->root <= count ? ids[finding->root - 1] : 0;
    }
}

/* ---- cells that are settled ------------------------------------------------ */

typedef struct {
    KfRef *cells;
    size_t count, cap;
    KfTextMap proposed; /* that someone has yet to decide */
} Cells;

static KfTextMap proposed_cells(const Settling *s)
{
    KfTextMap set = { 0 };

    for (size_t i = 0; i < s->now.finding_count; i++) {
        if (kf_is_proposal(&s->now.findings[i]) && s->now.findings[i].has_cell)
            put_in(s->arena, &set, s->now.findings[i].cell, 0);
    }
    return set;
}

/* The other amounts of the column p, but for those that someone has yet to decide. */
static void settle_column(const Settling *s, Cells *out, const KfCourse *course, size_t p)
{
    for (size_t i = 0; i < course->item_count; i++) {
        const KfFigure *amount = &course->items[i].amounts[p];

        if (amount->state != KF_FIGURE_NONE && !is_in(&out->proposed, amount->ref))
            KF_PUSH(s->arena, out->cells, out->count, out->cap, amount->ref);
    }
}

/* With an amount accepted, its column is as the user wants it: what the sums lack then
 * must not be looked for in the amounts beside it. */
static void settle_course(const Settling *s, Cells *out, const KfCourse *course, KfRef cell)
{
    for (size_t i = 0; i < course->item_count; i++) {
        for (size_t p = 0; p < course->period_count; p++) {
            const KfFigure *amount = &course->items[i].amounts[p];

            if (amount->state != KF_FIGURE_NONE && kf_ref_order(amount->ref, cell) == 0)
                settle_column(s, out, course, p);
        }
    }
}

static int by_ref(const void *a, const void *b)
{
    const KfRef *x = a, *y = b;

    return kf_ref_order(*x, *y);
}

static Cells settled_cells(const Settling *s)
{
    const KfModel *model = &s->first->model;
    Cells out = { 0 };

    if (s->accepted_count)
        out.proposed = proposed_cells(s);
    for (size_t i = 0; i < s->accepted_count; i++) {
        const KfFinding *finding = &s->accepted[i];

        KF_PUSH(s->arena, out.cells, out.count, out.cap, finding->cell);
        if (finding->case_index < model->case_count && finding->course >= 0)
            settle_course(s, &out, &model->cases[finding->case_index].courses[finding->course],
                          finding->cell);
    }
    if (out.count)
        qsort(out.cells, out.count, sizeof *out.cells, by_ref);
    return out;
}

/* A book with what was decided, checked; what is settled is in doubt no more. */
static KfAudit audit_of(const Settling *s, const KfBook *book)
{
    const Cells settled = settled_cells(s);
    KfCheckOptions options = *s->options;
    KfAudit audit;

    options.settled = settled.cells;
    options.settled_count = settled.count;
    kf_audit(s->arena, book, &options, &audit);
    return audit;
}

static void check_anew(Settling *s)
{
    s->now = audit_of(s, changed_book(s));
    keep_ids(s);
}

/* ---- the result ------------------------------------------------------------ */

/* Whether the correction is none that the book as it was read asked for. */
static bool follows_from_accepted(const Settling *s, const KfFinding *finding)
{
    for (size_t i = 0; i < s->first->finding_count; i++) {
        const KfFinding *old = &s->first->findings[i];

        if (old->action == KF_ACTION_CORRECT && old->has_cell
            && kf_ref_order(old->cell, finding->cell) == 0
            && old->expected.kind == finding->expected.kind
            && old->expected.amount == finding->expected.amount)
            return false;
    }
    return s->accepted_count > 0;
}

static bool is_left_alone(const Settling *s, const KfFinding *finding)
{
    if (is_decided(s, finding))
        return true;
    if (finding->action != KF_ACTION_CORRECT)
        return false;
    return is_kept(s, finding)
           || (!is_asked_for(s, &s->now, finding) && !follows_from_accepted(s, finding));
}

/* ---- what corrections make certain ------------------------------------------ */

static bool is_made(const Settling *s, const KfFinding *finding)
{
    return finding->action == KF_ACTION_CORRECT && finding->has_cell
           && finding->expected.kind != KF_VALUE_NONE && !is_left_alone(s, finding);
}

static bool is_carried(const Settling *s, KfRef cell)
{
    return is_in(&s->carried_at, cell);
}

static int by_place(const void *a, const void *b)
{
    const KfPlacedCell *x = a, *y = b;

    return kf_ref_order((KfRef){ x->sheet, x->cell.row, x->cell.col },
                        (KfRef){ y->sheet, y->cell.row, y->cell.col });
}

/* In reading order, each place once. */
static size_t in_order(KfPlacedCell *cells, size_t count)
{
    size_t kept = 0;

    if (count)
        qsort(cells, count, sizeof *cells, by_place);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || by_place(&cells[kept - 1], &cells[i]) != 0)
            cells[kept++] = cells[i];
    }
    return kept;
}

/* All that is accepted or corrected so far. */
static size_t corrected_cells(const Settling *s, KfPlacedCell **out)
{
    const size_t most = s->accepted_count + s->now.finding_count + s->carried_count;
    KfPlacedCell *cells = kf_arena_array(s->arena, most, sizeof *cells);
    size_t count = 0;

    for (size_t i = 0; i < s->accepted_count; i++)
        cells[count++] = placed_cell(s, &s->accepted[i]);
    for (size_t i = 0; i < s->now.finding_count; i++) {
        if (is_made(s, &s->now.findings[i]) && !is_carried(s, s->now.findings[i].cell))
            cells[count++] = placed_cell(s, &s->now.findings[i]);
    }
    for (size_t i = 0; i < s->carried_count; i++)
        cells[count++] = placed_cell(s, &s->carried[i]);
    *out = cells;
    return in_order(cells, count);
}

/* The book with these cells, and what its formulas then give. */
static KfBook *corrected_book(const Settling *s, const KfPlacedCell *cells, size_t count)
{
    KfRefreshed refreshed;
    KfPlacedCell *all;

    kf_book_refresh(s->arena, s->first->book, cells, count, &refreshed);
    all = kf_arena_array(s->arena, count + refreshed.count, sizeof *all);
    for (size_t i = 0; i < count; i++)
        all[i] = cells[i];
    for (size_t i = 0; i < refreshed.count; i++)
        all[count + i] = refreshed.cells[i];
    return kf_book_changed(s->arena, s->first->book, all, count + refreshed.count);
}

/* The numbers of what was found in each cell. */
static KfTextMap ids_by_cell(const Settling *s)
{
    KfTextMap ids = { 0 };

    for (size_t i = 0; i < s->now.finding_count; i++) {
        if (s->now.findings[i].has_cell)
            put_in(s->arena, &ids, s->now.findings[i].cell, s->now.findings[i].id);
    }
    return ids;
}

/* A finding of the corrected book has the number that it had before, or a new one. */
static uint32_t id_carried(Settling *s, const KfTextMap *known, const KfFinding *finding)
{
    size_t id;

    return kf_text_map_get(known, key_of(&finding->cell), &id) ? (uint32_t)id : s->next_id++;
}

/* Takes up the corrections of a book that was corrected; false when there are none. */
static bool carry(Settling *s, const KfAudit *next)
{
    const size_t before = s->carried_count, count = next->finding_count;
    uint32_t *ids = kf_arena_array(s->arena, count, sizeof *ids);
    const KfTextMap known = ids_by_cell(s);

    for (size_t i = 0; i < count; i++) {
        if (is_made(s, &next->findings[i]))
            ids[i] = id_carried(s, &known, &next->findings[i]);
    }
    for (size_t i = 0; i < count; i++) {
        KfFinding finding = next->findings[i];

        if (!is_made(s, &finding) || is_carried(s, finding.cell))
            continue;
        finding.id = ids[i];
        finding.root = finding.root && finding.root <= count ? ids[finding.root - 1] : 0;
        KF_PUSH(s->arena, s->carried, s->carried_count, s->carried_cap, finding);
        put_in(s->arena, &s->carried_at, finding.cell, 0);
    }
    return s->carried_count > before;
}

/* Whether the corrections may leave anything else to correct. */
static bool may_leave_more(const Settling *s)
{
    bool *made = kf_arena_array(s->arena, s->now.finding_count, sizeof *made), any = false;
    KfPlacedCell *cells;
    size_t count;

    for (size_t i = 0; i < s->now.finding_count; i++) {
        made[i] = is_made(s, &s->now.findings[i]);
        any |= made[i];
    }
    if (!any || s->accepted_count)
        return any;
    count = corrected_cells(s, &cells);
    return kf_needs_second_look(s->arena, &s->now, made, cells, count);
}

/* What is corrected may leave another proposal without a rival. A second run on the copy
 * would correct that; so this one does. */
static void carry_on(Settling *s)
{
    bool any = may_leave_more(s);

    for (int round = 0; round < MOST_ROUNDS && any; round++) {
        KfPlacedCell *cells;
        const size_t count = corrected_cells(s, &cells);
        const KfAudit next = audit_of(s, corrected_book(s, cells, count));

        any = carry(s, &next);
    }
}

static void add_finding(KfAudit *out, const KfFinding *finding)
{
    KfFinding *added = &out->findings[out->finding_count++];

    *added = *finding;
    if (added->case_index >= out->model.case_count)
        added->case_index = KF_NO_INDEX;
}

static bool is_accepted_id(const Settling *s, uint32_t id)
{
    for (size_t i = 0; id && i < s->accepted_count; i++) {
        if (s->accepted[i].id == id)
            return true;
    }
    return false;
}

/* The finding as it was first told, when it is known to follow from what was accepted. */
static KfFinding as_first_told(const Settling *s, const KfFinding *finding)
{
    for (size_t i = 0; s->accepted_count && i < s->first->finding_count; i++) {
        KfFinding first = s->first->findings[i];

        if (first.id != finding->id || !kf_is_acceptable(&first) || !is_accepted_id(s, first.root)
            || first.expected.kind != finding->expected.kind
            || first.expected.amount != finding->expected.amount || finding->expected_formula.len)
            continue;
        first.action = finding->action;
        first.case_index = finding->case_index;
        first.root = 0;
        return first;
    }
    return *finding;
}

static void finish(Settling *s, KfAudit *out)
{
    size_t count = s->accepted_count + s->now.finding_count + s->carried_count;

    *out = *s->first;
    out->findings = kf_arena_array(s->arena, count, sizeof *out->findings);
    out->finding_count = 0;
    for (size_t i = 0; i < s->accepted_count; i++)
        add_finding(out, &s->accepted[i]);
    for (size_t i = 0; i < s->now.finding_count; i++) {
        KfFinding finding = s->now.findings[i];

        if (finding.has_cell && is_carried(s, finding.cell))
            continue;
        if (is_left_alone(s, &finding))
            finding.action = KF_ACTION_NONE;
        else if (finding.action == KF_ACTION_CORRECT)
            finding = as_first_told(s, &finding);
        add_finding(out, &finding);
    }
    for (size_t i = 0; i < s->carried_count; i++)
        add_finding(out, &s->carried[i]);
}

void kf_fix_settle(KfArena *arena, const KfAudit *audit, const KfCheckOptions *options,
                   const KfFixChoice *choice, KfAudit *out)
{
    Settling s = {
        .arena = arena, .first = audit, .options = options, .choice = choice, .now = *audit
    };

    index_first(&s);
    for (int round = 0; round < MOST_ROUNDS; round++) {
        size_t before = s.accepted_count;

        accept(&s);
        if (s.accepted_count == before)
            break;
        check_anew(&s);
    }
    carry_on(&s);
    finish(&s, out);
}
