/* Cells to figures: amount, state and the interval that the shown digits leave. */
#ifndef KF_EXTRACT_FIGURE_H
#define KF_EXTRACT_FIGURE_H

#include "kf/model.h"

typedef struct {
    const KfBook *book;
    uint32_t sheet;
    KfSeparators separators; /* decided for the whole table */
    KfOere unit;             /* øre that a shown 1 stands for */
} KfFigureReader;

/* The figure at row, col; KF_FIGURE_BLANK where no cell stands. */
KfFigure kf_figure_read(const KfFigureReader *reader, uint32_t row, uint32_t col);
/* The same where the cell is at hand; NULL for none. */
KfFigure kf_figure_of(const KfFigureReader *reader, const KfCell *cell, uint32_t row, uint32_t col);

/* A lone 1.234 means what the other texts of these columns show. */
KfSeparators kf_separators_of(const KfGrid *grid, const uint32_t *cols, size_t count,
                              uint32_t first_row, uint32_t end_row);

#endif
