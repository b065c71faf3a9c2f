#!/usr/bin/python3
"""Check that each code's smallest workbook gives just the findings it stands for.

run_findings.py EXE CODE...      check tests/findings/CODE/bog.csv (or bog.xlsx)
run_findings.py --names CODE...  every code of findings.def is here, and no other

expected.json lists the root findings: the code's own first, then what else there
is above info. Findings that follow from another are not listed.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
KEYS = ("code", "severity", "sheet", "cell", "found", "expected", "action")
CODE = re.compile(r'^KF_FINDING\(\s*\w+,\s*"([^"]*)"', re.M)

# Published codes that no workbook can show yet, and why.
NOT_GIVEN = {}


def published():
    return CODE.findall((ROOT / "include/kf/findings.def").read_text(encoding="utf-8"))


def workbook(code):
    return next((HERE / code).glob("bog.*"))


def roots(exe, code):
    """The findings that a reader must see, each with the keys that matter."""
    done = subprocess.run(
        [exe, "check", "--format", "json", str(workbook(code))],
        env={k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")} | {"LC_ALL": "C"},
        stdout=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    found = json.loads(done.stdout)["files"][0]["findings"]
    seen = [f for f in found if not f["root"] and (f["severity"] != "info" or f["code"] == code)]
    if done.returncode != any(f["severity"] != "info" for f in seen):
        print(f"{code}: exit status {done.returncode}")
        return None
    return [{key: f[key] for key in KEYS} for f in seen]


def in_order(findings):
    return sorted(findings, key=lambda f: json.dumps(f, sort_keys=True))


def compare(exe, code):
    want = json.loads((HERE / code / "expected.json").read_text(encoding="utf-8"))["findings"]
    got = roots(exe, code)
    if want and want[0]["code"] == code and got is not None and in_order(got) == in_order(want):
        return True
    print(f"{code}: not what expected.json says")
    for name, findings in (("expected", want), ("got", got or [])):
        for finding in findings:
            print(f"  {name:8}  {json.dumps(finding, ensure_ascii=False)}")
    return False


def check_names(names):
    """Folders, tests and codes are the same, but for the codes not given yet."""
    folders = {path.parent.name for path in HERE.glob("*/expected.json")}
    wanted = set(published()) - set(NOT_GIVEN)
    wrong = [f"{code}: no folder under tests/findings/" for code in sorted(wanted - folders)]
    wrong += [f"{code}: a folder, but no such code, or not given" for code in sorted(folders - wanted)]
    wrong += [f"{code}: not in tests/findings/meson.build" for code in sorted(wanted - set(names))]
    wrong += [f"{code}: not in findings.def" for code in sorted(set(NOT_GIVEN) - set(published()))]
    print("\n".join([*wrong, f"{len(wanted)} codes"]))
    return 1 if wrong else 0


def main(arguments):
    if arguments[0] == "--names":
        return check_names(arguments[1:])
    passed = [compare(arguments[0], code) for code in arguments[1:]]
    print(f"{passed.count(True)} passed, {passed.count(False)} failed")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
