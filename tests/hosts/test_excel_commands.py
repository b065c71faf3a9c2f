#!/usr/bin/python3
"""The macros of the add-in for Excel, in the stand-in under Wine: test_excel_commands.py BUILD_FOLDER KONTRAFAKT.

KONTRAFAKT is the command line to compare with: the program for Linux, or that for Windows."""

import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import openpyxl

import command_checks
import harness
import hosts

CHECK, FIX, CLEAR, ABOUT = (
    "Kontrafakt.Kontrollér",
    "Kontrafakt.Ret",
    "Kontrafakt.Fjern_markeringer",
    "Kontrafakt.Om_Kontrafakt",
)
AARHUS = harness.SAMPLES / "aarhus_fremskudt_2013.xlsx"
FORMULA = harness.ROOT / "tests" / "findings" / "formula-range" / "bog.xlsx"
GREEN, YELLOW = "35", "36"
ESCAPES = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}


def sheet_lines(sheet, values):
    yield f"sheet\t{sheet.title}"
    if sheet.sheet_state != "visible":
        yield "hidden\t1"
    if sheet.protection.sheet:
        yield "protected\t1"
    yield from (f"row\t{n - 1}" for n, row in sheet.row_dimensions.items() if row.hidden)
    for letter, column in sheet.column_dimensions.items():
        if column.hidden:
            yield f"col\t{openpyxl.utils.column_index_from_string(letter) - 1}"
    for merged in sheet.merged_cells.ranges:
        yield f"merge\t{merged.min_row - 1}\t{merged.min_col - 1}\t{merged.max_row - 1}\t{merged.max_col - 1}"
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        formula = cell.value if cell.data_type == "f" else None
        value = values[cell.coordinate].value if formula else cell.value
        note = cell.comment.text.replace("\n", " ") if cell.comment else ""
        filled = 1 if cell.fill.fill_type else 0
        if cell.value is None and not filled:
            continue
        value = value.replace("\n", " ") if isinstance(value, str) else value
        yield "\t".join([
            "cell", str(cell.row - 1), str(cell.column - 1), hosts.excel_value(value),
            formula[1:] if formula else "", cell.number_format, str(filled), note,
        ])


def book_lines(path):
    values = openpyxl.load_workbook(path, data_only=True)
    book = openpyxl.load_workbook(path)
    yield f"book\t{path.name}"
    for sheet in book.worksheets:
        yield from sheet_lines(sheet, values[sheet.title])


class Script:
    """What the stand-in is to do, part by part, and then what came of each."""

    def __init__(self, build, folder):
        self.build, self.folder = build, folder
        self.lines, self.checks, self.output = [], {}, {}

    def part(self, title, *lines, then):
        """Work through lines with a new workbook; then() is told what was said and done."""
        report = "Z:" + str(self.folder / f"{title}.json").replace("/", "\\")
        self.lines += [f"part\t{title}", f"report\t{report}", *lines, "forget\t1"]
        self.checks[title] = then

    def run(self):
        excel = self.build / "plugin" / "excel"
        output = hosts.wine(
            self.build, excel / "excel_host.exe", excel / "kontrafakt64.xll",
            input=("\n".join(self.lines) + "\n").encode(), KONTRAFAKT_LANG="da",
        )
        for line in output.replace("\r", "").splitlines():
            what, _, title = line.partition("\t")
            if what == "part":
                lines = self.output[title] = []
            else:
                lines.append(line)
        return lines[-1]

    def json(self, title):
        return (self.folder / f"{title}.json").read_text(encoding="utf-8")


def commands(*macros):
    return [line for macro in macros for line in (f"command\t{macro}", "dump\t1")]


def unescape(text):
    for short, long in ESCAPES.items():
        text = text.replace(short, long)
    return text


def states(output):
    """[(what was said, {sheet: {(row, col): (value, formula, format, pattern, fill, note)}})]"""
    said, sheets, found = [], {}, []
    for line in output:
        what, _, rest = line.partition("\t")
        if what == "sheet":
            cells = sheets[rest] = {}
        elif what == "cell":
            row, col, *fields = rest.split("\t")
            cells[int(row), int(col)] = tuple(map(unescape, fields))
        elif what == "end":
            found.append((said, sheets))
            said, sheets = [], {}
        else:
            said.append(line)
    return found


def cell_value(value):
    kind, _, text = value.partition(":")
    return {"n": float, "b": lambda t: t == "1", "s": str}.get(kind, lambda t: None)(text)


