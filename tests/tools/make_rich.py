#!/usr/bin/python3
"""A case workbook with everything that libraries lose: make_rich.py OUT.xlsm [BROKEN].

XlsxWriter writes charts, pictures, text boxes, formats, validations, tables, notes, sparklines
and macros; what it does not know (threaded comments, a pivot table, custom XML, printer
settings, an external link, a signature with --signed) is put in by hand, as parts.
The case table is that of korrekt_formler.xlsx with one payer total typed wrong.
"""

import io
import struct
import sys
import zipfile
import zlib
from pathlib import Path

sys.dont_write_bytecode = True

import xlsxwriter
from openpyxl import load_workbook

import zipbytes

SAMPLE = Path(__file__).resolve().parent.parent.parent / "sample_workbooks" / "korrekt_formler.xlsx"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WRONG = "B17"  # a payer row, typed


def picture():
    """The bytes of a small red PNG."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"".join(b"\0" + b"\xc0\x20\x20" * 16 for _ in range(16))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def copy_table(book, sheet, source, values, wrong):
    money = book.add_format({"num_format": "#,##0.00", "border": 1, "font_name": "Georgia"})
    plain = book.add_format({"font_name": "Georgia"})
    for row in source.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            if isinstance(cell.value, str) and cell.value.startswith("="):
                sheet.write_formula(cell.coordinate, cell.value, money, values[cell.coordinate].value)
            elif isinstance(cell.value, (int, float)):
                off = 1000 if cell.coordinate == wrong else 0
                sheet.write_number(cell.coordinate, cell.value + off, money)
            else:
                sheet.write_string(cell.coordinate, str(cell.value), plain)


def decorate(book, sheet):
    sheet.conditional_format("B5:E20", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("H5:K20", {"type": "3_color_scale"})
    sheet.data_validation("N5", {"validate": "list", "source": ["kommune", "stat", "region"]})
    sheet.write_comment("B5", "Fra journalen", {"author": "Økonomi"})
    sheet.write_url("M1", "https://example.org/vejledning", string="Vejledning")
    sheet.add_sparkline("M5", {"range": "'Borger 1'!B5:E5", "markers": True})
    sheet.insert_textbox("M8", "Husk fristen torsdag kl. 12", {"width": 180, "height": 60})
    sheet.insert_image("M14", "logo.png", {"image_data": io.BytesIO(picture())})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Borger 1'!$B$20:$E$20", "categories": "='Borger 1'!$B$4:$E$4"})
    sheet.insert_chart("M20", chart)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.repeat_rows(3)
    sheet.write_rich_string("M40", book.add_format({"bold": True}), "Fed", " og ikke fed")


def overview(book):
    """Formulas on another sheet that depend on the cases, of every kind."""
    sheet = book.add_worksheet("Oversigt")
    book.define_name("Udgift", "='Borger 1'!$B$26")
    sheet.write_formula("A1", "=Udgift*2", None, 786854)
    sheet.write_formula("A2", "='Borger 1'!B23+1", None, 95797)
    sheet.write_formula("A3", '=IF(A2>0,"positiv","negativ")', None, "positiv")
    sheet.write_array_formula("A4:A4", "{=SUM('Borger 1'!B16:E16*1)}", None, 226021)
    sheet.add_table("C1:D4", {"name": "Satser", "total_row": True,
                              "data": [["kontanthjælp", 3500], ["løntilskud", 4000]],
                              "columns": [{"header": "Ydelse", "total_string": "I alt"},
                                          {"header": "Sats", "total_function": "sum"}]})
    sheet.protect("hemmelig")


def written(wrong):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    source, values = load_workbook(SAMPLE), load_workbook(SAMPLE, data_only=True)
    for tab in source.worksheets:
        sheet = book.add_worksheet(tab.title)
        copy_table(book, sheet, tab, values[tab.title], wrong if tab.title == "Borger 1" else None)
        if tab.title == "Borger 1":
            decorate(book, sheet)
    overview(book)
    chart_sheet = book.add_chartsheet("Diagram")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Borger 1'!$H$20:$K$20"})
    chart_sheet.set_chart(chart)
    vba = io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8)
    book.add_vba_project(vba, True)
    book.set_vba_name("ThisWorkbook")
    book.close()
    return zipbytes.read_zip(out.getvalue())


# ---- parts put in by hand ---------------------------------------------------------

PIVOT_CACHE = (f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{REL}" r:id="rId1" '
               'refreshOnLoad="1" recordCount="2"><cacheSource type="worksheet"><worksheetSource '
               'ref="C1:D3" sheet="Oversigt"/></cacheSource><cacheFields count="2"><cacheField '
               'name="Ydelse"><sharedItems count="2"><s v="kontanthjælp"/><s v="løntilskud"/>'
               '</sharedItems></cacheField><cacheField name="Sats"><sharedItems '
               'containsSemiMixedTypes="0" containsString="0" containsNumber="1" minValue="3500" '
               'maxValue="4000"/></cacheField></cacheFields></pivotCacheDefinition>')
PIVOT_RECORDS = (f'{HEAD}<pivotCacheRecords xmlns="{MAIN}" count="2"><r><x v="0"/><n v="3500"/></r>'
                 '<r><x v="1"/><n v="4000"/></r></pivotCacheRecords>')
PIVOT = (f'{HEAD}<pivotTableDefinition xmlns="{MAIN}" name="Pivot1" cacheId="7" dataCaption="Data">'
         '<location ref="F1:G4" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields '
         'count="2"><pivotField axis="axisRow" showAll="0"><items count="3"><item x="0"/><item x="1"/>'
         '<item t="default"/></items></pivotField><pivotField dataField="1" showAll="0"/></pivotFields>'
         '<rowFields count="1"><field x="0"/></rowFields><rowItems count="3"><i><x/></i><i><x v="1"/></i>'
         '<i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems><dataFields count="1">'
         '<dataField name="Sum" fld="1" baseField="0" baseItem="0"/></dataFields></pivotTableDefinition>')
THREAD = (f'{HEAD}<ThreadedComments xmlns="{MS}/spreadsheetml/2018/threadedcomments"><threadedComment '
          'ref="B5" dT="2024-01-01T10:00:00.00" personId="{11111111-1111-1111-1111-111111111111}" '
          'id="{22222222-2222-2222-2222-222222222222}"><text>Er det rigtigt?</text></threadedComment>'
          '</ThreadedComments>')
PERSONS = (f'{HEAD}<personList xmlns="{MS}/spreadsheetml/2018/threadedcomments"><person '
           'displayName="Økonomi" id="{11111111-1111-1111-1111-111111111111}" userId="ø" '
           'providerId="None"/></personList>')
LINK = (f'{HEAD}<externalLink xmlns="{MAIN}" xmlns:r="{REL}"><externalBook r:id="rId1"><sheetNames>'
        '<sheetName val="Satser"/></sheetNames></externalBook></externalLink>')


def rels(*items):
    body = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{target}"{mode}/>'
                   for i, t, target, mode in items)
    return (f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships">{body}</Relationships>').encode()


class Parts:
    def __init__(self, parts):
        self.parts = dict(parts)

    def add(self, name, data, kind=None):
        self.parts[name] = data if isinstance(data, bytes) else data.encode()
        if kind:
            self.replace("[Content_Types].xml", "</Types>",
                         f'<Override PartName="/{name}" ContentType="{kind}"/></Types>')

    def replace(self, name, old, new):
        text = self.parts[name].decode()
        assert text.count(old) == 1, (name, old, text.count(old))
        self.parts[name] = text.replace(old, new).encode()

    def relate(self, name, key, kind, target):
        self.replace(name, "</Relationships>",
                     f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/></Relationships>')


def add_by_hand(p):
    spread = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    book = "xl/_rels/workbook.xml.rels"
    p.replace("[Content_Types].xml", "</Types>",
              f'<Default Extension="bin2" ContentType="{spread}.printerSettings"/></Types>')
    p.add("xl/printerSettings/printerSettings1.bin2", bytes(range(200)))
    p.relate("xl/worksheets/_rels/sheet1.xml.rels", "rIdP", f"{REL}/printerSettings",
             "../printerSettings/printerSettings1.bin2")
    p.add("xl/threadedComments/threadedComment1.xml", THREAD,
          "application/vnd.ms-excel.threadedcomments+xml")
    p.relate("xl/worksheets/_rels/sheet1.xml.rels", "rIdT",
             f"{MS}/2017/10/relationships/threadedComment",
             "../threadedComments/threadedComment1.xml")
    p.add("xl/persons/person.xml", PERSONS, "application/vnd.ms-excel.person+xml")
    p.relate(book, "rIdPerson", f"{MS}/2017/10/relationships/person", "persons/person.xml")
    p.add("customXml/item1.xml", f"{HEAD}<sag xmlns='urn:esdh'><nr>13/4711</nr></sag>")
    p.relate(book, "rIdCustom", f"{REL}/customXml", "../customXml/item1.xml")
    p.add("xl/externalLinks/externalLink1.xml", LINK, f"{spread}.externalLink+xml")
    p.add("xl/externalLinks/_rels/externalLink1.xml.rels",
          rels(("rId1", f"{REL}/externalLinkPath", "satser.xlsx", ' TargetMode="External"')))
    p.relate(book, "rIdLink", f"{REL}/externalLink", "externalLinks/externalLink1.xml")
    add_pivot(p, spread, book)
    p.replace("xl/worksheets/sheet4.xml", "SUBTOTAL(109,[Sats])", "SUBTOTAL(109,Satser[Sats])")
    p.replace("xl/workbook.xml", "</sheets>", "</sheets><externalReferences><externalReference "
              'r:id="rIdLink"/></externalReferences>')
    p.replace("xl/workbook.xml", "</workbook>", '<pivotCaches><pivotCache cacheId="7" '
              'r:id="rIdCache"/></pivotCaches></workbook>')


def add_pivot(p, spread, book):
    p.add("xl/pivotCache/pivotCacheDefinition1.xml", PIVOT_CACHE, f"{spread}.pivotCacheDefinition+xml")
    p.add("xl/pivotCache/pivotCacheRecords1.xml", PIVOT_RECORDS, f"{spread}.pivotCacheRecords+xml")
    p.add("xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels",
          rels(("rId1", f"{REL}/pivotCacheRecords", "pivotCacheRecords1.xml", "")))
    p.add("xl/pivotTables/pivotTable1.xml", PIVOT, f"{spread}.pivotTable+xml")
    p.add("xl/pivotTables/_rels/pivotTable1.xml.rels",
          rels(("rId1", f"{REL}/pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml", "")))
    p.relate("xl/worksheets/_rels/sheet4.xml.rels", "rIdPivot", f"{REL}/pivotTable",
             "../pivotTables/pivotTable1.xml")
    p.relate(book, "rIdCache", f"{REL}/pivotCacheDefinition",
             "pivotCache/pivotCacheDefinition1.xml")


def sign(p):
    p.add("_xmlsignatures/origin.sigs", b"",
          "application/vnd.openxmlformats-package.digital-signature-origin")
    p.relate("_rels/.rels", "rIdSig",
             "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
             "_xmlsignatures/origin.sigs")


def rich(wrong=WRONG, signed=False):
    """The bytes of the workbook; wrong: the cell that is 1.000 too high, or None."""
    parts = Parts(written(wrong))
    add_by_hand(parts)
    if signed:
        sign(parts)
    return zipbytes.write_zip(parts.parts.items())


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(rich(signed="--signed" in sys.argv))
