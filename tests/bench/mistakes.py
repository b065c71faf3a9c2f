"""Mistakes of known kind and place, as people make them in such workbooks.

An injector changes what a course shows and gives a Mistake: its kind, its root
cells with the right value, or None where the course has no room for it.
"""

import copy

from courses import (
    KRONE,
    MUNICIPALITY,
    PAYERS,
    REGION,
    STATE,
    STAY_WIDTH,
    Mistake,
    derive,
    recalculate,
    rederive,
    with_amount,
)

LEAST = 10 * KRONE  # a smaller difference can hide in rounding


# ---- slips of the hand --------------------------------------------------------


def digits(value):
    """(digits as typed, øre a unit)."""
    return (str(value // KRONE), KRONE) if value % KRONE == 0 else (str(value), 1)


def swap(rng, text):
    i = rng.randrange(len(text) - 1)
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def other_digit(rng, text):
    i = rng.randrange(len(text))
    return text[:i] + rng.choice("0123456789") + text[i + 1 :]


def drop(rng, text):
    i = rng.randrange(len(text))
    return text[:i] + text[i + 1 :]


def double(rng, text):
    i = rng.randrange(len(text))
    return text[:i] + text[i] + text[i:]


SLIPS = {"swap": swap, "digit": other_digit, "dropped": drop, "doubled": double}


def slip(rng, value, kind):
    """A value a keystroke from this one, or None when none comes up."""
    text, unit = digits(abs(value))
    if len(text) < 3:
        return None
    for _ in range(20):
        typed = SLIPS[kind](rng, text)
        if typed[0] == "0":
            continue
        out = int(typed) * unit
        if abs(out - value) >= LEAST:
            return out
    return None


def arbitrary(rng, value):
    """Some other figure of about the size."""
    while True:
        out = rng.randrange(max(100, abs(value) // KRONE // 2), abs(value) // KRONE * 2 + 1000)
        if abs(out * KRONE - value) >= LEAST:
            return out * KRONE


# ---- what is free to be spoilt --------------------------------------------------


def is_free(course, key):
    return (
        key in course.right
        and key not in course.held
        and course.shown[key] == course.right[key]
        and isinstance(course.right[key], int)
    )


def typed(course, kind, least=LEAST * 10):
    """Typed figures of a kind that no mistake touches yet."""
    return [
        key
        for key, value in course.right.items()
        if key[0] == kind and is_free(course, key) and key not in course.formulas and value >= least
    ]


def period_of(key):
    return key[-1] if key[0] in ("item", "payer", "total") else None


def quiet(course, p):
    """Nothing is wrong in this period."""
    return all(
        course.shown[k] == v and k not in course.held
        for k, v in course.right.items()
        if k[0] in ("item", "payer", "total") and period_of(k) == p
    )


def undisturbed(course):
    return not course.mistakes and all(course.shown[k] == v for k, v in course.right.items())


def hold(course, p):
    course.held.update(k for k in course.right if k[0] in ("item", "payer", "total") and k[-1] == p)


def put(course, key, value):
    """The figure is typed wrong; formulas follow."""
    course.shown[key] = value
    if period_of(key) is not None:
        hold(course, period_of(key))
    course.held.add(key)
    recalculate(course)


def carry(course, key, delta):
    if key in course.shown and key not in course.formulas and key not in course.held:
        course.shown[key] += delta
    recalculate(course)


def carry_payers(course, deltas, case=False):
    """A payer's wrong figures are in the typed totals too."""
    for k, delta in deltas.items():
        carry(course, ("payer total", k), delta)
    if case:
        carry(course, ("case",), sum(deltas.values()))


def root(course, kind, key):
    return Mistake(kind, {key: course.right[key]})


# ---- derived figures -------------------------------------------------------------


def spoil_figure(rng, course, kind, figure, how):
    keys = [k for k in typed(course, figure) if period_of(k) is None or quiet(course, period_of(k))]
    if not keys:
        return None
    key = rng.choice(keys)
    value = course.right[key]
    wrong = arbitrary(rng, value) if how == "arbitrary" else slip(rng, value, how)
    if wrong is None:
        return None
    put(course, key, wrong)
    return root(course, kind, key)


def total_wrong(how):
    def inject(rng, course, _case):
        mistake = spoil_figure(rng, course, f"total {how}", "total", how)
        if mistake and rng.random() < 0.25:
            key = next(iter(mistake.roots))
            carry(course, ("case",), course.shown[key] - course.right[key])
        return mistake

    return inject


def payer_wrong(how, carried):
    def inject(rng, course, _case):
        kind = f"payer {how}{', carried' if carried else ''}"
        figure = "part" if course.columns else "payer"
        mistake = spoil_figure(rng, course, kind, figure, how)
        if mistake and carried:
            key = next(iter(mistake.roots))
            k = key[2] if course.columns else key[1]
            carry_payers(course, {k: course.shown[key] - course.right[key]}, rng.random() < 0.5)
        return mistake

    return inject


def payer_total_wrong(rng, course, _case):
    how = rng.choice((*SLIPS, "arbitrary"))
    mistake = spoil_figure(rng, course, "payer total", "payer total", how)
    if mistake and rng.random() < 0.3:
        key = next(iter(mistake.roots))
        carry(course, ("case",), course.shown[key] - course.right[key])
    return mistake


def case_total_wrong(rng, course, _case):
    how = rng.choice((*SLIPS, "arbitrary"))
    return spoil_figure(rng, course, "case total", "case", how)


# ---- inputs, with sums that are right ---------------------------------------------


def item_wrong(how):
    def inject(rng, course, _case):
        keys = [k for k in typed(course, "item") if quiet(course, k[2])]
        if not keys:
            return None
        key = rng.choice(keys)
        value = course.right[key]
        if how == "scale":
            wrong = value * rng.choice((10, 100))
            if value % (100 * KRONE) == 0 and rng.random() < 0.5:
                wrong = value // rng.choice((10, 100))
        elif how == "sign":
            wrong = -value
        elif how == "blank":
            wrong = None
        elif how == "arbitrary":
            wrong = arbitrary(rng, value)
        else:
            wrong = slip(rng, value, how)
            if wrong is None:
                return None
        put(course, key, wrong)
        return root(course, f"item {how}", key)

    return inject


def payer_sign(rng, course, _case):
    keys = [k for k in typed(course, "payer") if quiet(course, k[2])]
    if not keys:
        return None
    key = rng.choice(keys)
    put(course, key, -course.right[key])
    return root(course, "payer sign", key)


# ---- headings ------------------------------------------------------------------------


def clean_headings(course):
    return all(
        course.shown["heading", p] == course.right["heading", p] for p in range(len(course.periods))
    )


def set_heading(course, kind, p, text):
    course.shown["heading", p] = text
    return root(course, kind, ("heading", p))


def heading_slip(rng, course, _case):
    if not clean_headings(course):
        return None
    p = rng.randrange(len(course.periods))
    a, b = course.periods[p]
    tail = course.right["heading", p][len(f"{a}-{b}") :]
    for _ in range(30):
        part = rng.randrange(2)
        numbers = [str(a), str(b)]
        how = rng.choice((other_digit, swap if len(numbers[part]) > 1 else other_digit, double))
        numbers[part] = how(rng, numbers[part])
        low, high = map(int, numbers)
        if (low, high) != (a, b) and low < high <= 60 and numbers[part][0] != "0":
            return set_heading(course, "heading slip", p, f"{low}-{high}{tail}")
    return None


def heading_break(kind):
    def inject(rng, course, _case):
        if not clean_headings(course):
            return None
        p = rng.randrange(1, len(course.periods))
        a, b = course.periods[p]
        tail = course.right["heading", p][len(f"{a}-{b}") :]
        low, high = {"gap": (a + 3, b), "overlap": (a - 3, b), "duplicate": course.periods[p - 1]}[
            kind
        ]
        return set_heading(course, f"heading {kind}", p, f"{low}-{high}{tail}")

    return inject


# ---- payers -----------------------------------------------------------------------------


def shift_between(course, p, changes, case=False):
    """Give payers other figures in a period; their typed totals follow."""
    deltas = {}
    for k, value in changes.items():
        deltas[k] = value - course.right["payer", k, p]
        course.shown["payer", k, p] = value
    hold(course, p)
    recalculate(course)
    carry_payers(course, deltas, case)


def copied_state(rng, course, _case):
    """The state's part is the one of the column before; the municipality has the rest."""
    if course.columns:
        return None
    for p in rng.sample(range(1, len(course.periods)), len(course.periods) - 1):
        before, now = (course.right["payer", STATE, q] for q in (p - 1, p))
        if not (isinstance(before, int) and before and abs(before - now) >= LEAST):
            continue
        own = course.right["payer", MUNICIPALITY, p] + now - before
        if not quiet(course, p) or not is_free(course, ("payer", STATE, p)) or own < 0:
            continue
        if ("payer total", STATE) in course.held or ("payer total", MUNICIPALITY) in course.held:
            continue
        shift_between(course, p, {STATE: before, MUNICIPALITY: own})
        return root(course, "state copied from before", ("payer", STATE, p))
    return None


def fresh_weeks(rng, course, _case):
    """Weeks of benefit start from one again in a later period."""
    if course.columns or not undisturbed(course):
        return None
    for p in rng.sample(range(1, len(course.periods)), len(course.periods) - 1):
        wrong = derive(course, fresh=p)
        key = "payer", STATE, p
        if abs(wrong[key] - course.right[key]) < LEAST:
            continue
        shift_between(course, p, {k: wrong["payer", k, p] for k in (STATE, MUNICIPALITY)})
        return root(course, "weeks counted afresh", key)
    return None


def exchanged_payers(rng, course, _case):
    if course.columns:
        return None
    for p in rng.sample(range(len(course.periods)), len(course.periods)):
        a, b = rng.choice(((MUNICIPALITY, STATE), (MUNICIPALITY, STATE), (MUNICIPALITY, REGION)))
        one, two = course.right["payer", a, p], course.right["payer", b, p]
        if not quiet(course, p) or abs(one - two) < LEAST:
            continue
        roots = {("payer", k, p): course.right["payer", k, p] for k in (a, b)}
        if rng.random() < 0.5:
            shift_between(course, p, {a: two, b: one})
        else:
            course.shown["payer", a, p], course.shown["payer", b, p] = two, one
            hold(course, p)
            recalculate(course)
        return Mistake("payer rows exchanged", roots, both=True)
    return None


def no_copayment(rng, course, _case):
    """The region is given the whole of a hospital stay."""
    for i, item in enumerate(course.items):
        if item.rule != "stay" or course.columns:
            continue
        for p, amount in enumerate(item.amounts):
            if not amount or not quiet(course, p):
                continue
            share = amount - course.right["payer", REGION, p]
            own = course.right["payer", MUNICIPALITY, p] - share
            shift_between(course, p, {REGION: amount, MUNICIPALITY: own})
            mistake = root(course, "co-payment missing", ("payer", REGION, p))
            mistake.width = STAY_WIDTH
            return mistake
    return None


# ---- inputs, with everything made to fit ---------------------------------------------------


def consistent(course, kind, i, p, wrong):
    rederive(course, with_amount(course, i, p, wrong))
    hold(course, p)
    return root(course, kind, ("item", i, p))


def off_rate(rng, course, case):
    """An amount that is no multiple of its rate, and all sums follow it."""
    if not undisturbed(course):
        return None
    keys = [k for k in typed(course, "item") if course.items[k[1]].price]
    rng.shuffle(keys)
    for key in keys:
        item = course.items[key[1]]
        others = [
            a
            for c in case.courses
            for other in c.items
            if other.label == item.label
            for a in other.amounts
            if a
        ]
        wrong = slip(rng, course.right[key], rng.choice(("swap", "digit")))
        if len(others) < 2 or wrong is None or wrong * 2 % item.price == 0:
            continue
        return consistent(course, "amount off its rate", *key[1:], wrong)
    return None


def two_prices(rng, course, case):
    """The same benefit is a keystroke dearer or cheaper than in the other course."""
    if not undisturbed(course):
        return None
    twin = case.courses[1 - course.kind]
    for key in typed(course, "item"):
        item = course.items[key[1]]
        if item.rule != "own" or course.right[key] % (10 * KRONE) == 0:
            continue
        same = [t for t in twin.items if t.label == item.label and course.right[key] in t.amounts]
        wrong = slip(rng, course.right[key], rng.choice(("swap", "digit")))
        if same and wrong is not None:
            return consistent(course, "priced differently", *key[1:], wrong)
    return None


def wrong_quantity(_rng, course, _case):
    """2 months cost what 3 would, by the price of 1 month in the other course."""
    if not undisturbed(course):
        return None
    for i, item in enumerate(course.items):
        if not item.label.endswith("2 måneder"):
            continue
        p = next(p for p, amount in enumerate(item.amounts) if amount)
        if not is_free(course, ("item", i, p)):
            return None
        return consistent(course, "quantity in label", i, p, item.amounts[p] // 2 * 3)
    return None


# ---- formulas and forms ----------------------------------------------------------------------


def short_sum(rng, course, _case):
    """A SUM that ends too early or begins too late."""
    keys = [k for k in course.formulas if k[0] in ("total", "payer total") and is_free(course, k)]
    rng.shuffle(keys)
    for key in keys:
        if period_of(key) is not None and not quiet(course, period_of(key)):
            continue
        whole = course.formulas[key]
        short = whole[:-1] if rng.random() < 0.7 else whole[1:]
        lost = sum(course.shown[k] or 0 for k in set(whole) - set(short))
        if not short or abs(lost) < LEAST:
            continue
        course.formulas[key] = short
        recalculate(course)
        course.held.add(key)
        return root(course, "SUM misses a row", key)
    return None


def long_sum(rng, course, _case):
    """A SUM with one of its cells added once more."""
    keys = [k for k in course.formulas if k[0] in ("total", "payer total") and is_free(course, k)]
    rng.shuffle(keys)
    for key in keys:
        if period_of(key) is not None and not quiet(course, period_of(key)):
            continue
        whole = course.formulas[key]
        again = [k for k in whole if (course.shown[k] or 0) >= LEAST]
        if not again:
            continue
        course.formulas[key] = whole + [rng.choice(again)]
        recalculate(course)
        course.held.add(key)
        return root(course, "SUM adds a cell twice", key)
    return None


def blank_payer(rng, course, _case):
    keys = [k for k in typed(course, "payer") if quiet(course, k[2])]
    if not keys:
        return None
    key = rng.choice(keys)
    put(course, key, None)
    return root(course, "payer blank", key)


def unreadable(rng, course, _case):
    """A letter for the digit that it looks like."""
    keys = [k for k in typed(course, "item") if quiet(course, k[2]) and k not in course.formulas]
    keys = [k for k in keys if course.right[k] % KRONE == 0]
    rng.shuffle(keys)
    for key in keys:
        text = str(course.right[key] // KRONE)
        wrong = text.replace("0", "O", 1) if "0" in text else text.replace("1", "l", 1)
        if wrong != text:
            put(course, key, wrong)
            return root(course, "amount unreadable", key)
    return None


def typed_among_formulas(rng, course, _case):
    keys = [k for k in course.formulas if k[0] == "total" and is_free(course, k)]
    keys = [k for k in keys if quiet(course, k[1]) and course.right[k] >= LEAST * 10]
    if len(keys) < 3:
        return None
    key = rng.choice(keys)
    wrong = slip(rng, course.right[key], rng.choice(list(SLIPS)))
    if wrong is None:
        return None
    del course.formulas[key]
    put(course, key, wrong)
    return root(course, "typed among formulas", key)


def number_as_text(rng, course, _case):
    keys = typed(course, "item") + typed(course, "payer")
    keys = [k for k in keys if quiet(course, k[2])]
    if not keys:
        return None
    key = rng.choice(keys)
    kroner, rest = divmod(course.right[key], KRONE)
    dotted = f"{kroner:,}".replace(",", ".")
    text = f"{dotted},{rest:02}" if rest or rng.random() < 0.5 else rng.choice((dotted, str(kroner)))
    put(course, key, text)
    mistake = root(course, "number as text", key)
    mistake.form = True
    return mistake


INJECTORS = {
    **{f"total {how}": total_wrong(how) for how in (*SLIPS, "arbitrary")},
    **{f"payer {how}": payer_wrong(how, False) for how in (*SLIPS, "arbitrary")},
    **{f"payer {how}, carried": payer_wrong(how, True) for how in (*SLIPS, "arbitrary")},
    **{
        f"item {how}": item_wrong(how)
        for how in ("swap", "digit", "dropped", "doubled", "scale", "sign", "blank", "arbitrary")
    },
    "payer sign": payer_sign,
    "payer total": payer_total_wrong,
    "case total": case_total_wrong,
    "heading slip": heading_slip,
    "heading gap": heading_break("gap"),
    "heading overlap": heading_break("overlap"),
    "heading duplicate": heading_break("duplicate"),
    "state copied from before": copied_state,
    "weeks counted afresh": fresh_weeks,
    "payer rows exchanged": exchanged_payers,
    "co-payment missing": no_copayment,
    "amount off its rate": off_rate,
    "priced differently": two_prices,
    "quantity in label": wrong_quantity,
    "SUM misses a row": short_sum,
    "SUM adds a cell twice": long_sum,
    "payer blank": blank_payer,
    "amount unreadable": unreadable,
    "typed among formulas": typed_among_formulas,
    "number as text": number_as_text,
}


def spoil(rng, course, case, used):
    """One mistake, of a kind that has been seldom used so far."""
    kinds = list(INJECTORS)
    rng.shuffle(kinds)
    kinds.sort(key=lambda kind: used.get(kind, 0))
    for kind in kinds:
        kept = copy.deepcopy((course.shown, course.formulas, course.held))
        mistake = INJECTORS[kind](rng, course, case)
        if mistake:
            used[kind] = used.get(kind, 0) + 1
            course.mistakes.append(mistake)
            return
        course.shown, course.formulas, course.held = kept


def spoil_book(rng, book, used, most=3):
    """One to `most` mistakes in each course; most have one."""
    for case in book.cases:
        for course in case.courses:
            count = rng.choices(range(1, most + 1), (60, 25, 15)[:most])[0]
            for _ in range(count):
                spoil(rng, course, case, used)
