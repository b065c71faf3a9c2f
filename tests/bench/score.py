#!/usr/bin/python3
"""Score what `kontrafakt` finds and corrects in workbooks whose mistakes are known.

score.py PROGRAM [--clean N] [--seeded N] [--most N] [--failures N] [--keep FOLDER]

Exit 1 when a clean workbook has an error or a warning, or a right cell was harmed.

A root finding is right when its cell, or one of its alternatives, is a seeded
mistake or a cell that inherits from one.
"""

import argparse
import collections
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True

from courses import KRONE, terms
from make_cases import make_book, write_book
from mistakes import spoil_book


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, timeout=60)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{arguments}: exit {done.returncode}: {done.stderr.decode()[:300]}")
    return json.loads(done.stdout, parse_float=Decimal, parse_int=Decimal)


def in_oere(value):
    return int(value * KRONE) if isinstance(value, Decimal) else value


class Truth:
    """The cells of a workbook: right, shown, and at fault."""

    def __init__(self, book):
        self.right, self.shown, self.roots, self.inherited = {}, {}, {}, set()
        self.tolerance = {}
        self.mistakes = []
        self.formulas = set()  # that sum the right cells: they follow by themselves
        for course in book.courses():
            for key, cell in course.cells.items():
                self.right[cell] = course.right[key]
                self.shown[cell] = course.shown[key]
                self.tolerance[cell] = KRONE if course.rounded else 1
                if key in course.formulas and course.formulas[key] == terms(course, key):
                    self.formulas.add(cell)
            for mistake in course.mistakes:
                cells = {course.cells[key]: right for key, right in mistake.roots.items()}
                self.mistakes.append((mistake, cells, len(course.mistakes)))
                self.roots.update(cells)
                if mistake.kind == "quantity in label":
                    key = next(iter(mistake.roots))
                    self.inherited.add(course.cells["label", key[1]])
            self.inherited |= {course.cells[key] for key in course.inherited()}

    def same(self, cell, value, width=0):
        right = self.right[cell]
        if isinstance(right, int) and isinstance(value, int):
            return abs(right - value) <= max(width, self.tolerance[cell])
        return right == value or (not right and not value)

    def was_right(self, cell):
        shown = self.shown[cell]
        return self.right[cell] == shown or (isinstance(shown, int) and self.same(cell, shown))


def places(finding):
    """[(cell, expected)] of a finding and its alternatives."""
    out = [((finding["sheet"], finding["cell"]), in_oere(finding["expected"]))]
    for other in finding.get("alternatives") or ():
        out.append(((other["sheet"], other["cell"]), in_oere(other["expected"])))
    return out


class Count:
    def __init__(self):
        self.right = self.all = 0

    def add(self, right):
        self.all += 1
        self.right += bool(right)

    def __str__(self):
        if not self.all:
            return "     -"
        return f"{self.right / self.all:6.3f}"


class Score:
    def __init__(self, args):
        self.args = args
        self.recall = collections.defaultdict(Count)
        self.alone = collections.defaultdict(Count)
        self.expected = collections.defaultdict(Count)
        self.tied = collections.Counter()
        self.below = collections.Counter()
        self.precision = {"error": Count(), "warning": Count()}
        self.clean, self.clean_courses = Count(), 0
        self.repairs, self.harmed, self.fixable = Count(), 0, Count()
        self.seconds, self.courses, self.failures = 0.0, 0, 0

    def check(self, path, book):
        start = time.perf_counter()
        report = run(self.args.program, "check", "--format", "json", "--lang", "da", str(path))
        self.seconds += time.perf_counter() - start
        self.courses += len(book.courses())
        findings = report["files"][0]["findings"]
        return [f for f in findings if f["severity"] != "info"]

    def fix(self, path):
        out = path.with_name(path.stem + "-rettet.xlsx")
        report = run(self.args.program, "fix", "--format", "json", str(path), "-o", str(out))
        out.unlink(missing_ok=True)
        return report["changes"]

    def fail(self, path, what, *lines):
        self.failures += 1
        if self.failures > self.args.failures:
            return
        keep = Path(self.args.keep)
        keep.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, keep)
        print(f"{keep / path.name}: {what}", *lines, sep="\n    ")

    def score_clean(self, path, book):
        findings = self.check(path, book)
        self.clean_courses += len(book.courses())
        self.clean.add(not findings)
        truth = Truth(book)
        if findings:
            self.fail(path, "a clean workbook has findings", *map(said, findings[:4]))
        self.score_changes(path, truth, self.fix(path))

    def score_seeded(self, path, book):
        findings, truth = self.check(path, book), Truth(book)
        roots = [f for f in findings if f["root"] is None]
        for mistake, cells, crowd in truth.mistakes:
            self.score_mistake(path, truth, mistake, cells, crowd, roots)
        for finding in roots:
            cells = [cell for cell, _ in places(finding)]
            right = any(cell in truth.roots or cell in truth.inherited for cell in cells)
            self.precision[finding["severity"]].add(right)
            if not right:
                self.fail(path, f"a false {finding['severity']}", said(finding), *seeded(truth, finding["sheet"]))
        self.score_changes(path, truth, self.fix(path))

    def score_mistake(self, path, truth, mistake, cells, crowd, roots):
        about = [f for f in roots if any(cell in cells for cell, _ in places(f))]
        if mistake.form:
            about = [f for f in about if f["code"] == "amount-text"]
        self.recall[mistake.kind].add(about)
        if crowd == 1:
            self.alone[mistake.kind].add(about)
        if not about:
            self.fail(path, f"not found: {mistake.kind}", *told(truth, cells, roots))
            return
        if not any((f["sheet"], f["cell"]) in cells for f in about):
            self.tied[mistake.kind] += 1
        values = [(c, e) for f in about for c, e in places(f) if c in cells and e is not None]
        if not values:  # it says that something is wrong, not what is right
            return
        right = any(truth.same(cell, e, mistake.width) for cell, e in values)
        self.expected[mistake.kind].add(right)
        if not right:
            self.fail(path, f"other figure expected: {mistake.kind}", *told(truth, cells, roots))

    def score_changes(self, path, truth, changes):
        for change in changes:
            cell, after = (change["sheet"], change["cell"]), in_oere(change["after"])
            if cell not in truth.right or cell in truth.formulas:
                continue
            right = truth.same(cell, after)
            self.repairs.add(right)
            if not right and truth.was_right(cell):
                self.harmed += 1
                self.fail(path, f"harmed: {cell}", f"{truth.right[cell]} → {after}", *seeded(truth, cell[0]))
            elif not right:
                self.fail(
                    path,
                    f"repaired wrongly: {cell}",
                    f"{truth.shown[cell]} → {after}, right is {truth.right[cell]}",
                    *seeded(truth, cell[0]),
                )


