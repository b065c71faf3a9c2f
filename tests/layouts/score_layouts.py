#!/usr/bin/python3
"""How many tables of made-up layouts are read right.

score_layouts.py KONTRAFAKT [--count N] [--first SEED] [--keep FOLDER] [--least SHARE]

A course is right when its citizen, kind, periods, benefits, payers and totals are
all what was written; wrong in silence when they are not and nothing is said of it:
neither a warning nor an error, no text listed as not understood, no file without
cases. Fails when fewer than SHARE of the courses are right or one is wrong in silence.
"""

import argparse
import collections
import json
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hosts"))

import harness
import make_layout


def near(got, want):
    """The same amount; what was left open counts as nothing."""
    return round((got or 0) * 100) == want


def all_near(got, want):
    return len(got) == len(want) and all(near(a, b) for a, b in zip(got, want))


def start(period):
    return 0 if period["from"] in (0, 1) else period["from"] - 1


def faults(got, want):
    """What differs between a course as read and as written."""
    wrong = []
    periods = [(start(p), p["to"]) for p in got["periods"]]
    if periods != [(0 if a <= 1 else a - 1, b) for a, b in want["periods"]]:
        wrong.append("periods")
    items = [i for i in got["items"] if not i.get("part")]
    names = [" ".join(i["label"].split()) for i in items]
    if names != [" ".join(name.split()) for name, _ in want["items"]]:
        wrong.append("benefits")
    elif not all(all_near(i["amounts"], values) for i, (_, values) in zip(items, want["items"])):
        wrong.append("amounts")
    if not all_near(got["totals"] or [], want["totals"]):
        wrong.append("totals")
    if want["payers"]:
        for key, values in want["payers"].items():
            if not all_near(got["payers"][key] or [], values):
                wrong.append(f"payer {key}")
    if want["case_total"] is not None and not near(got["case_total"], want["case_total"]):
        wrong.append("case total")
    return wrong


def without_parts(exe, path, file):
    """Mark benefits that are parts of another: extract tells them apart."""
    _, told = harness.run_json(exe, "extract", path)
    parts = {(row["sheet"], row["cell"]) for row in told["files"][0]["rows"] if row["kind"] == "part"}
    for case in file["cases"]:
        for course in case["courses"]:
            for item in course["items"]:
                sheet = course.get("sheet") or case["sheet"]
                item["part"] = any((sheet, cell) in parts for cell in item["cells"])


def speaks(file):
    return file["verdict"] == "no-cases" or any(
        f["severity"] != "info" or f["code"] == "file-unplaced" for f in file["findings"])


def score(exe, seed, folder, tally):
    book, holds = make_layout.make(seed)
    path = Path(folder) / f"{seed}.xlsx"
    book.save(path)
    _, report = harness.run_json(exe, "check", path)
    file = report["files"][0]
    without_parts(exe, path, file)
    read = {(c["citizen"].rstrip(":"), k["course"]): k for c in file["cases"] for k in c["courses"]}
    wanted = {(c["citizen"], kind): one for c in holds["cases"] for kind, one in c["courses"].items()}
    wrong = []
    for key, one in wanted.items():
        tally["courses"] += 1
        found = read.pop(key, None)
        said = ["missing"] if found is None else faults(found, one)
        tally["right"] += not said
        if said:
            wrong.append(f"{key[0]}, {key[1]}: {', '.join(said)}")
    for key in read:
        wrong.append(f"{key[0]}, {key[1]}: invented")
        tally["invented"] += 1
    if wrong:
        tally["silent"] += not speaks(file)
        print(f"seed {seed} ({holds['shape']}){'' if speaks(file) else ' IN SILENCE'}: {wrong[0]}")
    elif speaks(file):
        tally["false alarms"] += 1
        told = sorted({f["code"] for f in file["findings"]
                       if f["severity"] != "info" or f["code"] == "file-unplaced"})
        tally.update({f"  {code}": 1 for code in told})
    tally["books"] += 1
    return bool(wrong), path, holds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exe")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--keep", help="keep the books that were misread here")
    parser.add_argument("--least", type=float, default=0.99)
    options = parser.parse_args()
    tally = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.first, options.first + options.count):
            wrong, path, holds = score(options.exe, seed, folder, tally)
            if wrong and options.keep:
                Path(options.keep).mkdir(parents=True, exist_ok=True)
                (Path(options.keep) / path.name).write_bytes(path.read_bytes())
                (Path(options.keep) / f"{seed}.json").write_text(
                    json.dumps(holds, ensure_ascii=False, indent=1, default=str))
            path.unlink()
    share = tally["right"] / tally["courses"]
    print(f"{tally['books']} books, {tally['courses']} courses, {share:.2%} right, "
          f"{tally['silent']} books wrong in silence, {tally['invented']} courses invented, "
          f"{tally['false alarms']} right books with a warning")
    for code, count in sorted(tally.items()):
        if code.startswith("  "):
            print(f"{code}: {count}")
    return 0 if share >= options.least and tally["silent"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
