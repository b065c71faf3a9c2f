#!/usr/bin/python3
"""fix and then revert give every cell back: value, type and looks, as openpyxl and check read them."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True

from openpyxl import load_workbook

import harness

sys.path.insert(0, str(harness.ROOT / "tests" / "tools"))
import check_workbook
import make_rich


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
    if b"_Kontrafakt_Rettelser" not in zipfile.ZipFile(fixed).read("xl/workbook.xml"):
        checks.equal(status, 2, f"{name}: nothing to take back")
        return
    if not checks.equal(status, 0, f"{name}: exit status of revert ({err})"):
        return
    checks.equal(check_workbook.faults(fixed), [], f"{name}: faults")
    if not checks.equal(parts(back), parts(sample), f"{name}: parts, in order, and their bytes"):
        tell_difference(checks, exe, sample, back, name)


def tell_difference(checks, exe, sample, back, name):
    """Parts that are the same bytes hold the same: only what differs is looked into."""
    was, now = cells(sample), cells(back)
    checks.equal({k: (was.get(k), now.get(k)) for k in was.keys() | now.keys()
                  if was.get(k) != now.get(k)}, {}, f"{name}: cells")
    checks.equal(cached(back), cached(sample), f"{name}: cached values")
    checks.equal(findings(exe, back), findings(exe, sample), f"{name}: check")


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return [(name, hashlib.sha256(archive.read(name)).hexdigest()) for name in archive.namelist()]


def second_round(checks, exe, folder, between):
    """Corrected, then corrected again: still the first originals come back."""
    sample = harness.SAMPLES / "aarhus_fremskudt_2013.xlsx"
    name = f"second round, {between.__name__}"
    one, two, back = folder / "en.xlsx", folder / "to.xlsx", folder / "tilbage.xlsx"
    for path in (one, two, back):
        path.unlink(missing_ok=True)
    harness.run(exe, "fix", sample, "-o", one)
    between(one)
    status, _, err = harness.run(exe, "fix", one, "-o", two, "--accept", "all-proposals")
    checks.that(status < 2, f"{name}: {err}")
    told = load_workbook(two)["Rettelser"]
    types = [row[1].value for row in told.iter_rows() if row[1].value]
    checks.that("Rettet tidligere" in types, f"{name}: rows of the first round")
    heads = [row[0].value for row in told.iter_rows(max_row=12)]
    checks.that("Først rettet" in heads, f"{name}: the first file")
    faults = set(check_workbook.faults(two)) - set(check_workbook.faults(one))
    checks.equal(sorted(faults), [], f"{name}: faults")
    checks.equal(harness.run(exe, "revert", two, "-o", back)[0], 0, f"{name}: revert")
    was, now = cached(sample), cached(back)
    checks.equal({k: (was.get(k), now.get(k)) for k in was.keys() | now.keys()
                  if was.get(k) != now.get(k)}, {}, f"{name}: values")
    looks = looks_of(back)
    checks.equal(looks, looks_of(sample), f"{name}: fills and notes")


def looks_of(path):
    """Cells with a fill of ours or a note."""
    found = {}
    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                fill = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
                fill = fill if fill in ("FFC6EFCE", "FFFFEB9C") else None
                if fill or cell.comment:
                    found[sheet.title, cell.coordinate] = (fill, cell.comment and cell.comment.text)
    return found


def nothing(_):
    """The copy is left as it is."""


def saved_by_libreoffice(path):
    folder = path.parent / "lo"
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                    "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir",
                    str(folder), str(path)], check=True, capture_output=True, timeout=120)
    shutil.move(folder / path.name, path)


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
        rich = folder / "rig.xlsm"
        rich.write_bytes(make_rich.rich())
        checks.section(round_trip, checks, exe, rich, folder)
        for between in (nothing, saved_by_libreoffice):
            checks.section(second_round, checks, exe, folder, between)
        checks.section(names_and_refusals, checks, exe, folder)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
