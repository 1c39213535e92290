"""What the book cites, in plain words, where no Sphinx formats it: names and year, and a list for the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pybtex.richtext import Text

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

__all__ = ["names_and_year", "reference_list"]


def names_and_year(environment: BuildEnvironment, keys: str) -> str:
    """Name works as a sentence does.

    Parameters
    ----------
    environment : sphinx.environment.BuildEnvironment
        Of a book whose bibliography sphinxcontrib-bibtex has read.
    keys : str
        Keys of the bibliography, divided by commas.

    Returns
    -------
    str
        Such as "Bennett & Brassard 1984; Gisin et al. 2002"; a key that is unknown stands for itself.
    """
    entries = _entries(environment)
    return "; ".join(_short(key.strip(), entries.get(key.strip())) for key in keys.split(","))


def reference_list(environment: BuildEnvironment, page: str) -> tuple[str, ...]:
    """List the works a page cites.

    Parameters
    ----------
    environment : sphinx.environment.BuildEnvironment
        As above.
    page : str
        The page's name.

    Returns
    -------
    tuple of str
        Lines of Markdown, one a work; none when the page cites nothing.
    """
    if "cite" not in environment.domains:
        return ()
    entries = _entries(environment)
    references = environment.get_domain("cite").citation_refs  # type: ignore[attr-defined]
    keys = {key for reference in references if reference.docname == page for key in _keys(reference)}
    return tuple(f"- {line}" for line in sorted(_long(entries[key]) for key in keys if key in entries))


def _keys(reference: Any) -> list[str]:
    return [target.key for target in reference.targets]


def _entries(environment: BuildEnvironment) -> Any:
    return environment.get_domain("cite").bibdata.data.entries if "cite" in environment.domains else {}  # type: ignore[attr-defined]


def _plain(text: str) -> str:
    return str(Text.from_latex(text))


def _names(entry: Any) -> list[str]:
    people = entry.persons.get("author") or entry.persons.get("editor") or []
    return [_plain(" ".join(person.prelast_names + person.last_names)) for person in people]


def _short(key: str, entry: Any) -> str:
    if entry is None:
        return key
    names = _names(entry)
    who = " & ".join(names) if len(names) < 3 else f"{names[0]} et al."
    return " ".join(filter(None, [who or key, entry.fields.get("year", "")]))


def _long(entry: Any) -> str:
    fields = entry.fields
    published_in = fields.get("journal") or fields.get("booktitle") or fields.get("publisher")
    where = " ".join(filter(None, [published_in, fields.get("volume")]))
    parts = [", ".join(_names(entry)), f"*{_plain(fields.get('title', ''))}*", _plain(where), fields.get("year", "")]
    doi = fields.get("doi")
    return ". ".join(filter(None, parts)) + (f". [doi:{doi}](https://doi.org/{doi})" if doi else ".")
