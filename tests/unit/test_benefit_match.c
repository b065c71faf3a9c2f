#include <criterion/criterion.h>

#include "rules/ruleset.h"

static KfRuleSet *rules;

static void open_rules(void)
{
    KfError err;

    cr_assert_eq(kf_ruleset_create(&rules, &err), KF_OK);
}

static void close_rules(void)
{
    kf_ruleset_destroy(rules);
}

TestSuite(benefit_match, .init = open_rules, .fini = close_rules);

typedef struct {
    const char *label;
    const char *benefit;
} Row;

static void expect(const Row *rows, size_t count, bool by_slip)
{
    for (size_t i = 0; i < count; i++) {
        KfBenefitMatch match = kf_benefit_match(rules, kf_text(rows[i].label));

        cr_expect(kf_text_eq(match.benefit, kf_text(rows[i].benefit)), "'%s': '%.*s', not '%s'",
                  rows[i].label, (int)match.benefit.len, match.benefit.ptr, rows[i].benefit);
        cr_expect_eq(match.by_slip, by_slip, "%s", rows[i].label);
    }
}

#define EXPECT(rows) expect(rows, sizeof(rows) / sizeof *(rows), false)
#define EXPECT_SLIPS(rows) expect(rows, sizeof(rows) / sizeof *(rows), true)

Test(benefit_match, labels_of_the_aarhus_tables)
{
    static const Row rows[] = {
        { "Sygedagpenge", "sygedagpenge" },
        { "Offentligt løntilskud", "loentilskud_offentligt" },
        { "Privat løntilskud", "loentilskud_privat" },
        { "Kontanthjælp", "kontanthjaelp" },
        { "Kontanthjælp, forsørgertakst", "kontanthjaelp" },
        { "SU", "su" },
        { "SU + barsels-/forsørgerklip", "su" },
        { "Handicaptillæg", "handicaptillaeg" },
        { "Indlæggelse 1 måned", "indlaeggelse" },
        { "Indlæggelse 1,5 måned", "indlaeggelse" },
        { "Indlæggelse 3 uger", "indlaeggelse" },
        { "Genindlæggelse 2 uger", "indlaeggelse" },
        { "Bostøtte 2 t/ugen", "servicelov_85" },
        { "", "" },
        { "Sagsbehandlertimer i FS", "" },
        { "Psykologforløb omkr. angst", "" },
        { "SIND Erhverv mentorordning", "" },
        { "SIND Erhvervs vejlederordning", "" },
        { "Huslejerestancebevilling", "" },
        { "Akutbolig", "" },
        { "Tandbehandling", "" },
        { "Fastholdelseskonsulent", "" },
        { "Mentor v. Ramsdal", "" },
        { "Praktik hos Falck", "" },
        { "Træningsforløb med fysioterapeut", "" },
        { "Alkoholmisbrugsbehandling", "" },
        { "Vejleder, Rådgivnings- og Støttecentret", "" },
        { "Behandlingsforløb, AMD", "" },
    };

    EXPECT(rows);
}

Test(benefit_match, whole_words_only)
{
    static const Row rows[] = {
        { "Sundhed", "" },
        { "SUF", "" },
        { "Supplerende ydelse", "" },
        { "Barselsdagpenge", "" },
        { "Kontanthjælpsrådgivning", "" },
        { "Mentor under sygedagpenge", "" },
        { "SU-lån", "" },
        { "SU-vejledning", "" },
        { "SU til hjemmeboende", "su" },
    };

    EXPECT(rows);
}

Test(benefit_match, case_signs_and_footnotes_make_no_difference)
{
    static const Row rows[] = {
        { "  SYGEDAGPENGE.. ", "sygedagpenge" },
        { "Sygedagpenge*", "sygedagpenge" },
        { "Sygedagpenge 1)", "sygedagpenge" },
        { "Sygedagpenge\xC2\xB9", "sygedagpenge" },
        { "1) Sygedagpenge", "sygedagpenge" },
        { "Kontanthjælp (uge 1-4)", "kontanthjaelp" },
        { "kontanthjaelp", "kontanthjaelp" },
        { "KONTANTHJÆLP", "kontanthjaelp" },
        { "Førtidspension", "foertidspension" },
        { "offentligt\xC2\xA0\xC2\xA0løntilskud", "loentilskud_offentligt" },
    };

    EXPECT(rows);
}

