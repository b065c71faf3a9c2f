#!/usr/bin/python3
"""The same tables written by five programs give the same extract and check, byte
for byte but for the file's name and hash: openpyxl, LibreOffice, Gnumeric, exceljs
and SheetJS.

What is missing is said, and is a failure in CI: soffice, ssconvert and node are
Debian packages (tests/packages.txt); ./run test installs exceljs and SheetJS by npm.
"""

import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "layouts"))

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

import harness
import make_layout

SEEDS = (2, 3, 5, 11, 17, 18, 23, 31)
SCRIPT = harness.ROOT / "tests" / "tools" / "gallery" / "write_peers.js"
EPOCH = datetime.date(1899, 12, 30)


def sources(folder):
    """Workbooks that openpyxl writes."""
    for seed in SEEDS:
        make_layout.make(seed)[0].save(folder / f"seed{seed}.xlsx")
    for path in sorted(harness.SAMPLES.glob("*.xlsx")):
        load_workbook(path).save(folder / path.name)


def plain(value):
    """A cell's value as it is stored."""
    if isinstance(value, (datetime.date, datetime.datetime)):
        day = value.date() if isinstance(value, datetime.datetime) else value
        return (day - EPOCH).days
    return value


def sheet_of(page, values):
    cells = []
    for row in page.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            told = {"row": cell.row, "col": cell.column, "format": cell.number_format,
                    "value": plain(cell.value)}
            if cell.data_type == "f":
                told |= {"formula": cell.value[1:], "value": values[cell.coordinate].value}
            cells.append(told)
    return {
        "name": page.title,
        "cells": cells,
        "merges": [str(merge) for merge in page.merged_cells.ranges],
        "hiddenRows": [n for n, row in page.row_dimensions.items() if row.hidden],
        "hiddenCols": [column_index_from_string(n) for n, col in page.column_dimensions.items()
                       if col.hidden],
    }


def books_of(folder, calculated):
    """The workbooks as JSON; results of formulas from those that LibreOffice calculated."""
    books = []
    for path in sorted(folder.glob("*.xlsx")):
        book, values = load_workbook(path), load_workbook(calculated / path.name, data_only=True)
        books.append({"name": path.name, "sheets": [sheet_of(page, values[page.title])
                                                    for page in book.worksheets]})
    return books


def libreoffice(source, target):
    profile = f"-env:UserInstallation=file://{target}/profile"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", target,
                    *sorted(source.glob("*.xlsx"))], check=True, capture_output=True, timeout=280)


def gnumeric(source, target):
    for path in sorted(source.glob("*.xlsx")):
        subprocess.run(["ssconvert", path, target / path.name], check=True, capture_output=True,
                       timeout=60)


def node(source, target, modules, calculated):
    subprocess.run(["node", SCRIPT, target], input=json.dumps(books_of(source, calculated)).encode(),
                   check=True, capture_output=True, timeout=120,
                   env=os.environ | {"NODE_PATH": str(modules)})


def told(exe, command, path):
    """What the program prints, without the file's name and hash."""
    status, out, _ = harness.run(exe, command, path.name, "--format", "json", cwd=path.parent)
    report = json.loads(out)
    return status, out.replace(report["files"][0]["sha256"], "")


def compare(checks, exe, source, folder):
    for path in sorted(source.glob("*.xlsx")):
        for command in ("extract", "check"):
            want = told(exe, command, path)
            got = told(exe, command, folder / path.name)
            if not checks.that(got == want, f"{folder.name}/{path.name}: {command} differs"):
                show_difference(want[1], got[1])


def show_difference(want, got):
    for a, b in zip(want.splitlines(), got.splitlines()):
        if a != b:
            print(f"   openpyxl: {a.strip()[:200]}\n   here:     {b.strip()[:200]}")
            return


def missing():
    lacking = [name for name in ("soffice", "ssconvert", "node") if not shutil.which(name)]
    return lacking + ([] if harness.modules_folder() else ["exceljs and xlsx (npm)"])


def main():
    exe = harness.executable()
    checks = harness.Checks()
    lacking = missing()
    if lacking:
        print(f"NOT TESTED, because these are missing: {', '.join(lacking)}")
        return 1 if os.environ.get("CI") else harness.SKIPPED
    with tempfile.TemporaryDirectory() as name:
        folders = {n: Path(name) / n for n in ("openpyxl", "libreoffice", "gnumeric", "node")}
        for folder in folders.values():
            folder.mkdir()
        sources(folders["openpyxl"])
        libreoffice(folders["openpyxl"], folders["libreoffice"])
        gnumeric(folders["openpyxl"], folders["gnumeric"])
        node(folders["openpyxl"], folders["node"], harness.modules_folder(), folders["libreoffice"])
        for folder in (folders["libreoffice"], folders["gnumeric"], folders["node"] / "exceljs",
                       folders["node"] / "sheetjs"):
            checks.section(compare, checks, exe, folders["openpyxl"], folder)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
