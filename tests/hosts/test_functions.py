#!/usr/bin/python3
"""Every row of functions.txt in one spreadsheet program: test_functions.py HOST BUILD_FOLDER."""

import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import function_table
import harness
import hosts


def main():
    name, build = sys.argv[1], Path(sys.argv[2]).resolve()
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        function_table.workbook(folder / "in.xlsx")
        shown = hosts.HOSTS[name](build, folder).values(folder / "in.xlsx")
        function_table.compare(checks, name, shown)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
