#!/usr/bin/python3
"""Other people's spreadsheets, good and broken: each file must end in exit 0, 1 or 2 in its
time and memory, and where openpyxl can read it, our cells must be its cells.

run_corpus.py KONTRAFAKT LIST_CELLS FOLDER [--sample N] [--seed N] [--jobs N] [--libreoffice N]

Every .xlsx, .xlsm, .xltx, .xltm and .csv below the folder goes through check, extract and
fix. With --libreoffice, N of the workbooks are read and written by LibreOffice too, and the cells
of what it wrote must be those of the workbook. The files stay where they are and are not part of the project.
"""

import argparse
import collections
import datetime
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".csv")
SECONDS = 60
MEMORY = 3 << 30
LARGEST_COMPARED = 3 << 20


def bound_memory():
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command, **more):
    """(exit status or what stopped it, stdout, seconds of CPU)"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(command, capture_output=True, timeout=20 * SECONDS, preexec_fn=limits,
                              stdin=subprocess.DEVNULL, **more)
    except subprocess.TimeoutExpired:
        return "timeout", b"", SECONDS
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.returncode, done.stdout, after.ru_utime - before.ru_utime


def run_commands(exe, path, folder):
    """Faults of check, extract and fix on one file, the verdict, seconds of CPU."""
    faults, verdict, spent = [], "", 0.0
    for command in (["check", "--format", "json"], ["extract", "--format", "csv"],
                    ["fix", "-o", str(folder / "out.xlsx"), "--force"]):
        status, out, seconds = run([exe, command[0], *command[1:], str(path)])
        spent = max(spent, seconds)
        if status not in (0, 1, 2):
            faults.append(f"{command[0]}: {status}")
        elif command[0] == "check":
            try:
                verdict = json.loads(out)["files"][0]["verdict"]
            except (ValueError, LookupError) as problem:
                faults.append(f"check: no JSON ({problem})")
    left = sorted(p.name for p in folder.iterdir() if p.name != "out.xlsx")
    if left:
        faults.append(f"left behind: {left}")
    return faults, verdict, spent


# ---- what the cells hold ------------------------------------------------------

def as_written(escape):
    return "\n" if escape[1] == "n" else escape[1]


def our_cells(list_cells, path):
    """{(sheet, place): (kind, value)}, or the status of a refusal."""
    status, out, _ = run([list_cells, str(path)])
    if status != 0:
        return f"exit {status}"
    if out.startswith(b"! "):
        return out[2:].decode().strip()
    cells = {}
    for line in out.decode("utf-8", "replace").split("\n"):
        if line:
            sheet, place, kind, value = line.split("\t", 3)
            cells[int(sheet), place] = kind, re.sub(r"\\(.)", as_written, value)
    return cells


def unescaped(text):
    """_x000D_ is how a workbook writes a carriage return; openpyxl leaves it."""
    halves = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def same(theirs, kind, value):
    if isinstance(theirs, bool):
        return kind == "b" and value == ("1" if theirs else "0")
    if isinstance(theirs, (int, float)):
        try:
            return kind == "n" and abs(float(value) - theirs) <= 1e-9 * max(1.0, abs(theirs))
        except ValueError:
            return False
    if isinstance(theirs, (datetime.date, datetime.time, datetime.timedelta)):
        return kind in "nt"
    return kind in "te" and value.replace("\r", "") in (
        str(theirs).replace("\r", ""), unescaped(str(theirs)).replace("\r", ""))


def cells_of(sheet):
    """The cells that openpyxl has; its iter_rows() makes those of every empty place too."""
    return list(sheet._cells.values())


def parts_say(path, words):
    with zipfile.ZipFile(path) as book:
        return any(word in name or (name.endswith("workbook.xml") and word.encode() in book.read(name))
                   for name in book.namelist() for word in words)


class Explained:
    """Why the two differ where neither is wrong."""

    def __init__(self, path, book):
        import openpyxl
        self.book = book
        self.strict = parts_say(path, ["purl.oclc.org/ooxml"])
        self.other_sheets = parts_say(path, ["dialogsheets/", "macrosheets/"])
        with zipfile.ZipFile(path) as file:
            self.twice = len(set(file.namelist())) < len(file.namelist())
            self.processed = any(b"ProcessContent" in file.read(name) for name in file.namelist()
                                 if name.lower().endswith("sharedstrings.xml"))
        with_formulas = openpyxl.load_workbook(path, data_only=False, read_only=False)
        self.formulas = {(i, cell.coordinate) for i, sheet in enumerate(with_formulas.worksheets)
                         for cell in cells_of(sheet) if cell.data_type == "f"}

    def why(self, at, theirs, ours):
        if self.strict and theirs is None:
            return "of the strict kind, which openpyxl reads as empty"
        if self.other_sheets:
            return "in a workbook with dialog or macro sheets, which openpyxl counts otherwise"
        if theirs is None and at in self.formulas:
            return "formulas without a kept value, which we work out"
        if ours is not None and ours[0] == "t" and "**" in ours[1]:
            return "personal numbers, which we hide"
        cell = self.book.worksheets[at[0]][at[1]] if at[0] < len(self.book.worksheets) else None
        if theirs is None and type(cell).__name__ == "MergedCell":
            return "under a merged range, which openpyxl drops"
        link = getattr(cell, "hyperlink", None)
        if ours is None and link is not None and theirs in (link.target, link.location):
            return "links of empty cells, which openpyxl takes for their text"
        if theirs == "#VALUE!" and ours is not None and ours[0] == "n":
            return "dates beyond the year 9999"
        if ours is not None and ours[0] == "t" and theirs == unescaped(ours[1]):
            return "escaped escapes, which openpyxl takes back twice"
        if self.processed:
            return "in parts that only some programs process, which we read for all"
        if self.twice:
            return "in a zip file with two entries of one name"
        return ""


def compare(list_cells, path):
    """(cells compared, differences) or a word for why there is nothing to compare."""
    import openpyxl
    warnings.simplefilter("ignore")
    ours = our_cells(list_cells, path)
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception as problem:  # whatever it is: openpyxl cannot read the file
        return ("neither reads it" if isinstance(ours, str) else "openpyxl cannot read it"), []
    if isinstance(ours, str):
        return "we refuse it: " + ours, []
    theirs = {(i, cell.coordinate): cell.value for i, sheet in enumerate(book.worksheets)
              for cell in cells_of(sheet) if cell.value is not None}
    odd = [(at, value, ours.get(at)) for at, value in theirs.items()
           if at not in ours or not same(value, *ours[at])]
    odd += [(at, None, ours[at]) for at in ours.keys() - theirs.keys() if ours[at][1] != ""]
    if odd:
        explained = Explained(path, book)
        odd = [(explained.why(*one), *one) for one in odd]
    return len(theirs), odd


# ---- LibreOffice ----------------------------------------------------------------

def convert(paths, folder):
    """{path: what LibreOffice made of it}; it starts once for a few of them."""
    made = {}
    (folder / "out").mkdir()
    for at in range(0, len(paths), 20):
        copies = {path: folder / f"{i}{path.suffix.lower()}" for i, path in enumerate(paths[at:at + 20], at)}
        for path, copy in copies.items():
            shutil.copy(path, copy)
        try:
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder / "out",
                            *copies.values()], capture_output=True, timeout=1200, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            continue
        made |= {path: folder / "out" / f"{copy.stem}.xlsx" for path, copy in copies.items()}
    return {path: copy for path, copy in made.items() if copy.exists()}


def same_cell(ours, theirs):
    if ours[0] == theirs[0] == "n":
        a, b = float(ours[1]), float(theirs[1])
        return abs(a - b) <= 1e-9 * max(1.0, abs(a))
    return ours[1].replace("\r", "") == theirs[1].replace("\r", "")


def compare_with_libreoffice(list_cells, paths):
    import openpyxl
    warnings.simplefilter("ignore")
    outcomes, files, cells = collections.Counter(), 0, 0
    with tempfile.TemporaryDirectory(prefix="kf-corpus-") as folder:
        made = convert(paths, Path(folder))
        for path, copy in made.items():
            ours, theirs = our_cells(list_cells, path), our_cells(list_cells, copy)
            if isinstance(ours, str) or isinstance(theirs, str):
                outcomes["we refuse one of the two"] += 1
                continue
            files, cells = files + 1, cells + len(ours)
            odd = [at for at in ours if ours[at][1] != "" and not (at in theirs and same_cell(ours[at], theirs[at]))]
            if not odd:
                continue
            try:
                explained = Explained(path, openpyxl.load_workbook(path, data_only=True))
                worked_out = explained.formulas if not explained.strict else set(odd)
            except Exception:  # whatever it is: openpyxl cannot read the file
                worked_out = set()
            outcomes["formulas, which it works out anew"] += sum(at in worked_out for at in odd)
            odd = [at for at in odd if at not in worked_out]
            outcomes["differ"] += len(odd)
            for at in odd[:3]:
                print(f"differs {path} {at}: LibreOffice {theirs.get(at)!r}, ours {ours[at]!r} ({len(odd)})", flush=True)
    print(f"compared with LibreOffice: {files} of {len(paths)} workbooks, {cells} cells; {dict(outcomes)}")


# ---- all of them ---------------------------------------------------------------

def work(job):
    exe, list_cells, path, wants_compare = job
    with tempfile.TemporaryDirectory(prefix="kf-corpus-") as folder:
        faults, verdict, spent = run_commands(exe, path, Path(folder))
    compared = "", []
    if wants_compare:
        try:
            compared = compare(list_cells, path)
        except MemoryError:
            compared = "openpyxl needs too much memory", []
    return str(path), faults, verdict, spent, compared


def report(results):
    verdicts, outcomes = collections.Counter(), collections.Counter()
    faults = cells = files = 0
    reasons = collections.Counter()
    slowest = ("", 0.0)
    for path, bad, verdict, spent, (compared, odd) in results:
        verdicts[verdict] += 1
        slowest = max(slowest, (path, spent), key=lambda one: one[1])
        for fault in bad:
            faults += 1
            print(f"FAULT {path}: {fault}", flush=True)
        if isinstance(compared, int):
            files += 1
            cells += compared
            reasons.update(why for why, *_ in odd)
            for _, at, theirs, ours in [one for one in odd if not one[0]][:3]:
                print(f"differs {path} {at}: openpyxl {theirs!r}, ours {ours!r}", flush=True)
        elif compared:
            outcomes[compared] += 1
    print(f"{sum(verdicts.values())} files, {faults} faults; verdicts: {dict(verdicts)}")
    print(f"slowest: {slowest[1]:.1f} s of CPU, {slowest[0]}")
    print(f"compared with openpyxl: {files} workbooks, {cells} cells, {reasons.pop('', 0)} differ; "
          f"explained: {dict(reasons)}; not compared: {dict(outcomes)}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exe")
    parser.add_argument("list_cells")
    parser.add_argument("folder")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--libreoffice", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    paths = sorted(p for p in Path(options.folder).rglob("*")
                   if p.suffix.lower() in ENDINGS and p.is_file())
    if options.sample:
        paths = sorted(random.Random(options.seed).sample(paths, min(options.sample, len(paths))))
    jobs = [(options.exe, options.list_cells, p,
             p.suffix.lower() != ".csv" and p.stat().st_size <= LARGEST_COMPARED) for p in paths]
    if options.libreoffice:
        books = [p for p in paths if p.suffix.lower() != ".csv" and p.stat().st_size <= LARGEST_COMPARED]
        compare_with_libreoffice(options.list_cells, random.Random(options.seed).sample(
            books, min(options.libreoffice, len(books))))
        return 0
    with ProcessPoolExecutor(options.jobs, initializer=bound_memory) as pool:
        return 1 if report(pool.map(work, jobs, chunksize=4)) else 0


if __name__ == "__main__":
    sys.exit(main())
