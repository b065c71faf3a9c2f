/* A workbook file with edits: which parts are touched, and in what order. Each
 * part is changed in a file of its own; here they are brought together. */
#include "ooxml/xlsx_write.h"

#include "ooxml/book_patch.h"
#include "ooxml/kept_style.h"
#include "ooxml/notes_patch.h"
#include "ooxml/opc_patch.h"
#include "ooxml/originals.h"
#include "ooxml/sheet_patch.h"
#include "ooxml/xml_write.h"

#define SHEET_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
#define STYLES_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
#define COMMENTS_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
#define DRAWING_TYPE "application/vnd.openxmlformats-officedocument.vmlDrawing"

/* The style that a cell had and the one it got. */
typedef struct {
    KfRef ref;
    KfKeptStyle kept;
} KfStyleNote;

typedef struct {
    KfXlsxWrite *write;
    KfRewrite rewrite;
    KfBookPatch book;
    KfStylePatch styles;
    KfText styles_part;
    KfText folder;         /* of the workbook part */
    KfStyleNote *restyled; /* for revert */
    size_t restyled_count, restyled_cap;
    KfChainCell *chained; /* cells that lost their formula, or got one */
    size_t chained_count, chained_cap;
    KfOriginals originals;
    KfClusters clusters; /* of shape numbers */
    bool has_clusters;   /* they were looked for */
    KfError *err;
} Writer;

/* ---- cells ---------------------------------------------------------------- */

/* Whether the text shows one or two decimals, or the number has some. */
static bool has_decimals(KfText text, KfText number)
{
    size_t digits = 0;

    if (kf_text_find(number, KF_TEXT(".")) != SIZE_MAX)
        return true;
    for (size_t i = text.len; i > 0; i--) {
        char c = text.ptr[i - 1];

        if (c >= '0' && c <= '9')
            digits++;
        else if (digits)
            return (c == ',' || c == '.') && digits <= 2;
    }
    return false;
}

static bool is_text_format(const Writer *w, uint32_t style)
{
    const KfStyles *styles = &w->write->xlsx->styles;
    const KfBook *book = w->write->book;
    uint32_t format = style < styles->count ? styles->formats[style] : 0;

    return format < book->format_count && kf_text_eq(book->formats[format], KF_TEXT("@"));
}

/* What the edit does to the format of the cell. A number that comes in the place of
 * a text, or of nothing, must not get the format of texts: the program would take
 * it for one. */
static KfStyleChange style_change(const Writer *w, const KfCellEdit *edit, const KfCellSpot *spot)
{
    const KfGrid *sheet = &w->write->book->sheets[edit->ref.sheet];
    const KfCell *cell = kf_grid_at(sheet, edit->ref.row, edit->ref.col);
    KfStyleChange change = { .mark = edit->mark };
    bool was_number = spot->value.to && !spot->is_text;

    if (!edit->has_value || edit->is_text || was_number || spot->has_formula)
        return change;
    change.unquote = true;
    change.number_format = is_text_format(w, spot->style);
    change.decimals =
        change.number_format && has_decimals(cell ? cell->text : (KfText){ 0 }, edit->number);
    return change;
}

static uint32_t sheet_id_of(const Writer *w, uint32_t sheet)
{
    for (size_t i = 0; i < w->book.tab_count; i++) {
        if (kf_text_eq(w->book.tabs[i].name, w->write->book->sheets[sheet].name))
            return w->book.tabs[i].sheet_id;
    }
    return 0;
}

/* What the calculation chain must know of a cell; a formula in the place of another one
 * keeps its entry. */
static void note_chain(Writer *w, KfRef ref, const KfCellSpot *spot, bool has_formula)
{
    KfChainCell cell = { sheet_id_of(w, ref.sheet), ref.row, ref.col, has_formula };

    if (spot->has_formula != has_formula || (spot->array_formula && !spot->keep_formula))
        KF_PUSH(w->write->arena, w->chained, w->chained_count, w->chained_cap, cell);
}

