#!/usr/bin/python3
"""Where the program reads and writes, and what signals leave behind.

test_paths.py KONTRAFAKT
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "sample_workbooks" / "aarhus_fremskudt_2013.xlsx"
ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def run(*command, wrap=(), **more):
    return subprocess.run([*wrap, *map(str, command)], capture_output=True, timeout=120, env=ENV,
                          stdin=subprocess.DEVNULL, **more)


def names(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


def with_parts(path, more):
    shutil.copy(SAMPLE, path)
    with zipfile.ZipFile(path, "a") as book:
        for name, text in more.items():
            book.writestr(name, text)


def entry_names_are_no_paths(exe, folder):
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    with_parts(inner / "sag.xlsx", {"../../evil.txt": "x", "/tmp/kf-evil.txt": "x", "..\\evil.txt": "x",
                                    "C:\\evil.txt": "x"})
    assert run(exe, "check", inner / "sag.xlsx").returncode in (0, 1)
    assert run(exe, "fix", inner / "sag.xlsx").returncode in (0, 1)
    assert names(folder) == ["a", "a/b", "a/b/sag-rettet.xlsx", "a/b/sag.xlsx"], names(folder)
    assert not Path("/tmp/kf-evil.txt").exists()


def links_are_replaced_not_followed(exe, folder):
    outside = folder / "outside"
    outside.mkdir()
    (outside / "theirs").write_text("theirs")
    inside = folder / "inside"
    inside.mkdir()
    shutil.copy(SAMPLE, inside / "sag.xlsx")
    link = inside / "sag-rettet.xlsx"
    link.symlink_to(outside / "theirs")
    assert run(exe, "fix", inside / "sag.xlsx").returncode == 2
    assert run(exe, "fix", "--force", inside / "sag.xlsx").returncode in (0, 1)
    assert (outside / "theirs").read_text() == "theirs"
    assert not link.is_symlink() and link.stat().st_size > 1000
    link.unlink()
    link.symlink_to(outside / "nothing")
    assert run(exe, "fix", inside / "sag.xlsx").returncode == 2
    assert not (outside / "nothing").exists()


def the_input_is_never_overwritten(exe, folder):
    book = folder / "sag.xlsx"
    shutil.copy(SAMPLE, book)
    os.link(book, folder / "hard.xlsx")
    (folder / "soft.xlsx").symlink_to(book)
    before = book.read_bytes()
    for out in ("sag.xlsx", "hard.xlsx", "soft.xlsx", "./sag.xlsx"):
        assert run(exe, "fix", "--force", book, "-o", folder / out).returncode == 2, out
    assert book.read_bytes() == before


def external_links_are_not_opened(exe, folder):
    """The link leads to a pipe: opening it would wait for ever."""
    os.mkfifo(folder / "pipe.xlsx")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"
    with_parts(folder / "sag.xlsx", {
        "xl/externalLinks/externalLink1.xml":
            '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        "xl/externalLinks/_rels/externalLink1.xml.rels":
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{kind}" Target="pipe.xlsx" TargetMode="External"/></Relationships>'})
    for command in ("check", "extract", "fix"):
        assert run(exe, command, folder / "sag.xlsx", cwd=folder).returncode in (0, 1), command
    assert run(exe, "check", folder / "pipe.xlsx").returncode == 2


def works_without_a_network(exe, folder):
    shutil.copy(SAMPLE, folder / "sag.xlsx")
    wrap = ("unshare", "--net") if os.geteuid() == 0 else ("unshare", "--user", "--net")
    if run("true", wrap=wrap).returncode != 0:
        print("no empty network namespace can be had here: left out")
    else:
        for command in (["check"], ["extract"], ["fix"], ["reconcile"]):
            assert run(exe, *command, folder / "sag.xlsx", wrap=wrap).returncode in (0, 1), command
    used = subprocess.run(["nm", "--dynamic", "--undefined-only", exe], capture_output=True, text=True)
    calls = {line.split()[-1].split("@")[0] for line in used.stdout.splitlines()}
    asan = any(name.startswith("__asan") for name in calls)
    assert asan or not calls & {"socket", "connect", "getaddrinfo", "gethostbyname", "system", "popen",
                                "execve", "fork", "posix_spawn"}, calls


def signals_leave_nothing_half(exe, folder):
    for i in range(400):
        shutil.copy(SAMPLE, folder / f"sag{i:03}.xlsx")
    books = sorted(folder.glob("*.xlsx"))
    told = 0
    for number, delay in ((signal.SIGINT, 0.15), (signal.SIGTERM, 0.3), (signal.SIGINT, 0.6)):
        work = subprocess.Popen([exe, "check", "--jobs", "2", "--format", "json", *map(str, books)],
                                env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(delay)
        work.send_signal(number)
        out, err = work.communicate(timeout=120)
        assert work.returncode in (0, 1, 2, -number), (work.returncode, err)
        if work.returncode == 2:
            told += b"afbrudt" in err
            assert out.rstrip().endswith(b"}"), out[-100:]
    for delay in [0.001 * n for n in range(0, 60, 3)]:
        work = subprocess.Popen([exe, "fix", "--force", str(books[0])], env=ENV, cwd=folder,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(delay)
        work.send_signal(signal.SIGTERM)
        work.communicate(timeout=120)
        assert work.returncode in (0, 1, 2, -signal.SIGTERM), work.returncode
        assert not list(folder.glob(".sag*")), "left behind"
        copy = folder / "sag000-rettet.xlsx"
        if copy.exists():
            assert zipfile.ZipFile(copy).testzip() is None
            copy.unlink()
    print(f"{told} of 3 batches were stopped between two files")


def main():
    exe = str(Path(sys.argv[1]).resolve())
    for test in (entry_names_are_no_paths, links_are_replaced_not_followed,
                 the_input_is_never_overwritten, external_links_are_not_opened,
                 works_without_a_network, signals_leave_nothing_half):
        with tempfile.TemporaryDirectory(prefix="kf-paths-") as folder:
            test(exe, Path(folder))
        print(f"{test.__name__}: holds", flush=True)


if __name__ == "__main__":
    main()
