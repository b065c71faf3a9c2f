#include "model_text.h"

Test(list, reads_citizens_and_courses_of_rows)
{
    expect_model("Alle sager\n"
                 "\n"
                 "Borger|Forløb|Ydelse|Periode|Beløb (kr.)\n"
                 "1|Faktisk|Kontanthjælp|0-6 mdr|600\n"
                 "1|Faktisk|Kontanthjælp|7-12 mdr|700\n"
                 "1|Kontrafaktisk|Førtidspension|0-6 mdr|800\n"
                 "1|Kontrafaktisk|Førtidspension|7-12 mdr|900\n"
                 "Borger 2|Faktisk forløb|Mentor|7-12|5.5\n"
                 "Borger 2|Faktisk forløb|Medicin|0-6|-\n",
                 "Borger 1 actual 0-6 7-12\n"
                 "  Kontanthjælp: 600 700\n"
                 "Borger 1 counterfactual 0-6 7-12\n"
                 "  Førtidspension: 800 900\n"
                 "Borger 2 actual 0-6 7-12\n"
                 "  Mentor: . 5,50\n"
                 "  Medicin: _ .\n"
                 "list A3:E9\n");
}

Test(list, reads_columns_in_any_order_and_payers)
{
    expect_model("Betaler|Beløb|Ydelse|Område|Forløb|Periode|Sagsnr.\n"
                 "Kommunen|70|Kontanthjælp|Forsørgelse|Faktisk|0-6 mdr|7\n"
                 "Stat|30|Kontanthjælp|Forsørgelse|Faktisk|0-6 mdr|7\n"
                 "Regionen|90|Indlæggelse|Sundhed|Faktisk|0-6 mdr|7\n",
                 "Sag 7 actual 0-6\n"
                 "  Forsørgelse/Kontanthjælp/municipality: 70\n"
                 "  Forsørgelse/Kontanthjælp/state: 30\n"
                 "  Sundhed/Indlæggelse/region: 90\n"
                 "list A1:G4\n");
}

Test(list, takes_rows_of_payers_and_sums_as_such)
{
    expect_model("Borger|Forløb|Ydelse|Periode|Beløb\n"
                 "1|Faktisk|Mentor|0-6 mdr|600\n"
                 "1|Faktisk|Mentor|7-12 mdr|700\n"
                 "1|Faktisk|Udgift for kommunen|0-6 mdr|600\n"
                 "1|Faktisk|Udgift for kommunen|7-12 mdr|700\n"
                 "1|Faktisk|Udgift for kommunen|I alt|1300\n"
                 "1|Faktisk|Udgift i alt|0-6 mdr|600\n"
                 "1|Faktisk|Udgift i alt|7-12 mdr|700\n"
                 "1|Faktisk|Samlet totaludgift|I alt|1300\n"
                 "1|Faktisk|Samlet totaludgift|I alt|1400\n",
                 "Borger 1 actual 0-6 7-12\n"
                 "  Mentor: 600 700\n"
                 "  municipality: 600 700\n"
                 "  total: 600 700\n"
                 "   municipality: 1.300\n"
                 "   case: 1.300\n"
                 "list A1:E10\n"
                 "unplaced C10\n");
}

Test(list, keeps_a_benefit_that_stands_twice)
{
    expect_model("Borger|Forløb|Ydelse|Periode|Beløb\n"
                 "1|Faktisk|Medicin|0-6 mdr|1\n"
                 "1|Faktisk|Medicin|0-6 mdr|2\n"
                 "1|Faktisk|Medicin|7-12 mdr|3\n",
                 "Borger 1 actual 0-6 7-12\n"
                 "  Medicin: 1 3\n"
                 "  Medicin: 2 .\n"
                 "list A1:E4\n");
}

Test(list, carries_down_what_is_said_once)
{
    expect_model("Borger|Forløb|Ydelse|Periode|Beløb\n"
                 "Borger 1|Faktisk|Medicin|0-6 mdr|1\n"
                 "|||7-12 mdr|2\n"
                 "||Mentor|0-6 mdr|3\n"
                 "|Kontrafaktisk|Mentor|0-6 mdr|4\n",
                 "Borger 1 actual 0-6 7-12\n"
                 "  Medicin: 1 2\n"
                 "  Mentor: 3 .\n"
                 "Borger 1 counterfactual 0-6 7-12\n"
                 "  Mentor: 4 .\n"
                 "list A1:E5\n");
}

