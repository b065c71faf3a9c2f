#!/usr/bin/python3
"""Every mistake that is known to be in the printed Aarhus tables is found, and nothing else."""

import sys

sys.dont_write_bytecode = True

import harness

sys.path.insert(0, str(harness.ROOT / "tests" / "tools"))
import facts
import make_samples

ABOVE_INFO = ("warning", "error")


class Course:
    """The findings of one course of one citizen."""

    def __init__(self, findings, citizen, course):
        self.name = f"{citizen}, {course}"
        self.findings = [
            f for f in findings if f["citizen"] == citizen and f["course"] == course
        ]

    def at(self, cell):
        """The finding above info at a cell, a root before a consequence."""
        found = [f for f in self.findings if f["cell"] == cell and f["severity"] in ABOVE_INFO]
        return min(found, key=lambda f: f["root"] is not None, default=None)

    def roots(self):
        return [f for f in self.findings if f["severity"] in ABOVE_INFO and f["root"] is None]


class Aarhus:
    def __init__(self, checks, report):
        self.checks = checks
        self.file = report["files"][0]
        self.findings = self.file["findings"]
        self.known = set()

    def course(self, citizen, course):
        return Course(self.findings, f"Borger {citizen}", course)

    def expect(self, course, cell, found, expected, action, **more):
        """One finding, with its figures and what is to happen to it."""
        where = f"{course.name}, {cell}"
        finding = course.at(cell)
        if not self.checks.that(finding, f"{where}: no finding above info"):
            return None
        self.known.add(finding["id"])
        want = {"found": found, "expected": expected, "action": action, **more}
        for key, value in want.items():
            if isinstance(value, tuple):
                self.checks.that(finding[key] in value, f"{where}: {key} is {finding[key]!r}")
            else:
                self.checks.equal(finding[key], value, f"{where}: {key}")
        return finding

    def root(self, course, cell, found, expected, action, **more):
        return self.expect(course, cell, found, expected, action, root=None, **more)

    def consequence(self, course, cell, found, expected, action, of, **more):
        root = of["id"] if of else -1
        return self.expect(course, cell, found, expected, action, root=root, **more)


def heading_slips(aarhus):
    for citizen in range(1, 6):
        course = aarhus.course(citizen, "counterfactual")
        aarhus.root(
            course,
            "K4",
            "25-35 mdr",
            "25-36 mdr",
            "propose",
            severity="warning",
            code="period-label",
            sheet=f"Borger {citizen}",
        )
    slips = [f for f in aarhus.findings if f["code"] == "period-label"]
    aarhus.checks.equal(len(slips), 5, "headings found misprinted")


def borger_1_actual(aarhus):
    course = aarhus.course(1, "actual")
    first = aarhus.root(course, "B18", 48060, 38448, "correct", severity="error", code="split-state")
    aarhus.consequence(course, "B17", 48821, 58433, "correct", first)
    second = aarhus.root(course, "C18", 48060, 31239, "correct", severity="error", code="split-state")
    aarhus.consequence(course, "C17", 63198, 80019, "correct", second)
    for cell, found, expected in (("B23", 182052.60, 208485.60), ("B24", 96120, 69687)):
        total = aarhus.expect(course, cell, found, expected, "correct")
        roots = [f["id"] for f in (first, second) if f]
        aarhus.checks.that(total and total["root"] in roots, f"{course.name}, {cell}: a consequence")


def borger_1_loentilskud(aarhus):
    """70.033,60 in one course and 70.003,60 in the other: either may be the slip."""
    found = [
        f
        for f in aarhus.findings
        if f["citizen"] == "Borger 1"
        and f["cell"] in ("D7", "K7")
        and f["severity"] in ABOVE_INFO
        and f["root"] is None
    ]
    if not aarhus.checks.equal(len(found), 1, "Borger 1, løntilskud: findings"):
        return
    finding = found[0]
    aarhus.known.add(finding["id"])
    aarhus.checks.equal(finding["action"], "propose", "Borger 1, løntilskud: action")
    pair = {finding["found"], finding["expected"]}
    aarhus.checks.equal(pair, {70033.60, 70003.60}, "Borger 1, løntilskud: figures")
    other = {"D7": "K7", "K7": "D7"}[finding["cell"]]
    named = [a["cell"] for a in finding.get("alternatives") or []]
    aarhus.checks.that(other in named, f"Borger 1, løntilskud: {other} among {named}")


def borger_1_counterfactual(aarhus):
    course = aarhus.course(1, "counterfactual")
    aarhus.root(course, "K6", 73718, 83718, "propose")
    borger_1_loentilskud(aarhus)
    aarhus.root(course, "H11", 159674, 119755.50, "propose", code="amount-quantity")


def borger_2(aarhus):
    for kind, cell in (("actual", "B14"), ("counterfactual", "H13")):
        course = aarhus.course(2, kind)
        finding = aarhus.root(course, cell, 63672, 63762, "propose")
        others = [f["cell"] for f in course.roots() if f is not finding]
        slip = ["K4"] if kind == "counterfactual" else []
        aarhus.checks.equal(others, slip, f"{course.name}: other root findings")


def borger_3_actual(aarhus):
    course = aarhus.course(3, "actual")
    total = [f for f in course.findings if f["severity"] in ABOVE_INFO]
    if aarhus.checks.equal(len(total), 1, f"{course.name}: findings above info"):
        aarhus.root(course, total[0]["cell"], 90826, 92826, "correct", severity="error", period="7-12")
        aarhus.checks.equal(total[0]["label"], "Udgift i alt", f"{course.name}: row")


