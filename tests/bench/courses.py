"""A course of figures: the right ones by the rules, and the ones that are shown.

Amounts are whole øre. A figure is named by its key:
("item", i, p), ("payer", k, p), ("total", p), ("payer total", k), ("case",),
and where payers are columns ("part", i, k), ("row", i). Headings are
("heading", p), labels ("label", i). Nothing here is taken from the program.
"""

import copy
from dataclasses import dataclass, field
from fractions import Fraction

MUNICIPALITY, STATE, REGION, OTHER = range(4)
PAYERS = range(4)
KRONE = 100

# Weekly and monthly rates, kroner, of src/rules/data/satser.csv.
WEEKLY = {2012: 3940, 2013: 4005, 2014: 4075, 2017: 4245, 2023: 4550}
MONTHLY = {
    2013: (13952, 10500, 6767),
    2014: (14203, 10689, 6889),
    2017: (14808, 11143),
    2023: (15874, 11944),
}
SU = {2013: 5753, 2014: 5839}
HANDICAP = {2013: 8180}
STAY_CAP = {2012: 8113, 2013: 8227}
STAY_WIDTH = (8227 - 8113) * KRONE  # either cap may be used in either year

# The state's percentage up to and with a week.
SICK_LADDER = ((4, 100), (8, 50), (52, 30), (None, 0))
REFUND_LADDER = ((4, 80), (26, 40), (52, 30), (None, 20))
RESTART_AFTER, LOOKED_BACK = 52, 36  # weeks of self-support, within so many months
CASH_STATE = 30


@dataclass
class Item:
    section: str
    label: str
    rule: str  # sick, cash, state, stay, own, other
    amounts: list  # øre a period, None for a blank
    price: int = 0  # of a week or month, øre
    unit: str = ""


@dataclass
class Mistake:
    kind: str
    roots: dict  # key: right value
    both: bool = False  # more than one root: either of them is the finding
    form: bool = False  # the value is right, its form is not
    width: int = 0  # the rule leaves the right value a range as wide as this


@dataclass
class Course:
    kind: int  # 0 actual, 1 counterfactual
    year: int
    periods: list  # (from, to)
    headings: list
    items: list
    columns: bool = False  # payers as columns
    rounded: bool = False  # derived figures typed in whole kroner
    right: dict = field(default_factory=dict)
    shown: dict = field(default_factory=dict)
    formulas: dict = field(default_factory=dict)  # key: keys that it sums
    cells: dict = field(default_factory=dict)  # key: (sheet, cell)
    mistakes: list = field(default_factory=list)
    held: set = field(default_factory=set)  # keys that no further mistake may touch

    def inherited(self):
        roots = {key for mistake in self.mistakes for key in mistake.roots}
        return {k for k, v in self.right.items() if self.shown[k] != v and k not in roots}


def part_by_weeks(ladder, weekly, start, amount):
    """What the state pays of an amount that begins after `start` weeks."""
    end, state, last = start + Fraction(amount, weekly), Fraction(0), Fraction(0)
    for upto, percent in ladder:
        stop = end if upto is None else min(end, Fraction(upto))
        weeks = max(Fraction(0), stop - max(start, last))
        state += weeks * weekly * percent / 100
        last = Fraction(upto) if upto is not None else end
    return state, end


def weekly_price(item):
    return item.price if item.unit == "week" else round(Fraction(item.price * 12, 52))


def months_of(period):
    return period[1] - max(0, period[0] - 1)


class Clock:
    """Weeks of benefit used, by the ladder that counts them. On the refund ladder they
    start from one after 52 whole weeks of self-support within three years (lov 994/2015
    § 6); nothing but benefits of that ladder supports a citizen in its years."""

    def __init__(self):
        self.weeks = {}
        self.idle = []  # (first month, whole weeks without support), once weeks have run
        self.begun = Fraction(0)

    def take(self, name, ladder, weekly, amount):
        state, end = part_by_weeks(ladder, weekly, self.weeks.get(name, Fraction(0)), amount)
        self.weeks[name] = end
        return state

    def begin(self, period):
        since = period[0] - LOOKED_BACK
        if sum(weeks for month, weeks in self.idle if month >= since) >= RESTART_AFTER:
            self.weeks["refund"], self.idle = Fraction(0), []
        self.begun = self.weeks.get("refund", Fraction(0))

    def end(self, period):
        used = self.weeks.get("refund", Fraction(0))
        idle = Fraction(months_of(period) * 52, 12) - (used - self.begun)
        if used > 0 and idle > 0:
            self.idle.append((period[0], int(idle)))


