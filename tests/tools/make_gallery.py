#!/usr/bin/python3
"""Make tests/data/gallery/: the tables of korrekt.xlsx as other programs write them.

Needs node and the packages of tests/tools/gallery/package.json; the files are
checked in, so the tests need neither.
"""

import json
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import facts
import made_up
import make_samples
import zipbytes

GALLERY = facts.DATA / "gallery"
SCRIPT = Path(__file__).resolve().parent / "gallery" / "make_gallery.js"


def sheets(formulas):
    """The sheets of korrekt.xlsx as JSON, formulas with their results beside them."""
    out = []
    for case in made_up.made_up_cases().items():
        sheet = make_samples.side_by_side(*case, formulas=formulas)
        figures = make_samples.side_by_side(*case).cells
        cells = []
        for (row, col), (text, style) in sorted(sheet.cells.items()):
            if text == "":
                continue
            is_figure = style in ("amount", "sum")
            figure = float(facts.amount(figures[row, col][0])) if is_figure else None
            cell = {"row": row, "col": col, "style": style, "value": figure if is_figure else text}
            if text.startswith("="):
                cell |= {"value": text, "result": figure}
            cells.append(cell)
        last_total = max(cell["row"] for cell in cells)
        out.append({"name": sheet.name, "cells": cells, "payers_end": last_total - 6})
    return out


def csv_files():
    """Windows-1252 with semicolons, and UTF-8 with commas, quotes and decimal points."""
    cases = [make_samples.side_by_side(*case) for case in made_up.made_up_cases().items()]
    text = make_samples.csv_text(cases).decode("utf-8-sig")
    lines = []
    for line in text.splitlines():
        fields = line.split(";")
        lines.append(",".join(f'"{f}"' if "," in f or " " in f else with_point(f) for f in fields))
    return {
        "windows_1252.csv": text.encode("cp1252"),
        "komma_utf8.csv": ("\n".join(lines) + "\n").encode("utf-8"),
    }


def with_point(field):
    """62.788,50 as 62788.50"""
    is_amount = field.replace(".", "").replace(",", "").isdigit()
    return field.replace(".", "").replace(",", ".") if is_amount else field


def main():
    GALLERY.mkdir(exist_ok=True)
    sheets_in = json.dumps({"plain": sheets(False), "formulas": sheets(True)})
    subprocess.run(["node", str(SCRIPT), str(GALLERY)], input=sheets_in, text=True, check=True)
    for path in GALLERY.glob("*.xlsx"):
        path.write_bytes(zipbytes.with_fixed_times(path.read_bytes()))
    for name, data in csv_files().items():
        (GALLERY / name).write_bytes(data)


if __name__ == "__main__":
    main()