def said(finding):
    tied = "".join(f" or {c[0]}!{c[1]} {e}" for c, e in places(finding)[1:])
    cell = f"{finding['sheet']}!{finding['cell']}"
    return (
        f"said: {finding['severity']} {finding['code']} {cell} {finding['found']}"
        f" → {finding['expected']}{tied} ({finding['action']}) {finding['message'][:110]}"
    )


def seeded(truth, sheet):
    return [
        f"seeded: {mistake.kind} {cell[0]}!{cell[1]} {truth.shown[cell]} → {right}"
        for mistake, cells, _ in truth.mistakes
        for cell, right in cells.items()
        if cell[0] == sheet
    ]


def told(truth, cells, roots):
    """What was expected at these cells, and what was said on their sheets."""
    lines = [f"right: {c[0]}!{c[1]} {truth.shown[c]} → {right}" for c, right in cells.items()]
    sheet = next(iter(cells))[0]
    return lines + [said(f) for f in roots if f["sheet"] == sheet][:5] + seeded(truth, sheet)


def print_table(score):
    print(f"\n{'kind':28} {'seeded':>6} {'recall':>6} {'alone':>6} {'figure':>6} {'tied':>5}")
    total, alone, expected = Count(), Count(), Count()
    for kind in sorted(score.recall):
        recall = score.recall[kind]
        for sum_, part in (
            (total, recall),
            (alone, score.alone[kind]),
            (expected, score.expected[kind]),
        ):
            sum_.right += part.right
            sum_.all += part.all
        print(
            f"{kind:28} {recall.all:6} {recall} {score.alone[kind]} {score.expected[kind]}"
            f" {score.tied[kind]:5}"
        )
    print(f"{'all':28} {total.all:6} {total} {alone} {expected} {sum(score.tied.values()):5}")
    for severity, count in score.precision.items():
        print(f"precision, {severity:17} {count.all:6} {count}")
    print(f"{'clean workbooks':28} {score.clean.all:6} {score.clean}")
    print(f"{'repairs right':28} {score.repairs.all:6} {score.repairs}")
    print(f"{'right cells harmed':28} {score.harmed:6}")
    print(f"{'ms a course':28} {score.seconds * 1000 / max(1, score.courses):6.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--clean", type=int, default=60, help="clean workbooks")
    parser.add_argument("--seeded", type=int, default=150, help="workbooks with mistakes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--most", type=int, default=3, choices=(1, 2, 3), help="mistakes a course")
    parser.add_argument("--failures", type=int, default=0, help="print the first N, keep them")
    parser.add_argument("--keep", default="build/bench-failures", help="folder to keep them in")
    args = parser.parse_args()
    score, used = Score(args), {}
    with tempfile.TemporaryDirectory() as folder:
        for n in range(args.clean + args.seeded):
            seed = args.seed * 100000 + n
            book, path = make_book(seed), Path(folder) / f"sag_{seed}.xlsx"
            if n >= args.clean:
                spoil_book(random.Random(seed), book, used, args.most)
            write_book(book, path)
            (score.score_clean if n < args.clean else score.score_seeded)(path, book)
            path.unlink()
    print_table(score)
    return 1 if score.harmed or score.clean.right < score.clean.all else 0


if __name__ == "__main__":
    sys.exit(main())
