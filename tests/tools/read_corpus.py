#!/usr/bin/python3
"""Reads other people's spreadsheets: none may crash the program, and none that holds
no case may be told to hold one.

read_corpus.py KONTRAFAKT FOLDER... [--list]

Every .xlsx and .xlsm below the folders is checked; --list prints the files that
gave cases, tables or findings, for a person to look at. Fails when a file crashed the
program, took longer than half a minute, or gave cases or findings.
"""

import argparse
import collections
import json
import subprocess
import sys
from pathlib import Path

LONGEST = 30


def check(exe, path):
    """(verdict, what it found)"""
    try:
        done = subprocess.run([exe, "check", "--format", "json", path], capture_output=True,
                              timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return "timeout", ""
    if done.returncode not in (0, 1, 2):
        return "crash", f"exit {done.returncode}: {done.stderr.decode(errors='replace')[-300:]}"
    try:
        file = json.loads(done.stdout.decode("utf-8"))["files"][0]
    except (ValueError, KeyError, IndexError):
        return "crash", "no JSON"
    if file["cases"] or file.get("tables") or file["findings"]:
        return "found", (f"{len(file['cases'])} cases, {len(file.get('tables', []))} tables, "
                         f"{len(file['findings'])} findings")
    return file["verdict"], ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exe")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    tally = collections.Counter()
    for folder in options.folders:
        for path in sorted(p for p in Path(folder).rglob("*") if p.suffix.lower() in (".xlsx", ".xlsm")):
            if not path.is_file():
                continue
            verdict, detail = check(options.exe, path)
            tally[verdict] += 1
            if verdict in ("crash", "timeout") or (options.list and verdict == "found"):
                print(f"{verdict}: {path}: {detail}")
    print(f"{sum(tally.values())} files: " + ", ".join(f"{n} {k}" for k, n in sorted(tally.items())))
    return 1 if tally["crash"] or tally["timeout"] or tally["found"] else 0


if __name__ == "__main__":
    sys.exit(main())
