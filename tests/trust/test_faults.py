#!/usr/bin/python3
"""Every allocation fails in turn, every read and write and every thread, over check, fix, reconcile
and new.

test_faults.py KONTRAFAKT FAIL_AT.SO [--every N] [--sample N]

Each time: exit 0, 1 or 2, never a crash; at 2 a message; nothing but the whole output or none;
nothing left behind, in memory or on disk. Without a thread all is as with it. --every N tries each
Nth allocation only, --sample N so many places of each command and kind, first and last among them.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from test_growth import odd_payers

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "sample_workbooks"
ALLOWED = {"sag.xlsx", "sag2.xlsx", "sag.csv", "rettet", "mange", "ark", "stor", "log"}


class Job:
    """libxlsxwriter, which makes new workbooks, does not stand a failing allocation itself, nor
    tell of a write that fails once: there, reads and writes fail from the Nth on."""

    def __init__(self, name, command, output, memory=True):
        self.name, self.command, self.output, self.memory = name, command, output, memory


JOBS = [
    Job("check", ["check", "--jobs", "1", "--format", "json", "sag.xlsx"], None),
    Job("check csv", ["check", "--jobs", "1", "sag.csv"], None),
    Job("check html", ["check", "--jobs", "2", "--format", "html", "sag.xlsx", "sag2.xlsx"], None),
    *(Job(f"check as {form}", ["check", "--jobs", "1", "--format", form, "sag2.xlsx", "sag.xlsx"], None)
      for form in ("text", "csv", "sarif", "junit")),
    Job("check what-if", ["check", "--what-if", "as-of=2016-01-01", "sag.csv"], None),
    *(Job(f"check of {name} by {jobs} threads", ["check", "--jobs", jobs, "--format", form, name], None)
      for name, jobs, form in (("mange", "2", "json"), ("mange", "3", "text"), ("ark", "3", "csv"))),
    Job("fix of ark", ["fix", "ark", "-o", "ud.xlsx"], "ud.xlsx"),
    Job("fix of stor", ["fix", "stor", "-o", "ud.xlsx"], "ud.xlsx"),
    Job("fix", ["fix", "sag.xlsx", "-o", "ud.xlsx"], "ud.xlsx"),
    Job("fix accepted", ["fix", "sag.xlsx", "--accept", "all-proposals", "-o", "ud.xlsx", "--format", "json"],
        "ud.xlsx"),
    Job("fix csv", ["fix", "sag.csv", "-o", "ud.csv"], "ud.csv"),
    Job("reconcile", ["reconcile", "--jobs", "1", ".", "-o", "ud.html"], "ud.html"),
    *(Job(f"reconcile as {form}", ["reconcile", "--jobs", "1", "--format", form, "."], None)
      for form in ("text", "json", "csv")),
    Job("reconcile workbook", ["reconcile", "--jobs", "1", ".", "-o", "ud.xlsx"], "ud.xlsx", False),
    *(Job(f"extract as {form}", ["extract", "--format", form, "sag.xlsx"], None)
      for form in ("text", "json", "csv")),
    *(Job(f"diff as {form}", ["diff", "--format", form, "sag.xlsx", "sag2.xlsx"], None)
      for form in ("text", "json", "csv", "html")),
    Job("explain", ["explain", "sag.csv", "B3"], None),
    Job("revert", ["revert", "rettet", "-o", "ud.xlsx"], "ud.xlsx"),
    Job("rules", ["rules", "--format", "csv"], None),
    Job("new", ["new", "--citizens", "2", "-o", "ud.xlsx"], "ud.xlsx", False),
]


def citizens_of_rows():
    """Citizens enough to be shared out, in rows enough to be looked through in parts, and benefits
    of which a thread takes the wrong thing for granted."""
    return odd_payers(36).replace(b"\n\n", b"\n" * 58)


def citizens_of_sheets(path):
    """The same with formulas, and sheets to share."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet, count in enumerate((66, 2, 2, 2)):
        page = book.create_sheet(f"Ark {sheet}")
        for i in range(count):
            at, wrong = 7 * i, i % 12 == 1
            for row in ((f"Borger {sheet}-{i}",), ("Faktisk forløb", "0-6 mdr", "7-12 mdr", "I alt"),
                        ("Sygedagpenge", 80100, 104130, f"=SUM(B{at + 3}:C{at + 3})"),
                        ("Kontanthjælp", 62788.5, "1000" if wrong else 1000, f"=B{at + 4}+C{at + 4}"),
                        ("Udgift i alt", f"=SUM(B{at + 3}:B{at + 4 - wrong})", f"=SUM(C{at + 3}:C{at + 4})",
                         f"=D{at + 3}+D{at + 4}"), (), ()):
                page.append(row)
    book.save(path)


def one_citizen_above_much_else(path):
    """A sheet so large that only the blocks of its packed data with a correction are packed anew."""
    book = openpyxl.Workbook()
    page = book.active
    for row in (("Borger 1",), ("Faktisk forløb", "0-6 mdr", "7-12 mdr"), ("Kontanthjælp", 62788.5, 1000),
                ("Udgift i alt", 62788.5, 1010), ()):
        page.append(row)
    for i in range(40000):
        page.append((None,) * 9 + (i * 7919 % 100003, i))
    book.save(path)


