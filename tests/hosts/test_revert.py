#!/usr/bin/python3
"""fix and then revert give every cell back: value, type and looks, as openpyxl and check read them."""

import shutil
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from openpyxl import load_workbook

import harness


def cells(path):
    """Every cell: its value or formula, its type, and the number of its style."""
    found = {}
    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or cell.has_style:
                    found[sheet.title, cell.coordinate] = (
                        cell.value, cell.data_type, cell.number_format, cell.fill.fgColor.rgb,
                    )
    return found


def cached(path):
    book = load_workbook(path, data_only=True)
    return {(s.title, c.coordinate): c.value for s in book for r in s.iter_rows() for c in r
            if c.value is not None}


def findings(exe, path):
    report = harness.run_json(exe, "check", path)[1]["files"][0]
    return report["findings"], report["cases"]


def round_trip(checks, exe, sample, folder, *options):
    name = f"{sample.name} {' '.join(options)}"
    fixed, back = folder / "fixed.xlsx", folder / "back.xlsx"
    for path in (fixed, back):
        path.unlink(missing_ok=True)
    harness.run(exe, "fix", sample, "-o", fixed, *options)
    status, out, err = harness.run(exe, "revert", fixed, "-o", back)
    if not load_workbook(fixed).sheetnames[-1].startswith("Rettelser"):
        checks.equal(status, 2, f"{name}: nothing to take back")
        return
    if not checks.equal(status, 0, f"{name}: exit status of revert ({err})"):
        return
    checks.equal(load_workbook(back).sheetnames, load_workbook(sample).sheetnames, f"{name}: sheets")
    was, now = cells(sample), cells(back)
    checks.equal({k: (was.get(k), now.get(k)) for k in was.keys() | now.keys()
                  if was.get(k) != now.get(k)}, {}, f"{name}: cells")
    checks.equal(cached(back), cached(sample), f"{name}: cached values")
    checks.equal(findings(exe, back), findings(exe, sample), f"{name}: check")


def names_and_refusals(checks, exe, folder):
    sample = folder / "sag.xlsx"
    shutil.copy(harness.SAMPLES / "aarhus_fremskudt_2013.xlsx", sample)
    checks.equal(harness.run(exe, "revert", sample)[0], 2, "no sheet of ours: refused")
    harness.run(exe, "fix", sample)
    fixed = folder / "sag-rettet.xlsx"
    checks.equal(harness.run(exe, "revert", fixed)[0], 0, "revert without -o")
    checks.that((folder / "sag-rettet-oprindelig.xlsx").exists(), "OUT is named after FIXED")
    checks.equal(harness.run(exe, "revert", fixed)[0], 2, "an existing OUT is kept")
    checks.equal(harness.run(exe, "revert", "--force", fixed)[0], 0, "unless --force")


def main():
    exe = harness.executable()
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for sample in sorted(harness.SAMPLES.glob("*.xlsx")):
            if sample.name == "uden_sagstabel.xlsx":
                continue
            for options in ((), ("--accept", "all-proposals"), ("--marks", "none")):
                checks.section(round_trip, checks, exe, sample, folder, *options)
        checks.section(names_and_refusals, checks, exe, folder)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