def split(item, amount, year, clock):
    """[municipality, state, region, other] of an amount in øre."""
    parts = [0] * 4
    if item.rule == "sick" and year < 2016:
        parts[STATE] = clock.take("sick", SICK_LADDER, weekly_price(item), amount)
    elif item.rule in ("sick", "cash") and year >= 2016:
        parts[STATE] = clock.take("refund", REFUND_LADDER, weekly_price(item), amount)
    elif item.rule == "cash":
        parts[STATE] = Fraction(amount * CASH_STATE, 100)
    elif item.rule == "state":
        parts[STATE] = amount
    elif item.rule == "stay":
        share = min(Fraction(amount * 60, 100), Fraction(STAY_CAP[year] * KRONE))
        parts[REGION] = amount - share
    elif item.rule == "other":
        parts[OTHER] = amount
    parts = [int(part + Fraction(1, 2)) for part in parts]
    parts[MUNICIPALITY] = amount - sum(parts)
    return parts


def splits(items, year, periods, fresh=None):
    """{(item, period): parts}; `fresh` is a period where weeks are counted afresh."""
    clock, out = Clock(), {}
    for p, period in enumerate(periods):
        if p == fresh:
            clock = Clock()
        clock.begin(period)
        for i, item in enumerate(items):
            out[i, p] = split(item, item.amounts[p] or 0, year, clock)
        clock.end(period)
    return out


def whole(value, rounded):
    return (value + KRONE // 2) // KRONE * KRONE if rounded else value


def derive(course, items=None, fresh=None):
    """Every figure that should follow from these items."""
    items = course.items if items is None else items
    count = len(course.periods)
    parts = splits(items, course.year, course.periods, fresh)
    figures = {}
    payers = [[sum(parts[i, p][k] for i in range(len(items))) for p in range(count)] for k in PAYERS]
    for i, item in enumerate(items):
        for p in range(count):
            figures["item", i, p] = item.amounts[p]
        if course.columns:
            sums = [sum(parts[i, p][k] for p in range(count)) for k in PAYERS]
            figures["row", i] = sum(sums)
            for k in PAYERS:
                figures["part", i, k] = sums[k]
    for p in range(count):
        if not course.columns:
            for k in PAYERS:
                figures["payer", k, p] = payers[k][p]
        figures["total", p] = sum(payers[k][p] for k in PAYERS)
    for k in PAYERS:
        figures["payer total", k] = sum(payers[k])
    figures["case",] = sum(map(sum, payers))
    for key in figures:
        if key[0] != "item":
            figures[key] = whole(figures[key], course.rounded)
    return figures


def terms(course, key):
    """The keys that a derived figure is the sum of."""
    items, periods = range(len(course.items)), range(len(course.periods))
    if key[0] == "total":
        return [("item", i, key[1]) for i in items]
    if key[0] == "row":
        return [("part", key[1], k) for k in PAYERS]
    if key[0] == "payer total" and course.columns:
        return [("part", i, key[1]) for i in items]
    if key[0] == "payer total":
        return [("payer", key[1], p) for p in periods]
    if key[0] == "case":
        return [("payer total", k) for k in PAYERS]
    return []


ORDER = ("total", "row", "payer total", "case")


def summed(course, keys):
    """What SUM gives: a text counts for nothing."""
    return sum(v for v in (course.shown[k] for k in keys) if isinstance(v, int))


def recalculate(course):
    """Give every formula its value, the inner ones first."""
    for kind in ORDER:
        for key, keys in course.formulas.items():
            if key[0] == kind:
                course.shown[key] = summed(course, keys)


def show_right(course):
    """Every figure as it should be; formulas are those of the keys that have one."""
    course.right = derive(course)
    for p, heading in enumerate(course.headings):
        course.right["heading", p] = heading
    for i, item in enumerate(course.items):
        course.right["label", i] = item.label
    course.shown = dict(course.right)
    recalculate(course)
    for key in course.formulas:
        course.right[key] = course.shown[key]


def rederive(course, items, fresh=None):
    """Show what follows from other items, where nothing else is wrong yet."""
    figures = derive(course, items, fresh)
    for key, value in figures.items():
        if course.shown[key] == course.right[key] and key not in course.held:
            course.shown[key] = value
    recalculate(course)


def with_amount(course, i, p, amount):
    items = copy.deepcopy(course.items)
    items[i].amounts[p] = amount
    return items
