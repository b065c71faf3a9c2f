#!/usr/bin/python3
"""Lists and forms in many layouts, and ordinary sheets that are none of them.

score_tables.py KONTRAFAKT [N] [SEED]

Makes N workbooks of the shapes 4-7: columns in any order, with and without titles, blank
rows, several tables a sheet, a case table in between. Of each, kinds, ranges and amounts
must be read as they were made. Then N ordinary workbooks (invoices, time sheets, budgets,
addresses, accounts): none may be told to hold a table. Fails below 99 %, or when an
ordinary sheet was taken for a table.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook

PERIODS = ("0-6 mdr", "7-12 mdr", "13-24 mdr", "25-36 mdr")
BENEFITS = ("Kontanthjælp", "Sygedagpenge", "Bostøtte § 85", "Mentor", "Indlæggelse 1 måned",
            "Støttekontaktperson § 99", "Genoptræning", "Førtidspension")
PAYERS = (("Kommunal", "Statslig", "Regional"), ("Kommune", "Stat", "Region"),
          ("Udgift for kommunen", "Udgift for staten", "Udgift for regionen"))
PLACES = ("Aarhus", "Vejle", "Gladsaxe", "Rudersdal", "Odense", "Herning", "Ringkøbing-Skjern")


def amount(rng):
    return rng.randrange(1000, 900000)


class Made:
    """Rows of one table, and what must be read of it."""

    def __init__(self, kind, rows, amounts, lead=0):
        self.kind, self.rows, self.amounts, self.lead = kind, rows, amounts, lead


def tidy_list(rng):
    heads = {"citizen": rng.choice(("Borger", "Borger nr.", "Sag")),
             "course": rng.choice(("Forløb", "Type", "Scenarie")),
             "benefit": rng.choice(("Ydelse", "Indsats", "Ydelsestype")),
             "period": rng.choice(("Periode", "Måneder", "Tidsperiode")),
             "amount": rng.choice(("Beløb", "Beløb (kr.)", "Udgift i kr.", "Omkostning"))}
    if rng.random() < 0.5:
        heads["section"] = rng.choice(("Område", "Kategori"))
    order = rng.sample(list(heads), len(heads))
    rows, amounts = [[heads[key] for key in order]], []
    for citizen in range(1, rng.randrange(2, 5)):
        for course in ("Faktisk", "Kontrafaktisk"):
            for benefit in rng.sample(BENEFITS, rng.randrange(1, 4)):
                for period in PERIODS:
                    value = amount(rng)
                    amounts.append(value)
                    cells = {"citizen": f"Borger {citizen}", "course": course,
                             "benefit": benefit, "period": period, "amount": value,
                             "section": "Øvrige ydelser"}
                    rows.append([cells[key] for key in order])
    return Made("list", rows, amounts)


def payer_table(rng):
    year = rng.randrange(2010, 2022)
    heads = rng.choice(([str(year + i) for i in range(4)], [year + i for i in range(3)],
                        ["1. kvartal", "2. kvartal", "3. kvartal", "4. kvartal"],
                        [f"Regnskab {year}", f"Budget {year + 1}", f"Til 31. marts {year + 2}"]))
    labels = rng.sample(rng.choice(PAYERS), 3)
    figures = [[amount(rng) for _ in heads] for _ in labels]
    rows = [["", *heads, "I alt"]]
    rows += [[label, *line, sum(line)] for label, line in zip(labels, figures)]
    rows.append(["I alt", *map(sum, zip(*figures)), sum(map(sum, figures))])
    return Made("payer-table", rows, [v for row in rows[1:] for v in row[1:]])


def budget(rng):
    factors = rng.sample(("Antal timer", "Antal uger", "Antal borgere"), rng.randrange(1, 4))
    rows, total = [["Ydelse", "Pris pr. time", *factors, "I alt"]], 0
    for benefit in rng.sample(BENEFITS, rng.randrange(2, 6)):
        line = [rng.randrange(100, 900), *(rng.randrange(2, 30) for _ in factors)]
        product = 1
        for factor in line:
            product *= factor
        total += product
        rows.append([benefit, *line, product])
    rows.append(["I alt", *[None] * (1 + len(factors)), total])
    return Made("budget", rows, [v for row in rows[1:] for v in row[1:] if v is not None])


def summary(rng):
    labels = rng.sample(rng.choice(PAYERS), 3)
    rows = [["", *labels, "I alt"]]
    for place in rng.sample(PLACES, rng.randrange(2, 5)):
        line = [rng.randrange(-90000, 200000) for _ in labels]
        rows.append([place, *line, sum(line)])
    rows.insert(0, ["Nettogevinst pr. borger"])
    return Made("summary", rows, [v for row in rows[2:] for v in row[1:]], lead=1)


def citizens(rng):
    rows = [["Borger", "Faktisk forløb", "Kontrafaktisk forløb", "Nettogevinst"]]
    for citizen in range(11, rng.randrange(13, 18)):
        actual, other = amount(rng), amount(rng)
        rows.append([f"Borger {citizen}", actual, other, other - actual])
    return Made("summary", rows, [v for row in rows[1:] for v in row[1:]])


def support(rng):
    rows, sums = [["Mulige ydelser", "Bemærkninger", "Udgift på årsbasis",
                   "Kommunens andel efter refusion"], ["Socialområdet"]], [0, 0]
    for benefit in ("Bostøtte § 85", "Ledsageordning § 97", "Støttekontaktperson § 99"):
        value = amount(rng)
        rows.append([benefit, rng.choice((None, "2 timer om ugen")), value, value])
        sums = [sums[0] + value, sums[1] + value]
    rows.append(["I alt", None, *sums])
    return Made("support", rows, [v for row in rows[2:] for v in row[2:]])


def wage(rng):
    posts, pay, cases = rng.randrange(1, 5), amount(rng), rng.randrange(10, 200)
    gross = round(posts * pay * 1.05, 2)
    rows = [["", "Stillinger", "Årsløn", "Overhead", "I alt"],
            ["Opsøgende medarbejdere", posts, pay, "5 %", gross],
            ["Nettoudgift", None, None, None, gross], ["Antal sager", None, None, None, cases],
            ["Udgift pr. sag", None, None, None, round(gross / cases, 2)]]
    return Made("wage", rows, [posts, pay, gross, gross, cases, rows[-1][-1]])


TABLES = (tidy_list, payer_table, budget, summary, citizens, support, wage)
TITLES = ("Indsatsens udgifter, kr.", "Borgerforløb: økonomi", "Budget for indsatsen")


def put(page, row, col, rows):
    for i, line in enumerate(rows):
        for j, value in enumerate(line):
            if value not in (None, ""):
                page.cell(row + i, col + j, value)
    return row + len(rows)


def workbook(rng, path):
    """One to three tables a sheet, one under another; what must be read."""
    book, wanted, row = Workbook(), [], 1
    page, col = book.active, rng.choice((1, 1, 2, 3))
    for make in rng.sample(TABLES, rng.randrange(1, 4)):
        made = make(rng)
        if make in (payer_table, budget) or rng.random() < 0.7:
            row = put(page, row, col, [[rng.choice(TITLES)]]) + rng.randrange(2)
        wanted.append(made)
        row = put(page, row, col, made.rows) + rng.randrange(1, 4)
    if rng.random() < 0.3:
        row = put(page, row, col, [["Borger 91"], ["Faktisk forløb", *PERIODS],
                                   ["Mentor", 1, 2, 3, 4], ["Udgift i alt", 1, 2, 3, 4]])
    book.save(path)
    return wanted


def read(exe, path, command):
    done = subprocess.run([exe, command, "--format", "json", path], capture_output=True)
    return json.loads(done.stdout)["files"][0]


def is_right(exe, path, wanted):
    found, told = read(exe, path, "check"), read(exe, path, "extract")
    kinds = sorted(table["kind"] for table in found["tables"])
    amounts = sorted(row["amount"] for row in told["tables"] if row["amount"] is not None)
    amounts += sorted(row["amount"] for row in told["rows"] if row["citizen"] != "Borger 91")
    should = sorted(float(v) for made in wanted if made.kind != "list" for v in made.amounts)
    should += sorted(float(v) for made in wanted if made.kind == "list" for v in made.amounts)
    wrong = [f for f in found["findings"] if f["severity"] != "info" and f["code"][:5] == "total"]
    return kinds == sorted(made.kind for made in wanted) and amounts == should and not wrong


def ordinary(rng, path):
    book = Workbook()
    names = ("Jensen", "Hansen", "Nielsen", "Madsen", "Lund", "Holm")
    goods = ("Stol", "Bord", "Lampe", "Papir", "Printer", "Toner", "Kabler")
    makers = (
        lambda: [["Vare", "Antal", "Pris", "I alt"]]
        + [[g, 2, 100 * i, 200 * i] for i, g in enumerate(goods, 1)] + [["I alt", "", "", 5600]],
        lambda: [["Navn", "Mandag", "Tirsdag", "Onsdag", "I alt"]]
        + [[n, 7, 8, 6, 21] for n in names],
        lambda: [["Konto", "Budget", "Faktisk", "Afvigelse"]]
        + [[g, amount(rng), amount(rng), amount(rng)] for g in goods],
        lambda: [["Navn", "Adresse", "Postnr.", "By", "Telefon"]]
        + [[n, "Vestergade 3", 8000 + i, "Aarhus", 86120000 + i] for i, n in enumerate(names)],
        lambda: [["Kommune", 2019, 2020, 2021]] + [[p, amount(rng), amount(rng), amount(rng)]
                                                   for p in PLACES],
        lambda: [["Region", "1. kvartal", "2. kvartal", "3. kvartal", "I alt"]]
        + [[r, amount(rng), amount(rng), amount(rng), amount(rng)]
           for r in ("Nord", "Syd", "Øst", "Vest")],
        lambda: [["Dato", "Tekst", "Beløb", "Saldo"]]
        + [[f"0{i}-02-2020", g, -amount(rng), amount(rng)] for i, g in enumerate(goods, 1)],
        lambda: [["Navn", "Stilling", "Løn", "Pension", "I alt"]]
        + [[n, "Lærer", 30000, 3000, 33000] for n in names],
        lambda: [["Opgave", "Timer", "Timepris", "I alt"]]
        + [[f"Opgave {i}", i, 800, 800 * i] for i in range(1, 8)],
        lambda: [["Hold", "Type", "Periode", "Pris"]]
        + [[f"Hold {i}", "Voksne", "1. halvår", amount(rng)] for i in range(1, 6)],
        lambda: [["Uge", "Mandag", "Tirsdag", "Onsdag"]]
        + [[i, "Dansk", "Matematik", "Idræt"] for i in range(1, 9)],
    )
    page, row = book.active, 1
    for make in rng.sample(makers, 2):
        if rng.random() < 0.5:
            row = put(page, row, 1, [[rng.choice(("Oversigt", "Budget 2020", "Regnskab", "Ark"))]])
        row = put(page, row, 1, make()) + 2
    book.save(path)


def main(exe, count=60, seed=1):
    rng, right, invented = random.Random(seed), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bog.xlsx"
        for i in range(count):
            wanted = workbook(rng, path)
            if is_right(exe, path, wanted):
                right += 1
            else:
                print(f"not read as made: no. {i} of seed {seed}:",
                      ", ".join(made.kind for made in wanted))
        for i in range(count):
            ordinary(rng, path)
            found = read(exe, path, "check")
            if found["verdict"] != "no-cases":
                invented += 1
                print(f"invented in an ordinary sheet: no. {i} of seed {seed}:",
                      ", ".join(table["kind"] for table in found["tables"]))
    print(f"{right} of {count} read as made; {invented} of {count} ordinary sheets mistaken")
    good = right * 100 >= count * 99 and not invented
    print("1 passed, 0 failed" if good else "0 passed, 1 failed")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
