#!/usr/bin/python3
"""Work grows with the size of the input, and no faster: instructions under callgrind for a
file, and for one twice as large.

test_growth.py KONTRAFAKT
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

MOST = 2.3
CASE = """Borger {0};;;
Faktisk forløb;0-6 mdr;7-12 mdr;I alt
Sygedagpenge;80100;104130;184230
Kontanthjælp;62788,50;1000;63788,50
Udgift for kommunen;40050;72891;112941
Udgift for staten;102838,50;32239;135077,50
Udgift i alt;142888,50;105130;248018,50
Kontrafaktisk forløb;0-6 mdr;7-12 mdr;I alt
Sygedagpenge;80100;104130;184230
Udgift i alt;80100;104130;184231
"""
LIST = "B{0};{1};Sygedagpenge;{2};{3};kommune\n"


def cases(count):
    return "".join(CASE.format(i + 1) + "\n" for i in range(count)).encode()


def tidy(count):
    periods = ("0-6", "7-12", "13-24", "25-36")
    rows = (LIST.format(i // 8, "actual" if i % 8 < 4 else "counterfactual", periods[i % 4], 1000 + i)
            for i in range(count * 8))
    return ("citizen;course;benefit;period;amount;payer\n" + "".join(rows)).encode()


def noise(count):
    return "".join(f"tekst {10 ** 5 + i};{10 ** 6 + i * 7};x;{10 ** 5 + i}\n" for i in range(count * 10)).encode()


def one_course(label):
    """A single course of so many rows, one sum of which is wrong."""
    def make(count):
        amounts = [1000 + i % 50 for i in range(count * 10)]
        rows = "".join(f"{label.format(10 ** 5 + i)};{amount};{amount + 1000}\n" for i, amount in enumerate(amounts))
        sums = sum(amounts), sum(amounts) + 1000 * len(amounts)
        return (f"Borger 1;;\nFaktisk forløb;0-6 mdr;7-12 mdr\n{rows}Udgift for kommunen;{sums[0]};{sums[1]}\n"
                f"Udgift i alt;{sums[0] + 90};{sums[1]}\n").encode()
    return make


def rows_of(*rows):
    return "".join(";".join(str(value) for value in row) + "\n" for row in rows).encode()


HEADINGS = ("Faktisk forløb", "0-6 mdr", "7-12 mdr")


def headings(count):
    """Nothing but headings, again and again."""
    return rows_of(*[HEADINGS] * (10 * count))


def no_lists(count):
    """Headings of lists over what is none."""
    return rows_of(*[row for i in range(4 * count)
                     for row in (("citizen", "course", "benefit", "period", "amount", f"x{i}"), ("a", "b", "c", "d", i))])


def small_lists(count):
    """One list of two amounts under another."""
    return rows_of(*[row for i in range(4 * count)
                     for row in (("citizen", "course", "benefit", "period", "amount"),
                                 (f"B{i}", "actual", "Sygedagpenge", "0-6", 1000 + i),
                                 (f"B{i}", "actual", "Sygedagpenge", "7-12", 1000 + i), (), (), (), (), ())])


def payers_to_the_right(count):
    amounts = 80100, 104130, 184230, 112941
    rows = [("Sygedagpenge", *amounts, 71289 + (i % 3 == 0), 0) for i in range(2 * count)]
    sums = [amount * len(rows) for amount in amounts]
    return rows_of(("Borger 1",), (*HEADINGS, "I alt", "Kommune", "Stat", "Region"), *rows, ("I alt", *sums, 71289 * len(rows), 0))


def odd_payers(count):
    """One benefit, now paid by one, now by another."""
    rows = []
    for i in range(2 * count):
        payers = ("Udgift for kommunen", "Udgift for staten")[::-1 if i % 3 else 1]
        rows += [(f"Borger {i}",), HEADINGS, ("Særlig ydelse", 1000 + i, 2000 + i), ("Anden ydelse", 500, 600),
                 (payers[0], 1000 + i, 2000 + i), (payers[1], 500, 600), ("Udgift i alt", 1500 + i, 2600 + i), ()]
    return rows_of(*rows)


def many_totals(count):
    """A payer table of one sum after another."""
    return rows_of(("Betaler", 2019, 2020, 2021, 2022, "I alt"),
                   *[row for i in range(4 * count)
                     for row in (("Kommunal", 100, 200, 300, 400, 1000), ("Statslig", 1, 2, 3, 4, 10), ("I alt", 101, 202, 303, 404, 1011 + i % 2))])


def summary(count):
    """Cases, and a summary of them that states its total again and again."""
    rows = [("Samlet oversigt",), ("Borger", "Faktisk forløb", "Kontrafaktisk forløb", "Nettogevinst")]
    for i in range(count):
        rows += [(f"Borger {i + 1}", 248018 + i % 2 * 9, 184230, 0), ("I alt", 248018 * count, 184230 * count, 0)]
    return cases(count) + rows_of(*rows)


def summaries(count):
    """As many summaries as cases."""
    small = [row for i in range(count) for row in (
        (f"Borger {i}",), HEADINGS, ("Ydelse", 100, 200), ("Udgift i alt", 100, 209), ())]
    return rows_of(*small, *[row for i in range(count) for row in (
        ("Samlet oversigt",), ("Borger", "Faktisk forløb", "Kontrafaktisk forløb", "Nettogevinst"),
        (f"Borger {i}", 300 + i % 2, 0, 0), ("I alt", 300 * count, 0, 0), ())])


def unreadable(count):
    """Amounts that are none, and row totals that are wanting."""
    return rows_of(("Borger 1",), (*HEADINGS, "I alt"), *[(f"Ydelse {i}", "1.000 kr", "x", "?") for i in range(10 * count)],
                   ("Udgift i alt", 10000 * count, 0, 0))


def rows_to_sheet(sheet, rows):
    for row in rows:
        sheet.append(row)


def formulas(path, count):
    """One course, every sum a formula."""
    book = openpyxl.Workbook()
    last = 10 * count + 2
    rows_to_sheet(book.active, [("Borger 1",), (*HEADINGS, "I alt"),
                                *[(f"Ydelse {i}", 100 + i, 200 + i, f"=SUM(B{i}:C{i})") for i in range(3, last + 1)],
                                ("Udgift i alt", *[f"=SUM({c}3:{c}{last})" for c in "BCD"])])
    book.save(path)


def far_sums(path, count):
    """Sums that add much of what stands in no course."""
    book = openpyxl.Workbook()
    for i in range(count):
        at = 6 * i
        rows_to_sheet(book.active, [(f"Borger {i}",), HEADINGS, ("Sygedagpenge", 80100, 104130), ("Kontanthjælp", 62788.5, 1000),
                                    ("Udgift i alt", f"=SUM(B{at + 3}:B{at + 4},Z$1:Z$1000)", f"=SUM(C{at + 3}:C{at + 4})"), ()])
    for row in range(1, 1001):
        book.active.cell(row, 26, 1)
    book.save(path)


def sheet_names(path, count):
    """Sheets that fetch their figures from one another."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for i in range(1, count + 1):
        rows_to_sheet(book.create_sheet(f"Ark{i}"), [
            ("Borger 1",), HEADINGS, ("Sygedagpenge", f"=Ark{count + 1 - i}!C3", 80100), ("Udgift i alt", f"=SUM(Ark{count}!B3:B3)", 80100)])
    if not count:
        book.create_sheet("Ark1")
    book.save(path)


