/* Exact fractions for formulas: 0.1 + 0.2 is 0.3, and three thirds are 1. */
#ifndef FORMULA_RATIO_H
#define FORMULA_RATIO_H

#include "base/wide.h"
#include "kf/base.h"

/* num / den; den is at least 1, and neither is beyond 10^37. Not always in its
 * lowest terms. */
typedef struct {
    KfWide num, den;
} KfRatio;

KfRatio kf_ratio_int(int64_t value);
/* "62788.5", "-1E-7"; decimals beyond 15 significant digits are the noise of
 * binary fractions and are rounded away. False when text is no number. */
bool kf_ratio_read(KfRatio *out, KfText text);
/* The shortest decimal text, to 15 significant digits; whole digits all stand. */
void kf_ratio_write(KfBuf *out, KfRatio value);

/* False when the result is too large. What does not fit exactly is rounded to
 * 18 digits first. */
bool kf_ratio_add(KfRatio *out, KfRatio a, KfRatio b);
bool kf_ratio_sub(KfRatio *out, KfRatio a, KfRatio b);
bool kf_ratio_mul(KfRatio *out, KfRatio a, KfRatio b);
bool kf_ratio_div(KfRatio *out, KfRatio a, KfRatio b);
KfRatio kf_ratio_neg(KfRatio value);
/* Half away from zero; decimals may be negative (-2: to hundreds). */
bool kf_ratio_round(KfRatio *out, KfRatio value, int decimals);

/* -1, 0 or 1 */
int kf_ratio_sign(KfRatio value);
/* The value is whole and fits *out. */
bool kf_ratio_whole(KfRatio value, int64_t *out);
/* -1, 0 or 1 as a is less, near or more than b: within 10^-6, or within 10^-13
 * of large numbers, they are the same. */
int kf_ratio_order(KfRatio a, KfRatio b);

#endif
