"""Case workbooks laid out in every way that municipalities have been seen to use: the
same seed gives the same tables. What each holds is kept beside it, so that a reading
can be compared with it.

make_layout.py SEED OUT.xlsx   write one, print what it holds as JSON
"""

import datetime
import json
import random
import sys

sys.dont_write_bytecode = True

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

PAYERS = ("municipality", "state", "region", "other")
ACTUAL, OTHER = "actual", "counterfactual"
NBSP = "\u00a0"

COURSES = {
    ACTUAL: ("Faktisk forløb", "Det faktiske forløb", "Faktisk", "FAKTISK FORLØB", "Forventet forløb",
             "Med indsats", "Forløb med fremskudt indsats", "Scenarie A", "Faktisk forløb:",
             "Realiseret forløb", "Fakt. forløb", "Faktiske udgifter", "Faktisk" + NBSP + "forløb", "Faktisk forløb*"),
    OTHER: ("Kontrafaktisk forløb", "Det kontrafaktiske forløb", "Kontrafaktisk",
            "KONTRAFAKTISK FORLØB", "Forventet forløb uden indsats", "Uden indsats",
            "Forløb uden fremskudt indsats", "Scenarie B", "Kontrafaktisk forløb:",
            "Hvis indsatsen ikke var sat ind", "Kontra-\nfaktisk forløb",
            "Kontrafaktisk" + NBSP + "forløb", "Kontrafaktsk forløb", "Kontrafakt. forløb"),
}

MONTHS = ((0, 6), (7, 12), (13, 24), (25, 36))
GRIDS = (
    (MONTHS, ("0-6 mdr", "7-12 mdr", "13-24 mdr", "25-36 mdr")),
    (MONTHS, ("0–6 mdr.", "7–12 mdr.", "13–24 mdr.", "25–36 mdr.")),
    (MONTHS, ("0-6", "7-12", "13-24", "25-36")),
    (MONTHS, ("Måned 0-6", "Måned 7-12", "Måned 13-24", "Måned 25-36")),
    (MONTHS, ("0 - 6" + NBSP + "måneder", "7 - 12" + NBSP + "måneder", "13 - 24" + NBSP + "måneder",
              "25 - 36" + NBSP + "måneder")),
    (MONTHS, ("0-6 mdr*", "7-12 mdr 1)", "13-24 mdr²", "25-36 mdr")),
    (MONTHS, ("0-6 mdr\n(kr.)", "7-12 mdr\n(kr.)", "13-24 mdr\n(kr.)", "25-36 mdr\n(kr.)")),
    (MONTHS, ("0-6 mdr", datetime.date(2024, 12, 7), "13-24 mdr", "25-36 mdr")),
    (((1, 6), (7, 12), (13, 24), (25, 36)),
     ("1.-6. måned", "7.-12. måned", "13.-24. måned", "25.-36. måned")),
    (((1, 6), (7, 12), (13, 36)), ("1. halvår", "2. halvår", "2. og 3. år")),
    (((1, 12), (13, 24), (25, 36)), ("År 1", "År 2", "År 3")),
    (((1, 12), (13, 24), (25, 36)), ("1. år", "2. år", "3. år")),
    (((1, 12), (13, 24), (25, 36)), ("2013", "2014", "2015")),
    (((1, 12), (13, 24), (25, 36)), (2013, 2014, 2015)),
    (((1, 6), (7, 12), (13, 24)), ("1. halvår 2013", "2. halvår 2013", "2014")),
    (((1, 3), (4, 6), (7, 9), (10, 12)),
     ("1. kvt. 2014", "2. kvt. 2014", "3. kvt. 2014", "4. kvt. 2014")),
    (((1, 6), (7, 12)), ("Uge 1-26", "Uge 27-52")),
    (((1, 3), (4, 12), (13, 24)), ("Til 31. marts 2022", "1.4.2022-31.12.2022", "2023")),
    (MONTHS, ("0-6 måneder", "7-12 måneder", "1-2 år", "2-3 år")),
    (MONTHS, ("0-6 mdr efter start", "7-12 mdr efter start", "13-24 mdr efter start",
              "25-36 mdr efter start")),
    (((1, 12), (13, 24), (25, 36)), ("Budget 2021", "Budget 2022", "Budget 2023")),
    (((1, 12), (13, 24), (25, 36)), ("Regnskab 2021", "Regnskab 2022", "Skøn 2023")),
    (((1, 6), (7, 12)), ("Januar-juni", "Juli-december")),
    (((1, 1), (2, 2), (3, 3)),
     (datetime.date(2021, 11, 1), datetime.date(2021, 12, 1), datetime.date(2022, 1, 1))),
    (((1, 12), (13, 24), (25, 36)),
     (datetime.date(2021, 1, 1), datetime.date(2022, 1, 1), datetime.date(2023, 1, 1))),
    (((1, 6), (7, 12), (13, 18), (19, 24)),
     ("1. hå 2021", "2. hå 2021", "1. hå 2022", "2. hå 2022")),
    (((1, 6), (7, 12), (13, 18), (19, 24)),
     ("1. halvår", "2. halvår", "1. halvår", "2. halvår")),  # under År 1 and År 2
)
TWO_ROWS = len(GRIDS) - 1

