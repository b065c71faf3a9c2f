#include <criterion/criterion.h>
#include <string.h>

#include "ooxml/notes_patch.h"

typedef struct {
    KfArena arena;
    KfBuf scratch;
    KfNote notes[4];
    size_t count;
    const char *threaded, *comments, *drawing;
    const char *other; /* another drawing of the workbook */
    bool drawn;
    char comments_out[4096], drawing_out[8192];
} Case;

static void copy(char *to, size_t room, KfText text)
{
    cr_assert(text.len < room);
    memcpy(to, text.ptr, text.len);
}

static KfStatus patch(void *ctx)
{
    Case *c = ctx;
    KfNotesPatch patch = {
        .arena = &c->arena, .scratch = &c->scratch, .notes = c->notes, .count = c->count
    };
    KfClusters clusters = { 0 };
    KfText text;

    if (c->other)
        kf_clusters_count(&c->arena, &clusters, kf_text(c->other));
    kf_clusters_count(&c->arena, &clusters, kf_text(c->drawing));
    if (c->threaded)
        cr_assert_eq(kf_notes_threaded(&patch, kf_text(c->threaded), KF_TEXT("threads"), NULL),
                     KF_OK);
    cr_assert_eq(kf_notes_comments(&patch, kf_text(c->comments), KF_TEXT("comments"), &text, NULL),
                 KF_OK);
    copy(c->comments_out, sizeof c->comments_out, text);
    c->drawn = kf_notes_drawing(&patch, kf_text(c->drawing), &clusters, &text);
    copy(c->drawing_out, sizeof c->drawing_out, text);
    return KF_OK;
}

static void run(Case *c)
{
    kf_arena_init(&c->arena);
    cr_assert_eq(kf_arena_run(&c->arena, patch, c), KF_OK);
    kf_arena_finish(&c->arena);
    kf_buf_free(&c->scratch);
}

#define RUN(text)                                                                                  \
    "<r><rPr><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"Tahoma\"/><family val=\"2\"/>"     \
    "</rPr><t xml:space=\"preserve\">" text "</t></r>"

#define DRAWN(clusters, shape)                                                                     \
    "<xml><o:idmap v:ext=\"edit\" data=\"" clusters "\"/><v:shape id=\"_x0000_s" shape             \
    "\"></v:shape></xml>"

#define NOTE(cell, author, text)                                                                   \
    "<comment ref=\"" cell "\" authorId=\"" author "\">" text "</comment>"

#define OURS(cell, author, text)                                                                   \
    "<comment ref=\"" cell "\" authorId=\"" author                                                 \
    "\" shapeId=\"0\"><text>" RUN(text) "</text></comment>"

#define COMMENTS(authors, list)                                                                    \
    "<comments><authors>" authors "</authors><commentList>" list "</commentList></comments>"

#define JENS "<author>Jens</author>"
#define US "<author>Kontrafakt</author>"

static size_t times(const char *text, const char *what)
{
    size_t count = 0;

    for (; (text = strstr(text, what)); text += strlen(what))
        count++;
    return count;
}

Test(notes_patch, begins_both_parts)
{
    Case c = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("Før < \"1\"\r") },
                          { .row = 2, .col = 1, .text = KF_TEXT("b") } },
               .count = 2,
               .other = DRAWN("1,2", "1025") };

    run(&c);
    cr_expect_not_null(strstr(c.comments_out, "<authors>" US "</authors><commentList>" OURS(
                                                  "B2", "0", "Før &lt; &quot;1&quot;_x000D_")
                                                  OURS("B3", "0", "b")));
    cr_expect(c.drawn);
    cr_expect_not_null(strstr(c.drawing_out, "<o:idmap v:ext=\"edit\" data=\"3\"/>"));
    cr_expect_not_null(strstr(c.drawing_out, "id=\"_x0000_s3073\""));
    cr_expect_not_null(strstr(c.drawing_out, "id=\"_x0000_s3074\""));
    cr_expect_not_null(strstr(c.drawing_out, "visibility:hidden"));
    cr_expect_not_null(strstr(c.drawing_out, "<x:Row>2</x:Row><x:Column>1</x:Column>"));
    cr_expect_eq(times(c.drawing_out, "<v:shapetype"), 1);
}

Test(notes_patch, replaces_our_earlier_note)
{
    Case c = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("new") } },
               .count = 1,
               .comments = COMMENTS(JENS US, NOTE("B2", "1", "<text><t>old</t></text>")) };

    run(&c);
    cr_expect_str_eq(c.comments_out,
                     COMMENTS(JENS US, NOTE("B2", "1", "<text>" RUN("new") "</text>")));
    cr_expect_eq(times(c.drawing_out, "<v:shape "), 0);
}

Test(notes_patch, writes_below_the_note_of_somebody_else)
{
    Case c = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("new") },
                          { .row = 1, .col = 2, .text = KF_TEXT("new") } },
               .count = 2,
               .comments = COMMENTS(JENS, NOTE("B2", "0", "<text><t>his</t></text>")
                                              NOTE("C2", "0", "<text><r><t>his</t></r></text>")) };

    run(&c);
    cr_expect_str_eq(
        c.comments_out,
        COMMENTS(JENS, NOTE("B2", "0", "<text><r><t>his</t></r>" RUN("\nKontrafakt: new") "</text>")
                           NOTE("C2", "0",
                                "<text><r><t>his</t></r>" RUN("\nKontrafakt: new") "</text>")));
}

