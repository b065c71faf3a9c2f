"""A few words for tests that run the program: checks are counted, none stops the rest."""

import json
import os
import subprocess
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "sample_workbooks"
SKIPPED = 77


class Checks:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def that(self, holds, message):
        """Count one check; say what failed."""
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {message}")
        return bool(holds)

    def equal(self, got, want, message):
        return self.that(got == want, f"{message}: {got!r} instead of {want!r}")

    def section(self, work, *arguments):
        """Run work; what it raises is one failed check."""
        try:
            work(*arguments)
        except Exception:
            self.that(False, f"{work.__name__}{arguments}: {traceback.format_exc()}")

    def status(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0


def run(exe, *arguments, cwd=None):
    """(exit status, standard output, standard error)"""
    environment = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
    environment |= {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [str(Path(exe).resolve()), *map(str, arguments)],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def run_json(exe, *arguments, cwd=None):
    """(exit status, parsed output)"""
    status, out, err = run(exe, *arguments, "--format", "json", cwd=cwd)
    try:
        return status, json.loads(out)
    except ValueError as error:
        raise AssertionError(f"{arguments}: exit {status}, no JSON ({error}): {out[:200]} {err[:400]}")


def modules_folder():
    """Where ./run puts exceljs and SheetJS, or None."""
    folder = ROOT / "build-peers" / "node_modules"
    return folder if (folder / "exceljs").is_dir() and (folder / "xlsx").is_dir() else None


def executable():
    if len(sys.argv) != 2 or not Path(sys.argv[1]).exists():
        print(f"usage: {sys.argv[0]} KONTRAFAKT (an executable)")
        sys.exit(2)
    return sys.argv[1]
