#!/usr/bin/python3
"""What one spreadsheet program saves, another calculates: test_interchange.py BUILD_FOLDER."""

import re
import sys
import tempfile
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True

import openpyxl

import function_table
import harness
import hosts

CACHED = re.compile(rb"(</f>|<f[^>]*/>)\s*<v>[^<]*</v>")


def parts(workbook):
    with zipfile.ZipFile(workbook) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]


def without_values(workbook):
    """The workbook without what its formulas came to, so that a reader must calculate."""
    kept = [
        (info, CACHED.sub(rb"\1", data) if "worksheets/" in info.filename else data)
        for info, data in parts(workbook)
    ]
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, data in kept:
            archive.writestr(info.filename, data)


def names_in(workbook):
    """How the functions are called in an .xlsx."""
    text = b"".join(data for info, data in parts(workbook) if "worksheets/" in info.filename)
    return {name.decode() for name in re.findall(rb"<f[^>]*>([A-Za-z_.]*KF\.[A-Z]+)\(", text)}


NUMBER = re.compile(r"(?<![A-Z0-9_.$:!'])\d+(\.\d+)?(E[-+]?\d+)?(?![A-Z0-9_.:!'])")
# One cell as a range, and every row of a sheet, are each written in two ways.
SAME = ((r"([A-Z]+\d+):\1\b", r"\1"), (r"!1:1048576", "!A1:XFD1048576"), (r"\b(TRUE|FALSE)\(\)", r"\1"))


def plain(formula):
    """A formula without what programs write in ways of their own."""
    parts = re.split(r"(\"[^\"]*\")", formula.replace("$", ""))
    for i in range(0, len(parts), 2):
        part = parts[i].upper().replace(" ", "")
        for pattern, with_ in SAME:
            part = re.sub(pattern, with_, part)
        parts[i] = NUMBER.sub(lambda match: repr(float(match.group())), part)
    return "".join(parts)


def same_formulas(checks, saved, what):
    """Excel calculates a file of another program when its formulas are those that Excel has:
    their values in Excel are what its own table of functions says."""
    sheet = openpyxl.load_workbook(saved)[function_table.SHEET]
    for number, row in enumerate(function_table.rows(), 1):
        checks.equal(plain(str(sheet.cell(number, 1).value)), plain(row.formula()), f"{what}: {row.line}")


def saved_and_read(checks, programs, folder, writer, reader, suffix):
    what = f"{suffix} of {writer} in {reader}"
    saved = programs[writer].convert(folder / "in.xlsx", folder / f"{writer}-{reader}{suffix}")
    if suffix == ".xlsx":
        names = {name.upper() for name in names_in(saved)}
        expected = {f"_XLL.KF.{row.function}" for row in function_table.rows()}
        checks.equal(names, expected, f"{what}: names")
        same_formulas(checks, saved, what)
        without_values(saved)
    function_table.compare(checks, reader, programs[reader].values(saved))


def main():
    build = Path(sys.argv[1]).resolve()
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        programs = {name: host(build, folder) for name, host in hosts.HOSTS.items()}
        function_table.workbook(folder / "in.xlsx")
        for writer, reader, suffix in (
            ("libreoffice", "gnumeric", ".xlsx"),
            ("libreoffice", "gnumeric", ".ods"),
            ("libreoffice", "libreoffice", ".xlsx"),
            ("gnumeric", "libreoffice", ".xlsx"),
            ("gnumeric", "gnumeric", ".xlsx"),
            ("gnumeric", "gnumeric", ".gnumeric"),
        ):
            checks.section(saved_and_read, checks, programs, folder, writer, reader, suffix)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
