#!/usr/bin/python3
"""Made-up case workbooks whose every figure is right, the same for the same seed.

make_cases.py SEED FOLDER [N]   write N of them
"""

import random
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from courses import (
    HANDICAP,
    KRONE,
    MONTHLY,
    PAYERS,
    STAY_CAP,
    SU,
    WEEKLY,
    Course,
    Item,
    months_of,
    show_right,
    terms,
)

SECTIONS = ("Forsørgelsesgrundlag", "Enkeltydelser", "Øvrige ydelser", "Udgifter, øvrige aktører")
COURSES = ("Faktisk forløb", "Kontrafaktisk forløb")
PAYER_ROWS = ("Udgift for kommunen", "Udgift for staten", "Udgift for regionen")
OTHER_ROW = ("Udgift, øvrige aktører", "Udgift for øvrige aktører")
PAYER_COLUMNS = ("Kommune", "Stat", "Region", "Øvrige", "I alt")
GRIDS = (
    ((0, 6), (7, 12), (13, 24), (25, 36)),
    ((0, 6), (7, 12), (13, 24), (25, 36)),
    ((0, 6), (7, 12), (13, 18), (19, 24)),
    ((0, 12), (13, 24), (25, 36)),
)
SUFFIXES = (" mdr", " mdr", " mdr.", " måneder")
FORMATS = ("#,##0.00", "#,##0.00", "#,##0", "General")
LAYOUTS = ("side", "side", "stacked", "sheets", "columns")
SINGLE = ("Tandbehandling", "Akutbolig", "Huslejerestancebevilling", "Boligindskud", "Briller")
OWN = (
    "Mentor",
    "Psykologforløb omkr. angst",
    "Sagsbehandlertimer i FS",
    "SIND Erhverv mentorordning",
    "Fastholdelseskonsulent",
    "Bostøtte 2 t/ugen",
    "Træningsforløb med fysioterapeut",
    "Afklaringsforløb",
)
OUTSIDE = ("Støtte fra forening", "Frivilligt netværk", "Legat fra fond")
CASH_NAMES = ("Kontanthjælp, forsørgertakst", "Kontanthjælp", "Kontanthjælp")


class Case:
    """One citizen's two courses."""

    def __init__(self, name, courses):
        self.name = name
        self.courses = courses


class Book:
    def __init__(self, layout, number_format, dated, cases):
        self.layout = layout
        self.number_format = number_format
        self.dated = dated
        self.cases = cases
        self.year = cases[0].courses[0].year

    def courses(self):
        return [course for case in self.cases for course in case.courses]


# ---- what the citizen lives on ---------------------------------------------


def sick_pay(rng, year, periods):
    """Whole weeks from some period on, full periods until it ends."""
    price, weeks = WEEKLY[year] * KRONE, [0] * len(periods)
    first, last = rng.randrange(2), rng.randrange(1, len(periods))
    for p in range(first, max(first, last) + 1):
        full = months_of(periods[p]) * 52 // 12
        is_end = p == max(first, last)
        weeks[p] = rng.randrange(3, full + 1) if is_end or rng.random() < 0.3 else full
    amounts = [n * price for n in weeks]
    return Item(SECTIONS[0], "Sygedagpenge", "sick", amounts, price, "week"), weeks


def monthly(rng, label, rule, price, periods, months):
    amounts = [n * price * KRONE for n in months]
    return Item(SECTIONS[0], label, rule, amounts, price * KRONE, "month")


