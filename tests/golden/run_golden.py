#!/usr/bin/python3
"""Run what stands in tests/golden/NAME/cmd and compare with what stands beside it.

run_golden.py EXE NAME...           compare; --all for every folder, --all K/N for a part of them
run_golden.py --update EXE [NAME...] write the expectations anew
run_golden.py --names NAME...       the folders must be just these

A cmd is a shell script, run in a folder of its own that holds copies of
sample_workbooks/ and tests/data/errors/. Compared are standard output (out.txt,
or out.json), standard error (err.txt, when there is any), the exit status
(exit), and every file that was made or changed (written.txt: the parts of a
zip by their content, so the version of zlib does not matter).
"""

import difflib
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
INPUTS = (ROOT / "sample_workbooks", HERE.parent / "data" / "errors")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def put_inputs(folder):
    for source in INPUTS:
        for path in source.iterdir():
            if path.suffix not in (".md", ".png"):
                shutil.copy(path, folder / path.name)


def files_in(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def put_command(path, exe):
    """The program as kontrafakt; one for Windows is run by Wine."""
    if exe.suffix != ".exe":
        path.symlink_to(exe)
        return
    build = exe.parent.parent.parent
    wine = HERE.parent / "tools" / "wine.sh"
    path.write_text(f"#!/bin/sh\nexec '{wine}' '{build}' '{exe}' \"$@\"\n", encoding="utf-8")
    path.chmod(0o755)


def run(exe, name):
    """({file of the expectation: text}) of one case."""
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch) / "work"
        commands = Path(scratch) / "bin"
        work.mkdir()
        commands.mkdir()
        put_inputs(work)
        put_command(commands / "kontrafakt", Path(exe).resolve())
        before = files_in(work)
        script = (HERE / name / "cmd").read_text(encoding="utf-8")
        environment = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        environment |= {
            "PATH": f"{commands}:/usr/local/bin:/usr/bin:/bin",
            "HOME": scratch,
            "LC_ALL": "C.UTF-8",
        }
        done = subprocess.run(
            ["/bin/sh", "-c", script],
            cwd=work,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
        )
        return results(name, done, before, files_in(work), scratch)


def results(name, done, before, after, scratch):
    made = {n: data for n, data in after.items() if before.get(n) != data}
    gone = sorted(set(before) - set(after))
    got = {
        output_file(name): plain(done.stdout, made, scratch),
        "exit": f"{done.returncode}\n",
    }
    stderr = plain(done.stderr, made, scratch)
    if stderr:
        got["err.txt"] = stderr
    if made or gone:
        lines = [line for n in sorted(made) for line in describe(n, made[n], before.get(n))]
        got["written.txt"] = "\n".join(lines + [f"{n}: gone" for n in gone]) + "\n"
    return got


def output_file(name):
    is_json = "--format json" in (HERE / name / "cmd").read_text(encoding="utf-8")
    return "out.json" if is_json else "out.txt"


def plain(data, made, scratch):
    """Output as text, the hashes of files made in this run by their names."""
    text = data.decode("utf-8", "backslashreplace").replace(scratch, "SCRATCH")
    for name, content in made.items():
        text = text.replace(sha256(content), f"<sha256 of {name}>")
    return text


def describe(name, data, old):
    yield f"{name}: {'made' if old is None else 'changed'}"
    if not data.startswith(b"PK\x03\x04"):
        yield f"  {sha256(data)[:16]}"
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            yield f"  {sha256(archive.read(info))[:16]}  {info.filename}"


def expected(name):
    found = {}
    for file in ("out.txt", "out.json", "err.txt", "exit", "written.txt"):
        path = HERE / name / file
        if path.exists():
            found[file] = path.read_bytes().decode("utf-8")
    return found


def differences(name, want, got):
    for file in sorted(want.keys() | got.keys()):
        if want.get(file) == got.get(file):
            continue
        yield from difflib.unified_diff(
            want.get(file, "").splitlines(),
            got.get(file, "").splitlines(),
            f"{name}/{file} expected",
            f"{name}/{file} got",
            lineterm="",
        )


def is_silent(got):
    """Wine, rarely, does not start a program and says nothing; ours never fails without a word."""
    return sorted(got.values()) == ["", "1\n"]


def compare(exe, names):
    failed = 0
    for name in names:
        want = expected(name)
        got = run(exe, name)
        if want != got and exe.endswith(".exe") and is_silent(got):
            print(f"{name}: Wine ended without a word; run once more")
            got = run(exe, name)
        if want == got:
            continue
        failed += 1
        if not want:
            print(f"{name}: no expectation yet; look at it, then './run golden'")
        print("\n".join(differences(name, want, got)))
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


def update(exe, names):
    for name in names or all_names():
        got = run(exe, name)
        changed = got != expected(name)
        for file in expected(name):
            (HERE / name / file).unlink()
        for file, text in got.items():
            (HERE / name / file).write_bytes(text.encode("utf-8"))
        print(f"{'changed' if changed else 'as before'}  {name}")
    return 0


def all_names():
    return sorted(p.parent.name for p in HERE.glob("*/cmd"))


def check_names(names):
    missing = set(all_names()) ^ set(names)
    for name in sorted(missing):
        print(f"{name}: a folder without a line in tests/golden/meson.build, or the reverse")
    return 1 if missing else 0


def main(arguments):
    if arguments[:1] == ["--names"]:
        return check_names(arguments[1:])
    if arguments[:1] == ["--update"]:
        return update(arguments[1], arguments[2:])
    if arguments[1:2] == ["--all"]:
        part, _, parts = (arguments[2:] or ["1/1"])[0].partition("/")
        return compare(arguments[0], all_names()[int(part) - 1 :: int(parts)])
    return compare(arguments[0], arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
