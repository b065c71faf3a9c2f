#!/usr/bin/python3
"""Every payer figure of the five printed Aarhus tables: what follows the report's own rules
is reproduced to the øre, and what does not is reported with the figure that does."""

import sys
from decimal import Decimal

sys.dont_write_bytecode = True

import harness
from aarhus_by_hand import figures

COURSES = ("actual", "counterfactual")
ROWS = ("municipality", "state", "region", "other")
BOOK = harness.SAMPLES / "aarhus_fremskudt_2013.xlsx"


def money(value):
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))


def finding_of(findings, figure):
    """What is said above info of the figure, as a root or as what follows from one."""
    period = None if figure.period is None else ("0-6", "7-12", "13-24", "25-36")[figure.period]
    same = [f for f in findings if f["severity"] != "info" and f["citizen"] == figure.citizen
            and f["course"] == COURSES[figure.kind] and f["payer"] == ROWS[figure.payer]
            and (f["period"] in (period, "25-35" if period == "25-36" else period))]
    return same[0] if same else None


def check_stated(checks, report, figure):
    """The figure was read as it is printed."""
    case = next(c for c in report["cases"] if c["citizen"] == figure.citizen)
    course = next(c for c in case["courses"] if c["course"] == COURSES[figure.kind])
    payer = ROWS[figure.payer]
    read = course["payer_totals"][payer] if figure.period is None else course["payers"][payer][
        figure.period]
    checks.equal(money(read), money(figure.printed), f"{figure.name()}: as it is read")


def main():
    exe = harness.executable()
    checks = harness.Checks()
    _, out = harness.run_json(exe, "check", BOOK)
    report = out["files"][0]
    right = wrong = 0
    for figure in figures():
        check_stated(checks, report, figure)
        finding = finding_of(report["findings"], figure)
        if figure.holds():
            right += 1
            checks.that(finding is None, f"{figure.name()}: {figure.printed} is right, but {finding}")
            continue
        wrong += 1
        name = f"{figure.name()}: {figure.printed} instead of {figure.right}"
        if checks.that(finding, f"{name}: nothing is said"):
            checks.that(money(finding["expected"]) in figure.right,
                        f"{name}: said to be {finding['expected']}")
            checks.equal(money(finding["found"]), money(figure.printed), f"{name}: what stands")
    checks.equal(right + wrong, 10 * 4 * 5, "figures")
    print(f"{right} figures hold, {wrong} do not")
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