def months_left(rng, periods, weeks):
    """Whole months of each period that sygedagpenge leave, or fewer."""
    out = []
    for period, used in zip(periods, weeks):
        left = max(0, months_of(period) - -(-used * 12 // 52))
        out.append(left if rng.random() < 0.7 else rng.randrange(left + 1))
    return out


def income(rng, year, periods):
    items, weeks = [], [0] * len(periods)
    if year not in MONTHLY or rng.random() < 0.6:
        item, weeks = sick_pay(rng, year, periods)
        items.append(item)
    if year in SU and rng.random() < 0.3:
        months = months_left(rng, periods, weeks)
        items.append(monthly(rng, "SU", "state", SU[year], periods, months))
        if year in HANDICAP and rng.random() < 0.6:
            items.append(
                monthly(rng, "Handicaptillæg", "state", HANDICAP[year], periods, months)
            )
    elif year in MONTHLY:
        which = rng.randrange(len(MONTHLY[year]))
        months = months_left(rng, periods, weeks)
        items.append(
            monthly(rng, CASH_NAMES[which], "cash", MONTHLY[year][which], periods, months)
        )
    return [item for item in items if any(item.amounts)]


# ---- what else is spent on the citizen ---------------------------------------


def odd_amount(rng):
    kroner = rng.choice((rng.randrange(400, 9999), rng.randrange(1000, 60000)))
    return kroner * KRONE + (rng.choice((50, 25, 60)) if rng.random() < 0.15 else 0)


def weekly_item(rng, label, periods):
    """So much a week, in some of the periods."""
    price = rng.randrange(80, 1900) * KRONE
    amounts = [0] * len(periods)
    for p in rng.sample(range(len(periods)), rng.randrange(1, len(periods))):
        amounts[p] = price * (months_of(periods[p]) * 52 // 12)
    return Item(SECTIONS[2], label, "own", amounts)


def single_item(rng, section, label, rule, periods):
    amounts = [0] * len(periods)
    for p in rng.sample(range(len(periods)), 1 if rng.random() < 0.8 else 2):
        amounts[p] = odd_amount(rng)
    return Item(section, label, rule, amounts)


def extras(rng, year, periods):
    items = []
    for label in rng.sample(SINGLE, rng.randrange(3)):
        items.append(single_item(rng, SECTIONS[1], label, "own", periods))
    for label in rng.sample(OWN, rng.randrange(1, 4)):
        if rng.random() < 0.5:
            items.append(weekly_item(rng, label, periods))
        else:
            items.append(single_item(rng, SECTIONS[2], label, "own", periods))
    if year in STAY_CAP and rng.random() < 0.5:
        items.append(stay(rng, periods))
    if rng.random() < 0.35:
        items.append(single_item(rng, SECTIONS[3], rng.choice(OUTSIDE), "other", periods))
    return items


def stay(rng, periods):
    amounts = [0] * len(periods)
    amounts[rng.randrange(len(periods))] = rng.randrange(21000, 160000) * KRONE
    label = rng.choice(("Indlæggelse 1 måned", "Indlæggelse 3 uger", "Psykiatrisk indlæggelse"))
    return Item(SECTIONS[2], label, "stay", amounts)


def share_prices(rng, actual, other):
    """Some benefits cost the same in both courses."""
    for item in actual:
        for twin in other:
            if item.rule == "own" and item.label == twin.label and rng.random() < 0.7:
                twin.amounts = list(item.amounts)
    if rng.random() < 0.2:
        label, price = rng.choice(("Døgntilbud", "Kursus")), rng.randrange(2000, 30000) * 2 * KRONE
        for items, amount, text in ((actual, price, "1 måned"), (other, price * 2, "2 måneder")):
            amounts = [0] * len(items[0].amounts)
            amounts[rng.randrange(len(amounts))] = amount
            items.append(Item(SECTIONS[2], f"{label} {text}", "own", amounts))


def in_sections(items):
    return [item for section in SECTIONS for item in items if item.section == section]


def some_blanks(rng, items):
    """A zero is often left out."""
    for item in items:
        if rng.random() < 0.4:
            item.amounts = [a or None for a in item.amounts]


# ---- courses ------------------------------------------------------------------


def formulas_of(course, kinds):
    return {key: terms(course, key) for key in course.right if key[0] in kinds}


def make_case(rng, name, year, grid, suffix, columns, kinds, rounded):
    plans = []
    for _ in COURSES:
        earned = income(rng, year, grid)
        while not earned:
            earned = income(rng, year, grid)
        plans.append(earned + extras(rng, year, grid))
    share_prices(rng, *plans)
    courses = []
    for kind, items in enumerate(plans):
        items = in_sections(items)
        some_blanks(rng, items)
        headings = [f"{a}-{b}{suffix}" for a, b in grid]
        course = Course(kind, year, list(grid), headings, items, columns, rounded)
        show_right(course)
        course.formulas = formulas_of(course, kinds)
        show_right(course)
        courses.append(course)
    return Case(name, courses)


def make_book(seed):
    rng = random.Random(seed)
    layout = rng.choice(LAYOUTS)
    year = rng.choice((2012, 2013, 2013, 2013, 2014, 2017, 2023))
    number_format = rng.choice(FORMATS)
    kinds = rng.choice(((), (), ("total",), ("total", "row", "payer total", "case")))
    rounded = number_format == "#,##0" and not kinds and rng.random() < 0.5
    grid, suffix = rng.choice(GRIDS), rng.choice(SUFFIXES)
    cases = [
        make_case(rng, f"Borger {n}", year, grid, suffix, layout == "columns", kinds, rounded)
        for n in range(1, rng.randrange(1, 4) + 1)
    ]
    return Book(layout, number_format, rng.random() < 0.3, cases)


# ---- where the figures stand ----------------------------------------------------


class Sheet:
    def __init__(self, name):
        self.name = name
        self.cells = {}

    def put(self, row, col, value):
        self.cells[row, col] = value

    def figure(self, course, key, row, col):
        course.cells[key] = (self.name, f"{get_column_letter(col)}{row}")
        self.cells[row, col] = (course, key)


def put_items(sheet, row, col, course, height=None):
    """The sections and their items; sections are as tall as in both courses."""
    for section in SECTIONS:
        sheet.put(row, col, section)
        rows = [i for i, item in enumerate(course.items) if item.section == section]
        row += 1
        for n, i in enumerate(rows):
            sheet.figure(course, ("label", i), row + n, col)
            for p in range(len(course.periods)):
                sheet.figure(course, ("item", i, p), row + n, col + 1 + p)
            for k in PAYERS if course.columns else ():
                sheet.figure(course, ("part", i, k), row + n, col + 1 + len(course.periods) + k)
            if course.columns:
                sheet.figure(course, ("row", i), row + n, col + 5 + len(course.periods))
        if not rows and not course.columns:
            for p in range(len(course.periods)):
                sheet.put(row, col + 1 + p, 0)
        row += height[section] if height else max(1, len(rows))
    return row


def put_headings(sheet, row, col, course):
    sheet.put(row, col, COURSES[course.kind])
    for p in range(len(course.periods)):
        sheet.figure(course, ("heading", p), row + 1, col + 1 + p)
    for n, text in enumerate(PAYER_COLUMNS if course.columns else ()):
        sheet.put(row + 1, col + 1 + len(course.periods) + n, text)
    return row + 2


def put_sums(sheet, row, col, course):
    names = (*PAYER_ROWS, OTHER_ROW[course.kind])
    for k, name in enumerate(names):
        sheet.put(row + k, col, name)
        for p in range(len(course.periods)):
            sheet.figure(course, ("payer", k, p), row + k, col + 1 + p)
    sheet.put(row + 4, col, "Udgift i alt")
    for p in range(len(course.periods)):
        sheet.figure(course, ("total", p), row + 4, col + 1 + p)
    for k, name in enumerate(names):
        sheet.put(row + 5 + k, col, name + " i alt")
        sheet.figure(course, ("payer total", k), row + 5 + k, col + 1)
    sheet.put(row + 9, col, "Samlet totaludgift")
    sheet.figure(course, ("case",), row + 9, col + 1)
    return row + 10


def put_total_row(sheet, row, col, course):
    sheet.put(row, col, "I alt")
    width = len(course.periods)
    for p in range(width):
        sheet.figure(course, ("total", p), row, col + 1 + p)
    for k in PAYERS:
        sheet.figure(course, ("payer total", k), row, col + 1 + width + k)
    sheet.figure(course, ("case",), row, col + 5 + width)
    return row + 1


def put_course(sheet, row, col, course, height=None):
    row = put_items(sheet, put_headings(sheet, row, col, course), col, course, height)
    return (put_total_row if course.columns else put_sums)(sheet, row, col, course)


def heights(courses):
    return {
        s: max(1, *(sum(item.section == s for item in c.items) for c in courses)) for s in SECTIONS
    }


def lay_out(book):
    """Sheets of cells; every course learns where its figures stand."""
    sheets = []
    for case in book.cases:
        sheet = Sheet(case.name)
        sheet.put(1, 1, case.name)
        row, height = 3, heights(case.courses)
        for course in case.courses:
            if book.layout == "side":
                put_course(sheet, row, 1 + course.kind * (len(course.periods) + 2), course, height)
            elif book.layout == "sheets":
                if course.kind:
                    sheet = Sheet(f"{case.name} kontrafaktisk")
                    sheet.put(1, 1, case.name)
                put_course(sheet, row, 1, course)
                sheets.append(sheet)
            else:
                row = put_course(sheet, row, 1, course) + 1
        if book.layout != "sheets":
            sheets.append(sheet)
    if book.dated:
        sheets[0].put(2, 1, f"Beregnet pr. 01-09-{book.year}")
    return sheets


def formula(course, key):
    """SUM over the rows or columns that the terms span; one added twice comes last."""
    keys = course.formulas[key]
    cells = [course.cells[k][1] for k in keys]
    if keys[-1] in keys[:-1]:
        return f"=SUM({cells[0]}:{cells[-2]})+{cells[-1]}"
    return f"=SUM({cells[0]}:{cells[-1]})"


def is_amount(key):
    return key[0] not in ("heading", "label")


def set_cell(cell, course, key, number_format):
    value = course.shown[key]
    if key in course.formulas:
        cell.value = formula(course, key)
    elif isinstance(value, int):
        cell.value = value // KRONE if value % KRONE == 0 else value / KRONE
    else:
        cell.value = value
    if is_amount(key):
        cell.number_format = "@" if isinstance(value, str) else number_format


def write_book(book, path):
    out = Workbook()
    out.remove(out.active)
    for sheet in lay_out(book):
        page = out.create_sheet(sheet.name)
        page.column_dimensions["A"].width = 34
        for (row, col), value in sorted(sheet.cells.items(), key=lambda cell: cell[0]):
            if isinstance(value, tuple):
                set_cell(page.cell(row, col), *value, book.number_format)
            else:
                page.cell(row, col).value = value
    out.save(path)


def main(arguments):
    seed, folder = int(arguments[0]), Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(int(arguments[2]) if len(arguments) > 2 else 10):
        write_book(make_book(seed + n), folder / f"ret_{seed + n}.xlsx")


if __name__ == "__main__":
    main(sys.argv[1:])
