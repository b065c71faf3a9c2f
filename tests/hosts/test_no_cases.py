#!/usr/bin/python3
"""Ordinary sheets that look a little like case tables: no cases, and nothing to say."""

import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from openpyxl import Workbook

import harness

QUARTERS = ("1. kvartal", "2. kvartal", "3. kvartal", "4. kvartal")
SHEETS = {
    "budget": [("Budget 2024", *QUARTERS), ("Løn", 1200, 1200, 1250, 1250),
               ("Husleje", 300, 300, 300, 300), ("I alt", 1500, 1500, 1550, 1550)],
    "opfoelgning": [("Forventet forbrug",), ("Konto", *QUARTERS, "I alt"), ("Løn", 1, 2, 3, 4, 10),
                    ("I alt", 1, 2, 3, 4, 10)],
    "scenarier": [("Scenarie A",), ("", "År 1", "År 2", "År 3"), ("Omsætning", 1, 2, 3), (),
                  ("Scenarie B",), ("", "År 1", "År 2", "År 3"), ("Omsætning", 1, 2, 4)],
    "statistik": [("Offentlige udgifter", 2013, 2014, 2015), ("Stat", 5, 6, 7), ("Kommuner", 3, 4, 5),
                  ("Regioner", 2, 2, 3), ("I alt", 10, 12, 15)],
    "aldersgrupper": [("Ledige", "18-24 år", "25-29 år", "30-39 år"), ("Mænd", 10, 20, 30),
                      ("Kvinder", 11, 21, 31), ("I alt", 21, 41, 61)],
    "ugeskema": [("Skema", "Uge 1", "Uge 2", "Uge 3"), ("Mandag", "Dansk", "Dansk", "Idræt"),
                 ("Tirsdag", "Matematik", "Musik", "Musik")],
    "deltagere": [("Navn", "Telefon", "By"), ("Anna", "86 12 34 56", "Aarhus"),
                  ("Bo", "86 12 34 57", "Viborg")],
    "opslag": [("Vare", "Pris"), ("Æbler", '=WEBSERVICE("x")'), ("Sum", "=SUM(B2:B2)")],
}


def main():
    exe = harness.executable()
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in SHEETS.items():
            book = Workbook()
            for row in rows:
                book.active.append(row)
            path = Path(folder) / f"{name}.xlsx"
            book.save(path)
            status, report = harness.run_json(exe, "check", path)
            checks.equal(status, 2, f"{name}: exit status")
            checks.equal(report["files"][0]["verdict"], "no-cases", f"{name}: verdict")
            checks.equal(report["files"][0]["findings"], [], f"{name}: findings")
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
