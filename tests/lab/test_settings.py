"""The private Jupyter settings: what is on, what is off, what is left alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qlearn.errors import ExerciseError
from qlearn.lab.settings import LabSettings, learner_settings, teacher_settings

NOTEBOOK = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
TEACHER_ONLY = {"@jupyter/nbgrader:formgrader", "@jupyter/nbgrader:create-assignment", "@jupyter/nbgrader:menu"}


@pytest.fixture
def notebook(tmp_path):
    path = tmp_path / "handed-out" / "bb84.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    return path


def test_a_teacher_gets_formgrader_and_the_book_and_a_learner_gets_neither(tmp_path, notebook):
    teacher = teacher_settings(tmp_path, None)
    learner = learner_settings(notebook, tmp_path / "home")
    assert {"nbgrader.server_extensions.formgrader", "qlearn.lab.pages"} <= set(teacher.server_extensions)
    assert not {"nbgrader.server_extensions.formgrader", "qlearn.lab.pages"} & set(learner.server_extensions)
    assert set(learner.disabled_plugins) >= TEACHER_ONLY
    assert not TEACHER_ONLY & set(teacher.disabled_plugins)


def test_both_can_validate(tmp_path, notebook):
    for settings in (teacher_settings(tmp_path, None), learner_settings(notebook, tmp_path / "home")):
        assert settings.server_extensions["nbgrader.server_extensions.validate_assignment"]
        assert "@jupyter/nbgrader:validate-assignment" not in settings.disabled_plugins


@pytest.mark.parametrize("plugin", ["apputils-extension:announcements", "extensionmanager-extension", "lsp-extension"])
def test_what_would_ask_other_machines_is_off_for_everyone(plugin, tmp_path, notebook):
    for settings in (teacher_settings(tmp_path, None), learner_settings(notebook, tmp_path / "home")):
        assert f"@jupyterlab/{plugin}" in settings.disabled_plugins


def test_a_learners_notebook_opens_in_its_own_folder(notebook, tmp_path):
    settings = learner_settings(notebook, tmp_path / "home")
    assert (settings.root, settings.opens) == (notebook.parent, "/lab/tree/bb84.ipynb")


def test_a_folder_with_one_notebook_opens_it(notebook, tmp_path):
    assert learner_settings(notebook.parent, tmp_path / "home").opens == "/lab/tree/bb84.ipynb"


def test_a_folder_with_several_notebooks_opens_none(notebook, tmp_path):
    notebook.with_name("second.ipynb").write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    assert learner_settings(notebook.parent, tmp_path / "home").opens == "/lab"


def test_a_learners_folder_gets_no_file_of_ours(notebook, tmp_path):
    learner_settings(notebook, tmp_path / "home").write()
    assert [path.name for path in notebook.parent.iterdir()] == ["bb84.ipynb"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.ipynb", "not JSON"),
        ("list.ipynb", "[1, 2]"),
        ("other.ipynb", '{"worksheets": []}'),
        ("cells.ipynb", '{"cells": "none"}'),
        ("binary.ipynb", "\udcff"),
        ("script.py", json.dumps(NOTEBOOK)),
    ],
)
def test_what_is_no_notebook_is_refused_by_name(name, text, tmp_path):
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ExerciseError, match=f"'{name}' is not a notebook"):
        learner_settings(path, tmp_path / "home")


def test_a_missing_notebook_is_named(tmp_path):
    with pytest.raises(ExerciseError, match=r"there is no file '.*absent.ipynb'; give the notebook"):
        learner_settings(tmp_path / "absent.ipynb", tmp_path / "home")


def test_what_was_open_in_one_folder_is_not_looked_for_in_another(notebook, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    first, second = (learner_settings(folder, tmp_path / "home") for folder in (notebook.parent, other))
    assert first.workspaces != second.workspaces
    assert first.workspaces == learner_settings(notebook, tmp_path / "home").workspaces


def test_the_users_own_jupyter_folders_are_out_of_reach(tmp_path):
    outer = {
        "PATH": "/usr/bin",
        "LANG": "C.UTF-8",
        "JUPYTER_CONFIG_PATH": "/elsewhere",
        "JUPYTERLAB_SETTINGS_DIR": "/elsewhere",
        "JUPYTER_CONFIG_DIR": "/elsewhere",
        "IPYTHONDIR": "/elsewhere",
    }
    inner = teacher_settings(tmp_path, None).environment(outer)
    assert not any("/elsewhere" in value for value in inner.values())
    assert inner["JUPYTER_CONFIG_DIR"].startswith(str(tmp_path))
    assert inner["LANG"] == "C.UTF-8"


def test_programs_of_this_environment_are_found_first(tmp_path):
    path = teacher_settings(tmp_path, None).environment({"PATH": "/usr/bin"})["PATH"]
    assert path.split(":") == [str(Path(sys.executable).parent), "/usr/bin"]


def test_the_private_folder_of_a_course_is_closed_to_its_class(tmp_path):
    settings = teacher_settings(tmp_path, None)
    settings.write()
    assert settings.home.stat().st_mode & 0o077 == 0


def test_settings_of_earlier_days_survive_a_new_start(tmp_path):
    settings = teacher_settings(tmp_path, None)
    settings.write()
    kept = settings.home / "settings" / "theme.json"
    kept.write_text("{}", encoding="utf-8")
    settings.write()
    assert kept.read_text(encoding="utf-8") == "{}"


def test_the_courses_own_nbgrader_settings_are_read_from_any_folder(tmp_path):
    course = tmp_path / "it's a course"
    course.mkdir()
    (course / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "ours"\n')
    teacher_settings(course, None).write()
    seen = _nbgrader_config(teacher_settings(course, None), cwd=tmp_path)
    assert seen == {"course_id": "ours", "root": str(course)}


def _nbgrader_config(settings: LabSettings, cwd: Path) -> dict[str, str]:
    code = (
        "import json; from nbgrader.apps import NbGrader; app = NbGrader(); app.load_config_file();"
        "print(json.dumps(dict(app.config.CourseDirectory)))"
    )
    environment = settings.environment({})
    run = subprocess.run([sys.executable, "-c", code], cwd=cwd, env=environment, capture_output=True, text=True)
    return json.loads(run.stdout)
