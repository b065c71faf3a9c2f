/* A form while it is read, and which kind its headings and labels make it. */
#ifndef KF_EXTRACT_FORM_KIND_H
#define KF_EXTRACT_FORM_KIND_H

#include "extract/figure.h"
#include "extract/form_line.h"

typedef struct {
    KfLabel label;
    KfLineWords words;
    KfText group; /* the section above the row, or the heading above the heading */
    uint32_t at;  /* its row or column */
} KfFormLine;

typedef struct {
    KfFormLine *columns, *rows;
    size_t column_count, row_count, row_cap;
    KfHead label_head; /* of the heading above the labels */
    unsigned about;    /* of title, sheet and headings */
    KfFigureReader figures;
} KfForm;

/* Whether the columns alone leave a kind open, so that the rows are worth reading. */
bool kf_form_may_be(const KfForm *form);

/* The kind, or -1 for what is no such table. Words alone are not enough: payers,
 * citizens or benefits must stand where the kind has them. */
int kf_form_kind(const KfForm *form);

/* "Nettogevinst for kommunen", "Nettogevinst for staten", or "Kommunen" and "Staten" under
 * "Nettogevinst", each with its amount: they mean something only below the courses of a case. */
bool kf_form_is_gains(const KfForm *form);

/* What each row and column holds in a table of this kind. */
void kf_form_roles(KfArena *arena, const KfForm *form, KfTableKind kind, KfTable *out);

#endif
