"""The values that LibreOffice shows of workbooks, before and after an edit."""

import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree

import check_workbook

BATCH = 40
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def convert(paths, folder):
    """Each workbook as LibreOffice reads and writes it, under its own name."""
    folder.mkdir(exist_ok=True)
    made = {path: folder / f"{path.stem}.xlsx" for path in paths}
    for path in made.values():
        path.unlink(missing_ok=True)
    run_libreoffice(paths, folder)
    # A workbook that it crashes on takes those behind it along.
    for path in (p for p in paths if len(paths) > 1 and not made[p].exists()):
        run_libreoffice([path], folder)


def run_libreoffice(paths, folder):
    try:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder.parent}/profile", "--headless",
                        "--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir",
                        str(folder), *map(str, paths)], stdin=subprocess.DEVNULL, capture_output=True,
                       timeout=120 + 10 * len(paths))
    except subprocess.TimeoutExpired:
        pass


def texts_of(archive):
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter(f"{MAIN}t")) for item in root]


def value_of(cell, texts):
    value = cell.find(f"{MAIN}v")
    if value is None or value.text is None:
        return None
    if cell.get("t") == "s":
        return texts[int(value.text)]
    if cell.get("t") in (None, "n"):
        return f"{float(value.text):.10g}"
    return value.text


def tabs_of(path):
    """[(name, part)] of the worksheets, in the order of their tabs."""
    package = check_workbook.Package(path)
    book = next(t for k, t in package.relations("").values() if k == "officeDocument")
    known = package.relations(book)
    found = []
    for tab in (e for e in package.tree(book).iter() if check_workbook.local(e) == "sheet"):
        key = next((v for k, v in tab.attrib.items() if k.endswith("}id")), None)
        kind, part = known.get(key, ("", None))
        if kind == "worksheet":
            found.append((tab.get("name"), part))
    return found


def values(path):
    """{(tab, cell): value} of a workbook that LibreOffice has written."""
    found = {}
    tabs = tabs_of(path)
    with zipfile.ZipFile(path) as archive:
        texts = texts_of(archive)
        for name, part in tabs:
            for cell in ElementTree.fromstring(archive.read(part)).iter(f"{MAIN}c"):
                value = value_of(cell, texts)
                if value is not None:
                    found[name, cell.get("r")] = value
    return found


def calculated_anew(source, out):
    """A copy of source that says it is to be calculated when it is opened, as ours does."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if re.fullmatch(r"xl/workbook[^/]*\.xml", name):
                data = re.sub(rb"\sfullCalcOnLoad=\"[^\"]*\"", b"", data)
                if b"calcPr" in data:
                    data = re.sub(rb"(<(?:\w+:)?calcPr)", rb'\1 fullCalcOnLoad="1"', data, count=1)
            new.writestr(name, data)


def differ(before, after, left_out):
    return {k: (before.get(k), after.get(k)) for k in before.keys() | after.keys()
            if k not in left_out and before.get(k) != after.get(k)}


class Comparison:
    """Sources, controls and copies of some workbooks, all through LibreOffice."""

    def __init__(self, books, folder):
        self.books = books
        self.folder = folder

    def path(self, side, i, book):
        return self.folder / "shown" / f"{side}-{i}{book.path.suffix.lower()}"

    def shown(self, side, i):
        path = self.folder / "shown" / "lo" / f"{side}-{i}.xlsx"
        return values(path) if path.exists() else None

    def run(self, sides, only=None):
        """Have LibreOffice read each side; sides: {name: makes the file of a book}"""
        (self.folder / "shown").mkdir(exist_ok=True)
        paths = []
        for i, book in enumerate(self.books):
            for side, make in sides.items() if only is None or i in only else ():
                make(book, self.path(side, i, book))
                paths.append(self.path(side, i, book))
        for at in range(0, len(paths), BATCH):
            convert(paths[at : at + BATCH], self.folder / "shown" / "lo")

    def left_out(self, book):
        names = [name for name, _ in tabs_of(book.path)]
        return {(names[s], f"{column_letters(c)}{r}") for s, r, c in book.edited | book.unknown}

    def difference(self, i, side):
        book = self.books[i]
        before, after = self.shown(side, i), self.shown("after", i)
        if before is None:
            return "NOTE: LibreOffice does not open the input"
        if after is None:
            return "LibreOffice does not open the copy"
        ours = [name for name, _ in tabs_of(book.out)][-1]
        after = {k: v for k, v in after.items() if k[0] != ours}
        found = differ(before, after, self.left_out(book) | self.unsteady(i, before, side))
        return f"LibreOffice: {len(found)} values, {sorted(found.items())[:3]}" if found else None

    def unsteady(self, i, before, side):
        """Cells that the input itself shows otherwise, calculated once more: RAND, NOW."""
        others = [self.shown(other, i) for other in ("second", "third") if side == "control"]
        return {cell for other in others if other for cell in differ(before, other, ())}


def column_letters(number):
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def compare(books, count, folder):
    """Add to the faults of count of the books what LibreOffice shows otherwise."""
    step = max(1, len(books) // count)
    chosen = books[::step][:count]
    comparison = Comparison(chosen, folder)
    comparison.run({"before": lambda b, p: shutil.copy(b.path, p),
                    "after": lambda b, p: shutil.copy(b.out, p)})
    bad = {i: comparison.difference(i, "before") for i in range(len(chosen))}
    bad = {i: text for i, text in bad.items() if text}
    # Where the input's own cached values are not what LibreOffice calculates.
    again = {i for i, text in bad.items() if text.startswith("LibreOffice:")}
    anew = {side: lambda b, p: calculated_anew(b.path, p) for side in ("control", "second", "third")}
    comparison.run(anew, again)
    for i, text in bad.items():
        text = comparison.difference(i, "control") if i in again else text
        if text:
            chosen[i].faults.append(text)
    print(f"LibreOffice: {len(chosen)} workbooks, {len(again)} of them calculated anew on both sides")
