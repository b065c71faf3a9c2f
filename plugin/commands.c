/* The commands of the menu. The workbook is read whole, then worked on in an arena, and
 * written to in one step that is ended whatever happens. */
#include "commands.h"

#include "check_sheet.h"
#include "kf/formula.h"
#include "kf/report.h"
#include "say.h"

#include <stdlib.h>

/* Behind it stand, parted by tabs, a marked cell, its looks, and its sheet's name. */
#define LOOKS_MARK "kontrafakt"

typedef struct {
    const KfPlugin *plugin;
    const KfDesk *desk;
    KfArena arena;
    KfHostSheet *sheets;
    size_t sheet_count;
    KfBook book;
    KfAudit audit;
    KfBuf scratch, text, message;
    bool begun, stopped;
    KfSays trouble; /* why the command could not be carried out */
} Run;

static bool fail(Run *run, KfSays trouble)
{
    run->trouble = trouble;
    return false;
}

/* Told when the workbook shows what was done. */
static void say(Run *run, KfSays what, const KfText *args, size_t count)
{
    run->message.len = 0;
    kf_buf_says(&run->message, what, run->plugin->lang, args, count);
}

static bool progress_with(Run *run, KfSays say, const KfText *args, size_t count)
{
    KfBuf message = { 0 };

    kf_buf_says(&message, say, run->plugin->lang, args, count);
    if (!run->desk->progress(run->desk->ctx, kf_buf_view(&message)))
        run->stopped = true;
    kf_buf_free(&message);
    return !run->stopped || fail(run, KF_SAYS_STOPPED);
}

static bool progress(Run *run, KfSays say, KfText arg)
{
    return progress_with(run, say, &arg, 1);
}

/* The core asks before each case; the user is told of some fifty of them. */
static bool case_progress(void *ctx, size_t done, size_t all)
{
    enum { TOLD = 50 };
    Run *run = ctx;
    KfBuf numbers[2] = { { 0 }, { 0 } };

    if (run->stopped || done % (all / TOLD + 1))
        return !run->stopped;
    kf_buf_uint_padded(&numbers[0], done + 1, 1);
    kf_buf_uint_padded(&numbers[1], all, 1);
    progress_with(run, KF_SAYS_CHECKING_CASE,
                  (KfText[]){ kf_buf_view(&numbers[0]), kf_buf_view(&numbers[1]) }, 2);
    kf_buf_free(&numbers[0]);
    kf_buf_free(&numbers[1]);
    return !run->stopped;
}

static KfText taken(Run *run)
{
    return kf_arena_take(&run->arena, &run->scratch);
}

static KfText number_text(Run *run, size_t number)
{
    kf_buf_uint_padded(&run->scratch, number, 1);
    return taken(run);
}

/* ---- reading --------------------------------------------------------------- */

static bool read_sheets(Run *run)
{
    const KfDesk *desk = run->desk;

    run->sheet_count = desk->sheet_count(desk->ctx);
    run->sheets = calloc(run->sheet_count ? run->sheet_count : 1, sizeof *run->sheets);
    if (!run->sheets)
        return fail(run, KF_SAYS_NO_MEMORY);
    for (size_t i = 0; i < run->sheet_count; i++) {
        if (!desk->read(desk->ctx, i, &run->sheets[i]))
            return fail(run, KF_SAYS_FAILED);
        if (kf_host_sheet_bad(&run->sheets[i]))
            return fail(run, KF_SAYS_NO_MEMORY);
        if (!progress(run, KF_SAYS_READING, kf_buf_view(&run->sheets[i].name)))
            return false;
    }
    return true;
}

static void make_book(Run *run)
{
    kf_host_book(&run->arena, run->sheets, run->sheet_count, run->desk->date1904, &run->book);
    kf_book_fill_missing(&run->arena, &run->book, &run->book.unknown, &run->book.unknown_count);
}

static KfCheckOptions check_options(Run *run)
{
    return (KfCheckOptions){ .rules = run->plugin->rules,
                             .as_of = KF_DATE_NONE,
                             .progress = case_progress,
                             .progress_ctx = run };
}

static bool begin(Run *run, KfCommand command)
{
    const char *title = kf_command_title(command, run->plugin->lang);

    run->begun = run->desk->begin(run->desk->ctx, kf_text(title));
    return run->begun || fail(run, KF_SAYS_FAILED);
}

