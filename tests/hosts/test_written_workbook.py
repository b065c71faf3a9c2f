#!/usr/bin/python3
"""What fix writes is the input but for what its report names.

Each workbook sample is put through `fix`, and its copy is read back by
openpyxl, by LibreOffice and as a plain zip file.
"""

import csv
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

sys.dont_write_bytecode = True

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

import harness

sys.path.insert(0, str(harness.ROOT / "tests" / "tools"))
import check_workbook
import make_rich

# Parts that a new sheet, marks and notes have to touch; all others come through as they are.
MAY_CHANGE = re.compile(
    r"\[Content_Types\]\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|xl/calcChain\.xml|docProps/app\.xml|xl/worksheets/_rels/[^/]+\.rels"
)
READ_PEERS = harness.ROOT / "tests" / "tools" / "gallery" / "read_peers.js"
CELL = re.compile(rb'<c [^>]*?r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>.*?</c>)', re.S)


class Written:
    """One sample, its corrected copy and what the report says of it."""

    def __init__(self, checks, exe, sample, folder):
        self.checks = checks
        self.exe = exe
        self.name = sample.name
        self.folder = folder
        self.input = folder / sample.name
        shutil.copy(sample, self.input)
        self.output = folder / f"{sample.stem}-rettet{sample.suffix}"
        self.status, self.report = harness.run_json(exe, "fix", self.input)
        self.changes = {(c["sheet"], c["cell"]): c for c in self.report["changes"]}

    def that(self, holds, message):
        return self.checks.that(holds, f"{self.name}: {message}")

    def equal(self, got, want, message):
        return self.checks.equal(got, want, f"{self.name}: {message}")


def as_amount(value):
    """A number, whatever it is stored as, in whole øre; else the value itself."""
    if isinstance(value, bool) or value is None:
        return value
    try:
        return Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return value


def cells_of(path, **options):
    """{sheet: {cell: value}} of a workbook, empty cells left out."""
    book = load_workbook(path, **options)
    return {
        sheet.title: {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}
        for sheet in book.worksheets
    }


def no_copy_when_nothing_to_do(written):
    """A sample without findings to correct or decide is not copied."""
    if written.report["changes"]:
        return written.that(written.output.exists(), "changes, but no copy")
    proposals = [f for f in written.report["findings"] if f["action"] != "none"]
    written.equal(written.output.exists(), bool(proposals), "a copy was written")
    return None


def exit_status(written):
    """0 when nothing is left open, 1 when a person must decide."""
    left_open = [
        f
        for f in written.report["findings"]
        if f["severity"] != "info" and f["root"] is None and f["action"] != "correct"
    ]
    written.equal(written.status, 1 if left_open else 0, "exit status")


def hashes(written):
    """The report names the files by hash."""
    for side, path in (("input", written.input), ("output", written.output)):
        done = subprocess.run(["sha256sum", str(path)], capture_output=True, text=True, check=True)
        written.equal(written.report[side]["sha256"], done.stdout.split()[0], f"{side} hash")


def read_by_openpyxl(written):
    """Formulas and typed cells: the same, but for the changes."""
    before, after = cells_of(written.input), cells_of(written.output)
    new = [name for name in after if name not in before]
    written.equal(new, ["Rettelser"], "new sheets")
    written.equal([n for n in after if n in before], list(before), "sheets, in order")
    for sheet, cells in before.items():
        for place in sorted(cells.keys() | after[sheet].keys()):
            check_cell(written, sheet, place, cells.get(place), after[sheet].get(place))


def check_cell(written, sheet, place, before, after):
    change = written.changes.get((sheet, place))
    if change is None:
        return written.equal(after, before, f"{sheet}!{place}")
    if isinstance(before, str) and before.startswith("="):
        return written.that(str(after).startswith("="), f"{sheet}!{place}: a formula stays one")
    written.that(as_amount(before) != as_amount(after), f"{sheet}!{place}: changed to what it was")
    return written.equal(as_amount(after), as_amount(change["after"]), f"{sheet}!{place}")


