"""What the commands of a spreadsheet program must agree on with the command line."""

import re

import harness

# The samples, and one in which a formula is put right.
WORKBOOKS = sorted(harness.SAMPLES.glob("*.xlsx"))
WORKBOOKS.append(harness.ROOT / "tests" / "findings" / "formula-range" / "bog.xlsx")

# An open workbook has a title instead of a path, and no hash: it need not be saved at all.
OF_THE_FILE = re.compile(r'"(path|sha256)": ("[^"\n]*"|null)')
MESSAGE_OF_THE_FILE = re.compile(r'"error": "[^"\n]*: ingen sagstabel')


def plain(text):
    text = OF_THE_FILE.sub(r'"\1": "…"', text)
    return MESSAGE_OF_THE_FILE.sub('"error": "…: ingen sagstabel', text)


def command_line(exe, workbook):
    return harness.run(exe, "check", "--format", "json", "--lang", "da", workbook)[1]


def same_report(checks, host, exe, workbook, reported):
    """To the byte, but for what belongs to the file."""
    want, got = plain(command_line(exe, workbook)), plain(reported)
    if not checks.that(want == got, f"{host}: the report of {workbook.name} differs"):
        for line, (a, b) in enumerate(zip(want.splitlines(), got.splitlines()), 1):
            if a != b:
                print(f"  line {line}: {a!r}\n       got {b!r}")
                break


def same_corrections(checks, host, exe, workbook, corrected, folder):
    """The command line's own corrected copy, figure by figure."""
    copy = folder / f"cli-{workbook.name}"
    harness.run(exe, "fix", "--lang", "da", workbook, "-o", copy)
    if not copy.exists():
        copy = workbook  # nothing in it that could be corrected
    status, out, err = harness.run(exe, "diff", copy, corrected)
    checks.that(status == 0 or "ingen sagstabel" in err, f"{host}: corrections of {workbook.name}: {out[:600]}{err[:300]}")
