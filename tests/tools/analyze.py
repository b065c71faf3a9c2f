#!/usr/bin/python3
"""gcc's and clang's analyzers over the sources, as a build folder compiles them.

analyze.py BUILD gcc|clang [FILE...]

Every warning is a failure. gcc 12 takes the fields of a struct that a function of another file
returns to be uninitialized, so that class is left to clang's analyzer and to valgrind.
"""

import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ANALYZER = {
    "gcc": ["-O2", "-fanalyzer", "-Wno-analyzer-use-of-uninitialized-value", "-c", "-o", os.devnull],
    "clang": ["--analyze", "--analyzer-output", "text"],
}


def preprocessing(command):
    """The -I, -D, -std of a compile command."""
    words = shlex.split(command)
    kept = []
    for i, word in enumerate(words):
        if word in ("-I", "-D", "-isystem"):
            kept += words[i:i + 2]
        elif word.startswith(("-I", "-D", "-std=", "-isystem")):
            kept.append(word)
    return kept


def sources(folder):
    """(path, preprocessor's words) of each source of the project, once."""
    found = {}
    for one in json.loads((folder / "compile_commands.json").read_text()):
        path = Path(os.path.normpath(Path(one["directory"]) / one["file"]))
        if path.is_relative_to(ROOT / "src") or path.parent == ROOT / "plugin":
            found.setdefault(path, preprocessing(one["command"]))
    return sorted(found.items())


def analyze(compiler, folder, path, words):
    done = subprocess.run([compiler, *ANALYZER[compiler], *words, str(path)], cwd=folder,
                          capture_output=True, text=True)
    return done.stderr if done.returncode or "warning:" in done.stderr else ""


def main():
    folder, compiler, only = Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3:]
    jobs = [(path, words) for path, words in sources(folder) if not only or path.name in only]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        told = [text for text in pool.map(lambda job: analyze(compiler, folder, *job), jobs) if text]
    for text in told:
        print(text)
    print(f"{compiler}: {len(jobs)} files, {len(told)} with a warning")
    return 1 if told or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
