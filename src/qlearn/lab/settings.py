"""The private Jupyter settings of a `qlearn lab`: which parts are on, and where its files live.

Whatever is in the user's own Jupyter folders neither breaks our server nor is changed by it: every variable that
points Jupyter somewhere is replaced for this process, and the server loads the extensions listed here and no others.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from traitlets.config import Config

from qlearn.errors import ExerciseError

__all__ = ["LabSettings", "learner_settings", "reader_settings", "teacher_settings"]

# Each of these would ask a server outside this machine, or offer to, or needs Node to be of use.
OUTSIDE_PLUGINS = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/lsp-extension",  # its server half runs npm to look for language servers
    "@jupyterlab/fileeditor-extension:language-server",
    "@jupyterlab/notebook-extension:language-server",
)
# nbgrader's lists of courses and assignments ask a JupyterHub and a system-wide exchange; a course here has neither.
HUB_PLUGINS = ("@jupyter/nbgrader:assignment-list", "@jupyter/nbgrader:course-list")
TEACHER_PLUGINS = (
    "@jupyter/nbgrader:formgrader",
    "@jupyter/nbgrader:create-assignment",
    "@jupyter/nbgrader:menu",
    "@jupyter-notebook/lab-extension",
)
COMMON_SERVER_EXTENSIONS = (
    "jupyter_server_terminals",
    "jupyterlab",
    "nbgrader.server_extensions.validate_assignment",
)
TEACHER_SERVER_EXTENSIONS = ("nbgrader.server_extensions.formgrader", "notebook")
BOOK_SERVER_EXTENSION = "qlearn.lab.pages"

NBGRADER_CONFIG = '''"""Written by `qlearn lab` at each start: the course's own configuration, whatever the folder."""

