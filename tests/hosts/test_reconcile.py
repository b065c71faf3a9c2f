#!/usr/bin/python3
"""`reconcile` over many made-up workbooks, some of them spoilt: every sum is the sum of its
parts, and every difference that corrections or proposals make is that of the cells told."""

import collections
import csv
import io
import random
import shutil
import sys
import tempfile
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

sys.dont_write_bytecode = True

import harness

sys.path.insert(0, str(harness.ROOT / "tests" / "bench"))
from make_cases import make_book, write_book
from mistakes import spoil_book

WORKBOOKS = 40
PAYERS = ("municipality", "state", "region", "other")
COURSES = ("actual", "counterfactual")
PUBLISHED = """source;municipality;citizen;measure;payer;value_kr
tabel 12;Aarhus;;Nettogevinst pr. borger;Kommune;84.655
tabel 12;Aarhus;;Nettogevinst pr. borger;Region;29.345
tabel 12;Aarhus;;Nettogevinst pr. borger;Stat;-41.680
tabel 12;Aarhus;;Nettogevinst pr. borger;Øvrige;0
rettet;Aarhus;;Nettogevinst pr. borger;Kommune;81.290
figur 8;Aarhus;Borger 3;Faktisk forløb;;252.982
figur 9;Aarhus;;Kontrafaktisk forløb, 5 borgere;Kommune;845.615
figur 10;Aarhus;;Faktisk forløb pr. borger;Stat;277.529
figur 11;Aarhus;;Nettogevinst i alt;Region;146.726
alle;;;Nettogevinst pr. borger;I alt;72.320
bilag A;Aarhus;;Omkostning pr. sag;;3.056
andre;Aarhus;;Nettogevinst pr. borger;Kommune;84.754
andre;Odense;;Nettogevinst pr. borger;Kommune;1
"""
AGREEMENTS = ["rounded"] * 3 + ["equal", "corrected", "equal", "rounded", "equal", "equal",
                                "rounded", "rounded", "different", "absent"]


def make_folder(folder):
    used = collections.Counter()
    for n in range(WORKBOOKS):
        book = make_book(500 + n)
        if n % 4:
            spoil_book(random.Random(500 + n), book, used, 3)
        write_book(book, folder / f"sag_{n}.xlsx")


def less(a, b):
    return None if a is None or b is None else a - b


def plus(a, b):
    return None if a is None or b is None else a + b


def exact(value):
    """Amounts have two decimals: sums of them as whole øre are exact."""
    return None if value is None else round(value * 100)


def gains_of_courses(checks, case):
    for view, key in (("typed", "net_gain"), ("corrected", "net_gain_corrected"),
                      ("with_proposals", "net_gain_with_proposals")):
        for payer in (*PAYERS, "total"):
            course = [case[k] and exact(case[k][view][payer]) for k in COURSES]
            want = less(course[1], course[0]) if all(case[k] for k in COURSES) else None
            checks.equal(exact(case[key][payer]), want, f"{case['path']} {key} {payer}")


def differences_are_traced(checks, case):
    """What the cells move adds up to what the figures move."""
    views = (("correction", "net_gain", "net_gain_corrected"),
             ("proposal", "net_gain_corrected", "net_gain_with_proposals"))
    for by, before, after in views:
        moved, unknown = collections.Counter(), False
        for one in case["corrections"]:
            if one["by"] == by:
                unknown |= one["net_gain_effect"] is None
                moved[one["payer"]] += exact(one["net_gain_effect"] or 0)
        wanted = {p: less(exact(case[after][p]), exact(case[before][p])) for p in PAYERS}
        for payer, want in wanted.items():
            if want is not None and not unknown:
                checks.equal(moved[payer], want, f"{case['path']} {case['citizen']} {by} {payer}")
        total = less(exact(case[after]["total"]), exact(case[before]["total"]))
        if total is not None and not unknown:
            checks.equal(sum(moved.values()), total, f"{case['path']} {case['citizen']} {by} total")


