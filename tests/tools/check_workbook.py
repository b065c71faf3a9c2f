#!/usr/bin/python3
"""What makes Excel offer to repair a workbook, looked for in the file itself.

check_workbook.py FILE...   print each fault, exit 1 when there is any
faults(path)                the faults as a list of texts
"""

import posixpath
import re
import sys
import zipfile
from xml.etree import ElementTree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
# Children of a worksheet in the order that the schema asks for.
SHEET_ORDER = """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr
sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews
mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins
pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags
drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems
tableParts extLst""".split()
BOOK_ORDER = """fileVersion fileSharing workbookPr workbookProtection bookViews sheets
functionGroups externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches
smartTagPr smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst""".split()
STYLE_ORDER = """numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles
colors extLst""".split()
CELL_TYPES = (None, "n", "s", "b", "e", "str", "inlineStr", "d")
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA")


def local(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def place(ref):
    """(row, column) of "B12", or None."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", ref or "")
    if not found:
        return None
    row, col = int(found[2]), column(found[1])
    return (row, col) if 1 <= row <= 1048576 and col <= 16384 else None


def area(ref):
    """((row, column), (row, column)) of "A1:B2" or "A1", or None."""
    first, _, last = (ref or "").partition(":")
    corners = place(first), place(last or first)
    if None in corners or corners[0][0] > corners[1][0] or corners[0][1] > corners[1][1]:
        return None
    return corners


class Package:
    def __init__(self, path):
        self.path = path
        self.found = []
        self.zip = zipfile.ZipFile(path)
        # Old Windows tools write the names with backslashes.
        self.names = [name.replace("\\", "/") for name in self.zip.namelist()]
        self.real = {name.replace("\\", "/").lower(): name for name in self.zip.namelist()}
        self.trees = {}

    def say(self, part, text):
        self.found.append(f"{part}: {text}")

    def tree(self, part):
        """The root of an XML part; None when it is not there or not well formed."""
        if part not in self.trees:
            try:
                self.trees[part] = ElementTree.fromstring(self.read(part))
            except (KeyError, ElementTree.ParseError) as error:
                self.trees[part] = None
                self.say(part, f"not readable: {error}")
        return self.trees[part]

    def read(self, part):
        """The bytes of a part, by its name in any case of letters."""
        return self.zip.read(self.real[part.lower()])

    def relations(self, part):
        """{id: (type, target part or None when external)}"""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels.lower() not in self.real:
            return {}
        found = {}
        for item in self.tree(rels) if self.tree(rels) is not None else ():
            if item.get("Id") in found:
                self.say(rels, f"the id {item.get('Id')} twice")
            target = item.get("Target", "")
            if item.get("TargetMode") == "External":
                target = None
            elif target.startswith("/"):
                target = posixpath.normpath(target)[1:]
            else:
                target = posixpath.normpath(posixpath.join(folder, target))
            found[item.get("Id")] = (item.get("Type", "").rpartition("/")[2], target)
        return found


def check_zip(package):
    lower = [name.lower() for name in package.names]
    for name in sorted(set(lower)):
        if lower.count(name) > 1:
            package.say(name, "the entry stands there twice")
    bad = package.zip.testzip()
    if bad:
        package.say(bad, "CRC does not fit")


def check_types(package):
    root = package.tree("[Content_Types].xml")
    if root is None:
        return
    defaults, overrides = {}, {}
    for item in root:
        if local(item) == "Default":
            key = item.get("Extension", "").lower()
            if key in defaults:
                package.say("[Content_Types].xml", f"extension {key} twice")
            defaults[key] = item.get("ContentType")
        else:
            key = item.get("PartName", "")
            if key.lower() in (name.lower() for name in overrides):
                package.say("[Content_Types].xml", f"{key} twice")
            overrides[key] = item.get("ContentType")
    names = {name.lower() for name in package.names}
    for key in overrides:
        if key.lstrip("/").lower() not in names:
            package.say("[Content_Types].xml", f"{key} is declared and not there")
    known = {key.lstrip("/").lower() for key in overrides}
    for name in package.names:
        if name.endswith("/") or name == "[Content_Types].xml":
            continue
        if name.lower() not in known and name.rpartition(".")[2].lower() not in defaults:
            package.say(name, "has no content type")


def check_relations(package):
    lower = {name.lower() for name in package.names}
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        folder, own = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), own[: -len(".rels")])
        if own != ".rels" and source.lower() not in package.real:
            package.say(name, "belongs to no part")
        for key, (_, target) in package.relations(source if own != ".rels" else "").items():
            if target and target.lower() not in lower and target != "NULL":
                package.say(name, f"{key} leads to {target}, which is not there")


def check_links(package, part):
    """Every r:id of the part is one of its relationships."""
    known = package.relations(part)
    for element in package.tree(part).iter():
        for key, value in element.attrib.items():
            space, _, name = key[1:].partition("}")
            if space in LINKS and name in ("id", "embed", "link", "pict") and value not in known:
                package.say(part, f"{local(element)} refers to {value}, no relationship")


def check_order(package, part, root, order):
    last = -1
    for child in root:
        name = local(child)
        if name not in order:
            continue
        at = order.index(name)
        if at < last:
            package.say(part, f"{name} stands too late")
        last = max(at, last)


class Styles:
    def __init__(self, package, part):
        self.count = 1
        root = package.tree(part) if part else None
        if root is None:
            return
        check_order(package, part, root, STYLE_ORDER)
        lists = {local(child): child for child in root}
        sizes = {name: len(child) for name, child in lists.items()}
        for name, child in lists.items():
            said = child.get("count")
            if said is not None and name != "extLst" and int(said) != len(child):
                package.say(part, f"{name} says {said} and has {len(child)}")
        self.count = sizes.get("cellXfs", 0)
        limits = {"fontId": sizes.get("fonts", 0), "fillId": sizes.get("fills", 0),
                  "borderId": sizes.get("borders", 0), "xfId": sizes.get("cellStyleXfs", 0)}
        custom = [n.get("numFmtId") for n in lists.get("numFmts", ())]
        if len(custom) != len(set(custom)):
            package.say(part, "a number format id twice")
        for i, xf in enumerate(lists.get("cellXfs", ())):
            for key, limit in limits.items():
                if int(xf.get(key, 0)) >= max(limit, 1 if key == "xfId" else 0):
                    package.say(part, f"cellXfs {i}: {key} is {xf.get(key)} of {limit}")
            number = int(xf.get("numFmtId", 0))
            if number >= 164 and str(number) not in custom:
                package.say(part, f"cellXfs {i}: number format {number} is not defined")


class Strings:
    def __init__(self, package, part):
        root = package.tree(part) if part else None
        self.count = 0 if root is None else sum(local(c) == "si" for c in root)
        self.part = part
        self.said = None if root is None else root.get("uniqueCount")
        if self.said is not None and int(self.said) != self.count:
            package.say(part, f"says {self.said} texts and has {self.count}")


class Sheet:
    def __init__(self, package, part, styles, strings):
        self.package = package
        self.part = part
        self.styles = styles
        self.strings = strings
        self.formulas = set()
        self.cells = set()
        self.masters = {}
        self.members = set()
        root = package.tree(part)
        if root is None:
            return
        check_order(package, part, root, SHEET_ORDER)
        for name in ("sheetData", "legacyDrawing", "drawing", "autoFilter", "hyperlinks"):
            if sum(local(c) == name for c in root) > 1:
                self.say(f"{name} twice")
        for child in root:
            self.check_child(child)
        for index in self.members - set(self.masters):
            self.say(f"shared formula {index} has no master")
        check_links(package, part)
        self.check_notes(root)
        self.check_tables(root)

    def say(self, text):
        self.package.say(self.part, text)

    def check_child(self, child):
        name = local(child)
        if name == "sheetData":
            self.check_rows(child)
        elif name == "mergeCells":
            refs = [c.get("ref") for c in child]
            if not refs or None in map(area, refs):
                self.say("mergeCells without a good area")
            if child.get("count") and int(child.get("count")) != len(refs):
                self.say("mergeCells: wrong count")
        elif name == "hyperlinks":
            for link in child:
                if area(link.get("ref")) is None:
                    self.say(f"hyperlink at {link.get('ref')}")
            if not len(child):
                self.say("hyperlinks is empty")
        elif name == "cols":
            last = 0
            for col in child:
                if not last < int(col.get("min")) <= int(col.get("max")) <= 16384:
                    self.say(f"cols: {col.get('min')}-{col.get('max')} out of order")
                last = int(col.get("max"))
                self.check_style("cols", col.get("style"))
        elif name == "autoFilter" and area(child.get("ref")) is None:
            self.say("autoFilter without an area")

    def check_style(self, where, style):
        if style is not None and int(style) >= max(self.styles.count, 1):
            self.say(f"{where}: style {style} of {self.styles.count}")

    def check_rows(self, data):
        last = 0
        for row in data:
            if local(row) != "row":
                continue
            number = int(row.get("r", last + 1))
            if number <= last or number > 1048576:
                self.say(f"row {number} after row {last}")
            last = number
            self.check_style(f"row {number}", row.get("s"))
            self.check_cells(row, number)

    def check_cells(self, row, number):
        last, spans = 0, (row.get("spans") or "1:16384").split()
        for cell in row:
            if local(cell) != "c":
                continue
            at = place(cell.get("r")) if cell.get("r") else (number, last + 1)
            if at is None or at[0] != number or at[1] <= last:
                self.say(f"cell {cell.get('r')} in row {number} behind column {last}")
                continue
            last = at[1]
            if not any(int(s.split(":")[0]) <= last <= int(s.split(":")[1]) for s in spans):
                self.say(f"{cell.get('r')} is outside spans {row.get('spans')}")
            self.cells.add(at)
            self.check_style(cell.get("r"), cell.get("s"))
            self.check_cell(cell, at)

    def check_cell(self, cell, at):
        kinds = [local(child) for child in cell]
        ref, kind = cell.get("r"), cell.get("t")
        if [k for k in ("f", "v", "is") if kinds.count(k) > 1]:
            self.say(f"{ref} has {kinds}")
        if [k for k in kinds if k in ("f", "v", "is")] != [k for k in ("f", "v", "is") if k in kinds]:
            self.say(f"{ref}: {kinds} out of order")
        if kind not in CELL_TYPES:
            self.say(f"{ref}: type {kind}")
        if ("is" in kinds) != (kind == "inlineStr" and bool(kinds)) and kind != "inlineStr":
            self.say(f"{ref}: an inline text of type {kind}")
        value = next((c.text or "" for c in cell if local(c) == "v"), None)
        if value is not None:
            self.check_value(ref, kind, value)
        formula = next((c for c in cell if local(c) == "f"), None)
        if formula is not None:
            self.formulas.add(at)
            self.check_formula(ref, formula)

    def check_value(self, ref, kind, value):
        if kind == "s" and not (value.strip().isdigit() and int(value) < self.strings.count):
            self.say(f"{ref}: text {value} of {self.strings.count}")
        elif kind == "b" and value.strip() not in ("0", "1"):
            self.say(f"{ref}: truth value {value!r}")
        elif kind == "e" and value.strip() not in ERRORS:
            self.say(f"{ref}: error value {value!r}")
        elif kind in (None, "n") and value.strip():
            if not re.fullmatch(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*", value):
                self.say(f"{ref}: number {value!r}")

    def check_formula(self, ref, formula):
        kind = formula.get("t")
        if kind == "shared" and formula.get("ref"):
            if formula.get("si") in self.masters:
                self.say(f"{ref}: shared formula {formula.get('si')} has two masters")
            self.masters[formula.get("si")] = ref
            if area(formula.get("ref")) is None or not formula.text:
                self.say(f"{ref}: a master without area or formula")
        elif kind == "shared":
            self.members.add(formula.get("si"))
        elif kind == "array" and area(formula.get("ref")) is None:
            self.say(f"{ref}: array formula without an area")
        if (formula.text or "").startswith("="):
            self.say(f"{ref}: formula with an equals sign")

    # ---- notes ------------------------------------------------------------------

    def check_notes(self, root):
        known = self.package.relations(self.part)
        comments = [t for kind, t in known.values() if kind == "comments" and t]
        legacy = next((c for c in root.iter() if local(c) == "legacyDrawing"), None)
        if len(comments) > 1:
            self.say("two comments parts")
        if not comments:
            return
        tree = self.package.tree(comments[0])
        authors = sum(1 for e in tree.iter() if local(e) == "author")
        refs = []
        for comment in (e for e in tree.iter() if local(e) == "comment"):
            refs.append(comment.get("ref"))
            if place(comment.get("ref")) is None or int(comment.get("authorId", 0)) >= authors:
                self.package.say(comments[0], f"comment at {comment.get('ref')}: place or author")
        if len(refs) != len(set(refs)):
            self.package.say(comments[0], "two comments on one cell")
        if legacy is None:
            self.say("comments without a legacyDrawing")
            return
        key = next(v for k, v in legacy.attrib.items() if k.endswith("}id"))
        self.check_boxes(known[key][1], refs)

    def check_boxes(self, part, refs):
        tree = self.package.tree(part)
        if tree is None:
            return
        ids = [e.get("id") for e in tree.iter() if local(e) == "shape" and e.get("id")]
        if len(ids) != len(set(ids)):
            self.package.say(part, "a shape id twice")
        boxes = []
        for data in (e for e in tree.iter() if local(e) == "ClientData"):
            if data.get("ObjectType") != "Note":
                continue
            fields = {local(c): (c.text or "").strip() for c in data}
            boxes.append((int(fields["Row"]) + 1, int(fields["Column"]) + 1))
        if sorted(boxes) != sorted(map(place, refs)):
            self.package.say(part, f"{len(boxes)} boxes for {len(refs)} comments, or elsewhere")

    # ---- tables -----------------------------------------------------------------

    def check_tables(self, root):
        for kind, target in self.package.relations(self.part).values():
            if kind != "table" or not target:
                continue
            table = self.package.tree(target)
            if table is not None and area(table.get("ref")) is None:
                self.package.say(target, f"area {table.get('ref')}")


def check_names(package, part, root, count):
    seen = set()
    for name in (e for e in root.iter() if local(e) == "definedName"):
        key = (name.get("name", "").lower(), name.get("localSheetId"))
        if key in seen:
            package.say(part, f"the name {key} twice")
        seen.add(key)
        if key[1] is not None and int(key[1]) >= count:
            package.say(part, f"the name {key[0]} belongs to sheet {key[1]} of {count}")
        if not (name.text or "").strip():
            package.say(part, f"the name {key[0]} says nothing")


def check_chain(package, part, sheets):
    for entry in package.tree(part):
        sheet = sheets.get(int(entry.get("i", check_chain.last)))
        check_chain.last = int(entry.get("i", check_chain.last))
        if sheet is None or place(entry.get("r")) not in sheet.formulas:
            package.say(part, f"{entry.get('r')} of sheet {check_chain.last} has no formula")


def check_workbook(package):
    part = next((t for kind, t in package.relations("").values() if kind == "officeDocument"), None)
    root = package.tree(part) if part else None
    if root is None:
        package.say("_rels/.rels", "no workbook")
        return
    check_order(package, part, root, BOOK_ORDER)
    check_links(package, part)
    known = package.relations(part)
    one = {kind: target for kind, target in known.values()}
    styles, strings = Styles(package, one.get("styles")), Strings(package, one.get("sharedStrings"))
    tabs = [e for e in root.iter() if local(e) == "sheet"]
    sheets = {}
    for attribute in ("name", "sheetId"):
        values = [t.get(attribute, "").lower() for t in tabs]
        if len(values) != len(set(values)):
            package.say(part, f"two sheets with one {attribute}")
    for tab in tabs:
        name = tab.get("name", "")
        units = len(re.sub(r"_x[0-9A-F]{4}_", "x", name).encode("utf-16-le")) // 2
        if not 1 <= units <= 31 or re.search(r"[\[\]:*?/\\]", name):
            package.say(part, f"the sheet name {name!r}")
        key = next((v for k, v in tab.attrib.items() if k.endswith("}id")), None)
        kind, target = known.get(key, (None, None))
        if kind == "worksheet":
            sheets[int(tab.get("sheetId"))] = Sheet(package, target, styles, strings)
    check_names(package, part, root, len(tabs))
    view = next((e for e in root.iter() if local(e) == "workbookView"), None)
    if view is not None and int(view.get("activeTab", 0)) >= len(tabs):
        package.say(part, "activeTab is behind the last sheet")
    if one.get("calcChain"):
        check_chain.last = 0
        check_chain(package, one["calcChain"], sheets)
    check_shape_clusters(package)


def check_shape_clusters(package):
    """No two drawings of old draw shapes with the same numbers."""
    seen = {}
    for name in package.names:
        if name.lower().endswith(".vml"):
            for found in set(re.findall(rb'id="(_x0000_s[0-9]+)"', package.read(name))):
                if found in seen:
                    package.say(name, f"shape {found.decode()} stands in {seen[found]} too")
                seen[found] = name


def faults(path):
    package = Package(path)
    for check in (check_zip, check_types, check_relations, check_workbook):
        check(package)
    return package.found


def main():
    status = 0
    for path in sys.argv[1:]:
        for fault in faults(path):
            print(f"{path}: {fault}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
