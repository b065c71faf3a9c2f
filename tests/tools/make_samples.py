#!/usr/bin/python3
"""Make the workbooks of sample_workbooks/, the same bytes every time.

make_samples.py            write them
make_samples.py --check    fail when one of them is not what this script makes
make_samples.py --formler  write korrekt_formler.xlsx too (needs LibreOffice)
"""

import datetime
import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

import facts
import made_up
import table_samples
import zipbytes
from sheets import FIRST_AMOUNT, Sheet

SAMPLES = Path(__file__).resolve().parent.parent.parent / "sample_workbooks"
RIGHT = 7  # first column of the right half: one empty column between
NUMBER = "#,##0.00"

THIN = Side(style="thin", color="808080")


def bold(size=11):
    return Font(name="Calibri", size=size, bold=True)


STYLES = {
    "title": {"font": bold(14)},
    "course": {"font": bold(12)},
    "period": {
        "font": bold(),
        "alignment": Alignment(horizontal="right"),
        "border": Border(bottom=THIN),
    },
    "section": {"font": bold(), "fill": PatternFill("solid", fgColor="E8EEF4")},
    "label": {},
    "amount": {"alignment": Alignment(horizontal="right")},
    "sum label": {"font": bold(), "border": Border(top=THIN)},
    "sum": {
        "font": bold(),
        "alignment": Alignment(horizontal="right"),
        "border": Border(top=THIN),
    },
}


def put_heading(sheet, row, col, course, more=()):
    sheet.put(row, col, course.kind, "course")
    for i, label in enumerate([*course.periods, *more]):
        sheet.put(row + 1, col + FIRST_AMOUNT + i, label, "period")
    return row + 2


def put_section(sheet, row, col, name, width):
    sheet.put(row, col, name, "section")
    for i in range(width):
        sheet.put(row, col + FIRST_AMOUNT + i, "", "section")


def put_items(sheet, row, col, course, heights):
    """Sections with their items; every section as tall as heights says."""
    for section, height in zip(facts.SECTIONS, heights):
        put_section(sheet, row, col, section, len(course.periods))
        for i, (label, amounts) in enumerate(course.sections[section]):
            sheet.put_line(row + 1 + i, col, label, amounts)
        row += 1 + height
    return row


def put_payers(sheet, row, col, course):
    for label, amounts in course.payers:
        style = "sum" if label == "Udgift i alt" else "amount"
        sheet.put_line(row, col, label, amounts, style)
        row += 1
    return row


def put_totals(sheet, row, col, course):
    for label, text in course.totals:
        style = "sum" if label == "Samlet totaludgift" else "amount"
        sheet.put_line(row, col, label, [text], style)
        row += 1
    return row


def heights_of(*courses):
    return [max(len(c.sections[s]) for c in courses) for s in facts.SECTIONS]


def put_course(sheet, row, col, course, heights, formulas=False):
    """One course from its heading to its last total; the row after it."""
    first = put_heading(sheet, row, col, course)
    payers = put_items(sheet, first, col, course, heights)
    totals = put_payers(sheet, payers, col, course) + 1
    end = put_totals(sheet, totals, col, course)
    if formulas:
        put_sums(sheet, col, first, payers, totals)
    return end


def put_sums(sheet, col, first, payers, totals):
    """SUM formulas in the place of the typed totals."""
    for i in range(len(facts.PERIODS)):
        letter = get_column_letter(col + FIRST_AMOUNT + i)
        text = f"=SUM({letter}{first}:{letter}{payers - 1})"
        sheet.put(payers + 4, col + FIRST_AMOUNT + i, text, "sum")
    start = get_column_letter(col + FIRST_AMOUNT)
    end = get_column_letter(col + FIRST_AMOUNT + len(facts.PERIODS) - 1)
    for k in range(4):
        text = f"=SUM({start}{payers + k}:{end}{payers + k})"
        sheet.put(totals + k, col + FIRST_AMOUNT, text, "amount")
    text = f"=SUM({start}{totals}:{start}{totals + 3})"
    sheet.put(totals + 4, col + FIRST_AMOUNT, text, "sum")


def side_by_side(citizen, courses, formulas=False):
    sheet = Sheet(citizen)
    sheet.put(1, 1, citizen, "title")
    heights = heights_of(*courses)
    for course, col in zip(courses, (1, RIGHT)):
        put_course(sheet, 3, col, course, heights, formulas)
    return sheet