def convert(paths, kind, folder):
    """Have LibreOffice write the files as kind into folder: one start for all of them."""
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder.parent}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            *map(str, paths),
        ],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=240,
    )


# Comma, quotes, UTF-8, from row 1, values not as shown, formulas not, every sheet a file.
CSV_FILTER = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"


def read_by_libreoffice(written, folder):
    """Values that LibreOffice shows are those in the file, the corrected ones corrected."""
    cached = cells_of(written.output, data_only=True)
    shown = cells_of(folder / written.output.name, data_only=True)
    written.equal(list(shown), list(cached), "LibreOffice: sheets")
    for sheet in cached:
        for place in sorted(cached[sheet].keys() | shown.get(sheet, {}).keys()):
            want, got = cached[sheet].get(place), shown[sheet].get(place)
            written.equal(as_amount(got), as_amount(want), f"LibreOffice: {sheet}!{place}")
    for (sheet, place), change in written.changes.items():
        got = as_amount(shown[sheet].get(place))
        written.equal(got, as_amount(change["after"]), f"LibreOffice: {sheet}!{place}")


def read_as_csv(written, folder):
    """The same by way of csv, one file a sheet."""
    for sheet, cells in cells_of(written.output, data_only=True).items():
        path = folder / f"{written.output.stem}-{sheet}.csv"
        if not written.that(path.exists(), f"csv of {sheet}"):
            continue
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for place, value in cells.items():
            if isinstance(value, (int, float)):
                got = csv_cell(rows, place)
                written.equal(as_amount(got), as_amount(value), f"csv: {sheet}!{place}")


def csv_cell(rows, place):
    letters = place.rstrip("0123456789")
    row = int(place[len(letters) :]) - 1
    col = next(i for i in range(1, 200) if get_column_letter(i) == letters) - 1
    return rows[row][col] if row < len(rows) and col < len(rows[row]) else None


def raw_entries(path):
    """{part: (method, crc, compressed bytes)}, in the order of the file."""
    data = path.read_bytes()
    entries = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            at = info.header_offset
            name_len, extra_len = struct.unpack_from("<HH", data, at + 26)
            start = at + 30 + name_len + extra_len
            packed = data[start : start + info.compress_size]
            entries[info.filename] = (info.compress_type, info.CRC, packed)
    return entries


def sheet_parts(path):
    """{sheet name: part}, from the workbook's own relations."""
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode("utf-8")
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")
    targets = {}
    for tag in re.findall(r"<Relationship [^>]*>", relations):
        target = re.search(r'Target="([^"]*)"', tag).group(1)
        targets[re.search(r'Id="([^"]*)"', tag).group(1)] = target
    parts = {}
    for tag in re.findall(r"<sheet [^>]*>", book):
        name = re.search(r'name="([^"]*)"', tag).group(1)
        target = targets[re.search(r'r:id="([^"]*)"', tag).group(1)]
        parts[name] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def untouched_parts(written):
    """Parts that did not change keep their compressed bytes and their order."""
    before, after = raw_entries(written.input), raw_entries(written.output)
    written.equal([n for n in before if n not in after], [], "parts lost")
    written.equal([n for n in after if n in before], list(before), "parts, in order")
    touched = {sheet_parts(written.input).get(sheet) for sheet in touched_sheets(written)}
    for name, entry in before.items():
        if not MAY_CHANGE.fullmatch(name) and name not in touched:
            written.that(after.get(name) == entry, f"{name}: not its own compressed bytes")


def touched_sheets(written):
    """Sheets with a changed or marked cell."""
    marked = [f["sheet"] for f in written.report["findings"] if f["action"] != "none"]
    others = [
        a["sheet"] for f in written.report["findings"] for a in f.get("alternatives") or []
    ]
    return {sheet for sheet, _ in written.changes} | set(marked) | set(others)


