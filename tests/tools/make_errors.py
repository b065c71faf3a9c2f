#!/usr/bin/python3
"""Make the broken files of tests/data/errors/, each unreadable in one way."""

import struct
import sys

sys.dont_write_bytecode = True

import facts
import make_samples
import zipbytes

ERRORS = facts.DATA / "errors"


def compound_file(*streams):
    """An OLE compound file: header, one FAT sector, one directory sector."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    table = struct.pack("<II", fat, end) + struct.pack("<I", free) * 126
    entries = directory_entry("Root Entry", 5, 1)
    for i, name in enumerate(streams):
        right = i + 2 if i + 1 < len(streams) else free
        entries += directory_entry(name, 2, free, right)
    return header + table + entries.ljust(512, b"\0")


def directory_entry(name, kind, child, right=0xFFFFFFFF):
    text = name.encode("utf-16-le") + b"\0\0"
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36)
    return entry + struct.pack("<IQ", 0xFFFFFFFE, 0)


def broken_sheet(data):
    """The workbook with its first sheet cut off in the middle of a tag."""
    parts = []
    for name, body in zipbytes.read_zip(data):
        if name == "xl/worksheets/sheet1.xml":
            body = body[: body.index(b"<sheetData>") + 400] + b'<c r="'
        parts.append((name, body))
    return zipbytes.write_zip(parts)


def errors():
    whole = make_samples.samples()["korrekt.xlsx"]
    return {
        "tom.xlsx": b"",
        "ikke_zip.xlsx": b"Faktisk forl\0\0b er gemt som tekst\0\n" * 4,
        "afkortet.xlsx": whole[: len(whole) * 3 // 5],
        "uden_projektmappe.xlsx": zipbytes.write_zip([("laes_mig.txt", b"ingen projektmappe\n")]),
        "ugyldigt_ark.xlsx": broken_sheet(whole),
        "gammelt_format.xls": compound_file("Workbook"),
        "adgangskode.xlsx": compound_file("EncryptedPackage", "EncryptionInfo"),
        "brev.pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    }


def main():
    ERRORS.mkdir(exist_ok=True)
    for name, data in errors().items():
        (ERRORS / name).write_bytes(data)
        print(f"tests/data/errors/{name}  {len(data)} bytes")


if __name__ == "__main__":
    main()