Test(benefit_match, active_is_another_benefit_than_passive)
{
    static const Row rows[] = {
        { "Kontanthjælp, aktiv", "kontanthjaelp_aktiv" },
        { "Aktiv kontanthjælp", "kontanthjaelp_aktiv" },
        { "Kontanthjælp, forsørgertakst (aktiv)", "kontanthjaelp_aktiv" },
        { "Kontanthjælp, passiv", "kontanthjaelp" },
        { "Sygedagpenge, delvist raskmeldt", "sygedagpenge_aktiv" },
        { "Løntilskud, privat virksomhed", "loentilskud_privat" },
        { "Løntilskud", "loentilskud" },
    };

    EXPECT(rows);
}

Test(benefit_match, paragraphs_of_the_service_act)
{
    static const Row rows[] = {
        { "§ 85", "servicelov_85" },
        { "Støtte efter §85", "servicelov_85" },
        { "Bostøtte § 85 a", "servicelov_85a_efter_110" },
        { "Bostøtte § 85 i hjemmet", "servicelov_85" },
        { "Botilbud §§ 107, 108", "servicelov_107" },
        { "Botilbud § 108", "servicelov_108" },
        { "Aktivitets- og samværstilbud § 104", "servicelov_104" },
        { "BPA", "servicelov_96" },
        { "§ 94", "" },
        { "§ 850", "" },
    };

    EXPECT(rows);
}

Test(benefit_match, one_typing_error_is_seen_through)
{
    static const Row rows[] = {
        { "Sygedagpnege", "sygedagpenge" },
        { "Sygedagpege", "sygedagpenge" },
        { "Kontanhjælp, forsørgertakst", "kontanthjaelp" },
        { "Syge dagpenge", "sygedagpenge" },
        { "Kontanthjalp", "kontanthjaelp" },
        { "Kontanthjlp", "kontanthjaelp" },
        { "Førtidspensoin", "foertidspension" },
        { "Frtidspension", "foertidspension" },
        { "Indlægelse 3 uger", "indlaeggelse" },
        { "Offentligt løntilsud", "loentilskud_offentligt" },
    };
    static const Row two[] = { { "Sygdagpnege", "" }, { "UA", "" }, { "Tandbehandling 2", "" } };

    EXPECT_SLIPS(rows);
    EXPECT(two);
}

Test(benefit_match, says_which_alias_matched)
{
    KfBenefitMatch match = kf_benefit_match(rules, KF_TEXT("Genindlæggelse 2 uger"));

    cr_assert(kf_text_eq(match.alias, KF_TEXT("genindlæggelse")));
    match = kf_benefit_match(rules, KF_TEXT("SU-lån"));
    cr_assert_eq(match.benefit.len, 0);
    cr_assert(kf_text_eq(match.alias, KF_TEXT("SU-lån")));
}

Test(benefit_match, every_alias_finds_its_own_benefit)
{
    for (size_t i = 0; i < rules->alias_count; i++) {
        const KfAlias *alias = &rules->aliases[i];
        KfBenefitMatch match = kf_benefit_match(rules, alias->shown);

        cr_expect(kf_text_eq(match.benefit, alias->benefit), "%.*s", (int)alias->shown.len,
                  alias->shown.ptr);
        cr_expect_not(match.by_slip);
    }
}

Test(benefit_match, hostile_labels_do_no_harm)
{
    char label[5000];
    char folded[KF_LABEL_LONGEST];
    uint64_t seed = 42;

    for (int round = 0; round < 300; round++) {
        for (size_t i = 0; i < sizeof label; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            label[i] = (char)(seed >> 56);
        }
        kf_benefit_match(rules, (KfText){ label, (size_t)(seed >> 33) % sizeof label });
        cr_assert_leq(kf_label_fold(folded, (KfText){ label, sizeof label }).len, KF_LABEL_LONGEST);
    }
    cr_assert_eq(kf_benefit_match(rules, (KfText){ 0 }).benefit.len, 0);
    cr_assert_eq(kf_benefit_match(rules, KF_TEXT("§")).benefit.len, 0);
    cr_assert_eq(kf_benefit_match(rules, KF_TEXT("...")).benefit.len, 0);
}

