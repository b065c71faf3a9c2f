#!/usr/bin/python3
"""Make the small workbooks in tests/data that test_file_open reads.

    make_reader_samples.py [DIRECTORY]

openpyxl.xlsx      a case table as openpyxl writes it
libreoffice.xlsx   the same, opened and saved by LibreOffice
handmade.xlsx      prefixes, unusual part names, 1904, inline rich strings, UTF-16
"""
import os
import re
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
from openpyxl.styles import Font

STAMP = (2013, 9, 1, 0, 0, 0)


def write_zip(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, data)


def same_times(path):
    """Rewrite the zip file so that it tells nothing of when it was made."""
    with zipfile.ZipFile(path) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist()]
    time = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
    write_zip(path, [(name, time.sub(b"2013-09-01T00:00:00", data)) for name, data in parts])


def case_workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Borger 1"
    sheet.merge_cells("A1:C1")
    sheet["A1"] = "Faktisk forløb & følger"
    sheet["A1"].font = Font(bold=True)
    for col, text in enumerate(["Ydelse", "0-6 mdr", "7-12 mdr"], 1):
        sheet.cell(2, col, text)
    rows = [("Sygedagpenge", 80100, 104130.5), ("Kontanthjælp", None, -13953.25)]
    for row, values in enumerate(rows, 3):
        for col, value in enumerate(values, 1):
            sheet.cell(row, col, value)
            if col > 1:
                sheet.cell(row, col).number_format = '#,##0.00\\ "kr."'
    sheet["A5"] = "Udgift i alt"
    sheet["B5"] = "=SUM(B3:B4)"
    sheet["C5"] = "=SUM(C3:C4)"
    sheet["B6"] = "=B3:C3*2"
    sheet.formula_attributes["B6"] = {"t": "array", "ref": "B6:C6"}
    sheet["A7"] = True
    sheet["B7"] = "=1/0"
    sheet["C7"] = 0.3
    sheet["C7"].number_format = "0%"
    sheet["A8"] = "to\nlinjer"
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.protection.sheet = True
    book.create_chartsheet("Graf")
    hidden = book.create_sheet("Skjult <æøå>")
    hidden.sheet_state = "veryHidden"
    hidden["XFD1048576"] = 1
    return book


RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."

HANDMADE = [
    ("[Content_Types].xml",
     '<t:Types xmlns:t="http://schemas.openxmlformats.org/package/2006/content-types">'
     '<t:Default Extension="data" ContentType="application/xml"/>'
     '<t:Default Extension="rels" '
     'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
     f'<t:Override PartName="/Odd/Book.data" ContentType="{TYPES}sheet.main+xml"/>'
     f'<t:Override PartName="/odd/one%20sheet.data" ContentType="{TYPES}worksheet+xml"/>'
     '</t:Types>'),
    ("_rels/.rels",
     f'<r:Relationships xmlns:r="{RELS}"><r:Relationship Id="a" Type="{STRICT}/officeDocument" '
     'Target="odd\\book.data"/></r:Relationships>'),
    ("odd/book.data",
     f'<?xml version="1.0"?><!-- made by hand --><m:workbook xmlns:m="{MAIN}" xmlns:q="{STRICT}">'
     '<m:workbookPr date1904="true"/><m:sheets>'
     '<m:sheet name="Ark &quot;1&quot;" sheetId="7" q:id="s1" state="hidden"/>'
     '<m:sheet name="Makro" sheetId="8" q:id="s2"/>'
     '<m:sheet name="Ark2" sheetId="9" q:id="s3"/>'
     '</m:sheets></m:workbook>'),
    ("odd/_rels/book.data.rels",
     f'<Relationships xmlns="{RELS}">'
     f'<Relationship Id="s1" Type="{STRICT}/worksheet" Target="/odd/one%20sheet.data"/>'
     '<Relationship Id="s2" '
     'Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="m.data"/>'
     f'<Relationship Id="s3" Type="{STRICT}/worksheet" Target="../Sheets/two.data"/>'
     f'<Relationship Id="st" Type="{STRICT}/styles" Target="looks.data"/>'
     '</Relationships>'),
    ("odd/looks.data",
     f'<s:styleSheet xmlns:s="{MAIN}"><s:numFmts><s:numFmt numFmtId="170" formatCode="d-m"/>'
     '</s:numFmts><s:cellXfs><s:xf numFmtId="0"/><s:xf numFmtId="170"/></s:cellXfs>'
     '</s:styleSheet>'),
    ("odd/one sheet.data",
     f'<x:worksheet xmlns:x="{MAIN}" xmlns:o="urn:other"><x:sheetData><x:row>'
     '<x:c t="inlineStr"><x:is><x:r><x:t>Udgift </x:t></x:r><x:r><x:rPr><x:b/></x:rPr>'
     '<x:t xml:space="preserve">i alt&#10;</x:t></x:r></x:is></x:c>'
     '<o:c><o:v>99</o:v></o:c><x:c s="1"><x:v>39000</x:v></x:c></x:row>'
     '<x:row r="4"><x:c r="B4"><x:f t="shared" ref="B4:B5" si="3">B$1+$A4+Q1!A1</x:f>'
     '<x:v>1</x:v></x:c></x:row><x:row><x:c r="B5"><x:f t="shared" si="3"/><x:v>2</x:v></x:c>'
     '</x:row></x:sheetData></x:worksheet>'),
    ("sheets/two.data",
     (f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}"><sheetData><row>'
      '<c t="str"><v>Å</v></c></row></sheetData></worksheet>').encode("utf-16")),
]


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "../data")
    first = os.path.join(folder, "openpyxl.xlsx")
    case_workbook().save(first)
    same_times(first)
    with tempfile.TemporaryDirectory() as work:
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{work}/profile",
                        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", work, first],
                       check=True, stdout=subprocess.DEVNULL)
        converted = os.path.join(work, "openpyxl.xlsx")
        same_times(converted)
        os.replace(converted, os.path.join(folder, "libreoffice.xlsx"))
    write_zip(os.path.join(folder, "handmade.xlsx"), HANDMADE)


if __name__ == "__main__":
    main()
