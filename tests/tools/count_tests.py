#!/usr/bin/python3
"""Sum a meson test log: count_tests.py TESTLOG [passed|failed]...

A test program counts for as many tests as it says itself (Criterion's
synthesis, or a line "N passed, N failed"); one that says nothing, or died,
counts once. Further arguments are checks made outside meson: "passed", "failed" or
"skipped".
"""

import json
import re
import sys

CRITERION = re.compile(r"Tested: (\d+) \| Passing: (\d+)")
OWN = re.compile(r"(\d+) passed, (\d+) failed")


def counts(test):
    """(passed, failed, skipped) of one line of the log."""
    if test["result"] == "SKIP":
        return 0, 0, 1
    ok = test["result"] in ("OK", "EXPECTEDFAIL")
    passed, failed = said(test.get("stdout", "") + "\n" + test.get("stderr", ""))
    if ok:
        return max(passed, 1), failed, 0
    return passed, max(failed, 1), 0


def said(text):
    criterion = CRITERION.search(text)
    if criterion:
        tested, passing = map(int, criterion.groups())
        return passing, tested - passing
    own = OWN.findall(text)
    return tuple(map(int, own[-1])) if own else (0, 0)


def main(arguments):
    passed = arguments[1:].count("passed")
    failed = arguments[1:].count("failed")
    skipped = arguments[1:].count("skipped")
    with open(arguments[0], encoding="utf-8") as log:
        for line in log:
            more = counts(json.loads(line))
            passed, failed, skipped = passed + more[0], failed + more[1], skipped + more[2]
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
