#!/usr/bin/python3
"""A page of the manual from a program's --help on standard input: man_page.py NAME VERSION LANG.

Lines that end with a colon and start at the margin are headings; what is indented stands as it is."""

import sys

SUMMARY = {
    "da": "kontrol af kontrafaktiske sagsregneark",
    "en": "audits counterfactual case workbooks",
}
HEADINGS = {"da": ("NAVN", "OVERSIGT", "BESKRIVELSE"), "en": ("NAME", "SYNOPSIS", "DESCRIPTION")}


def roff(line):
    """A line of text that troff leaves alone."""
    line = line.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + line if line[:1] in ".'" else line


def is_heading(line):
    return line.endswith(":") and not line.startswith(" ")


def blocks(lines):
    """[(heading or None, lines)], the usage first; what follows it and a blank line has none."""
    found = [(None, [])]
    for line in lines:
        heading, block = found[-1]
        if is_heading(line):
            found.append((line[:-1], []))
        elif not line and len(found) == 2 and block:
            found.append((None, []))
        else:
            block.append(line)
    return [(heading, block) for heading, block in found[1:] if block]


def section(title, lines):
    while lines and not lines[-1]:
        lines = lines[:-1]
    return [f".SH {roff(title.upper())}", ".nf", *map(roff, lines), ".fi"]


def page(name, version, lang, lines):
    title, synopsis, description = HEADINGS[lang]
    usage, *rest = blocks(lines)
    yield f'.TH {name.upper()} 1 "" "kontrafakt {version}"'
    yield f".SH {title}"
    yield f"{roff(name)} \\- {SUMMARY[lang]}"
    yield from section(synopsis, usage[1])
    for heading, block in rest:
        yield from section(heading or description, block)


def main(name, version, lang):
    print("\n".join(page(name, version, lang, sys.stdin.read().rstrip().splitlines())))


if __name__ == "__main__":
    main(*sys.argv[1:])
