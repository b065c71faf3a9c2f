#!/usr/bin/python3
"""Workbooks to measure speed on, the same bytes every time.

make_bench.py FOLDER [small|medium|large|many ...]

small: 5 citizens, a sheet each. medium: 1.000 citizens, one under another.
large: 1.000.000 rows x 10, numbers and shared texts. many: 10.000 small workbooks,
500 different ones. What stands there already is left alone.
"""

import random
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True

from openpyxl.utils import get_column_letter

from make_cases import GRIDS, SUFFIXES, Sheet, heights, make_case, put_course

KRONE = 100
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2">'
    '<xf numFmtId="0" xfId="0"/><xf numFmtId="4" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
ROWS, COLUMNS = 1_000_000, 10
CITIZENS = 1_000
MANY, VARIANTS = 10_000, 500


class Strings:
    """The shared texts of a workbook."""

    def __init__(self):
        self.index = {}

    def __getitem__(self, text):
        return self.index.setdefault(text, len(self.index))

    def part(self):
        items = "".join(f"<si><t>{escape(text)}</t></si>" for text in self.index)
        count = len(self.index)
        return f'{HEAD}<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}">{items}</sst>'


# ---- a workbook of sheets as Excel writes them ---------------------------------


def relation(number, kind, target):
    return f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def relations(items):
    body = "".join(relation(*item) for item in items)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'


def content_types(count):
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEETML}.worksheet+xml"/>'
        for n in range(1, count + 1)
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override'
        f' PartName="/xl/workbook.xml" ContentType="{SHEETML}.sheet.main+xml"/>{sheets}<Override'
        f' PartName="/xl/styles.xml" ContentType="{SHEETML}.styles+xml"/><Override'
        f' PartName="/xl/sharedStrings.xml" ContentType="{SHEETML}.sharedStrings+xml"/></Types>'
    )


def workbook(names):
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, 1)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'
    )


