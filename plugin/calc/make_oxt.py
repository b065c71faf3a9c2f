#!/usr/bin/python3
"""Pack an extension, the same bytes every time: make_oxt.py OUTPUT FILE..."""

import sys
import zipfile
from pathlib import Path

FOLDERS = {"manifest.xml": "META-INF/", ".png": "icons/"}


def main(output, files):
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(map(Path, files), key=lambda p: (p.name != "manifest.xml", p.name)):
            folder = FOLDERS.get(path.name) or FOLDERS.get(path.suffix, "")
            info = zipfile.ZipInfo(folder + path.name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, path.read_bytes())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