/* ---- looks ----------------------------------------------------------------- */

/* "kontrafakt, D30, looks, Borger 1" with tabs; empty when the cell is not marked. */
static bool read_looks(Run *run, KfRef cell, KfText *out)
{
    kf_buf_str(&run->scratch, LOOKS_MARK "\t");
    kf_buf_cellref(&run->scratch, cell.row, cell.col);
    kf_buf_char(&run->scratch, '\t');
    if (!run->desk->looks(run->desk->ctx, cell, &run->scratch))
        return fail(run, KF_SAYS_FAILED);
    kf_buf_char(&run->scratch, '\t');
    kf_buf_text(&run->scratch, run->book.sheets[cell.sheet].name);
    *out = taken(run);
    return true;
}

/* The text up to the next tab; rest is what follows it. */
static KfText next_field(KfText *rest)
{
    size_t tab = kf_text_find(*rest, KF_TEXT("\t"));
    KfText field = kf_text_slice(*rest, 0, tab);

    *rest = kf_text_slice(*rest, tab == SIZE_MAX ? rest->len : tab + 1, rest->len);
    return field;
}

static bool find_sheet(const KfBook *book, KfText name, uint32_t *out)
{
    for (uint32_t i = 0; i < book->sheet_count; i++) {
        *out = i;
        if (kf_text_eq(book->sheets[i].name, name))
            return true;
    }
    return false;
}

/* Whether a mark was told of and could be taken back. */
static bool take_back(Run *run, KfText told)
{
    KfText place, looks;
    KfRef ref = { 0, 0, 0 };

    if (!kf_text_eq(next_field(&told), KF_TEXT(LOOKS_MARK)))
        return false;
    place = next_field(&told);
    looks = next_field(&told);
    return kf_cellref_read(place, &ref.row, &ref.col) && find_sheet(&run->book, told, &ref.sheet)
           && run->desk->look_again(run->desk->ctx, ref, looks);
}

/* Take back the marks that our sheets tell of: of checks only, or of corrections too. */
static size_t take_back_marks(Run *run, bool corrections_too)
{
    size_t count = 0;

    for (size_t i = 0; i < run->book.sheet_count; i++) {
        const KfGrid *grid = &run->book.sheets[i];

        if (!kf_grid_is_ours(grid) || (kf_grid_is_corrections(grid) && !corrections_too))
            continue;
        for (size_t k = 0; k < grid->cell_count; k++)
            count += grid->cells[k].kind == KF_CELL_TEXT && take_back(run, grid->cells[k].text);
    }
    return count;
}

/* From the last to the first, so that the numbers of those before stay right. */
static bool drop_check_sheets(Run *run)
{
    for (size_t i = run->book.sheet_count; i-- > 0;) {
        const KfGrid *grid = &run->book.sheets[i];

        if (kf_grid_is_ours(grid) && !kf_grid_is_corrections(grid)
            && !run->desk->drop_sheet(run->desk->ctx, i))
            return fail(run, KF_SAYS_FAILED);
    }
    return true;
}

/* ---- check ----------------------------------------------------------------- */

static void put_report(Run *run)
{
    const KfFileReport file = { .path = run->desk->title, .audit = &run->audit };
    const KfReportOptions options = { .lang = run->plugin->lang, .least = KF_WARNING };

    if (!run->desk->report)
        return;
    run->text.len = 0;
    kf_report_check_json(&run->text, &file, 1, &options);
    if (!run->text.bad)
        run->desk->report(run->desk->ctx, kf_buf_view(&run->text));
}

static KfText verdict(Run *run)
{
    const KfFileReport file = { .path = run->desk->title, .audit = &run->audit };
    const KfReportOptions options = { .lang = run->plugin->lang,
                                      .quiet = true,
                                      .least = KF_WARNING };

    if (run->audit.model.case_count == 0)
        return kf_says(KF_SAYS_NONE, run->plugin->lang);
    kf_report_check_text(&run->scratch, &file, 1, &options);
    return kf_text_trim(taken(run));
}

static bool is_marked(const KfFinding *finding)
{
    return finding->has_cell && finding->severity >= KF_WARNING;
}