Test(list, reads_months_in_two_columns)
{
    expect_model("Borger|Forløb|Ydelse|Fra måned|Til måned|Udgift\n"
                 "1|Faktisk|Medicin|0|6|1\n"
                 "1|Faktisk|Medicin|7|12|2\n",
                 "Borger 1 actual 0-6 7-12\n"
                 "  Medicin: 1 2\n"
                 "list A1:F3\n");
}

Test(list, takes_the_course_from_the_title)
{
    expect_model("Borger 4, kontrafaktisk forløb\n"
                 "Ydelse|Periode|Beløb\n"
                 "Medicin|0-6 mdr|1\n"
                 "Medicin|7-12 mdr|2\n",
                 "Borger 4 counterfactual 0-6 7-12\n"
                 "  Medicin: 1 2\n"
                 "list A2:C4\n");
}

Test(list, tells_the_rows_it_could_not_place)
{
    expect_model("Borger|Forløb|Ydelse|Periode|Beløb\n"
                 "1|Faktisk|Medicin|0-6 mdr|1\n"
                 "1|Faktisk|Medicin|7-12 mdr|2\n"
                 "1|Hvad ellers|Medicin|7-12 mdr|2\n"
                 "1|Faktisk|Medicin|senere|2\n",
                 "Borger 1 actual 0-6 7-12\n"
                 "  Medicin: 1 2\n"
                 "list A1:E5\n"
                 "unplaced B4\n"
                 "unplaced D5\n");
}

Test(list, stands_beside_tables_of_other_shapes)
{
    expect_model("Borger|Forløb|Ydelse|Periode|Beløb\n"
                 "1|Faktisk|Medicin|0-6 mdr|1\n"
                 "1|Faktisk|Medicin|7-12 mdr|2\n"
                 "\n"
                 "Borger 2\n"
                 "Faktisk forløb|0-6 mdr|7-12 mdr\n"
                 "Medicin|1|2\n"
                 "Udgift i alt|1|2\n",
                 "Borger 1 actual 0-6 7-12\n"
                 "  Medicin: 1 2\n"
                 "Borger 2 actual 0-6 7-12\n"
                 "  Medicin: 1 2\n"
                 "  total: 1 2\n"
                 "list A1:E3\n");
}

Test(list, takes_a_stay_beside_its_period_for_no_heading)
{
    expect_model("Borger|Forløb|Periode|Ydelse|Beløb\n"
                 "1|Faktisk|0-6 mdr|Indlæggelse 1 måned|4000\n"
                 "1|Faktisk|7-12 mdr|Indlæggelse 1 måned|5000\n",
                 "Borger 1 actual 0-6 7-12\n"
                 "  Indlæggelse 1 måned: 4.000 5.000\n"
                 "list A1:E3\n");
}

Test(list, ends_where_another_table_begins)
{
    expect_model("Borger|Beløb|Forløb|Ydelse|Periode\n"
                 "1|4000|Faktisk|Medicin|0-6 mdr\n"
                 "1|5000|Faktisk|Medicin|7-12 mdr\n"
                 "\n"
                 "Nettogevinst pr. borger\n"
                 "|Kommunal|Statslig|I alt\n"
                 "Vejle|100|200|300\n"
                 "Aarhus|100|200|300\n",
                 "Borger 1 actual 0-6 7-12\n"
                 "  Medicin: 4.000 5.000\n"
                 "list A1:E3\n"
                 "summary A6:D8\n");
}

Test(list, sees_none_in_ordinary_lists)
{
    static const char *const ordinary[] = {
        "Dato|Tekst|Beløb\n01-02-2013|Papir|100\n02-02-2013|Porto|200\n",
        ("Navn|Type|Ydelse|Periode|Beløb\nJensen|Privat|Rengøring|Januar|1\nHansen|Privat|"
         "Rengøring|Februar|2\n"),
        "Medarbejder|Type|Opgave|Fra|Til|Pris\nA|Fast|Vagt|7|12|100\nB|Løs|Vagt|0|6|100\n",
        "Konto|Tekst|Periode|Beløb\n1|Leje|1. kvartal|100\n2|Leje|2. kvartal|100\n",
    };

    for (size_t i = 0; i < sizeof ordinary / sizeof ordinary[0]; i++)
        expect_model(ordinary[i], "");
}
