"""The five printed case tables, as they stand in tests/data."""

import csv
from decimal import Decimal
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
COURSES = ("Faktisk forløb", "Kontrafaktisk forløb")
SECTIONS = (
    "Forsørgelsesgrundlag",
    "Enkeltydelser",
    "Øvrige ydelser",
    "Udgifter, øvrige aktører",
)
PERIODS = ("0-6 mdr", "7-12 mdr", "13-24 mdr", "25-36 mdr")


class Course:
    """One half of a table; every amount is the text that is printed."""

    def __init__(self, kind, periods):
        self.kind = kind
        self.periods = list(periods)
        self.sections = {name: [] for name in SECTIONS}
        self.payers = []
        self.totals = []


def amount(text):
    """The Decimal that a printed amount stands for, or None when it is blank."""
    return Decimal(text.replace(".", "").replace(",", ".")) if text else None


def printed(value):
    """A Decimal as it is printed: whole kroner without decimals."""
    text = f"{value:,.2f}" if value % 1 else f"{value:,.0f}"
    return text.translate(str.maketrans(",.", ".,"))


def rows(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1:]


def printed_cases():
    """{citizen: [actual, counterfactual]} with the headings that were printed."""
    cases = {}
    for citizen, kind, section, label, *amounts in rows("aarhus_cases_as_printed.csv"):
        courses = cases.setdefault(citizen, printed_courses())
        course = courses[COURSES.index(kind)]
        if section == "Payer":
            course.payers.append((label, amounts))
        else:
            course.sections[section].append((label, amounts))
    for citizen, kind, label, value in rows("aarhus_totals_as_printed.csv"):
        cases[citizen][COURSES.index(kind)].totals.append((label, value))
    return cases


def printed_courses():
    """Both halves, empty; the right one's last heading is the slip that was printed."""
    return [Course(COURSES[0], PERIODS), Course(COURSES[1], PERIODS[:3] + ("25-35 mdr",))]
