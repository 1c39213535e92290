import subprocess
import sys
from pathlib import Path

from nbconvert.exporters import HTMLExporter
from nbgrader.converters import GenerateFeedback
from traitlets.config import Config

from qlearn.gradebook.feedback_pages import keep_only_pages
from qlearn.gradebook.marking_html import shown_html, shown_markdown
from qlearn.gradebook.nbgrader_settings import configure_feedback, configure_formgrader

HEAVY = ("bs4", "jinja2", "nbconvert", "nbformat", "nbgrader", "nh3")


def test_the_settings_name_things_that_exist() -> None:
    config = Config()
    configure_feedback(config)
    configure_formgrader(config)
    converter = GenerateFeedback(config=config)
    assert converter.exporter_class.__name__ == "FeedbackExporter"
    assert converter.preprocessors == []
    assert converter.post_convert_hook is keep_only_pages
    exporter = HTMLExporter(config=config)
    assert exporter.environment.filters["markdown2html"] is shown_markdown
    assert exporter.environment.filters["clean_html"] is shown_html


def test_reading_a_courses_settings_imports_nothing_heavy(tmp_path: Path) -> None:
    settings = Path(__file__).parents[2] / "exercises" / "nbgrader_config.py"
    (tmp_path / settings.name).write_text(settings.read_text("utf-8"), encoding="utf-8")
    code = f"""
import sys
from pathlib import Path
from qlearn.gradebook.course import load_config
load_config(Path({str(tmp_path)!r}))
print([name for name in {HEAVY} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