static void note_style(Writer *w, KfRef ref, const KfCellSpot *spot, const KfStyleChange *change,
                       uint32_t after)
{
    KfStyleNote note = { ref,
                         { .was_absent = !spot->present,
                           .has_before = spot->present,
                           .before = spot->style,
                           .after = after,
                           .was_text = change->number_format,
                           .was_quoted = kf_style_patch_quoted(&w->styles, spot->style),
                           .fill = kf_style_patch_fill(&w->styles, spot->style) } };

    KF_PUSH(w->write->arena, w->restyled, w->restyled_count, w->restyled_cap, note);
}

static const KfStyleNote *find_style_note(const Writer *w, KfRef ref)
{
    size_t lo = 0, hi = w->restyled_count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (kf_ref_order(w->restyled[mid].ref, ref) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < w->restyled_count && kf_ref_order(w->restyled[lo].ref, ref) == 0 ? &w->restyled[lo]
                                                                                 : NULL;
}

/* What a run before kept of the cell counts; only the numbers of styles are this file's. */
static KfText style_text(Writer *w, KfRef ref, KfText earlier)
{
    const KfStyleNote *note = find_style_note(w, ref);
    KfKeptStyle kept = { 0 };

    if (!note)
        return earlier;
    if (!kf_kept_style_read(earlier, &kept)) {
        kept = note->kept;
    } else {
        kept.has_before &= kept.after == note->kept.before;
        kept.was_text |= note->kept.was_text;
        kept.was_quoted |= note->kept.was_quoted;
        kept.after = note->kept.after;
    }
    return kf_kept_style_text(w->write->arena, &kept);
}

static void restore_cell(Writer *w, KfSheetPatch *patch, size_t i)
{
    KfKeptStyle kept;

    kf_kept_style_read(patch->edits[i].original->style, &kept);
    kf_sheet_patch_restore(
        patch, i, kf_kept_style_restore(&w->styles, &kept, patch->spots[i].style), kept.was_absent);
}

static void patch_cells(Writer *w, KfSheetPatch *patch)
{
    for (size_t i = 0; i < patch->count; i++) {
        const KfCellEdit *edit = &patch->edits[i];
        const KfCellSpot *spot = &patch->spots[i];
        KfStyleChange change = style_change(w, edit, spot);
        uint32_t style;

        if (edit->original) {
            restore_cell(w, patch, i);
            note_chain(w, edit->ref, spot, spot->keep_formula || edit->original->formula.len);
            continue;
        }
        style = kf_style_patch_cell(&w->styles, spot->style, &change);
        note_style(w, edit->ref, spot, &change, style);
        kf_sheet_patch_cell(patch, i, style);
        if (edit->has_value)
            note_chain(w, edit->ref, spot, spot->keep_formula || edit->formula.len);
    }
}

/* ---- notes ---------------------------------------------------------------- */

/* The clusters of shape numbers that the drawings of the workbook use. */
static KfStatus find_clusters(Writer *w)
{
    const KfPackage *package = w->rewrite.package;

    for (size_t i = 0; i < package->entry_count; i++) {
        KfText name = kf_package_name(package, i), vml;
        KfStatus status;

        if (!kf_text_same_name(kf_text_slice(name, name.len < 4 ? 0 : name.len - 4, name.len),
                               KF_TEXT(".vml")))
            continue;
        if ((status = kf_rewrite_get(&w->rewrite, name, &vml, w->err)) != KF_OK)
            return status;
        kf_clusters_count(w->write->arena, &w->clusters, vml);
    }
    w->has_clusters = true;
    return KF_OK;
}

static const KfRelation *first_ending(const KfRelations *relations, KfText ending)
{
    for (size_t i = 0; i < relations->count; i++) {
        if (kf_text_ends(relations->items[i].type, ending) && !relations->items[i].external)
            return &relations->items[i];
    }
    return NULL;
}

/* The part that a relationship leads to, or a new one and the relationship to it. */
static KfStatus part_of(Writer *w, KfText sheet_part, const KfRelation *relation, KfText kind,
                        KfText new_part, KfText *part, KfText *id)
{
    bool is_vml = kf_text_eq(kind, KF_TEXT("vmlDrawing")); /* is in no strict namespace */
    KfNewRelation fresh = { kind, new_part, w->book.strict && !is_vml };

    *part = relation ? relation->target : new_part;
    if (relation)
        return KF_OK;
    return kf_opc_relate(&w->rewrite, sheet_part, &fresh, id, w->err);
}

static KfStatus put_comments(Writer *w, KfText sheet_part, const KfRelation *relation, KfText xml)
{
    KfText stem = KF_XML_JOIN(w->write->arena, w->folder, KF_TEXT("comments"));
    KfText fresh = kf_opc_free_name(&w->rewrite, stem, KF_TEXT(".xml")), part, id;
    KfStatus status = part_of(w, sheet_part, relation, KF_TEXT("comments"), fresh, &part, &id);

    if (status != KF_OK)
        return status;
    kf_rewrite_put(&w->rewrite, part, xml);
    return relation ? KF_OK : kf_opc_declare(&w->rewrite, part, KF_TEXT(COMMENTS_TYPE), w->err);
}

static KfStatus put_drawing(Writer *w, KfText sheet_part, KfSheetPatch *sheet,
                            const KfRelation *relation, KfText vml)
{
    KfText stem = KF_XML_JOIN(w->write->arena, w->folder, KF_TEXT("drawings/vmlDrawing"));
    KfText fresh = kf_opc_free_name(&w->rewrite, stem, KF_TEXT(".vml")), part, id;
    KfStatus status = part_of(w, sheet_part, relation, KF_TEXT("vmlDrawing"), fresh, &part, &id);

    if (status != KF_OK)
        return status;
    kf_rewrite_put(&w->rewrite, part, vml);
    if (relation)
        return KF_OK;
    kf_sheet_patch_legacy(sheet, id);
    return kf_opc_declare_extension(&w->rewrite, part, KF_TEXT(DRAWING_TYPE), w->err);
}

/* The relationships of a part as it was read. */
static KfStatus relations_of(Writer *w, KfText part, KfRelations *out)
{
    KfStatus status =
        kf_opc_relations(out, w->rewrite.package, part, w->write->arena, w->write->scratch, w->err);

    w->write->scratch->len = 0; /* it held the part */
    return status;
}

static KfStatus get_target(Writer *w, const KfRelation *relation, KfText *xml)
{
    *xml = (KfText){ 0 };
    return relation ? kf_rewrite_get(&w->rewrite, relation->target, xml, w->err) : KF_OK;
}

/* The boxes of notes that were taken out. */
static void undraw(Writer *w, const KfRelation *drawing, KfNotesPatch *notes, KfText old_vml)
{
    KfText vml = kf_notes_undraw(notes, old_vml);

    if (!kf_text_eq(vml, old_vml))
        kf_rewrite_put(&w->rewrite, drawing->target, vml);
}

/* The notes are written only where their boxes can be drawn. */
static KfStatus place_notes(Writer *w, KfText part, KfSheetPatch *sheet, KfNotesPatch *notes,
                            const KfRelations *relations)
{
    const KfRelation *comments = kf_opc_first(relations, KF_TEXT("comments"));
    const KfRelation *drawing = kf_opc_by_id(relations, sheet->legacy_id);
    KfText old_comments, old_vml, new_comments, vml = { 0 };
    bool pending;
    KfStatus status;

    if ((status = get_target(w, comments, &old_comments)) != KF_OK
        || (status = get_target(w, drawing, &old_vml)) != KF_OK)
        return status;
    status = kf_notes_comments(notes, old_comments, comments ? comments->target : part,
                               &new_comments, w->err);
    if (status != KF_OK)
        return status;
    pending = kf_notes_pending(notes);
    if (pending && !w->has_clusters && (status = find_clusters(w)) != KF_OK)
        return status;
    if (pending && !kf_notes_drawing(notes, old_vml, &w->clusters, &vml))
        return KF_OK;
    if (pending || (comments && !kf_text_eq(old_comments, new_comments)))
        status = put_comments(w, part, comments, new_comments);
    if (status == KF_OK && !pending && drawing)
        undraw(w, drawing, notes, old_vml);
    if (status != KF_OK || !pending)
        return status;
    return put_drawing(w, part, sheet, drawing, vml);
}

static KfStatus patch_notes(Writer *w, KfText part, KfSheetPatch *sheet, const KfCellEdit *edits,
                            size_t count)
{
    KfNotesPatch notes = { .arena = w->write->arena,
                           .scratch = w->write->scratch,
                           .widths = sheet->widths,
                           .width_count = sheet->width_count,
                           .strict = w->book.strict };
    KfRelations relations = { 0 };
    const KfRelation *threaded;
    KfText xml;
    KfStatus status;

    notes.notes = kf_arena_array(notes.arena, count, sizeof *notes.notes);
    for (size_t i = 0; i < count; i++) {
        if (edits[i].note.len || edits[i].original)
            notes.notes[notes.count++] = (KfNote){ .row = edits[i].ref.row,
                                                   .col = edits[i].ref.col,
                                                   .text = edits[i].note,
                                                   .removes = edits[i].original != NULL };
    }
    if (!notes.count)
        return KF_OK;
    status = relations_of(w, part, &relations);
    threaded = status == KF_OK ? first_ending(&relations, KF_TEXT("/threadedComment")) : NULL;
    if (threaded && (status = get_target(w, threaded, &xml)) == KF_OK)
        status = kf_notes_threaded(&notes, xml, threaded->target, w->err);
    return status == KF_OK ? place_notes(w, part, sheet, &notes, &relations) : status;
}

/* ---- sheets --------------------------------------------------------------- */

/* The edits that change their cell; the others only have a note. */
static void keep_changing(KfSheetPatch *patch, const KfCellEdit *edits, size_t count)
{
    KfCellEdit *kept = kf_arena_array(patch->arena, count, sizeof *kept);

    patch->edits = kept;
    for (size_t i = 0; i < count; i++) {
        if (edits[i].original || edits[i].has_value || edits[i].mark != KF_MARK_NONE)
            kept[patch->count++] = edits[i];
    }
}

/* Edits of one sheet. */
static KfStatus patch_sheet(Writer *w, const KfCellEdit *edits, size_t count)
{
    KfSheetPatch *patch = kf_arena_alloc(w->write->arena, sizeof *patch);
    uint32_t sheet = edits[0].ref.sheet;
    KfText part = w->write->xlsx->sheets[sheet].part;
    KfStatus status;

    patch->arena = w->write->arena;
    patch->scratch = w->write->scratch;
    patch->marks = &w->write->xlsx->sheets[sheet].marks;
    status = kf_rewrite_get_for_splices(&w->rewrite, part, count, &patch->xml, w->err);

    if (status != KF_OK)
        return status;
    keep_changing(patch, edits, count);
    status = kf_sheet_patch_open(patch, &w->write->book->sheets[sheet], part, w->err);
    if (status != KF_OK)
        return status;
    patch_cells(w, patch);
    if ((status = patch_notes(w, part, patch, edits, count)) != KF_OK)
        return status;
    kf_sheet_patch_finish(patch);
    if (patch->splices.count)
        kf_rewrite_splice(&w->rewrite, part, patch->xml, &patch->splices);
    return KF_OK;
}

static KfStatus patch_sheets(Writer *w)
{
    const KfEdits *edits = w->write->edits;
    KfStatus status = KF_OK;

    for (size_t from = 0, to; from < edits->edit_count && status == KF_OK; from = to) {
        for (to = from; to < edits->edit_count; to++) {
            if (edits->edits[to].ref.sheet != edits->edits[from].ref.sheet)
                break;
        }
        status = patch_sheet(w, edits->edits + from, to - from);
    }
    return status;
}

/* What hung on our sheet as it was goes with it: nothing of the new one refers to it. */
static KfStatus clear_relations(Writer *w, KfText part)
{
    static const char *const own[] = { "comments", "vmlDrawing", "printerSettings" };
    KfRelations relations = { 0 };
    KfText name = kf_opc_relations_name(w->write->arena, part);
    KfStatus status = relations_of(w, part, &relations);

    for (size_t i = 0; i < relations.count && status == KF_OK; i++) {
        for (size_t j = 0; j < 3 && status == KF_OK; j++) {
            const KfRelation *relation = &relations.items[i];

            if (relation->external || !kf_opc_is(relation, kf_text(own[j])))
                continue;
            kf_rewrite_remove(&w->rewrite, relation->target);
            status = kf_opc_undeclare(&w->rewrite, relation->target, w->err);
        }
    }
    kf_rewrite_remove(&w->rewrite, name);
    return status == KF_OK ? kf_opc_undeclare(&w->rewrite, name, w->err) : status;
}

static KfStatus add_tab(Writer *w, KfText *part, size_t *tab)
{
    KfText stem = KF_XML_JOIN(w->write->arena, w->folder, KF_TEXT("worksheets/sheet")), id;
    KfNewRelation relation = { .kind = KF_TEXT("worksheet"), .strict = w->book.strict };
    KfStatus status;

    relation.target = *part = kf_opc_free_name(&w->rewrite, stem, KF_TEXT(".xml"));
    status = kf_opc_relate(&w->rewrite, w->write->xlsx->workbook_part, &relation, &id, w->err);
    if (status != KF_OK)
        return status;
    *tab = kf_book_patch_add_tab(
        &w->book, kf_book_patch_free_name(&w->book, w->write->edits->sheet->name), id);
    return kf_opc_declare(&w->rewrite, *part, KF_TEXT(SHEET_TYPE), w->err);
}

/* The cells of our sheet that keep what revert needs. */
static void fill_styles(Writer *w)
{
    const KfOutSheet *sheet = w->write->edits->sheet;

    for (size_t i = 0; i < sheet->row_count; i++) {
        for (size_t j = 0; j < sheet->rows[i].count; j++) {
            KfOutCell *cell = &sheet->rows[i].cells[j];

            size_t sign = kf_text_find(cell->target, KF_TEXT("!"));
            KfRef ref;

            if (cell->kind == KF_OUT_STYLE && sign != SIZE_MAX
                && kf_xml_uint(kf_text_slice(cell->target, 0, sign), &ref.sheet)
                && kf_cellref_read(kf_text_slice(cell->target, sign + 1, cell->target.len),
                                   &ref.row, &ref.col))
                cell->text = style_text(w, ref, cell->text);
        }
    }
}

/* Our sheet goes, with all that was made for it. */
static KfStatus remove_sheet(Writer *w)
{
    size_t tab = kf_book_patch_ours(&w->book);
    const KfRelation *relation = NULL;
    KfText part, id;
    KfStatus status;

    if (tab != SIZE_MAX)
        relation = kf_opc_by_id(&w->write->xlsx->relations, w->book.tabs[tab].rel_id);
    if (!relation || !kf_opc_is(relation, KF_TEXT("worksheet")) || w->book.tab_count < 2)
        return KF_OK;
    part = relation->target;
    id = relation->id;
    if ((status = clear_relations(w, part)) != KF_OK)
        return status;
    kf_book_patch_remove_tab(&w->book, tab);
    kf_rewrite_remove(&w->rewrite, part);
    if ((status = kf_opc_undeclare(&w->rewrite, part, w->err)) != KF_OK)
        return status;
    return kf_opc_unrelate(&w->rewrite, w->write->xlsx->workbook_part, id, w->err);
}

/* Our sheet takes the place of the one of an earlier run, or comes last. */
static KfStatus put_sheet(Writer *w)
{
    size_t tab = kf_book_patch_ours(&w->book);
    const KfRelation *relation = NULL;
    KfSheetNames names;
    KfText part, xml;
    KfStatus status;

    if (tab != SIZE_MAX)
        relation = kf_opc_by_id(&w->write->xlsx->relations, w->book.tabs[tab].rel_id);
    if (relation && kf_opc_is(relation, KF_TEXT("worksheet")))
        status = clear_relations(w, part = relation->target);
    else
        status = add_tab(w, &part, &tab);
    if (status != KF_OK)
        return status;
    fill_styles(w);
    xml = kf_new_sheet(w->write->arena, w->write->scratch, w->write->edits->sheet, &w->styles,
                       w->book.strict, &names);
    kf_rewrite_put(&w->rewrite, part, xml);
    kf_book_patch_name(&w->book, tab, &names);
    w->write->sheet_name = w->book.tabs[tab].name;
    return KF_OK;
}

/* ---- the parts of the whole workbook -------------------------------------- */

static KfStatus put_styles(Writer *w)
{
    KfText id;
    KfNewRelation relation = { KF_TEXT("styles"), w->styles_part, w->book.strict };
    KfStatus status;

    if (!w->styles.changed)
        return KF_OK;
    kf_rewrite_put(&w->rewrite, w->styles_part, kf_style_patch_finish(&w->styles));
    if (w->write->xlsx->styles_entry != KF_PACKAGE_NONE)
        return KF_OK;
    status = kf_opc_relate(&w->rewrite, w->write->xlsx->workbook_part, &relation, &id, w->err);
    if (status != KF_OK)
        return status;
    return kf_opc_declare(&w->rewrite, w->styles_part, KF_TEXT(STYLES_TYPE), w->err);
}

/* A chain without entries is no valid part, so it goes wholly. */
static KfStatus patch_chain(Writer *w)
{
    const KfXlsx *xlsx = w->write->xlsx;
    const KfRelation *relation = kf_opc_first(&xlsx->relations, KF_TEXT("calcChain"));
    KfText part = xlsx->calc_chain_part, xml;
    KfStatus status;
    size_t left;

    if (xlsx->calc_chain_entry == KF_PACKAGE_NONE || !relation || !w->chained_count)
        return KF_OK;
    if ((status = kf_rewrite_get(&w->rewrite, part, &xml, w->err)) != KF_OK)
        return status;
    status = kf_chain_patch(w->write->arena, w->write->scratch, xml, w->chained, w->chained_count,
                            part, &xml, &left, w->err);
    if (status != KF_OK)
        return status;
    if (left) {
        kf_rewrite_put(&w->rewrite, part, xml);
        return KF_OK;
    }
    kf_rewrite_remove(&w->rewrite, part);
    status = kf_opc_unrelate(&w->rewrite, xlsx->workbook_part, relation->id, w->err);
    return status == KF_OK ? kf_opc_undeclare(&w->rewrite, part, w->err) : status;
}

static KfStatus open_parts(Writer *w)
{
    KfXlsx *xlsx = w->write->xlsx;
    KfArena *arena = w->write->arena;
    KfText xml;
    KfStatus status;

    w->rewrite = (KfRewrite){ .package = &xlsx->package,
                              .arena = arena,
                              .scratch = w->write->scratch,
                              .ahead = w->write->ahead };
    w->folder = kf_opc_folder(xlsx->workbook_part);
    if (xlsx->expected.bytes.len)
        kf_rewrite_know(&w->rewrite, xlsx->expected.entry, xlsx->expected.bytes);
    if ((status = kf_rewrite_get(&w->rewrite, xlsx->workbook_part, &xml, w->err)) != KF_OK)
        return status;
    status =
        kf_book_patch_open(&w->book, arena, w->write->scratch, xml, xlsx->workbook_part, w->err);
    if (status != KF_OK)
        return status;
    xml = (KfText){ 0 };
    w->styles_part = xlsx->styles_part;
    if (xlsx->styles_entry == KF_PACKAGE_NONE)
        w->styles_part = KF_XML_JOIN(arena, w->folder, KF_TEXT("styles.xml"));
    else if ((status = kf_rewrite_get(&w->rewrite, w->styles_part, &xml, w->err)) != KF_OK)
        return status;
    return kf_style_patch_open(&w->styles, arena, xml, w->book.strict, w->styles_part, w->err);
}

/* ---- the way back ---------------------------------------------------------- */

static KfStatus name_originals(Writer *w)
{
    KfText stem = KF_TEXT("customXml/item"), id;
    KfNewRelation relation = { .kind = KF_TEXT("customXml"), .strict = w->book.strict };
    KfStatus status;

    relation.target = kf_opc_free_name(&w->rewrite, stem, KF_TEXT(".xml"));
    w->originals.part = relation.target;
    status = kf_opc_relate(&w->rewrite, w->write->xlsx->workbook_part, &relation, &id, w->err);
    if (status != KF_OK)
        return status;
    return kf_opc_declare_extension(&w->rewrite, relation.target, KF_TEXT("application/xml"),
                                    w->err);
}

/* What an earlier run said of the parts says nothing any more. */
static KfStatus drop_originals(Writer *w)
{
    const KfRelations *relations = &w->write->xlsx->relations;

    for (size_t i = 0; i < relations->count; i++) {
        if (kf_text_same_name(relations->items[i].target, w->originals.part))
            return kf_opc_unrelate(&w->rewrite, w->write->xlsx->workbook_part,
                                   relations->items[i].id, w->err);
    }
    return KF_OK;
}

/* A copy that another program has saved since is not what leads back. */
static KfStatus put_originals(Writer *w, bool had_ours)
{
    KfStatus status = KF_OK;

    if (w->originals.part.len && !w->originals.is_told) {
        status = drop_originals(w);
        kf_rewrite_remove(&w->rewrite, w->originals.part);
    }
    if (status != KF_OK || (had_ours && !w->originals.is_told))
        return status;
    if (!w->originals.is_told && (status = name_originals(w)) != KF_OK)
        return status;
    kf_opc_put_types(&w->rewrite);
    return kf_originals_write(&w->originals, &w->rewrite, w->err);
}

static void tell_parts(Writer *w)
{
    KfXlsxWrite *write = w->write;
    const KfRewrite *rewrite = &w->rewrite;

    write->parts = kf_arena_array(write->arena, rewrite->count, sizeof *write->parts);
    write->same_parts = rewrite->package->entry_count;
    for (size_t i = 0; i < rewrite->count; i++) {
        const KfPartChange *change = &rewrite->changes[i];
        bool is_new = change->index == KF_PACKAGE_NONE;
        KfTouchedPart part = { change->name, change->removed ? KF_PART_REMOVED : KF_PART_CHANGED };

        if (is_new && change->removed)
            continue;
        if (is_new)
            part.fate = KF_PART_ADDED;
        write->same_parts -= !is_new;
        write->parts[write->part_count++] = part;
    }
}

/* The edits of cells, then what they need in the parts of the whole workbook. */
static KfStatus carry_out(Writer *w)
{
    const KfEdits *edits = w->write->edits;
    bool had_ours = kf_book_patch_ours(&w->book) != SIZE_MAX;
    KfStatus status;

    if ((status = patch_sheets(w)) != KF_OK)
        return status;
    kf_rewrite_pack_ahead(&w->rewrite);
    if (edits->sheet && (status = put_sheet(w)) != KF_OK)
        return status;
    if (edits->remove_ours && (status = remove_sheet(w)) != KF_OK)
        return status;
    if ((status = put_styles(w)) != KF_OK || (status = patch_chain(w)) != KF_OK)
        return status;
    if (edits->recalculate)
        kf_book_patch_recalculate(&w->book);
    if (edits->sheet || edits->recalculate || edits->remove_ours)
        kf_rewrite_put(&w->rewrite, w->write->xlsx->workbook_part, kf_book_patch_finish(&w->book));
    if (edits->sheet || edits->remove_ours)
        status = put_originals(w, had_ours);
    kf_opc_put_types(&w->rewrite);
    return status;
}

KfStatus kf_xlsx_write(KfXlsxWrite *write, KfError *err)
{
    Writer w = { .write = write, .err = err };
    KfStatus status;

    if ((status = open_parts(&w)) != KF_OK)
        return status;
    status = kf_originals_read(&w.originals, &w.rewrite, &write->xlsx->relations, err);
    if (status != KF_OK)
        return status;
    write->is_exact = write->edits->remove_ours && w.originals.is_told;
    if (write->is_exact)
        kf_originals_restore(&w.originals, &w.rewrite);
    else if ((status = carry_out(&w)) != KF_OK)
        return status;
    tell_parts(&w);
    return kf_rewrite_finish(&w.rewrite, write->out, err);
}

bool kf_xlsx_is_signed(const KfXlsx *xlsx)
{
    static const KfText folder = { "_xmlsignatures/", 15 };

    for (size_t i = 0; i < xlsx->package.entry_count; i++) {
        KfText name = kf_package_name(&xlsx->package, i);

        if (kf_text_same_name(kf_text_slice(name, 0, folder.len), folder))
            return true;
    }
    return false;
}