def groups_are_sums(checks, report):
    for group in (*report["municipalities"], report["all"]):
        members = [c for c in report["cases"] if group is report["all"] or c["municipality"] == group["name"]]
        checks.equal(group["citizens"], len(members), f"citizens of {group['name']}")
        for payer in (*PAYERS, "total"):
            counted = [c for c in members if c["net_gain"][payer] is not None]
            checks.equal(group["counted"][payer], len(counted), f"counted {payer}")
            for course in COURSES:
                total = sum(exact(c[course]["typed"][payer]) for c in counted)
                checks.equal(exact(group["totals"][course][payer]), total if counted else None,
                             f"{group['name']} {course} {payer}")
            gain = exact(group["net_gain_per_citizen"][payer])
            if counted:
                whole = sum(exact(c["net_gain"][payer]) for c in counted)
                checks.that(abs(gain * len(counted) - whole) * 2 <= len(counted), f"gain {payer}")
            for period in group["periods"]:
                want = less(exact(period["counterfactual"][payer]), exact(period["actual"][payer]))
                checks.equal(exact(period["net_gain"][payer]), want, f"period {period['from']} {payer}")


def sensitivity_is_shared(checks, report):
    for group in (*report["municipalities"], report["all"]):
        for row in (*group["benefits"], *group["cells"]):
            moves = row["net_gain_ten_per_cent_more"]
            parts = [exact(moves[p]) for p in PAYERS]
            if None not in parts:
                checks.that(abs(sum(parts) - exact(moves["total"])) <= 4, f"shares of {row['label']}")


def made_up_workbooks(checks, exe, folder):
    make_folder(folder)
    (folder / "brev.pdf").write_bytes(b"%PDF-1.4 ikke en projektmappe")
    (folder / "ødelagt.xlsx").write_bytes(b"PK\x03\x04 afkortet")
    shutil.copy(folder / "sag_0.xlsx", folder / "sag_0 - kopi.xlsx")
    status, report = harness.run_json(exe, "reconcile", ".", cwd=folder)
    checks.equal(status, 1, "exit status: a file of a folder that cannot be read stops nothing")
    uses = collections.Counter(f["use"] for f in report["files"])
    checks.equal((uses["used"], uses["duplicate"], uses["unreadable"]), (WORKBOOKS, 1, 1), "uses")
    checks.that(all(f["error"] for f in report["files"] if f["use"] == "unreadable"), "says why")
    moved = 0
    for case in report["cases"]:
        gains_of_courses(checks, case)
        differences_are_traced(checks, case)
        moved += sum(bool(c["net_gain_effect"]) for c in case["corrections"])
    checks.that(moved > 20, f"corrections that move a gain: {moved}")
    groups_are_sums(checks, report)
    sensitivity_is_shared(checks, report)
    same = harness.run(exe, "reconcile", "--format", "json", "--jobs", "3", ".", cwd=folder)
    checks.equal(same[1], harness.run(exe, "reconcile", "--format", "json", "--jobs", "1", ".", cwd=folder)[1],
                 "the number of jobs changes nothing")


def the_corrected_copy_states_the_corrected_figures(checks, exe, folder):
    """What `reconcile` gives as corrected is what it reads in the copy that `fix` writes."""
    for n in range(1, WORKBOOKS, 4):
        copy = folder / f"sag_{n}-rettet.xlsx"
        harness.run(exe, "fix", f"sag_{n}.xlsx", "-o", copy, cwd=folder)
        if not copy.exists():
            continue
        _, before = harness.run_json(exe, "reconcile", f"sag_{n}.xlsx", cwd=folder)
        _, after = harness.run_json(exe, "reconcile", copy, cwd=folder)
        for was, now in zip(before["cases"], after["cases"]):
            for course in COURSES:
                corrected = {p: exact(was[course]["corrected"][p]) for p in PAYERS}
                typed = {p: exact(now[course]["typed"][p]) for p in PAYERS}
                checks.equal(typed, corrected, f"{copy.name} {was['citizen']} {course}")


