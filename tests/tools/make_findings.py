#!/usr/bin/python3
"""Make the .xlsx reproducers of tests/findings/, the same bytes every time.

make_findings.py            write them
make_findings.py --check    fail when one of them is not what this script makes

In a .csv every cell is text, so what a formula or a number stored as text shows
needs an .xlsx; the other reproducers are written by hand.
"""

import datetime
import io
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from openpyxl import Workbook

import zipbytes

FINDINGS = Path(__file__).resolve().parent.parent / "findings"
PERIODS = ("0-6 mdr", "7-12 mdr", "13-24 mdr", "25-36 mdr")
EMPTY_VALUE = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*>(?:<f>[^<]*</f>))<v\s*/>|'
                         rb'(<c r="([A-Z]+\d+)"[^>]*>(?:<f>[^<]*</f>))<v></v>')


def heading(count):
    return ("Faktisk forløb", *PERIODS[:count])


def sums(last, *cols, first=2):
    return tuple(f"=SUM({col}{first}:{col}{last})" for col in cols)


BOOKS = {
    "amount-text": [
        heading(2),
        ("Mentor", "4210", 2000),
        ("Udgift i alt", 4210, 2000),
    ],
    "formula-range": [
        heading(2),
        ("Mentor", 4210, 2000),
        ("Bostøtte", 1000, 3000),
        ("Støttekontaktperson", 500, 700),
        ("Udgift i alt", "=SUM(B2:B3)", "=SUM(C2:C4)"),
    ],
    "formula-typed": [
        heading(3),
        ("Mentor", 4210, 2000, 3000),
        ("Bostøtte", 1000, 3000, 500),
        ("Udgift i alt", "=SUM(B2:B3)", "=SUM(C2:C3)", 3500),
    ],
    "formula-stale": [
        heading(2),
        ("Mentor", 4210, 2000),
        ("Bostøtte", 1000, 3000),
        ("Udgift i alt", "=SUM(B2:B3)", "=SUM(C2:C3)"),
    ],
    "formula-pattern": [
        heading(3),
        ("Mentor", 4210, 2000, 3000),
        ("Bostøtte", 1000, 3000, 500),
        ("Udgift i alt", "=SUM(B2:B3)", "=SUM(C2:C3)", "=D2+D3"),
    ],
    "formula-unknown": [
        heading(2),
        ("Mentor", "=VLOOKUP(A2,E1:F9,2,FALSE)", 2000),
        ("Udgift i alt", 4210, 2000),
    ],
    "period-date": [
        ("Faktisk forløb", "0-6 mdr", datetime.date(2024, 12, 7)),
        ("Mentor", 4210, 2000),
        ("Udgift i alt", 4210, 2000),
    ],
    "file-hidden": [
        heading(2),
        ("Mentor", 4210, 2000),
        ("Udgift i alt", 4210, 2000),
    ],
}

# What the program that saved the workbook had calculated.
CACHED = {
    "formula-range": {"B5": 5210, "C5": 5700},
    "formula-typed": {"B4": 5210, "C4": 5000},
    "formula-stale": {"B4": 4210, "C4": 5000},
    "formula-pattern": {"B4": 5210, "C4": 5000, "D4": 3500},
}


def with_values(data, values):
    """The workbook with what its formulas came to."""

    def fill(match):
        cell, place = (match[1], match[2]) if match[1] else (match[3], match[4])
        value = values.get(place.decode())
        return cell if value is None else cell + b"<v>%d</v>" % value

    parts = []
    for name, body in zipbytes.read_zip(data):
        if name.startswith("xl/worksheets/"):
            body = EMPTY_VALUE.sub(fill, body)
        parts.append((name, body))
    return zipbytes.write_zip(parts)


def book(code):
    made = Workbook()
    page = made.active
    page.title = "Borger 1"
    made.properties.creator = "Kontrafakt"
    for row in BOOKS[code]:
        page.append(row)
    if code == "period-date":
        page["C1"].number_format = "d-mmm"
    if code == "file-hidden":
        page.row_dimensions[2].hidden = True
    out = io.BytesIO()
    made.save(out)
    return with_values(zipbytes.without_clock(out.getvalue()), CACHED.get(code, {}))


def check():
    wrong = 0
    for code in BOOKS:
        path = FINDINGS / code / "bog.xlsx"
        if not path.exists() or zipbytes.read_zip(path.read_bytes()) != zipbytes.read_zip(book(code)):
            print(f"{code}/bog.xlsx: not what make_findings.py makes; run './run samples'")
            wrong += 1
    print(f"{len(BOOKS) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


def main(arguments):
    if "--check" in arguments:
        return check()
    for code in BOOKS:
        path = FINDINGS / code / "bog.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(book(code))
        print(f"tests/findings/{code}/bog.xlsx  {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
