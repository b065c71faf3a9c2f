/* Fields between semicolons, quoted by libcsv. */
#include "report/csv_writer.h"

void kf_csv_init(KfCsv *csv, KfBuf *out, KfLang lang)
{
    *csv = (KfCsv){ .out = out, .lang = lang };
    kf_buf_str(out, "\xEF\xBB\xBF");
}

static void begin_field(KfCsv *csv)
{
    if (csv->begun)
        kf_buf_char(csv->out, ';');
    csv->begun = true;
}

/* Also in East Asian width, which Excel takes for the same. */
static bool looks_like_formula(KfText text)
{
    size_t pos = 0;
    int32_t first = kf_text_next(text, &pos);

    if (first >= 0xFF01 && first <= 0xFF5E)
        first -= 0xFEE0;
    return first == '=' || first == '+' || first == '-' || first == '@';
}

void kf_csv_text(KfCsv *csv, KfText text)
{
    KfBuf shown = { 0 };

    begin_field(csv);
    if (looks_like_formula(text))
        kf_buf_char(&shown, '\'');
    kf_buf_masked(&shown, text);
    kf_buf_csv_quoted(csv->out, kf_buf_view(&shown));
    csv->out->bad |= shown.bad;
    kf_buf_free(&shown);
}

void kf_csv_period(KfCsv *csv, KfText period)
{
    KfBuf months = { 0 };

    if (period.len)
        kf_buf_months(&months, period, csv->lang);
    kf_csv_text(csv, kf_buf_view(&months));
    csv->out->bad |= months.bad;
    kf_buf_free(&months);
}

void kf_csv_say(KfCsv *csv, KfPhrase say)
{
    kf_csv_text(csv, kf_phrase(say, csv->lang));
}

void kf_csv_int(KfCsv *csv, int64_t value)
{
    begin_field(csv);
    kf_buf_int(csv->out, value);
}

void kf_csv_amount(KfCsv *csv, KfOere amount)
{
    size_t start;

    begin_field(csv);
    start = csv->out->len;
    kf_buf_amount_2(csv->out, amount);
    for (size_t i = start; csv->lang == KF_LANG_DA && i < csv->out->len; i++) {
        if (csv->out->ptr[i] == '.')
            csv->out->ptr[i] = ',';
    }
}

void kf_csv_value(KfCsv *csv, KfValue value)
{
    if (value.kind == KF_VALUE_AMOUNT)
        kf_csv_amount(csv, value.amount);
    else if (value.kind == KF_VALUE_TEXT)
        kf_csv_text(csv, value.text);
    else
        kf_csv_empty(csv);
}

void kf_csv_date(KfCsv *csv, KfDate date)
{
    begin_field(csv);
    if (date != KF_DATE_NONE && date != KF_DATE_OPEN)
        kf_buf_date(csv->out, date, csv->lang);
}

void kf_csv_empty(KfCsv *csv)
{
    begin_field(csv);
}

void kf_csv_end_row(KfCsv *csv)
{
    kf_buf_str(csv->out, "\r\n");
    csv->begun = false;
}
