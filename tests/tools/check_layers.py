#!/usr/bin/python3
"""Every layer includes only those left of it; the command line and plugins only kf/*.h.

    base <- value <- grid <- {ooxml, csv} <- book
    grid <- {formula, model} <- {extract, rules} <- {check, diff} <- correct <- reconcile <- report <- cli
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# What a layer may include besides itself.
BELOW = {
    "base": "",
    "value": "base",
    "grid": "base value",
    "formula": "base value grid",
    "ooxml": "base value grid",
    "csv": "base value grid",
    "book": "base value grid formula ooxml csv",
    "model": "base value grid",
    "extract": "base value grid formula model",
    "rules": "base value grid model",
    "check": "base value grid formula model extract rules",
    "diff": "base value grid formula model extract",
    "correct": "base value grid formula model extract rules check",
    "reconcile": "base value grid formula model extract rules check correct",
    "report": "base value grid formula model extract rules check diff correct reconcile",
}

# The layer that a public header speaks for, where the name is not the layer's.
HEADER_LAYER = {"status": "base", "details": "base", "edit": "grid", "audit": "check", "findings": "check", "differences": "diff", "explain": "check", "fix": "correct", "ignore": "check", "limits": "base", "redact": "report", "table_kinds": "model", "parts": "check", "what_if": "check"}

# The command line, and what Windows lacks: they are no layers.
OUTSIDE = ("cli", "windows")

OWN_INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"')


def layer_of_include(target, from_layer):
    """The layer that an include names; None when it is a header of no layer."""
    folder, _, name = target.rpartition("/")
    if folder == "kf":
        stem = name.split(".")[0]
        stem = HEADER_LAYER.get(stem, stem)
        return stem if stem in BELOW else None
    if folder:
        return folder.split("/")[0] if folder.split("/")[0] in BELOW else None
    return from_layer


def own_includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = OWN_INCLUDE.match(line)
        if match:
            yield number, match.group(1)


def check_library(path, layer):
    allowed = set(BELOW[layer].split()) | {layer}
    for number, target in own_includes(path):
        used = layer_of_include(target, layer)
        if used not in allowed:
            yield f"{path.relative_to(ROOT)}:{number}: {layer} must not include {target}"


def check_outside(path):
    """Command line and plugins: the public headers, and headers beside the file."""
    for number, target in own_includes(path):
        beside = "/" not in target or (path.parent / target).exists()
        if not beside and not target.startswith("kf/"):
            yield f"{path.relative_to(ROOT)}:{number}: only kf/*.h may be included, not {target}"


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in (".c", ".h", ".def"))


def all_faults():
    """(files looked at, faults)"""
    faults, count = [], 0
    for folder in sorted(p for p in (ROOT / "src").iterdir() if p.is_dir()):
        for path in sources(folder):
            count += 1
            if folder.name in OUTSIDE:
                faults += check_outside(path)
            elif folder.name in BELOW:
                faults += check_library(path, folder.name)
            else:
                faults.append(f"src/{folder.name}: a layer unknown to check_layers.py")
    for path in sources(ROOT / "include" / "kf"):
        layer = layer_of_include("kf/" + path.name, "")
        count += 1
        if layer is None:
            faults += [] if path.stem == "kf" else [f"include/kf/{path.name}: belongs to no layer"]
        else:
            faults += check_library(path, layer)
    for path in sources(ROOT / "plugin") if (ROOT / "plugin").exists() else []:
        count += 1
        faults += check_outside(path)
    return count, faults


def main():
    count, faults = all_faults()
    print("\n".join(faults) if faults else f"{count} files include only leftwards")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
