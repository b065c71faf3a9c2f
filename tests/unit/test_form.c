#include "model_text.h"

/* Kind, range, and the roles of columns and rows as single letters. */
static void put_line(KfBuf *out, const KfLine *line)
{
    static const char letters[] = "-iPstapqxr*mSNcd";

    kf_buf_char(out, ' ');
    kf_buf_char(out, letters[line->role]);
    if (line->role == KF_LINE_PAYER)
        kf_buf_int(out, line->payer);
    if (line->course >= 0)
        kf_buf_char(out, "AKG"[line->course]);
}

static void put_tables(KfBuf *out, const KfModel *model)
{
    for (size_t t = 0; t < model->table_count; t++) {
        const KfTable *table = &model->tables[t];

        kf_buf_str(out, kf_table_kind_key(table->kind));
        kf_buf_char(out, ' ');
        kf_buf_range(out, table->range);
        kf_buf_str(out, " columns");
        for (size_t i = 0; i < table->column_count; i++)
            put_line(out, &table->columns[i]);
        kf_buf_str(out, " rows");
        for (size_t i = 0; i < table->row_count; i++)
            put_line(out, &table->rows[i]);
        kf_buf_char(out, '\n');
    }
    for (size_t i = 0; i < model->case_count; i++)
        kf_buf_str(out, "case\n");
}

static void expect_tables(const char *rows, const char *expected)
{
    const MadeSheet sheet = { "Ark1", rows };

    expect_model_by(put_tables, &sheet, 1, expected);
}

Test(form, reads_payers_by_years_quarters_and_part_years)
{
    expect_tables("Udgifter i kr.\n\n|2019|2020|'Til 31. marts 2022|I alt\n"
                  "Kommunal|1000|2000|3000|6000\nRegional|10|20|30|60\nI alt|1010|2020|3030|6060\n",
                  "payer-table A3:E6 columns i i i t rows P0 P2 t\n");
    expect_tables("Udgifter i kr.\nBetaler|1. kvartal|2. kvartal|3. kvartal\n"
                  "Kommune|1000|2000|3000\nStat|10|20|30\nI alt|1010|2020|3030\n",
                  "payer-table A2:D5 columns i i i rows P0 P1 t\n");
    expect_tables("Finansiering\nÅr|Kommune|Stat|I alt\n2019|1000|20|1020\n2020|3000|40|3040\n",
                  "payer-table A2:D4 columns P0 P1 t rows i i\n");
}

Test(form, reads_budgets_of_benefits)
{
    expect_tables("Budget for borger 1\nYdelse|Pris pr. time|Timer|Antal uger|I alt\n"
                  "Mentor|400|3|10|12000\nBostøtte § 85|300|2|10|6000\nI alt||||18000\n",
                  "budget A2:E5 columns p q q * rows i i t\n");
}

Test(form, reads_summaries_of_citizens_and_municipalities)
{
    expect_tables("Nettogevinst pr. borger\n|Kommune|Region|Stat|I alt\nAarhus|10|20|30|60\n"
                  "Vejle|1|2|3|6\n",
                  "summary A2:E4 columns P0 P2 P1 t rows i i\n");
    expect_tables("Oversigt\nBorger|Faktisk forløb|Kontrafaktisk forløb|Nettogevinst\n"
                  "Borger 1|1000|3000|2000\nI alt|1000|3000|2000\n",
                  "summary A2:D4 columns iA iK iG rows i t\n");
    expect_tables("Oversigt\n|Faktisk forløb||Kontrafaktisk forløb\n"
                  "Borger|Kommune|Stat|Kommune|Stat\nBorger 1|1000|3000|2000|50\n"
                  "Borger 2|1000|3000|2000|50\n",
                  "summary A3:E5 columns P0A P1A P0K P1K rows i i\n");
    expect_tables("Oversigt\nBetaler|Faktisk|Kontrafaktisk|Forskel\nKommune|1000|3000|2000\n"
                  "Stat|100|300|200\nI alt|1100|3300|2200\n",
                  "summary A2:D5 columns iA iK iG rows P0 P1 t\n");
}

