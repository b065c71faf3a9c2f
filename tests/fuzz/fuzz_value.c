/* Amounts, periods, dates, number formats and slips, in any bytes: what is read lies within
 * its limits and is read again as the same once it is written. */
#include "fuzz.h"
#include "kf/value.h"

static void expect_amount(KfRead read, const KfAmount *amount)
{
    EXPECT(amount->oere >= -KF_OERE_MAX && amount->oere <= KF_OERE_MAX);
    EXPECT(amount->decimals <= 2);
    EXPECT(read == KF_READ_OK || amount->oere == 0);
}

static void expect_written(KfOere amount)
{
    KfBuf out = { 0 };
    KfAmount again;

    for (int lang = 0; lang < KF_LANG_COUNT; lang++) {
        out.len = 0;
        kf_buf_amount(&out, amount, (KfLang)lang);
        EXPECT(kf_amount_read(kf_buf_view(&out),
                              lang == KF_LANG_DA ? KF_SEP_DANISH : KF_SEP_ENGLISH, &again)
               == KF_READ_OK);
        EXPECT(again.oere == amount);
    }
    out.len = 0;
    kf_buf_amount_xml(&out, amount);
    EXPECT(kf_amount_from_decimal(kf_buf_view(&out), &again) == KF_READ_OK && again.oere == amount);
    kf_buf_free(&out);
}

static void expect_amounts(KfText text)
{
    static const KfOere units[] = { 1, 100, 100000, 100000000 };
    KfBuf shown = { 0 };
    KfAmount amount;

    for (int assume = KF_SEP_UNKNOWN; assume <= KF_SEP_ENGLISH; assume++) {
        expect_amount(kf_amount_read(text, (KfSeparators)assume, &amount), &amount);
        expect_written(amount.oere);
        for (size_t i = 0; i < sizeof units / sizeof *units; i++)
            kf_amount_read_unit(text, (KfSeparators)assume, units[i], &amount);
    }
    expect_amount(kf_amount_from_decimal(text, &amount), &amount);
    expect_written(amount.oere);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        kf_amount_from_decimal_unit(text, units[i], &amount);
    kf_buf_decimal(&shown, text);
    kf_buf_free(&shown);
}

static void expect_periods(KfText text)
{
    KfPeriod period, again;
    KfBuf out = { 0 };

    if (kf_period_read(text, &period)) {
        EXPECT(period.from >= 0 && period.from < period.to && period.to <= 600);
        kf_buf_period(&out, period);
        kf_buf_str(&out, " mdr");
        EXPECT(kf_period_read(kf_buf_view(&out), &again));
        EXPECT(again.from == period.from && again.to == period.to);
    }
    if (kf_calendar_read(text, &period))
        EXPECT(period.from <= period.to);
    kf_buf_free(&out);
}

static void expect_dates(KfText text)
{
    KfDate date = kf_date_read(text);
    KfNumberFormat format = kf_number_format(text);
    KfDateSpan span;
    KfPeriod period;
    KfBuf out = { 0 };
    size_t pos = 0, before = 0;

    if (date != KF_DATE_NONE) {
        kf_buf_date_iso(&out, date);
        EXPECT(kf_date_read(kf_buf_view(&out)) == date);
    }
    while (kf_date_find(text, &pos, &span)) {
        EXPECT(pos > before && pos <= text.len && span.first <= span.last);
        before = pos;
    }
    format.is_date = true;
    kf_period_from_date((int64_t)text.len * 977, false, format, &period);
    kf_buf_free(&out);
}

static void expect_shown(KfText text)
{
    KfBuf once = { 0 }, twice = { 0 };

    kf_buf_masked(&once, text);
    fuzz_expect_shown(kf_buf_view(&once));
    kf_buf_masked(&twice, kf_buf_view(&once));
    EXPECT(kf_text_eq(kf_buf_view(&once), kf_buf_view(&twice)));
    kf_buf_free(&once);
    kf_buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    KfText text = fuzz_text(bytes, len);
    KfText left = kf_text_slice(text, 0, len / 2), right = kf_text_slice(text, len / 2, len);
    KfAmount a, b;

    expect_amounts(text);
    expect_periods(text);
    expect_dates(text);
    expect_shown(text);
    EXPECT(kf_text_slip(left, right) == kf_text_slip(right, left));
    kf_amount_read(left, KF_SEP_UNKNOWN, &a);
    kf_amount_read(right, KF_SEP_UNKNOWN, &b);
    EXPECT((kf_slip(a.oere, b.oere) == KF_SLIP_NONE) == (kf_slip(b.oere, a.oere) == KF_SLIP_NONE));
    return 0;
}
