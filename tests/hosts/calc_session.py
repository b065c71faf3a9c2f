"""A LibreOffice without a screen, driven through its own interface."""

import shutil
import subprocess
import time
import uuid

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.util import URL

import hosts


def value(name, content):
    return PropertyValue(Name=name, Value=content)


def file_url(path):
    return uno.systemPathToFileUrl(str(path))


class Session:
    """Started with the extension of build, and the environment that commands see."""

    def __init__(self, build, folder, **environment):
        self.folder = folder
        pipe = f"kontrafakt{uuid.uuid4().hex}"
        program = hosts.LibreOffice(build, folder)
        self.process = subprocess.Popen(
            ["soffice", *program.options(), f"--accept=pipe,name={pipe};urp;"],
            env=hosts.environment(folder) | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.context = self.connect(pipe)
        self.desktop = self.create("com.sun.star.frame.Desktop")

    def connect(self, pipe):
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        for _ in range(600):
            try:
                return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            except NoConnectException:
                time.sleep(0.2)
        raise AssertionError("LibreOffice does not start")

    def create(self, service):
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    def open(self, path):
        """A copy of the workbook at path: LibreOffice leaves locks beside what it opens."""
        copy = self.folder / path.name
        shutil.copy(path, copy)
        document = self.desktop.loadComponentFromURL(
            file_url(copy), "_blank", 0, ()
        )
        if document is None:
            raise AssertionError(f"LibreOffice does not open {path.name}")
        return document

    def command(self, document, key):
        """Carry out a command of the menu, without questions."""
        url = URL()
        url.Complete = f"dk.kontrafakt:{key}?stille"
        _, url = self.create("com.sun.star.util.URLTransformer").parseStrict(url)
        frame = document.CurrentController.Frame
        dispatch = frame.queryDispatch(url, "_self", 0)
        if dispatch is None:
            raise AssertionError(f"nobody handles {url.Complete}")
        dispatch.dispatch(url, ())

    def save(self, document, path):
        document.storeToURL(file_url(path), (value("FilterName", "Calc MS Excel 2007 XML"),))

    def close(self):
        try:
            self.desktop.terminate()
        except Exception:  # the connection goes with the program
            pass
        self.process.wait(60)
