/* Wording shared by the Rettelser sheet and the reports. */
#include "correct/phrase.h"

static const char *const texts[SAY_COUNT][KF_LANG_COUNT] = {
#define KF_PHRASE(id, da, en) [SAY_##id] = { da, en },
#include "correct/phrases.def"
#include "correct/workbook_phrases.def"
#undef KF_PHRASE
};

KfText kf_phrase(KfPhrase say, KfLang lang)
{
    return kf_text(texts[say][lang]);
}

void kf_buf_phrase(KfBuf *out, KfPhrase say, KfLang lang, const KfText *args, size_t arg_count)
{
    kf_buf_fill(out, kf_phrase(say, lang), args, arg_count);
}

void kf_buf_counted(KfBuf *out, size_t count, KfPhrase one, KfPhrase many, KfLang lang)
{
    kf_buf_uint_padded(out, count, 1);
    kf_buf_char(out, ' ');
    kf_buf_text(out, kf_phrase(count == 1 ? one : many, lang));
}

KfText kf_phrase_course(int course, KfLang lang)
{
    if (course == KF_ACTUAL)
        return kf_phrase(SAY_ACTUAL, lang);
    return course == KF_COUNTERFACTUAL ? kf_phrase(SAY_COUNTERFACTUAL, lang) : KF_TEXT("");
}

/* "; 2014: 2", the years that fit next best. */
static void put_other_years(KfBuf *out, const KfAudit *audit, KfLang lang)
{
    for (size_t i = 1; i < audit->year_count && i < 3; i++) {
        KfBuf year = { 0 }, count = { 0 };

        kf_buf_int(&year, audit->years[i].year);
        kf_buf_uint_padded(&count, audit->years[i].fitting, 1);
        kf_buf_phrase(out, SAY_AS_OF_RATES_ALSO, lang,
                      (KfText[]){ kf_buf_view(&year), kf_buf_view(&count) }, 2);
        out->bad |= year.bad || count.bad;
        kf_buf_free(&year);
        kf_buf_free(&count);
    }
}

static void put_date_cell(KfBuf *out, const KfAudit *audit)
{
    const KfRef ref = audit->model.stated_date_ref;

    if (audit->as_of_source == KF_AS_OF_WORKBOOK)
        kf_buf_place(out, audit, ref,
                     audit->book->sheet_count == 1 ? kf_sheet_name(audit, ref) : (KfText){ 0 });
}

void kf_buf_as_of(KfBuf *out, const KfAudit *audit, KfLang lang)
{
    static const KfPhrase sources[] = {
        [KF_AS_OF_OPTION] = SAY_AS_OF_OPTION,   [KF_AS_OF_WORKBOOK] = SAY_AS_OF_WORKBOOK,
        [KF_AS_OF_RATES] = SAY_AS_OF_RATES,     [KF_AS_OF_SPLITS] = SAY_AS_OF_SPLITS,
        [KF_AS_OF_UNKNOWN] = SAY_AS_OF_UNKNOWN,
    };
    enum { DATE, YEAR, FITTING, TRIED, OTHERS, CELL, PARTS };
    KfBuf part[PARTS] = { 0 };
    KfText args[PARTS];
    int year, month, day;

    if (audit->as_of == KF_DATE_NONE)
        return;
    kf_date_parts(audit->as_of, &year, &month, &day);
    kf_buf_date(&part[DATE], audit->as_of, lang);
    kf_buf_int(&part[YEAR], year);
    kf_buf_uint_padded(&part[FITTING], audit->rates_fitting, 1);
    kf_buf_uint_padded(&part[TRIED], audit->rates_tried, 1);
    put_other_years(&part[OTHERS], audit, lang);
    put_date_cell(&part[CELL], audit);
    for (size_t i = 0; i < PARTS; i++)
        args[i] = kf_buf_view(&part[i]);
    kf_buf_phrase(out, sources[audit->as_of_source], lang, args, PARTS);
    if (audit->law == KF_LAW_IN_FORCE)
        kf_buf_text(out, kf_phrase(SAY_LAW_IN_FORCE, lang));
    for (size_t i = 0; i < PARTS; i++) {
        out->bad |= part[i].bad;
        kf_buf_free(&part[i]);
    }
}

void kf_buf_value(KfBuf *out, KfValue value, KfLang lang)
{
    switch (value.kind) {
    case KF_VALUE_AMOUNT:
        kf_buf_amount(out, value.amount, lang);
        break;
    case KF_VALUE_TEXT:
        kf_buf_char(out, '"');
        kf_buf_masked(out, value.text);
        kf_buf_char(out, '"');
        break;
    case KF_VALUE_NONE:
        kf_buf_text(out, kf_phrase(SAY_BLANK, lang));
        break;
    }
}

void kf_buf_months(KfBuf *out, KfText period, KfLang lang)
{
    kf_buf_masked(out, period);
    kf_buf_text(out, kf_phrase(SAY_MONTHS, lang));
}

KfOere kf_oere_plus(KfOere a, KfOere b)
{
    const KfOere limit = KF_OERE_MAX * 1000;

    if (b > 0 && a > limit - b)
        return limit;
    if (b < 0 && a < -limit - b)
        return -limit;
    return a + b;
}

KfText kf_sheet_name(const KfAudit *audit, KfRef ref)
{
    if (!audit->book || ref.sheet >= audit->book->sheet_count)
        return KF_TEXT("");
    return audit->book->sheets[ref.sheet].name;
}

KfText kf_citizen(const KfAudit *audit, size_t case_index)
{
    if (case_index >= audit->model.case_count)
        return KF_TEXT("");
    return audit->model.cases[case_index].citizen;
}

size_t kf_count_tables(const KfModel *model)
{
    size_t count = 0;

    for (size_t i = 0; i < model->table_count; i++)
        count += model->tables[i].kind != KF_TABLE_LIST;
    return count;
}

KfOere kf_unit_of(const KfModel *model, const KfFinding *finding)
{
    KfOere unit = 0;

    if (finding->case_index < model->case_count && finding->course >= 0)
        unit = model->cases[finding->case_index].courses[finding->course].unit;
    else if (finding->table && finding->table <= model->table_count)
        unit = model->tables[finding->table - 1].unit;
    return unit ? unit : 100;
}

bool kf_is_proposal(const KfFinding *finding)
{
    return finding->action == KF_ACTION_PROPOSE;
}

bool kf_is_left(const KfFinding *finding)
{
    return finding->action == KF_ACTION_NONE && finding->root == 0
           && finding->severity >= KF_WARNING;
}

void kf_buf_ignored(KfBuf *out, const KfAudit *audit, const KfIgnored *ignored, KfLang lang)
{
    const bool ends = ignored->by->expires != KF_DATE_OPEN;
    KfBuf place = { 0 }, reason = { 0 }, date = { 0 };

    if (ignored->finding.has_cell)
        kf_buf_place(&place, audit, ignored->finding.cell, KF_TEXT(""));
    kf_buf_masked(&reason, ignored->by->reason);
    kf_buf_date(&date, ignored->by->expires, lang);
    kf_buf_phrase(out, ends ? SAY_IGNORED_UNTIL : SAY_IGNORED, lang,
                  (KfText[]){ kf_buf_view(&place), kf_text(kf_finding_code(ignored->finding.code)),
                              kf_buf_view(&reason), kf_buf_view(&date) },
                  4);
    out->bad |= place.bad || reason.bad || date.bad;
    kf_buf_free(&place);
    kf_buf_free(&reason);
    kf_buf_free(&date);
}
