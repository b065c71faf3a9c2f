#!/usr/bin/python3
"""The menu's commands in LibreOffice: test_calc_commands.py BUILD_FOLDER KONTRAFAKT."""

import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import calc_session
import command_checks
import harness

SHEET = "Kontrol"


def fills(document):
    """Every filled cell of the user's own sheets."""
    return sorted(
        (sheet.Name, row, col, run.CellBackColor)
        for sheet in document.Sheets
        if not sheet.Name.startswith(("Kontrol", "Rettelser"))
        for run in sheet.getCellRangeByPosition(0, 0, 99, 999).CellFormatRanges
        if run.CellBackColor != -1
        for row in range(run.RangeAddress.StartRow, run.RangeAddress.EndRow + 1)
        for col in range(run.RangeAddress.StartColumn, run.RangeAddress.EndColumn + 1)
    )


def texts(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(True)
    return cursor.DataArray


def alignment_of(sheet, text):
    """How the cells that hold text are aligned, sideways."""
    search = sheet.createSearchDescriptor()
    search.SearchString = text
    search.SearchWords = True
    found = sheet.findAll(search)
    return {found.getByIndex(i).HoriJustify.value for i in range(found.Count)} if found else set()


def one_workbook(checks, session, exe, path, folder):
    name = path.name
    document = session.open(path)
    before, sheets = fills(document), document.Sheets.Count
    session.command(document, "kontroller")
    report = (folder / "report.json").read_text(encoding="utf-8")
    command_checks.same_report(checks, "libreoffice", exe, path, report)
    checks.equal(document.Sheets.Count, sheets + 1, f"{name}: sheets after a check")
    first = texts(document.Sheets.getByName(SHEET))
    session.command(document, "kontroller")
    checks.equal(document.Sheets.Count, sheets + 1, f"{name}: sheets after a second check")
    checks.equal(texts(document.Sheets.getByName(SHEET)), first, f"{name}: a second check")
    session.command(document, "fjern")
    checks.equal(document.Sheets.Count, sheets, f"{name}: sheets after taking marks away")
    checks.equal(fills(document), before, f"{name}: fills after taking marks away")
    checks.equal(sum(s.Annotations.Count for s in document.Sheets), 0, f"{name}: notes left")
    session.command(document, "ret")
    rettelser = next((s for s in document.Sheets if s.Name.startswith("Rettelser")), None)
    if rettelser:
        checks.equal(alignment_of(rettelser, "Forskel"), {"RIGHT"}, f"{name}: a heading above figures")
    session.save(document, folder / f"fixed-{name}")
    command_checks.same_corrections(
        checks, "libreoffice", exe, path, folder / f"fixed-{name}", folder
    )
    session.command(document, "fjern")
    checks.equal(fills(document), before, f"{name}: fills after correcting and taking marks away")
    document.close(True)


def undone_at_once(checks, session, path):
    document = session.open(path)
    before = [texts(sheet) for sheet in document.Sheets]
    session.command(document, "ret")
    checks.that([texts(s) for s in document.Sheets] != before, "ret changed nothing")
    document.UndoManager.undo()
    after = [texts(sheet) for sheet in document.Sheets]
    checks.equal(len(after), len(before), "sheets after undo")
    for one, other in zip(before, after):
        checks.that(one == other, f"after undo: {[r for r in zip(one, other) if r[0] != r[1]]}")
    document.close(True)


def main():
    build, exe = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        session = calc_session.Session(
            build, folder, KONTRAFAKT_JSON=str(folder / "report.json")
        )
        try:
            for path in command_checks.WORKBOOKS:
                checks.section(one_workbook, checks, session, exe, path, folder)
            checks.section(undone_at_once, checks, session, command_checks.WORKBOOKS[0])
        finally:
            session.close()
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
