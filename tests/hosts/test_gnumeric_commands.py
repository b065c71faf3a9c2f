#!/usr/bin/python3
"""The menu's commands in Gnumeric: test_gnumeric_commands.py BUILD_FOLDER KONTRAFAKT."""

import shutil
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import openpyxl

import command_checks
import harness
import hosts


class Session:
    def __init__(self, build, folder):
        self.build = build / "plugin" / "gnumeric"
        self.program = hosts.Gnumeric(build, folder)
        self.folder = folder
        self.report = folder / "report.json"

    def run(self, source, target, *commands):
        self.program.run(
            self.build / "gnumeric_session",
            self.build / "kontrafakt.so",
            source,
            target,
            *commands,
            KONTRAFAKT_JSON=str(self.report),
        )
        return openpyxl.load_workbook(target)


def fills(book):
    """Filled cells of the user's own sheets; Gnumeric writes no fill as white, too."""
    return [
        (sheet.title, cell.coordinate, cell.fill.fgColor.rgb)
        for sheet in book.worksheets
        if not sheet.title.startswith(("Kontrol", "Rettelser"))
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type and cell.fill.fgColor.rgb != "FFFFFFFF"
    ]


def notes(book):
    return [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.comment]


def one_workbook(checks, session, exe, path):
    name = path.name
    copy = session.folder / name
    shutil.copy(path, copy)
    out = session.folder / f"out-{name}"
    before = session.run(copy, out, "om")
    checked = session.run(copy, out, "kontroller")
    report = session.report.read_text(encoding="utf-8")
    command_checks.same_report(checks, "gnumeric", exe, path, report)
    checks.equal(checked.sheetnames, before.sheetnames + ["Kontrol"], f"{name}: sheets")
    twice = session.run(copy, out, "kontroller", "kontroller")
    checks.equal(
        [[c.value for c in row] for row in twice["Kontrol"].iter_rows()],
        [[c.value for c in row] for row in checked["Kontrol"].iter_rows()],
        f"{name}: a second check",
    )
    checks.equal(fills(twice), fills(checked), f"{name}: fills of a second check")
    cleared = session.run(copy, out, "kontroller", "fjern")
    changed = set(fills(cleared)) ^ set(fills(before))
    checks.equal(sorted(changed), [], f"{name}: fills after taking marks away")
    checks.equal(notes(cleared), [], f"{name}: notes after taking marks away")
    fixed = session.folder / f"fixed-{name}"
    # Gnumeric writes more digits than other programs have: 0.400000000000000000005.
    session.run(copy, fixed, "kontroller", "ret").save(fixed)
    command_checks.same_corrections(checks, "gnumeric", exe, path, fixed, session.folder)


def main():
    build, exe = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as scratch:
        session = Session(build, Path(scratch))
        for path in command_checks.WORKBOOKS:
            checks.section(one_workbook, checks, session, exe, path)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
