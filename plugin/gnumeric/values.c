#include "values.h"

#include <cell.h>
#include <position.h>
#include <sheet.h>

static const struct {
    GnmStdError theirs;
    KfHostError ours;
} errors[] = {
    { GNM_ERROR_NULL, KF_HOST_ERROR_NULL },   { GNM_ERROR_DIV0, KF_HOST_ERROR_DIV0 },
    { GNM_ERROR_VALUE, KF_HOST_ERROR_VALUE }, { GNM_ERROR_REF, KF_HOST_ERROR_REF },
    { GNM_ERROR_NAME, KF_HOST_ERROR_NAME },   { GNM_ERROR_NUM, KF_HOST_ERROR_NUM },
    { GNM_ERROR_NA, KF_HOST_ERROR_NA },
};

static KfHostError error_of(const GnmValue *value)
{
    GnmStdError theirs = value_error_classify(value);

    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (errors[i].theirs == theirs)
            return errors[i].ours;
    }
    return KF_HOST_ERROR_VALUE;
}

static GnmStdError std_error_of(KfHostError ours)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (errors[i].ours == ours)
            return errors[i].theirs;
    }
    return GNM_ERROR_VALUE;
}

void gnumeric_cell(KfHostCell *out, const GnmValue *value)
{
    out->kind = KF_CELL_EMPTY;
    if (VALUE_IS_EMPTY(value))
        return;
    if (VALUE_IS_ERROR(value)) {
        out->kind = KF_CELL_ERROR;
        out->error = error_of(value);
    } else if (VALUE_IS_BOOLEAN(value)) {
        out->kind = KF_CELL_BOOL;
        out->truth = value->v_bool.val;
    } else if (VALUE_IS_FLOAT(value)) {
        out->kind = KF_CELL_NUMBER;
        out->number = (double)value_get_as_float(value);
    } else if (VALUE_IS_STRING(value)) {
        out->kind = KF_CELL_TEXT;
        out->text = kf_text(value_peek_string(value));
    }
}

static void put_scalar(KfHostValue *out, const GnmValue *value)
{
    static const KfHostKind kinds[] = {
        [KF_CELL_EMPTY] = KF_HOST_MISSING, [KF_CELL_NUMBER] = KF_HOST_NUMBER,
        [KF_CELL_TEXT] = KF_HOST_TEXT,     [KF_CELL_BOOL] = KF_HOST_BOOL,
        [KF_CELL_ERROR] = KF_HOST_ERROR,
    };
    KfHostCell cell = { .kind = KF_CELL_EMPTY };

    gnumeric_cell(&cell, value);
    *out = (KfHostValue){ .kind = kinds[cell.kind],
                          .number = cell.number,
                          .truth = cell.truth,
                          .error = cell.error,
                          .text = cell.text };
}

typedef struct {
    KfHostSheet *sheet;
    int first_row, first_col;
} Place;

static GnmValue *add_cell(const GnmValueIter *iter, gpointer data)
{
    const Place *place = data;
    KfHostCell cell = { .row = (uint32_t)(place->first_row + iter->y),
                        .col = (uint32_t)(place->first_col + iter->x) };

    gnumeric_cell(&cell, iter->v);
    kf_host_sheet_add(place->sheet, &cell);
    return NULL;
}

/* A range over several sheets is no table. */
static bool put_cells(KfHostSheet *sheet, const GnmValue *value, const GnmEvalPos *pos)
{
    Place place = { sheet, 0, 0 };

    if (VALUE_IS_CELLRANGE(value)) {
        Sheet *first, *last;
        GnmRange range;

        gnm_rangeref_normalize(value_get_rangeref(value), pos, &first, &last, &range);
        if (first != last)
            return false;
        place.first_row = range.start.row;
        place.first_col = range.start.col;
    }
    value_area_foreach(value, pos, CELL_ITER_IGNORE_BLANK, add_cell, &place);
    return true;
}

void gnumeric_argument(KfHostValue *out, KfHostSheet *sheet, const GnmValue *value,
                       const GnmEvalPos *pos, KfArgumentKind kind)
{
    bool is_area = value && (VALUE_IS_CELLRANGE(value) || VALUE_IS_ARRAY(value));

    *out = (KfHostValue){ .kind = KF_HOST_MISSING };
    if (kind == KF_ARGUMENT_RANGE && is_area) {
        if (put_cells(sheet, value, pos))
            *out = (KfHostValue){ .kind = KF_HOST_RANGE, .range = sheet };
        else
            *out = (KfHostValue){ .kind = KF_HOST_ERROR, .error = KF_HOST_ERROR_VALUE };
    } else if (is_area && value_area_get_width(value, pos) == 1
               && value_area_get_height(value, pos) == 1) {
        put_scalar(out, value_area_fetch_x_y(value, 0, 0, pos));
    } else if (is_area) {
        *out = (KfHostValue){ .kind = KF_HOST_ERROR, .error = KF_HOST_ERROR_VALUE };
    } else if (value) {
        put_scalar(out, value);
    }
}

GnmValue *gnumeric_result(const KfHostResult *result, const GnmEvalPos *pos)
{
    switch (result->kind) {
    case KF_HOST_NUMBER:
        return value_new_float((gnm_float)result->hundredths / 100);
    case KF_HOST_TEXT:
        return value_new_string_nocopy(g_strndup(result->text.ptr, result->text.len));
    default:
        return value_new_error_std(pos, std_error_of(result->error));
    }
}
