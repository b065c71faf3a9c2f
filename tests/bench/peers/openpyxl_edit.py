#!/usr/bin/python3
"""One cell changed, the workbook saved: FILE CELL OUT."""

import sys

from openpyxl import load_workbook

book = load_workbook(sys.argv[1])
book.worksheets[0][sys.argv[2]] = 1
book.save(sys.argv[3])
