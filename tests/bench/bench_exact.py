#!/usr/bin/python3
"""Hold the localisation of `kontrafakt check` to the exact one on small workbooks.

bench_exact.py PROGRAM [N] [--seed S] [--failures N] [--keep FOLDER] [--least SHARE]

Each workbook has one course or two of two to four periods and one to three benefits,
and one to three mistakes a course. Agreed is a course when the cells that are named as
roots (each finding's cell, or one of its alternatives) are a set of least weight, and
when nothing else is named where only one set with one value comes near. Exit 1 when
less than SHARE agree.
"""

import argparse
import collections
import copy
import random
import shutil
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from courses import KRONE, MONTHLY, SU, WEEKLY, Course, Item, recalculate, show_right
from exact import MOST, Exact
from make_cases import (
    OUTSIDE,
    OWN,
    SECTIONS,
    SINGLE,
    Book,
    Case,
    formulas_of,
    in_sections,
    monthly,
    months_left,
    sick_pay,
    single_item,
    some_blanks,
    write_book,
)
from mistakes import INJECTORS, SLIPS, hold, slip, typed
from score import in_oere, places, run

GRIDS = (
    ((0, 6), (7, 12)),
    ((0, 6), (7, 12)),
    ((0, 6), (7, 12), (13, 24)),
    ((0, 6), (7, 12), (13, 24), (25, 36)),
)
HOWS = (*SLIPS, "arbitrary")
KINDS = (
    *(f"total {how}" for how in HOWS),
    *(f"payer {how}" for how in HOWS),
    *(f"payer {how}, carried" for how in HOWS),
    *(f"item {how}" for how in (*HOWS, "scale", "sign", "blank")),
    "payer sign",
    "payer total",
    "case total",
    "state copied from before",
    "payer rows exchanged",
    "weeks counted afresh",
    "typed among formulas",
)
LOCATED = ("total-", "split-", "amount-missing", "amount-typo", "amount-scale", "amount-sign")
LEAD, WIDE_LEAD, WIDEST_LEAD = 50, 80, 110


# ---- small workbooks --------------------------------------------------------------------


