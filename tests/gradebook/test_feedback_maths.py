import re

import pytest
from defusedxml import ElementTree

from qlearn.gradebook.feedback_maths import ATTRIBUTES, ELEMENTS, tex_to_mathml

FORMULAS = [
    r"\cos^2\theta",
    r"\alpha|0\rangle + \beta\ket{1}",
    r"\ketbra{0}{1}",
    r"h_2(e) = -e\log_2 e - (1-e)\log_2(1-e)",
    r"\left(\begin{array}{cc}1.0 & 0.0\\0.0 & -0.5j\end{array}\right)",
    r"\begin{pmatrix}1 & 0\\0 & 1\end{pmatrix}",
    r"\sum_{i=1}^{n} \frac{1}{\sqrt{i}}",
    r"\operatorname{Tr}\hat{\rho} = 1",
    r"\begin{cases}1 & x > 0\\0 & x \le 0\end{cases}",
]
ALIGNED = ["align", "align*", "aligned", "gather", "eqnarray*"]


@pytest.mark.parametrize("tex", FORMULAS)
def test_formulas_of_the_field_become_mathml(tex: str) -> None:
    text = str(tex_to_mathml(tex))
    assert ElementTree.fromstring(text).tag == "math"
    assert "\\" not in text


@pytest.mark.parametrize("environment", ALIGNED)
def test_lines_are_aligned_and_not_numbered(environment: str) -> None:
    text = str(tex_to_mathml(rf"\begin{{{environment}}}a &= b \\ c &= d\end{{{environment}}}", display=True))
    assert text.count("<mtr>") == 2
    assert "&amp;" not in text
    assert "(1)" not in text


def test_a_single_equation_needs_no_table() -> None:
    assert "<mtable" not in str(tex_to_mathml(r"\begin{equation}x = 1\end{equation}", display=True))


@pytest.mark.parametrize(
    "tex",
    [
        *FORMULAS,
        r"\href{javascript:alert(1)}{x}\class{a}{b}\style{color:red}{c}\color{red}d",
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;script&gt;&quot;}",
        r"\mathrm{</math><img src=x onerror=alert(1)>}",
        r"\hspace{99999em}x\rule{99999em}{1em}",
    ],
)
def test_only_known_elements_and_attributes_are_written(tex: str) -> None:
    text = str(tex_to_mathml(tex))
    for element in ElementTree.fromstring(text).iter():
        assert element.tag in ELEMENTS
        for name, value in element.attrib.items():
            assert (name == "class" and value in ("left", "right", "rows2")) or ATTRIBUTES[name].fullmatch(value)
    assert "<script" not in text
    assert "<img" not in text
    assert "99999em" not in text


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{1}{",
        "^" * 9,
        r"\sqrt" * 4000,
        r"\left(" * 900,
        "{" * 3000,
        "x" * 5000,
        r"\newcommand{\a}{\a\a}\a",
        r"\def\a{\a}\a",
    ],
)
def test_what_is_no_formula_is_shown_as_it_was_typed(tex: str) -> None:
    text = str(tex_to_mathml(tex))
    assert re.fullmatch(r"<code>[^<]*</code>", text)


def test_a_kets_bars_have_no_space_around_them_and_a_matrix_tall_brackets() -> None:
    assert '<mo stretchy="false" lspace="0em" rspace="0em">|</mo><mn>0</mn>' in tex_to_mathml(r"\alpha|0\rangle")
    assert '<mo lspace="0em" rspace="0em">|</mo>' in tex_to_mathml(r"\ket{0}")
    assert '<mo class="rows2">(</mo>' in tex_to_mathml(r"\begin{pmatrix}1 & 0\\0 & 1\end{pmatrix}")
    assert "rows" not in tex_to_mathml(r"(1)\begin{matrix}1 & 0\end{matrix}")


def test_display_maths_says_so() -> None:
    assert 'display="block"' in tex_to_mathml("x", display=True)
    assert 'display="inline"' in tex_to_mathml("x")
