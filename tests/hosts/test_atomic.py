#!/usr/bin/python3
"""Whatever stops fix, there is the whole copy or none, and the input is what it was.

Killed at every step of its work (by LD_PRELOAD of kill_at.so, at the Nth call that changes a
file), and at random moments; with a full disk, a read-only folder, another file system and links.
"""

import os
import random
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import harness

SAMPLE = harness.SAMPLES / "aarhus_fremskudt_2013.xlsx"
MOST_CALLS = 60


class Job:
    def __init__(self, exe, kill_at, folder):
        self.exe = str(Path(exe).resolve())
        self.kill_at = kill_at
        self.folder = folder
        self.input = folder / "sag.xlsx"
        self.output = folder / "sag-rettet.xlsx"
        shutil.copy(SAMPLE, self.input)
        self.input.chmod(0o644)
        self.before = self.input.read_bytes()

    def fix(self, *options, env=None, limit=None, timeout=120):
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=0"}
        return subprocess.run(
            [self.exe, "fix", str(self.input), *options],
            env=environment | (env or {}), stdin=subprocess.DEVNULL, capture_output=True,
            timeout=timeout, preexec_fn=limit, cwd=self.folder, umask=0,
        )

    def left_over(self):
        return sorted(p.name for p in self.folder.iterdir()
                      if p.name not in ("sag.xlsx", "sag-rettet.xlsx"))

    def clear(self):
        for path in self.folder.iterdir():
            if path != self.input:
                path.unlink()


def whole_copy(job):
    """The bytes of a run that nothing disturbs."""
    job.clear()
    done = job.fix()
    assert done.returncode == 1, done.stderr
    return job.output.read_bytes()


def preload(job, call):
    """The sanitizer, if the program has it, must come first."""
    linked = subprocess.run(["ldd", job.exe], capture_output=True, text=True).stdout
    first = [line.split()[2] for line in linked.splitlines() if "libasan" in line]
    return {"LD_PRELOAD": " ".join([*first, job.kill_at]), "KILL_AT": str(call)}


def killed_at_every_step(checks, job, whole):
    killed = private = 0
    for call in range(1, MOST_CALLS):
        job.clear()
        done = job.fix(env=preload(job, call))
        checks.equal(job.input.read_bytes(), job.before, f"killed at call {call}: the input")
        if job.output.exists():
            checks.equal(job.output.read_bytes() == whole, True, f"killed at call {call}: the copy")
        for name in job.left_over():
            checks.that(name.startswith(".sag-rettet.xlsx."), f"killed at call {call}: {name}")
            left = job.folder / name
            mode = left.stat().st_mode & 0o777
            checks.that(mode == 0o600 or (mode == 0o644 and left.read_bytes() == whole),
                        f"killed at call {call}: others may read {name}, {mode:o}")
            private += mode == 0o600
        if done.returncode != -signal.SIGKILL:
            break
        killed += 1
    checks.that(killed >= 4, f"killed {killed} times: there is more to writing than that")
    checks.that(private >= 3, f"seen {private} times before it was whole")
    checks.that(job.output.exists(), "the run that was not killed wrote its copy")


