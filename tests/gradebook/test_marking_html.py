import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from gradebook.feedback_notebooks import PICTURE, code, markdown, notebook_of, shown
from qlearn.gradebook.nbgrader_settings import configure_formgrader


def formgraders_page(*cells: NotebookNode) -> str:
    """Render as Formgrader does: the classic template, whose Markdown cells nothing cleans."""
    config = Config()
    configure_formgrader(config)
    template = "{{ nb.cells[0].source | markdown2html | strip_files_prefix }}"
    exporter = HTMLExporter(config=config, template_name="classic")
    first = exporter.environment.from_string(template).render(nb=notebook_of(*cells), cell=cells[0])
    page, _ = exporter.from_notebook_node(notebook_of(*cells[1:]))
    return first + page.partition("<body")[2]


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='/files/javascript:alert(1)'>x</a>",
        "<form action='/api'><button class='full-credit'>x</button></form>",
        "<div id='explain' class='navbar-fixed-top' style='position:fixed'>x</div>",
    ],
)
def test_nothing_that_a_student_wrote_acts(evil: str) -> None:
    page = formgraders_page(
        markdown(f"before {evil} after"),
        code("x", shown(text_html=f"<b>before</b> {evil}")),
        code("x", shown(text_markdown=f"before {evil}")),
    )
    assert page.count("before") == 3
    for sign in ("alert(1)", "full-credit", "navbar-fixed-top", "position:fixed", 'id="explain"'):
        assert sign not in page


def test_formulas_tables_and_pictures_stay() -> None:
    table = "<table><thead><tr><th>angle</th></tr></thead><tbody><tr><td>45</td></tr></tbody></table>"
    picture = nbformat.v4.new_markdown_cell("![drawn](attachment:a.png)", attachments={"a.png": {"image/png": PICTURE}})
    page = formgraders_page(picture, code("x", shown(text_html=table)), code("x", shown(text_markdown="$x^2$")))
    assert f'src="data:image/png;base64,{PICTURE}"' in page
    assert ">angle</th>" in page
    assert "<msup>" in page
