"""The feedback a student opens: harmless and complete without a network, readable in any light, width and language."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from e2e.book_pages import watch
from e2e.lab_servers import running_lab
from gradebook.feedback_notebooks import (
    ASSIGNMENT,
    NOTEBOOK,
    PICTURE,
    STUDENT,
    answer,
    code,
    error,
    export,
    graded,
    make_gradebook,
    markdown,
    notebook_of,
    put_course,
    shown,
    stream,
)

MARKS = {"test_sides": (2.0, 2.0), "test_parity": (1.5, 3.0), "test_angle": (0.0, 4.0), "explain": (None, 4.0)}
ROW = " & ".join(["0.125"] * 8)
LONG_MATRIX = rf"$$\left(\begin{{array}}{{cccccccc}}{ROW}\\{ROW}\\{ROW}\end{{array}}\right)$$"
INTRODUCTION = f"""# How many ways do coins fall?

A coin has two sides, so $n$ coins fall in $2^n$ ways.

{LONG_MATRIX}"""
COUNT = """## 1. Count

| coins | ways |
|--:|--:|
| 1 | 2 |

> Try it.

<details><summary>Hint</summary>

One *more*.

</details>"""
LONG_LINE = "return 2 ** coins  # a line of code that is longer than the screen of a phone"
FRAME = """<table border=1><thead><tr><th></th><th>a</th></tr></thead>
<tbody><tr><th>0</th><td>1</td></tr></tbody></table>"""
KET = "Quantum object: dims=[[2],[1]]\n$$\\left(\\begin{array}{c}1.0\\\\0.0\\end{array}\\right)$$"
HIDDEN = "assert True\n### BEGIN HIDDEN TESTS\nassert sides(10) == 1024\n### END HIDDEN TESTS"
ODD = "Three ones are odd: did you add the bits?"


def honest() -> list:
    """Give the cells of a student's notebook with a bit of everything."""
    unknown = error("NameError", "name 'angle' is not defined", "Traceback", "----> 1 assert angle")
    pictures = [shown(image_png=PICTURE), shown(text_html=FRAME), shown(text_latex=KET), stream("word " * 200)]
    return [
        markdown(INTRODUCTION),
        markdown(COUNT),
        answer("sides", f"def sides(coins):\n    {LONG_LINE}"),
        graded("test_sides", "assert sides(1) == 2"),
        markdown("## 2. Parity"),
        graded("test_parity", HIDDEN, error("AssertionError", ODD)),
        markdown("## 3. The angle $\\theta$"),
        graded("test_angle", "assert angle", unknown),
        code("plot()", *pictures),
        answer("explain", "Because *both* bits count.", grade=True, kind="markdown"),
    ]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_gradebook(tmp_path_factory.mktemp("marks"), MARKS, {"explain": "Say also **why**: $1+1=0$."})


