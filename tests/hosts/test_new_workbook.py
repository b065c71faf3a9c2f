#!/usr/bin/python3
"""The blank workbook of `new`: filled in right it gives no finding, and every mistake
that can be typed into it is found."""

import datetime
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import harness

from openpyxl import load_workbook

sys.path.insert(0, str(harness.ROOT / "tests" / "tools"))
import check_workbook
import made_up

# First and last row of the benefits under each heading of a citizen's sheet.
SECTIONS = {
    "Forsørgelsesgrundlag": 6,
    "Enkeltydelser": 12,
    "Øvrige ydelser": 17,
    "Udgifter, øvrige aktører": 26,
}
COLUMNS = ("ABCDE", "GHIJK")
SPLIT_FIRST, SPLIT_ITEMS = 6, 20
# Benefits of the made-up cases that the form has under another name.
LISTED = {
    "Kontanthjælp, forsørgertakst": "Kontanthjælp",
    "Handicaptillæg": "Handicaptillæg til SU",
    "Indlæggelse 1 måned": "Indlæggelse, psykiatrisk",
    "Bostøtte 2 t/ugen": "Bostøtte, socialpædagogisk støtte (servicelov § 85)",
}
# Codes of the catalogue that nobody can type into the workbook, and why.
NOT_TYPED = {
    "formula-stale": "the program that saves a workbook calculates it",
    "formula-unknown": "the program that saves a workbook calculates it",
}


def make(exe, folder, *options):
    path = folder / "blank.xlsx"
    status, out, err = harness.run(exe, "new", "-o", path, *options)
    assert status == 0, (status, out, err)
    return path


def split_row(citizen, course, row):
    """The row on the sheet Fordeling of a citizen's benefit."""
    item = [r for first, count in zip(SECTIONS.values(), (5, 4, 8, 3)) for r in range(first, first + count)]
    return SPLIT_FIRST + (2 * citizen + course) * SPLIT_ITEMS + item.index(row)


def choose(book, citizen, course, row, payer):
    book["Fordeling"][f"E{split_row(citizen, course, row)}"] = payer


def fill(book, citizen, course, items):
    """Type benefits and amounts as a person would; zeros are left empty."""
    page, columns, used = book[f"Borger {citizen + 1}"], COLUMNS[course], {}
    for section, label, rule, amounts in items:
        row = SECTIONS[section] + used.get(section, 0)
        used[section] = used.get(section, 0) + 1
        page[f"{columns[0]}{row}"] = LISTED.get(label, label)
        for column, amount in zip(columns[1:], amounts):
            if amount:
                page[f"{column}{row}"] = amount
        if rule == "own" and label not in LISTED:
            choose(book, citizen, course, row, "Kommunen")


def filled(blank):
    book = load_workbook(blank)
    for citizen, courses in enumerate(made_up.CASES.values()):
        for course, items in enumerate(courses):
            fill(book, citizen, course, items)
    return book


