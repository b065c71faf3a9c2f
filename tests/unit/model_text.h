/* What was read of made-up sheets, as a few lines of text. */
#ifndef MODEL_TEXT_H
#define MODEL_TEXT_H

#include <criterion/criterion.h>

#include "book_maker.h"
#include "kf/extract.h"

static inline void put_figure(KfBuf *out, const KfFigure *figure)
{
    kf_buf_char(out, ' ');
    switch (figure->state) {
    case KF_FIGURE_NONE:
        kf_buf_char(out, '.');
        break;
    case KF_FIGURE_BLANK:
        kf_buf_char(out, '_');
        break;
    case KF_FIGURE_UNREADABLE:
        kf_buf_char(out, '?');
        break;
    case KF_FIGURE_STATED:
        kf_buf_amount(out, figure->value, KF_LANG_DA);
        break;
    }
}

static inline void put_figures(KfBuf *out, const char *name, const KfFigure *figures, size_t count)
{
    if (!figures)
        return;
    kf_buf_str(out, "  ");
    kf_buf_str(out, name);
    kf_buf_char(out, ':');
    for (size_t i = 0; i < count; i++)
        put_figure(out, &figures[i]);
    kf_buf_char(out, '\n');
}

static inline void put_item(KfBuf *out, const KfCourse *course, const KfItem *item)
{
    kf_buf_str(out, "  ");
    if (item->section.len) {
        kf_buf_text(out, item->section);
        kf_buf_str(out, "/");
    }
    kf_buf_text(out, item->label.text);
    if (item->has_payer) {
        kf_buf_str(out, "/");
        kf_buf_str(out, kf_payer_key(item->payer));
    }
    kf_buf_char(out, ':');
    for (size_t p = 0; p < course->period_count; p++)
        put_figure(out, &item->amounts[p]);
    if (item->total.state != KF_FIGURE_NONE) {
        kf_buf_str(out, " =");
        put_figure(out, &item->total);
    }
    kf_buf_char(out, '\n');
}

static inline void put_total(KfBuf *out, const char *name, const KfFigure *figure)
{
    if (figure->state != KF_FIGURE_NONE) {
        kf_buf_str(out, " ");
        put_figures(out, name, figure, 1);
    }
}

/* "Borger 1 actual 0-6 7-12", then a line a row; "." where there is no cell, "_"
 * where it is blank, "?" where it cannot be read. */
static inline void put_course(KfBuf *out, const KfCase *one, const KfCourse *course)
{
    kf_buf_text(out, one->citizen);
    kf_buf_char(out, ' ');
    kf_buf_str(out, kf_course_key(course->kind));
    for (size_t p = 0; p < course->period_count; p++) {
        kf_buf_char(out, ' ');
        kf_buf_period(out, course->periods[p].period);
    }
    kf_buf_char(out, '\n');
    for (size_t i = 0; i < course->item_count; i++)
        put_item(out, course, &course->items[i]);
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        put_figures(out, kf_payer_key((KfPayer)k), course->payers[k], course->period_count);
    put_figures(out, "total", course->totals, course->period_count);
    for (int k = 0; k < KF_PAYER_COUNT; k++)
        put_total(out, kf_payer_key((KfPayer)k), &course->payer_totals[k]);
    put_total(out, "case", &course->case_total);
}

static inline void put_model(KfBuf *out, const KfModel *model)
{
    for (size_t i = 0; i < model->case_count; i++) {
        for (int kind = 0; kind < KF_COURSE_COUNT; kind++) {
            if (model->cases[i].has[kind])
                put_course(out, &model->cases[i], &model->cases[i].courses[kind]);
        }
    }
    for (size_t i = 0; i < model->table_count; i++) {
        kf_buf_str(out, kf_table_kind_key(model->tables[i].kind));
        kf_buf_char(out, ' ');
        kf_buf_range(out, model->tables[i].range);
        kf_buf_char(out, '\n');
    }
    for (size_t i = 0; i < model->unplaced_count; i++) {
        kf_buf_str(out, "unplaced ");
        kf_buf_cellref(out, model->unplaced[i].ref.row, model->unplaced[i].ref.col);
        kf_buf_char(out, '\n');
    }
}

typedef struct {
    KfArena arena;
    const MadeSheet *sheets;
    size_t count;
    KfBuf out;
    void (*put)(KfBuf *out, const KfModel *model);
} ModelRead;

static inline KfStatus read_model_text(void *ctx)
{
    ModelRead *read = ctx;
    KfModel model;

    kf_extract(&read->arena, make_book(&read->arena, read->sheets, read->count), &model);
    read->put(&read->out, &model);
    return KF_OK;
}

static inline void expect_model_by(void (*put)(KfBuf *, const KfModel *), const MadeSheet *sheets,
                                   size_t count, const char *expected)
{
    ModelRead read = { .sheets = sheets, .count = count, .put = put };

    kf_arena_init(&read.arena);
    cr_assert_eq(kf_arena_run(&read.arena, read_model_text, &read), KF_OK);
    cr_assert(kf_text_eq(kf_buf_view(&read.out), kf_text(expected)), "read:\n%.*s",
              (int)read.out.len, read.out.ptr ? read.out.ptr : "");
    kf_buf_free(&read.out);
    kf_arena_finish(&read.arena);
}

/* What is read of one sheet. */
static inline void expect_model(const char *rows, const char *expected)
{
    const MadeSheet sheet = { "Ark1", rows };

    expect_model_by(put_model, &sheet, 1, expected);
}

#endif
