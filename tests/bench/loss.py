#!/usr/bin/python3
"""What one edited cell costs a workbook, by tool: loss.py EDIT_CELL FILE... [--peers NODE_MODULES]

Each tool opens the workbook, puts one number into one cell and saves. Counted are the parts
that are the same bytes as before, those that are lost, and what the workbook has no more.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

from openpyxl import load_workbook

import check_workbook

HERE = Path(__file__).resolve().parent

# What a workbook may have, and the bytes that tell of it in any of its parts.
FEATURES = {
    "charts": rb"<c:chartSpace|<chartSpace",
    "chart sheets": rb"<chartsheet[ >]",
    "pictures": rb"^\x89PNG|^\xff\xd8\xff",
    "text boxes": rb"<xdr:sp[ >]",
    "macros": rb"^\xd0\xcf\x11\xe0",
    "pivot tables": rb"<pivotTableDefinition",
    "sparklines": rb"sparklineGroup ",
    "conditional formats": rb"<conditionalFormatting",
    "data bars, extended": rb"x14:dataBar",
    "validations": rb"<dataValidation ",
    "tables": rb"<table ",
    "defined names": rb"<definedName ",
    "notes": rb"<comment ",
    "threaded comments": rb"<threadedComment ",
    "hyperlinks": rb"<hyperlink ",
    "protection": rb"<sheetProtection",
    "external links": rb"<externalBook",
    "custom XML": rb"urn:esdh",
    "printer settings": rb"^\x00\x01\x02\x03",
    "rich text": rb"<r><rPr>|<r>\s*<rPr>",
    "array formulas": rb"t=\"array\"",
    "cached values": rb"</f><v>[^<]|<f>[^<]*</f><v>[^<]",
}


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def features(content):
    """{feature: how often}, parts that are empty of it left out."""
    found = {}
    for feature, pattern in FEATURES.items():
        count = sum(len(re.findall(pattern, data)) for data in content.values())
        if count:
            found[feature] = count
    return found


def first_number(path):
    """(sheet, cell, value) of the first typed number; None when there is none."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if type(cell.value) in (int, float):
                    return sheet.title, cell.coordinate, cell.value
    return None


# ---- the tools -------------------------------------------------------------------


def with_ours(job, source, out, sheet, cell):
    done = subprocess.run([job.edit_cell, source, out, sheet, cell, "4711"], check=True,
                          capture_output=True, text=True)
    return done.stdout.split()


def with_openpyxl(_, source, out, sheet, cell):
    book = load_workbook(source, keep_vba=source.suffix == ".xlsm")
    book[sheet][cell] = 4711
    book.save(out)


def with_node(script):
    def edit(job, source, out, sheet, cell):
        subprocess.run(["node", str(HERE / script), source, out, sheet, cell], check=True,
                       capture_output=True, env={"NODE_PATH": str(job.peers), "PATH": "/usr/bin:/bin"},
                       timeout=120)
    return edit


TOOLS = {
    "Kontrafakt": with_ours,
    "openpyxl": with_openpyxl,
    "exceljs": with_node("edit_exceljs.js"),
    "SheetJS": with_node("edit_sheetjs.js"),
}


class Job:
    def __init__(self, edit_cell, peers=None):
        self.edit_cell = str(edit_cell)
        self.peers = peers

    def tools(self):
        return [t for t in TOOLS if self.peers or t in ("Kontrafakt", "openpyxl")]


class Loss:
    """What a tool did to one workbook."""

    def __init__(self, before, path):
        after = parts(path)
        self.same = sum(after.get(name) == data for name, data in before.items())
        self.all = len(before)
        self.gone = sorted(set(before) - set(after))
        had, has = features(before), features(after)
        self.lost = {f: (n, has.get(f, 0)) for f, n in had.items() if has.get(f, 0) < n}


# ---- our own promise -------------------------------------------------------------

MAY_CHANGE = re.compile(r"\[Content_Types\]\.xml|.*workbook\.xml|.*styles\.xml|.*\.rels|.*calcChain\.xml"
                        r"|.*comments[^/]*\.xml|.*\.vml", re.I)


def without_edits(xml, places):
    """A sheet without the cells at places, and without what hangs a note on it."""
    root = ElementTree.fromstring(xml)
    cells = []
    for element in root.iter():
        for child in list(element):
            kind = check_workbook.local(child)
            if kind == "legacyDrawing" or (kind == "c" and child.get("r") in places):
                element.remove(child)
            elif kind == "dimension":
                child.set("ref", "")
        cells.append((element.tag, dict(element.attrib), element.text, element.tail))
    return cells


