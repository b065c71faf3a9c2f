/* A user's file of rules or rates: refused with a line, or read, and then written and read
 * again as the same. */
#include "fuzz.h"
#include "kf/report.h"

static void put(KfBuf *out, const KfRuleSet *rules, bool rates)
{
    const KfRulesReport report = { .rules = rules, .as_of = KF_DATE_NONE, .rates = rates };
    const KfReportOptions options = { .lang = KF_LANG_DA };

    out->len = 0;
    kf_report_rules_csv(out, &report, &options);
}

static void expect_written(const KfRuleSet *rules, bool rates)
{
    KfBuf first = { 0 }, second = { 0 };
    KfRuleSet *again;

    put(&first, rules, rates);
    EXPECT(kf_ruleset_create(&again, NULL) == KF_OK);
    if (kf_ruleset_add_csv(again, kf_buf_view(&first), KF_TEXT("igen.csv"), NULL) == KF_OK) {
        put(&second, again, rates);
        kf_ruleset_destroy(again);
        EXPECT(kf_ruleset_create(&again, NULL) == KF_OK);
        EXPECT(kf_ruleset_add_csv(again, kf_buf_view(&second), KF_TEXT("tredje.csv"), NULL)
               == KF_OK);
        put(&first, again, rates);
        EXPECT(kf_text_eq(kf_buf_view(&first), kf_buf_view(&second)));
    }
    kf_ruleset_destroy(again);
    kf_buf_free(&first);
    kf_buf_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    KfText text = fuzz_text(bytes, len);
    KfRuleSet *rules;
    KfError err;

    EXPECT(kf_ruleset_create(&rules, NULL) == KF_OK);
    if (kf_ruleset_add_csv(rules, text, KF_TEXT("egne.csv"), &err) == KF_OK)
        expect_written(rules, kf_text_find(text, KF_TEXT("bel")) != SIZE_MAX);
    kf_benefit_match(rules, text);
    kf_ruleset_destroy(rules);
    return 0;
}
