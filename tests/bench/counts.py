#!/usr/bin/python3
"""Instructions that the program itself executes, against those of tests/bench/counts.csv.

counts.py PROGRAM [--write]    the program as ./run build makes it

Counted by callgrind, only in the program's own code: what libraries choose by the model of
the processor (memcpy, unpacking, hashing) does not count, so that the figures repeat from
machine to machine. More than 5 % above the reference fails; --write makes it anew. Exit
status 77: nothing was compared, for the reference is another compiler's, or no valgrind.
"""

import csv
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from make_bench import make_cases, make_small

REFERENCE = Path(__file__).resolve().parent / "counts.csv"
ALLOWED = 1.05
SKIPPED = 77
COST = re.compile(r"^[+\-*\d]\S* (\d+)")


def compiler():
    said = subprocess.run(["gcc", "--version"], capture_output=True, text=True, check=True)
    return f"{platform.machine()} {said.stdout.splitlines()[0]}"


def own_instructions(profile, program):
    """The cost of lines in the program itself; that of a call is counted where it goes.

    A name stands only where it comes first, be it as the caller's (ob) or the called's (cob).
    """
    names, own, called, total = {}, False, False, 0
    for line in profile.read_text(errors="replace").splitlines():
        if line.startswith(("ob=", "cob=")):
            key, _, name = line.partition("=")[2].partition(" ")
            name = names.setdefault(key, name)
            if line[0] == "o":
                own = Path(name).name == program.name
        elif line.startswith("calls="):
            called = True
        elif cost := COST.match(line):
            total += 0 if called or not own else int(cost.group(1))
            called = False
    return total


def count(program, arguments, room):
    profile = room / "profile"
    subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", program, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if not profile.exists():
        sys.exit(f"counts.py: callgrind could not run {program} {' '.join(map(str, arguments))}")
    return own_instructions(profile, program)


def all_counts(program):
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        small, cases, fixed = room / "small.xlsx", room / "cases.xlsx", room / "rettet.xlsx"
        make_small(small)
        make_cases(cases, 60)
        runs = {
            "start": ["--version"],
            "check 5 citizens": ["check", "--jobs", "1", small],
            "check 60 citizens": ["check", "--jobs", "1", cases],
            "check 60 citizens, json": ["check", "--jobs", "1", "--format", "json", cases],
            "check 5 citizens 8 times": ["check", "--jobs", "1", *[small] * 8],
            "fix 60 citizens": ["fix", "--jobs", "1", cases, "-o", fixed],
        }
        return {name: count(program, arguments, room) for name, arguments in runs.items()}


def read_reference():
    with REFERENCE.open(encoding="utf-8") as rows:
        return {row["what"]: row["instructions"] for row in csv.DictReader(rows, delimiter=";")}


def write_reference(counts):
    with REFERENCE.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, delimiter=";", lineterminator="\n")
        rows.writerow(["what", "instructions"])
        rows.writerow(["compiler", compiler()])
        rows.writerows(counts.items())


def compare(counts, reference):
    """Whether nothing costs more than it may."""
    failed = 0
    for name, now in counts.items():
        before = int(reference.get(name, 0))
        change = f"{(now / before - 1) * 100:+6.1f} %" if before else "   new"
        is_worse = not before or now > before * ALLOWED
        failed += is_worse
        print(f"{now:>14,}  {change}  {name}{'   TOO MUCH' if is_worse else ''}")
    if failed:
        print("Say why in the commit, and store the new counts: ./run bench --counts --write")
    print(f"{len(counts) - failed} passed, {failed} failed")
    return failed == 0


def main(arguments):
    program = Path(arguments[0]).resolve()
    try:
        subprocess.run(["valgrind", "--version"], capture_output=True, check=True)
    except FileNotFoundError:
        print("valgrind is not installed: no instructions were counted")
        return SKIPPED
    if "--write" in arguments:
        write_reference(all_counts(program))
        print(REFERENCE.read_text(encoding="utf-8"), end="")
        return 0
    reference = read_reference()
    if reference.pop("compiler") != compiler():
        print("the reference is another compiler's: no instructions were compared")
        return SKIPPED
    return 0 if compare(all_counts(program), reference) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
