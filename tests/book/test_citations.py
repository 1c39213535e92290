from types import SimpleNamespace

import pytest
from pybtex.database import parse_string

from qlearn.book.citations import names_and_year, reference_list

WORKS = r"""
@article{one, author={Lo, Hoi-Kwong and Chau, H. F. and Ardehali, M.}, title={Efficient {QKD}}, journal={J. Cryptology},
  volume={18}, year={2005}, doi={10.1007/s00145-004-0142-y}}
@book{two, author={Kr{\"u}ger, Anna and van Dam, Wim}, title={Light}, publisher={Springer}, year={1999}}
@misc{bare, title={A note}}
"""


@pytest.fixture
def environment() -> SimpleNamespace:
    cited = [SimpleNamespace(docname="page", targets=[SimpleNamespace(key=key) for key in ("two", "one", "lost")])]
    data = SimpleNamespace(data=parse_string(WORKS, "bibtex"))
    domain = SimpleNamespace(bibdata=data, citation_refs=cited)
    return SimpleNamespace(domains={"cite": domain}, get_domain=lambda _: domain)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("one", "Lo et al. 2005"),
        ("two, one", "Krüger & van Dam 1999; Lo et al. 2005"),
        ("bare", "bare"),
        ("lost", "lost"),
    ],
)
def test_works_are_named_as_a_sentence_does(environment: SimpleNamespace, keys: str, words: str) -> None:
    assert names_and_year(environment, keys) == words


def test_the_works_of_a_page_are_listed_by_name(environment: SimpleNamespace) -> None:
    assert reference_list(environment, "page") == (
        "- Krüger, van Dam. *Light*. Springer. 1999.",
        "- Lo, Chau, Ardehali. *Efficient QKD*. J. Cryptology 18. 2005. "
        "[doi:10.1007/s00145-004-0142-y](https://doi.org/10.1007/s00145-004-0142-y)",
    )
    assert reference_list(environment, "other") == ()


def test_a_book_without_a_bibliography_cites_by_key() -> None:
    bare = SimpleNamespace(domains={})
    assert names_and_year(bare, "one") == "one"
    assert reference_list(bare, "page") == ()
