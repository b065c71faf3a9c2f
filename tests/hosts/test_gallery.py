#!/usr/bin/python3
"""The same tables, written by other programs in other ways, are read alike."""

import sys

sys.dont_write_bytecode = True

import harness

GALLERY = harness.ROOT / "tests" / "data" / "gallery"


def course_figures(course):
    """What a course says, without where it stands or how its labels look."""
    return {
        "course": course["course"],
        "periods": [(p["from"], p["to"]) for p in course["periods"]],
        "items": [(item["label"], item["section"], item["amounts"]) for item in course["items"]],
        "payers": course["payers"],
        "totals": course["totals"],
        "payer_totals": course["payer_totals"],
        "case_total": course["case_total"],
    }


def figures(report):
    return [
        (case["citizen"], course_figures(course))
        for case in report["files"][0]["cases"]
        for course in case["courses"]
    ]


def read_alike(checks, exe, path, want):
    status, report = harness.run_json(exe, "check", path)
    checks.equal(status, 0, f"{path.name}: exit status")
    got = figures(report)
    checks.equal(len(got), len(want), f"{path.name}: courses")
    for (citizen, course), (_, wanted) in zip(got, want):
        for key, value in wanted.items():
            checks.equal(course[key], value, f"{path.name}: {citizen}, {course['course']}, {key}")


def main():
    checks = harness.Checks()
    exe = harness.executable()
    status, report = harness.run_json(exe, "check", harness.SAMPLES / "korrekt.xlsx")
    checks.equal(status, 0, "korrekt.xlsx: exit status")
    want = figures(report)
    checks.equal(len(want), 6, "korrekt.xlsx: courses")
    for path in sorted(GALLERY.iterdir()):
        checks.section(read_alike, checks, exe, path, want)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
