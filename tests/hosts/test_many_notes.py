#!/usr/bin/python3
"""A sheet of more than a hundred findings that has notes of its own: fix marks them all.

openpyxl writes the notes that are there before, on two sheets, whose drawings number their
boxes from the same start.
"""

import re
import sys
import tempfile
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True

from openpyxl import load_workbook
from openpyxl.comments import Comment

import harness

sys.path.insert(0, str(harness.ROOT / "tests" / "tools"))
import check_workbook

TABLES = 55
AUTHOR = "Sagsbehandleren"
SHAPE = re.compile(rb'<(?:\w+:)?shape [^>]*?\bid="([^"]+)"')


def copy_table(sheet, cells, down):
    for cell in cells:
        to = sheet.cell(cell.row + down, cell.column, cell.value)
        to.number_format = cell.number_format


def make(path):
    """The table of a sample below itself, two sums of each wrong; the name of the sheet."""
    book = load_workbook(harness.SAMPLES / "korrekt.xlsx")
    sheet = book.worksheets[0]
    cells = [c for row in sheet.iter_rows() for c in row if c.value is not None]
    height = sheet.max_row + 2
    sums = next(c.row for c in cells if c.value == "Udgift i alt")
    wrong = []
    for i in range(TABLES):
        copy_table(sheet, cells, i * height)
        sheet.cell(1 + i * height, 1, f"Borger {i + 1}")
        wrong += [sheet.cell(sums + i * height, 2 + i % 2), sheet.cell(sums + i * height, 8 + i % 2)]
    for cell in wrong:
        cell.value += 1000
    for i, cell in enumerate(wrong):
        if i % 5 == 0:
            cell.comment = Comment(f"Egen note {i}", AUTHOR)
    for i in range(40):
        sheet.cell(1 + i * height, 13).comment = Comment(f"Ved siden af {i}", AUTHOR)
    other = book.create_sheet("Noter")
    for i in range(150):
        other.cell(1 + i, 1, "x").comment = Comment(f"Andet ark {i}", AUTHOR)
    book.save(path)
    return sheet.title


def notes_of(path):
    return {(s.title, c.coordinate): c.comment.text for s in load_workbook(path).worksheets
            for row in s.iter_rows() for c in row if c.comment}


def shapes_of(path):
    """{drawing: its shape ids}"""
    with zipfile.ZipFile(path) as archive:
        return {name: SHAPE.findall(archive.read(name)) for name in archive.namelist()
                if name.endswith(".vml")}


def numbers_of_boxes(checks, before, after):
    """Each drawing's ids are unlike, and a new one stands in no other drawing."""
    was, now = shapes_of(before), shapes_of(after)
    checks.that(set(was) <= set(now), "the drawings that were there")
    for name, ids in now.items():
        checks.equal(len(set(ids)), len(ids), f"{name}: ids")
        elsewhere = {i for other, those in now.items() if other != name for i in those}
        fresh = set(ids) - set(was.get(name, ()))
        checks.equal(fresh & elsewhere, set(), f"{name}: new ids that stand elsewhere")
        checks.equal(ids[: len(was.get(name, ()))], was.get(name, []), f"{name}: the boxes before")


def all_notes(checks, exe, path, folder):
    sheet = make(path)
    fixed = folder / "ud.xlsx"
    status, report = harness.run_json(exe, "fix", path, "-o", fixed, "--marks", "both")
    marked = {(c["sheet"], c["cell"]) for c in report["changes"]}
    checks.that(len([m for m in marked if m[0] == sheet]) > 100, f"{len(marked)} corrected, exit {status}")
    before, after = notes_of(path), notes_of(fixed)
    for place, text in before.items():
        checks.that(after.get(place, "").startswith(text), f"{place}: the note before is gone")
        if place not in marked:
            checks.equal(after.get(place), text, f"{place}: a note beside the findings")
    for place in marked:
        ours = after.get(place, "").removeprefix(before.get(place, ""))
        checks.that(ours.strip(), f"{place}: no note of ours")
    numbers_of_boxes(checks, path, fixed)
    had = {re.sub(r"\d+", "0", fault) for fault in check_workbook.faults(path)}
    checks.equal([f for f in check_workbook.faults(fixed) if re.sub(r"\d+", "0", f) not in had], [],
                 "what Excel would repair")
    counts(checks, fixed, after, sheet)


def counts(checks, path, notes, sheet):
    """As many boxes as notes on the sheet."""
    boxes = sorted(len(ids) for ids in shapes_of(path).values())
    want = sorted(sum(1 for place in notes if place[0] == s) for s in {p[0] for p in notes})
    checks.equal(boxes, want, f"boxes and notes, of {sheet} too")


def main():
    exe = harness.executable()
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as scratch:
        checks.section(all_notes, checks, exe, Path(scratch) / "ind.xlsx", Path(scratch))
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
