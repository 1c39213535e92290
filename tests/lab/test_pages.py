"""The book and MathJax on JupyterLab's server: there for the one who has the token, and nothing beyond them."""

import http.client
import json

import pytest

from e2e.lab_servers import running_lab
from e2e.small_course import make_course
from qlearn.lab.pages import mathjax_folder

# Its own folder stands in for a checkout, so that these tests need no built book.
PRIVATE_LINE = "a line that must not leave the machine"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A course, a book folder not built yet, and files beside it that are nobody's business."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ("_config.yml", "_toc.yml"):
        (root / "book").mkdir(exist_ok=True)
        (root / "book" / name).write_text("# a book\n")
    (root / "book" / "_build").mkdir()
    (root / "book" / "_build" / "private.txt").write_text(PRIVATE_LINE)
    return root


@pytest.fixture(scope="module")
def server(checkout, plain_course):
    with running_lab(plain_course, home=checkout, cwd=checkout) as lab:
        yield lab


@pytest.fixture(scope="module")
def plain_course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("courses") / "optics")


@pytest.fixture
def built_book(checkout):
    html = checkout / "book" / "_build" / "html"
    html.mkdir()
    (html / "index.html").write_text("<h1>The first page</h1>")
    (html / "_static").mkdir()
    (html / "_static" / "view.js").write_text("export default 1;")
    (html / "_notebooks").mkdir()
    (html / "_notebooks" / "page.ipynb").write_text("{}")
    (html / "_static" / "qlearn").mkdir()
    (html / "_static" / "qlearn" / "lab.js").write_text("window.qlearnLab = null;")
    (html / "outside.txt").symlink_to(checkout / "book" / "_build" / "private.txt")
    yield html
    for path in sorted(html.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    html.rmdir()


def fetch(server, path, *, token=True, method="GET"):
    """Ask for exactly this path, without a client that tidies it up first."""
    host = server.origin.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=30)
    try:
        connection.request(method, path, headers={"Authorization": f"token {server.token}"} if token else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace"), dict(answer.getheaders())
    finally:
        connection.close()


def test_before_it_is_built_the_page_says_how_to_build_it(server):
    status, text, _ = fetch(server, "/qlearn/book/")
    assert status == 404
    assert "qlearn book build" in text


@pytest.mark.usefixtures("built_book")
def test_once_built_the_book_is_there_without_a_restart(server):
    assert fetch(server, "/qlearn/book/")[:2] == (200, "<h1>The first page</h1>")
    status, text, headers = fetch(server, "/qlearn/book/_static/view.js")
    assert (status, text) == (200, "export default 1;")
    assert "javascript" in headers["Content-Type"]
    assert fetch(server, "/qlearn/book/", method="HEAD")[:2] == (200, "")


def test_the_address_without_its_last_slash_leads_to_the_book(server):
    status, _, headers = fetch(server, "/qlearn/book")
    assert (status, headers["Location"]) == (301, "/qlearn/book/")


@pytest.mark.usefixtures("built_book")
@pytest.mark.parametrize("path", ["/qlearn/book/", "/qlearn/book/_static/view.js", "/qlearn/mathjax/tex-chtml.js"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_without_the_token_nothing_is_shown(server, path, method):
    assert fetch(server, path, token=False, method=method)[0] in (302, 403)


@pytest.mark.usefixtures("built_book")
@pytest.mark.parametrize(
    "path",
    [
        "../private.txt",
        "%2e%2e/private.txt",
        "..%2fprivate.txt",
        "_static/../../private.txt",
        "..\\private.txt",
        "outside.txt",
        "%2Fetc%2Fpasswd",
        "//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_book(server, path):
    status, text, _ = fetch(server, f"/qlearn/book/{path}")
    assert status in (403, 404)
    assert PRIVATE_LINE not in text
    assert "root:" not in text


@pytest.mark.usefixtures("built_book")
@pytest.mark.parametrize("edition", ["", "ko/"])
def test_the_books_pages_learn_that_jupyterlab_is_there(server, edition):
    status, text, headers = fetch(server, f"/qlearn/book/{edition}_static/qlearn/lab.js?v=1")
    assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert json.loads(text.partition(" = ")[2].rstrip(";\n")) == {"book": "/qlearn/book/", "open": "/qlearn/open/"}
    assert headers["Set-Cookie"].startswith("_xsrf=")
    assert fetch(server, f"/qlearn/book/{edition}_static/qlearn/lab.js", token=False)[0] in (302, 403)


@pytest.mark.usefixtures("built_book")
def test_a_chapter_opens_by_a_form_and_by_nothing_else(server, plain_course):
    path = "/qlearn/open/_notebooks/page.ipynb"
    assert fetch(server, path)[0] == 405
    assert fetch(server, path, token=False, method="POST")[0] == 403
    assert not (plain_course / "chapters").exists()
    status, _, headers = fetch(server, path, method="POST")
    assert (status, headers["Location"]) == (303, "/lab/tree/chapters/page.ipynb")
    assert (plain_course / "chapters" / "page.ipynb").read_text() == "{}"
    assert fetch(server, "/qlearn/open/..%2f..%2fprivate.txt", method="POST")[0] == 404


def test_mathjax_comes_from_this_machine(server):
    status, text, _ = fetch(server, "/qlearn/mathjax/tex-chtml.js")
    assert status == 200
    assert "MathJax" in text


def test_only_the_listed_server_extensions_are_loaded(server):
    assert fetch(server, "/courses")[0] == 404
    assert fetch(server, "/lsp/status")[0] == 404


def test_only_this_environments_kernel_is_offered(server):
    assert list(json.loads(fetch(server, "/api/kernelspecs")[1])["kernelspecs"]) == ["python3"]


def test_a_mathjax_folder_exists_in_this_environment():
    assert (mathjax_folder() / "tex-chtml.js").is_file()
    assert any((mathjax_folder() / "output" / "chtml" / "fonts").iterdir())
