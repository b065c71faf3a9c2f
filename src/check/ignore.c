/* Findings that are passed over, with what follows from them. */
#include "check/checks.h"

#include "kf/ignore.h"

enum { FILE_NAME, CODE, SHEET, CELL, REASON, EXPIRES, COLUMN_COUNT };

static const struct {
    const char *name[KF_LANG_COUNT];
} columns[COLUMN_COUNT] = {
    [FILE_NAME] = { { "fil", "file" } },        [CODE] = { { "kode", "code" } },
    [SHEET] = { { "ark", "sheet" } },           [CELL] = { { "celle", "cell" } },
    [REASON] = { { "begrundelse", "reason" } }, [EXPIRES] = { { "udløber", "expires" } },
};

typedef struct {
    KfArena *arena;
    const KfGrid *grid;
    KfDate today;
    KfIgnores *out;
    KfError *err;
    size_t cap, expired_cap;
    uint32_t column[COLUMN_COUNT]; /* UINT32_MAX: there is none */
} Reader;

/* ---- reading ---------------------------------------------------------------- */

static KfText text_at(const Reader *in, uint32_t row, int column)
{
    const KfCell *cell = NULL;

    if (in->column[column] != UINT32_MAX)
        cell = kf_grid_at(in->grid, row, in->column[column]);
    return cell ? kf_text_trim(cell->text) : KF_TEXT("");
}

static bool same_word(KfText text, const char *word)
{
    KfText wanted = kf_text(word);
    size_t a = 0, b = 0;

    while (b < wanted.len) {
        if (kf_rune_lower(kf_text_next(text, &a)) != kf_text_next(wanted, &b))
            return false;
    }
    return a == text.len;
}

static void read_heading(Reader *in, const KfCell *cell)
{
    for (int i = 0; i < COLUMN_COUNT; i++) {
        for (int lang = 0; lang < KF_LANG_COUNT; lang++) {
            if (same_word(kf_text_trim(cell->text), columns[i].name[lang]))
                in->column[i] = cell->col;
        }
    }
}

static KfStatus fail(const Reader *in, uint32_t row, const char *expected, KfText found)
{
    KfBuf part = { 0 }, detail = { 0 };

    kf_buf_str(&part, "række ");
    kf_buf_uint_padded(&part, row + 1, 1);
    kf_buf_fill(&detail, kf_text(expected), &found, 1);
    kf_fail(in->err, KF_BAD_IGNORE, kf_buf_view(&part), kf_buf_view(&detail));
    kf_buf_free(&part);
    kf_buf_free(&detail);
    return KF_BAD_IGNORE;
}

static KfStatus read_place(const Reader *in, uint32_t row, KfIgnore *out)
{
    KfText cell = text_at(in, row, CELL);
    KfFindingCode code;

    out->has_cell = cell.len > 0;
    if (out->has_cell && !kf_cellref_read(cell, &out->row, &out->col))
        return fail(in, row, "celle skal være som D30; der står \"{0}\"", cell);
    if (out->code.len && !kf_finding_code_read(out->code, &code))
        return fail(in, row, "kode skal være en som total-items; der står \"{0}\"", out->code);
    if (!out->has_cell && out->code.len == 0 && out->sheet.len == 0)
        return fail(in, row, "der mangler en kode, et ark eller en celle", cell);
    return KF_OK;
}

static KfStatus read_expiry(const Reader *in, uint32_t row, KfIgnore *out)
{
    KfText text = text_at(in, row, EXPIRES);

    out->expires = text.len ? kf_date_read(text) : KF_DATE_OPEN;
    if (out->expires == KF_DATE_NONE)
        return fail(in, row, "udløber skal være en dato som 31-12-2026; der står \"{0}\"", text);
    return KF_OK;
}