def published_figures(checks, exe, folder):
    (folder / "offentliggjort.csv").write_text(PUBLISHED, encoding="utf-8")
    for name in ("aarhus_fremskudt_2013.xlsx", "skemaer.xlsx"):
        shutil.copy(harness.SAMPLES / name, folder / name)
    status, report = harness.run_json(exe, "reconcile", "--against", "offentliggjort.csv",
                                      "aarhus_fremskudt_2013.xlsx", "skemaer.xlsx", cwd=folder)
    checks.equal(status, 1, "exit status")
    rows = report["published"]
    checks.equal([r["agreement"] for r in rows], AGREEMENTS, "agreements")
    corrected = rows[4]
    cells = [(c["cell"], exact(c["effect"])) for c in corrected["cells"]]
    checks.equal(cells, [("B17", -192240), ("C17", -336420), ("J18", 192240)], "cells of the corrected figure")
    checks.equal(sum(c[1] for c in cells), exact(corrected["corrected"]) - exact(corrected["typed"]),
                 "the cells are all of the difference")
    (form,) = report["municipalities"][0]["wage_forms"]
    checks.equal((form["cell"], form["net_cost"], form["cases"]), ("F8", 397265.40, 130), "bilag A")


def as_csv(checks, exe, folder):
    _, out, _ = harness.run(exe, "reconcile", "--format", "csv", "aarhus_fremskudt_2013.xlsx", cwd=folder)
    rows = list(csv.DictReader(io.StringIO(out.lstrip("\ufeff")), delimiter=";"))
    gains = [Decimal(r["Som indtastet"].replace(",", ".")) for r in rows
             if r["Niveau"] == "borger" and r["Mål"] == "nettogevinst" and r["Betaler"] == "kommunen"]
    checks.equal(sum(gains) / 5, Decimal("84654.59"), "table 12 from the rows of citizens")
    periods = [Decimal(r["Som indtastet"].replace(",", ".")) for r in rows
               if r["Niveau"] == "gruppe" and r["Mål"] == "nettogevinst pr. periode" and r["Betaler"] == "staten"]
    checks.equal((len(periods), sum(periods)), (4, Decimal("-208401.45")), "periods of the state")


class Page(HTMLParser):
    """Elements open and close in order, figures have texts, and nothing is loaded."""

    ALONE = {"meta", "rect", "line", "polyline", "br"}

    def __init__(self):
        super().__init__()
        self.stack, self.faults, self.seen = [], [], collections.Counter()
        self.in_figure = set()

    def handle_starttag(self, tag, attributes):
        self.seen[tag] += 1
        if any(name in ("src", "href", "srcset", "background") or str(value).startswith("http")
               for name, value in attributes):
            self.faults.append(f"{tag} {attributes}")
        if tag == "svg":
            self.in_figure = set()
        self.in_figure.add(tag)
        if tag not in self.ALONE:
            self.stack.append(tag)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.faults.append(f"</{tag}> at {self.getpos()}")
        if tag == "svg" and not {"title", "desc"} <= self.in_figure:
            self.faults.append(f"a figure without a text at {self.getpos()}")


def as_html(checks, exe, folder):
    for arguments, figures in (
        (("reconcile", "--format", "html", "sager", "aarhus_fremskudt_2013.xlsx"), 6),
        (("reconcile", "--format", "html", "--lang", "en", "aarhus_fremskudt_2013.xlsx"), 4),
        (("check", "--format", "html", "aarhus_fremskudt_2013.xlsx"), 0),
    ):
        _, out, _ = harness.run(exe, *arguments, cwd=folder)
        page = Page()
        page.feed(out)
        checks.equal((page.faults[:3], page.stack), ([], []), f"{arguments}: faults of the page")
        checks.that(page.seen["svg"] >= figures and page.seen["table"], f"{arguments}: {page.seen}")
        checks.that("default-src 'none'" in out, "the page may load nothing")


def main():
    checks = harness.Checks()
    exe = harness.executable()
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "sager").mkdir()
        checks.section(made_up_workbooks, checks, exe, Path(scratch) / "sager")
        checks.section(the_corrected_copy_states_the_corrected_figures, checks, exe, Path(scratch) / "sager")
        checks.section(published_figures, checks, exe, Path(scratch))
        checks.section(as_csv, checks, exe, Path(scratch))
        checks.section(as_html, checks, exe, Path(scratch))
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
