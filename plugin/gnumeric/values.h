/* Gnumeric's values and ours. */
#ifndef PLUGIN_GNUMERIC_VALUES_H
#define PLUGIN_GNUMERIC_VALUES_H

#include <gnumeric.h>
#include <func.h>
#include <value.h>

#include "functions.h"

/** Fill kind and value of a cell from a value of Gnumeric; texts are borrowed. */
void gnumeric_cell(KfHostCell *out, const GnmValue *value);
/** An argument; a range is read into sheet, which lives as long as out. */
void gnumeric_argument(KfHostValue *out, KfHostSheet *sheet, const GnmValue *value,
                       const GnmEvalPos *pos, KfArgumentKind kind);
GnmValue *gnumeric_result(const KfHostResult *result, const GnmEvalPos *pos);

#endif
