#!/usr/bin/python3
"""`reconcile -o OUT.xlsx`: LibreOffice opens it, its figures are those of the JSON report,
its charts draw them, its links lead back, and what a file says is never a formula."""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

sys.dont_write_bytecode = True

import harness

from openpyxl import Workbook, load_workbook

sys.path.insert(0, str(harness.ROOT / "tests" / "tools"))
import check_workbook

PAYERS = ("municipality", "state", "region", "other")
CPR = "010190-1234"


def reconcile(exe, folder, *arguments, name="samlet.xlsx"):
    status, out, err = harness.run(exe, "reconcile", *arguments, "-o", name, cwd=folder)
    assert status in (0, 1), (status, out, err)
    return folder / name


def through_libreoffice(path):
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
             "xlsx:Calc MS Excel 2007 XML", "--outdir", str(path.parent / "opened"), str(path)],
            check=True, timeout=180, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
    return path.parent / "opened" / path.name


def row_of(page, label, after=1):
    """The row of a label at or below another row."""
    return next(r for r in range(after, page.max_row + 1) if page.cell(r, 1).value == label)


def figures(page, row):
    return [page.cell(row, col).value for col in range(2, 6)]


def shows_the_figures_of_the_report(checks, exe, folder, path):
    _, report = harness.run_json(exe, "reconcile", "aarhus_fremskudt_2013.xlsx", cwd=folder)
    (group,) = report["municipalities"]
    page = load_workbook(path)["Aarhus"]
    at = 1
    for totals, gain in (
        (group["totals"], group["net_gain_per_citizen"]),
        (group["corrected"]["totals"], group["corrected"]["net_gain_per_citizen"]),
    ):
        for label, want in (
            ("faktisk forløb", totals["actual"]),
            ("kontrafaktisk forløb", totals["counterfactual"]),
            ("nettogevinst pr. borger", gain),
        ):
            at = row_of(page, label, at)
            checks.equal(figures(page, at), [want[p] for p in PAYERS], f"{label} in row {at}")
            at += 1
    checks.equal(list(check_workbook.faults(str(path))), [], "what Excel would want to repair")
    gains = load_workbook(path)["Oversigt"]
    checks.equal([round(v) for v in figures(gains, 8)], [84655, -41680, 29345, 0], "table 12")


def charts_draw_cells(checks, path):
    """Every series of a chart names cells that hold numbers."""
    book = load_workbook(path)
    series = 0
    with zipfile.ZipFile(path) as archive:
        charts = [n for n in archive.namelist() if re.match(r"xl/charts/chart\d+\.xml", n)]
        for name in charts:
            for values in ElementTree.fromstring(archive.read(name)).iter():
                if not values.tag.endswith(("}val", "}yVal")):
                    continue
                (reference,) = [e.text for e in values.iter() if e.tag.endswith("}f")]
                sheet, cells = reference.replace("'", "").replace("$", "").rsplit("!", 1)
                found = book[sheet][cells]
                flat = [c.value for row in found for c in row] if isinstance(found, tuple) else [found.value]
                series += 1
                checks.that(all(isinstance(v, (int, float)) for v in flat), f"{name}: {reference}: {flat}")
    checks.equal(len(charts), 4, "charts")
    checks.that(series >= 14, f"series: {series}")


def links_lead_back(checks, path):
    page = load_workbook(path)["Rettelser"]
    links = [page.cell(row, 3).hyperlink for row in range(2, page.max_row + 1)]
    checks.that(len(links) >= 10 and all(links), f"links: {links}")
    source = load_workbook(harness.SAMPLES / "aarhus_fremskudt_2013.xlsx")
    for row, link in enumerate(links, 2):
        target, place = link.target, link.location
        if place is None:
            target, place = target.split("#", 1)
        sheet, cell = place.replace("'", "").rsplit("!", 1)
        checks.equal(Path(target).name, "aarhus_fremskudt_2013.xlsx", f"row {row}: file")
        before = source[sheet][cell].value
        checks.equal(before or None, page.cell(row, 7).value if before else None, f"row {row}: {place}")


def texts_are_harmless(checks, exe, folder):
    book = Workbook()
    page = book.active
    page.title = "=1+1"[1:]
    page.append(["Borger =HYPERLINK(1)"])
    for kind in ("Faktisk forløb", "Kontrafaktisk forløb"):
        page.append([kind, "0-6 mdr", "7-12 mdr"])
        page.append(["=cmd|' /C calc'!A0", 100, 200])
        page.cell(page.max_row, 1).data_type = "s"
        page.append([f"Mentor {CPR}", 100, 200])
        page.append(["Udgift for kommunen", 200, 400])
        page.append(["Udgift i alt", 200, 400])
        page.append([])
    (folder / CPR).mkdir()
    book.save(folder / CPR / "sag.xlsx")
    path = reconcile(exe, folder, CPR, name="farlig.xlsx")
    formulas, texts = 0, 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            body = archive.read(name).decode("utf-8")
            formulas += len(re.findall(r"<f>", body)) if "worksheets/" in name else 0
            checks.that(CPR not in body, f"{name}: a CPR number is shown")
            texts += body.count("cmd|")
    checks.equal(formulas, 0, "formulas")
    checks.that(texts > 0, "the benefit's name is shown as text")


def from_another_folder(checks, exe, folder):
    (folder / "ud" / "her").mkdir(parents=True)
    path = reconcile(exe, folder, "aarhus_fremskudt_2013.xlsx", name="ud/her/samlet.xlsx")
    with zipfile.ZipFile(path) as archive:
        targets = [
            t
            for n in archive.namelist() if "worksheets/_rels" in n
            for t in re.findall(r'Target="([^"]*aarhus[^"]*)"', archive.read(n).decode("utf-8"))
        ]
    checks.that(targets and all(t.replace("\\", "/").replace("file:///", "").startswith("../../aarhus") for t in targets), f"{targets[:2]}")


def main():
    checks = harness.Checks()
    exe = harness.executable()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sample = (harness.SAMPLES / "aarhus_fremskudt_2013.xlsx").read_bytes()
        (folder / "aarhus_fremskudt_2013.xlsx").write_bytes(sample)
        path = reconcile(exe, folder, "aarhus_fremskudt_2013.xlsx")
        checks.section(shows_the_figures_of_the_report, checks, exe, folder, path)
        checks.section(shows_the_figures_of_the_report, checks, exe, folder, through_libreoffice(path))
        checks.section(charts_draw_cells, checks, path)
        checks.section(links_lead_back, checks, path)
        checks.section(texts_are_harmless, checks, exe, folder)
        checks.section(from_another_folder, checks, exe, folder)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
