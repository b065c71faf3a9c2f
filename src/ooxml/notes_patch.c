/* Notes on cells: the texts in the comments part, the boxes in a VML drawing. */
#include "ooxml/notes_patch.h"

#include "ooxml/xml_write.h"

#define AUTHOR "Kontrafakt"

enum { CLUSTER = 1024 }; /* shape numbers are dealt out in clusters of this size */

/* In the place of a drawing: more than one uses the cluster. */
#define SHARED (UINT32_MAX - 1)

static KfNote *note_at(KfNotesPatch *patch, uint32_t row, uint32_t col)
{
    size_t lo = 0, hi = patch->count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        KfNote *note = &patch->notes[mid];

        if (note->row == row && note->col == col)
            return note;
        if (note->row < row || (note->row == row && note->col < col))
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

static KfNote *find_note(KfNotesPatch *patch, KfText ref)
{
    uint32_t row, col;

    return kf_cellref_read(ref, &row, &col) ? note_at(patch, row, col) : NULL;
}

static bool is_pending(const KfNote *note)
{
    return !note->placed && !note->threaded && !note->removes;
}

bool kf_notes_pending(const KfNotesPatch *patch)
{
    for (size_t i = 0; i < patch->count; i++) {
        if (is_pending(&patch->notes[i]))
            return true;
    }
    return false;
}

KfStatus kf_notes_threaded(KfNotesPatch *patch, KfText xml, KfText part, KfError *err)
{
    KfXml reader;

    kf_xml_init(&reader, xml);
    while (kf_xml_next(&reader) != KF_XML_EOF && reader.kind != KF_XML_BAD) {
        KfNote *note = NULL;

        if (reader.kind == KF_XML_START && kf_xml_is(&reader, KF_TEXT("threadedComment")))
            note = find_note(patch, kf_xml_attr(&reader, KF_TEXT("ref")));
        if (note)
            note->threaded = true;
    }
    return reader.kind == KF_XML_BAD ? kf_xml_fail(&reader, part, err) : KF_OK;
}

/* ---- the comments part ---------------------------------------------------- */

/* Where the pass through a comments part stands. */
typedef struct {
    KfNotesPatch *patch;
    KfXml xml;
    KfSplices splices;
    KfText colon;
    KfText *authors;
    size_t author_count, author_cap;
    KfXml authors_end, list_end; /* tokens; not read: kind is not END */
} Comments;

/* The text of the element whose START is current, up to its END. */
static KfText inner_text(Comments *c, KfText element)
{
    size_t depth = c->xml.depth;
    bool inside = kf_xml_is(&c->xml, element);
    KfBuf *out = c->patch->scratch;

    while (kf_xml_next(&c->xml) != KF_XML_BAD && c->xml.kind != KF_XML_EOF) {
        if (c->xml.kind == KF_XML_END && c->xml.depth == depth)
            break;
        if (c->xml.kind == KF_XML_START)
            inside = kf_xml_is(&c->xml, element);
        else if (c->xml.kind == KF_XML_END)
            inside = false;
        else if (inside)
            kf_xml_decode_token(out, &c->xml);
    }
    return kf_arena_take(c->patch->arena, out);
}

static KfText note_run(Comments *c, KfText before, KfText text)
{
    KfArena *arena = c->patch->arena;
    KfBuf *out = c->patch->scratch;
    KfText p = c->colon, escaped;

    kf_buf_xml_text(out, before);
    kf_buf_xml_text(out, text);
    escaped = kf_arena_take(arena, out);
    return KF_XML_JOIN(arena, KF_TEXT("<"), p, KF_TEXT("r><"), p, KF_TEXT("rPr><"), p,
                       KF_TEXT("sz val=\"9\"/><"), p, KF_TEXT("color indexed=\"81\"/><"), p,
                       KF_TEXT("rFont val=\"Tahoma\"/><"), p, KF_TEXT("family val=\"2\"/></"), p,
                       KF_TEXT("rPr><"), p, KF_TEXT("t xml:space=\"preserve\">"), escaped,
                       KF_TEXT("</"), p, KF_TEXT("t></"), p, KF_TEXT("r>"));
}

static KfText note_text(Comments *c, const KfNote *note)
{
    return KF_XML_JOIN(c->patch->arena, KF_TEXT("<"), c->colon, KF_TEXT("text>"),
                       note_run(c, (KfText){ 0 }, note->text), KF_TEXT("</"), c->colon,
                       KF_TEXT("text>"));
}

/* A text without runs becomes one, as text and runs do not stand side by side. */
static void wrap_run(Comments *c, size_t from, size_t to)
{
    KfArena *arena = c->patch->arena;

    kf_splice(&c->splices, from, from, KF_XML_JOIN(arena, KF_TEXT("<"), c->colon, KF_TEXT("r>")));
    kf_splice(&c->splices, to, to, KF_XML_JOIN(arena, KF_TEXT("</"), c->colon, KF_TEXT("r>")));
}

/* Whether the text whose START is current ends as the note does: another program may
 * have saved ours under no name or another one. */
static bool says_it_already(Comments *c, const KfNote *note)
{
    KfXml here = c->xml;
    KfText text = kf_text_trim(inner_text(c, KF_TEXT("t")));

    c->xml = here;
    return kf_text_ends(text, kf_text_trim(note->text));
}

/* At the START of the text of somebody else's note: put ours below it. */
static void append_to_text(Comments *c, const KfNote *note)
{
    bool is_signed = kf_text_starts(note->text, KF_TEXT(AUTHOR ": "));
    KfText run = note_run(c, is_signed ? KF_TEXT("\n") : KF_TEXT("\n" AUTHOR ": "), note->text);
    bool replaced = false;

    while (kf_xml_next(&c->xml) != KF_XML_BAD && c->xml.kind != KF_XML_EOF) {
        size_t start = c->xml.start;

        if (c->xml.kind == KF_XML_END && c->xml.depth == 4)
            break;
        if (c->xml.kind != KF_XML_START)
            continue;
        if (kf_xml_is(&c->xml, KF_TEXT("t"))) {
            if (kf_xml_skip(&c->xml))
                wrap_run(c, start, c->xml.end);
        } else {
            KfText text = kf_text_trim(inner_text(c, KF_TEXT("t")));

            if (!replaced && kf_text_starts(text, KF_TEXT(AUTHOR ": "))) {
                kf_splice(&c->splices, start, c->xml.end, run);
                replaced = true;
            }
        }
    }
    if (!replaced && c->xml.kind == KF_XML_END)
        kf_xml_append(&c->splices, &c->xml, run);
}

static KfText author_of(const Comments *c)
{
    uint32_t index;

    if (!kf_xml_uint(kf_xml_attr(&c->xml, KF_TEXT("authorId")), &index) || index >= c->author_count)
        return (KfText){ 0 };
    return c->authors[index];
}

/* All of the text of the element whose START is current, which stays current. */
static KfText all_text(Comments *c)
{
    KfXml here = c->xml;
    KfText text = kf_text_trim(inner_text(c, KF_TEXT("t")));

    c->xml = here;
    return text;
}

static bool is_ours(Comments *c, KfText author)
{
    return kf_text_eq(author, KF_TEXT(AUTHOR)) || kf_text_starts(all_text(c), KF_TEXT(AUTHOR ": "));
}

/* At the START of a comment that may hold a note of ours: takes that out, up to its END. */
static void take_note_out(Comments *c, KfNote *note)
{
    size_t start = c->xml.start, depth = c->xml.depth;

    if (is_ours(c, author_of(c))) {
        note->removed = true;
        if (kf_xml_skip(&c->xml))
            kf_splice(&c->splices, start, c->xml.end, (KfText){ 0 });
        return;
    }
    while (kf_xml_next(&c->xml) != KF_XML_BAD && c->xml.kind != KF_XML_EOF) {
        start = c->xml.start;
        if (c->xml.kind == KF_XML_END && c->xml.depth == depth)
            return;
        if (c->xml.kind != KF_XML_START || !kf_xml_is(&c->xml, KF_TEXT("r")))
            continue;
        if (kf_text_starts(kf_text_trim(inner_text(c, KF_TEXT("t"))), KF_TEXT(AUTHOR ": ")))
            kf_splice(&c->splices, start, c->xml.end, (KfText){ 0 });
    }
}

/* At the START of a comment on a cell that is to get a note, up to its END. */
static void change_comment(Comments *c, KfNote *note)
{
    KfText author = author_of(c);
    bool ours = is_ours(c, author);

    if (kf_text_starts(author, KF_TEXT("tc=")))
        note->threaded = true;
    note->placed = true;
    while (kf_xml_next(&c->xml) != KF_XML_BAD && c->xml.kind != KF_XML_EOF) {
        size_t start = c->xml.start;

        if (c->xml.kind == KF_XML_END && c->xml.depth == 3)
            return;
        if (c->xml.kind != KF_XML_START || note->threaded || !kf_xml_is(&c->xml, KF_TEXT("text")))
            continue;
        if (ours) {
            if (kf_xml_skip(&c->xml))
                kf_splice(&c->splices, start, c->xml.end, note_text(c, note));
        } else if (!says_it_already(c, note)) {
            append_to_text(c, note);
        }
    }
}

static void read_author(Comments *c)
{
    KfText name = inner_text(c, KF_TEXT("author"));

    KF_PUSH(c->patch->arena, c->authors, c->author_count, c->author_cap, name);
}

static KfStatus read_comments(Comments *c, KfText xml, KfText part, KfError *err)
{
    kf_xml_init(&c->xml, xml);
    while (kf_xml_next(&c->xml) != KF_XML_BAD && c->xml.kind != KF_XML_EOF) {
        KfNote *note;

        if (c->xml.kind == KF_XML_START && c->xml.depth == 1) {
            c->colon = kf_xml_colon(c->patch->arena, c->xml.root_prefix);
        } else if (c->xml.kind == KF_XML_START && kf_xml_is(&c->xml, KF_TEXT("author"))) {
            read_author(c);
        } else if (c->xml.kind == KF_XML_START && kf_xml_is(&c->xml, KF_TEXT("comment"))) {
            note = find_note(c->patch, kf_xml_attr(&c->xml, KF_TEXT("ref")));
            if (note && note->removes)
                take_note_out(c, note);
            else if (note)
                change_comment(c, note);
        } else if (c->xml.kind == KF_XML_END && kf_xml_is(&c->xml, KF_TEXT("authors"))) {
            c->authors_end = c->xml;
        } else if (c->xml.kind == KF_XML_END && kf_xml_is(&c->xml, KF_TEXT("commentList"))) {
            c->list_end = c->xml;
        }
    }
    if (c->xml.kind == KF_XML_BAD)
        return kf_xml_fail(&c->xml, part, err);
    if (c->authors_end.kind != KF_XML_END || c->list_end.kind != KF_XML_END)
        return kf_fail(err, KF_SHEET_UNREADABLE, part, KF_TEXT("commentList mangler"));
    return KF_OK;
}

static size_t our_author(Comments *c)
{
    KfArena *arena = c->patch->arena;

    for (size_t i = 0; i < c->author_count; i++) {
        if (kf_text_eq(c->authors[i], KF_TEXT(AUTHOR)))
            return i;
    }
    kf_xml_append(&c->splices, &c->authors_end,
                  KF_XML_JOIN(arena, KF_TEXT("<"), c->colon, KF_TEXT("author>" AUTHOR "</"),
                              c->colon, KF_TEXT("author>")));
    return c->author_count;
}

static KfText new_comment(Comments *c, const KfNote *note, KfText author)
{
    KfBuf *out = c->patch->scratch;
    KfText ref;

    kf_buf_cellref(out, note->row, note->col);
    ref = kf_arena_take(c->patch->arena, out);
    return KF_XML_JOIN(c->patch->arena, KF_TEXT("<"), c->colon, KF_TEXT("comment ref=\""), ref,
                       KF_TEXT("\" authorId=\""), author, KF_TEXT("\" shapeId=\"0\">"),
                       note_text(c, note), KF_TEXT("</"), c->colon, KF_TEXT("comment>"));
}

static void add_comments(Comments *c)
{
    KfNotesPatch *patch = c->patch;
    KfText *added = kf_arena_array(patch->arena, patch->count, sizeof *added);
    KfText author = kf_xml_number(patch->arena, (int64_t)our_author(c));

    for (size_t i = 0; i < patch->count; i++) {
        if (is_pending(&patch->notes[i]))
            added[i] = new_comment(c, &patch->notes[i], author);
    }
    kf_xml_append(&c->splices, &c->list_end, kf_xml_join(patch->arena, added, patch->count));
}

KfStatus kf_notes_comments(KfNotesPatch *patch, KfText xml, KfText part, KfText *out, KfError *err)
{
    Comments c = { .patch = patch, .splices = { .arena = patch->arena } };
    KfStatus status;

    if (!xml.len)
        xml = KF_XML_JOIN(patch->arena, KF_TEXT(KF_XML_DECLARATION "<comments xmlns=\""),
                          patch->strict ? KF_TEXT(KF_SHEET_SPACE_STRICT) : KF_TEXT(KF_SHEET_SPACE),
                          KF_TEXT("\"><authors></authors><commentList></commentList></comments>"));
    if ((status = read_comments(&c, xml, part, err)) != KF_OK)
        return status;
    if (kf_notes_pending(patch))
        add_comments(&c);
    *out = kf_splices_apply(&c.splices, xml);
    return KF_OK;
}

/* ---- the drawing ---------------------------------------------------------- */

/* Drawings by Excel are not always well-formed XML (<br> in the boxes of buttons),
 * so they are searched as text. */
#define SHAPE_MARK "_x0000_s"

#define EMPTY_DRAWING_HEAD                                                                         \
    "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:"          \
    "office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout "           \
    "v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\""
#define EMPTY_DRAWING_REST "\"/></o:shapelayout></xml>"

#define BOX_TYPE                                                                                   \
    "coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">"                  \
    "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/>"        \
    "</v:shapetype>"

/* Digits at the head of text as a number, 0 when there are none or too many. */
static uint32_t leading_number(KfText text)
{
    uint32_t value = 0;

    for (size_t i = 0; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++) {
        if (value > INT32_MAX / 10 - 1)
            return 0;
        value = value * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    return value;
}

/* Behind the next mark from *at on; false when there is none. */
static bool find_next(KfText text, KfText mark, size_t *at)
{
    size_t found = kf_text_find(kf_text_slice(text, *at, text.len), mark);

    if (found == SIZE_MAX)
        return false;
    *at += found + mark.len;
    return true;
}

static uint32_t last_shape(KfText vml)
{
    uint32_t last = 0, number;

    for (size_t at = 0; find_next(vml, KF_TEXT(SHAPE_MARK), &at);) {
        number = leading_number(kf_text_slice(vml, at, vml.len));
        last = number > last ? number : last;
    }
    return last;
}

/* The list of clusters in <o:idmap data="1,3">, between its quotes; empty when there is none. */
static KfText cluster_list(KfText vml)
{
    size_t at = 0, data = 0;
    KfText tag;

    if (!find_next(vml, KF_TEXT("idmap"), &at))
        return (KfText){ 0 };
    tag = kf_text_slice(vml, at, vml.len);
    tag = kf_text_slice(tag, 0, kf_text_find(tag, KF_TEXT(">")));
    if (!find_next(tag, KF_TEXT(" data=\""), &data))
        return (KfText){ 0 };
    tag = kf_text_slice(tag, data, tag.len);
    return kf_text_slice(tag, 0, kf_text_find(tag, KF_TEXT("\"")));
}

static void use_cluster(KfArena *arena, KfClusters *clusters, uint32_t cluster)
{
    uint32_t drawing = clusters->drawing_count, earlier;

    if (kf_id_map_get(&clusters->drawings, cluster, &earlier) && earlier != drawing)
        drawing = SHARED;
    kf_id_map_set(&clusters->drawings, arena, cluster, drawing);
    clusters->last = cluster > clusters->last ? cluster : clusters->last;
}

static bool is_shared(const KfClusters *clusters, uint32_t cluster)
{
    uint32_t drawing;

    return kf_id_map_get(&clusters->drawings, cluster, &drawing) && drawing == SHARED;
}

void kf_clusters_count(KfArena *arena, KfClusters *clusters, KfText vml)
{
    KfText list = cluster_list(vml);

    for (size_t at = 0; at < list.len; at++) {
        use_cluster(arena, clusters, leading_number(kf_text_slice(list, at, list.len)));
        while (at < list.len && list.ptr[at] != ',')
            at++;
    }
    for (size_t at = 0; find_next(vml, KF_TEXT(SHAPE_MARK), &at);)
        use_cluster(arena, clusters, leading_number(kf_text_slice(vml, at, vml.len)) / CLUSTER);
    clusters->drawing_count++;
}

static uint32_t column_pixels(const KfNotesPatch *patch, uint32_t col)
{
    for (size_t i = 0; i < patch->width_count; i++) {
        if (col >= patch->widths[i].first && col <= patch->widths[i].last)
            return patch->widths[i].pixels;
    }
    return 64;
}

/* Lines that the text takes in a box that shows so many characters a line. */
static uint32_t line_count(KfText text, uint32_t chars)
{
    uint32_t lines = 1, used = 0;

    for (size_t pos = 0; pos < text.len && lines < 40;) {
        if (kf_text_next(text, &pos) == '\n') {
            lines++;
            used = 0;
        } else if (++used > chars) {
            lines++;
            used = 1;
        }
    }
    return lines;
}

typedef struct {
    uint32_t left, left_pixels, right, right_pixels;
    uint32_t top, top_pixels, bottom, bottom_pixels;
    uint32_t height; /* in points */
} Box;

enum { BOX_WIDTH = 260, ROW_HEIGHT = 20, LINE_HEIGHT = 15, BOX_CHARS = 40 };

/* A box beside the cell, wide and high enough for the text. */
static Box box_of(const KfNotesPatch *patch, const KfNote *note)
{
    uint32_t pixels = line_count(note->text, BOX_CHARS) * LINE_HEIGHT + LINE_HEIGHT;
    uint32_t left = 15 + BOX_WIDTH, down = 10 + pixels;
    Box box = { .left = note->col + 1, .left_pixels = 15, .top_pixels = 10 };

    if (box.left >= KF_COL_LIMIT - 8)
        box.left = note->col > 8 ? note->col - 8 : 0;
    for (box.right = box.left; box.right < KF_COL_LIMIT - 1; box.right++) {
        uint32_t width = column_pixels(patch, box.right);

        if (left <= width)
            break;
        left -= width;
    }
    box.right_pixels = left;
    box.top = note->row > 0 ? note->row - 1 : 0;
    if (box.top + down / ROW_HEIGHT >= KF_ROW_LIMIT)
        box.top = KF_ROW_LIMIT - 1 - down / ROW_HEIGHT;
    box.bottom = box.top + down / ROW_HEIGHT;
    box.bottom_pixels = down % ROW_HEIGHT;
    box.height = pixels * 3 / 4;
    return box;
}

static void put_numbers(KfBuf *out, const uint32_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            kf_buf_str(out, ", ");
        kf_buf_int(out, numbers[i]);
    }
}

static void put_shape(const KfNotesPatch *patch, const KfNote *note, uint32_t id, KfText spaces)
{
    KfBuf *out = patch->scratch;
    Box box = box_of(patch, note);
    const uint32_t anchor[] = { box.left,  box.left_pixels,  box.top,    box.top_pixels,
                                box.right, box.right_pixels, box.bottom, box.bottom_pixels };

    kf_buf_str(out, "<v:shape");
    kf_buf_text(out, spaces);
    kf_buf_str(out, " id=\"" SHAPE_MARK);
    kf_buf_int(out, id);
    kf_buf_str(out, "\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;"
                    "margin-top:2pt;width:195pt;height:");
    kf_buf_int(out, box.height);
    kf_buf_str(out, "pt;z-index:");
    kf_buf_int(out, id % CLUSTER);
    kf_buf_str(out, ";visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">"
                    "<v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" "
                    "obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\""
                    "mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>"
                    "<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>"
                    "<x:Anchor>");
    put_numbers(out, anchor, 8);
    kf_buf_str(out, "</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>");
    kf_buf_int(out, note->row);
    kf_buf_str(out, "</x:Row><x:Column>");
    kf_buf_int(out, note->col);
    kf_buf_str(out, "</x:Column></x:ClientData></v:shape>");
}

/* Declarations that the drawing's root lacks, for our own elements to carry. */
static KfText missing_spaces(KfArena *arena, KfText vml)
{
    static const KfText declared[][2] = {
        { { " xmlns:v=\"", 10 }, { "urn:schemas-microsoft-com:vml\"", 30 } },
        { { " xmlns:o=\"", 10 }, { "urn:schemas-microsoft-com:office:office\"", 40 } },
        { { " xmlns:x=\"", 10 }, { "urn:schemas-microsoft-com:office:excel\"", 39 } },
    };
    KfText result = { 0 }, root = kf_text_slice(vml, kf_text_find(vml, KF_TEXT("<xml")), vml.len);

    root = kf_text_slice(root, 0, kf_text_find(root, KF_TEXT(">")));
    for (size_t i = 0; i < 3; i++) {
        KfText declaration = KF_XML_JOIN(arena, declared[i][0], declared[i][1]);

        if (kf_text_find(root, kf_text_slice(declaration, 1, declaration.len)) == SIZE_MAX)
            result = KF_XML_JOIN(arena, result, declaration);
    }
    return result;
}

static size_t last_end_tag(KfText vml)
{
    static const KfText tag = { "</xml>", 6 };

    for (size_t at = vml.len; at >= tag.len; at--) {
        if (kf_text_starts(kf_text_slice(vml, at - tag.len, at), tag))
            return at - tag.len;
    }
    return SIZE_MAX;
}

static size_t pending_count(const KfNotesPatch *patch)
{
    size_t count = 0;

    for (size_t i = 0; i < patch->count; i++)
        count += is_pending(&patch->notes[i]);
    return count;
}

/* Clusters from..to behind those that the list names. */
static void widen_clusters(KfNotesPatch *patch, KfSplices *splices, KfText vml, uint32_t from,
                           uint32_t to)
{
    KfText list = cluster_list(vml);
    size_t end = (size_t)(list.ptr - vml.ptr) + list.len;

    if (!list.len)
        return;
    for (uint32_t cluster = from; cluster <= to; cluster++) {
        kf_buf_char(patch->scratch, ',');
        kf_buf_int(patch->scratch, cluster);
    }
    kf_splice(splices, end, end, kf_arena_take(patch->arena, patch->scratch));
}

/* The number of the first new shape: behind the last one, or in clusters of its own, which
 * fresh, the first of a drawing that is begun, stands in already. */
static uint32_t first_number(KfNotesPatch *patch, KfSplices *splices, KfText vml,
                             KfClusters *clusters, uint32_t fresh)
{
    uint32_t count = (uint32_t)pending_count(patch), last = last_shape(vml);
    uint32_t from = clusters->last + 1, to = from + count / CLUSTER;

    if (last && (last + count) / CLUSTER == last / CLUSTER && !is_shared(clusters, last / CLUSTER))
        return last + 1;
    widen_clusters(patch, splices, vml, from + (from == fresh), to);
    for (uint32_t cluster = from; cluster <= to; cluster++)
        use_cluster(patch->arena, clusters, cluster);
    return from * CLUSTER + 1;
}

bool kf_notes_drawing(KfNotesPatch *patch, KfText vml, KfClusters *clusters, KfText *out)
{
    KfSplices splices = { .arena = patch->arena };
    uint32_t fresh = vml.len ? 0 : clusters->last + 1, number;
    KfText spaces;
    size_t at;

    if (fresh)
        vml = KF_XML_JOIN(patch->arena, KF_TEXT(EMPTY_DRAWING_HEAD),
                          kf_xml_number(patch->arena, fresh), KF_TEXT(EMPTY_DRAWING_REST));
    *out = vml;
    at = last_end_tag(vml);
    if (at == SIZE_MAX)
        return false;
    number = first_number(patch, &splices, vml, clusters, fresh);
    spaces = missing_spaces(patch->arena, vml);
    if (kf_text_find(vml, KF_TEXT("id=\"_x0000_t202\"")) == SIZE_MAX) {
        kf_buf_str(patch->scratch, "<v:shapetype");
        kf_buf_text(patch->scratch, spaces);
        kf_buf_str(patch->scratch, " id=\"_x0000_t202\" " BOX_TYPE);
    }
    for (size_t i = 0; i < patch->count; i++) {
        if (is_pending(&patch->notes[i]))
            put_shape(patch, &patch->notes[i], number++, spaces);
    }
    kf_splice(&splices, at, at, kf_arena_take(patch->arena, patch->scratch));
    *out = kf_splices_apply(&splices, vml);
    return true;
}

/* The number behind a field's tag, such as that of <x:Row>16</x:Row>. */
static bool read_field(KfText shape, KfText tag, uint32_t *out)
{
    size_t at = 0;

    if (!find_next(shape, tag, &at))
        return false;
    *out = leading_number(kf_text_slice(shape, at, shape.len));
    return true;
}

static bool is_box_of_removed(KfNotesPatch *patch, KfText shape)
{
    const KfNote *note;
    uint32_t row, col;

    if (!read_field(shape, KF_TEXT("Row>"), &row) || !read_field(shape, KF_TEXT("Column>"), &col))
        return false;
    note = note_at(patch, row, col);
    return note && note->removed;
}

KfText kf_notes_undraw(KfNotesPatch *patch, KfText vml)
{
    KfSplices splices = { .arena = patch->arena };
    size_t at = 0;

    while (find_next(vml, KF_TEXT("<v:shape "), &at)) {
        size_t start = at - 9, end = at;

        if (!find_next(vml, KF_TEXT("</v:shape>"), &end))
            break;
        if (is_box_of_removed(patch, kf_text_slice(vml, start, end)))
            kf_splice(&splices, start, end, (KfText){ 0 });
        at = end;
    }
    return kf_splices_apply(&splices, vml);
}
