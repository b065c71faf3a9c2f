#!/usr/bin/python3
"""One cell of a rich workbook is edited: all else comes through, and every reader is content.

test_corpus.py EDIT_CELL [FOLDER]   FOLDER: more workbooks, of other people
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

import warnings

sys.dont_write_bytecode = True
warnings.simplefilter("ignore")  # of what openpyxl does not keep

import harness

sys.path.insert(0, str(harness.ROOT / "tests" / "bench"))
sys.path.insert(0, str(harness.ROOT / "tests" / "tools"))
import check_workbook
import loss
import make_rich


def edit(checks, job, source, folder):
    """(copy, names of the edited sheets and cells); None when there is nothing to edit."""
    try:
        place = loss.first_number(source)
    except Exception as error:
        print(f"NOTE: {source.name}: openpyxl cannot read it: {error}")
        return None
    if not place:
        return None
    out = folder / f"{source.stem}-ud{source.suffix}"
    told = loss.with_ours(job, source, out, *place[:2])
    touched = [t for t in told if not t.startswith("?")]
    parts = loss.sheet_parts(source)
    names = [s.title for s in loss.load_workbook(source).worksheets]
    edited = {(names[int(i)], cell) for i, cell in (t.split("!") for t in touched)}
    places = {cell for _, cell in edited}
    where = {parts[int(t.split("!")[0])] for t in touched}
    checks.equal(loss.unlike(source, out, where, places), [], f"{source.name}: other parts changed")
    lost = loss.Loss(loss.parts(source), out).lost
    checks.equal(lost, {}, f"{source.name}: lost")
    faults = set(check_workbook.faults(out)) - set(check_workbook.faults(source))
    checks.equal(sorted(faults), [], f"{source.name}: faults that the input has not")
    cached = loss.changed_values(source, out, edited)
    checks.equal(cached, {}, f"{source.name}: cached values of other cells")
    unknown = {(names[int(i)], cell) for i, cell in (t[1:].split("!") for t in told if t[0] == "?")}
    return out, edited | unknown | restless(source, names, parts)


def restless(source, names, parts):
    """Cells whose value changes by itself when a program opens the workbook."""
    found = set()
    package = check_workbook.Package(source)
    book = loss.load_workbook(source)
    for name, part in zip(names, parts):
        pivot = any(kind == "pivotTable" for kind, _ in package.relations(part).values())
        for row in book[name].iter_rows():
            found |= {(name, c.coordinate) for c in row
                      if pivot or re.search(r"\b(RAND|NOW|TODAY)", str(c.value))}
    return found


def reopen(checks, pairs, folder):
    if not shutil.which("soffice"):
        print("NOTE: LibreOffice (soffice) is not installed")
        return
    before, after = folder / "before", folder / "after"
    was = loss.through_libreoffice([source for source, _, _ in pairs], before)
    now = loss.through_libreoffice([out for _, out, _ in pairs], after)
    for source, out, edited in pairs:
        if not was[source].exists():
            print(f"NOTE: {source.name}: LibreOffice does not open the input")
            continue
        if checks.that(now[out].exists(), f"{source.name}: LibreOffice does not open the copy"):
            changed = loss.changed_values(was[source], now[out], edited)
            checks.equal(changed, {}, f"{source.name}: values in LibreOffice")


def main():
    checks = harness.Checks()
    job = loss.Job(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        sources = [folder / "rig.xlsm"]
        sources[0].write_bytes(make_rich.rich())
        more = sorted(Path(sys.argv[2]).rglob("*.xls[xm]")) if len(sys.argv) > 2 else []
        more += sorted((harness.ROOT / "tests" / "data" / "gallery").glob("*.xlsx"))
        for path in more:
            copy = folder / f"{len(sources)}-{path.name}"
            shutil.copy(path, copy)
            sources.append(copy)
        pairs = []
        for source in sources:
            found = edit(checks, job, source, folder)
            if found:
                pairs.append((source, *found))
        checks.that(len(pairs) >= 2, "workbooks edited")
        reopen(checks, pairs, folder)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
