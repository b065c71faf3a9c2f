#!/usr/bin/python3
"""What the linker and the compiler did to make a mistake harder to use, read from the program.

test_hardening.py KONTRAFAKT
"""

import platform
import subprocess
import sys


def readelf(exe, *options):
    return subprocess.run(["readelf", "--wide", *options, exe], capture_output=True, text=True,
                          check=True).stdout


def main():
    exe = sys.argv[1]
    head, segments = readelf(exe, "--file-header"), readelf(exe, "--segments")
    dynamic, symbols = readelf(exe, "--dynamic"), readelf(exe, "--dyn-syms")
    notes = readelf(exe, "--notes")
    stack = next(line for line in segments.splitlines() if "GNU_STACK" in line)
    found = {
        "position independent": "DYN" in head and "PIE" in dynamic,
        "relocations read-only": "GNU_RELRO" in segments,
        "bound at start": "BIND_NOW" in dynamic or "NOW" in dynamic,
        "stack not executable": "RWE" not in stack and "E" not in stack.split()[-2],
        "no segment both written and executed": " RWE " not in segments,
        "stack protector": "__stack_chk_fail" in symbols,
        "checked calls": any(f"__{name}_chk" in symbols for name in ("memcpy", "memset", "fread", "memmove",
                                                                     "longjmp", "read", "strcpy")),
    }
    if platform.machine() == "x86_64":
        found["control flow"] = "IBT" in notes and "SHSTK" in notes
    # The linker keeps the note only when the C library's start files carry it; Debian 12's do not.
    wanted = {name: holds for name, holds in found.items() if name != "control flow"}
    for name, holds in found.items():
        print(f"{'holds' if holds else 'missing'}: {name}")
    return 0 if all(wanted.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