SECTIONS = (
    ("Forsørgelsesgrundlag", "FORSØRGELSESGRUNDLAG", "Forsørgelse", "Forsørgelsesgrundlag:",
     "Forsørgelses-\ngrundlag", "Forsørgelsesgrundlg"),
    ("Enkeltydelser", "Enkeltydelser:", "Enkelt-\nydelser"),
    ("Øvrige ydelser", "Andre ydelser", "Øvrige  ydelser", "ØVR. YDELSER", "Øvrige ydelser (inkl. moms)"),
    ("Udgifter, øvrige aktører", "Udgifter øvrige aktører"),
)
BENEFITS = (
    ("Kontanthjælp", "Sygedagpenge", "SU + barsels-/forsørgerklip", "Førtidspension",
     "Offentligt løntilskud", "kontant-\nhjælp", "Kontanthjælp, forsørgertakst", "Ressourceforløb¹"),
    ("Tandbehandling", "Huslejerestancebevilling", "Boligindskud*", "Briller (§ 112)"),
    ("Bostøtte § 85", "SEL § 107", "Botilbud (§ 107)", "Mentor", "§ 99 støttekontaktperson",
     "Psykologforløb omkr. angst", "Indlæggelse 1 måned", "Sagsbehandlertimer i FS 2)"),
    ("Støtte fra forening", "Legat fra fond"),
)
PAYER_LABELS = {
    "municipality": ("Udgift for kommunen", "Kommunen", "Kommunal udgift", "Kommunens andel",
                     "Udgift for Aarhus Kommune", "UDGIFT FOR KOMMUNEN", "Udgift for kommunnen",
                     "Udg. f. kommunen", "Komm. udgift"),
    "state": ("Udgift for staten", "Staten", "Statslig udgift", "Statens andel", "Udgift for staten*",
              "Udg. f. staten"),
    "region": ("Udgift for regionen", "Regionen", "Regional udgift", "Regionens andel",
               "Region Midtjylland"),
    "other": ("Udgift, øvrige aktører", "Øvrige aktører", "Udgift for øvrige aktører",
              "Andre aktørers andel"),
}
TOTALS = ("Udgift i alt", "I alt", "Udgifter i alt", "Periodens udgift i alt", "Samlet udgift",
          "Udgift i alt 1)", "SUM", "Udg. i alt")
GRANDS = ("Samlet totaludgift", "Samlet totaludgift for hele perioden", "Totaludgift")
CITIZENS = ("Borger {}", "Sag nr. {}", "Borger {}:", "Deltager {}", "Case {}")
UNITS = ((100, None), (100, None), (100, "Alle beløb i kr."), (100000, "Alle beløb i 1.000 kr."),
         (100000, "Beløb i t.kr."), (100000000, "Mio. kr."))
NOTES = ("Note: Beløbene er afrundede.", "Kilde: Økonomisystemet", "* Skøn")


