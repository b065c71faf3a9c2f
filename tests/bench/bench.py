#!/usr/bin/python3
"""How long reading, checking and correcting takes, beside unpacking alone and other programs.

bench.py BUILD FOLDER [--rounds N] [--no-peers] [--large-peers] [WORKBOOK...]

FOLDER holds the workbooks of make_bench.py. Every round runs each command in turn, so that a
busy machine slows all of them alike; times are the least of the rounds, ratios the middle one
of what each round gives. A command of less than a second is run once more before: the host of a
virtual machine takes memory back that no program holds while a large one runs, and whoever is
next would pay for it. Ratios are to unpacking the same bytes by zlib. Peers on the large
workbook take minutes each and need gigabytes: only with --large-peers.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"
EDITED = {"small": "B6", "medium": "B6"}
SHEETS = {"small": "Borger 1", "medium": "Borgere"}
UNPACKERS = ("zlib", "libdeflate", "isal")
WARMED_UP = 1.0  # seconds


class Row:
    def __init__(self, name, command, files=1):
        self.name, self.command, self.files = name, command, files
        self.runs = []

    def best(self, part):
        return min(run[part] for run in self.runs)

    def times(self, unit, part):
        return statistics.median(a[part] / b[part] for a, b in zip(self.runs, unit.runs))


def run_once(measure, row):
    """(wall, cpu, peak KiB) of one run; None when the program failed."""
    said = subprocess.run([measure, *row.command], capture_output=True, text=True, check=True)
    wall, cpu, peak, status = said.stdout.split()
    if int(status) > 1:
        return None
    return float(wall), float(cpu), int(peak)


def measure_rows(measure, rows, rounds):
    for row in [row for _ in range(rounds) for row in rows]:
        if row.runs is None:
            continue
        run = run_once(measure, row)
        if run and run[0] < WARMED_UP:
            run = run_once(measure, row)
        if run is None:
            print(f"  {row.name}: failed, left out", file=sys.stderr)
            row.runs = None
        else:
            row.runs.append(run)


# ---- what is measured ------------------------------------------------------------


def own_rows(build, name, path, scratch):
    program = str(build / "src/cli/kontrafakt")
    files = sorted(map(str, path.glob("*.xlsx"))) if path.is_dir() else [str(path)]
    rows = [
        Row(f"unpack: {library}", [str(build / "tests/bench/inflate_only"), library, *files])
        for library in UNPACKERS
    ]
    if name == "many":
        for jobs in "12":
            command = [program, "check", "--jobs", jobs, *files]
            rows.append(Row(f"kontrafakt check --jobs {jobs}", command, len(files)))
        return rows
    rows.append(Row("kontrafakt: every cell", [str(build / "tests/bench/read_cells"), *files]))
    if name != "large":
        out = str(scratch / "rettet.xlsx")
        rows.append(Row("kontrafakt check", [program, "check", *files]))
        rows.append(Row("kontrafakt fix", [program, "fix", *files, "-o", out, "--force"]))
        edit = [str(build / "tests/edit_cell"), *files, out, SHEETS[name], EDITED[name], "4711"]
        rows.append(Row("kontrafakt: edit a cell", edit))
    return rows


def has_module(module):
    return shutil.which("node") and (HERE.parents[1] / "build-peers/node_modules" / module).is_dir()


def peer_rows(name, path, scratch):
    """(rows, names of the peers that are not there)"""
    file, out = str(path), str(scratch / "peer.xlsx")
    readers, missing = [], []
    tools = [
        ("openpyxl", "openpyxl_read.py", "openpyxl_edit.py", True),
        ("SheetJS", "sheetjs.js", "sheetjs.js", has_module("xlsx")),
        ("exceljs", "exceljs.js", "exceljs.js", has_module("exceljs")),
    ]
    for tool, read, edit, is_there in tools:
        if not is_there:
            missing.append(tool)
            continue
        runner = [PYTHON] if read.endswith(".py") else ["node"]
        node = read.endswith(".js")
        readers.append(
            Row(f"{tool}: read", [*runner, str(HERE / "peers" / read), *(["read"] if node else []), file])
        )
        if tool == "openpyxl":
            command = [PYTHON, str(HERE / "peers" / read), file, "whole"]
            readers.append(Row(f"{tool}: read and keep", command))
        if name in EDITED:
            arguments = [*(["edit"] if node else []), file, EDITED[name], out]
            readers.append(Row(f"{tool}: edit a cell", [*runner, str(HERE / "peers" / edit), *arguments]))
    programs = {
        "xlsx2csv": ["xlsx2csv", "-a", file, str(scratch / "csv")],
        "ssconvert": ["ssconvert", "-S", file, str(scratch / "sheet.%n.csv")],
        "soffice": ["soffice", "--headless", "--convert-to", "csv", "--outdir", str(scratch), file],
    }
    for program, command in programs.items():
        if shutil.which(program):
            readers.append(Row(f"{program}: to CSV", command))
        else:
            missing.append(program)
    return readers, missing


# ---- the table -------------------------------------------------------------------


def milliseconds(seconds):
    return f"{seconds * 1000:,.1f}" if seconds < 1 else f"{seconds * 1000:,.0f}"


def print_table(name, rows):
    print(f"\n{name}\n")
    print("| | CPU ms | wall ms | peak MB | x zlib, wall | x zlib, CPU |")
    print("|---|---:|---:|---:|---:|---:|")
    for row in rows:
        if not row.runs:
            continue
        cpu = row.best(1)
        each = f", {row.files / cpu:,.0f} a second of CPU" if row.files > 1 else ""
        print(
            f"| {row.name}{each} | {milliseconds(cpu)} | {milliseconds(row.best(0))}"
            f" | {row.best(2) / 1024:,.1f} | {row.times(rows[0], 0):,.2f}"
            f" | {row.times(rows[0], 1):,.2f} |"
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", default=["small", "medium", "large", "many"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--large-peers", action="store_true")
    given = parser.parse_intermixed_args()
    measure = str(given.build / "tests/bench/measure")
    for name in given.names:
        path = given.folder / ("many" if name == "many" else f"{name}.xlsx")
        with tempfile.TemporaryDirectory() as room:
            rows = own_rows(given.build, name, path, Path(room))
            if name in EDITED or (name == "large" and given.large_peers):
                peers, missing = peer_rows(name, path, Path(room))
                rows += [] if given.no_peers else peers
                for peer in missing:
                    print(f"  {peer} is not installed: left out", file=sys.stderr)
            measure_rows(measure, rows, given.rounds)
            print_table(name, rows)


if __name__ == "__main__":
    main()
