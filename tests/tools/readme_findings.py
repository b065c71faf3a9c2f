#!/usr/bin/python3
"""The README's table of findings is made from include/kf/findings.def.

Each code links to its smallest workbook under tests/findings/.

readme_findings.py           write it
readme_findings.py --check   fail when it is not up to date
"""

import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/findings"))

from run_findings import NOT_GIVEN

README = ROOT / "README.md"
BEGIN, END = "<!-- findings: begin -->", "<!-- findings: end -->"
ROW = re.compile(r'KF_FINDING\(\s*\w+,\s*"([^"]*)",\s*"([^"]*)",\s*"([^"]*)"\s*\)')


def line(code, danish, english):
    if code in NOT_GIVEN:
        return f"| `{code}` | {english} (not given yet: {NOT_GIVEN[code]}) | {danish} |"
    return f"| [`{code}`](tests/findings/{code}/) | {english} | {danish} |"


def table():
    text = (ROOT / "include/kf/findings.def").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    rows = ROW.findall(text)
    if len(rows) != text.count("KF_FINDING("):
        sys.exit("findings.def: a row could not be read")
    lines = [line(*row) for row in rows]
    return "\n".join(["| code | meaning | på dansk |", "|---|---|---|", *lines])


def main(arguments):
    old = README.read_text(encoding="utf-8")
    start, end = old.index(BEGIN) + len(BEGIN), old.index(END)
    new = f"{old[:start]}\n{table()}\n{old[end:]}"
    if new == old:
        return 0
    if "--check" in arguments:
        print("README.md: its table of findings differs from findings.def; run './run fmt'")
        return 1
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