def save(sheets, path):
    """The state of the stand-in's workbook as a file."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for (row, col), (value, formula, number_format, *_) in cells.items():
            cell = sheet.cell(row + 1, col + 1)
            cell.value = cell_value(value)
            if formula:
                cell.value = "=" + formula
            elif isinstance(cell.value, str):
                cell.data_type = "s"
            cell.number_format = number_format or "General"
    book.save(path)


def marks(sheets):
    return {
        (name, place): cell[3:]
        for name, cells in sheets.items()
        if not name.startswith(("Kontrol", "Rettelser"))
        for place, cell in cells.items()
        if cell[3] != "0" or cell[5]
    }


def one_workbook(checks, script, exe, path):
    name = path.name

    def compare(before, first, twice, cleared, fixed, last, _):
        command_checks.same_report(checks, "excel", exe, path, script.json(name))
        checks.equal(list(first[1]), list(before[1]) + ["Kontrol"], f"{name}: sheets after a check")
        checks.equal(twice[1], first[1], f"{name}: a second check")
        checks.equal(cleared[1], before[1], f"{name}: after taking marks away")
        copy = script.folder / f"fixed-{name}"
        save(fixed[1], copy)
        command_checks.same_corrections(checks, "excel", exe, path, copy, script.folder)
        checks.equal(marks(last[1]), marks(before[1]), f"{name}: marks left after correcting")

    lines = commands(CHECK, CHECK, CLEAR, FIX, CLEAR, ABOUT)
    script.part(name, *book_lines(path), "dump\t1", *lines, then=compare)


def marked(checks, script):
    """The cells that are marked, and what is said on the way."""

    def look(check, fix):
        wrong = check[1]["Borger 3"][21, 2]
        checks.equal(wrong[4], YELLOW, "fill of C22 after a check")
        checks.that(wrong[5].startswith("Kontrafakt: "), f"note of C22: {wrong[5]!r}")
        right = fix[1]["Borger 3"][21, 2]
        checks.equal(right[0], "n:92826", "C22 after correcting")
        checks.equal(right[4], GREEN, "fill of C22 after correcting")
        checks.that("90.826" in right[5], f"note of C22: {right[5]!r}")
        links = [cell[1] for cell in check[1]["Kontrol"].values() if "'Borger 3'!C22" in cell[1]]
        checks.that(links and links[0].startswith("HYPERLINK("), "no link to C22")
        asked = [line for line in fix[0] if line.startswith("ask")]
        checks.that(asked and "gem projektmappen først" in asked[0], f"asked: {asked}")

    script.part("marks", *book_lines(AARHUS), *commands(CHECK, FIX), then=look)


def nothing_changed(checks, script, title, setting, command, told):
    def look(before, after):
        checks.equal(after[1], before[1], f"{title}: the workbook")
        checks.equal(after[0][-1], "not done", f"{title}: what the macro says")
        checks.that(any(told in line for line in after[0]), f"{title}: told {after[0]}")

    script.part(title, *book_lines(AARHUS), setting, "dump\t1", *commands(command), then=look)


def no_leaks(checks, script):
    for round in range(3):
        script.part(
            f"leaks {round}", *book_lines(AARHUS),
            *(f"command\t{macro}" for macro in (CHECK, FIX, CLEAR, ABOUT)),
            "abort\t1", f"command\t{CHECK}", "forget\t1", "blocks\t1", then=lambda: None,
        )


def r1c1(checks, script, exe):
    """A user who has columns numbered gets the same findings."""

    def look(_):
        command_checks.same_report(checks, "excel, R1C1", exe, FORMULA, script.json("R1C1"))

    script.part("R1C1", *book_lines(FORMULA), "r1c1\t1", *commands(CHECK), then=look)


def users_own(checks, script):
    """Fills and notes of the user's stay what they were."""
    own = [
        line + "1\tMin egen note" if line.startswith("cell\t21\t2\t") else line
        for line in (line[:-2] if line.startswith("cell\t21\t2\t") else line for line in book_lines(AARHUS))
    ]

    def look(before, checked, cleared):
        for sheet in ("Borger 3",):
            checks.equal(checked[1][sheet][21, 2], before[1][sheet][21, 2], "a cell with a note")
        checks.equal(cleared[1], before[1], "the user's own marks")

    script.part("own", *own, "dump\t1", *commands(CHECK, CLEAR), then=look)


def protected(checks, script):
    """A sheet that is protected cannot be marked, and that is told."""
    lines = []
    for line in book_lines(AARHUS):
        lines += [line, "protected\t1"] if line.startswith("sheet\t") else [line]

    def look(checked):
        checks.equal(checked[0][-1], "not done", "protected: what the macro says")
        checks.that(any("beskyttet" in line for line in checked[0]), f"protected: {checked[0]}")

    script.part("protected", *lines, *commands(CHECK), then=look)


def main():
    build, exe = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as scratch:
        script = Script(build, Path(scratch))
        exe = hosts.native(exe, Path(scratch))
        for path in command_checks.WORKBOOKS:
            one_workbook(checks, script, exe, path)
        marked(checks, script)
        no_leaks(checks, script)
        r1c1(checks, script, exe)
        users_own(checks, script)
        protected(checks, script)
        for number in (1, 3, 8, 10):
            nothing_changed(checks, script, f"Esc {number}", f"abort\t{number}", CHECK, "standset")
        nothing_changed(checks, script, "no", "answer\t0", FIX, "ask")
        verdict = script.run()
        checks.that(verdict.endswith(" 0 failed"), f"the stand-in: {verdict}")
        for title, then in script.checks.items():
            output = script.output.get(title, [])
            wrong = [line for line in output if line.startswith("FAILED")]
            checks.equal(wrong[:5], [], title)
            checks.section(then, *states(output))
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
