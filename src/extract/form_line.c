/* A heading can name a course, a payer and a year at once: "Faktisk forløb, kommune".
 * The words for each are looked for in what the others leave. */
#include "extract/form_line.h"

#include "extract/evidence.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2100, LONGEST_TIME = 40 };

/* Four digits that are a year, with no digit, dot or comma joined to them. */
static bool has_year(KfText text)
{
    int year = 0;
    size_t digits = 0;

    for (size_t i = 0; i <= text.len; i++) {
        char c = i < text.len ? text.ptr[i] : ' ';

        if (kf_is_digit(c)) {
            year = digits < 5 ? year * 10 + (c - '0') : 0;
            digits++;
            continue;
        }
        if (digits == 4 && year >= FIRST_YEAR && year <= LAST_YEAR)
            return true;
        digits = 0;
        year = 0;
    }
    return false;
}

bool kf_is_time(KfText text)
{
    KfPeriod period;

    if (text.len == 0 || text.len > LONGEST_TIME)
        return false;
    return has_year(text) || kf_period_read(text, &period);
}

/* The text behind its first word and the marks after that. */
static KfText behind_first_word(KfText text)
{
    size_t at = 0;

    while (at < text.len && text.ptr[at] != ' ' && text.ptr[at] != ',')
        at++;
    while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == ',' || text.ptr[at] == ':'))
        at++;
    return kf_text_slice(text, at, text.len);
}

static void take_payer(KfLineWords *words, KfText text)
{
    KfLabelRole role = kf_label_role(text);

    words->is_part |= role.part;
    if (role.role == KF_ROLE_PAYER) {
        words->role = KF_ROLE_PAYER;
        words->payer = (int)role.payer;
    } else if (role.role == KF_ROLE_TOTAL) {
        words->role = KF_ROLE_TOTAL;
    }
}

KfLineWords kf_line_words(KfText text)
{
    KfLabelRole role = kf_label_role(text);
    KfLineWords words = { .head = kf_head_read(text),
                          .role = role.role,
                          .payer = role.role == KF_ROLE_PAYER ? (int)role.payer : KF_PAYER_NONE,
                          .course = kf_course_named(text),
                          .is_time = kf_is_time(text),
                          .is_part = role.part,
                          .is_percent = kf_text_find(text, KF_TEXT("%")) != SIZE_MAX
                                        || kf_text_find(text, KF_TEXT("pct")) != SIZE_MAX };

    words.is_benefit = (kf_about(text) & KF_ABOUT_BENEFIT) != 0;
    words.is_sum = role.summed || role.grand || kf_text_find(text, KF_TEXT("i alt")) != SIZE_MAX
                   || kf_text_find(text, KF_TEXT("amlet")) != SIZE_MAX;
    if (words.head == KF_HEAD_GAIN) {
        words.course = KF_COURSE_GAIN;
        take_payer(&words, behind_first_word(text));
    } else if (words.course >= 0 && role.role == KF_ROLE_OTHER) {
        KfText rest = kf_without_course(text);

        if (!kf_text_eq(rest, text))
            take_payer(&words, rest);
    }
    return words;
}
