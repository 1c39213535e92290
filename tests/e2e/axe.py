"""Run axe-core in a page and name what it finds."""

from __future__ import annotations

from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# off in axe's own default, but each has found something in this theme
EXTRA_RULES = (
    "focus-order-semantics",
    "label-content-name-mismatch",
    "p-as-heading",
    "table-fake-caption",
    "target-size",
    "td-has-header",
)
# the glyphs of a formula and the strokes of a drawing: each stands behind one element with words, which is looked at
GLYPHS = ("mjx-container > *", ".qlearn-figure svg > *")


@dataclass(frozen=True)
class Finding:
    """A rule and the element that breaks it."""

    rule: str
    element: str


def axe_findings(page: Page, *rules: str) -> set[Finding]:
    """Look at the whole page with these rules, or with all of them."""
    page.evaluate(f"window.axe || (() => {{ {AXE_SCRIPT} }})()")
    found = page.evaluate(
        """async ([glyphs, extra, only]) => {
          const rules = Object.fromEntries(extra.map((name) => [name, { enabled: true }]));
          const settings = { preload: false, resultTypes: ["violations"] };
          if (only.length) settings.runOnly = only; else settings.rules = rules;
          const { violations } = await axe.run({ exclude: glyphs.map((one) => [one]) }, settings);
          return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => [id, target.flat().join(" ")]));
        }""",
        [GLYPHS, EXTRA_RULES, rules],
    )
    return {Finding(rule, element) for rule, element in found}