def stacked(citizen, courses):
    sheet = Sheet(citizen)
    sheet.put(1, 1, citizen, "title")
    sheet.put(2, 1, "Beregningsdato", "label")
    sheet.put(2, 2, datetime.date(2013, 9, 1), "label")
    row = 4
    for course in courses:
        row = put_course(sheet, row, 1, course, heights_of(course)) + 1
    return sheet


def one_a_course(citizen, courses):
    sheets = []
    for course in courses:
        sheet = Sheet(f"{citizen} {course.kind.split()[0].lower()}")
        sheet.put(1, 1, citizen, "title")
        put_course(sheet, 3, 1, course, heights_of(course))
        sheets.append(sheet)
    return sheets


def payers_at_right(citizen, courses):
    sheet = Sheet(citizen)
    sheet.put(1, 1, citizen, "title")
    row = 3
    for course in courses:
        row = put_with_payer_columns(sheet, row, course) + 2
    return sheet


def put_with_payer_columns(sheet, row, course):
    row = put_heading(sheet, row, 1, course, ("Kommune", "Stat", "Region", "Øvrige", "I alt"))
    parts = iter(course.item_parts)
    for section in facts.SECTIONS:
        put_section(sheet, row, 1, section, len(course.periods) + 5)
        row += 1
        for label, amounts in course.sections[section]:
            split = next(parts)[1] if label else [0] * 4
            figures = [facts.printed(v) for v in [*split, sum(split)]]
            sheet.put_line(row, 1, label, amounts + figures)
            row += 1
    periods = course.payers[-1][1]
    totals = [text for _, text in course.totals]
    sheet.put_line(row, 1, "I alt", periods + totals, "sum")
    return row


def office_budget():
    sheet = Sheet("Kontorhold 2013")
    sheet.put(1, 1, "Kontorhold, budget 2013", "title")
    for col, text in enumerate(("Konto", "Tekst", "Budget", "Forbrug", "Rest"), 1):
        sheet.put(3, col, text, "period")
    lines = (
        ("4010", "Papir og kuverter", "12.000", "9.450"),
        ("4020", "Porto", "8.500", "8.120,50"),
        ("4030", "Telefoni", "24.000", "21.337,25"),
        ("4040", "Aviser og fagblade", "6.200", "6.200"),
    )
    sums = [0, 0, 0]
    for row, (account, text, budget, used) in enumerate(lines, 4):
        figures = [facts.amount(budget), facts.amount(used)]
        figures.append(figures[0] - figures[1])
        sums = [a + b for a, b in zip(sums, figures)]
        sheet.put(row, 1, account, "label")
        sheet.put(row, 2, text, "label")
        for col, figure in enumerate(figures, 3):
            sheet.put(row, col, facts.printed(figure), "amount")
    sheet.put(8, 2, "Sum", "sum label")
    for col, figure in enumerate(sums, 3):
        sheet.put(8, col, facts.printed(figure), "sum")
    return sheet


def fill(page, sheet, as_text):
    for (row, col), (text, style) in sorted(sheet.cells.items()):
        cell = page.cell(row, col)
        is_amount = style in ("amount", "sum") and not str(text).startswith("=")
        if isinstance(text, datetime.date):
            cell.value, cell.number_format = text, "dd-mm-yyyy"
        elif is_amount and not as_text:
            cell.value = facts.amount(text)
        else:
            cell.value = text or None
        if style in ("amount", "sum"):
            cell.number_format = "@" if as_text else NUMBER
        for name, value in STYLES[style].items():
            setattr(cell, name, value)


def width_of(sheet, col):
    cells = [cell for (_, c), cell in sheet.cells.items() if c == col]
    if not cells:
        return 4
    if any(style in ("amount", "sum") for _, style in cells):
        return 14
    return max(len(str(text)) for text, style in cells if style != "title") + 3


def set_up_page(page, sheet):
    for col in range(1, max(col for _, col in sheet.cells) + 1):
        page.column_dimensions[get_column_letter(col)].width = width_of(sheet, col)
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