class Bench:
    def __init__(self, exe, library, folder):
        self.exe, self.library, self.folder = str(Path(exe).resolve()), str(Path(library).resolve()), folder
        shutil.copy(SAMPLES / "skemaer_fejl.xlsx", folder / "sag.xlsx")
        shutil.copy(SAMPLES / "korrekt.xlsx", folder / "sag2.xlsx")
        (folder / "sag.csv").write_bytes((ROOT / "tests/findings/total-items/bog.csv").read_bytes())
        (folder / "mange").write_bytes(citizens_of_rows())
        citizens_of_sheets(folder / "ark.xlsx")
        (folder / "ark.xlsx").rename(folder / "ark")
        one_citizen_above_much_else(folder / "stor.xlsx")
        (folder / "stor.xlsx").rename(folder / "stor")
        subprocess.run([self.exe, "fix", "sag.xlsx", "-o", "rettet.xlsx"], cwd=folder, capture_output=True)
        (folder / "rettet.xlsx").rename(folder / "rettet") # as the two before: none to reconcile

    def run(self, job, **fault):
        """(exit status, stdout, stderr, [allocations, calls, blocks not freed, threads])"""
        for path in self.folder.iterdir():
            if path.name not in ALLOWED:
                path.unlink()
        log = self.folder / "log"
        log.write_text("0 0 0 0")
        done = subprocess.run(
            [self.exe, *job.command], cwd=self.folder, capture_output=True, timeout=60,
            stdin=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0",
                 "TMPDIR": str(self.folder), "LD_PRELOAD": self.library, "FAIL_LOG": str(log),
                 **{name: str(value) for name, value in fault.items()}})
        return done.returncode, done.stdout, done.stderr, [int(n) for n in log.read_text().split()]

    def output(self, job):
        path = self.folder / job.output if job.output else None
        return path.read_bytes() if path and path.exists() else None


def faults_of(bench, job, good, **fault):
    """What was wrong with a run in which something failed."""
    try:
        status, out, err, (_, _, live, _) = bench.run(job, **fault)
    except subprocess.TimeoutExpired:
        yield "does not end"
        return
    good_status, good_out, good_file, good_live = good
    if status not in (0, 1, 2):
        yield f"exit {status}: {err[-200:]!r}"
        return
    if status == 2 and "FAIL_THREAD" in fault:
        yield f"exit 2 for want of a thread: {err[-200:]!r}"
    if status == 2 and not err.strip() and "FAIL_IO" not in fault and "FAIL_ON" not in fault:
        yield "exit 2 without a message"
    if status != 2 and (status != good_status or out != good_out):
        yield f"exit {status}, but another output than that of a good run"
    file = bench.output(job)
    told_of_missing = status == 2 and file is not None and file.rstrip().endswith(b"</html>")
    if file is not None and file != good_file and not told_of_missing:
        yield "another file than that of a good run"
    if job.output and status != 2 and file is None:
        yield "no file, and no failure told"
    if live > good_live + 1: # libzip keeps one block when memory ends in its zip_fopen()
        yield f"{live - good_live} blocks not freed"
    left = sorted(p.name for p in bench.folder.iterdir() if p.name not in ALLOWED | {job.output})
    if left:
        yield f"left behind: {left}"


def places(count, every, sample):
    if sample and count > sample:
        return sorted({1 + n * (count - 1) // (sample - 1) for n in range(sample)})
    return [n for n in range(1, count + 1) if every == 1 or n <= 60 or n % every == 0]


def try_job(bench, job, every, sample):
    status, out, err, (allocs, calls, live, threads) = bench.run(job)
    good = status, out, bench.output(job), live
    assert status in (0, 1), (job.name, err)
    tried = failed = 0
    for variable, count in (("FAIL_ALLOC", allocs * job.memory), ("FAIL_IO", calls), ("FAIL_THREAD", threads)):
        for n in places(count, every if variable == "FAIL_ALLOC" else 1, sample):
            for more in ({}, {"FAIL_ON": 1})[0 if job.memory else 1:]:
                tried += 1
                for fault in faults_of(bench, job, good, **{variable: n}, **more):
                    failed += 1
                    print(f"{job.name}, {variable}={n} {more}: {fault}", flush=True)
    print(f"{job.name}: {allocs} allocations, {calls} reads and writes, {threads} threads; {tried} runs, {failed} faults",
          flush=True)
    return tried, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exe")
    parser.add_argument("library")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--only")
    options = parser.parse_args()
    tried = failed = 0
    with tempfile.TemporaryDirectory(prefix="kf-faults-") as folder:
        bench = Bench(options.exe, options.library, Path(folder))
        for job in JOBS:
            if options.only and options.only != job.name:
                continue
            a, b = try_job(bench, job, options.every, options.sample)
            tried, failed = tried + a, failed + b
    print(f"{tried} runs with a fault, {failed} faults")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
