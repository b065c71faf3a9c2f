#!/usr/bin/python3
"""Workbooks that state no date, of years with and without known rates: whatever year is
taken for them, no cell that is right is corrected or called an error. Nothing here is taken
from the program; the rates are the published ones of each year."""

import random
import re
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

sys.dont_write_bytecode = True

import harness

BOOKS = 30
SEED = 20130901
PERIODS, MONTHS = ("0-6 mdr", "7-12 mdr", "13-24 mdr", "25-36 mdr"), (6, 6, 12, 12)
LABELS = ("Udgift for kommunen", "Udgift for staten", "Udgift for regionen", "Udgift, øvrige aktører")
TOTALS = [f"{label} i alt" for label in LABELS] + ["Samlet totaludgift"]
SICK = {2012: 3940, 2013: 4005, 2014: 4075, 2015: 4135, 2016: 4180, 2017: 4245, 2018: 4300,
        2019: 4355, 2020: 4405, 2021: 4460, 2022: 4465, 2023: 4550}
CASH = {2012: 10335, 2013: 10500, 2014: 10689, 2015: 10849, 2016: 10968, 2017: 11143, 2018: 11282,
        2019: 11423, 2020: 11554, 2021: 11716, 2022: 11716, 2023: 11944}
SU = {2012: 5662, 2013: 5753, 2014: 5839, 2015: 5903, 2016: 5941, 2017: 6015, 2018: 6090,
      2019: 6166, 2020: 6243, 2021: 6321, 2022: 6397, 2023: 6589}
SICK_TIERS = ((4, 100), (8, 50), (52, 30), (None, 0))
LADDER = ((4, 80), (26, 40), (52, 30), (None, 20))


def state_weeks(tiers, before, weeks):
    """How many weeks' worth the state pays of `weeks` that follow `before`."""
    paid, last = Fraction(0), Fraction(0)
    for upto, percent in tiers:
        end = before + weeks if upto is None else min(before + weeks, Fraction(upto))
        paid += max(Fraction(0), end - max(before, last)) * percent / 100
        last = end if upto is None else Fraction(upto)
    return paid


class Course:
    """Benefits of one year, in kroner, and what the state pays of each column."""

    def __init__(self, rand, year):
        self.year = year
        sick = rand.choice((True, False))
        cash = not sick or rand.random() < 0.5
        self.weeks = [rand.randint(1, 13 if cash else 26) if sick and p < 3 else 0 for p in range(4)]
        self.months = [rand.choice((3, m // 2)) if cash else 0 for m in MONTHS]
        self.su = [rand.choice((0, m)) if rand.random() < 0.3 else 0 for m in MONTHS]
        self.own = [rand.choice((0, rand.randint(1000, 20000))) for _ in MONTHS]

    def idle(self):
        """Whole weeks without support in the first three columns."""
        used = [w + m * 13 / 3 for w, m in zip(self.weeks, self.months)]
        return sum(int(m * 52 / 12 - u) for m, u in zip(MONTHS[:3], used))

    def rows(self):
        sick, cash, su = SICK[self.year], CASH[self.year], SU[self.year]
        yield "Sygedagpenge", [w * sick for w in self.weeks]
        yield "Kontanthjælp", [m * cash for m in self.months]
        yield "SU", [m * su for m in self.su]
        yield "Mentorforløb", self.own

    def state(self):
        """The dearer week comes first on the ladder: that of sygedagpenge."""
        clock, out = Fraction(0), []
        for weeks, months, su in zip(self.weeks, self.months, self.su):
            sick, cash = SICK[self.year], CASH[self.year]
            tiers = SICK_TIERS if self.year < 2016 else LADDER
            part = state_weeks(tiers, clock, Fraction(weeks)) * sick
            clock += weeks
            if self.year < 2016:
                part += Fraction(months * cash * 30, 100)
            else:
                part += state_weeks(tiers, clock, Fraction(months * 13, 3)) * cash * 3 / 13
                clock += Fraction(months * 13, 3)
            part += su * SU[self.year]
            out.append(int(part * 100 + Fraction(1, 2)))
        return out


class Book:
    def __init__(self, rand):
        self.lines, self.right, self.wrong = [["Borger 1"]], {}, set()
        self.year = rand.choice(sorted(SICK))
        for name in ("Faktisk forløb", "Kontrafaktisk forløb"):
            self.add_course(name, self.draw(rand))
        for _ in range(rand.choice((0, 1, 1))):
            self.spoil(rand)

    def draw(self, rand):
        """A course in which the clock of the ladder does not begin anew."""
        course = Course(rand, self.year)
        while course.idle() >= 50:
            course = Course(rand, self.year)
        return course

    def add(self, label, oere):
        self.lines.append([label] + [printed(o) for o in oere])
        for column, value in enumerate(oere):
            self.right[len(self.lines), column] = value

    def add_course(self, name, course):
        rows = list(course.rows())
        sums = [sum(amounts[p] for _, amounts in rows) * 100 for p in range(4)]
        state = course.state()
        own = [a - b for a, b in zip(sums, state)]
        self.lines.append([name, *PERIODS])
        for label, amounts in rows:
            self.add(label, [a * 100 for a in amounts])
        for label, oere in zip(LABELS, (own, state, [0] * 4, [0] * 4)):
            self.add(label, oere)
        self.add("Udgift i alt", sums)
        for label, oere in zip(TOTALS, (sum(own), sum(state), 0, 0, sum(sums))):
            self.add(label, [oere])
        self.lines.append([])

    def spoil(self, rand):
        """One whole-kroner digit of one figure is mistyped."""
        row, column = rand.choice([k for k, v in self.right.items() if v > 0])
        text = self.lines[row - 1][column + 1]
        at = rand.choice([i for i, c in enumerate(text.split(",")[0]) if c.isdigit()])
        digit = (int(text[at]) + rand.randint(1, 9)) % 10
        if at == 0 and digit == 0:
            digit = 9 if text[0] != "9" else 8
        self.lines[row - 1][column + 1] = f"{text[:at]}{digit}{text[at + 1:]}"
        self.wrong.add((row, column))

    def text(self):
        return "".join(";".join(line + [""] * (5 - len(line))) + "\n" for line in self.lines)


def printed(oere):
    text = f"{oere / 100:,.2f}" if oere % 100 else f"{oere // 100:,}"
    return text.translate(str.maketrans(",.", ".,"))


def place(cell):
    match = re.fullmatch(r"([A-Z])(\d+)", cell)
    return int(match[2]), ord(match[1]) - ord("B")


def check_book(checks, exe, folder, number):
    book = Book(random.Random(SEED + number))
    path = Path(folder) / f"{number}.csv"
    path.write_text(book.text(), encoding="utf-8")
    _, report = harness.run_json(exe, "fix", path, "--force", "--lang", "da")
    name = f"book {number}, prices of {book.year}"
    for change in report["changes"]:
        at = place(change["cell"])
        checks.that(at not in book.right or at in book.wrong,
                    f"{name}: {change['cell']} was right: {change['before']} to {change['after']}")
    for finding in report["findings"]:
        at = place(finding["cell"]) if finding["cell"] else None
        checks.that(finding["severity"] != "error" or finding["root"] is not None or at in book.wrong,
                    f"{name}: {finding['cell']} is called wrong: {finding['found']}, "
                    f"{finding['expected']}; wrong are {book.wrong}")


def main():
    exe = harness.executable()
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(BOOKS):
            checks.section(check_book, checks, exe, folder, number)
    checks.that(checks.passed > BOOKS, "findings were looked at")
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