static bool mark_finding(Run *run, const KfFinding *finding)
{
    const KfText message = finding->message[run->plugin->lang];
    KfCellEdit edit = { .ref = finding->cell, .mark = KF_MARK_PROPOSED };
    KfText masked;

    kf_buf_masked(&run->scratch, message);
    masked = taken(run);
    kf_buf_says(&run->scratch, KF_SAYS_NOTE, run->plugin->lang, &masked, 1);
    edit.note = taken(run);
    return run->desk->edit(run->desk->ctx, &edit) || fail(run, KF_SAYS_FAILED);
}

/* All looks are read before the first mark: two findings may share a cell. The old sheet
 * goes last, for with it the numbers of those behind it change. */
static bool write_check(Run *run)
{
    const KfAudit *audit = &run->audit;
    KfText *looks = kf_arena_array(&run->arena, audit->finding_count, sizeof *looks);
    const KfOutSheet *sheet;

    for (size_t i = 0; i < audit->finding_count; i++) {
        if (is_marked(&audit->findings[i]) && !read_looks(run, audit->findings[i].cell, &looks[i]))
            return false;
    }
    for (size_t i = audit->finding_count; i-- > 0;) {
        if (is_marked(&audit->findings[i]) && !mark_finding(run, &audit->findings[i]))
            return false;
    }
    sheet =
        kf_check_sheet(&run->arena, &run->scratch, audit, verdict(run), looks, run->plugin->lang);
    return drop_check_sheets(run)
           && (run->desk->add_sheet(run->desk->ctx, sheet) || fail(run, KF_SAYS_FAILED));
}

static bool run_CHECK(Run *run)
{
    const KfCheckOptions options = check_options(run);

    make_book(run);
    if (!progress(run, KF_SAYS_CHECKING, KF_TEXT("")))
        return false;
    kf_audit(&run->arena, &run->book, &options, &run->audit);
    if (run->stopped)
        return false;
    put_report(run);
    if (!progress(run, KF_SAYS_WRITING, KF_TEXT("")) || !begin(run, KF_CMD_CHECK))
        return false;
    take_back_marks(run, false);
    return write_check(run);
}

/* ---- correct --------------------------------------------------------------- */

static bool confirm(Run *run, const KfFixPlan *plan)
{
    const KfLang lang = run->plugin->lang;
    KfText args[] = {
        number_text(run, plan->change_count),
        number_text(run, plan->proposal_count),
        kf_says(run->desk->can_undo ? KF_SAYS_CAN_UNDO : KF_SAYS_CANNOT_UNDO, lang),
    };

    run->text.len = 0;
    kf_buf_says(&run->text, KF_SAYS_ASK_FIX, lang, args, 3);
    return !run->text.bad && run->desk->ask(run->desk->ctx, kf_buf_view(&run->text));
}

/* The looks of the cells that the sheet tells of, in the place of its STYLE cells: in the
 * order of the cells, "0!D30". */
static bool fill_looks(Run *run, const KfOutSheet *sheet)
{
    for (size_t i = 0; i < sheet->row_count; i++) {
        for (size_t k = 0; k < sheet->rows[i].count; k++) {
            KfOutCell *cell = &sheet->rows[i].cells[k];
            KfText rest = cell->target;
            size_t mark = kf_text_find(rest, KF_TEXT("!"));
            KfAmount index;
            KfRef ref;

            if (cell->kind != KF_OUT_STYLE || mark == SIZE_MAX
                || kf_amount_from_decimal(kf_text_slice(rest, 0, mark), &index) != KF_READ_OK
                || !kf_cellref_read(kf_text_slice(rest, mark + 1, rest.len), &ref.row, &ref.col))
                continue;
            ref.sheet = (uint32_t)(index.oere / 100);
            cell->kind = KF_OUT_TEXT;
            if (ref.sheet >= run->book.sheet_count || !read_looks(run, ref, &cell->text))
                return fail(run, KF_SAYS_FAILED);
        }
    }
    return true;
}

static bool write_edits(Run *run, const KfEdits *edits)
{
    if (edits->sheet && !fill_looks(run, edits->sheet))
        return false;
    for (size_t i = 0; i < edits->edit_count; i++) {
        if (!run->desk->edit(run->desk->ctx, &edits->edits[i]))
            return fail(run, KF_SAYS_FAILED);
    }
    return !edits->sheet || run->desk->add_sheet(run->desk->ctx, edits->sheet)
           || fail(run, KF_SAYS_FAILED);
}

