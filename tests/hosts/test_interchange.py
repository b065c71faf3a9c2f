#!/usr/bin/python3
"""What one spreadsheet program saves, another calculates: test_interchange.py BUILD_FOLDER."""

import re
import sys
import tempfile
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True

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


def saved_and_read(checks, programs, folder, writer, reader, suffix):
    what = f"{suffix} of {writer} in {reader}"
    saved = programs[writer].convert(folder / "in.xlsx", folder / f"{writer}-{reader}{suffix}")
    if suffix == ".xlsx":
        names = {name.upper() for name in names_in(saved)}
        expected = {f"_XLL.KF.{row.function}" for row in function_table.rows()}
        checks.equal(names, expected, f"{what}: names")
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