def sheets(path, count):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for i in range(count + 1):
        sheet = book.create_sheet(f"Borger {i + 1}")
        for row in (HEADINGS, ("Sygedagpenge", 80100, 104130), ("Udgift i alt", 80100, 104135)):
            sheet.append(row)
    book.save(path)


def workbook(path, count):
    book = openpyxl.Workbook()
    for row in cases(count).decode().splitlines():
        book.active.append([float(v.replace(",", ".")) if v[:1].isdigit() and "mdr" not in v else v
                            for v in row.split(";")])
    book.save(path)


def instructions(exe, command, folder):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", exe, *command],
                          cwd=folder, capture_output=True, text=True, timeout=500)
    assert done.returncode in (0, 1, 2), done.stderr[-500:]
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def growth(exe, folder, name, make, command, count):
    """How much more a file twice as large costs, what the program costs by itself left out."""
    costs = []
    for times in (0, count, 2 * count):
        make(folder / name, times)
        costs.append(instructions(exe, [command[0], "--jobs", "1", *command[1:], name]
                                  if command[0] not in ("extract", "fix") else [*command, name], folder))
    return (costs[2] - costs[0]) / (costs[1] - costs[0])


def main():
    exe = str(Path(sys.argv[1]).resolve())
    put = {make: (lambda path, n, make=make: path.write_bytes(make(n))) for make in (cases, tidy, noise)}
    courses = [(f"{name}.csv", lambda path, n, make=one_course(label): path.write_bytes(make(n)), ["check"], 200)
               for name, label in (("unknown", "Ydelse {}"), ("weeks", "Sygedagpenge"), ("stays", "Ambulant behandling"),
                                   ("hours", "Bostøtte {} t/ugen"))]
    hostile = [(f"{make.__name__}.csv", lambda path, n, make=make: path.write_bytes(make(n)), ["check"], count)
               for make, count in ((headings, 30), (no_lists, 60), (small_lists, 60), (summaries, 300), (unreadable, 200), (payers_to_the_right, 10),
                                   (odd_payers, 30), (many_totals, 30), (summary, 30))]
    tried = [("cases.csv", put[cases], ["check"], 40), ("tidy.csv", put[tidy], ["check"], 40),
             ("noise.csv", put[noise], ["check"], 100), ("cases.xlsx", workbook, ["check"], 20),
             ("cases.csv", put[cases], ["extract", "--format", "csv"], 40),
             ("cases.csv", put[cases], ["check", "--format", "junit"], 40),
             ("sheets.xlsx", sheets, ["fix", "--force", "-o", "ud.xlsx"], 100),
             ("cases.csv", put[cases], ["fix", "--dry-run"], 20), *courses, *hostile]
    tried += [(f"{make.__name__}.xlsx", make, ["check"], count)
              for make, count in ((formulas, 100), (far_sums, 100), (sheet_names, 300))]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="kf-growth-") as folder:
        for name, make, command, count in tried:
            times = growth(exe, Path(folder), name, make, command, count)
            failed += times > MOST
            print(f"{' '.join(command)} {name}: twice the size costs {times:.2f} times as much", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
