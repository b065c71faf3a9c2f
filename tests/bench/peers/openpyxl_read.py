#!/usr/bin/python3
"""Every cell value of a workbook, numbers added up."""

import sys

from openpyxl import load_workbook

total = 0
for sheet in load_workbook(sys.argv[1], read_only=True, data_only=True).worksheets:
    for row in sheet.iter_rows(values_only=True):
        total += sum(value for value in row if isinstance(value, (int, float)))
print(total)