def borger_3_counterfactual(aarhus):
    course = aarhus.course(3, "counterfactual")
    rows = payer_rows(3)
    state, municipality = rows["state"], rows["municipality"]
    root = aarhus.root(course, f"J{state}", 52866, 43254, "correct", severity="error", code="split-state")
    aarhus.consequence(course, f"J{municipality}", 167574, 177186, "correct", root)
    aarhus.consequence(course, f"H{municipality + 6}", 365065, 374677, "correct", root)
    aarhus.consequence(course, f"H{state + 6}", 86508, 76896, "correct", root)


def borger_4_counterfactual(aarhus):
    course = aarhus.course(4, "counterfactual")
    rows = payer_rows(4)
    root = aarhus.root(
        course,
        f"H{rows['region']}",
        47894,
        39667,
        "propose",
        severity="warning",
        code="split-region",
    )
    cell = f"H{rows['municipality']}"
    aarhus.consequence(course, cell, 38646, 46873, ("propose", "none"), root)


def borger_5_actual(aarhus):
    course = aarhus.course(5, "actual")
    blanks = [f for f in course.roots() if f["code"] == "amount-missing"]
    aarhus.known.update(f["id"] for f in blanks)
    aarhus.checks.equal(len(blanks), 2, f"{course.name}: blank amounts")
    figures = sorted(f["expected"] for f in blanks if f["expected"] is not None)
    aarhus.checks.equal(figures, [6594, 15400], f"{course.name}: amounts that were left out")
    for finding in blanks:
        aarhus.checks.equal(finding["found"], None, f"{course.name}: found")
        aarhus.checks.equal(finding["action"], "propose", f"{course.name}: action")
        aarhus.checks.equal(finding["period"], "0-6", f"{course.name}: period")


def payer_rows(citizen):
    """{payer: row} on the citizen's sheet, as the sample's maker lays it out."""
    courses = facts.printed_cases()[f"Borger {citizen}"]
    first = 5 + sum(height + 1 for height in make_samples.heights_of(*courses))
    return {"municipality": first, "state": first + 1, "region": first + 2, "other": first + 3}


def nothing_else(aarhus):
    """Roots are those named above; the rest follows from them; nothing else is corrected."""
    for finding in aarhus.findings:
        where = f"{finding['citizen']}, {finding['course']}, {finding['cell']}, {finding['code']}"
        if finding["severity"] not in ABOVE_INFO:
            aarhus.checks.that(finding["action"] == "none", f"{where}: info changes nothing")
        elif finding["root"] is None or finding["action"] == "correct":
            aarhus.checks.that(finding["id"] in aarhus.known, f"{where}: not in the print")
        else:
            aarhus.checks.that(finding["root"] in aarhus.known, f"{where}: follows from no mistake")


def published_sums(aarhus):
    """Figure 9 of the report: its sums are the printed totals, øre cut off."""
    published = {
        "actual": {"municipality": 422342, "region": 142659, "state": 1387645, "other": 0},
        "counterfactual": {"municipality": 845615, "region": 289385, "state": 1179243, "other": 0},
    }
    for kind, payers in published.items():
        courses = [
            course
            for case in aarhus.file["cases"]
            for course in case["courses"]
            if course["course"] == kind
        ]
        aarhus.checks.equal(len(courses), 5, f"{kind}: courses read")
        for payer, whole in payers.items():
            oere = sum(round(course["payer_totals"][payer] * 100) for course in courses)
            aarhus.checks.equal(oere // 100, whole, f"figure 9, {kind}, {payer}")


def check_workbook(checks, exe, name):
    """All that is known of the print, on the sheets of a workbook."""
    status, report = harness.run_json(exe, "check", harness.SAMPLES / name)
    checks.equal(status, 1, f"{name}: exit status")
    checks.equal(report["schema"], "kontrafakt/check/1", f"{name}: schema")
    checks.equal(report["files"][0]["verdict"], "findings", f"{name}: verdict")
    aarhus = Aarhus(checks, report)
    for work in (
        heading_slips,
        borger_1_actual,
        borger_1_counterfactual,
        borger_2,
        borger_3_actual,
        borger_3_counterfactual,
        borger_4_counterfactual,
        borger_5_actual,
        nothing_else,
        published_sums,
    ):
        checks.section(work, aarhus)
    return report


def in_brief(report):
    """The findings above info without their places."""
    keys = ("code", "severity", "citizen", "course", "period", "label", "found", "expected", "action")
    findings = [f for f in report["files"][0]["findings"] if f["severity"] in ABOVE_INFO]
    return sorted([str(f[key]) for key in keys] for f in findings)


def csv_says_the_same(checks, exe, report):
    _, other = harness.run_json(exe, "check", harness.SAMPLES / "aarhus_fremskudt_2013.csv")
    checks.equal(in_brief(other), in_brief(report), "findings of the csv")


def main():
    checks = harness.Checks()
    exe = harness.executable()
    report = check_workbook(checks, exe, "aarhus_fremskudt_2013.xlsx")
    checks.section(check_workbook, checks, exe, "aarhus_fremskudt_2013_tekst.xlsx")
    checks.section(csv_says_the_same, checks, exe, report)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
