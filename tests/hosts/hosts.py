"""The spreadsheet programs, driven without a screen."""

import subprocess

import function_table


class Gnumeric:
    def __init__(self, build, folder):
        self.plugins = build / "plugin"
        self.folder = folder

    def run(self, *command):
        environment = {
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "da",
            "HOME": str(self.folder),
            "GSETTINGS_BACKEND": "memory",
            "GNUMERIC_PLUGIN_PATH": str(self.plugins),
        }
        done = subprocess.run(
            [str(part) for part in command],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=300,
        )
        if done.returncode:
            raise AssertionError(f"{command}: exit {done.returncode}: {done.stderr.decode()}")

    def convert(self, source, target):
        self.run("ssconvert", "--recalc", source, target)
        return target

    def values(self, workbook):
        """The first column of the first sheet, calculated anew, as texts."""
        return function_table.shown_in(self.convert(workbook, self.folder / "gnumeric.csv"))


HOSTS = {"gnumeric": Gnumeric}
