#!/usr/bin/python3
"""Nothing is read before it was written, and nothing beyond its block: valgrind's memcheck over
the program's commands, and over the unit tests of a build without sanitizers.

test_memcheck.py KONTRAFAKT [FOLDER_OF_UNIT_TESTS]
"""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "sample_workbooks"
COMMANDS = [
    ["check", "--format", "json", "fejl.xlsx", "liste.csv"],
    ["check", "--format", "html", "sag.xlsx"],
    ["fix", "fejl.xlsx", "-o", "rettet.xlsx"],
    ["revert", "rettet.xlsx", "-o", "igen.xlsx"],
    ["extract", "--format", "csv", "sag.xlsx"],
    ["diff", "sag.xlsx", "fejl.xlsx"],
    ["explain", "sag.xlsx", "C18"],
    ["reconcile", "sag.xlsx", "fejl.xlsx"],
]
# What the tests start by name, and libraries that keep memory to the end, are not asked about leaks.
MEMCHECK = ["valgrind", "-q", "--trace-children=yes", "--leak-check=no", "--error-limit=no"]


def errors(command, folder):
    """What memcheck says of a command and its children; and that it ran at all."""
    with tempfile.TemporaryDirectory(prefix="kf-memcheck-") as logs:
        done = subprocess.run([*MEMCHECK, f"--log-file={logs}/%p", *command], cwd=folder,
                              capture_output=True, timeout=1800, stdin=subprocess.DEVNULL)
        said = "".join(path.read_text(errors="replace") for path in sorted(Path(logs).iterdir()))
        ran = any(Path(logs).iterdir())
    if not ran or done.returncode not in (0, 1):
        said += f"exit {done.returncode}: {(done.stdout + done.stderr)[-500:]!r}\n"
    return said


def commands(exe):
    with tempfile.TemporaryDirectory(prefix="kf-memcheck-") as folder:
        for name, source in (("sag.xlsx", "aarhus_fremskudt_2013.xlsx"), ("fejl.xlsx", "skemaer_fejl.xlsx")):
            shutil.copy(SAMPLES / source, Path(folder) / name)
        shutil.copy(ROOT / "tests/findings/total-items/bog.csv", Path(folder) / "liste.csv")
        for command in COMMANDS:
            yield command[0], errors([exe, *command], folder)


def unit_tests(folder):
    programs = sorted(p for p in folder.glob("test_*") if p.is_file() and os.access(p, os.X_OK))
    assert programs, folder
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from zip((p.name for p in programs),
                       pool.map(lambda p: errors([p, "-j1"], folder), programs))


def main():
    tried = list(commands(str(Path(sys.argv[1]).resolve())))
    if len(sys.argv) > 2:
        tried += unit_tests(Path(sys.argv[2]).resolve())
    bad = [(name, said) for name, said in tried if said]
    for name, said in bad:
        print(f"{name}:\n{said[:3000]}")
    print(f"{len(tried)} programs under memcheck, {len(bad)} with an error")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
