"""The spreadsheet programs, driven without a screen."""

import subprocess
import zipfile

import function_table


# Comma, quotation mark and UTF-8, from the first row on.
FILTERS = {".csv": "csv:Text - txt - csv (StarCalc):44,34,76,1"}


def run(folder, *command, **more):
    """Run a program as a Danish user without any settings of their own."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "da",
        "HOME": str(folder),
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
    )
    if done.returncode:
        raise AssertionError(f"{command}: exit {done.returncode}: {done.stderr.decode()}")


class Gnumeric:
    def __init__(self, build, folder):
        self.plugins = build / "plugin"
        self.folder = folder

    def run(self, *command):
        more = {"GSETTINGS_BACKEND": "memory", "GNUMERIC_PLUGIN_PATH": str(self.plugins)}
        run(self.folder, *command, **more)

    def convert(self, source, target):
        self.run("ssconvert", "--recalc", source, target)
        return target

    def values(self, workbook):
        """The first column of the first sheet, calculated anew, as texts."""
        return function_table.shown_in(self.convert(workbook, self.folder / "gnumeric.csv"))


class LibreOffice:
    def __init__(self, build, folder):
        self.folder = folder
        with zipfile.ZipFile(build / "plugin" / "calc" / "kontrafakt.oxt") as extension:
            extension.extractall(folder / "extensions" / "kontrafakt")

    def run(self, *arguments):
        run(
            self.folder,
            "soffice",
            f"-env:UserInstallation=file://{self.folder}/profile",
            f"-env:BUNDLED_EXTENSIONS=file://{self.folder}/extensions",
            "--headless",
            "--norestore",
            *arguments,
        )

    def convert(self, source, target):
        output = FILTERS.get(target.suffix, target.suffix[1:])
        made = self.folder / "converted"
        self.run("--convert-to", output, "--outdir", made, source)
        return (made / (source.stem + target.suffix)).replace(target)

    def values(self, workbook):
        return function_table.shown_in(self.convert(workbook, self.folder / "libreoffice.csv"))


HOSTS = {"gnumeric": Gnumeric, "libreoffice": LibreOffice}
