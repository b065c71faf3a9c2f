"""What each payer's figure in the printed Aarhus tables should be, reckoned here from the
printed benefits and from what the report says of its own assumptions. Nothing of the
program is used. Where the report is seen to use either of two caps a stay, both are right."""

import sys
from decimal import Decimal
from fractions import Fraction

import harness

sys.path.insert(0, str(harness.ROOT / "tests" / "tools"))
import facts

MUNICIPALITY, STATE, REGION, OTHER = range(4)
PAYERS = ("kommunen", "staten", "regionen", "øvrige aktører")
WEEK = 4005
TIERS = ((4, 100), (8, 50), (52, 30))  # sygedagpenge: the state's per cent up to and with a week
CAPS = (8113, 8227)
PERIODS = range(4)

# Amounts that all sums of their column show to be meant otherwise than they are printed.
MEANT = {
    ("Borger 2", 0, "Indlæggelse 3 uger", 0): "63.762",
    ("Borger 2", 1, "Indlæggelse 3 uger", 0): "63.762",
    ("Borger 5", 0, "Vejleder, Rådgivnings- og Støttecentret", 0): "6.594",
    ("Borger 5", 0, "Behandlingsforløb, AMD", 0): "15.400",
}


def sick_pay(amount, before):
    """The state's part of an amount that follows `before` weeks, and the weeks after it."""
    after, state, last = before + Fraction(amount) / WEEK, Fraction(0), 0
    for upto, percent in TIERS:
        weeks = min(after, Fraction(upto)) - max(before, Fraction(last))
        state += max(Fraction(0), weeks) * WEEK * percent / 100
        last = upto
    return state, after


def shares(label, amount, weeks, cap):
    """[municipality, state, region, other] of an amount, and the weeks after it."""
    parts = [Fraction(0)] * 4
    if label.startswith("Sygedagpenge"):
        parts[STATE], weeks = sick_pay(amount, weeks)
    elif label.startswith("Kontanthjælp"):
        parts[STATE] = Fraction(amount) * 30 / 100
    elif label.startswith(("SU", "Handicaptillæg")):
        parts[STATE] = Fraction(amount)
    elif label.startswith(("Indlæggelse", "Genindlæggelse")):
        parts[REGION] = Fraction(amount) - cap
    elif label == "Behandlingsforløb, AMD":
        parts[REGION] = Fraction(amount)
    parts[MUNICIPALITY] = Fraction(amount) - sum(parts)
    return parts, weeks


def amounts_of(citizen, kind, label, printed):
    meant = [MEANT.get((citizen, kind, label, p), text) for p, text in zip(PERIODS, printed)]
    return [facts.amount(text) or Decimal(0) for text in meant]


def course_by_hand(citizen, kind, course, cap):
    """[payer][period] of one half of a table."""
    sums = [[Fraction(0)] * 4 for _ in PAYERS]
    for section in facts.SECTIONS:
        for label, printed in course.sections[section]:
            weeks = Fraction(0)
            for p, amount in zip(PERIODS, amounts_of(citizen, kind, label, printed)):
                if amount:
                    parts, weeks = shares(label, amount, weeks, cap)
                    for k in range(4):
                        sums[k][p] += parts[k]
    return sums


class Figure:
    """One printed payer figure, and what it may be by hand."""

    def __init__(self, citizen, kind, payer, period, printed, right):
        self.citizen, self.kind, self.payer, self.period = citizen, kind, payer, period
        self.printed = facts.amount(printed)
        self.right = {round(Decimal(r.numerator) / r.denominator, 2) for r in right}

    def holds(self):
        return self.printed is None and 0 in self.right or self.printed in self.right

    def name(self):
        part = "i alt" if self.period is None else facts.PERIODS[self.period]
        return f"{self.citizen}, {facts.COURSES[self.kind]}, {PAYERS[self.payer]}, {part}"


def figures():
    """Every payer figure of the five tables, the totals of the payers last in each half."""
    for citizen, courses in facts.printed_cases().items():
        for kind, course in enumerate(courses):
            by_cap = [course_by_hand(citizen, kind, course, cap) for cap in CAPS]
            for k in range(4):
                printed = course.payers[k][1]
                for p in PERIODS:
                    yield Figure(citizen, kind, k, p, printed[p], {one[k][p] for one in by_cap})
                yield Figure(citizen, kind, k, None, course.totals[k][1],
                             {sum(one[k]) for one in by_cap})
