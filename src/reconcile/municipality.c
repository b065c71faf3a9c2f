/* Which municipality a workbook is about. Names are compared without regard to
 * case, hyphens and the old spelling of å. */
#include "reconcile/municipality.h"

static const char *const names[] = {
#define KF_MUNICIPALITY(name) name,
#include "model/municipalities.def"
#undef KF_MUNICIPALITY
};

enum {
    NAME_COUNT = sizeof names / sizeof names[0],
    LONGEST_HEADING = 200, /* of a cell that names a municipality */
    LONGEST_TEXT = 4096,   /* of a path */
    WORDS_OF_A_NAME = 3,
};

/* A byte may become a letter of three, and a space stands around it all. */
typedef struct {
    KfBuf text;
    char room[LONGEST_TEXT * 3 + 8];
} Folded;

/* ---- folding --------------------------------------------------------------- */

static void fold_rune(KfBuf *out, int32_t rune)
{
    static const struct {
        int32_t rune;
        const char *as;
    } letters[] = {
        { 0xE6, "ae" }, { 0xE4, "ae" }, { 0xF8, "oe" }, { 0xF6, "oe" }, { 0xE5, "aa" }
    };

    rune = kf_rune_lower(rune);
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (rune == letters[i].rune) {
            kf_buf_str(out, letters[i].as);
            return;
        }
    }
    if ((rune >= 'a' && rune <= 'z') || rune > 0x7F)
        kf_buf_rune(out, rune);
    else if (out->len && out->ptr[out->len - 1] != ' ')
        kf_buf_char(out, ' ');
}

/* " aarhus kommune ": words in small letters, a space before and behind each. */
static void fold(Folded *folded, KfText text)
{
    KfBuf *out = &folded->text;
    int32_t rune;

    *out = (KfBuf){ .ptr = folded->room, .cap = sizeof folded->room };
    kf_buf_char(out, ' ');
    for (size_t pos = 0; pos < LONGEST_TEXT && (rune = kf_text_next(text, &pos)) >= 0;)
        fold_rune(out, rune);
    if (out->ptr[out->len - 1] != ' ')
        kf_buf_char(out, ' ');
}

/* Where the words of needle stand in a folded text, or SIZE_MAX. */
static size_t find_words(const Folded *folded, const char *needle, const char *behind)
{
    Folded words;

    fold(&words, kf_text(needle));
    kf_buf_str(&words.text, behind);
    return kf_text_find(kf_buf_view(&folded->text), kf_buf_view(&words.text));
}

/* The known municipality that a folded text names, followed by behind; "" for none. */
static KfText known_name(const Folded *folded, const char *behind)
{
    for (size_t i = 0; i < NAME_COUNT; i++) {
        if (find_words(folded, names[i], behind) != SIZE_MAX)
            return kf_text(names[i]);
    }
    return KF_TEXT("");
}

/* ---- names that are not in the list ---------------------------------------- */

static bool is_upper(int32_t rune)
{
    return kf_rune_lower(rune) != rune;
}

static int32_t first_rune(KfText text)
{
    size_t pos = 0;

    return kf_text_next(text, &pos);
}

/* The capitalised words right before the word at end: "Ny Eksempel" of "Ny Eksempel Kommune". */
static KfText capitalised_before(KfText text, size_t end)
{
    KfText head = kf_text_trim(kf_text_slice(text, 0, end));
    size_t from = head.len;

    for (int words = 0; words < WORDS_OF_A_NAME && from > 0; words++) {
        size_t start = from;

        while (start > 0 && head.ptr[start - 1] == ' ')
            start--;
        while (start > 0 && head.ptr[start - 1] != ' ')
            start--;
        if (!is_upper(first_rune(kf_text_slice(head, start, head.len))))
            break;
        from = start;
    }
    return kf_text_trim(kf_text_slice(head, from, head.len));
}

/* ---- a cell ---------------------------------------------------------------- */