def only_edited_bytes(written):
    """In a changed sheet the bytes outside the edited and marked cells are as they were."""
    edited = {}
    for finding in written.report["findings"]:
        places = [finding, *(finding.get("alternatives") or [])]
        for place in places if finding["action"] != "none" else []:
            edited.setdefault(place["sheet"], set()).add(place["cell"])
    for sheet, cell in written.changes:
        edited.setdefault(sheet, set()).add(cell)
    parts = sheet_parts(written.input)
    with zipfile.ZipFile(written.input) as old, zipfile.ZipFile(written.output) as new:
        for sheet, places in edited.items():
            before = without_cells(old.read(parts[sheet]), places)
            after = without_cells(new.read(parts[sheet]), places)
            written.that(before == after, f"{sheet}: more bytes changed than those of its cells")


def without_cells(xml, places):
    """A sheet without the cells at places, the hook for notes and the root tag."""
    xml = re.sub(rb"<legacyDrawing [^>]*/>", b"", xml)
    xml = re.sub(rb"<worksheet [^>]*>", b"<worksheet>", xml)
    return CELL.sub(lambda m: b"" if m.group(1).decode() in places else m.group(0), xml)


def nothing_to_repair(written):
    """Nothing that Excel would mend, but for what the input had already."""
    found = set(check_workbook.faults(written.output)) - set(check_workbook.faults(written.input))
    written.equal(sorted(found), [], "faults")


def tells_its_parts(written):
    """The report names every part that is not the input's own."""
    told = written.report["output"]["parts"]
    before, after = raw_entries(written.input), raw_entries(written.output)
    changed = sorted(n for n in before if n in after and before[n][1] != after[n][1])
    written.equal(sorted(told["changed"]), changed, "changed parts")
    written.equal(sorted(told["added"]), sorted(set(after) - set(before)), "added parts")
    written.equal(sorted(told["removed"]), sorted(set(before) - set(after)), "removed parts")
    written.equal(told["same"], len(before) - len(changed), "parts that are the same")


def calculates_anew(written):
    """A workbook with changed figures is marked to be calculated on load."""
    if written.changes:
        with zipfile.ZipFile(written.output) as archive:
            book = archive.read("xl/workbook.xml")
        written.that(b"fullCalcOnLoad=" in book, "not marked to recalculate")


def nothing_changes_twice(written):
    """fix on its own output corrects nothing, and leaves the figures alone."""
    again = written.folder / "again"
    again.mkdir()
    copy = again / written.output.name
    shutil.copy(written.output, copy)
    status, report = harness.run_json(written.exe, "fix", copy)
    written.equal(report["changes"], [], "second run: changes")
    written.equal(status, written.status, "second run: exit status")
    second = again / f"{copy.stem}-rettet{copy.suffix}"
    if second.exists():
        written.that(second.read_bytes() == copy.read_bytes(), "second run: other bytes")


def same_bytes_twice(written):
    """The same input gives the same bytes, in another folder, zone and locale, of another date."""
    folder = written.folder / "twice"
    folder.mkdir()
    copy = folder / written.input.name
    shutil.copy(written.input, copy)
    os.utime(copy, (0, 0))
    environment = {"PATH": "/usr/bin:/bin", "TZ": "Asia/Tokyo", "LC_ALL": "da_DK.UTF-8",
                   "HOME": str(folder), "SOURCE_DATE_EPOCH": "1"}
    subprocess.run([str(Path(written.exe).resolve()), "fix", "--lang", "da", copy.name], cwd=folder,
                   env=environment, capture_output=True, timeout=120)
    output = folder / written.output.name
    if written.that(output.exists(), "second copy"):
        written.that(output.read_bytes() == written.output.read_bytes(), "other bytes in a second run")


def check_sample(checks, exe, sample, folder):
    """The copy of a sample, looked at; None when none was written."""
    folder.mkdir()
    written = Written(checks, exe, sample, folder)
    written.that(written.input.read_bytes() == sample.read_bytes(), "the input was touched")
    for work in (no_copy_when_nothing_to_do, exit_status):
        checks.section(work, written)
    if not written.output.exists():
        return None
    for work in (hashes, read_by_openpyxl, untouched_parts, only_edited_bytes, calculates_anew,
                 nothing_to_repair, tells_its_parts, nothing_changes_twice, same_bytes_twice):
        checks.section(work, written)
    return written


