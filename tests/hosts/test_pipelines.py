#!/usr/bin/python3
"""`check --format sarif` and `--format junit` as pipelines read them: SARIF 2.1.0 against its
JSON schema (of the npm package @microsoft/jest-sarif), JUnit against the rules of the schema
that Jenkins publishes, which no package ships: they are written down here."""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

sys.dont_write_bytecode = True

import harness

SCHEMA = "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
RUNS = (
    ("several", "korrekt.xlsx", "aarhus_fremskudt_2013.xlsx", "skemaer_fejl.xlsx", "liste.xlsx"),
    ("clean", "korrekt.xlsx"),
    ("unreadable", "uden_sagstabel.xlsx", "findes ikke & <her>.xlsx"),
    ("ignored", "--ignore", "undtaget.csv", "aarhus_fremskudt_2013.xlsx"),
    ("english", "--lang", "en", "--fail-on", "info", "aarhus_fremskudt_2013.xlsx"),
)
IGNORED = 'kode;ark;celle;begrundelse;udløber\ntotal-items;;;"kendt & <aftalt>";\n'

# What may stand in an element, and the attributes that it must and may have.
JUNIT = {
    "testsuites": ({"testsuite"}, set(), {"name", "tests", "failures", "errors", "time", "disabled"}),
    "testsuite": (
        {"properties", "testcase", "system-out", "system-err"},
        {"name", "tests"},
        {"failures", "errors", "skipped", "time", "timestamp", "hostname", "id", "package"},
    ),
    "testcase": (
        {"failure", "error", "skipped", "system-out", "system-err"},
        {"name", "classname"},
        {"time", "status", "assertions"},
    ),
    "failure": (set(), set(), {"message", "type"}),
    "error": (set(), set(), {"message", "type"}),
}


def schema_file():
    for folder in (os.environ.get("KF_NODE_MODULES"), harness.ROOT / "build-peers" / "node_modules"):
        if folder and (Path(folder) / SCHEMA).exists():
            return Path(folder) / SCHEMA
    return None


def report(exe, folder, form, arguments):
    status, out, _ = harness.run(exe, "check", "--format", form, *arguments, cwd=folder)
    assert status in (0, 1, 2), status
    return status, out


def is_sarif(checks, validator, name, text):
    """The schema, and what it cannot say: rules and results fit."""
    log = json.loads(text)
    if validator:
        faults = [f"{list(e.path)}: {e.message[:120]}" for e in validator.iter_errors(log)]
        checks.equal(faults[:5], [], f"{name}: SARIF schema")
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    checks.equal(len(set(rules)), len(rules), f"{name}: rules are told once")
    for result in run["results"]:
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        checks.that(uri.isascii() and not set(uri) & set(' <>"&'), f"{name}: {uri}")
        checks.that(result["message"]["text"], f"{name}: a message without text")
        checks.that(
            result["ruleId"] in rules or result["level"] == "error", f"{name}: {result['ruleId']}"
        )
    return run["results"]


def is_junit(checks, name, text):
    root = ElementTree.fromstring(text)
    checks.equal(root.tag, "testsuites", f"{name}: root")
    for element in root.iter():
        holds, must, may = JUNIT[element.tag]
        attributes = set(element.attrib)
        checks.that(must <= attributes <= must | may, f"{name}: {element.tag} has {attributes}")
        inner = {child.tag for child in element}
        checks.that(inner <= holds, f"{name}: {element.tag} holds {inner}")
    for suite in root:
        cases = list(suite.iter("testcase"))
        names = [case.get("name") for case in cases]
        checks.equal(len(set(names)), len(names), f"{name}: tests of one name")
        for attribute, tag in (("failures", "failure"), ("errors", "error")):
            found = sum(case.find(tag) is not None for case in cases)
            checks.equal(int(suite.get(attribute)), found, f"{name}: {attribute} of {suite.get('name')}")
        checks.equal(int(suite.get("tests")), len(cases), f"{name}: tests")
        checks.that(all(float(case.get("time")) >= 0 for case in cases), f"{name}: times")
    return root


def agree(checks, name, status, results, root):
    """Both tell of trouble when, and only when, the exit status does."""
    told = [r for r in results if r["level"] != "note" and not r.get("suppressions")]
    fails = len(list(root.iter("failure"))) + len(list(root.iter("error")))
    checks.equal(bool(told), fails > 0, f"{name}: SARIF and JUnit")
    if name != "english":
        checks.equal(fails > 0, status != 0, f"{name}: exit status {status}")


def schema_validator(checks):
    try:
        import jsonschema
    except ImportError:
        jsonschema = None
    path = schema_file()
    if jsonschema and path:
        return jsonschema.Draft4Validator(json.loads(path.read_text(encoding="utf-8")))
    print("not checked: the SARIF schema (python3-jsonschema, npm: @microsoft/jest-sarif)")
    checks.that("CI" not in os.environ, "in CI the schema must be there")
    return None


def the_schema_is_none_that_takes_all(checks, validator):
    broken = {"version": "2.1.0", "runs": [{"tool": {"driver": {}}, "results": [{"level": "fatal"}]}]}
    checks.that(len(list(validator.iter_errors(broken))) >= 3, "the schema finds faults")


def main():
    checks = harness.Checks()
    exe = harness.executable()
    validator = schema_validator(checks)
    if validator:
        checks.section(the_schema_is_none_that_takes_all, checks, validator)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for path in harness.SAMPLES.glob("*.xlsx"):
            shutil.copy(path, folder / path.name)
        (folder / "undtaget.csv").write_text(IGNORED, encoding="utf-8")
        for name, *arguments in RUNS:
            status, sarif = report(exe, folder, "sarif", arguments)
            _, junit = report(exe, folder, "junit", arguments)
            agree(checks, name, status, is_sarif(checks, validator, name, sarif),
                  is_junit(checks, name, junit))
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