INLINE = re.compile(rb't="inlineStr"><is><t([^>]*)>(.*?)</t></is>', re.S)
SHARED_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def with_shared_strings(data):
    """The workbook with its texts in one table, as Excel keeps them."""
    places, uses, parts = {}, 0, []

    def share(match):
        nonlocal uses
        uses += 1
        return b't="s"><v>%d</v>' % places.setdefault(match.groups(), len(places))

    for name, body in zipbytes.read_zip(data):
        if name.startswith("xl/worksheets/"):
            body = INLINE.sub(share, body)
        if name == "xl/_rels/workbook.xml.rels":
            relation = f'<Relationship Id="rIdT" Type="{RELATION}" Target="sharedStrings.xml"/>'
            body = body.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
        if name == "[Content_Types].xml":
            override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_STRINGS}"/>'
            body = body.replace(b"</Types>", override.encode() + b"</Types>")
        parts.append((name, body))
    texts = b"".join(b"<si><t%s>%s</t></si>" % key for key in places)
    table = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    table += b' count="%d" uniqueCount="%d">%s</sst>' % (uses, len(places), texts)
    return zipbytes.write_zip(parts + [("xl/sharedStrings.xml", table)])


def workbook(sheets, as_text=False, inline=False):
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "Kontrafakt"
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        fill(page, sheet, as_text)
        set_up_page(page, sheet)
    out = io.BytesIO()
    book.save(out)
    data = zipbytes.without_clock(out.getvalue())
    return data if inline else with_shared_strings(data)


def csv_text(sheets):
    """As Excel saves "CSV UTF-8" in Denmark: byte order mark, semicolons, CR LF."""
    lines = []
    width = max(col for sheet in sheets for _, col in sheet.cells)
    for sheet in sheets:
        for row in range(1, sheet.last_row + 1):
            texts = [sheet.cells.get((row, col), ("",))[0] for col in range(1, width + 1)]
            lines.append(";".join(texts))
        lines.append(";" * (width - 1))
    return ("\ufeff" + "\r\n".join(lines[:-1]) + "\r\n").encode("utf-8")


def with_cached_values(data):
    """The workbook as LibreOffice saves it, its formulas calculated."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in" / "bog.xlsx"
        source.parent.mkdir()
        source.write_bytes(data)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )
        return zipbytes.without_clock((Path(folder) / "bog.xlsx").read_bytes())


def samples():
    """{file name: bytes}, all but the one that LibreOffice has a hand in."""
    printed = [side_by_side(*case) for case in facts.printed_cases().items()]
    right = made_up.made_up_cases()
    courses = [sheet for case in right.items() for sheet in one_a_course(*case)]
    return {
        "aarhus_fremskudt_2013.xlsx": workbook(printed),
        "aarhus_fremskudt_2013_tekst.xlsx": workbook(printed, as_text=True),
        "aarhus_fremskudt_2013.csv": csv_text(printed),
        "korrekt.xlsx": workbook(side_by_side(*case) for case in right.items()),
        "stablet.xlsx": workbook(stacked(*case) for case in right.items()),
        "to_ark.xlsx": workbook(courses, inline=True),
        "betalere_til_hoejre.xlsx": workbook(payers_at_right(*case) for case in right.items()),
        "liste.xlsx": workbook([table_samples.tidy_list(right)]),
        "skemaer.xlsx": workbook(table_samples.forms()),
        "skemaer_fejl.xlsx": workbook(table_samples.forms(wrong=True)),
        "oversigt.xlsx": workbook(
            [table_samples.citizens_summary(right, wrong=True)]
            + [side_by_side(*case) for case in right.items()]
        ),
        "uden_sagstabel.xlsx": workbook([office_budget()]),
    }


def formula_sample():
    right = made_up.made_up_cases()
    return with_cached_values(workbook(side_by_side(*c, formulas=True) for c in right.items()))


def content(name, data):
    """What a file says, whatever version of zlib packed it."""
    return zipbytes.read_zip(data) if name.endswith(".xlsx") else data


def check(made):
    wrong = 0
    for name, data in made.items():
        path = SAMPLES / name
        if not path.exists() or content(name, path.read_bytes()) != content(name, data):
            print(f"{name}: not what make_samples.py makes; run './run samples'")
            wrong += 1
    print(f"{len(made) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


def main(arguments):
    made = samples()
    if "--check" in arguments:
        return check(made)
    if "--formler" in arguments:
        made["korrekt_formler.xlsx"] = formula_sample()
    for name, data in made.items():
        (SAMPLES / name).write_bytes(data)
        print(f"sample_workbooks/{name}  {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
