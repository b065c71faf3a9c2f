#include "audit_maker.h"

#define HEAD "Faktisk forløb|0-6 mdr|7-12 mdr\n"
#define OTHER "\nKontrafaktisk forløb|0-6 mdr|7-12 mdr\n"

typedef struct {
    size_t at;
    const char *message;
} Said;

static void look_at_message(const KfAudit *audit, void *ctx)
{
    const Said *said = ctx;
    KfText message;

    cr_assert_gt(audit->finding_count, said->at);
    message = audit->findings[said->at].message[KF_LANG_DA];
    cr_assert(kf_text_eq(message, kf_text(said->message)), "%.*s", (int)message.len, message.ptr);
}

static void expect_message(const char *rows, size_t at, const char *message)
{
    const MadeSheet sheet = { "Borger 1", rows };
    Said said = { at, message };

    audit_sheets(&sheet, 1, kf_date(2013, 9, 1), look_at_message, &said);
}

Test(check_inferred, gives_a_benefit_without_a_rule_to_the_payer_that_fits)
{
    expect_from(KF_INFO, HEAD "Mentor|1000|0\nUdgift for kommunen|0|0\nUdgift for staten|1000|0\n",
                "A2 benefit-unknown info none\n");
    expect_message(HEAD "Mentor|1000|0\nUdgift for kommunen|0|0\nUdgift for staten|1000|0\n", 0,
                   "Ingen regel kendes; staten betaler, så kolonnen går op.");
}

Test(check_inferred, infers_nothing_without_payer_rows)
{
    expect_from(KF_INFO, HEAD "Mentor|1000|0\nUdgift i alt|1000|0\n", "");
}

Test(check_inferred, tells_of_one_label_paid_by_two)
{
    expect_findings(HEAD "Mentor|1000|0\nUdgift for kommunen|1000|0\nUdgift for staten|0|0\n" OTHER
                         "Mentor|1000|0\nUdgift for kommunen|0|0\nUdgift for staten|1000|0\n",
                    "A7 split-inconsistent warning none\n");
    expect_message(HEAD "Mentor|1000|0\nUdgift for kommunen|1000|0\nUdgift for staten|0|0\n" OTHER
                        "Mentor|1000|0\nUdgift for kommunen|0|0\nUdgift for staten|1000|0\n",
                   2, "Her betaler staten; samme ydelse betales af kommunen i A2.");
}

/* Three columns say the municipality; the fourth has two payers exchanged. */
Test(check_inferred, tells_a_column_of_exchanged_payers_by_the_others)
{
    expect_findings(HEAD "Mentor|0|1000\nUdgift for kommunen|0|0\nUdgift for staten|0|1000\n" OTHER
                         "Mentor|2000|3000\nUdgift for kommunen|2000|3000\nUdgift for staten|0|0\n",
                    "C4 split-state warning propose 0\n"
                    "  C3 split-municipality warning propose 1.000\n");
}

/* Where a second benefit shows that nothing is exchanged, the odd row is told. */
Test(check_inferred, tells_the_label_that_most_columns_speak_against)
{
    expect_findings(HEAD "Mentor|0|1000\nKursus|0|500\nUdgift for kommunen|0|500\n"
                         "Udgift for staten|0|1000\n" OTHER
                         "Mentor|2000|3000\nUdgift for kommunen|2000|3000\nUdgift for staten|0|0\n",
                    "A2 split-inconsistent warning none\n");
}

Test(check_inferred, accepts_one_label_paid_by_the_same)
{
    expect_findings(HEAD "Mentor|1000|0\nUdgift for kommunen|1000|0\nUdgift for staten|0|0\n" OTHER
                         "Mentor|2000|0\nUdgift for kommunen|2000|0\nUdgift for staten|0|0\n",
                    "");
}

Test(check_inferred, follows_a_rule_where_there_is_one)
{
    expect_from(
        KF_INFO,
        HEAD "Kontanthjælp|63000|0\nUdgift for kommunen|44100|0\nUdgift for staten|18900|0\n", "");
}

Test(check_inferred, says_when_no_payer_fits)
{
    expect_findings(HEAD "Mentor|1000|0\nUdgift for kommunen|700|0\nUdgift for staten|300|0\n"
                         "Udgift i alt|1000|0\n",
                    "B4 split-unexplained warning none\n");
}

/* The totals add the last row; the municipality's figure is that of the period before. */
Test(check_inferred, keeps_a_row_that_the_totals_add)
{
    expect_findings(HEAD "Bostøtte|6000|6000\nMentor|0|1500\nUdgift for kommunen|6000|6000\n"
                         "Udgift for staten|0|0\nUdgift for regionen|0|0\n"
                         "Udgift for øvrige aktører|0|0\n"
                         "Udgift i alt|=SUM(B2:B3)~6000|=SUM(C2:C3)~7500\n",
                    "C4 total-payers warning propose 7.500\n");
}
