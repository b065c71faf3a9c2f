#!/usr/bin/python3
"""No command, in no form, shows a CPR-like number, a control character or a live formula that
a workbook or a file name holds; and --redact shows no citizen's name.

test_privacy.py KONTRAFAKT
"""

import csv
import io
import itertools
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

# Every second passes the old modulus check, the others do not.
WRITTEN = ["010190-1234", "0101901235", "020290 1236", "030390 - 1237", "04-04-90-1238",
           "05 05 90 1239", "06061990-1240", "070790/1241", "610190-1242", "080890\u20131243"]
SPLIT = ("090990", "1244")
HOSTILE = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1+1", "\uff1d1+1", "</script><b onload=x>",
           "\x85", "\u202e", '"><img src=x>']
NAME = "Ann-Marie Østergård"


def fill(sheet, citizen, top):
    """A case with mistakes; every label is one that must not be seen as it is."""
    texts = itertools.cycle(WRITTEN + HOSTILE)
    rows = [[citizen], ["Faktisk forløb", "0-6 mdr", "7-12 mdr", "I alt"],
            ["Sygedagpenge", 80100, 104130, 184230],
            [f"Mentor {next(texts)}", "62.788,50", 1000, 63788.5]]
    rows += [[text, 100 + i, 200, 300 + i] for i, text in enumerate(WRITTEN + HOSTILE)]
    rows += [["Udgift for kommunen", 40050, 72891, 112941], ["Udgift for staten", 1, 31239, 31240],
             ["Udgift i alt", 142888, 104130, 5], [], ["Kontrafaktisk forløb", "0-6 mdr", "7-12 mdr"],
             ["Sygedagpenge", 80100, 104130], [WRITTEN[0], 1, 2], ["Udgift i alt", 80101, 104133]]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            cell = sheet.cell(top + r, 1 + c, value)
            if isinstance(value, str):
                cell.data_type = "s"
    sheet.cell(top, 3, SPLIT[0]).data_type = "s"
    sheet.cell(top, 4, SPLIT[1]).data_type = "s"
    sheet.cell(top + 2, 2).comment = Comment(WRITTEN[3], WRITTEN[4])
    return top + len(rows) + 2