def calculate(*paths):
    """What a spreadsheet program makes of them: LibreOffice works out every formula."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
             "xlsx:Calc MS Excel 2007 XML", "--outdir", str(paths[0].parent / "calculated"),
             *map(str, paths)],
            check=True, timeout=600, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
    return [path.parent / "calculated" / path.name for path in paths]


def save(book, folder, name):
    path = folder / f"{name}.xlsx"
    book.save(path)
    return path


def is_well_formed(checks, blank):
    checks.equal(list(check_workbook.faults(str(blank))), [], f"{blank.name}: what Excel would want to repair")


def reports_of(exe, paths):
    """What one run of `check` says of each file: its part of the report, by name."""
    _, report = harness.run_json(exe, "check", *paths)
    return {Path(part["path"]).stem: part for part in report["files"]}


def blank_is_said_to_be_blank(checks, exe, *paths):
    for path in paths:
        status, report = harness.run_json(exe, "check", path)
        checks.equal(status, 2, f"{path.name}: exit status")
        checks.equal(report["files"][0]["findings"], [], f"{path.name}: findings")
        checks.that("ikke udfyldt" in (report["files"][0]["error"] or ""), f"{path.name}: says so")


def filled_in_right_is_clean(checks, part, path):
    told = [(f["code"], f["severity"], f["sheet"], f["cell"]) for f in part["findings"]]
    unknown = [t for t in told if t[0] == "benefit-unknown"]
    checks.equal([t for t in told if t not in unknown], [], "filled in right: findings")
    checks.equal(len(part["cases"]), 3, "filled in right: citizens")
    values = load_workbook(path, data_only=True)
    checks.equal([values[f"Borger {n}"]["N3"].value for n in (1, 2, 3)], ["OK"] * 3, "own checks")
    gains = [values["Oversigt"].cell(10 + n, 2 + k).value for n in range(3) for k in range(5)]
    checks.equal(gains, expected_gains(), "overview")


def fill_ladder(book):
    """The ladder of 2016: sygedagpenge and then kontanthjælp count the same weeks."""
    page = book["Borger 1"]
    for columns in COLUMNS:
        label, first, second, third, _ = columns
        page[f"{label}6"], page[f"{first}6"], page[f"{second}6"] = "Sygedagpenge", 26 * 4550, 13 * 4550
        page[f"{label}7"], page[f"{second}7"], page[f"{third}7"] = "Kontanthjælp", 3 * 11944, 12 * 11944
    for course in (0, 1):
        book["Fordeling"][f"G{split_row(0, course, 7)}"] = "Kontanthjælp, andre"


def weeks_run_on_across_benefits(checks, part, path):
    checks.equal(part["findings"], [], "2023, one ladder: findings")
    values = load_workbook(path, data_only=True)
    state = 0.8 * 4 * 4550 + 0.4 * 22 * 4550, 0.3 * (13 * 4550 + 3 * 11944)
    checks.that(abs(values["Borger 1"]["B30"].value - state[0]) < 0.01, "state, weeks 1-26")
    checks.that(abs(values["Borger 1"]["C30"].value - state[1]) < 0.01, "state, weeks 27-52")
    checks.equal(values["Borger 1"]["N3"].value, "OK", "2023: own checks")


# ---- protection, drop-downs and names -----------------------------------------


def only_inputs_can_be_typed_in(checks, path):
    """Every formula is locked, every empty yellow cell open, every sheet protected."""
    book = load_workbook(path)
    open_cells = 0
    for page in book:
        checks.that(page.protection.sheet, f"{path.name}: {page.title} is not protected")
        cells = [cell for row in page.iter_rows() for cell in row if not cell.protection.locked]
        formulas = [c.coordinate for c in cells if str(c.value).startswith("=")]
        checks.equal(formulas, [], f"{path.name}: open formulas on {page.title}")
        open_cells += len(cells)
    checks.that(open_cells > 200, f"{path.name}: cells to fill in: {open_cells}")


def lists_and_names_lead_somewhere(checks, path, citizens):
    book = load_workbook(path)
    names = set(book.defined_names.keys() if hasattr(book.defined_names, "keys") else
                [n.name for n in book.defined_names.definedName])
    wanted = {"Ydelser", "Regler", "Satser", "Satsnavne", "Betalere", "Nettogevinst"}
    wanted |= {f"{kind}_borger_{n + 1}" for kind in ("Faktisk", "Kontrafaktisk") for n in range(citizens)}
    checks.equal(wanted - names, set(), f"{path.name}: names")
    lists = {v.formula1.lstrip("=") for page in book for v in page.data_validations.dataValidation
             if v.type == "list"}
    checks.equal({"Ydelser", "Betalere"} - lists, set(), f"{path.name}: lists {lists}")
    numbers = [v for page in book for v in page.data_validations.dataValidation if v.type == "decimal"]
    checks.that(numbers, f"{path.name}: amounts are not validated")
    checks.that(all(page.conditional_formatting for page in book if page.title.startswith("Borger")),
                f"{path.name}: conditional formats")


def expected_gains():
    """Counterfactual less actual of every payer, by the rules of the made-up cases."""
    out = []
    for courses in made_up.CASES.values():
        sums = []
        for items in courses:
            parts = [[0] * 4]
            for _section, _label, rule, amounts in items:
                parts += made_up.split_item(rule, amounts)
            sums.append([sum(p[k] for p in parts) for k in range(4)])
        gains = [float(b - a) for a, b in zip(*sums)]
        out += gains + [sum(gains)]
    return out


# What the sheet's own checks say Ret to, without any other program.
OWN_CHECKS = {
    "period-label", "period-gap", "period-overlap", "period-order", "period-duplicate",
    "period-grid", "total-payers", "amount-text", "amount-unreadable", "amount-sign",
}


# ---- mistakes -------------------------------------------------------------------


def typed(sheet, **cells):
    """A mistake of typing into cells of a citizen's sheet."""

    def mistake(book):
        for cell, value in cells.items():
            book[sheet][cell] = value

    return mistake