static KfStatus read_row(Reader *in, uint32_t row)
{
    KfIgnore item = { .file = kf_arena_text(in->arena, text_at(in, row, FILE_NAME)),
                      .code = kf_arena_text(in->arena, text_at(in, row, CODE)),
                      .sheet = kf_arena_text(in->arena, text_at(in, row, SHEET)),
                      .reason = kf_arena_text(in->arena, text_at(in, row, REASON)),
                      .line = row + 1 };
    KfStatus status = read_place(in, row, &item);

    if (status == KF_OK && item.reason.len == 0)
        status = fail(in, row, "der mangler en begrundelse", item.reason);
    if (status == KF_OK)
        status = read_expiry(in, row, &item);
    if (status != KF_OK)
        return status;
    if (item.expires < in->today)
        KF_PUSH(in->arena, in->out->expired, in->out->expired_count, in->expired_cap, item.line);
    else
        KF_PUSH(in->arena, in->out->items, in->out->count, in->cap, item);
    return KF_OK;
}

static bool is_blank(const Reader *in, uint32_t row)
{
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (text_at(in, row, i).len)
            return false;
    }
    return true;
}

KfStatus kf_ignores_read(KfArena *arena, const KfBook *book, KfDate today, KfIgnores *out,
                         KfError *err)
{
    Reader in = { .arena = arena, .today = today, .out = out, .err = err };
    KfStatus status = KF_OK;

    *out = (KfIgnores){ 0 };
    in.grid = book->sheet_count ? &book->sheets[0] : NULL;
    for (int i = 0; i < COLUMN_COUNT; i++)
        in.column[i] = UINT32_MAX;
    for (size_t i = 0; in.grid && i < in.grid->cell_count && in.grid->cells[i].row == 0; i++)
        read_heading(&in, &in.grid->cells[i]);
    if (!in.grid || in.column[REASON] == UINT32_MAX)
        return fail(&in, 0,
                    "den første række skal have overskrifterne kode, ark, celle, "
                    "begrundelse og udløber",
                    KF_TEXT(""));
    for (uint32_t row = 1; status == KF_OK && row < in.grid->row_count; row++) {
        if (!is_blank(&in, row))
            status = read_row(&in, row);
    }
    return status;
}

/* ---- applying ---------------------------------------------------------------- */

static bool matches(const KfAudit *audit, const KfCheckOptions *options, const KfIgnore *item,
                    const KfFinding *finding)
{
    KfText code = kf_text(kf_finding_code(finding->code));
    KfText sheet = { 0 };

    if (finding->has_cell && finding->cell.sheet < audit->book->sheet_count)
        sheet = audit->book->sheets[finding->cell.sheet].name;
    return (item->file.len == 0 || kf_text_eq(item->file, options->file_name))
           && (item->code.len == 0 || kf_text_eq(item->code, code))
           && (item->sheet.len == 0 || kf_text_eq(item->sheet, sheet))
           && (!item->has_cell
               || (finding->has_cell && finding->cell.row == item->row
                   && finding->cell.col == item->col));
}

static const KfIgnore *ignored_by(const KfAudit *audit, const KfCheckOptions *options,
                                  const KfFinding *finding)
{
    for (size_t i = 0; i < options->ignores->count; i++) {
        if (matches(audit, options, &options->ignores->items[i], finding))
            return &options->ignores->items[i];
    }
    return NULL;
}

/* A root stands before what follows from it, so that one pass finds all. */
void kf_ignores_apply(KfArena *arena, const KfCheckOptions *options, KfAudit *audit)
{
    const size_t count = audit->finding_count;
    const KfIgnore **by = kf_arena_array(arena, count, sizeof *by);
    uint32_t *numbers = kf_arena_array(arena, count, sizeof *numbers);
    size_t cap = 0, kept = 0;

    for (size_t i = 0; options->ignores && i < count; i++) {
        KfFinding finding = audit->findings[i];

        by[i] = finding.root ? by[finding.root - 1] : NULL;
        if (!by[i])
            by[i] = ignored_by(audit, options, &finding);
        if (by[i]) {
            KF_PUSH(arena, audit->ignored, audit->ignored_count, cap,
                    ((KfIgnored){ finding, by[i] }));
            continue;
        }
        finding.root = finding.root ? numbers[finding.root - 1] : 0;
        finding.id = numbers[i] = (uint32_t)kept + 1;
        audit->findings[kept++] = finding;
    }
    if (options->ignores)
        audit->finding_count = kept;
}
