"""Workbooks of the shapes that are no case tables: lists, and forms beside the cases."""

import facts
from sheets import Sheet

LIST_HEADINGS = ("Borger", "Forløb", "Område", "Ydelse", "Periode", "Beløb (kr.)")


def rows_of(citizen, course):
    """(citizen, course, section, benefit, period, amount) for each amount of a course."""
    for section, items in course.sections.items():
        for label, amounts in items:
            if label:
                for period, text in zip(course.periods, amounts):
                    yield citizen, course.kind, section, label, period, text
    for label, amounts in course.payers:
        for period, text in zip(course.periods, amounts):
            yield citizen, course.kind, "", label, period, text
    for label, text in course.totals:
        yield citizen, course.kind, "", label, "I alt", text


def tidy_list(cases):
    """Every amount on a row of its own, citizen under citizen."""
    sheet = Sheet("Data")
    sheet.put(1, 1, "Borgerberegninger 2013, beløb i kr.", "title")
    for col, text in enumerate(LIST_HEADINGS, 1):
        sheet.put(3, col, text, "period" if col == len(LIST_HEADINGS) else "section")
    row = 4
    for citizen, courses in cases.items():
        for course in courses:
            for cells in rows_of(citizen, course):
                for col, text in enumerate(cells, 1):
                    sheet.put(row, col, text, "amount" if col == len(cells) else "label")
                row += 1
    return sheet