/* Offset of the word "Kommune" or "kommune", with nothing but an "s" added. */
static size_t find_kommune(KfText text)
{
    for (size_t from = 0; from < text.len;) {
        size_t at = kf_text_find(kf_text_slice(text, from, text.len), KF_TEXT("ommune"));
        size_t end;
        int32_t next;

        if (at == SIZE_MAX)
            return SIZE_MAX;
        at += from;
        from = end = at + 6;
        if (end < text.len && text.ptr[end] == 's')
            end++;
        next = first_rune(kf_text_slice(text, end, text.len));
        if (at > 0 && (text.ptr[at - 1] == 'K' || text.ptr[at - 1] == 'k')
            && (next < 0 || !(is_upper(next) || (next | 0x20) >= 'a')))
            return at - 1;
    }
    return SIZE_MAX;
}

/* "Kommune:" or "Kommune" alone. */
static KfText behind_label(KfText text, size_t kommune)
{
    KfText rest = kf_text_slice(text, kommune + 7, text.len);

    if (kommune != 0 || !kf_text_starts(rest, KF_TEXT(":")))
        return KF_TEXT("");
    return kf_text_trim(kf_text_slice(rest, 1, rest.len));
}

static KfText name_in_cell(KfText text)
{
    size_t kommune = find_kommune(text);
    Folded folded;
    KfText name;

    if (kommune == SIZE_MAX || text.len > LONGEST_HEADING)
        return KF_TEXT("");
    fold(&folded, text);
    name = known_name(&folded, "kommune");
    if (name.len == 0 && kommune == 0)
        return behind_label(text, kommune);
    return name.len ? name : capitalised_before(text, kommune);
}

/* The name beside a cell that says "Kommune:", or "Kommune" beside a known name. */
static KfText name_beside(const KfGrid *grid, const KfCell *cell)
{
    KfText label = kf_text_trim(cell->text);
    bool has_colon = kf_text_eq(label, KF_TEXT("Kommune:"));
    const KfCell *next = kf_grid_at(grid, cell->row, cell->col + 1);
    Folded folded;
    KfText name;

    if (!next || next->kind != KF_CELL_TEXT
        || (!has_colon && !kf_text_eq(label, KF_TEXT("Kommune"))))
        return KF_TEXT("");
    fold(&folded, next->text);
    name = known_name(&folded, "");
    return name.len || !has_colon ? name : kf_text_trim(next->text);
}

/* A row of figures is about a payer, not about the workbook. */
static bool has_figures(const KfGrid *grid, size_t cell)
{
    for (size_t i = cell + 1; i < grid->cell_count && grid->cells[i].row == grid->cells[cell].row;
         i++) {
        if (grid->cells[i].kind == KF_CELL_NUMBER)
            return true;
    }
    return false;
}

static KfText name_at(const KfGrid *grid, size_t cell)
{
    KfText name = { 0 };

    if (grid->cells[cell].kind == KF_CELL_TEXT)
        name = name_in_cell(grid->cells[cell].text);
    if (name.len == 0 && grid->cells[cell].kind == KF_CELL_TEXT)
        name = name_beside(grid, &grid->cells[cell]);
    return name.len && has_figures(grid, cell) ? KF_TEXT("") : name;
}

KfText kf_municipality_of_sheet(KfArena *arena, const KfGrid *grid)
{
    KfText name = { 0 };

    for (size_t i = 0; i < grid->cell_count && name.len == 0; i++)
        name = name_at(grid, i);
    return name.len ? kf_arena_text(arena, name) : name;
}

/* ---- a path ---------------------------------------------------------------- */

KfText kf_municipality_of_path(KfText path)
{
    KfText found = { 0 };
    Folded folded;
    size_t last = 0;

    fold(&folded, path);
    for (size_t i = 0; i < NAME_COUNT; i++) {
        size_t at = find_words(&folded, names[i], "");

        if (at != SIZE_MAX && (found.len == 0 || at >= last)) {
            found = kf_text(names[i]);
            last = at;
        }
    }
    return found;
}
