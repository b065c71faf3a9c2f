"""The exact answer to "which cells are wrong" for a small course, by trying all sets.

The weights are the program's, as README ("Which cell is wrong") has them; the sums, the
splits and the search are its own. So it tells whether the program's search misses a
cheaper set, not whether the weights are the best ones. An explanation gives some typed
amounts other values, and free items (those without a rule) a payer in each column. What
every derived figure should be follows from these. Of the figures that are then wrong,
some are roots and the others follow: each is what an edit gives with a wrong figure in
it taken as it stands. Every set of up to MOST roots, amounts among them, is tried.
"""

import itertools
from dataclasses import dataclass

from courses import KRONE, MUNICIPALITY, OTHER, PAYERS, REGION, STATE, months_of, splits

MOST = 3  # roots of an explanation
KEEP = 110  # explanations that cost more than this above the least are no rivals

# ---- the weights of README ------------------------------------------------------------

WEIGHT = {"item": 300, "total": 100, "row": 100, "payer total": 100, "case": 90}
PAYER_WEIGHT = {MUNICIPALITY: 220, STATE: 200, REGION: 210, OTHER: 215}
BLANK_ITEM = 180
FORMULA_FACTOR, FITS_RATE_FACTOR = 4, 2
TYPED_OVER = 40  # per cent
ITEM_SLIP, KNOWN_PRICE, SLIP, COPIED_COLUMN, COPIED = 35, 35, 50, 50, 60  # per cent
EXCHANGED, ROWS_EXCHANGED, PAYERS_COPIED = 40, 20, 30
SUM, OWN_REST, REST, WRONG_REST = 15, 20, 80, 200
OTHER_PAYER, UNLIKE_PAYERS = 25, 220


