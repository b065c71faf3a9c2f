#!/usr/bin/python3
"""Every payer and total cell of the printed Aarhus tables is explained so that the printed
numbers can be followed with a pocket calculator: each product is what it says, the parts
add up to the sum, and the sum is what should stand; what a payer's cell should hold is also
what is reckoned by hand from the printed benefits and the report's own rules."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_HALF_UP, Decimal

sys.dont_write_bytecode = True

import harness
from aarhus_by_hand import figures

BOOK = harness.SAMPLES / "aarhus_fremskudt_2013.xlsx"
NUMBER = r"-?[\d.]+(?:,\d+)?"
OERE = Decimal("0.01")
SHARE = re.compile(rf"^({NUMBER}) × ({NUMBER}) % til .+ = ({NUMBER})\.$")
WEEKS = re.compile(rf"^({NUMBER}) / ({NUMBER}) = ({NUMBER}) uger i perioden, efter ({NUMBER}) uger")
TIER = re.compile(rf"(?:Uge \d+-\d+|Fra uge \d+): ({NUMBER}) uger × ({NUMBER}) = ({NUMBER}); "
                  rf"heraf .+? ({NUMBER}) % = ({NUMBER})\.")
REST = re.compile(rf"^Regionens del er resten: ({NUMBER}) - ({NUMBER})(?: til ({NUMBER}))? = "
                  rf"({NUMBER})(?: til ({NUMBER}))?\.$")
CAP = re.compile(rf"^Kommunens del: ({NUMBER}) × ({NUMBER}) % = ({NUMBER}), ")


def number(text):
    return Decimal(text.replace(".", "").replace(",", "."))


def near(a, b, within=OERE):
    return abs(a - b) <= within


class Cell:
    def __init__(self, checks, report):
        self.checks, self.report = checks, report
        self.name = f"{report['sheet']}!{report['cell']}"
        self.followed = 0

    def that(self, holds, what):
        self.followed += 1
        self.checks.that(holds, f"{self.name}: {what}")

    def follow_sentence(self, text):
        """Do again what the sentence says was done."""
        if match := SHARE.match(text):
            amount, share, part = map(number, match.groups())
            self.that(near(amount * share / 100, part), text)
        elif match := WEEKS.match(text):
            amount, price, weeks, _ = map(number, match.groups())
            self.that(near(amount / price, weeks, Decimal("0.005")), text)
        elif match := TIER.match(text):
            weeks, price, within, share, part = map(number, match.groups())
            self.that(near(weeks * price, within, price * Decimal("0.005") + OERE), text)
            self.that(near(within * share / 100, part), text)
        elif match := CAP.match(text):
            amount, share, part = map(number, match.groups())
            self.that(near(amount * share / 100, part), text)
        elif match := REST.match(text):
            whole, low, high, rest_low, rest_high = (number(g) if g else None for g in match.groups())
            self.that(near(whole - low, rest_high or rest_low), text)
            self.that(high is None or near(whole - high, rest_low), text)
        else:
            self.checks.that(" × " not in text, f"{self.name}: not followed: {text}")

    def follow(self):
        tiers = parts = terms = Decimal(0)
        told = ends = 0
        for step in self.report["steps"]:
            kind, amount = step["kind"], step["amount"]
            if step["text"] and kind not in ("source", "heading"):
                self.follow_sentence(step["text"])
            if kind in ("item", "heading"):
                tiers, told = Decimal(0), 0
            if kind in ("tier", "share"):
                tiers, told = tiers + Decimal(str(amount)), told + 1
            elif kind == "part":
                self.that(not told or near(tiers, Decimal(str(amount))), f"part {amount}")
                parts += Decimal(str(amount))
            elif kind == "term":
                terms += Decimal(str(amount or 0))
            elif kind == "sum":
                self.that(near(parts + terms, Decimal(str(amount))), f"sum {amount}")
                self.sum = Decimal(str(amount))
                self.range = [Decimal(str(end)) for end in step.get("range") or (amount, amount)]
                parts = terms = Decimal(0)
                ends += 1
        self.that(ends > 0, "nothing is added up")
        self.follow_end()

    def follow_end(self):
        """The sum is what should stand, and the difference is right."""
        stands, expected = self.report["stands"], self.report["expected"]
        if stands is None or expected is None:
            return
        if self.report["kind"] == "payer":
            whole = self.sum.quantize(Decimal(1), ROUND_HALF_UP)
            low, high = self.range
            self.that(Decimal(str(expected)) in (self.sum, whole) or low <= expected <= high,
                      f"{expected} should stand")
        if self.report["difference"] is not None:
            self.that(near(Decimal(str(expected)) - Decimal(str(stands)),
                           Decimal(str(self.report["difference"]))), "difference")


def cells_of(report):
    """Sheet and address of every payer row, period total and total line."""
    for case in report["cases"]:
        for course in case["courses"]:
            columns = [re.match("[A-Z]+", p["cell"]).group() for p in course["periods"]]
            last = int(re.search(r":[A-Z]+(\d+)", course["range"]).group(1))
            for row in (*range(last - 10, last - 5), *range(last - 4, last + 1)):
                for column in columns if row < last - 4 else columns[:1]:
                    yield f"'{course['sheet']}'!{column}{row}"


COURSES = ("actual", "counterfactual")
PAYERS = ("municipality", "state", "region", "other")
PERIODS = ("0-6", "7-12", "13-24", "25-36")


def by_hand():
    """{(citizen, course, payer, period): what may stand}, None for the payer's total."""
    return {(f.citizen, COURSES[f.kind], PAYERS[f.payer],
             None if f.period is None else PERIODS[f.period]): f.right for f in figures()}


def check_by_hand(checks, right, report):
    """How many cells were compared: 1 or 0."""
    period = "25-36" if report["period"] == "25-35" else report["period"]
    wanted = right.get((report["citizen"], report["course"], report["payer"], period))
    if wanted is None:
        return 0
    told = report["expected"] if report["expected"] is not None else report["stands"] or 0
    checks.that(Decimal(str(told)).quantize(OERE) in wanted,
                f"{report['sheet']}!{report['cell']}: {told}, by hand {wanted}")
    return 1


def main():
    exe = harness.executable()
    checks = harness.Checks()
    _, check = harness.run_json(exe, "check", BOOK)
    cells = list(cells_of(check["files"][0]))
    checks.equal(len(cells), 10 * (5 * 4 + 5), "cells to explain")

    def explain(cell):
        return cell, harness.run_json(exe, "explain", BOOK, cell, "--lang", "da")

    followed = compared = 0
    right = by_hand()
    with ThreadPoolExecutor(2) as pool:
        for cell, (status, report) in pool.map(explain, cells):
            if not checks.that(status == 0 and report["error"] is None, f"{cell}: {report['error']}"):
                continue
            one = Cell(checks, report)
            checks.section(one.follow)
            followed += one.followed
            compared += check_by_hand(checks, right, report)
    checks.that(followed > 1000, f"only {followed} numbers were followed")
    checks.equal(compared, len(right), "payer figures compared with those by hand")
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
