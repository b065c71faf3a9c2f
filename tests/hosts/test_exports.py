#!/usr/bin/python3
"""What an add-in for Excel exports and needs: test_exports.py XLL.

Under their plain names, with which Excel registers them, and nothing but Windows itself."""

import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import harness

PLUGIN = harness.ROOT / "plugin"
OWN = {"xlAutoOpen", "xlAutoClose", "xlAutoFree12", "xlAddInManagerInfo12"}


def listed(file, macro, prefix):
    text = (PLUGIN / file).read_text(encoding="utf-8")
    return {prefix + name for name in re.findall(rf"^{macro}\((\w+),", text, re.M)}


def main(addin):
    checks = harness.Checks()
    headers = subprocess.run(["objdump", "-p", addin], capture_output=True, text=True, check=True).stdout
    names = headers.partition("[Ordinal/Name Pointer] Table")[2].partition("\n\n")[0]
    exported = set(re.findall(r"^\s*\[\s*\d+\].*?(\w[\w@]*)$", names, re.M))
    wanted = OWN | listed("functions.def", "KF_FUNCTION", "kf_xl_") | listed("commands.def", "KF_COMMAND", "kf_xl_command_")
    checks.equal(sorted(exported), sorted(wanted), "exported")
    needed = {name.lower() for name in re.findall(r"DLL Name: (\S+)", headers)}
    checks.equal(sorted(needed), ["kernel32.dll", "msvcrt.dll"], "needed")
    return checks.status()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