def thin(text):
    return text.replace(".", "\u2009")


def number_forms(rng, oere):
    """An amount as a person types it in a cell of text."""
    sign = "-" if oere < 0 else ""
    whole, cents = divmod(abs(oere), 100)
    grouped = f"{whole:,}".replace(",", ".")
    forms = [f"{sign}{grouped},{cents:02}", f"{sign}{whole},{cents:02}",
             f"kr. {sign}{grouped},{cents:02}", f"{sign}{thin(grouped)},{cents:02}",
             f"{sign}{grouped.replace('.', NBSP)},{cents:02} kr."]
    if cents == 0:
        forms += [f"{sign}{grouped}", f"{sign}{grouped},-", f"{sign}{whole}"]
    if sign:
        forms += [f"÷ {grouped},{cents:02}", f"({grouped},{cents:02})", f"{grouped},{cents:02}-",
                  f"\u2212{grouped},{cents:02}"]
    return rng.choice(forms)


class Layout:
    """The choices that a whole workbook shares."""

    def __init__(self, rng):
        self.shape = rng.choice(("side", "side", "stacked", "sheets", "sheet-citizen", "columns",
                                 "shared-labels"))
        self.grid = rng.randrange(len(GRIDS))
        if self.shape == "shared-labels" and self.grid == TWO_ROWS:
            self.shape = "side"
        self.periods, self.headings = GRIDS[self.grid]
        self.wording = {kind: rng.choice(COURSES[kind]) for kind in COURSES}
        if "Scenarie" in self.wording[ACTUAL] + self.wording[OTHER]:
            self.wording = {ACTUAL: "Scenarie A", OTHER: "Scenarie B"}
        self.citizen = rng.choice(CITIZENS)
        kroner = "(kr.)" in str(self.headings[0])
        self.unit, self.unit_note = UNITS[0] if kroner else rng.choice(UNITS)
        self.text_numbers = rng.random() < 0.25 and self.unit == 100
        self.blank_rows = rng.random() < 0.4
        self.column = rng.choice((1, 1, 2, 4))
        self.row = rng.choice((1, 1, 2, 5))
        self.gap = rng.choice((0, 1, 2))
        self.titles = rng.random() < 0.3
        self.merged = rng.random() < 0.4
        self.hidden = rng.random() < 0.2
        self.notes = rng.random() < 0.3
        self.page_break = rng.random() < 0.2
        self.subtotals = rng.random() < 0.25
        self.heraf = rng.random() < 0.25
        self.no_sum = rng.random() < 0.1
        self.payer_first = rng.random() < 0.3
        self.totals_column = rng.random() < 0.25 and self.shape not in ("shared-labels",)
        self.payer_totals = rng.random() < 0.7 and not self.totals_column
        self.order = rng.sample(range(4), 4)
        self.payer_labels = {k: rng.choice(v) for k, v in PAYER_LABELS.items()}
        self.total_label = rng.choice(TOTALS)
        self.grand_label = rng.choice(GRANDS)
        self.side_section = self.shape in ("sheets", "sheet-citizen") and rng.random() < 0.3


