"""What Formgrader's pages need to work on a closed network and in JupyterLab's narrower frame.

The pages stay nbgrader's own. Its hand-marking page would load MathJax from a content delivery network; it gets the
address of a copy on the same server. Header and menu, stacked, fill half of a frame under 992 px wide; a style lays
them side by side. Test cells, which nobody marks by hand, are kept short and scroll.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, Environment
from nbconvert.exporters import HTMLExporter

__all__ = ["adapt_formgrader"]

MARKING_STYLE = """
<style>
.nbgrader_cell:has(> .panel-heading .nbgrader-label code) > .panel-body { max-height: 14em; overflow: auto; }
summary { display: list-item; cursor: pointer; }
.rendered_html th, .rendered_html td { padding: 2px 8px; }
@media (max-width: 991px) {
  .navbar > .container { display: flex; align-items: center; width: auto; }
  .navbar > .container > div { width: auto; padding: 0 8px; }
  .navbar > .container > .col-md-8 { flex: 1; }
  .navbar .nav { margin: 0; }
}
</style>
"""

# The page's head calls this macro of nbconvert's, whose own version names a content delivery network and speaks
# MathJax 2; ours is version 3, and as safe: a formula of a student's makes no link that runs a script.
MATHJAX_TEMPLATE = """
{%%- macro mathjax(url="") -%%}
<script>
window.MathJax = {
  tex: {inlineMath: [["$", "$"], ["\\\\(", "\\\\)"]], processEscapes: true, tags: "ams"},
  options: {ignoreHtmlClass: "highlight|input_area", enableMenu: false},
  loader: {load: ["ui/safe"]}
};
</script>
<script async src="%s"></script>
%s
{%%- endmacro %%}
"""

NARROW_STYLE = """
<style>
@media (max-width: 991px) {
  .jupyter-logo, .container-fluid > .row:first-child > div:first-child { display: none; }
  .page-header { margin: 0 0 8px; }
  .page-header h1 { font-size: 24px; margin: 12px 0 8px; }
  .nav-stacked { margin-bottom: 8px; }
  .nav-stacked > li { display: inline-block; margin: 0 !important; }
}
</style>
"""


def adapt_formgrader(settings: MutableMapping[str, Any], *, mathjax_url: str) -> None:
    """Change the exporter and the templates that nbgrader's extension put in a web application's settings.

    Parameters
    ----------
    settings : mutable mapping
        The settings of the tornado application; without Formgrader in it nothing is changed.
    mathjax_url : str
        Where this server has MathJax 3's `tex-chtml.js`.
    """
    if "nbgrader_formgrader" not in settings:
        return
    settings["nbgrader_exporter"] = HTMLExporter(  # type: ignore[no-untyped-call]
        config=settings["nbgrader_formgrader"].config,
        extra_loaders=[DictLoader({"mathjax.html.j2": MATHJAX_TEMPLATE % (mathjax_url, MARKING_STYLE)})],
    )
    templates: Environment = settings["nbgrader_jinja2_env"]
    if templates.loader is not None:
        page = templates.loader.get_source(templates, "base.tpl")[0].replace("</head>", NARROW_STYLE + "</head>")
        templates.loader = ChoiceLoader([DictLoader({"base.tpl": page}), templates.loader])