def is_slip(typed, meant):
    """One keystroke, a factor of 10, 100 or 1000, or the sign."""
    a, b = abs(typed), abs(meant)
    if typed == meant or not a or not b or (a < 10 * KRONE and b < 10 * KRONE):
        return False
    if a == b:
        return True
    if (typed < 0) != (meant < 0):
        return False
    if max(a, b) in (min(a, b) * 10, min(a, b) * 100, min(a, b) * 1000):
        return True
    unit = KRONE if a % KRONE == 0 and b % KRONE == 0 else 1
    x, y = str(a // unit), str(b // unit)
    if len(x) == len(y):
        differ = [n for n in range(len(x)) if x[n] != y[n]]
        swapped = len(differ) == 2 and differ[1] == differ[0] + 1
        return len(differ) == 1 or (
            swapped and x[differ[0]] == y[differ[1]] and x[differ[1]] == y[differ[0]]
        )
    if len(x) > len(y):
        x, y = y, x
    return len(y) == len(x) + 1 and any(y[:n] + y[n + 1 :] == x for n in range(len(y)))


@dataclass
class Explanation:
    cost: int
    roots: dict  # key: right value
    payers: dict  # (free item, period): payer

    def cells(self):
        return frozenset(self.roots)


class Exact:
    def __init__(self, course, other=None):
        """other: the citizen's other course, which tells of prices."""
        self.course, self.shown = course, course.shown
        self.prices = {}
        for i, item in enumerate(other.items if other else ()):
            known = {other.shown.get(("item", i, p)) for p in range(len(other.periods))}
            self.prices.setdefault(item.label, set()).update(known)
        self.count, self.width = len(course.items), len(course.periods)
        self.half = KRONE // 2 if course.rounded else 0
        self.derived = [
            k
            for k, v in self.shown.items()
            if k[0] in ("total", "row", "payer", "part", "payer total", "case") and isinstance(v, int)
        ]
        self.free = [i for i, item in enumerate(course.items) if item.rule in ("own", "other")]
        self.edits = {key: [] for key in self.derived}
        self.tie_edits()
        self.split_memo, self.best, self.found = {}, 10**9, {}
        self.tried = set()

    # ---- the balance edits --------------------------------------------------------

    def tie(self, whole, parts, derived):
        parts = [p for p in parts if p[0] == "item" or isinstance(self.shown.get(p), int)]
        if whole not in self.edits or not parts:
            return
        self.edits[whole].append((SUM, [(p, 1) for p in parts]))
        for part in parts if derived else ():
            k = part[2] if part[0] == "part" else part[1]
            rest = [(whole, 1)] + [(p, -1) for p in parts if p != part]
            self.edits[part].append((OWN_REST if k == MUNICIPALITY else REST, rest))

    def tie_edits(self):
        items, periods = range(self.count), range(self.width)
        payer_totals = [("payer total", k) for k in PAYERS]
        for p in periods:
            self.tie(("total", p), [("item", i, p) for i in items], False)
            if not self.course.columns:
                self.tie(("total", p), [("payer", k, p) for k in PAYERS], True)
        for k in PAYERS:
            if self.course.columns:
                self.tie(("payer total", k), [("part", i, k) for i in items], True)
            else:
                self.tie(("payer total", k), [("payer", k, p) for p in periods], False)
        for i in items if self.course.columns else ():
            self.tie(("row", i), [("item", i, p) for p in periods], False)
            self.tie(("row", i), [("part", i, k) for k in PAYERS], True)
        self.tie(("case",), payer_totals, True)
        self.tie(("case",), [("total", p) for p in periods], False)
        if self.course.columns:
            self.tie(("case",), [("row", i) for i in items], False)

    # ---- what follows from the amounts ----------------------------------------------

    def amounts(self, changes):
        return tuple(
            tuple(changes.get(("item", i, p), self.shown["item", i, p]) or 0 for p in range(self.width))
            for i in range(self.count)
        )

    def parts(self, amounts):
        if amounts not in self.split_memo:
            kept = [item.amounts for item in self.course.items]
            for item, row in zip(self.course.items, amounts):
                item.amounts = list(row)
            self.split_memo[amounts] = splits(
                self.course.items, self.course.year, self.course.periods
            )
            for item, row in zip(self.course.items, kept):
                item.amounts = row
        return self.split_memo[amounts]

    def truth(self, changes, payers):
        """{derived key: (right value, what rounding leaves open)}"""
        amounts = self.amounts(changes)
        parts = dict(self.parts(amounts))
        for (i, p), k in payers.items():
            parts[i, p] = [amounts[i][p] if k == own else 0 for own in PAYERS]
        out, half = {}, self.half

        def room(cells, rule):
            typed = sum(
                half
                for i, p in cells
                if amounts[i][p] and ("item", i, p) not in changes
            )
            return typed + (2 * len(cells) if rule else 0)

        def put(key, cells, payer=None):
            cells = [c for c in cells if payer is None or parts[c][payer]]
            if payer is None:
                value = sum(amounts[i][p] for i, p in cells)
            else:
                value = sum(parts[c][payer] for c in cells)
            out[key] = value, room(cells, payer is not None)

        items, periods = range(self.count), range(self.width)
        empty = {p for p in periods if self.is_left_empty(p, amounts)}
        for key in self.derived:
            if empty and (key[-1] in empty if key[0] in ("total", "payer") else key[0] != "part"):
                out[key] = None  # not known
            elif key[0] == "total":
                put(key, [(i, key[1]) for i in items])
            elif key[0] == "row":
                put(key, [(key[1], p) for p in periods])
            elif key[0] == "case":
                put(key, [(i, p) for i in items for p in periods])
            elif key[0] == "payer":
                put(key, [(i, key[2]) for i in items], key[1])
            elif key[0] == "part":
                put(key, [(key[1], p) for p in periods], key[2])
            else:
                put(key, [(i, p) for i in items for p in periods], key[1])
        return out

    def is_left_empty(self, p, amounts):
        """Whether the period has cost something, and no row states an amount."""
        stated = [self.shown["item", i, p] is not None or amounts[i][p] for i in range(self.count)]
        return not any(stated) and any(
            self.shown.get(key) for key in (("total", p), *(("payer", k, p) for k in PAYERS))
        )

    def own_half(self, key):
        return self.half if self.shown[key] and key not in self.course.formulas else 0

    def agrees(self, key, truth):
        if truth[key] is None:
            return True
        value, room = truth[key]
        return abs(self.shown[key] - value) <= room + self.own_half(key)

    # ---- roots, and what follows from them ---------------------------------------------

    def follows(self, key, terms, wrong, settled, truth, changes):
        """Whether an edit gives the figure with a settled wrong one in it as it stands."""
        total, room, carried = 0, self.own_half(key), []
        for term, sign in terms:
            stands = self.shown[term] or 0
            if term not in wrong and term not in changes:
                total += sign * stands
                room += self.half if stands else 0
                continue
            right, open_ = (changes[term], 0) if term in changes else truth[term]
            total += sign * right
            room += open_
            if term in settled or term in changes:
                carried.append((sign * (stands - right), self.half))
        for size in range(1, len(carried) + 1):
            for taken in itertools.combinations(carried, size):
                given = total + sum(more for more, _ in taken)
                if abs(self.shown[key] - given) <= room + sum(h for _, h in taken):
                    return True
        return False

    def way(self, key, wrong, settled, truth, changes, plain):
        """What it costs that the figure follows, or None."""
        ways = []
        if changes and key[0] in ("total", "payer", "part", "row") and self.agrees(key, plain):
            ways.append(SUM)
        for cost, terms in self.edits[key]:
            if cost != SUM and terms[0][0] in wrong:
                cost = WRONG_REST
            if (not ways or cost < min(ways)) and self.follows(
                key, terms, wrong, settled, truth, changes
            ):
                ways.append(cost)
        if not ways:
            return None
        return 0 if key in self.course.formulas else min(ways)

    def settle(self, roots, wrong, truth, changes, plain, least):
        """What all others cost as they follow, or None when some do not."""
        settled, cost = set(roots), 0
        while len(settled) < len(wrong):
            ways = {}
            for key in wrong:
                if key not in settled:
                    way = self.way(key, wrong, settled, truth, changes, plain)
                    if way is not None:
                        ways[key] = way
            if not ways:
                return None
            cheapest = min(ways.values())
            for key, way in ways.items():
                if way == cheapest:
                    settled.add(key)
                    cost += way
            if cost > least:
                return None
        return cost

    def is_typed_over(self, key):
        """Whether most others of its row are formulas."""
        alike = [
            other in self.course.formulas
            for other in self.derived
            if other != key and other[0] == key[0] and self.payer_of(other) == self.payer_of(key)
        ]
        return sum(alike) > 1 and sum(alike) > 2 * (len(alike) - sum(alike))

    @staticmethod
    def payer_of(key):
        if key[0] == "part":
            return key[2]
        return key[1] if key[0] in ("payer", "payer total") else None

    def slipped(self, key, right, room=0):
        if self.course.rounded:
            near = [(right + KRONE // 2) // KRONE * KRONE]
        else:
            near = range(right - room, right + room + 1) if room <= 10 else [right]
        return any(is_slip(self.shown[key], value) for value in near)

    def root_cost(self, key, wrong, truth, payers):
        weight = PAYER_WEIGHT[key[1]] if key[0] == "payer" else None
        weight = PAYER_WEIGHT[key[2]] if key[0] == "part" else weight or WEIGHT[key[0]]
        if key in self.course.formulas:
            weight *= FORMULA_FACTOR
        elif self.is_typed_over(key):
            weight = weight * TYPED_OVER // 100
        shown, (right, room) = self.shown[key], truth[key]
        if self.slipped(key, right, room):
            return weight * SLIP // 100
        if key[0] != "payer":
            return weight
        p = key[2]
        for k in PAYERS:
            if k != key[1] and self.are_exchanged(key, ("payer", k, p), wrong, truth):
                rows = self.are_rows_exchanged(key[1], k, wrong, truth)
                return weight * (ROWS_EXCHANGED if rows else EXCHANGED) // 100
        if p and self.are_payers_copied(p, wrong):
            return weight * PAYERS_COPIED // 100
        if p and self.is_column_copied(p, wrong) and not any(q == p for _, q in payers):
            return weight * COPIED_COLUMN // 100
        before = self.shown.get(("payer", key[1], p - 1))
        if p and shown and before == shown and self.payers_fit(p, wrong):
            return weight * COPIED // 100
        return weight

    def are_exchanged(self, a, b, wrong, truth):
        return (
            {a, b} <= wrong and truth[b][0] == self.shown[a] and truth[a][0] == self.shown[b]
        )

    def are_rows_exchanged(self, a, b, wrong, truth):
        pairs = [(("payer", a, p), ("payer", b, p)) for p in range(self.width)]
        exchanged = [self.are_exchanged(x, y, wrong, truth) for x, y in pairs]
        alike = [self.shown[x] == self.shown[y] for x, y in pairs]
        return sum(exchanged) > 1 and all(e or a for e, a in zip(exchanged, alike))

    def are_payers_copied(self, p, wrong):
        keys = [("payer", k, p) for k in PAYERS]
        return sum(k in wrong and bool(self.shown[k]) for k in keys) > 1 and self.is_column_copied(
            p, wrong
        )

    def is_column_copied(self, p, wrong):
        if ("total", p) in wrong:
            return False
        pairs = [(self.shown["payer", k, p - 1], self.shown["payer", k, p]) for k in PAYERS]
        return all(a == b and a is not None for a, b in pairs) and any(a for a, _ in pairs)

    def payers_fit(self, p, wrong):
        total = sum(self.shown["payer", k, p] or 0 for k in PAYERS)
        room = 5 * self.half
        return ("total", p) not in wrong and abs(total - self.shown["total", p]) <= room

    def explain(self, changes, cost, payers, truth, plain):
        """Every set of roots among the figures that these amounts leave wrong."""
        wrong = [k for k in self.derived if not self.agrees(k, truth)]
        inside = set(wrong)
        costs = {k: self.root_cost(k, inside, truth, payers) for k in wrong}
        floor = {k: 0 if k in self.course.formulas else SUM for k in wrong}
        for size in range(MOST - len(changes) + 1):
            for roots in itertools.combinations(wrong, size):
                price = cost + sum(costs[k] for k in roots)
                least = price + sum(floor[k] for k in wrong if k not in roots)
                if least > self.best + KEEP:
                    continue
                more = self.settle(roots, inside, truth, changes, plain, self.best + KEEP - price)
                if more is None:
                    continue
                values = {**changes, **{k: truth[k][0] for k in roots}}
                self.note(Explanation(price + more, values, payers))
        return wrong

    def note(self, found):
        key = tuple(sorted(found.roots.items()))
        self.best = min(self.best, found.cost)
        if key not in self.found or self.found[key].cost > found.cost:
            self.found[key] = found

    # ---- amounts that may have been meant -----------------------------------------------

    def change_cost(self, key, value):
        shown = self.shown[key]
        if shown is None:
            known = value in self.prices.get(self.course.items[key[1]].label, ())
            return BLANK_ITEM * (KNOWN_PRICE if known else 100) // 100
        told = self.fits_rate(key) and not self.is_at(key, value)
        weight = WEIGHT["item"] * (FITS_RATE_FACTOR if told else 1)
        return weight * (ITEM_SLIP if shown and is_slip(shown, value) else 100) // 100

    def fits_rate(self, key):
        return self.is_at(key, self.shown[key] or 0)

    def is_at(self, key, value):
        """Whether it is a whole number of weeks or months that the period has."""
        item = self.course.items[key[1]]
        months = months_of(self.course.periods[key[2]])
        most = months * 52 // 12 if item.unit == "week" else months
        return item.price > 0 and 0 < value <= most * item.price and value % item.price == 0

    def figure(self, target, changes, payers):
        """What a payer's figure should be."""
        amounts = self.amounts(changes)
        parts, items, periods = self.parts(amounts), range(self.count), range(self.width)
        if target[0] == "part":
            items, payer = [target[1]], target[2]
        else:
            payer = target[1]
            periods = [target[2]] if target[0] == "payer" else periods
        return sum(
            parts[i, p][payer] if (i, p) not in payers else amounts[i][p] * (payers[i, p] == payer)
            for i in items
            for p in periods
        )

    def solve_for(self, key, target, changes, payers):
        """The amount of an item with which a payer's figure comes out. Between the ends of
        its range the figure is made of straight lines: the false position, and halving."""
        def off(value):
            return self.figure(target, {**changes, key: value}, payers) - self.shown[target]

        low, high = 0, max(20 * KRONE * 1000, 4 * abs(self.shown[("case",)] or 0))
        at_low, at_high = off(low), off(high)
        if at_low == at_high or (at_low > 0) == (at_high > 0):
            return None
        for turn in itertools.count():
            if high - low <= 1:
                return low if abs(at_low) <= abs(at_high) else high
            middle = (low + high) // 2
            if turn % 3:
                middle = low + (high - low) * abs(at_low) // (abs(at_low) + abs(at_high))
                middle = min(max(middle, low + 1), high - 1)
            at = off(middle)
            if at == 0:
                return middle
            if (at > 0) == (at_low > 0):
                low, at_low = middle, at
            else:
                high, at_high = middle, at

    def candidates(self, key, wrong, changes, payers, truth):
        _, i, p = key
        item, now = self.course.items[i], self.amounts(changes)[i][p]
        exact = set()
        for target in wrong:
            delta = self.shown[target] - truth[target][0]
            if target in (("total", p), ("row", i), ("case",)):
                exact.add(now + delta)
            elif (target[0] == "payer" and target[2] == p) or (
                target[0] == "part" and target[1] == i
            ) or target[0] == "payer total":
                k = target[2] if target[0] == "part" else target[1]
                if i in self.free:
                    if payers.get((i, p), None) == k or (not now and self.expected(i) == k):
                        exact.add(now + delta)
                else:
                    exact.add(self.solve_for(key, target, changes, payers))
        for group in ([("payer", k, p) for k in PAYERS], [("part", i, k) for k in PAYERS]):
            lacks = [self.shown[g] - truth[g][0] for g in group if g in wrong]
            if lacks:
                exact.add(now + sum(lacks))
        if self.is_left_empty(p, self.amounts(changes)):
            payers_sum = sum(self.shown.get(("payer", k, p)) or 0 for k in PAYERS)
            exact.add(self.shown.get(("total", p)) or payers_sum)
        exact.discard(None)
        out = set(exact)
        room = 5 * KRONE if self.course.rounded else 20
        for value in exact:
            whole = (value + KRONE // 2) // KRONE * KRONE
            if now % KRONE == 0 and abs(whole - value) <= room:
                out.add(whole)
            for step in range(-5, 6) if self.course.rounded else ():
                if is_slip(self.shown[key] or 0, whole + step * KRONE):
                    out.add(whole + step * KRONE)
        if item.price and item.unit == "week" and wrong:
            weeks = months_of(self.course.periods[p]) * 52 // 12
            out |= {
                n * item.price
                for n in range(1, weeks + 1)
                if is_slip(self.shown[key] or 0, n * item.price)
            }
        if (self.shown[key] or 0) < 0:
            out.add(-self.shown[key])
        return {v for v in out if self.can_be(key, now, v)}

    def can_be(self, key, now, value):
        item = self.course.items[key[1]]
        if value == now or (value < 0 and (self.shown[key] or 0) >= 0):
            return False
        if item.rule in ("sick", "cash") and item.price:
            weeks = months_of(self.course.periods[key[2]]) * 52 / 12
            price = item.price if item.unit == "week" else item.price * 12 / 52
            return value / price <= 2 * weeks + 1
        return True

    # ---- who pays what no rule splits ------------------------------------------------------

    def expected(self, i):
        return OTHER if self.course.items[i].rule == "other" else MUNICIPALITY

    def sharings(self, changes):
        """Each way of giving out the free items, with its cost."""
        amounts = self.amounts(changes)
        cells = [(i, p) for i in self.free for p in range(self.width) if amounts[i][p]]
        for chosen in itertools.product(PAYERS, repeat=len(cells)):
            payers, cost = dict(zip(cells, chosen)), 0
            for i in self.free:
                own = {k for (j, _), k in payers.items() if j == i}
                if own - {self.expected(i)}:
                    cost += UNLIKE_PAYERS if len(own) > 1 else OTHER_PAYER
            yield payers, cost

    def search(self, changes, cost):
        mark = tuple(sorted(changes.items()))
        if mark in self.tried or cost > self.best + KEEP:
            return
        self.tried.add(mark)
        next_values = set()
        for payers, more in sorted(self.sharings(changes), key=lambda s: s[1]):
            if cost + more > self.best + KEEP:
                break
            truth, plain = self.truth(changes, payers), self.truth({}, payers)
            wrong = self.explain(changes, cost + more, payers, truth, plain)
            cheapest = cost + WEIGHT["item"] * ITEM_SLIP // 100
            if len(changes) == MOST or cheapest > self.best + KEEP:
                continue
            for key in self.shown:
                if key[0] != "item" or key in changes or key in self.course.formulas:
                    continue
                for value in self.candidates(key, set(wrong), changes, payers, truth):
                    next_values.add((cost + self.change_cost(key, value), key, value))
        for price, key, value in sorted(next_values):
            self.search({**changes, key: value}, price)

    def solve(self):
        """Explanations by cost, up to KEEP above the least; empty when MOST roots are too few."""
        self.search({}, 0)
        found = sorted(self.found.values(), key=lambda e: (e.cost, sorted(e.roots)))
        return [e for e in found if e.cost <= self.best + KEEP]
