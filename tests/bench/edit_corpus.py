#!/usr/bin/python3
"""One cell edited in each of other people's workbooks: what else changed?

edit_corpus.py EDIT_CELL FOLDER [--libreoffice N] [--only TEXT] [--every N] [--kinds a,b]

Of every workbook the packed bytes of the untouched parts must be the same, the touched parts the
same outside the edited elements, and no fault may come in that makes Excel repair a file. Of N
workbooks, spread evenly, LibreOffice must show all other values as before.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "tools"))

import check_workbook
import shown_values

BIG = 400_000  # packed bytes; of larger workbooks the structure is not checked, for time's sake
KINDS = ("number", "text", "formula", "cell", "row")
TOKEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[^>]*>|[^<]+", re.S)
NAME = re.compile(rb"</?(?:[^\s/>:]+:)?([^\s/>]+)")
# Attributes that say how much there is: they follow what came in.
COUNTS = {b"fonts", b"fills", b"borders", b"cellXfs", b"dimension", b"calcPr", b"idmap"}
# Elements that may have been empty.
FILLED = {b"styleSheet", b"Relationships", b"definedNames"}
# How a strict sheet holds what notes are drawn by.
STRICT_DRAWING = re.compile(rb'<mc:AlternateContent xmlns:mc="[^"]*"><mc:Choice Requires="v" xmlns:v="[^"]*">'
                            rb'<[^>]*legacyDrawing [^>]*/></mc:Choice></mc:AlternateContent>')
BARE_ROW = re.compile(rb"<[^\s]*row r=\"\d+\">")
# What a part may get, by the end of its name; everything in it stays.
GROWS = re.compile(r"(\[Content_Types\]\.xml|\.rels|styles[^/]*\.xml|workbook[^/]*\.xml|\.vml"
                   r"|comments[^/]*\.xml|persons?/[^/]*\.xml)$", re.I)


def tokens(data):
    return TOKEN.findall(as_utf8(data))


def as_utf8(data):
    """A touched part is written in UTF-8, whatever it was in: its characters are compared."""
    head = data[:4]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16")
    elif head in (b"<\0?\0", b"\0<\0?"):
        text = data.decode("utf-16-le" if head[0] else "utf-16-be")
    else:
        found = re.match(rb"<\?xml[^>]*encoding=[\"']([^\"']+)", data)
        if not found or found[1].lower() == b"utf-8":
            return data
        text = data.decode(found[1].decode())
    return re.sub(r"encoding=([\"'])[^\"']+", r"encoding=\1UTF-8", text, count=1).encode()


def name_of(token):
    found = NAME.match(token) if token[:1] == b"<" else None
    return found[1] if found else b""


def plain(token):
    """The token without what may follow from an insertion."""
    name = name_of(token)
    return b"<" + name if name in COUNTS | FILLED and token[:2] != b"</" else token


def grown(before, after):
    """Whether after is before with tokens put in."""
    rest = iter(map(plain, tokens(after)))
    return all(token in rest for token in map(plain, tokens(before)))


def attribute(token, name):
    found = re.search(rb"\s" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", token)
    return None if not found else found[1] if found[1] is not None else found[2]


def column_of(ref):
    return check_workbook.column(re.sub(rb"[^A-Z]", b"", ref.upper()).decode())


def rest_of_sheet(data, places):
    """The tokens of a sheet outside the edited cells; rows that hold only those are left out."""
    kept, skipping, row, col, inside = [], 0, 0, 0, False
    edited_rows = {row for row, _ in places}
    for token in tokens(STRICT_DRAWING.sub(b"", data)):
        name = name_of(token)
        opens, closes = token[:2] != b"</" and token[-2:] != b"/>", token[:2] == b"</"
        if skipping:
            skipping += (name == b"c") * (-1 if closes else opens)
            continue
        if name == b"sheetData":
            inside = opens
        elif not inside and name in (b"row", b"c"):
            name = b""  # of a drawing's anchor
        if name == b"row" and not closes:
            ref = attribute(token, b"r")
            row, col = int(ref) if ref else row + 1, 0
            token = re.sub(rb"\s+spans\s*=\s*(\"[^\"]*\"|'[^']*')", b"", token)
            if row in edited_rows:
                token = re.sub(rb"\s*/?>", b">", token)
                if not opens and BARE_ROW.fullmatch(token):
                    continue
        if name == b"row" and closes and row in edited_rows:
            if kept and BARE_ROW.fullmatch(kept[-1]):
                kept.pop()
            continue
        if name == b"c" and not closes:
            ref = attribute(token, b"r")
            col = column_of(ref) if ref else col + 1
            if (row, col) in places:
                skipping = opens
                continue
        if name in (b"legacyDrawing", b"sheetData") and (name != b"sheetData" or closes):
            continue
        kept.append(plain(token) if name == b"dimension" else
                    token.replace(b"/>", b">") if name == b"sheetData" else token)
    return kept


def cut_out(data, places):
    """The bytes of a plainly written sheet without the edited cells; much faster than by tokens."""
    for row, col in places:
        ref = f"{shown_values.column_letters(col)}{row}".encode()
        found = re.search(rb'<c r="' + ref + rb'"[^>]*?(?:/>|>.*?</c>)', data, re.S)
        if found:
            data = data[: found.start()] + data[found.end() :]
    return re.sub(rb'<dimension ref="[^"]*"/>|<legacyDrawing r:id="[^"]*"/>', b"", data)


def same_rest(was, now, places):
    few = len(places) < 200
    return (few and cut_out(was, places) == cut_out(now, places)) \
        or rest_of_sheet(was, places) == rest_of_sheet(now, places)


def entries(path):
    """{part: (method, checksum, packed bytes)}"""
    data = path.read_bytes()
    found = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            at = info.header_offset
            start = at + 30 + int.from_bytes(data[at + 26 : at + 28], "little") \
                + int.from_bytes(data[at + 28 : at + 30], "little")
            found[info.filename] = (info.compress_type, info.CRC,
                                    data[start : start + info.compress_size])
    return found


def all_sheet_parts(path):
    """The worksheet part of each tab, None for a chart sheet."""
    package = check_workbook.Package(path)
    book = next(t for k, t in package.relations("").values() if k == "officeDocument")
    known = package.relations(book)
    tabs = [e for e in package.tree(book).iter() if check_workbook.local(e) == "sheet"]
    keys = [next((v for k, v in t.attrib.items() if k.endswith("}id")), None) for t in tabs]
    return [known[k][1] if known.get(k, ("",))[0] == "worksheet" else None for k in keys
            if known.get(k, ("",))[0] == "worksheet"]


def unlike(source, out, edited):
    """(texts of what differs and should not, parts the same, parts that there were)"""
    before, after = entries(source), entries(out)
    if list(before) != [n for n in after if n in before] and not set(before) - set(after):
        yield "the order of the parts"
    parts = all_sheet_parts(source)
    places = {}
    for sheet, row, col in edited:
        places.setdefault(parts[sheet].lower(), set()).add((row, col))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out) as new:
        for name, entry in before.items():
            if after.get(name) == entry:
                continue
            if name not in after:
                yield f"{name} is gone"
                continue
            was, now = old.read(name), new.read(name)
            mine = places.get(name.replace("\\", "/").lower())
            if mine:
                if not same_rest(was, now, mine):
                    yield f"{name} differs outside the edited cells"
            elif not GROWS.search(name):
                yield f"{name} was touched"
            elif not grown(was, now):
                yield f"{name} lost something"


def read_told(text):
    """(cells that were written, those whose value is not known) as (sheet, row, column)"""
    sides = set(), set()
    for word in text.split():
        sheet, _, ref = word.lstrip("?").partition("!")
        sides[word[0] == "?"].add((int(sheet), *check_workbook.place(ref)))
    return sides


class Workbook:
    """One workbook of the corpus and what became of it."""

    def __init__(self, job, number, path):
        self.path = path
        self.kind = job.kinds[number % len(job.kinds)]
        self.out = job.folder / f"{number}-ud{path.suffix.lower()}"
        self.faults, self.refused = [], None
        self.same = self.all = 0
        self.edited, self.unknown = set(), set()
        for kind in (self.kind, *KINDS):
            done = subprocess.run([job.edit_cell, path, self.out, kind], capture_output=True, timeout=300)
            if done.returncode != 3:
                break
        self.kind = kind
        message = done.stderr.decode("utf-8", "replace").strip()
        if done.returncode == 3:
            self.refused = "no cell to edit"
            return
        if done.returncode == 1 and not self.out.exists():
            self.refused = message.replace(str(path), "").strip(": ")
            return
        if done.returncode:
            self.faults.append(f"edit_cell: exit {done.returncode}: {message}")
        self.edited, self.unknown = read_told(done.stdout.decode())
        self.check()

    def check(self):
        self.faults += unlike(self.path, self.out, self.edited)
        before, after = entries(self.path), entries(self.out)
        self.same = sum(after.get(n) == e for n, e in before.items())
        self.all = len(before)
        self.is_big = sum(len(e[2]) for e in before.values()) > BIG
        if self.is_big:
            return
        try:
            had = set(check_workbook.faults(self.path))
        except Exception as error:
            had = None
            self.faults.append(f"NOTE: the checker cannot read the input: {error!r}"[:200])
        if had is not None:
            had = {re.sub(r"\d+", "0", fault) for fault in had}
            self.faults += [fault for fault in sorted(set(check_workbook.faults(self.out)))
                            if re.sub(r"\d+", "0", fault) not in had and not self.was_unreadable(fault)]


    def was_unreadable(self, fault):
        """Excel writes <br> without an end into the boxes of buttons."""
        part = fault.split(": ")[0]
        package = check_workbook.Package(self.path)
        return ": not readable" in fault and part in package.names and package.tree(part) is None


def safely(job, number, path):
    try:
        return Workbook(job, number, path)
    except Exception as error:
        book = Workbook.__new__(Workbook)
        book.path, book.kind, book.out, book.refused = path, "", None, None
        book.faults, book.same, book.all = [f"{type(error).__name__}: {error}"], 0, 0
        return book


class Job:
    def __init__(self, edit_cell, folder, kinds=KINDS):
        self.edit_cell = str(Path(edit_cell).resolve())
        self.folder = folder
        self.kinds = kinds


def is_workbook(path):
    return path.suffix.lower() in (".xlsx", ".xlsm") and path.is_file()


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("edit_cell")
    asked.add_argument("folder")
    asked.add_argument("--libreoffice", type=int, default=0)
    asked.add_argument("--only", default="")
    asked.add_argument("--every", type=int, default=1, help="take each Nth workbook")
    asked.add_argument("--kinds", default=",".join(KINDS))
    options = asked.parse_args()
    paths = sorted(p for p in Path(options.folder).rglob("*") if is_workbook(p) and options.only in str(p))
    paths = paths[:: options.every]
    with tempfile.TemporaryDirectory() as scratch:
        job = Job(options.edit_cell, Path(scratch), options.kinds.split(","))
        with ThreadPoolExecutor(2) as pool:
            books = []
            for book in pool.map(lambda pair: safely(job, *pair), enumerate(paths)):
                books.append(book)
                tell_faults(book)
        if options.libreoffice:
            known = {id(b): len(b.faults) for b in books}
            shown_values.compare([b for b in books if b.out and b.out.exists()], options.libreoffice,
                                 Path(scratch))
            for book in books:
                tell_faults(book, known[id(book)])
        return tell(books)


def tell_faults(book, known=0):
    for fault in book.faults[known:]:
        print(f"{book.path} [{book.kind}]: {fault}", flush=True)


def tell(books):
    refused = Counter(re.sub(r"\(.*", "", b.refused) for b in books if b.refused)
    edited = [b for b in books if b.all]
    print(f"{len(books)} workbooks, {len(edited)} edited, {sum(refused.values())} refused")
    for reason, count in refused.most_common():
        print(f"  {count:4} {reason}")
    bad = [b for b in edited if any(not f.startswith("NOTE") for f in b.faults)]
    print(f"{sum(b.is_big for b in edited)} of them over {BIG} bytes: bytes compared, structure not checked")
    print(f"{sum(b.same for b in edited)} of {sum(b.all for b in edited)} parts the same packed bytes; "
          f"{len(bad)} workbooks with something else changed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