Test(form, reads_wage_forms_lying_and_upright)
{
    expect_tables("Bilag A\n\n|Stillinger|Andel|Årsløn|Overhead|I alt\n"
                  "Opsøgende|2|0.5|500000|'5 %|525000\nSparet løn|1|0.4|400000|'5 %|168000\n"
                  "Nettoudgift|||||357000\nAntal sager|||||100\nUdgift pr. sag|||||3570\n",
                  "wage A3:F8 columns q q p x * rows i S N c d\n");
    expect_tables("Bilag A\n\nAntal stillinger|2\nAndel|0.5\nÅrsløn|500000\nOverhead|'5 %\n"
                  "Lønudgift i alt|525000\nSparet løn|168000\nNettoudgift|357000\n"
                  "Antal sager|100\nUdgift pr. sag|3570\n",
                  "wage A3:B11 columns i rows q q p x * S N c d\n");
}

Test(form, reads_support_forms)
{
    expect_tables("Mulige ydelser|Bemærkninger|Udgift på årsbasis|Kommunens andel efter refusion\n"
                  "Socialområdet\nBostøtte § 85||1000|1000\nBeskæftigelsesområdet\n"
                  "Kontanthjælp||1000|700\nI alt||2000|1700\n",
                  "support A1:D6 columns - t m rows i i t\n");
}

Test(form, reads_several_tables_on_a_sheet)
{
    expect_tables(
        "Udgifter\n|2019|2020||'Betaler|2021|2022\n"
        "Kommunal|1000|2000||Kommunal|5000|6000\n"
        "Regional|10|20||Regional|50|60\nI alt|1010|2020||I alt|5050|6060\n"
        "\n"
        "Oversigt\nBorger|Faktisk forløb|Kontrafaktisk forløb|Nettogevinst\n"
        "Borger 1|1000|3000|2000\n"
        "\n"
        "Borger 1\nFaktisk forløb|0-6 mdr|7-12 mdr\nMentor|500|500\nUdgift i alt|500|500\n",
        "payer-table A2:C5 columns i i rows P0 P2 t\n"
        "payer-table E2:G5 columns i i rows P0 P2 t\n"
        "summary A8:D9 columns iA iK iG rows i\n"
        "case\n");
}

Test(form, sees_none_in_ordinary_sheets)
{
    static const char *const ordinary[] = {
        "Faktura\nVare|Antal|Pris|I alt\nStol|2|400|800\nBord|1|900|900\nI alt|||1700\n",
        ("Budget 2020\nKonto|Budget|Faktisk|Afvigelse\nHusleje|100|110|10\nEl|20|30|10\n"
         "I alt|120|140|20\n"),
        "Folketal\nKommune|2019|2020\nAarhus|345332|349983\nVejle|115748|116992\n",
        "Ansatte\nSektor|2019|2020\nStat|100|110\nRegion|200|210\nKommune|300|310\nI alt|600|630\n",
        "Timeseddel\nNavn|Mandag|Tirsdag|I alt\nJensen|7|8|15\nHansen|6|7|13\n",
        "Løn\nNavn|Stilling|Løn|Pension|I alt\nJensen|Lærer|30000|3000|33000\n",
        "Salg\nRegion|1. kvartal|2. kvartal|I alt\nNord|10|20|30\nSyd|30|40|70\n",
        "Sommerfest\nPost|Antal|Pris|I alt\nMad|50|100|5000\nMusik|1|3000|3000\nI alt|||8000\n",
        "Vejprojekter\nProjekt|Kommune|Stat|I alt\nCykelsti|10|20|30\nBro|30|40|70\n",
    };

    for (size_t i = 0; i < sizeof ordinary / sizeof ordinary[0]; i++)
        expect_tables(ordinary[i], "");
}
