"""Made-up citizens whose every figure follows the rules of 2013."""

from decimal import Decimal

from facts import COURSES, PERIODS, Course, printed

SYGEDAGPENGE_WEEK = Decimal(4005)
HOSPITAL_CAP = Decimal(8227)
MUNICIPALITY, STATE, REGION, OTHER = range(4)
PAYERS = {
    "Faktisk forløb": (
        "Udgift for kommunen",
        "Udgift for staten",
        "Udgift for regionen",
        "Udgift, øvrige aktører",
    ),
    "Kontrafaktisk forløb": (
        "Udgift for kommunen",
        "Udgift for staten",
        "Udgift for regionen",
        "Udgift for øvrige aktører",
    ),
}
TOTALS = {
    "Faktisk forløb": (
        "Udgift for kommunen i alt",
        "Udgift for staten i alt",
        "Udgift for regionen i alt",
        "Udgift, øvrige aktører i alt",
    ),
    "Kontrafaktisk forløb": (
        "Udgift for kommunen i alt",
        "Udgift for staten i alt",
        "Udgift i regionen",
        "Udgift, øvrige aktører i alt",
    ),
}

# (section, label, rule, amounts): the rules are the functions below.
CASES = {
    "Borger 1": (
        [
            ("Forsørgelsesgrundlag", "Sygedagpenge", "weeks", (80100, 104130, 40050, 0)),
            ("Forsørgelsesgrundlag", "Kontanthjælp", "30 %", (0, 0, 63000, 0)),
            ("Enkeltydelser", "Tandbehandling", "own", (0, 4350, 0, 0)),
            ("Øvrige ydelser", "Sagsbehandlertimer i FS", "own", (5364, 0, 0, 0)),
            ("Øvrige ydelser", "Indlæggelse 1 måned", "stay", (79837, 0, 0, 0)),
            ("Øvrige ydelser", "Bostøtte 2 t/ugen", "own", (0, 16596, 0, 0)),
        ],
        [
            ("Forsørgelsesgrundlag", "Sygedagpenge", "weeks", (104130, 104130, 208260, 0)),
            ("Forsørgelsesgrundlag", "Kontanthjælp", "30 %", (0, 0, 0, 126000)),
            ("Øvrige ydelser", "Indlæggelse 1 måned", "stay", (79837, 0, 0, 0)),
            ("Øvrige ydelser", "Bostøtte 2 t/ugen", "own", (0, 16596, 33192, 0)),
        ],
    ),
    "Borger 2": (
        [
            ("Forsørgelsesgrundlag", "SU", "state", (34518, 34518, 69036, 69036)),
            ("Forsørgelsesgrundlag", "Handicaptillæg", "state", (49080, 49080, 98160, 98160)),
            ("Øvrige ydelser", "Mentorforløb", "own", (12400, 0, 0, 0)),
            ("Udgifter, øvrige aktører", "Støtte fra forening", "other", (6150, 0, 0, 0)),
        ],
        [
            ("Forsørgelsesgrundlag", "Kontanthjælp", "30 %", (63000, 63000, 126000, 126000)),
            ("Enkeltydelser", "Huslejerestancebevilling", "own", (9000, 0, 0, 0)),
            ("Øvrige ydelser", "Indlæggelse 1 måned", "stay", (0, 79837, 0, 0)),
            ("Øvrige ydelser", "Bostøtte 2 t/ugen", "own", (16596, 16596, 33192, 33192)),
        ],
    ),
    "Borger 3": (
        [
            ("Forsørgelsesgrundlag", "Kontanthjælp, forsørgertakst", "30 %", (83712, 41856, 0, 0)),
            ("Forsørgelsesgrundlag", "SU", "state", (0, 17259, 69036, 69036)),
            ("Øvrige ydelser", "Psykologforløb", "own", (3190, 0, 0, 0)),
        ],
        [
            (
                "Forsørgelsesgrundlag",
                "Kontanthjælp, forsørgertakst",
                "30 %",
                (83712, 83712, 167424, 167424),
            ),
        ],
    ),
}


def by_week(value, weeks_used):
    """The state's part of sygedagpenge: 100 % in 4 weeks, 50 % in 4, 30 % in 44."""
    first, last = weeks_used, weeks_used + value / SYGEDAGPENGE_WEEK
    state = Decimal(0)
    for start, end, share in ((0, 4, "1"), (4, 8, "0.5"), (8, 52, "0.3")):
        weeks = max(Decimal(0), min(last, end) - max(first, start))
        state += weeks * SYGEDAGPENGE_WEEK * Decimal(share)
    return state, last


def split(rule, value, weeks_used):
    """([municipality, state, region, other], weeks used so far)."""
    parts = [Decimal(0)] * 4
    if rule == "weeks":
        parts[STATE], weeks_used = by_week(value, weeks_used)
    elif rule == "30 %":
        parts[STATE] = value * 3 / 10
    elif rule == "state":
        parts[STATE] = value
    elif rule == "stay":
        parts[REGION] = max(Decimal(0), value - HOSPITAL_CAP)
    elif rule == "other":
        parts[OTHER] = value
    parts[MUNICIPALITY] = value - sum(parts)
    return parts, weeks_used


def split_item(rule, amounts):
    """The payers' parts of an item, one list for each period."""
    weeks, parts = Decimal(0), []
    for value in amounts:
        part, weeks = split(rule, Decimal(value), weeks)
        parts.append(part)
    return parts


def made_up_course(kind, items):
    course = Course(kind, PERIODS)
    payers = [[Decimal(0)] * 4 for _ in range(4)]
    course.item_parts = []
    for section, label, rule, amounts in items:
        parts = split_item(rule, amounts)
        course.sections[section].append((label, [printed(Decimal(a)) for a in amounts]))
        course.item_parts.append((label, [sum(p[k] for p in parts) for k in range(4)]))
        for period in range(4):
            for payer in range(4):
                payers[payer][period] += parts[period][payer]
    for rows in course.sections.values():
        if not rows:
            rows.append(("", ["0"] * 4))
    add_totals(course, payers)
    return course


def add_totals(course, payers):
    for label, figures in zip(PAYERS[course.kind], payers):
        course.payers.append((label, [printed(f) for f in figures]))
    sums = [sum(column) for column in zip(*payers)]
    course.payers.append(("Udgift i alt", [printed(s) for s in sums]))
    for label, figures in zip(TOTALS[course.kind], payers):
        course.totals.append((label, printed(sum(figures))))
    course.totals.append(("Samlet totaludgift", printed(sum(sums))))


def made_up_cases():
    return {
        citizen: [made_up_course(kind, items) for kind, items in zip(COURSES, courses)]
        for citizen, courses in CASES.items()
    }