def killed_at_random(checks, job, whole):
    choose = random.Random(4711)
    for _ in range(12):
        job.clear()
        process = subprocess.Popen([job.exe, "fix", str(job.input)], cwd=job.folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(choose.uniform(0.0, 0.4))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        checks.equal(job.input.read_bytes(), job.before, "killed at random: the input")
        if job.output.exists():
            checks.that(job.output.read_bytes() == whole, "killed at random: half a copy")


def full_disk(checks, job):
    """A file that may not grow: what a full disk does to write()."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    job.clear()
    done = job.fix(limit=limit)
    checks.equal(done.returncode, 2, "full disk: exit status")
    checks.that(done.stderr, "full disk: a message")
    checks.that(not job.output.exists(), "full disk: no copy")
    checks.equal(job.left_over(), [], "full disk: nothing is left")
    checks.equal(job.input.read_bytes(), job.before, "full disk: the input")


def really_full_disk(checks, job):
    """A file system of 16 kB in a name space of its own; only where mounting is allowed."""
    with tempfile.TemporaryDirectory() as place:
        script = (f"mount -t tmpfs -o size=16k none {place} || exit 77; "
                  f"{shlex.quote(job.exe)} fix {shlex.quote(str(job.input))} -o {place}/ud.xlsx; "
                  f"echo $? $(ls -A {place} | wc -l)")
        done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True,
                              env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"})
    if done.returncode:
        print("NOTE: no file system can be mounted here; a full one was not tried")
        return
    checks.equal(done.stdout.split()[-2:], ["2", "0"], "full file system: exit status, files left")
    checks.that("fuldt" in done.stderr, f"full file system: {done.stderr}")


def read_only_folder(checks, job):
    """Nothing can be written beside the input: a message, and nothing else."""
    folder = job.folder / "laast"
    folder.mkdir()
    shutil.copy(SAMPLE, folder / "sag.xlsx")
    folder.chmod(0o555)
    job.folder.chmod(0o755)

    def nobody():
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)

    try:
        done = subprocess.run([job.exe, "fix", folder / "sag.xlsx"], capture_output=True,
                              preexec_fn=nobody, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
        checks.equal(done.returncode, 2, f"read-only folder: exit status ({done.stderr})")
        checks.that(b"adgang" in done.stderr, f"read-only folder: {done.stderr}")
        checks.equal([p.name for p in folder.iterdir()], ["sag.xlsx"], "read-only folder: nothing new")
    except PermissionError:
        print("NOTE: the program is where others cannot run it; no read-only folder was tried")
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
        job.folder.chmod(0o700)


def existing_copy_is_kept(checks, job):
    """With --force the old copy stays until the new one is whole."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    job.clear()
    job.output.write_bytes(b"en anden")
    checks.equal(job.fix("--force", limit=limit).returncode, 2, "full disk, --force: exit status")
    checks.equal(job.output.read_bytes(), b"en anden", "full disk, --force: the old copy")


def other_places(checks, job, whole):
    """Another file system, and a link as the input."""
    job.clear()
    shared = Path("/dev/shm")
    if shared.is_dir() and os.access(shared, os.W_OK):
        with tempfile.TemporaryDirectory(dir=shared) as other:
            out = Path(other) / "ud.xlsx"
            checks.equal(job.fix("-o", str(out)).returncode, 1, "another file system")
            checks.that(out.read_bytes() == whole, "another file system: the copy")
            checks.equal([p.name for p in Path(other).iterdir()], ["ud.xlsx"], "nothing beside it")
    link = job.folder / "genvej.xlsx"
    link.symlink_to(job.input)
    harness.run(job.exe, "fix", link, "-o", job.output)
    checks.that(link.is_symlink(), "the link is still one")
    checks.equal(job.input.read_bytes(), job.before, "input by a link")
    checks.equal(harness.run(job.exe, "fix", job.input, "-o", link, "--force")[0], 2,
                 "a link to the input is the input")
    link.unlink()


def main():
    if len(sys.argv) != 3:
        print("usage: test_atomic.py KONTRAFAKT KILL_AT.so")
        return 2
    checks = harness.Checks()
    with tempfile.TemporaryDirectory() as scratch:
        job = Job(sys.argv[1], str(Path(sys.argv[2]).resolve()), Path(scratch))
        whole = whole_copy(job)
        checks.section(killed_at_every_step, checks, job, whole)
        checks.section(killed_at_random, checks, job, whole)
        checks.section(full_disk, checks, job)
        checks.section(really_full_disk, checks, job)
        checks.section(read_only_folder, checks, job)
        checks.section(existing_copy_is_kept, checks, job)
        checks.section(other_places, checks, job, whole)
    return checks.status()


if __name__ == "__main__":
    sys.exit(main())
