#!/usr/bin/python3
"""Odd but legal XML: whatever shape a sheet is written in, one edit leaves all else as it was.

test_odd_xml.py EDIT_CELL [COUNT [SEED]]   COUNT made-up workbooks, each edited in one cell
"""

import random
import sys
import tempfile
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True

import harness

sys.path.insert(0, str(harness.ROOT / "tests" / "bench"))
import edit_corpus

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TEXTS = ("Udgift i alt", "Sygedagpenge & løntilskud", "<0-6 mdr>", "  med mellemrum ", "π ≠ 3", "_x0041_",
         "]]>", "linje 1\nlinje 2", "4.005,-")


class Odd:
    """Writes elements in a style of its own, chosen once, and in whims, chosen each time."""

    def __init__(self, seed):
        self.choose = random.Random(seed)
        self.prefix = self.choose.choice(("", "", "x:", "s:"))
        self.strict = self.choose.random() < 0.2
        self.refs = self.choose.choice((True, True, True, False))
        self.new_line = self.choose.choice(("", "\n", "\r\n\t"))
        self.bom = self.choose.random() < 0.2
        self.texts = []

    def some(self, chance):
        return self.choose.random() < chance

    def escaped(self, text):
        if self.some(0.2) and "]]>" not in text:
            return f"<![CDATA[{text}]]>"
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")
        if self.some(0.2) and text[:1].isalnum():
            text = f"&#{ord(text[0])};{text[1:]}"
        return text

    def attributes(self, pairs):
        pairs = list(pairs.items())
        self.choose.shuffle(pairs)
        out = ""
        for name, value in pairs:
            value = str(value).replace("&", "&amp;").replace("<", "&lt;")
            quote = "'" if self.some(0.3) and "'" not in value else '"'
            value = value.replace('"', "&quot;") if quote == '"' else value
            equals = self.choose.choice(("=", "=", "=", " = "))
            out += self.choose.choice((" ", " ", "  ", "\n ")) + f"{name}{equals}{quote}{value}{quote}"
        return out

    def between(self):
        """What may stand between elements."""
        return self.new_line + self.choice_of_noise()

    def choice_of_noise(self):
        return self.choose.choice(["<!-- <c r=\"A1\"><v>9</v></c> -->", "<?pi <row r='1'?>"]) if self.some(0.08) else ""

    def element(self, name, attributes=None, inner=None):
        head = f"{self.prefix}{name}{self.attributes(attributes or {})}"
        space = self.choose.choice(("", "", " "))
        if not inner:
            return f"<{head}{space}/>" if self.some(0.7) else f"<{head}{space}></{self.prefix}{name}>"
        return f"<{head}{space}>{inner}</{self.prefix}{name}{space}>"

    # ---- cells ---------------------------------------------------------------------

    def number(self):
        return self.choose.choice(("0", "92826", "62788.5", "-1.5E+3", "00012", ".5", "83717.999999999985"))

    def value(self, text):
        return self.element("v", {}, self.escaped(text))

    def text_cell(self, attributes):
        text = self.choose.choice(TEXTS)
        kind = self.choose.randrange(3)
        if kind == 0:
            self.texts.append(text)
            return attributes | {"t": "s"}, self.value(str(len(self.texts) - 1))
        if kind == 1:
            return attributes | {"t": "str"}, self.value(text)
        rich = self.element("r", {}, self.element("t", {"xml:space": "preserve"}, self.escaped(text)))
        plain = self.element("t", {}, self.escaped(text))
        return attributes | {"t": "inlineStr"}, self.element("is", {}, self.choose.choice((rich, plain)))

    def formula_cell(self, attributes, row, group):
        if group and group["rows"] and row not in group["rows"]:
            group["rows"].append(row)
            return attributes, self.element("f", {"t": "shared", "si": 0}) + self.value("3")
        if group is not None and not group["rows"]:
            group["rows"].append(row)
            shared = self.element("f", {"t": "shared", "si": 0, "ref": f"Z{row}:Z{row + 6}"}, f"A{row}*2")
            return attributes, shared + self.value("3")
        kind = self.choose.randrange(3)
        if kind == 0:
            return attributes | {"t": "str"}, self.element("f", {}, self.escaped('IF(A1<2,"x","y")')) + self.value("y")
        if kind == 1:
            array = {"t": "array", "ref": attributes["r"], "aca": "1"}
            return attributes, self.element("f", array, "SUM(A1:A3)") + self.value("3")
        return attributes, self.element("f", {}, "A1+1") + (self.value("2") if self.some(0.7) else "")

    def cell(self, row, letter, group):
        attributes = {"r": f"{letter}{row}"}
        if self.some(0.4):
            attributes["s"] = self.choose.randrange(4)
        kind = self.choose.random()
        inner = ""
        if letter == "Z":
            attributes, inner = self.formula_cell(attributes, row, group)
        elif kind < 0.4:
            inner = self.value(self.number())
            attributes |= {"t": "n"} if self.some(0.3) else {}
        elif kind < 0.7:
            attributes, inner = self.text_cell(attributes)
        elif kind < 0.85:
            attributes, inner = self.formula_cell(attributes, row, None)
        elif kind < 0.9:
            attributes, inner = attributes | {"t": "b"}, self.value("1")
        elif kind < 0.95:
            attributes, inner = attributes | {"t": "e"}, self.value("#N/A")
        if self.some(0.1):
            inner += self.element("extLst", {}, self.element("ext", {"uri": "urn:x"}))
        if not self.refs:
            del attributes["r"]
        return self.element("c", attributes, self.between() + inner if inner else "")

    def rows(self):
        out, row, group = "", 0, {"rows": []}
        for _ in range(self.choose.randrange(7)):
            row += 1 if not self.refs else self.choose.randrange(1, 4)
            letters = [l for l in "ABCDE" if not self.refs or self.some(0.6)]
            letters += ["Z"] if self.refs and row < 6 + (group["rows"] or [row])[0] and self.some(0.5) else []
            attributes = {"r": row} if self.refs else {}
            if self.refs and self.some(0.4) and letters:
                attributes["spans"] = f"1:{26 if 'Z' in letters else 5}"
            if self.some(0.3):
                attributes |= {"s": 1, "customFormat": 1}
            inner = "".join(self.between() + self.cell(row, letter, group) for letter in letters)
            out += self.between() + self.element("row", attributes, inner)
        return out

    # ---- parts ---------------------------------------------------------------------

    def part(self, root, inner, attributes=None):
        spaces = {f"xmlns:{self.prefix[:-1]}" if self.prefix else "xmlns": STRICT_MAIN if self.strict else MAIN,
                  "xmlns:q": STRICT_OFFICE if self.strict else OFFICE,
                  "xmlns:mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"}
        head = self.choose.choice(('<?xml version="1.0" encoding="UTF-8"?>', "",
                                   "<?xml version='1.0' standalone='yes'?>\n<!-- fra et andet program -->\n"))
        text = head + f"<{self.prefix}{root}{self.attributes(spaces | (attributes or {}))}>"
        text += inner + f"</{self.prefix}{root}>" + self.choose.choice(("", "\n"))
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.encode()

    def sheet(self):
        inner = self.element("dimension", {"ref": "A1:Z9"}) if self.some(0.5) else ""
        if self.some(0.5):
            inner += self.between() + self.element("cols", {}, self.element(
                "col", {"min": 1, "max": 3, "width": "12.5", "style": 2}))
        inner += self.between() + self.element("sheetData", {}, self.rows())
        if self.some(0.5):
            inner += self.between() + self.element("pageMargins", {
                "left": 1, "right": 1, "top": 1, "bottom": 1, "header": 0, "footer": 0})
        if self.some(0.3):
            inner += '<mc:AlternateContent><mc:Choice Requires="x14"/></mc:AlternateContent>'
        if self.some(0.3):
            inner += self.element("extLst", {}, self.element("ext", {"uri": "urn:y"}))
        return self.part("worksheet", inner + self.between())

    def styles(self):
        fonts = self.element("fonts", {"count": 1}, self.element("font"))
        fills = self.element("fills", {"count": 2}, self.element("fill") * 2)
        xf = {"numFmtId": 0, "fontId": 0, "fillId": 0, "borderId": 0}
        xfs = "".join(self.element("xf", xf | change) for change in
                      ({}, {"numFmtId": 4}, {"numFmtId": 49, "quotePrefix": 1}, {"fillId": 1}))
        lists = fonts + fills + self.element("borders", {"count": 1}, self.element("border"))
        return self.part("styleSheet", self.between() + lists + self.element("cellXfs", {"count": 4}, xfs))

    def workbook(self):
        return self.part("workbook", self.element("sheets", {}, self.element(
            "sheet", {"name": "Rettelser", "sheetId": 9, "q:id": "rId1"})) + self.between())

    def strings(self):
        items = "".join(self.element("si", {}, self.element("t", {}, self.escaped(t))) for t in self.texts)
        return self.part("sst", items, {"uniqueCount": len(self.texts)} if self.some(0.5) else {})

    def write(self, path):
        office = STRICT_OFFICE if self.strict else OFFICE
        relation = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'
        kinds = (("sheet1.xml", "worksheet"), ("styles.xml", "styles"), ("sharedStrings.xml", "sharedStrings"))
        links = "".join(relation.format(f"rId{i + 1}", office, kind, part)
                        for i, (part, kind) in enumerate(kinds))
        types = "".join(f'<Override PartName="/xl/{part}" ContentType="{SHEET}.{kind}+xml"/>'
                        for part, kind in (*kinds, ("workbook.xml", "sheet.main")))
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" Content'
            f'Type="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            + relation.format("rId1", office, "officeDocument", "xl/workbook.xml") + "</Relationships>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
            "xl/workbook.xml": self.workbook(), "xl/styles.xml": self.styles(), "xl/sheet1.xml": self.sheet(),
        }
        parts["xl/sharedStrings.xml"] = self.strings()
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(zipfile.ZipInfo(name), data)


def main():
    checks = harness.Checks()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory() as scratch:
        job = edit_corpus.Job(sys.argv[1], Path(scratch))
        for seed in range(first, first + count):
            path = job.folder / f"{seed}.xlsx"
            Odd(seed).write(path)
            book = edit_corpus.Workbook(job, seed, path)
            checks.equal((book.refused, book.faults), (None, []), f"seed {seed} [{book.kind}]")
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