def amount(rng, layout):
    if rng.random() < 0.35:
        return 0
    value = rng.randrange(1000, 9000000)
    if rng.random() < 0.7:
        value -= value % 100
    if rng.random() < 0.03:
        value = -value
    return value * (layout.unit // 100)


def course(rng, layout):
    """A course whose sums hold: sections of benefits, payers, totals."""
    count = len(layout.periods)
    items, sections = [], []
    used = set()
    for index in layout.order:
        names = []
        for _ in range(rng.randrange(0 if sections else 1, 4)):
            name = rng.choice([b for b in BENEFITS[index]])
            if name in used:
                continue
            used.add(name)
            names.append((name, [amount(rng, layout) for _ in range(count)]))
        sections.append((rng.choice(SECTIONS[index]), names))
        items += names
    totals = [sum(values[p] for _, values in items) for p in range(count)]
    payers = {k: [0] * count for k in PAYERS}
    for p, total in enumerate(totals):
        left = total
        for k in PAYERS[1:]:
            share = total * rng.choice((0, 0, 30, 50)) // 100 // layout.unit * layout.unit
            share = min(share, left) if left > 0 else 0
            payers[k][p] = share
            left -= share
        payers["municipality"][p] = left
    return {"sections": sections, "items": items, "totals": totals, "payers": payers}


class Writer:
    def __init__(self, rng, layout, page):
        self.rng, self.layout, self.page = rng, layout, page
        self.heraf_rows = []

    def put(self, row, col, value):
        if value is not None and value != "":
            self.page.cell(row, col, value)

    def figure(self, row, col, oere, force=False):
        cell = self.page.cell(row, col)
        if self.layout.text_numbers:
            cell.value = number_forms(self.rng, oere)
            return
        unit = self.layout.unit
        cell.value = oere // unit if oere % unit == 0 else oere / unit
        cell.number_format = "#,##0.00" if unit == 100 else "#,##0.00000"
        if oere == 0 and not force and self.rng.random() < 0.2:
            cell.value = self.rng.choice(("-", "–", None, "ikke opgjort"))

    def heading(self, row, col, value):
        cell = self.page.cell(row, col)
        cell.value = value
        if isinstance(value, datetime.date):
            cell.number_format = "d-mmm"

    def period_headings(self, row, col):
        """Row behind the headings."""
        if self.layout.grid == TWO_ROWS:
            for i in range(2):
                self.put(row, col + 2 * i, f"År {i + 1}")
                if self.layout.merged:
                    self.page.merge_cells(start_row=row, end_row=row, start_column=col + 2 * i,
                                          end_column=col + 2 * i + 1)
            row += 1
        for p, heading in enumerate(self.layout.headings):
            self.heading(row, col + p, heading)
        if self.layout.totals_column:
            self.put(row, col + len(self.layout.headings), "I alt")
        return row + 1

    def figures(self, row, col, values, force=False, total=True):
        for p, value in enumerate(values):
            self.figure(row, col + p, value, force)
        if self.layout.totals_column and total:
            self.figure(row, col + len(values), sum(values), True)

    def break_page(self, row, label_col, col):
        self.put(row, label_col, self.rng.choice(("Side 1 af 2", "- 1 -")))
        return self.period_headings(row + 2, col)

    def rows(self, row, label_col, col, one, labels=True):
        """The rows of a course below its headings; row behind them."""
        layout = self.layout
        broken = False
        label = label_col if labels else None
        for heading, items in one["sections"]:
            if layout.side_section:
                if items and label:
                    self.put(row, label_col - 1, heading)
            elif label:
                self.put(row, label, heading)
            if not layout.side_section:
                row += 1
            for name, values in items:
                if label:
                    self.put(row, label, name)
                self.figures(row, col, values)
                row += 1
                if layout.heraf and values[0] > 100 * layout.unit:
                    if label:
                        self.put(row, label, "heraf nat")
                    self.figures(row, col, [v // 2 // layout.unit * layout.unit for v in values],
                                 total=False)
                    row += 1
            if not items and not layout.side_section:
                self.figures(row, col, [0] * len(layout.periods), True, False)
                row += 1
            if layout.subtotals and len(items) > 1 and not layout.side_section:
                if label:
                    self.put(row, label, heading.rstrip(":").replace("-\n", "") + " i alt")
                self.figures(row, col, [sum(v[p] for _, v in items)
                                        for p in range(len(layout.periods))], True)
                row += 1
            if layout.page_break and not broken and labels and layout.shape != "shared-labels":
                row = self.break_page(row, label_col, col)
                broken = True
            row += layout.blank_rows
        if layout.no_sum:
            if label:
                self.put(row, label, "Antal uger i alt (ikke en sum)")
            self.figures(row, col, [700 * layout.unit] * len(layout.periods), True, False)
            row += 1
        return self.sums(row, label, col, one)

    def sums(self, row, label, col, one):
        layout = self.layout
        lines = [(layout.payer_labels[k], one["payers"][k]) for k in PAYERS]
        total = (layout.total_label, one["totals"])
        for name, values in lines + [total] if layout.payer_first else [total] + lines:
            if label:
                self.put(row, label, name)
            self.figures(row, col, values, True)
            row += 1
        row += layout.blank_rows
        if layout.payer_totals:
            for k in PAYERS:
                if label:
                    self.put(row, label, layout.payer_labels[k].rstrip("*") + " i alt")
                self.figure(row, col, sum(one["payers"][k]), True)
                row += 1
            if label:
                self.put(row, label, layout.grand_label)
            self.figure(row, col, sum(one["totals"]), True)
            row += 1
        return row

    def width(self):
        return len(self.layout.headings) + self.layout.totals_column

    def course_table(self, row, label_col, one, kind, titled=True):
        """One course on its own; row behind it."""
        col = label_col + 1
        if titled:
            self.put(row, label_col, self.layout.wording[kind])
            if self.layout.merged:
                self.page.merge_cells(start_row=row, end_row=row, start_column=label_col,
                                      end_column=label_col + self.width())
            row += 1
        row = self.period_headings(row, col)
        return self.rows(row, label_col, col, one)

    def side_by_side(self, row, case, citizen):
        layout = self.layout
        label_col = layout.column
        self.put(row, label_col, citizen)
        row += 1
        ends = []
        for kind in (ACTUAL, OTHER):
            ends.append(self.course_table(row, label_col, case[kind], kind))
            label_col += 1 + self.width() + layout.gap
        return max(ends) + 2

    def shared_labels(self, row, case, citizen):
        """Both courses right of one column of labels."""
        layout = self.layout
        label_col = layout.column
        self.put(row, label_col, citizen)
        row += 1
        ends = []
        for index, kind in enumerate((ACTUAL, OTHER)):
            col = label_col + 1 + index * (self.width() + layout.gap)
            self.put(row, col, layout.wording[kind])
            below = self.period_headings(row + 1, col)
            state = self.rng.getstate()
            ends.append(self.rows(below, label_col, col, case[kind], labels=index == 0))
        return max(ends) + 2

    def stacked(self, row, case, citizen):
        self.put(row, self.layout.column, citizen)
        row += 1 + self.layout.blank_rows
        for kind in (ACTUAL, OTHER):
            row = self.course_table(row, self.layout.column, case[kind], kind) + 1
        return row + 1

    def payer_columns(self, row, case, citizen):
        """Payers right of the periods, by benefit."""
        layout = self.layout
        self.put(row, layout.column, citizen)
        row += 1
        for kind in (ACTUAL, OTHER):
            one = case[kind]
            self.put(row, layout.column, layout.wording[kind])
            row += 1
            below = self.period_headings(row, layout.column + 1)
            right = layout.column + 1 + len(layout.headings)
            for k, payer in enumerate(PAYERS):
                self.put(below - 1, right + k, layout.payer_labels[payer])
            self.put(below - 1, right + 4, "I alt")
            row = below
            for heading, items in one["sections"]:
                self.put(row, layout.column, heading)
                row += 1
                for name, values in items:
                    self.put(row, layout.column, name)
                    self.figures(row, layout.column + 1, values, total=False)
                    self.figure(row, right, sum(values), True)
                    for k in range(1, 4):
                        self.figure(row, right + k, 0, True)
                    self.figure(row, right + 4, sum(values), True)
                    row += 1
            self.put(row, layout.column, layout.total_label)
            self.figures(row, layout.column + 1, one["totals"], True, total=False)
            self.figure(row, right, sum(one["totals"]), True)
            for k in range(1, 4):
                self.figure(row, right + k, 0, True)
            self.figure(row, right + 4, sum(one["totals"]), True)
            row += 3
        return row

    def finish(self, row):
        layout = self.layout
        if layout.notes:
            self.put(row + 3, layout.column, self.rng.choice(NOTES))
        if layout.notes and layout.shape not in ("columns",):
            self.put(layout.row + 4, self.page.max_column + 2, "Se bilag 3")
        if layout.hidden and self.page.max_row > layout.row + 8:
            self.page.row_dimensions[layout.row + 6].hidden = True
            self.page.column_dimensions[get_column_letter(layout.column + 2)].hidden = True


def titles(writer, row):
    layout = writer.layout
    if layout.titles:
        writer.put(row, layout.column, "Borgerberegninger, bilag 3")
        row += 2
    if layout.unit_note:
        writer.put(row, layout.column, layout.unit_note)
        row += 1
    return row


def same_rows(case):
    """The second course with the first one's benefits: they share their labels."""
    rng = random.Random(str(case))
    one, two = case[ACTUAL], case[OTHER]
    two["sections"] = [(heading, [(name, [v + (100000000 if v and rng.random() < 0.5 else 0)
                                          for v in values]) for name, values in items])
                       for heading, items in one["sections"]]
    two["items"] = [item for _, items in two["sections"] for item in items]
    count = len(two["totals"])
    two["totals"] = [sum(v[p] for _, v in two["items"]) for p in range(count)]
    two["payers"] = {k: [0] * count for k in PAYERS}
    two["payers"]["municipality"] = list(two["totals"])


def make(seed):
    """(workbook, what it holds)"""
    rng = random.Random(seed)
    layout = Layout(rng)
    book = Workbook()
    book.remove(book.active)
    cases = []
    for number in range(1, rng.choice((1, 1, 2, 3)) + 1):
        case = {ACTUAL: course(rng, layout), OTHER: course(rng, layout)}
        if layout.shape == "shared-labels":
            layout.heraf = False
            same_rows(case)
        cases.append((layout.citizen.format(number), case))
    if layout.shape == "sheets":
        for kind in (ACTUAL, OTHER):
            write_course_sheet(rng, layout, book, cases, kind)
    elif layout.shape == "sheet-citizen":
        for citizen, case in cases:
            page = book.create_sheet(citizen.rstrip(":"))
            writer = Writer(rng, layout, page)
            row = titles(writer, layout.row)
            layout.column += layout.side_section
            for kind in (ACTUAL, OTHER):
                row = writer.course_table(row, layout.column, case[kind], kind) + 2
            layout.column -= layout.side_section
            writer.finish(row)
    else:
        page = book.create_sheet("Beregning")
        writer = Writer(rng, layout, page)
        row = titles(writer, layout.row)
        write = {"side": writer.side_by_side, "stacked": writer.stacked,
                 "columns": writer.payer_columns, "shared-labels": writer.shared_labels}
        for citizen, case in cases:
            row = write[layout.shape](row, case, citizen)
        writer.finish(row)
    return book, truth(layout, cases)


def write_course_sheet(rng, layout, book, cases, kind):
    page = book.create_sheet({ACTUAL: "Faktisk", OTHER: "Kontrafaktisk"}[kind])
    writer = Writer(rng, layout, page)
    row = titles(writer, layout.row)
    layout.column += layout.side_section
    for citizen, case in cases:
        writer.put(row, layout.column, citizen)
        row = writer.course_table(row + 1, layout.column, case[kind], kind) + 2
    layout.column -= layout.side_section
    writer.finish(row)


def truth(layout, cases):
    told = []
    for citizen, case in cases:
        courses = {}
        for kind in (ACTUAL, OTHER):
            one = case[kind]
            courses[kind] = {
                "periods": [[a, b] for a, b in layout.periods],
                "items": [[name, values] for name, values in one["items"]],
                "totals": one["totals"],
                "payers": one["payers"] if layout.shape != "columns" else None,
                "case_total": sum(one["totals"])
                if layout.payer_totals or layout.totals_column or layout.shape == "columns"
                else None,
            }
        told.append({"citizen": citizen.rstrip(":"), "courses": courses})
    return {"shape": layout.shape, "cases": told, "layout": {
        key: value for key, value in vars(layout).items() if isinstance(value, (str, int, bool))}}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    made, holds = make(int(sys.argv[1]))
    made.save(sys.argv[2])
    print(json.dumps(holds, ensure_ascii=False, indent=1, default=str))
