#!/usr/bin/python3
"""One cell of rich workbooks is edited: all else comes through, and LibreOffice is content.

test_corpus.py EDIT_CELL   for other people's workbooks see tests/bench/edit_corpus.py
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import harness

sys.path.insert(0, str(harness.ROOT / "tests" / "bench"))
sys.path.insert(0, str(harness.ROOT / "tests" / "tools"))
import edit_corpus
import loss
import make_rich
import shown_values


def sources(folder):
    """The workbook with everything in it once for each kind of cell, and those of other programs."""
    rich = make_rich.rich()
    for i, _ in enumerate(edit_corpus.KINDS):
        path = folder / f"rig-{i}.xlsm"
        path.write_bytes(rich)
        yield path
    yield from sorted((harness.ROOT / "tests" / "data" / "gallery").glob("*.xlsx"))


# Stands in for LibreOffice: converts one file after the other, up to one that it crashes on.
CRASHING = """#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
out=$2; shift 2
for file; do
    case $file in *crash*) exit 139 ;; esac
    name=${file##*/}
    cp "$file" "$out/${name%.*}.xlsx"
done
"""


def crash_takes_only_its_own(checks, folder):
    """A workbook that LibreOffice crashes on does not count against those behind it."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(CRASHING)
    program.chmod(0o755)
    books = [folder / name for name in ("a.xlsx", "crash.xlsx", "b.xlsm", "c.xlsx")]
    for book in books:
        book.write_bytes(b"")
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{program.parent}:{path}"
    try:
        shown_values.convert(books, folder / "lo")
    finally:
        os.environ["PATH"] = path
    checks.equal(sorted(p.name for p in (folder / "lo").iterdir()), ["a.xlsx", "b.xlsx", "c.xlsx"],
                 "what LibreOffice opens")


def main():
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as scratch:
        checks.section(crash_takes_only_its_own, checks, Path(scratch))
        job = edit_corpus.Job(sys.argv[1], Path(scratch))
        books = [edit_corpus.Workbook(job, i, path) for i, path in enumerate(sources(job.folder))]
        checks.equal({b.kind for b in books}, set(edit_corpus.KINDS), "kinds of cells")
        for book in books:
            checks.equal(book.refused, None, f"{book.path.name}: refused")
            checks.equal(loss.Loss(loss.parts(book.path), book.out).lost, {}, f"{book.path.name}: lost")
        if shutil.which("soffice"):
            shown_values.compare(books, len(books), job.folder)
        else:
            print("NOTE: LibreOffice (soffice) is not installed")
        for book in books:
            checks.equal(book.faults, [], f"{book.path.name} [{book.kind}]")
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
