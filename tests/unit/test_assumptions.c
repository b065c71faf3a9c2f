#include "audit_maker.h"

/* What is assumed, one a line: "kontanthjaelp staten 30 % (B2)". */
static void look_at_assumptions(const KfAudit *audit, void *ctx)
{
    KfBuf out = { 0 };

    for (size_t i = 0; i < audit->assumption_count; i++) {
        const KfAssumption *one = &audit->assumptions[i];

        kf_buf_text(&out, one->rule.benefit);
        kf_buf_char(&out, ' ');
        kf_buf_rule_shares(&out, &one->rule, KF_LANG_DA);
        kf_buf_str(&out, one->differs ? " !\n" : "\n");
    }
    cr_expect(kf_text_eq(kf_buf_view(&out), kf_text(ctx)), "found:\n%.*s", (int)out.len,
              out.ptr ? out.ptr : "");
    kf_buf_free(&out);
}

#define TABLE                                                                                      \
    "Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|63000|0\nUdgift for kommunen|44100|0\n"       \
    "Udgift for staten|18900|0\nUdgift i alt|63000|0\n"

/* By the rules of 2013, where kontanthjælp has 30 % and førtidspension 35 %. */
static void expect(const char *sentence, const char *expected)
{
    const MadeSheet sheets[] = { { "Borger 1", TABLE }, { "Noter", sentence } };

    audit_sheets(sheets, 2, kf_date(2013, 9, 1), look_at_assumptions, (void *)expected);
}

Test(assumptions, are_read_from_a_sentence)
{
    expect("For kontanthjælp er der regnet med 30 % statsrefusion.\n",
           "kontanthjaelp staten 30 %\n");
    expect("For kontanthjælp og uddannelseshjælp er der regnet med 50 pct. refusion fra staten\n",
           "kontanthjaelp staten 50 % !\nuddannelseshjaelp staten 50 % !\n");
    expect("Kommunen betaler 70 pct. af kontanthjælpen.\n", "kontanthjaelp staten 30 %\n");
    expect("Kommunen betaler 70 % og staten 30 % af kontanthjælpen\n",
           "kontanthjaelp staten 30 %\n");
    expect("Staten refunderer 35 procent af førtidspension, kommunen betaler resten.\n",
           "foertidspension staten 35 %\n");
    expect("Der er 33,5 % statsrefusion på førtidspension\n", "foertidspension staten 33,50 % !\n");
    expect("Kontanthjælp: 30 %\n", "kontanthjaelp staten 30 %\n");
    expect("Kontanthjælp: 30 %, førtidspension: 40 %\n",
           "kontanthjaelp staten 30 %\nfoertidspension staten 40 % !\n");
    expect("Refusion: Kontanthjælp 30 %. Førtidspension 35 % refusion. SU betales af staten.\n",
           "kontanthjaelp staten 30 %\nfoertidspension staten 35 %\nsu staten 100 %\n");
    expect("Revalidering: ingen refusion\n", "revalidering kommunen 100 % !\n");
}

Test(assumptions, are_read_week_by_week)
{
    expect("Sygedagpenge: 100 % de første fire uger, 50 % i uge 5-8, 30 % i uge 9-52 og herefter "
           "ingen refusion.\n",
           "sygedagpenge uge 1-4: staten 100 %; uge 5-8: staten 50 %; uge 9-52: staten 30 %; "
           "fra uge 53: kommunen 100 %\n");
    expect("Sygedagpenge: statsrefusion 80 % i uge 1 til 4, 40 % i uge 5 til 26, 30 % i uge 27 til "
           "52 og 20 % fra uge 53\n",
           "sygedagpenge uge 1-4: staten 80 %; uge 5-26: staten 40 %; uge 27-52: staten 30 %; "
           "fra uge 53: staten 20 % !\n");
    expect("Refusion af sygedagpenge: 100 % de første 8 uger\n",
           "sygedagpenge uge 1-8: staten 100 %; uge 9-52: staten 30 %; fra uge 53: kommunen 100 % "
           "!\n");
}

Test(assumptions, are_read_from_a_table)
{
    expect("Forudsætninger\nYdelse|Statsrefusion\nKontanthjælp|50 %\nFørtidspension|0.4\n"
           "Flyvetæppe|10 %\n",
           "kontanthjaelp staten 50 % !\nfoertidspension staten 40 % !\n");
    expect("Ydelse|Kommune (pct.)|Stat (pct.)\nKontanthjælp|65|35\nFørtidspension|60|30\n",
           "kontanthjaelp staten 35 % !\n");
    expect("Refusion|Uge 1-4|Uge 5-26|Uge 27-52|Fra uge 53\nSygedagpenge|80 %|40 %|30 %|20 %\n",
           "sygedagpenge uge 1-4: staten 80 %; uge 5-26: staten 40 %; uge 27-52: staten 30 %; "
           "fra uge 53: staten 20 % !\n");
}

Test(assumptions, are_not_made_of_ordinary_sentences)
{
    static const char *const ordinary[] = {
        "Udgifterne til kontanthjælp er steget 30 %, og kommunen betaler mere.\n",
        "30 % af borgerne på kontanthjælp i kommunen er under 30 år.\n",
        "Antallet på kontanthjælp faldt 12 pct. i kommunen i 2014.\n",
        "Kommunens udgift til kontanthjælp udgør 30 % af de samlede udgifter.\n",
        "Tidligere var refusionen for kontanthjælp 35 %.\n",
        "I 2010 var statsrefusionen for kontanthjælp 35 %.\n",
        "Skal refusionen for kontanthjælp være 30 %?\n",
        "Refusionen for kontanthjælp er ikke 50 %.\n",
        "Hvis kontanthjælp har 50 % refusion, bliver gevinsten større.\n",
        "Moms refunderes med 25 %.\n",
        "Kontanthjælp\n",
        "Kontanthjælp er en ydelse, som kommunen betaler.\n",
        "Overhead: 5 %\n",
        "Kontanthjælp 30 % i passive og 50 % i aktive perioder, statsrefusion\n",
        "Kommunen betaler 60 % af huslejen, mens borgeren er på kontanthjælp\n",
        "Statsrefusionen på kontanthjælp er 30 % i uge 5-26\n",
        "Borgeren arbejder 30 % og får kontanthjælp\n",
        "Ydelse|Kommune|Stat\nKontanthjælp|70|30\n",
        "Kontanthjælp|30\n",
    };

    for (size_t i = 0; i < sizeof ordinary / sizeof *ordinary; i++) {
        KfDate date = kf_date(2013, 9, 1);
        const MadeSheet sheets[] = { { "Borger 1", TABLE }, { "Noter", ordinary[i] } };

        cr_log_info("%s", ordinary[i]);
        audit_sheets(sheets, 2, date, look_at_assumptions, "");
    }
}

Test(assumptions, go_before_the_rules)
{
    static const char half[] =
        "Kontanthjælp: 50 % statsrefusion\n"
        "Faktisk forløb|0-6 mdr|7-12 mdr\nKontanthjælp|63000|0\nUdgift for kommunen|31500|0\n"
        "Udgift for staten|31500|0\nUdgift i alt|63000|0\n";

    expect_findings(half, "");
    expect_from(KF_INFO, half, "A1 split-assumption info none\n");
    expect_findings("Kontanthjælp: 50 % statsrefusion\n" TABLE,
                    "B5 split-state error correct 31.500\n"
                    "  B4 split-municipality error correct 31.500\n");
}
