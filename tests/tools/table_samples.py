"""Workbooks of the shapes that are no case tables: lists, and forms beside the cases."""

import facts
from sheets import Sheet

LIST_HEADINGS = ("Borger", "Forløb", "Område", "Ydelse", "Periode", "Beløb (kr.)")


def rows_of(citizen, course):
    """(citizen, course, section, benefit, period, amount) for each amount of a course."""
    for section, items in course.sections.items():
        for label, amounts in items:
            if label:
                for period, text in zip(course.periods, amounts):
                    yield citizen, course.kind, section, label, period, text
    for label, amounts in course.payers:
        for period, text in zip(course.periods, amounts):
            yield citizen, course.kind, "", label, period, text
    for label, text in course.totals:
        yield citizen, course.kind, "", label, "I alt", text


def tidy_list(cases):
    """Every amount on a row of its own, citizen under citizen."""
    sheet = Sheet("Data")
    sheet.put(1, 1, "Borgerberegninger 2013, beløb i kr.", "title")
    for col, text in enumerate(LIST_HEADINGS, 1):
        sheet.put(3, col, text, "period" if col == len(LIST_HEADINGS) else "section")
    row = 4
    for citizen, courses in cases.items():
        for course in courses:
            for cells in rows_of(citizen, course):
                for col, text in enumerate(cells, 1):
                    sheet.put(row, col, text, "amount" if col == len(cells) else "label")
                row += 1
    return sheet


def put_table(sheet, row, headings, lines):
    """Headings, then a label and its cells a line; the row after them."""
    for col, text in enumerate(headings, 1):
        if text:
            sheet.put(row, col, text, "section" if col == 1 else "period")
    for label, *cells in lines:
        row += 1
        sheet.put(row, 1, label, "sum label" if label in SUMS else "label")
        for col, text in enumerate(cells, 2):
            style = "amount" if text[-1:].isdigit() else "label"
            sheet.put(row, col, text, style)
    return row + 1


SUMS = ("I alt", "Nettoudgift", "Udgift pr. sag")


def payer_table(wrong):
    sheet = Sheet("Betalere")
    sheet.put(1, 1, "Indsatsens udgifter fordelt på betalere, kr.", "title")
    put_table(sheet, 3, ("", "2019", "2020", "2021", "Til 31. marts 2022", "I alt"), [
        ("Kommunal", "412.500", "498.000", "521.300", "128.400", "1.560.200"),
        ("Regional", "96.000", "101.500", "88.750", "21.900", "308.150"),
        ("I alt", "508.500", "599.500", "601.050" if wrong else "610.050", "150.300",
         "1.868.350"),
    ])
    return sheet


def budget(wrong):
    sheet = Sheet("Budget")
    sheet.put(1, 1, "Budget for indsatsen over for én borger", "title")
    put_table(sheet, 3, ("Ydelse", "Pris pr. time", "Timer pr. uge", "Antal uger", "I alt"), [
        ("Bostøtte, § 85", "412", "2", "26", "21.424"),
        ("Mentor", "385", "3", "12", "18.360" if wrong else "13.860"),
        ("Psykolog", "1.050", "1", "8", "8.400"),
        ("I alt", "", "", "", "43.684"),
    ])
    return sheet


def table_12(wrong):
    """Net gain per citizen by municipality and payer, as published."""
    sheet = Sheet("Nettogevinst")
    sheet.put(1, 1, "Nettogevinst pr. borger, kr.", "title")
    put_table(sheet, 3, ("", "Kommune", "Region", "Stat", "Øvrige", "I alt"), [
        ("Aarhus", "84.655", "29.345", "-41.680", "0", "72.320"),
        ("Vejle", "89.413", "9.587", "-26.084", "38.166", "111.028" if wrong else "111.082"),
        ("Gladsaxe", "26.299", "48.000", "25.006", "0", "99.305"),
        ("Rudersdal", "197.674", "67.499", "3.060", "-80", "268.153"),
    ])
    return sheet


def wage_form(wrong):
    """Bilag A: what the outreach work costs a case, in Aarhus."""
    sheet = Sheet("Bilag A")
    sheet.put(1, 1, "Administrative omkostninger, Aarhus", "title")
    net = "379.265,40" if wrong else "397.265,40"
    put_table(sheet, 3, ("", "Stillinger", "Andel", "Årsløn", "Overhead", "I alt"), [
        ("Opsøgende medarbejdere", "2", "0,5", "544.956", "5 %", "572.203,80"),
        ("Sparet løn andre steder", "1", "0,4", "416.520", "5 %", "174.938,40"),
        ("Nettoudgift", "", "", "", "", net),
        ("Antal sager", "", "", "", "", "130"),
        ("Udgift pr. sag", "", "", "", "", "3.055,89"),
    ])
    return sheet


def support_form(wrong):
    """Bilag B: the yearly cost in all, and what the municipality has after refusion."""
    sheet = Sheet("Bilag B")
    sheet.put(1, 1, "Støtte til borgeren, beregnet pr. 01-09-2013", "title")
    put_table(sheet, 3, ("Mulige ydelser", "Beskrivelse af forløb og varighed",
                         "Udgift på årsbasis", "Kommunens andel efter refusion"), [
        ("Socialområdet",),
        ("Bostøtte § 85", "2 timer om ugen", "36.400", "36.400"),
        ("Støttekontaktperson § 99", "", "24.000", "24.000"),
        ("Beskæftigelsesområdet",),
        ("Kontanthjælp", "hele året", "126.000", "82.800" if wrong else "88.200"),
        ("Førtidspension", "", "0", "0"),
        ("I alt", "", "186.400", "148.600"),
    ])
    return sheet


def forms(wrong=False):
    return [make(wrong) for make in (payer_table, budget, table_12, wage_form, support_form)]


def course_total(course):
    return facts.amount(dict(course.totals)["Samlet totaludgift"])


def citizens_summary(cases, wrong):
    """What each citizen's courses cost, and what is gained; one figure may be wrong."""
    sheet = Sheet("Oversigt")
    sheet.put(1, 1, "Samlet oversigt over borgerforløb", "title")
    sums, lines = [0, 0, 0], []
    for citizen, (actual, other) in cases.items():
        figures = [course_total(actual), course_total(other)]
        figures.append(figures[1] - figures[0])
        sums = [a + b for a, b in zip(sums, figures)]
        lines.append([citizen, *map(facts.printed, figures)])
    lines.append(["I alt", *map(facts.printed, sums)])
    if wrong:
        text = lines[1][2]
        lines[1][2] = text[1] + text[0] + text[2:]
    put_table(sheet, 3, ("Borger", "Faktisk forløb", "Kontrafaktisk forløb", "Nettogevinst"), lines)
    return sheet
