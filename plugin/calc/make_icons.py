#!/usr/bin/python3
"""The icons of menu and toolbar, drawn at the sizes that are asked for: make_icons.py FOLDER.

Each is a few shapes on a square of 16 units; a pixel's colour is the mean of 16 points in it."""

import struct
import sys
import zlib
from pathlib import Path

GREEN, BLUE, RED, GREY, WHITE = (
    (0x1E, 0x7B, 0x34), (0x1F, 0x5F, 0xA8), (0xB0, 0x30, 0x2A), (0x60, 0x60, 0x60), (0xFF, 0xFF, 0xFF),
)


def stroke(colour, width, *points):
    """A line through points, with round ends."""

    def covers(x, y):
        for (ax, ay), (bx, by) in zip(points, points[1:]):
            length = (bx - ax) ** 2 + (by - ay) ** 2
            t = max(0, min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
            if (x - ax - t * (bx - ax)) ** 2 + (y - ay - t * (by - ay)) ** 2 <= width * width / 4:
                return True
        return False

    return colour, covers


def box(colour, left, top, right, bottom):
    return colour, lambda x, y: left <= x <= right and top <= y <= bottom


def disc(colour, cx, cy, radius):
    return colour, lambda x, y: (x - cx) ** 2 + (y - cy) ** 2 <= radius * radius


SHEET = [
    box(GREY, 1, 1, 13, 15), box(WHITE, 2, 2, 12, 14),
    *(box(GREY, 2, y, 12, y + 0.6) for y in (5, 8, 11)), box(GREY, 6, 2, 6.6, 14),
]
ICONS = {
    "kontroller": [*SHEET, stroke(WHITE, 4.4, (6, 10), (9, 13.5), (14.5, 5.5)), stroke(GREEN, 2.6, (6, 10), (9, 13.5), (14.5, 5.5))],
    "ret": [*SHEET, stroke(WHITE, 5, (7, 13), (14, 5)), stroke(BLUE, 3.2, (8, 12), (14, 5)), stroke(GREY, 1.2, (6.4, 14.2), (8, 12))],
    "fjern": [*SHEET, stroke(WHITE, 4.4, (7, 7), (14.5, 14.5)), stroke(RED, 2.4, (7, 7), (14.5, 14.5)), stroke(RED, 2.4, (14.5, 7), (7, 14.5))],
    "om": [disc(BLUE, 8, 8, 7), disc(WHITE, 8, 4.6, 1.2), box(WHITE, 7, 7, 9, 12.5)],
}
# The product's own icon is that of a check.
FILES = [(key, key, size) for key in ICONS for size in (16, 26)] + [("kontrafakt", "kontroller", 42)]


def pixel(shapes, x, y, unit):
    """Red, green, blue, and how much of the pixel is covered."""
    found = []
    for i in range(16):
        px, py = (x + (i % 4 + 0.5) / 4) * unit, (y + (i // 4 + 0.5) / 4) * unit
        found += [colour for colour, covers in reversed(shapes) if covers(px, py)][:1]
    if not found:
        return 0, 0, 0, 0
    return *(sum(colour[k] for colour in found) // len(found) for k in range(3)), 255 * len(found) // 16


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(shapes, size):
    rows = b"".join(
        b"\0" + bytes(value for x in range(size) for value in pixel(shapes, x, y, 16 / size)) for y in range(size)
    )
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def main(folder):
    for name, key, size in FILES:
        (Path(folder) / f"{name}_{size}.png").write_bytes(png(ICONS[key], size))


if __name__ == "__main__":
    main(sys.argv[1])
