"""Zip files with the same bytes every time: no clock, no machine in them."""

import io
import re
import struct
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
MADE_AT = b"2013-09-01T12:00:00Z"


def write_zip(parts):
    """The bytes of a zip of (name, bytes) pairs, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()


def read_zip(data):
    """The (name, bytes) pairs of a zip, in its own order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def without_clock(data):
    """The same workbook with its dates of creation and change fixed."""
    parts = []
    for name, body in read_zip(data):
        if name == "docProps/core.xml":
            body = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + MADE_AT, body)
        if name == "docProps/app.xml":
            body = re.sub(rb"<TotalTime>[^<]*</TotalTime>", b"", body)
        parts.append((name, body))
    return write_zip(parts)


def with_fixed_times(data):
    """The same zip, byte for byte, with the times of its entries fixed in place."""
    out = bytearray(data)
    at_midnight = struct.pack("<HH", 0, 1 << 5 | 1)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.start_dir
        for info in archive.infolist():
            out[info.header_offset + 10 : info.header_offset + 14] = at_midnight
            out[at + 12 : at + 16] = at_midnight
            at += 46 + sum(struct.unpack_from("<HHH", data, at + 28))
    return bytes(out)