c = get_config()
load_subconfig("nbgrader_config.py", path={root!r})
c.CourseDirectory.root = {root!r}
'''


@dataclass(frozen=True)
class LabSettings:
    """What one JupyterLab shows and where it keeps its files.

    Attributes
    ----------
    root : pathlib.Path
        The folder the file browser shows; the server serves no file above it.
    home : pathlib.Path
        Folder for settings, workspaces and Jupyter's own data; made when the server starts.
    opens : str
        Path of the page to open first, beginning with `/lab`.
    teacher : bool
        Whether Formgrader and Create Assignment are there.
    book : pathlib.Path or None
        The built book's html folder, which need not exist yet; it is at `/qlearn/book/`, for a teacher in any case.
    """

    root: Path
    home: Path
    opens: str
    teacher: bool
    book: Path | None = None

    @property
    def server_extensions(self) -> dict[str, bool]:
        """The server extensions to load; one that is not here is not loaded, whoever enabled it."""
        names = COMMON_SERVER_EXTENSIONS + (TEACHER_SERVER_EXTENSIONS if self.teacher else ())
        with_book = self.teacher or self.book is not None
        return dict.fromkeys((*names, BOOK_SERVER_EXTENSION) if with_book else names, True)

    @property
    def disabled_plugins(self) -> tuple[str, ...]:
        """The JupyterLab plugins that this lab leaves out."""
        return OUTSIDE_PLUGINS + HUB_PLUGINS + (() if self.teacher else TEACHER_PLUGINS)

    @property
    def workspaces(self) -> Path:
        """Where JupyterLab remembers what was open: one folder a root, or it would look here for files of elsewhere."""
        return self.home / "workspaces" / hashlib.sha256(str(self.root).encode()).hexdigest()[:16]

    def environment(self, outer: Mapping[str, str]) -> dict[str, str]:
        """Give `outer` without what points Jupyter at the user's own folders, and with ours."""
        kept = {name: value for name, value in outer.items() if not name.startswith(("JUPYTER_", "JUPYTERLAB_"))}
        scripts = str(Path(sys.executable).parent)  # where nbgrader looks for alembic, and a terminal for qlearn
        return kept | {
            "PATH": os.pathsep.join([scripts, *filter(None, [outer.get("PATH")])]),
            "IPYTHONDIR": str(self.home / "ipython"),
            "JUPYTER_CONFIG_DIR": str(self.home / "config"),
            "JUPYTER_DATA_DIR": str(self.home / "data"),
        }

    def enter(self, environment: MutableMapping[str, str] | None = None) -> None:
        """Write the private folder and make this process, and the kernels it starts, use it.

        Raises
        ------
        OSError
            When `home` cannot be written.
        """
        environment = os.environ if environment is None else environment
        self.write()
        private = self.environment(environment)
        environment.clear()
        environment.update(private)

    def write(self) -> None:
        """Write the configuration files afresh; settings and workspaces of earlier days stay."""
        config = self.home / "config"
        (config / "labconfig").mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o700)  # a course folder is open to its class; what was typed in a console is not
        for folder in ("data", "ipython", "settings"):
            (self.home / folder).mkdir(exist_ok=True)
        self.workspaces.mkdir(parents=True, exist_ok=True)
        profile = self.home / "ipython" / "profile_default"
        profile.mkdir(exist_ok=True)
        # Every kernel would warn in the teacher's terminal that loopback is not encrypted.
        quiet = {"IPKernelApp": {"log_level": "ERROR"}}
        (profile / "ipython_kernel_config.json").write_text(json.dumps(quiet), encoding="utf-8")
        page = {"disabledExtensions": dict.fromkeys(self.disabled_plugins, True)} | {
            "buildAvailable": False,  # rebuilding JupyterLab needs Node and a network
            "buildCheck": False,
        }
        (config / "labconfig" / "page_config.json").write_text(json.dumps(page, indent=1), encoding="utf-8")
        defaults = {
            "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        }
        overrides = config / "labconfig" / "default_setting_overrides.json"
        overrides.write_text(json.dumps(defaults, indent=1), encoding="utf-8")
        # without any such file Validate would warn of its absence in the terminal
        nbgrader = NBGRADER_CONFIG.format(root=str(self.root)) if self.teacher else "c = get_config()\n"
        (config / "nbgrader_config.py").write_text(nbgrader, encoding="utf-8")

    def configuration(self, *, ip: str, port: int, port_retries: int, token: str) -> Config:
        """Give the server's configuration; as the command line's, it overrides every file's."""
        settings: dict[str, Any] = {
            "ServerApp": {
                "allow_root": True,  # a person who is root chose to be
                "default_url": self.opens,
                "ip": ip,
                "open_browser": False,  # launch.py opens one itself, once the server listens
                "port": port,
                "port_retries": port_retries,
                "root_dir": str(self.root),
            },
            "Application": {"log_level": "ERROR"},
            "IdentityProvider": {"token": token},
            "KernelSpecManager": {"allowed_kernelspecs": ["python3"], "ensure_native_kernel": True},
            "LabApp": {
                "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
                "extension_manager": "readonly",
                "news_url": None,
                "user_settings_dir": str(self.home / "settings"),
                "workspaces_dir": str(self.workspaces),
            },
            "FormgradeExtension": {"debug": False},
            "QlearnPages": {"book": str(self.book) if self.book else ""},
        }
        return Config(settings)


def teacher_settings(course: Path, book: Path | None) -> LabSettings:
    """Give the settings of a course's JupyterLab; its private files live in the course, under `.qlearn`."""
    course = course.resolve()
    return LabSettings(course, course / ".qlearn" / "lab", "/lab", teacher=True, book=book)


def learner_settings(path: Path, home: Path | None = None) -> LabSettings:
    """Give the settings of a learner's JupyterLab on a notebook or a folder of notebooks.

    The private files live in the user's own state folder, not beside the notebook, so that handing in the folder
    hands in the work alone.

    Parameters
    ----------
    path : pathlib.Path
        A notebook, or a folder; a folder with one notebook opens it.
    home : pathlib.Path, optional
        Where to keep settings and workspaces instead.

    Raises
    ------
    ExerciseError
        When `path` is not there, or is a file that is no notebook.
    """
    home = platformdirs.user_state_path("qlearn") / "student-lab" if home is None else home
    path = path.resolve()
    if path.is_dir():
        notebooks = sorted(path.glob("*.ipynb"))
        opens = f"/lab/tree/{notebooks[0].name}" if len(notebooks) == 1 else "/lab"
        return LabSettings(path, home, opens, teacher=False)
    _require_notebook(path)
    return LabSettings(path.parent, home, f"/lab/tree/{path.name}", teacher=False)


def reader_settings(folder: Path, book: Path, home: Path | None = None) -> LabSettings:
    """Give the settings of a reader's JupyterLab beside the book, whose chapters open as notebooks in a folder.

    Parameters
    ----------
    folder : pathlib.Path
        Where the notebooks are; it is made when it is not there.
    book : pathlib.Path
        The built book's html folder.
    home : pathlib.Path, optional
        Where to keep settings and workspaces instead of the user's own state folder.

    Raises
    ------
    ExerciseError
        When the folder cannot be made or is a file.
    """
    home = platformdirs.user_state_path("qlearn") / "reader-lab" if home is None else home
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExerciseError(f"{str(folder)!r} cannot be a folder of notebooks; give --lab another one") from error
    return LabSettings(folder.resolve(), home, "/lab", teacher=False, book=book)


def _require_notebook(path: Path) -> None:
    name = path.name
    if not path.is_file():
        raise ExerciseError(f"there is no file {str(path)!r}; give the notebook you were handed, or its folder")
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError, TypeError) as error:
        raise ExerciseError(f"{name!r} is not a notebook; give a file that ends in .ipynb, fetched again") from error
    if not isinstance(cells, list) or path.suffix != ".ipynb":
        raise ExerciseError(f"{name!r} is not a notebook; give a file that ends in .ipynb, fetched again")