def unlike(source, out, part, places):
    """Names of parts that changed and should not have."""
    before, after = parts(source), parts(out)
    found = [n for n, d in before.items() if n not in after]
    for name, data in before.items():
        if after.get(name) == data or MAY_CHANGE.fullmatch(name):
            continue
        if name not in part or without_edits(data, places) != without_edits(after[name], places):
            found.append(name)
    return found


def sheet_parts(path):
    """The worksheet parts in the order of the tabs."""
    package = check_workbook.Package(path)
    book = next(t for k, t in package.relations("").values() if k == "officeDocument")
    known = package.relations(book)
    found = []
    for tab in (e for e in package.tree(book).iter() if check_workbook.local(e) == "sheet"):
        key = next(v for k, v in tab.attrib.items() if k.endswith("}id"))
        if known[key][0] == "worksheet":
            found.append(known[key][1])
    return found


def values(path):
    book = load_workbook(path, data_only=True)
    return {(s.title, c.coordinate): c.value for s in book.worksheets for row in s.iter_rows()
            for c in row if c.value is not None}


def through_libreoffice(paths, folder):
    """Each workbook as LibreOffice reads and writes it; {path: new path}."""
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                    "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir",
                    str(folder), *map(str, paths)], check=True, stdin=subprocess.DEVNULL,
                   capture_output=True, timeout=600)
    return {path: folder / f"{path.stem}.xlsx" for path in paths}


def as_number(value):
    return round(value, 6) if isinstance(value, float) else value


def changed_values(before, after, edited):
    """Cells whose value differs, those edited left out."""
    was, now = values(before), values(after)
    return {k: (was.get(k), now.get(k)) for k in was.keys() | now.keys()
            if k not in edited and as_number(was.get(k)) != as_number(now.get(k))}


# ---- the table -------------------------------------------------------------------


def measure(job, source, folder):
    """{tool: Loss or a text that says why not}"""
    place = first_number(source)
    before = parts(source)
    found = {}
    for tool in job.tools():
        out = folder / f"{tool}{source.suffix}"
        try:
            TOOLS[tool](job, source, out, *place[:2])
            found[tool] = Loss(before, out)
        except subprocess.SubprocessError as error:
            found[tool] = f"fails ({type(error).__name__})"
        except Exception as error:
            found[tool] = f"fails ({type(error).__name__}: {str(error)[:60]})"
    return found


def show(name, found):
    print(f"\n{name}")
    for tool, loss in found.items():
        if isinstance(loss, str):
            print(f"  {tool:11} {loss}")
            continue
        lost = ", ".join(f"{f} ({had} -> {has})" for f, (had, has) in loss.lost.items())
        print(f"  {tool:11} {loss.same:3} of {loss.all} parts the same, {len(loss.gone)} gone; "
              f"lost: {lost or 'nothing'}")


def show_sums(sums):
    print("\nAll workbooks")
    for tool, (same, total, files, whole, failed) in sums.items():
        print(f"  {tool:11} {same} of {total} parts the same; nothing lost in {whole} of {files} "
              f"workbooks; {failed} could not be saved")


def main():
    arguments = sys.argv[1:]
    peers = None
    if "--peers" in arguments:
        at = arguments.index("--peers")
        peers = Path(arguments[at + 1]).resolve()
        del arguments[at : at + 2]
    job = Job(Path(arguments[0]).resolve(), peers)
    sums = {tool: [0, 0, 0, 0, 0] for tool in job.tools()}
    for source in map(Path, arguments[1:]):
        try:
            if not first_number(source):
                continue
        except Exception as error:
            print(f"\n{source.name}: openpyxl cannot read it ({error})")
            continue
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / f"in{source.suffix}"
            shutil.copy(source, copy)
            found = measure(job, copy, Path(folder))
        show(source.name, found)
        for tool, loss in found.items():
            sums[tool][2] += 1
            if isinstance(loss, str):
                sums[tool][4] += 1
                continue
            sums[tool][0] += loss.same
            sums[tool][1] += loss.all
            sums[tool][3] += not loss.lost and not loss.gone
    show_sums(sums)


if __name__ == "__main__":
    main()
