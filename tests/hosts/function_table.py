"""tests/hosts/functions.txt, and the workbook in which a spreadsheet program works it out."""

import csv
import re
from pathlib import Path

import openpyxl

import harness

TABLE = Path(__file__).resolve().parent / "functions.txt"
AARHUS = harness.SAMPLES / "aarhus_fremskudt_2013.xlsx"
SHEET = "Funktioner"
REPEATED = re.compile(r'^("[^"]*")\*(\d+)$')
ERRORS = {
    "Err:502": "#VALUE!", "Err:504": "#VALUE!", "Err:508": "#VALUE!",
    "#VÆRDI!": "#VALUE!", "#I/T": "#N/A",
}


class Row:
    """One line of the table."""

    def __init__(self, line):
        call, _, results = line.rpartition(" = ")
        self.expected, *others = [part.strip() for part in results.split(" ; ")]
        self.others = dict(other.split(" ", 1) for other in others)
        self.function, *self.arguments = [part.strip() for part in call.split("|")]
        self.line = line

    def formula(self, prefix="_xll."):
        return f"={prefix}KF.{self.function}({','.join(map(as_formula, self.arguments))})"

    def holds(self, shown, host):
        """Whether a cell shows what is expected."""
        expected = self.others.get(host, self.expected)
        shown = ERRORS.get(shown, shown)
        if expected.startswith('"'):
            return shown == expected[1:-1]
        if expected.startswith("#"):
            return shown == expected
        try:
            return f"{float(shown):.2f}" == f"{float(expected):.2f}"
        except ValueError:
            return False


def as_formula(argument):
    repeated = REPEATED.match(argument)
    if repeated:
        return f"REPT({repeated.group(1)},{repeated.group(2)})"
    return argument


def rows():
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [Row(line) for line in lines if line and not line.startswith("#")]


def add_error_cells(book):
    """Borger 3 once more, with errors and odd values beside the table."""
    sheet = book.copy_worksheet(book["Borger 3"])
    sheet.title = "Fejlceller"
    for row, value in enumerate(("#DIV/0!", "#N/A", True, "x" * 32767, 1e300, -1e-300), 35):
        sheet.cell(row, 1, value)


def workbook(path, prefix="_xll."):
    """The Aarhus tables, and a sheet (the first) with a formula for each row."""
    book = openpyxl.load_workbook(AARHUS)
    add_error_cells(book)
    sheet = book.create_sheet(SHEET, 0)
    for number, row in enumerate(rows(), 1):
        sheet.cell(number, 1, row.formula(prefix))
    book.save(path)


def shown_in(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [line[0] if line else "" for line in csv.reader(file)]


def compare(checks, host, shown):
    """Every row of the table against what the program shows."""
    table = rows()
    checks.that(len(shown) >= len(table), f"{host}: {len(shown)} rows shown of {len(table)}")
    for row, got in zip(table, shown):
        checks.that(row.holds(got, host), f"{host}: {row.line}: got {got[:120]!r}")