def both(*labels):
    """The same period headings over both courses."""
    return dict(zip(("B4", "C4", "D4", "E4", "H4", "I4", "J4", "K4"), labels * 2))


def same_benefit_two_payers(book):
    for citizen, payer in enumerate(("Kommunen", "Staten")):
        book[f"Borger {citizen + 1}"]["A20"] = "Mentor"
        book[f"Borger {citizen + 1}"]["B20"] = 1200
        choose(book, citizen, 0, 20, payer)


def chosen(payer):
    """Kontanthjælp of Borger 2 is given to one payer, against its rule."""
    return lambda book: choose(book, 1, 1, 6, payer)


def shared_without_rule(book):
    page = book["Borger 3"]
    for row in (6, 7, 17):
        for column in COLUMNS[0]:
            page[f"{column}{row}"] = None
    page["A18"], page["B18"], page["C18"] = "Mentor", 1000, 3000
    book["Fordeling"][f"F{split_row(2, 0, 18)}"] = 0.3


def heading_as_date(book):
    """What Excel makes of 7-12 in a cell that is no text cell."""
    cell = book["Borger 1"]["C4"]
    cell.value, cell.number_format = datetime.date(2024, 12, 7), "d-m"


def hidden_row(book):
    book["Borger 1"].row_dimensions[6].hidden = True


# What the formulas of Borger 2's first counterfactual period give, pasted over them.
PASTED = {"H29": 69696, "H30": 18900, "H31": 0, "H32": 0, "H33": 88596}

# Each code with how it comes about. Borger 1 has sygedagpenge in row 6, kontanthjælp in
# row 7; Borger 2's counterfactual course has kontanthjælp in row 6 of the right half.
MISTAKES = {
    "period-label": typed("Borger 1", E4="25-35 mdr"),
    "period-date": heading_as_date,
    "period-gap": typed("Borger 1", **both("0-6 mdr", "13-24 mdr", "25-36 mdr", "37-48 mdr")),
    "period-overlap": typed("Borger 1", **both("0-12 mdr", "7-24 mdr", "25-36 mdr", "37-48 mdr")),
    "period-order": typed("Borger 1", **both("0-6 mdr", "13-24 mdr", "7-12 mdr", "25-36 mdr")),
    "period-duplicate": typed("Borger 1", **both("0-6 mdr", "0-6 mdr", "7-12 mdr", "13-24 mdr")),
    "period-grid": typed("Borger 1", H4="0-12 mdr", I4="13-24 mdr", J4="25-36 mdr", K4="37-48 mdr"),
    "total-items": typed("Borger 2", B33=90000.5),
    "total-payers": typed("Borger 2", H29=44010),
    "total-row": typed("Borger 2", H35=12345),
    "total-case": typed("Borger 2", H39=12345),
    "total-summary": typed("Oversigt", B11=369030),
    "split-municipality": chosen("Staten"),
    "split-state": chosen("Kommunen"),
    "split-region": chosen("Regionen"),
    "split-other": chosen("Øvrige aktører"),
    "split-unexplained": shared_without_rule,
    "split-assumption": typed("Oversigt", A20="Kontanthjælp: 50 % statsrefusion"),
    "split-inconsistent": same_benefit_two_payers,
    "amount-text": typed("Borger 2", H6="63000"),
    "amount-unreadable": typed("Borger 2", H6="ca. 63.000"),
    "amount-sign": typed("Borger 2", H6=-63000, **PASTED),
    "amount-scale": typed("Borger 2", H6=630000, **PASTED),
    "amount-missing": typed("Borger 2", H6=None, **PASTED),
    "amount-rate": typed("Borger 2", H6=36000),
    "amount-typo": typed("Borger 2", H6=36000, **PASTED),
    "amount-quantity": typed("Borger 1", A18="Ophold 2 måneder", B18=10000, A19="Ophold 3 måneder", B19=10000),
    "formula-range": typed("Borger 2", H33="=SUM(H5:H16)"),
    "formula-typed": typed("Borger 2", I33=79596 + 79837),
    "formula-pattern": typed("Borger 2", I33="=SUM(I29:I32)"),
    "benefit-unknown": typed("Borger 1", A20="Rideterapi", B20=1200),
    "file-unplaced": typed("Borger 1", A34="Se også bilag"),
    "file-hidden": hidden_row,
}


def published():
    """The catalogue's codes."""
    text = (harness.ROOT / "include" / "kf" / "findings.def").read_text(encoding="utf-8")
    return set(re.findall(r'^KF_FINDING\(\w+, "([^"]*)"', text, re.M))