def signed_workbook(checks, exe, folder):
    """A signature does not hold for a changed copy: only with --force, and then it is said."""
    path, out = folder / "underskrevet.xlsm", folder / "ud.xlsm"
    path.write_bytes(make_rich.rich(signed=True))
    status, _, err = harness.run(exe, "fix", path, "-o", out)
    checks.equal((status, out.exists()), (2, False), "signed workbook")
    checks.that("underskrevet" in err, f"signed workbook: {err}")
    text = harness.run(exe, "fix", path, "-o", out, "--force", "--lang", "da")[1]
    checks.that("underskrift gælder ikke" in text, f"signed workbook, --force: {text}")
    told = harness.run_json(exe, "fix", path, "-o", out, "--force")[1]
    checks.equal(told["output"].get("voids_signature"), True, "signed workbook, JSON")


def through_libreoffice(checks, copies, folder):
    for kind, work in (("xlsx:Calc MS Excel 2007 XML", read_by_libreoffice), (CSV_FILTER, read_as_csv)):
        out = folder / work.__name__
        convert([w.output for w in copies], kind, out)
        for written in copies:
            checks.section(work, written, out)


def primitives(cells):
    """Numbers in øre and texts; dates and what is empty left out."""
    return {k: as_amount(v) for k, v in cells.items() if isinstance(v, (int, float, str)) and v != ""}


def read_by_node(checks, copies, modules):
    """exceljs and SheetJS open every copy, and read the cells and notes that openpyxl reads."""
    by_name = {str(w.output): w for w in copies}
    done = subprocess.run(["node", READ_PEERS, *by_name], capture_output=True, text=True, timeout=240,
                          env=os.environ | {"NODE_PATH": str(modules)})
    checks.equal((done.returncode, done.stderr), (0, ""), "exceljs and SheetJS")
    for line in done.stdout.splitlines():
        told = json.loads(line)
        written = by_name[told["file"]]
        cached = cells_of(written.output, data_only=True)
        for sheet, cells in cached.items():
            want, got = primitives(cells), primitives(told["sheets"].get(sheet, {}))
            written.equal({k: (got.get(k), v) for k, v in want.items() if got.get(k) != v}, {},
                          f"{told['tool']}: {sheet}")
        notes = {s.title: sorted(c.coordinate for r in s.iter_rows() for c in r if c.comment)
                 for s in load_workbook(written.output).worksheets}
        written.equal({n: sorted(c) for n, c in told["notes"].items()}, notes, f"{told['tool']}: notes")
    checks.equal(len(done.stdout.splitlines()), 2 * len(copies), "workbooks read by both")


def main():
    exe = harness.executable()
    has_libreoffice = shutil.which("soffice") is not None
    checks = harness.Checks()
    if not has_libreoffice:
        print("NOTE: LibreOffice (soffice) is not installed; what it reads was not compared")
        if os.environ.get("CI") == "true":
            checks.that(False, "in CI LibreOffice must be there")
    with tempfile.TemporaryDirectory() as scratch:
        copies = []
        for sample in sorted(harness.SAMPLES.glob("*.xlsx")):
            if sample.name != "uden_sagstabel.xlsx":
                copies.append(check_sample(checks, exe, sample, Path(scratch) / sample.stem))
        checks.section(signed_workbook, checks, exe, Path(scratch))
        modules = harness.modules_folder()
        if checks.that(modules or not os.environ.get("CI"), "exceljs and SheetJS are missing") and modules:
            checks.section(read_by_node, checks, [w for w in copies if w], modules)
        if has_libreoffice:
            through_libreoffice(checks, [w for w in copies if w], Path(scratch))
    status = checks.status()
    return status if status or has_libreoffice else harness.SKIPPED


if __name__ == "__main__":
    sys.exit(main())