Test(benefit_match, folds_to_plain_words)
{
    static const char *const rows[][2] = {
        { "SU + barsels-/forsørgerklip", "su barsels forsoergerklip" },
        { "Bostøtte 2 t/ugen", "bostoette 2 t ugen" },
        { "§§ 85 a, 107", "§85a 107" },
        { "Ydelse (12) 3)", "ydelse 12" },
        { "Ydelse²", "ydelse" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char bytes[KF_LABEL_LONGEST];
        KfText folded = kf_label_fold(bytes, kf_text(rows[i][0]));

        cr_expect(kf_text_eq(folded, kf_text(rows[i][1])), "%.*s", (int)folded.len, folded.ptr);
    }
}

/* ---- when it was granted --------------------------------------------------- */

Test(benefit_match, a_granting_date_chooses_the_variant)
{
    static const struct {
        const char *label, *benefit;
    } rows[] = {
        { "Førtidspension, tilkendt 01-03-2015", "foertidspension_fra_2014" },
        { "Førtidspension (bevilget 12. marts 2012)", "foertidspension_1999_2014" },
        { "Førtidspension tilkendt 1995", "foertidspension_foer_1999" },
        { "Førtidspension, tilkendt efter 2014", "foertidspension_fra_2014" },
        { "Førtidspension tilkendt fra 1. juli 2014", "foertidspension_fra_2014" },
        { "Førtidspension tilkendt 2014", "foertidspension" },
        { "Førtidspension, tilkendt før 2010", "foertidspension" },
        { "Førtidspension 2013", "foertidspension" },
        { "Førtidspension", "foertidspension" },
        { "Fleksløntilskud, visiteret september 2015", "fleksloentilskud_fra_2014" },
        { "Ledighedsydelse visiteret 2016", "ledighedsydelse_fra_2014" },
        { "Ledighedsydelse visiteret 2013", "ledighedsydelse" },
        { "Fleksjob bevilget 2011", "fleksjob_foer_2013" },
        { "Kontanthjælp fra 01-01-2014", "kontanthjaelp" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        KfBenefitMatch match = kf_benefit_match(rules, kf_text(rows[i].label));

        cr_expect(kf_text_eq(match.benefit, kf_text(rows[i].benefit)), "%s: %.*s", rows[i].label,
                  (int)match.benefit.len, match.benefit.ptr);
    }
}

Test(benefit_match, finds_a_benefit_inside_a_sentence)
{
    const KfText text = KF_TEXT("for kontanthjælpen og a-dagpenge er der");
    KfBenefitMatch match;

    cr_expect_eq(kf_benefit_at(rules, text, 0, &match), 0);
    cr_expect_eq(kf_benefit_at(rules, text, 4, &match), 19);
    cr_expect(kf_text_eq(match.benefit, KF_TEXT("kontanthjaelp")));
    cr_expect_eq(kf_benefit_at(rules, text, 23, &match), 33);
    cr_expect(kf_text_eq(match.benefit, KF_TEXT("dagpenge")));
    cr_expect_eq(kf_benefit_at(rules, text, text.len, &match), text.len);
}

Test(benefit_match, words_that_are_cut_short)
{
    static const Row rows[] = {
        { "Sygedagp.", "sygedagpenge" },
        { "SDP", "sygedagpenge" },
        { "Kontanthj.", "kontanthjaelp" },
        { "Kontanthj., aktiv", "kontanthjaelp_aktiv" },
        { "KTH", "kontanthjaelp" },
        { "FØP", "foertidspension" },
        { "Førtidspens., tilkendt 01-03-2015", "foertidspension_fra_2014" },
        { "A-dagp.", "dagpenge" },
        { "Dagp. aktiv", "dagpenge_aktiv" },
        { "Reval.", "revalidering" },
        { "Udd.hjælp", "uddannelseshjaelp" },
        { "Off. løntilsk.", "loentilskud_offentligt" },
        { "Amb. behandling", "ambulant" },
        { "Ambulant behandling, psykiatri", "ambulant_psykiatri" },
        { "Amb. psyk. behandling", "ambulant_psykiatri" },
    };

    EXPECT(rows);
}

Test(benefit_match, a_paragraph_in_words)
{
    static const Row rows[] = {
        { "SEL 85", "servicelov_85" },
        { "Bostøtte, SEL 85", "servicelov_85" },
        { "Servicelovens 104", "servicelov_104" },
        { "Paragraf 107", "servicelov_107" },
        { "SEL 85 a", "servicelov_85a_efter_110" },
        { "Botilbud (108)", "servicelov_108" },
    };

    EXPECT(rows);
}

/* The scheme of 2003 was new once; only a date tells of the one of 2014. */
Test(benefit_match, a_new_scheme_is_no_date)
{
    static const Row rows[] = {
        { "Førtidspension, ny ordning", "foertidspension" },
        { "Førtidspension, gl. ordning", "foertidspension" },
    };

    EXPECT(rows);
}

Test(benefit_match, a_slip_has_the_runner_up_of_what_was_meant)
{
    const KfText label = KF_TEXT("Sygdagpenge");
    const KfBenefitMatch match = kf_benefit_match(rules, label);
    const KfBenefitMatch second = kf_benefit_runner_up(rules, label, &match);

    cr_expect(match.by_slip);
    cr_expect(kf_text_eq(second.benefit, KF_TEXT("sygedagpenge_aktiv")));
}
