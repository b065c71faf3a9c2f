#!/usr/bin/python3
"""Every cell value of a workbook, numbers added up: FILE [whole].

Rows pass by one after the other, and formulas as their values; whole: the workbook is kept, with
its formulas, as who looks from cell to cell needs it.
"""

import sys

from openpyxl import load_workbook

streams = sys.argv[2:] != ["whole"]
total = 0
for sheet in load_workbook(sys.argv[1], read_only=streams, data_only=streams).worksheets:
    for row in sheet.iter_rows(values_only=True):
        total += sum(value for value in row if isinstance(value, (int, float)))
print(total)