def put(archive, name, text):
    info = zipfile.ZipInfo(name, (2013, 9, 1, 12, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=False) as part:
        for piece in (text,) if isinstance(text, str) else text:
            part.write(piece.encode())


def write_book(path, names, sheets, strings):
    """sheets give the text of each part in pieces; they fill the strings on the way."""
    count = len(names)
    links = [(n, "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)]
    links += [(count + 1, "styles", "styles.xml"), (count + 2, "sharedStrings", "sharedStrings.xml")]
    beside = path.with_suffix(".part")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
        put(archive, "[Content_Types].xml", content_types(count))
        put(archive, "_rels/.rels", relations([(1, "officeDocument", "xl/workbook.xml")]))
        put(archive, "xl/workbook.xml", workbook(names))
        put(archive, "xl/_rels/workbook.xml.rels", relations(links))
        for n, sheet in enumerate(sheets, 1):
            put(archive, f"xl/worksheets/sheet{n}.xml", sheet)
        put(archive, "xl/styles.xml", STYLES)
        put(archive, "xl/sharedStrings.xml", strings.part())
    beside.rename(path)


def sheet_part(rows, last):
    yield (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><dimension ref="A1:{last}"/>'
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15"/><sheetData>'
    )
    yield from rows
    yield '</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'


# ---- cases ---------------------------------------------------------------------


def decimal(oere):
    kroner, rest = divmod(abs(oere), KRONE)
    return f"{'-' if oere < 0 else ''}{kroner}" + (f".{rest:02}".rstrip("0") if rest else "")


def cell(place, value, strings):
    if isinstance(value, tuple):
        course, key = value
        value = course.shown[key]
        if value is None:
            return f'<c r="{place}" s="1"/>'
        if key in course.formulas:
            ends = [course.cells[k][1] for k in course.formulas[key]]
            return (
                f'<c r="{place}" s="1"><f>SUM({ends[0]}:{ends[-1]})</f>'
                f"<v>{decimal(value)}</v></c>"
            )
        if isinstance(value, int):
            return f'<c r="{place}" s="1"><v>{decimal(value)}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}" s="1"><v>{value}</v></c>'
    return f'<c r="{place}" t="s"><v>{strings[value]}</v></c>'


def sheet_rows(sheet, strings):
    rows = {}
    for (row, col), value in sheet.cells.items():
        rows.setdefault(row, []).append((col, value))
    for row in sorted(rows):
        cells = "".join(
            cell(f"{get_column_letter(col)}{row}", value, strings)
            for col, value in sorted(rows[row], key=lambda one: one[0])
        )
        yield f'<row r="{row}" spans="1:11">{cells}</row>'


def put_case(sheet, row, case):
    """The two courses side by side; the row behind them."""
    sheet.put(row, 1, case.name)
    height, ends = heights(case.courses), []
    for course in case.courses:
        col = 1 + course.kind * (len(course.periods) + 2)
        ends.append(put_course(sheet, row + 2, col, course, height))
    return max(ends) + 1


def swap_digits(rng, case):
    """A total with two neighbouring digits swapped."""
    course = rng.choice(case.courses)
    digits = list(str(course.shown["total", 0] // KRONE))
    pairs = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1]]
    if pairs:
        i = rng.choice(pairs)
        digits[i], digits[i + 1] = digits[i + 1], digits[i]
        course.shown["total", 0] = int("".join(digits)) * KRONE


def citizen(rng, number, kinds=()):
    case = make_case(rng, f"Borger {number}", 2013, GRIDS[0], SUFFIXES[0], False, kinds, False)
    if number % 20 == 7:
        swap_digits(rng, case)
    return case


def make_small(path, seed=1):
    rng, sheets, strings = random.Random(seed), [], Strings()
    for number in range(1, 6):
        sheets.append(Sheet(f"Borger {number}"))
        put_case(sheets[-1], 1, citizen(rng, number + 5 * (seed % 4)))
    parts = [sheet_part(sheet_rows(sheet, strings), "K40") for sheet in sheets]
    write_book(path, [sheet.name for sheet in sheets], parts, strings)


def make_cases(path, citizens):
    """One under another in one sheet."""
    rng, sheet, strings, row = random.Random(7), Sheet("Borgere"), Strings(), 1
    for number in range(1, citizens + 1):
        kinds = ("total", "row", "payer total", "case") if number % 3 == 0 else ()
        row = put_case(sheet, row, citizen(rng, number, kinds)) + 1
    parts = [sheet_part(sheet_rows(sheet, strings), f"K{row}")]
    write_book(path, ["Borgere"], parts, strings)


def make_medium(path):
    make_cases(path, CITIZENS)


def make_many(folder):
    folder.mkdir(exist_ok=True)
    made = []
    for number in range(MANY):
        path = folder / f"sag_{number:05}.xlsx"
        if number < VARIANTS:
            make_small(path, number)
            made.append(path.read_bytes())
        else:
            path.write_bytes(made[number % VARIANTS])


# ---- a million rows --------------------------------------------------------------


def large_rows(rng, strings):
    words = [f"Ydelse {n} til {place}" for n in range(500) for place in ("borger", "familie")]
    for word in words:
        strings[word]
    letters = [get_column_letter(col) for col in range(1, COLUMNS + 1)]
    for row in range(1, ROWS + 1):
        cells = [f'<c r="A{row}"><v>{row}</v></c>']
        for letter in letters[1:3]:
            cells.append(f'<c r="{letter}{row}" t="s"><v>{rng.randrange(1000)}</v></c>')
        for letter in letters[3:]:
            value = decimal(rng.randrange(10**7))
            cells.append(f'<c r="{letter}{row}" s="1"><v>{value}</v></c>')
        yield f'<row r="{row}" spans="1:{COLUMNS}">{"".join(cells)}</row>'


def make_large(path):
    strings = Strings()
    rows = large_rows(random.Random(3), strings)
    write_book(path, ["Data"], [sheet_part(rows, f"J{ROWS}")], strings)


MAKERS = {
    "small": ("small.xlsx", make_small),
    "medium": ("medium.xlsx", make_medium),
    "large": ("large.xlsx", make_large),
    "many": ("many", make_many),
}


def is_made(path):
    return path.is_file() or len(list(path.glob("*.xlsx"))) == MANY


def main(arguments):
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name in arguments[1:] or MAKERS:
        file, make = MAKERS[name]
        if not is_made(folder / file):
            make(folder / file)


if __name__ == "__main__":
    main(sys.argv[1:])