class Undo:
    """The sheets as they were, so that one loaded workbook takes every mistake in turn."""

    def __init__(self, book):
        self.book = book
        self.cells = {page.title: {cell.coordinate: (cell.value, cell.number_format)
                                   for row in page.iter_rows() for cell in row} for page in book}

    def __call__(self):
        for page in self.book:
            known = self.cells[page.title]
            for row in page.iter_rows():
                for cell in row:
                    value, number_format = known.get(cell.coordinate, (None, "General"))
                    if cell.value != value or cell.number_format != number_format:
                        cell.value, cell.number_format = value, number_format
            for dimension in page.row_dimensions.values():
                dimension.hidden = False


def make_mistakes(folder, blank):
    book = filled(blank)
    undo = Undo(book)
    for code, make_mistake in MISTAKES.items():
        make_mistake(book)
        yield save(book, folder, code)
        undo()


def own_checks(path):
    book = load_workbook(path, data_only=True, read_only=True)
    return [book[f"Borger {n}"]["N3"].value for n in (1, 2, 3)]


def every_mistake_is_found(checks, reports, folder):
    checks.equal(published() ^ MISTAKES.keys() ^ NOT_TYPED.keys(), set(), "codes with a mistake")
    for code in MISTAKES:
        found = {(f["code"], f["cell"], f["severity"]) for f in reports[code]["findings"]}
        checks.that(code in {f[0] for f in found}, f"{code}: found are {sorted(found, key=str)}")
        if code in OWN_CHECKS:
            own = own_checks(folder / f"{code}.xlsx")
            checks.that("Ret" in own, f"{code}: the sheets' own checks say {own}")


# ---- all of it -------------------------------------------------------------------


def ladder(exe, folder):
    place = folder / "2023"
    place.mkdir()
    book = load_workbook(make(exe, place, "--citizens", "1", "--year", "2023"))
    fill_ladder(book)
    return save(book, folder, "ladder")


YEARS = (2008, 2020, 2026)  # without rates of their own for some benefits


def year_filled(exe, folder, year):
    """SU and sygedagpenge at prices that year has, or that its user types for it."""
    place = folder / f"år-{year}"
    place.mkdir()
    book = load_workbook(make(exe, place, "--citizens", 1, "--year", year))
    page = book["Borger 1"]
    for columns, weeks in zip(COLUMNS, (10, 26)):
        label, first, *_ = columns
        page[f"{label}6"], page[f"{first}6"] = "Sygedagpenge", weeks * own_price(book, "Sygedagpenge")
        page[f"{label}17"], page[f"{first}17"] = "Bostøtte, socialpædagogisk støtte (servicelov § 85)", 9000
    return save(book, folder, f"year-{year}")


def own_price(book, benefit):
    page = book["Satser og regler"]
    for row in page.iter_rows(min_row=5):
        if row[0].value and str(row[0].value).startswith(benefit) and row[1].value == "uge":
            return row[2].value
    raise AssertionError(f"no price of {benefit}")


def sizes_and_years(checks, exe, folder):
    for citizens, year in ((1, 2012), (5, 2016), (1, 2008), (1, 2026), (200, 2023)):
        place = folder / f"{citizens}-{year}"
        place.mkdir()
        path = make(exe, place, "--citizens", citizens, "--year", year)
        is_well_formed(checks, path)
        if citizens < 200:
            only_inputs_can_be_typed_in(checks, path)
            lists_and_names_lead_somewhere(checks, path, citizens)
        blank_is_said_to_be_blank(checks, exe, path)


def main():
    checks = harness.Checks()
    exe = harness.executable()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        blank = make(exe, folder, "--citizens", "3", "--year", "2013")
        checks.section(is_well_formed, checks, blank)
        checks.section(sizes_and_years, checks, exe, folder)
        years = [year_filled(exe, folder, year) for year in YEARS]
        sources = [blank, save(filled(blank), folder, "right"), ladder(exe, folder), *years]
        calculated = calculate(*sources, *make_mistakes(folder, blank))
        reports = reports_of(exe, calculated[1:])
        there = calculated[0].parent
        checks.section(blank_is_said_to_be_blank, checks, exe, blank, calculated[0])
        checks.section(filled_in_right_is_clean, checks, reports["right"], there / "right.xlsx")
        checks.section(weeks_run_on_across_benefits, checks, reports["ladder"], there / "ladder.xlsx")
        for path in years:
            checks.equal(reports[path.stem]["findings"], [], f"{path.stem}: findings")
        checks.section(every_mistake_is_found, checks, reports, there)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
