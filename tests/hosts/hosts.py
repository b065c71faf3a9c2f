"""The spreadsheet programs, driven without a screen."""

import datetime
import subprocess
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.utils import datetime as serials

import function_table


# Comma, quotation mark and UTF-8, from the first row on.
FILTERS = {".csv": "csv:Text - txt - csv (StarCalc):44,34,76,1"}


def environment(folder):
    """That of a Danish user without any settings of their own."""
    return {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "da",
        "HOME": str(folder),
    }


def run(folder, *command, **more):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment(folder) | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
    )
    if done.returncode:
        raise AssertionError(f"{command}: exit {done.returncode}: {done.stderr.decode()}")


WINE = Path(__file__).resolve().parent.parent / "tools" / "wine.sh"


def wine(build, *command, input=None, **more):
    """The standard output of a Windows program."""
    done = subprocess.run(
        [WINE, build, *map(str, command)],
        env=environment(build) | more,
        input=input,
        capture_output=True,
        timeout=300,
    )
    return done.stdout.decode()


def native(program, folder):
    """A program as the machine itself can run it: one for Windows by a script."""
    if program.suffix != ".exe":
        return program
    script = folder / program.stem
    build = program.parent.parent.parent
    script.write_text(f"#!/bin/sh\nexec '{WINE}' '{build}' '{program}' \"$@\"\n", encoding="utf-8")
    script.chmod(0o755)
    return script


class Gnumeric:
    def __init__(self, build, folder):
        self.plugins = build / "plugin"
        self.folder = folder

    def run(self, *command, **more):
        more |= {"GSETTINGS_BACKEND": "memory", "GNUMERIC_PLUGIN_PATH": str(self.plugins)}
        run(self.folder, *command, **more)

    def convert(self, source, target):
        self.run("ssconvert", "--recalc", source, target)
        return target

    def values(self, workbook):
        """The first column of the first sheet, calculated anew, as texts."""
        return function_table.shown_in(self.convert(workbook, self.folder / "gnumeric.csv"))


class LibreOffice:
    def __init__(self, build, folder):
        self.folder = folder
        with zipfile.ZipFile(build / "plugin" / "calc" / "kontrafakt.oxt") as extension:
            extension.extractall(folder / "extensions" / "kontrafakt")

    def options(self):
        return [
            f"-env:UserInstallation=file://{self.folder}/profile",
            f"-env:BUNDLED_EXTENSIONS=file://{self.folder}/extensions",
            "--headless",
            "--norestore",
        ]

    def run(self, *arguments):
        run(self.folder, "soffice", *self.options(), *arguments)

    def convert(self, source, target):
        output = FILTERS.get(target.suffix, target.suffix[1:])
        made = self.folder / "converted"
        self.run("--convert-to", output, "--outdir", made, source)
        return (made / (source.stem + target.suffix)).replace(target)

    def values(self, workbook):
        return function_table.shown_in(self.convert(workbook, self.folder / "libreoffice.csv"))


XL_ERRORS = {
    "#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42,
}


def excel_value(value):
    """A cell's value in the script of excel_host."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return f"b:{int(value)}"
    if isinstance(value, (datetime.date, datetime.time)):
        value = serials.to_excel(value)
    if isinstance(value, (int, float)):
        return f"n:{value!r}"
    return f"e:{XL_ERRORS[value]}" if value in XL_ERRORS else f"s:{value}"


def excel_argument(argument):
    """An argument of functions.txt in the script of excel_host."""
    repeated = function_table.REPEATED.match(argument)
    if repeated:
        return f"x:{repeated.group(2)}:{repeated.group(1)[1:-1]}"
    if argument.startswith('"'):
        return f"s:{argument[1:-1]}"
    if argument in XL_ERRORS or not argument:
        return excel_value(argument or None)
    if argument in ("TRUE", "FALSE"):
        return f"b:{int(argument == 'TRUE')}"
    if argument.startswith("{"):
        values = argument[1:-1].split(",")
        return f"a:{len(values)}:" + ";".join(f"n:{value}" for value in values)
    if "!" in argument:
        sheet, _, cells = argument.rpartition("!")
        left, top, right, bottom = openpyxl.utils.range_boundaries(cells)
        sheet = sheet.strip("'")
        return f"r:{sheet}:{top - 1}:{left - 1}:{bottom - 1}:{right - 1}"
    return f"n:{argument}"


class Excel:
    """The add-in in a host of our own that stands in for Excel, under Wine."""

    def __init__(self, build, folder):
        self.build = build
        self.errors = {f"e:{number}": text for text, number in XL_ERRORS.items()}

    def script(self, workbook):
        book = openpyxl.load_workbook(workbook)
        lines = []
        for sheet in book.worksheets:
            if sheet.title == function_table.SHEET:
                continue
            lines.append(f"sheet\t{sheet.title}")
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if cell.value is not None:
                    value = excel_value(cell.value)
                    lines.append(f"cell\t{cell.row - 1}\t{cell.column - 1}\t{value}")
        for row in function_table.rows():
            lines.append("\t".join(["call", f"KF.{row.function}", *map(excel_argument, row.arguments)]))
        return "\n".join(lines) + "\n"

    def values(self, workbook):
        script = self.script(workbook).encode()
        excel = self.build / "plugin" / "excel"
        output = wine(self.build, excel / "excel_host.exe", excel / "kontrafakt64.xll", input=script)
        *results, verdict = output.replace("\r", "").splitlines()
        complaints = [line for line in results if line.startswith("FAILED")]
        if complaints or not verdict.endswith(" 0 failed"):
            raise AssertionError("\n".join(complaints[:20] + [verdict]))
        return [self.shown(line) for line in results]

    def shown(self, line):
        return self.errors.get(line, line[2:])


HOSTS = {"gnumeric": Gnumeric, "libreoffice": LibreOffice, "excel": Excel}