def small_items(rng, year, grid):
    items, weeks = [], [0] * len(grid)
    if rng.random() < 0.6 or year not in MONTHLY:
        item, weeks = sick_pay(rng, year, grid)
        items.append(item)
    if year in MONTHLY and (not items or rng.random() < 0.4):
        months = months_left(rng, grid, weeks)
        if year >= 2016:  # a begun week is a whole one: a quarter is 13 weeks
            months = [n // 3 * 3 for n in months]
        if year in SU and rng.random() < 0.4:
            items.append(monthly(rng, "SU", "state", SU[year], grid, months))
        else:
            items.append(monthly(rng, "Kontanthjælp", "cash", MONTHLY[year][0], grid, months))
    if rng.random() < 0.7:
        section, names, rule = rng.choice(
            ((SECTIONS[1], SINGLE, "own"), (SECTIONS[2], OWN, "own"), (SECTIONS[3], OUTSIDE, "other"))
        )
        items.append(single_item(rng, section, rng.choice(names), rule, grid))
    return [item for item in items if any(item.amounts)]


def small_course(rng, kind, year, grid, columns, kinds, rounded):
    items = []
    while not items:
        items = in_sections(small_items(rng, year, grid))
    some_blanks(rng, items)
    headings = [f"{a}-{b} mdr" for a, b in grid]
    course = Course(kind, year, list(grid), headings, items, columns, rounded)
    show_right(course)
    course.formulas = formulas_of(course, kinds)
    show_right(course)
    return course


def small_book(seed):
    rng = random.Random(f"small {seed}")
    year, grid = rng.choice((2012, 2013, 2013, 2014, 2017)), rng.choice(GRIDS)
    columns = rng.random() < 0.25
    kinds = rng.choice(((), (), ("total",), ("total", "row", "payer total", "case")))
    rounded = not kinds and rng.random() < 0.3
    courses = [
        small_course(rng, kind, year, grid, columns, kinds, rounded)
        for kind in range(rng.choice((1, 2)))
    ]
    layout = "columns" if columns else rng.choice(("side", "stacked"))
    book = Book(layout, "#,##0" if rounded else "#,##0.00", True, [Case("Borger 1", courses)])
    for course in courses:
        seed_mistakes(rng, course, book.cases[0])
    return book


def two_slips_in_column(rng, course):
    """Two amounts of one period mistyped: no other injector does that."""
    p = rng.randrange(len(course.periods))
    keys = [k for k in typed(course, "item") if k[2] == p]
    wrong = {k: slip(rng, course.right[k], rng.choice(list(SLIPS))) for k in keys[:2]}
    if len(wrong) < 2 or None in wrong.values():
        return False
    course.shown.update(wrong)
    hold(course, p)
    recalculate(course)
    return True


def seed_mistakes(rng, course, case):
    wanted = rng.choices((1, 2, 3), (55, 30, 15))[0]
    if wanted > 1 and rng.random() < 0.15 and two_slips_in_column(rng, course):
        return
    for _ in range(wanted):
        for kind in rng.sample(KINDS, len(KINDS)):
            kept = copy.deepcopy((course.shown, course.formulas, course.held))
            mistake = INJECTORS[kind](rng, course, case)
            if mistake:
                course.mistakes.append(mistake)
                break
            course.shown, course.formulas, course.held = kept


# ---- the comparison -----------------------------------------------------------------------


def near(course, a, b):
    return (a or 0) == (b or 0) or (
        isinstance(a, int) and isinstance(b, int) and abs(a - b) <= (10 * KRONE if course.rounded else 20)
    )


def lead_of(course, best):
    """How far a rival must be behind, by README: least behind a slip of the hand."""
    amounts = [k for k in best.roots if k[0] == "item"]
    lead = LEAD
    exact = Exact(course)
    for key, value in best.roots.items():
        slipped = course.shown[key] is not None and exact.slipped(key, value)
        if slipped or (key[0] == "item" and len(amounts) > 1):
            continue
        if key[0] != "item":
            return WIDEST_LEAD
        lead = WIDE_LEAD
    return lead


class Comparison:
    def __init__(self, course, other, findings):
        self.course = course
        self.key_at = {cell: key for key, cell in course.cells.items()}
        self.said = []  # for each root: [(key, value)], its own first
        for finding in findings:
            named = [(self.key_at.get(cell), value) for cell, value in places(finding)]
            self.said.append([pair for pair in named if pair[0]])
        self.explanations = Exact(course, other).solve()

    def is_said(self, explanation):
        """Each of its roots is named with its value, and each finding names one of them."""
        def names(pairs, key, value):
            return any(k == key and (v is None or near(self.course, v, value)) for k, v in pairs)

        roots = explanation.roots.items()
        return all(any(names(pairs, *root) for pairs in self.said) for root in roots) and all(
            any(names(pairs, *root) for root in roots) for pairs in self.said
        )

    def verdict(self):
        """agreed, or how it is not."""
        if not self.explanations or len(self.said) > MOST:
            return "more than three roots"
        best = self.explanations[0]
        if not best.roots:
            return "agreed" if not self.said else "nothing is wrong"
        least = [e for e in self.explanations if e.cost == best.cost]
        if not any(self.is_said(e) for e in least):
            return "not a least set"
        lead = lead_of(self.course, best)
        rivals = [e for e in self.explanations[1:] if e.cost <= best.cost + lead]
        alone = all(self.same(e, best) for e in rivals)
        if alone and any(len(pairs) > 1 for pairs in self.said):
            return "a tie, where one set is least"
        return "agreed"

    def same(self, a, b):
        return a.cells() == b.cells() and all(near(self.course, a.roots[k], b.roots[k]) for k in a.roots)

    def told(self):
        def cell(key):
            return self.course.cells[key][1]

        def value(v):
            return v / KRONE if isinstance(v, int) else v

        lines = [
            "said: " + " or ".join(f"{cell(k)} {value(v)}" for k, v in pairs) for pairs in self.said
        ]
        for e in self.explanations[:5]:
            roots = ", ".join(
                f"{cell(k)} {value(self.course.shown[k])} → {value(v)}" for k, v in e.roots.items()
            )
            lines.append(f"exact: {e.cost}: {roots} {e.payers or ''}")
        for mistake in self.course.mistakes:
            roots = ", ".join(f"{cell(k)} → {value(v)}" for k, v in mistake.roots.items())
            lines.append(f"seeded: {mistake.kind}: {roots}")
        return lines


def located(findings, course):
    sheets = {sheet for sheet, _ in course.cells.values()}
    cells = set(course.cells.values())
    return [
        f
        for f in findings
        if f["root"] is None
        and f["severity"] != "info"
        and f["sheet"] in sheets
        and (f["sheet"], f["cell"]) in cells
        and f["code"].startswith(LOCATED)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("count", nargs="?", type=int, default=300, help="workbooks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", type=int, default=0, help="print the first N, keep them")
    parser.add_argument("--keep", default="build/exact-failures", help="folder to keep them in")
    parser.add_argument("--least", type=float, default=0, help="share that must agree")
    args = parser.parse_args()
    verdicts, failures = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(args.seed * 100000, args.seed * 100000 + args.count):
            book, path = small_book(seed), Path(folder) / f"lille_{seed}.xlsx"
            write_book(book, path)
            report = run(args.program, "check", "--format", "json", "--lang", "da", str(path))
            findings = report["files"][0]["findings"]
            for course in book.courses():
                other = next((c for c in book.courses() if c is not course), None)
                found = Comparison(course, other, located(findings, course))
                verdict = found.verdict()
                verdicts[verdict] += 1
                if verdict in ("agreed", "more than three roots"):
                    continue
                failures += 1
                if failures <= args.failures:
                    Path(args.keep).mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, args.keep)
                    print(f"{args.keep}/{path.name}: {verdict}", *found.told(), sep="\n    ", flush=True)
            path.unlink()
    compared = sum(verdicts.values()) - verdicts["more than three roots"]
    for verdict, count in verdicts.most_common():
        print(f"{verdict:32} {count:6}")
    share = verdicts["agreed"] / max(1, compared)
    print(f"{'share of courses agreed':32} {share:.4f} of {compared}")
    return 0 if share >= args.least else 1


if __name__ == "__main__":
    sys.exit(main())