static void plan_fix(Run *run, KfFixPlan *plan, KfEdits *edits)
{
    const KfCheckOptions options = check_options(run);
    const KfFixChoice choice = { .keep_protected = true };
    const KfFixOptions how = { .file_name = run->desk->title,
                               .lang = run->plugin->lang,
                               .fills = true,
                               .notes = true,
                               .keep_protected = true };
    KfAudit *settled = kf_arena_alloc(&run->arena, sizeof *settled);

    kf_audit(&run->arena, &run->book, &options, &run->audit);
    kf_fix_settle(&run->arena, &run->audit, &options, &choice, settled);
    kf_fix_plan(&run->arena, settled, plan);
    kf_fix_edits(&run->arena, settled, plan, &how, edits);
}

static bool run_FIX(Run *run)
{
    KfFixPlan plan;
    KfEdits edits;
    KfText said[2];

    make_book(run);
    if (!progress(run, KF_SAYS_CHECKING, KF_TEXT("")))
        return false;
    plan_fix(run, &plan, &edits);
    if (run->stopped)
        return false;
    if (plan.change_count == 0 && (plan.proposal_count == 0 || kf_book_has_ours(&run->book)))
        return fail(run, run->audit.model.case_count ? KF_SAYS_NOTHING_TO_FIX : KF_SAYS_NONE);
    if (!confirm(run, &plan))
        return fail(run, KF_SAYS_COUNT); /* the user knows */
    if (!progress(run, KF_SAYS_WRITING, KF_TEXT("")) || !begin(run, KF_CMD_FIX))
        return false;
    take_back_marks(run, false);
    if (!write_edits(run, &edits))
        return false;
    said[0] = number_text(run, plan.change_count);
    said[1] = edits.sheet ? edits.sheet->name : KF_TEXT("");
    say(run, KF_SAYS_FIXED, said, 2);
    return true;
}

/* ---- the others ------------------------------------------------------------ */

static bool run_CLEAR(Run *run)
{
    KfText count;

    make_book(run);
    if (!begin(run, KF_CMD_CLEAR))
        return false;
    count = number_text(run, take_back_marks(run, true));
    if (!drop_check_sheets(run))
        return false;
    say(run, KF_SAYS_CLEARED, &count, 1);
    return true;
}

static bool run_ABOUT(Run *run)
{
    say(run, KF_SAYS_ABOUT,
        (KfText[]){ kf_text(kf_version()), kf_ruleset_name(run->plugin->rules) }, 2);
    return true;
}

/* ---- the run --------------------------------------------------------------- */

typedef struct {
    Run *run;
    bool (*work)(Run *run);
    bool done;
} Job;

static KfStatus work(void *ctx)
{
    Job *job = ctx;

    job->done = job->work(job->run);
    return KF_OK;
}

static void finish(Run *run)
{
    for (size_t i = 0; run->sheets && i < run->sheet_count; i++)
        kf_host_sheet_free(&run->sheets[i]);
    free(run->sheets);
    kf_buf_free(&run->scratch);
    kf_buf_free(&run->text);
    kf_buf_free(&run->message);
    kf_arena_finish(&run->arena);
}

bool kf_command_run(const KfPlugin *plugin, const KfDesk *desk, KfCommand command)
{
    static bool (*const works[])(Run *) = {
#define KF_COMMAND(id, key, da, en, help_da, help_en) [KF_CMD_##id] = run_##id,
#include "commands.def"
#undef KF_COMMAND
    };
    Run run = { .plugin = plugin, .desk = desk, .trouble = KF_SAYS_COUNT };
    Job job = { &run, works[command], false };

    kf_arena_init(&run.arena);
    if ((command == KF_CMD_ABOUT || read_sheets(&run))
        && kf_arena_run(&run.arena, work, &job) != KF_OK)
        run.trouble = KF_SAYS_NO_MEMORY;
    if (run.begun)
        desk->end(desk->ctx);
    desk->progress(desk->ctx, KF_TEXT(""));
    if (!job.done && run.trouble < KF_SAYS_COUNT)
        say(&run, run.trouble, NULL, 0);
    if (run.message.len && !run.message.bad)
        desk->tell(desk->ctx, kf_buf_view(&run.message));
    finish(&run);
    return job.done;
}

bool kf_note_is_ours(KfText note)
{
    return kf_text_starts(note, KF_TEXT("Kontrafakt: "))
           || kf_text_starts(note, KF_TEXT("Forslag: "))
           || kf_text_starts(note, KF_TEXT("Proposal: "));
}