def make_workbook(path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in (WRITTEN[0], "Borger " + WRITTEN[2], NAME):
        sheet = book.create_sheet(name)
        fill(sheet, NAME if name == NAME else "Borger " + WRITTEN[1], 1)
    book.properties.creator = WRITTEN[5]
    book.save(path)


def make_summary(path):
    """Numbers where only a program looks: formulas, names, formats, headings, assumptions."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Borger " + WRITTEN[2]
    for row in (["Borger " + WRITTEN[1]], ["Faktisk forløb " + WRITTEN[0], "0-6 mdr", "7-12 mdr", "I alt"],
                ["Sygedagpenge " + WRITTEN[2], 80100, 104130, f'=VLOOKUP("{WRITTEN[0]}",A1:B2,2)'],
                ["Bostøtte", f'=HYPERLINK("http://x/{WRITTEN[0]}","{WRITTEN[4]}")', 10, 10],
                ["Udgift for kommunen " + WRITTEN[3], 1, 2, 3],
                ["Udgift i alt", f'=SUM(B3:B4)+N("{WRITTEN[0]}")', 104130, 5],
                [f"For sygedagpenge til {WRITTEN[5]} er der regnet med 30 % statsrefusion"],
                [f"Beregnet pr. 1. september 2014 ({WRITTEN[0]})"]):
        sheet.append(row)
    sheet["D3"].number_format = f'"{WRITTEN[0]}" 0'
    other = book.create_sheet("Oversigt")
    for row in ([f"Samlet oversigt {WRITTEN[0]}"], ["Borger", "Faktisk forløb"], ["Borger " + WRITTEN[1], "=Navn_0101901235"],
                ["I alt", f"='{sheet.title}'!D3"]):
        other.append(row)
    name = DefinedName("Navn_0101901235", attr_text=f"'{sheet.title}'!$B$3")
    if hasattr(book.defined_names, "append"):
        book.defined_names.append(name)
    else:
        book.defined_names.add(name)
    book.save(path)


def make_list(path):
    rows = [["cpr", "nr", "borger", "forløb", "ydelse", "periode", "beløb", "betaler"]]
    for course, benefit, period in itertools.product(("faktisk", "kontrafaktisk"),
                                                     ("Sygedagpenge", "=1+1"), ("0-6", "7-12")):
        rows.append([*SPLIT, WRITTEN[1], course, benefit, period, "1000", "kommune"])
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";").writerows(rows)


def commands(book, tidy, other, broken):
    for form in ("text", "json", "csv", "html", "sarif", "junit"):
        for lang in ("da", "en"):
            yield ["check", "--format", form, "--lang", lang, "--fail-on", "info", book, tidy, broken]
    yield ["check", "--what-if", "as-of=2016-01-01", "--jobs", "2", book, tidy]
    for form in ("text", "json", "csv"):
        yield ["extract", "--format", form, book, tidy, broken]
    for form in ("text", "json"):
        yield ["fix", "--format", form, "--force", book]
        yield ["fix", "--format", form, "--dry-run", "--accept", "all-proposals", book]
        yield ["fix", "--format", form, broken]
        for cell in ("B3", "D8", "A4"):
            yield ["explain", "--format", form, book, f"'{WRITTEN[0]}'!{cell}"]
            yield ["explain", "--format", form, book, f"'ukendt {WRITTEN[3]}'!{cell}"]
    for form in ("text", "json", "csv", "html"):
        yield ["diff", "--format", form, book, other]
        yield ["reconcile", "--format", form, "--group-by", "file", book, tidy]
    yield ["reconcile", "-o", str(Path(book).parent / "samlet.xlsx"), "--force", book]
    yield ["revert", "--force", book.replace(".xlsx", "-rettet.xlsx")]
    folder = Path(book).parent / f"mappe {WRITTEN[0]}"
    hidden = str(folder / f"oversigt {WRITTEN[1]}.xlsx")
    for form in ("text", "json", "csv", "html", "sarif", "junit"):
        yield ["check", "--format", form, "--fail-on", "info", hidden]
    for form in ("text", "json", "csv", "html"):
        yield ["reconcile", "--format", form, "--group-by", "folder", str(folder)]
        yield ["diff", "--format", form, hidden, book]
    for sheet, cell in itertools.product(("Borger " + WRITTEN[2], "Oversigt"), ("A1", "B4", "D3", "B6", "A3", "B3")):
        yield ["explain", hidden, f"'{sheet}'!{cell}"]
    yield ["fix", "--force", "-o", str(folder / f"ud {WRITTEN[4]}.xlsx"), hidden]
    yield ["fix", "--dry-run", "--accept", WRITTEN[0], hidden]
    yield ["revert", hidden]
    yield ["new", "--force", "-o", str(folder / f"ny {WRITTEN[0]}.xlsx")]
    yield ["new", "-o", str(folder / f"mangler {WRITTEN[0]}" / "ny.xlsx")]
    for option in ("--as-of", "--tolerance", "--format", "--limit", "--redact-key", "--only"):
        yield ["check", option, WRITTEN[0], hidden]
    for limit in ("cells=3", "sheets=1"):
        yield ["check", "--limit", limit, hidden]
    yield ["explain", hidden, WRITTEN[0]]
    yield ["rules", WRITTEN[0]]
    yield ["check", "findes-ikke-" + WRITTEN[1]]
    yield ["check", "--ignore", broken, book]
    yield ["check", "--rules", broken, book]
    yield ["ukendt-" + WRITTEN[1]]


def run(exe, command):
    done = subprocess.run([exe, *command], capture_output=True, timeout=120, stdin=subprocess.DEVNULL,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    assert done.returncode in (0, 1, 2), (command, done.returncode, done.stderr[-500:])
    return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


DIGITS = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[-. /]?(?:0\d|1[0-2])[-. /]?(?:19)?90"
                    r"[-\u2013 /]{0,3}12[34]\d(?!\d)")
STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def expect_hidden(command, text):
    found = DIGITS.search(text)
    assert not found, (command, found.group(), text[max(0, found.start() - 80):found.end() + 20])
    assert SPLIT[0] not in text, (command, text[max(0, text.find(SPLIT[0]) - 80):][:120])
    steering = STEERING.search(text)
    assert not steering, (command, steering.group().encode(), steering.start())


def expect_dead(command, out):
    """Nothing that a spreadsheet would calculate or a browser run."""
    if "csv" in command:
        for row in csv.reader(io.StringIO(out), delimiter=";"):
            for field in row:
                live = field[:1] in ("=", "@", "+", "\t", "\r", "\uff1d") or (
                    field[:1] == "-" and not re.fullmatch(r"-[\d.,]+", field))
                assert not live, (command, field)
    if "html" in command:
        assert "<b onload" not in out and "<img" not in out, command
        assert "</script><b" not in out, command
    if "json" in command or "sarif" in command:
        json.loads(out)


def test_commands(exe, folder):
    book, other = folder / f"sag {WRITTEN[0]}.xlsx", folder / "anden.xlsx"
    tidy, broken = folder / f"liste {WRITTEN[1]}.csv", folder / f"{WRITTEN[4]}.xlsx"
    make_workbook(book)
    make_list(tidy)
    (folder / f"mappe {WRITTEN[0]}").mkdir()
    make_summary(folder / f"mappe {WRITTEN[0]}" / f"oversigt {WRITTEN[1]}.xlsx")
    changed = openpyxl.load_workbook(book)
    changed.worksheets[0]["B3"] = WRITTEN[7]
    changed.worksheets[0]["A4"] = WRITTEN[8]
    changed.save(other)
    broken.write_bytes(b"PK\3\4 " + WRITTEN[3].encode())
    count = 0
    for command in commands(str(book), str(tidy), str(other), str(broken)):
        out, err = run(exe, command)
        for text in (out, err):
            expect_hidden(command, text)
        expect_dead(command, out)
        count += 1
    with zipfile.ZipFile(folder / "samlet.xlsx") as made:
        for name in made.namelist():
            expect_hidden(("samlet.xlsx", name), made.read(name).decode("utf-8", "replace"))
            assert "<f>1+1" not in made.read(name).decode("utf-8", "replace"), name
    fixed = openpyxl.load_workbook(folder / f"sag {WRITTEN[0]}-rettet.xlsx")
    owners = fixed[WRITTEN[0]]
    assert owners["A5"].value == WRITTEN[0], "the owner's cell was changed"
    assert owners["C1"].value == SPLIT[0], "the owner's cell was changed"
    live = [c.coordinate for row in fixed.worksheets[0].iter_rows() for c in row if c.data_type == "f"]
    assert not live, live
    return count


def test_redact(exe, folder):
    book, key = folder / "sag.xlsx", folder / "key"
    make_workbook(book)
    key.write_text("en hemmelighed, som ingen kender")
    names = {}
    for command in (["check"], ["check", "--format", "json"], ["extract", "--format", "csv"],
                    ["reconcile"], ["reconcile", "--format", "html"], ["fix", "--force"],
                    ["diff", str(book)]):
        seen = []
        for more in (["--redact-key", str(key)], ["--redact-key", str(key)], ["--redact"], ["--redact"]):
            out, err = run(exe, [*command, str(book), *more])
            assert NAME not in out + err, (command, out[max(0, out.find(NAME) - 100):][:200])
            seen.append(sorted(set(re.findall(r"Borger-[0-9A-Z]{8}", out))))
        if command[0] == "diff":
            continue
        assert seen[0] and seen[0] == seen[1], (command, seen)
        assert seen[0] != seen[2] != seen[3], (command, seen)
        names.setdefault("all", set()).update(seen[0])
    assert len(names["all"]) == 2, names
    assert NAME in openpyxl.load_workbook(folder / "sag-rettet.xlsx").sheetnames


def main():
    exe = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory(prefix="kf-private-") as folder:
        count = test_commands(exe, Path(folder))
    with tempfile.TemporaryDirectory(prefix="kf-redact-") as folder:
        test_redact(exe, Path(folder))
    print(f"{count} commands show nothing of it; pseudonyms hold")


if __name__ == "__main__":
    main()
