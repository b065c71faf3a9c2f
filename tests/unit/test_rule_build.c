#include <criterion/criterion.h>

#include "kf/rules.h"

typedef struct {
    const char *csv, *part, *detail;
} Row;

/* Each file is read on its own; the error must name the line and hold the words. */
static void expect_errors(const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        KfRuleSet *rules;
        KfError err = { 0 };

        cr_assert_eq(kf_ruleset_create(&rules, &err), KF_OK);
        cr_expect_eq(kf_ruleset_add_csv(rules, kf_text(rows[i].csv), KF_TEXT("x"), &err),
                     KF_BAD_RULES, "%s", rows[i].csv);
        cr_expect_str_eq(err.part, rows[i].part, "%s: %s", err.part, rows[i].csv);
        cr_expect_neq(kf_text_find(kf_text(err.detail), kf_text(rows[i].detail)), SIZE_MAX, "%s",
                      err.detail);
        kf_ruleset_destroy(rules);
    }
}

Test(rule_build, shares_must_add_up)
{
    static const Row rows[] = {
        { "ydelse;kommune;stat\nsu;10;80\n", "linje 2, kolonne kommune", "andelene giver 90 %" },
        { "ydelse;kommune;stat\nsu;0;100\nsygedagpenge;60;40,5\n", "linje 3, kolonne kommune",
          "100,50 %" },
        { "ydelse\nsu\n", "linje 2, kolonne kommune", "andelene giver 0 %" },
    };

    expect_errors(rows, sizeof rows / sizeof *rows);
}

Test(rule_build, weeks_must_leave_no_gap)
{
#define HEAD "ydelse;uge_fra;uge_til;kommune;stat\n"
    static const Row rows[] = {
        { HEAD "su;2;;0;100\n", "linje 2, kolonne uge_fra", "ventes uge 1" },
        { HEAD "su;1;4;0;100\nsu;6;;50;50\n", "linje 3, kolonne uge_fra", "ventes uge 5" },
        { HEAD "su;1;4;0;100\nsu;4;;50;50\n", "linje 3, kolonne uge_fra", "ventes uge 5" },
        { HEAD "su;1;4;0;100\n", "linje 2, kolonne uge_til", "sidste trin" },
        { HEAD "su;1;;0;100\nsu;5;;50;50\n", "linje 2, kolonne uge_til", "sidste trin" },
        { HEAD "su;0;;0;100\n", "linje 2, kolonne uge_fra", "ventes uge 1" },
        { HEAD "su;;4;0;100\n", "linje 2, kolonne uge_fra", "art 'uger'" },
    };
#undef HEAD

    expect_errors(rows, sizeof rows / sizeof *rows);
}

Test(rule_build, dates_must_not_overlap)
{
#define HEAD "ydelse;fra;til;kommune;stat\n"
    static const Row rows[] = {
        { HEAD "su;01-01-2013;31-12-2013;0;100\nsu;31-12-2013;;10;90\n", "linje 3, kolonne fra",
          "overlapper" },
        { HEAD "su;01-01-2013;;0;100\nSU;01-01-2013;;10;90\n", "linje 3, kolonne ydelse",
          "to gange" },
        { HEAD "su;01-01-2013;31-12-2012;0;100\n", "linje 2, kolonne til", "til er før fra" },
    };
#undef HEAD

    expect_errors(rows, sizeof rows / sizeof *rows);
}

Test(rule_build, caps_and_thresholds)
{
    static const Row rows[] = {
        { "ydelse;art;kommune;region\nindlaeggelse;loft;60;40\n", "linje 2, kolonne loft_fra",
          "kræver et loft" },
        { "ydelse;loft_fra;loft_til;kommune;region\nindlaeggelse;9.000;8.000;60;40\n",
          "linje 2, kolonne loft_til", "mindre" },
        { "ydelse;loft_fra;kommune;stat\nindlaeggelse;9.000;60;40\n", "linje 2, kolonne stat",
          "regionen" },
        { "ydelse;art;loft_fra;kommune;stat\nsu;fast;9.000;60;40\n", "linje 2, kolonne loft_fra",
          "art 'loft'" },
        { "ydelse;år_over;år_til;kommune;stat\nx;0;500;100;0\nx;600;;50;50\n",
          "linje 3, kolonne år_over", "ventes 500 kr." },
        { "ydelse;år_over;år_til;kommune;stat\nx;0;0;100;0\n", "linje 2, kolonne år_til",
          "ikke over" },
        { "ydelse;art;kommune;stat\nsu;fast;0;100\nsu;åben;100;0\n", "linje 3, kolonne art",
          "to arter" },
    };

    expect_errors(rows, sizeof rows / sizeof *rows);
}