Test(notes_patch, replaces_what_it_wrote_below)
{
    Case c = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("new") } },
               .count = 1,
               .comments = COMMENTS(
                   JENS,
                   NOTE("B2", "0", "<text><r><t>his</t></r>" RUN("\nKontrafakt: old") "</text>")) };

    run(&c);
    cr_expect_str_eq(
        c.comments_out,
        COMMENTS(JENS,
                 NOTE("B2", "0", "<text><r><t>his</t></r>" RUN("\nKontrafakt: new") "</text>")));
}

Test(notes_patch, does_not_repeat_what_another_program_saved_without_our_name)
{
    const char *comments =
        COMMENTS("<author> </author>", NOTE("B2", "0", "<text><t>new</t></text>"));
    Case c = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("new") } },
               .count = 1,
               .comments = comments };

    run(&c);
    cr_expect_str_eq(c.comments_out, comments);
}

Test(notes_patch, leaves_threaded_comments_alone)
{
    const char *comments =
        COMMENTS("<author>tc={1}</author>", NOTE("B2", "0", "<text><t>[Threaded]</t></text>"));
    Case c = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("a") },
                          { .row = 4, .col = 0, .text = KF_TEXT("b") } },
               .count = 2,
               .threaded = "<ThreadedComments><threadedComment ref=\"A5\"/></ThreadedComments>",
               .comments = comments };

    run(&c);
    cr_expect_str_eq(c.comments_out, comments);
    cr_expect(c.notes[0].threaded && c.notes[1].threaded);
    cr_expect_eq(times(c.drawing_out, "<v:shape "), 0);
}

#define BUTTON                                                                                     \
    "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"\n xmlns:o=\"urn:schemas-microsoft-com:office:" \
    "office\"><o:idmap v:ext=\"edit\" data=\"1,4\"/><v:shape id=\"_x0000_s5118\"><div>a<br>b"      \
    "</div></v:shape>"

Test(notes_patch, adds_boxes_to_a_drawing_that_is_no_good_xml)
{
    Case c = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("a") } },
               .count = 1,
               .drawing = BUTTON "</xml>\n",
               .other = DRAWN("8", "8193") };

    run(&c);
    cr_expect(c.drawn);
    cr_expect_eq(strncmp(c.drawing_out, BUTTON "<v:shapetype", sizeof BUTTON + 11), 0);
    cr_expect_not_null(strstr(c.drawing_out, "<v:shape xmlns:x=\"urn:schemas-microsoft-com:office:"
                                             "excel\" id=\"_x0000_s5119\""));
    cr_expect_not_null(strstr(c.drawing_out, "</v:shape></xml>\n"));
}

Test(notes_patch, takes_a_new_cluster_when_one_is_full)
{
    Case c = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("a") },
                          { .row = 1, .col = 2, .text = KF_TEXT("b") } },
               .count = 2,
               .drawing = BUTTON "</xml>",
               .other = DRAWN("8", "8193") };

    run(&c);
    cr_expect_not_null(strstr(c.drawing_out, "data=\"1,4,9\""));
    cr_expect_not_null(strstr(c.drawing_out, "id=\"_x0000_s9217\""));
}

#define UNCLAIMED(shape) "<xml><v:shape id=\"_x0000_s" shape "\"></v:shape></xml>"

Test(notes_patch, takes_a_new_cluster_when_another_drawing_uses_it_too)
{
    Case claimed = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("a") } },
                     .count = 1,
                     .drawing = DRAWN("1", "1025"),
                     .other = DRAWN("1", "1026") };
    Case unclaimed = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("a") } },
                       .count = 1,
                       .drawing = UNCLAIMED("4"),
                       .other = UNCLAIMED("5") };

    run(&claimed);
    cr_expect_not_null(strstr(claimed.drawing_out, "data=\"1,2\""));
    cr_expect_not_null(strstr(claimed.drawing_out, "id=\"_x0000_s2049\""));
    run(&unclaimed);
    cr_expect_not_null(strstr(unclaimed.drawing_out, "id=\"_x0000_s1025\""));
}

Test(notes_patch, refuses_a_drawing_that_it_does_not_understand)
{
    Case c = { .notes = { { .row = 1, .col = 1, .text = KF_TEXT("a") } },
               .count = 1,
               .drawing = "<drawing/>" };

    run(&c);
    cr_expect_not(c.drawn);
    cr_expect_str_eq(c.drawing_out, "<drawing/>");
}

Test(notes_patch, keeps_boxes_on_the_sheet)
{
    Case c = { .notes = { { .row = 1048575, .col = 16383, .text = KF_TEXT("a\nb") } }, .count = 1 };

    run(&c);
    cr_expect_not_null(strstr(c.drawing_out, "<x:Anchor>16375, 15, 1048573, 10, "));
}
