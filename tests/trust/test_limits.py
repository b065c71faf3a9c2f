#!/usr/bin/python3
"""Each bound stops a file, says by which option it is moved, and lets it pass when it is moved;
what a hostile workbook may try is refused with a message; memory stays under what is stated.

test_limits.py KONTRAFAKT
"""

import re
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "tools"))

from zipbytes import read_zip, write_zip

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MEGA = 1 << 20


# ---- files ------------------------------------------------------------------------

def book(sheets, strings="", styles=""):
    count = range(1, len(sheets) + 1)
    parts = [
        ("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="xml" ContentType="application/xml"/></Types>'),
        ("_rels/.rels", f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" '
         f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>' + "".join(
            f'<sheet name="A{i}" sheetId="{i}" r:id="rId{i}"/>' for i in count) + "</sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{RELS}">' + "".join(
            f'<Relationship Id="rId{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in count) + f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
         f'<Relationship Id="rIdT" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>'),
        ("xl/styles.xml", f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'),
        ("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>{strings}</t></si></sst>')]
    parts += [(f"xl/worksheets/sheet{i}.xml", sheets[i - 1]) for i in count]
    return write_zip([(name, text.encode()) for name, text in parts])


def sheet(rows="", behind=""):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>'


def cells(count, cell="<c><v>1</v></c>"):
    return ("<row>" + cell * 100 + "</row>") * (count // 100)


def shared_formula(members, length):
    formula = "+".join(["1"] * (length // 2))
    first = f'<c r="A1"><f t="shared" si="0" ref="A1:A{members}">{formula}</f><v>1</v></c>'
    rest = "".join(f'<row r="{i}"><c r="A{i}"><f t="shared" si="0"/><v>1</v></c></row>'
                   for i in range(2, members + 1))
    return f'<row r="1">{first}</row>{rest}'


def quoted(data):
    """The same zip, but a first entry's data quote all the others: they stand within it."""
    parts = read_zip(data)
    local, directory = b"", b""
    name = b"quote.bin"
    begin = 30 + len(name)
    for part, body in parts:
        packed = zlib.compress(body, 9)[2:-4]
        head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(body), len(packed), len(body),
                           len(part), 0)
        directory += (b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, begin + len(local))
                      + part.encode())
        local += b"PK\3\4" + head + part.encode() + packed
    head = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, zlib.crc32(local), len(local), len(local), len(name), 0)
    directory += b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    whole = b"PK\3\4" + head + name + local
    return whole + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(parts) + 1, len(parts) + 1,
                                           len(directory), len(whole), 0)


def overlapping(data):
    """Every sheet's entry is that of the first one."""
    out = bytearray(data)
    first = None
    for found in re.finditer(re.escape(b"PK\1\2"), data):
        at = found.start()
        name = data[at + 46:at + 46 + struct.unpack_from("<H", data, at + 28)[0]]
        if not name.startswith(b"xl/worksheets/"):
            continue
        if first is None:
            first = data[at + 16:at + 28], data[at + 42:at + 46]
        out[at + 16:at + 28], out[at + 42:at + 46] = first
    return bytes(out)


# ---- what is tried ------------------------------------------------------------------

MERGES = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>'
BOUNDS = {  # a file, what stops it, what lets it pass
    "file": (lambda: ("tekst;1\n" * 200000).encode(), 1, 2),
    "inflated": (lambda: book([sheet()], "x" * (2 * MEGA)), 1, 3),
    "ratio": (lambda: book([sheet("", "<a/>" * (18 * MEGA))]), None, 100000),
    "entries": (lambda: book([sheet()]), 6, 7),
    "sheets": (lambda: book([sheet(), sheet()]), 1, 2),
    "cells": (lambda: book([sheet(cells(1000))]), 999, 1000),
    "strings": (lambda: book([sheet()], "x" * (2 * MEGA)), 1, 3),
    "merges": (lambda: book([sheet("", MERGES)]), 1, 2),
    "formulas": (lambda: book([sheet(shared_formula(300, 7000))]), 1, 3),
}
REFUSED = {  # a file, words of the message
    "a DOCTYPE": (lambda: book(['<!DOCTYPE a [<!ENTITY x "y">]>' + sheet("<row><c><v>&x;</v></c></row>")]),
                  "DOCTYPE"),
    "a long element": (lambda: book([sheet(" " * (17 * MEGA))]), "xl/worksheets/sheet1.xml er for stor"),
    "deep nesting": (lambda: book([sheet("<a>" * 200 + "</a>" * 200)]), "for mange niveauer"),
}


def run(exe, folder, data, *options):
    path = folder / ("bog.xlsx" if data.startswith(b"PK") else "bog.csv")
    path.write_bytes(data)
    done = subprocess.run([exe, *options, path], capture_output=True, text=True, timeout=300,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL)
    return done.returncode, done.stderr


def each_bound_has_its_option(exe, folder):
    said = re.findall(r'^KF_BOUND\(\w+, "(\w+)"', (ROOT / "include/kf/limits.def").read_text(), re.M)
    assert sorted(said) == sorted(BOUNDS), said
    for what, (make, stops, passes) in BOUNDS.items():
        data = make()
        status, err = run(exe, folder, data, "check", *(["--limit", f"{what}={stops}"] if stops else []))
        assert status == 2 and f"--limit {what}=N" in err, (what, status, err)
        status, err = run(exe, folder, data, "check", "--limit", f"{what}={passes}")
        assert "--limit" not in err and "ingen sagstabel" in err, (what, status, err)


def hostile_xml_is_refused(exe, folder):
    for what, (make, words) in REFUSED.items():
        status, err = run(exe, folder, make(), "check")
        assert status == 2 and words in err, (what, status, err)


def deep_formulas_are_not_worked_out(exe, folder):
    """As `=1+(((…)))`: 60 parentheses are calculated, 100 and 100,000 are not, and nothing falls."""
    head = '<row><c t="str"><v>Udgift i alt</v></c></row>'
    for depth in (60, 100, 100000):
        formula = "(" * depth + "1" + ")" * depth
        status, err = run(exe, folder, book([sheet(head + f"<row><c><f>{formula}</f></c></row>")]), "check")
        assert status in (0, 1, 2) and "ingen sagstabel" in err, (depth, status, err)


def entries_within_others_count_each(exe, folder):
    """What is unpacked from the same bytes counts as often as it is unpacked; no copy is made of it."""
    data = quoted(book([sheet(cells(100000))]))
    status, err = run(exe, folder, data, "check", "--limit", "inflated=1")
    assert status == 2 and "--limit inflated=N" in err, (status, err)
    data = overlapping(book([sheet(cells(30000))] + [sheet("<row/>")] * 99))
    status, err = run(exe, folder, data, "check", "--limit", "inflated=20")
    assert status == 2 and "--limit inflated=N" in err, (status, err)


def no_copy_is_made_of_entries_within_others(exe, folder):
    sample = (ROOT / "sample_workbooks" / "skemaer_fejl.xlsx").read_bytes()
    assert run(exe, folder, sample, "fix", "--force", "-o", str(folder / "ud.xlsx"))[0] in (0, 1)
    (folder / "ud.xlsx").unlink()
    status, err = run(exe, folder, quoted(sample), "fix", "-o", str(folder / "ud.xlsx"))
    assert status == 2 and err and not (folder / "ud.xlsx").exists(), (status, err)


# ---- memory ---------------------------------------------------------------------------

CELL, FIXED, STRINGS = 96, 52 * MEGA, 3  # some of it in pages of 2 MB that are not full


# A process counts the memory of who started it as its own, so that one has to be small.
STARTER = """
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ,
                     file_actions=[(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in range(3)])
_, status, usage = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""


def most_memory(exe, path, *options):
    done = subprocess.run([sys.executable, "-S", "-c", STARTER, exe, "check", *options, path],
                          capture_output=True, text=True, check=True)
    status, kilobytes = map(int, done.stdout.split())
    assert status in (0, 1, 2), status
    return kilobytes << 10


def memory_is_bounded(exe, folder):
    """What SECURITY.md states, on files that cost the most for their size."""
    path = folder / "bog.xlsx"
    text = '<c t="str"><v>x</v></c>'
    tried = [("numbers", book([sheet(cells(count))]), count, 0, ()) for count in (250000, 500000, 1000000)]
    tried += [("texts", book([sheet(cells(500000, text))]), 500000, 0, ()),
              ("shared texts", book([sheet()], "x" * (40 * MEGA)), 0, 40 * MEGA, ()),
              ("cells beyond the bound", book([sheet(cells(3000000))]), 100000, 0, ("--limit", "cells=100000")),
              ("spaces", book([sheet((" " * MEGA + "<row/>") * 60)]), 0, 0, ()),
              ("empty rows", book([sheet("<row/>" * 1000000)]), 0, 0, ()),
              ("a long text", book([sheet('<row><c t="str"><v>' + "x" * (15 * MEGA) + "</v></c></row>")]), 1,
               15 * MEGA, ()),
              ("a CSV file", b"1;2\n" * 500000, 1000000, 0, ()),
              ("a CSV file without a cell", b";;;\n" * 1000000, 0, 4000000, ()),
              ("hidden columns", book(['<worksheet xmlns="%s"><cols>%s</cols><sheetData/></worksheet>' % (
                  MAIN, '<col min="1" max="1" hidden="1"/>' * 500000)]), 0, 16 * MEGA, ()),
              ("styles", book([sheet()], "", "<cellXfs>" + "<xf/>" * (12 * MEGA) + "</cellXfs>"), 0, 60 * MEGA, ()),
              ("empty shared texts", book([sheet()], "</t></si>" + "<si/>" * (12 * MEGA) + "<si><t>"), 0,
               60 * MEGA, ()),
              ("styles nobody uses", book([sheet(cells(100, '<c s="4000000000"><v>1</v></c>'))]), 100, 0, ())]
    for what, data, count, strings, options in tried:
        path.write_bytes(data)
        most = FIXED + len(data) + STRINGS * strings + CELL * count
        used = most_memory(exe, path, *options)
        print(f"{what}: a file of {len(data)} bytes, {count} cells: {used / MEGA:.0f} of {most / MEGA:.0f} MB")
        assert used <= most, (what, used, most)


def main():
    exe = str(Path(sys.argv[1]).resolve())
    for test in (each_bound_has_its_option, hostile_xml_is_refused, deep_formulas_are_not_worked_out,
                 entries_within_others_count_each, no_copy_is_made_of_entries_within_others,
                 memory_is_bounded):
        with tempfile.TemporaryDirectory(prefix="kf-limits-") as folder:
            test(exe, Path(folder))
        print(f"{test.__name__}: holds", flush=True)


if __name__ == "__main__":
    main()
