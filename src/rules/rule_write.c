/* Tables back to the CSV that they are read from, by the same columns. */
#include <string.h>

#include "rules/ruleset.h"

/* ---- cells --------------------------------------------------------------- */

static bool needs_quotes(KfText text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == ';' || c == ',' || c == '"' || c == '\n' || c == '\r')
            return true;
    }
    return text.len && (text.ptr[0] == '\'' || text.ptr[0] == ' ');
}

/* Never taken for a formula. */
static void put_text(KfBuf *out, KfText text)
{
    KfBuf shown = { 0 };

    if (text.len && memchr("=+-@", text.ptr[0], 4))
        kf_buf_char(&shown, '\'');
    kf_buf_masked(&shown, text);
    if (needs_quotes(kf_buf_view(&shown)))
        kf_buf_csv_quoted(out, kf_buf_view(&shown));
    else
        kf_buf_text(out, kf_buf_view(&shown));
    out->bad |= shown.bad;
    kf_buf_free(&shown);
}

/* 33,5 from 3350: hundredths without what they do not need. */
static void put_bp(KfBuf *out, int32_t bp)
{
    kf_buf_int(out, bp / 100);
    if (bp % 100) {
        kf_buf_char(out, ',');
        kf_buf_uint_padded(out, (uint64_t)(bp % 10 ? bp % 100 : bp % 100 / 10), bp % 10 ? 2 : 1);
    }
}

static void put_word(KfBuf *out, const KfRuleWord *words, int32_t value)
{
    for (; words->word; words++) {
        if (words->value == value) {
            kf_buf_str(out, words->word);
            return;
        }
    }
}

static size_t size_of(KfRuleColumnKind kind)
{
    switch (kind) {
    case KF_COL_TEXT:
        return sizeof(KfText);
    case KF_COL_OERE:
        return sizeof(KfOere);
    default:
        return sizeof(int32_t);
    }
}

/* A field that is as the table leaves it needs no cell; a share always has one. */
static bool is_default(const KfRuleTable *table, const KfRuleColumn *column, const char *row)
{
    if (column->kind == KF_COL_BP)
        return false;
    return memcmp(row + column->offset, (const char *)table->defaults + column->offset,
                  size_of(column->kind))
           == 0;
}

static void put_cell(KfBuf *out, const KfRuleColumn *column, const void *field)
{
    switch (column->kind) {
    case KF_COL_TEXT:
        put_text(out, *(const KfText *)field);
        break;
    case KF_COL_DATE:
        kf_buf_date(out, *(const KfDate *)field, KF_LANG_DA);
        break;
    case KF_COL_BP:
        put_bp(out, *(const int32_t *)field);
        break;
    case KF_COL_INT:
        kf_buf_int(out, *(const int32_t *)field);
        break;
    case KF_COL_OERE:
        kf_buf_amount(out, *(const KfOere *)field, KF_LANG_DA);
        break;
    case KF_COL_WORD:
        put_word(out, column->words, *(const int32_t *)field);
        break;
    }
}

static void end_line(KfBuf *out)
{
    kf_buf_str(out, "\r\n");
}

void kf_rule_csv_put_head(KfBuf *out, const KfRuleTable *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (i)
            kf_buf_char(out, ';');
        kf_buf_str(out, table->columns[i].heading);
    }
    end_line(out);
}

void kf_rule_csv_put_row(KfBuf *out, const KfRuleTable *table, const void *row)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const KfRuleColumn *column = &table->columns[i];

        if (i)
            kf_buf_char(out, ';');
        if (!is_default(table, column, row))
            put_cell(out, column, (const char *)row + column->offset);
    }
    end_line(out);
}

/* ---- rules and rates ----------------------------------------------------- */

/* Excel reads the file as UTF-8 only with a byte order mark. */
static void put_mark(KfBuf *out)
{
    kf_buf_str(out, "\xEF\xBB\xBF");
}

void kf_rules_csv_head(KfBuf *out)
{
    put_mark(out);
    kf_rule_csv_put_head(out, &kf_rule_table);
}

void kf_rule_csv(KfBuf *out, const KfRule *rule)
{
    for (size_t i = 0; i < rule->tier_count; i++) {
        const KfRuleRow row = kf_rule_row(rule, i);

        kf_rule_csv_put_row(out, &kf_rule_table, &row);
    }
}

void kf_rates_csv_head(KfBuf *out)
{
    put_mark(out);
    kf_rule_csv_put_head(out, &kf_rate_table);
}

void kf_rate_csv(KfBuf *out, const KfRate *rate)
{
    const KfRateRow row = kf_rate_row(rate);

    kf_rule_csv_put_row(out, &kf_rate_table, &row);
}