@pytest.fixture(params=["en", "ko"])
def feedback(request: pytest.FixtureRequest, address: str, tmp_path: Path) -> Path:
    path = tmp_path / "coin.html"
    path.write_text(export(notebook_of(*honest(), lang=request.param), address), encoding="utf-8")
    return path


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)])
def test_axe_finds_no_fault_and_a_phone_need_not_scroll_sideways(
    browser: Browser, feedback: Path, scheme: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    log = watch(page)
    page.goto(feedback.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert log.requests == [feedback.as_uri(), *[url for url in log.requests if url.startswith("data:image/")]]
    assert log.complaints == []
    page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
    context.close()


def test_on_paper_everything_is_dark_on_white(browser: Browser, feedback: Path) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(feedback.as_uri())
    page.emulate_media(media="print")
    colours = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    assert colours == ["rgb(29, 33, 41)", "rgb(255, 255, 255)"]
    assert page.locator(".up:visible").count() == 0
    context.close()


def test_formulas_are_drawn_by_the_browser_itself(page: Page, feedback: Path) -> None:
    page.goto(feedback.as_uri())
    two_to_the_n = page.locator("math msup").first
    base, power = (two_to_the_n.locator(f":scope > :nth-child({place})").bounding_box() for place in (1, 2))
    assert base is not None
    assert power is not None
    assert power["y"] < base["y"]
    assert power["height"] < base["height"]
    rows = page.locator("math mtable").first.locator("mtr")
    assert rows.count() == 3
    first, last = rows.first.bounding_box(), rows.last.bounding_box()
    assert first is not None
    assert last is not None
    assert first["y"] < last["y"]


def test_a_line_of_the_summary_leads_to_its_cell_and_back(page: Page, feedback: Path) -> None:
    page.goto(feedback.as_uri())
    table = page.get_by_role("table").first
    expect(table.get_by_role("row")).to_have_count(5)
    table.get_by_role("link").nth(1).click()
    cell = page.locator(".cell.test:target")
    expect(cell).to_be_in_viewport()
    expect(cell).to_contain_text("Three ones are odd")
    cell.get_by_role("link").click()
    expect(page.locator("#summary")).to_be_in_viewport()


class _Bait(http.server.BaseHTTPRequestHandler):
    """Takes note of whoever comes."""

    visitors: list[str]

    def do_GET(self) -> None:
        self.visitors.append(self.path)
        self.send_response(200)
        self.end_headers()

    do_POST = do_GET  # noqa: N815  the name that http.server looks for

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def bait() -> Iterator[tuple[str, list[str]]]:
    """Run a server on this machine that hostile pages try to reach; gives its address and who came."""
    visitors: list[str] = []
    handler = type("Bait", (_Bait,), {"visitors": visitors})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", visitors
        server.shutdown()
        thread.join()


def attacks(bait: str) -> list[str]:
    """Give what has been tried on pages like this, each with an address that tells whether it worked."""
    run = f"fetch('{bait}/ran');window.hit=1"
    return [
        f"<script>{run}</script>",
        f"<script src={bait}/x.js></script>",
        f'<img src=x onerror="{run}">',
        f"<img src={bait}/img.png>![x]({bait}/markdown.png)",
        f'<svg onload="{run}"><script>{run}</script><image href="{bait}/svg.png"/></svg>',
        f"<style>@import '{bait}/a.css'; body {{ background: url({bait}/b.png) }}</style>",
        f"<style>@font-face {{ font-family: x; src: url({bait}/f.woff) }} * {{ font-family: x }}</style>",
        f"<link rel=stylesheet href={bait}/c.css><link rel=prefetch href={bait}/p><link rel=icon href={bait}/i.ico>",
        f'<p style="background:url({bait}/s.png)">x</p>',
        f'<iframe src={bait}/frame></iframe><iframe srcdoc="<script>{run}</script>"></iframe>',
        f"<meta http-equiv=refresh content='0;url={bait}/refresh'><base href={bait}/>",
        f'<form action={bait}/form><input autofocus onfocus="{run}"></form><body onload="{run}">',
        f"<object data={bait}/o></object><embed src={bait}/e>",
        f"<video src={bait}/v poster={bait}/vp></video><audio src={bait}/a autoplay></audio>",
        f'<details open ontoggle="{run}">x</details><a href="javascript:{run}" id=lure>lure</a>',
        f"[lure](javascript:{run})",
        f"$\\href{{javascript:{run}}}{{x}}$",
        f"$\\require{{html}}\\style{{background:url({bait}/m.png)}}{{x}}$",
        f'$\\text{{<img src=x onerror="{run}">}}$',
        f'<math><mtext><table><mglyph><style><img src=x onerror="{run}"></style></mglyph></table></mtext></math>',
        f'<noscript><p title="</noscript><img src=x onerror={run!r}>">',
    ]


def hostile_notebook(bait: str) -> object:
    texts = attacks(bait)
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'>{texts[0]}<image href='{bait}/in.svg'/></svg>"
    return notebook_of(
        *[markdown(text) for text in texts],
        *[code(text, shown(text_html=text), stream(text), error(text, text, text)) for text in texts],
        *[code("x", shown(text_latex=text), shown(text_markdown=text), shown(text_plain=text)) for text in texts],
        code("x", shown(image_svg__xml=svg), shown(application_javascript=f"fetch('{bait}/js')")),
        code("x", shown(application_vnd__jupyter="x")),
        *[graded(f"t{number}", text, error("AssertionError", text)) for number, text in enumerate(texts)],
        *[answer(f"a{number}", text, kind="markdown") for number, text in enumerate(texts)],
    )


def click_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    page.evaluate("document.querySelectorAll('a:not([href^=http])').forEach((it) => it.click())")
    page.wait_for_timeout(500)


def test_a_hostile_notebooks_page_does_nothing_and_fetches_nothing(
    page: Page, tmp_path: Path, bait: tuple[str, list[str]]
) -> None:
    lure, visitors = bait
    texts = attacks(lure)
    address = make_gradebook(
        tmp_path,
        {f"t{number}": (0.0, 1.0) for number in range(len(texts))},
        {f"a{number}": text for number, text in enumerate(texts)},
    )
    path = tmp_path / "coin.html"
    path.write_text(export(hostile_notebook(lure), address), encoding="utf-8")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    log = watch(page)
    page.goto(path.as_uri())
    click_everything(page)
    assert visitors == []
    assert dialogs == []
    assert page.evaluate("window.hit") is None
    assert [url for url in log.requests if not url.startswith(("data:image/", path.as_uri()))] == []
    assert not [said for said in log.complaints if "Content Security Policy" in said], "the cleaner left something"
    assert page.evaluate("document.scripts.length") == 0


def test_the_policy_alone_stops_what_a_cleaner_would_have_missed(
    page: Page, address: str, tmp_path: Path, bait: tuple[str, list[str]]
) -> None:
    lure, visitors = bait
    clean = export(notebook_of(markdown("x")), address)
    harmful = [text for text in attacks(lure) if "refresh" not in text]  # going elsewhere is beyond any such policy
    path = tmp_path / "coin.html"
    path.write_text(clean.replace("</main>", "".join(harmful) + "</main>"), encoding="utf-8")
    page.goto(path.as_uri())
    click_everything(page)
    assert visitors == []
    assert page.evaluate("window.hit") is None


def test_the_bait_works_where_nothing_is_cleaned(page: Page, tmp_path: Path, bait: tuple[str, list[str]]) -> None:
    lure, visitors = bait
    path = tmp_path / "coin.html"
    path.write_text("".join(text for text in attacks(lure) if "refresh" not in text), encoding="utf-8")
    page.goto(path.as_uri())
    click_everything(page)
    assert "/img.png" in visitors


def test_formgraders_own_request_makes_the_same_page(browser: Browser, tmp_path: Path) -> None:
    hidden = "assert True\n### BEGIN HIDDEN TESTS\nassert sides(10) == 1024\n### END HIDDEN TESTS"
    cells = [markdown("<script>alert(1)</script> $x^2$"), graded("t", hidden, error("ValueError", "1024"))]
    course = put_course(tmp_path / "optics", notebook_of(*cells), {"t": (0.0, 2.0)})
    with running_lab(course, home=tmp_path) as lab:
        context = browser.new_context(extra_http_headers={"Authorization": f"token {lab.token}"})
        path = f"/formgrader/api/assignment/{ASSIGNMENT}/{STUDENT}/generate_feedback"
        answered = context.request.post(lab.origin + path)
        assert answered.ok, answered.text()
        assert answered.json()["success"], answered.text()
        context.close()
    text = (course / "feedback" / STUDENT / ASSIGNMENT / f"{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert "Content-Security-Policy" in text
    assert "while a hidden test called it" in text
    assert "1024" not in text
    assert "<script" not in text
