"""Give each page with a widget what it needs to run it: the state, a static picture and one small host script.

myst-nb leaves the state of a page's widgets in the page's head. A widget's output becomes a `WidgetNode` that holds
its picture; `site/qlearn/widget-host.js` finds the node by the model's id and starts the widget in it.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from docutils import nodes  # type: ignore[import-untyped]  # its stubs are a package of their own
from myst_nb.core.render import WIDGET_VIEW_MIMETYPE
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from qlearn.book.modules import module_name
from qlearn.book.page_state import page_state, page_states

__all__ = ["WidgetNode", "connect", "controls_that_need_a_kernel"]

# ipywidgets keeps layout models for every widget, ours included; they draw nothing
_QUIET_MODULES = {"anywidget", "@jupyter-widgets/base"}
_PICTURE_TYPES = ("image/svg+xml", "image/png", "image/jpeg")


class WidgetNode(nodes.General, nodes.Element):  # type: ignore[misc]  # docutils has no types
    """A widget's place on the page.

    `model_id` names its state, `module` its script's file; the children are its static picture.
    """


def connect(app: Sphinx) -> None:
    """Register the node, the transform that makes it, the check of every page and the host script."""
    app.add_node(WidgetNode, html=(_open_widget, _close_widget))
    app.add_post_transform(KeepWidgetAndPicture)
    app.connect("env-updated", _refuse_kernel_controls)
    app.connect("html-page-context", _add_host_script)


def controls_that_need_a_kernel(state: dict[str, Any]) -> list[str]:
    """Name the widgets of a page that cannot move without a kernel.

    Parameters
    ----------
    state : dict
        Widget state as Jupyter embeds it: `state["state"]` maps a model's id to its `model_name`, `model_module`
        and `state`.

    Returns
    -------
    list of str
        Class names such as `FloatSlider`, sorted, each once.
    """
    models = state.get("state", {}).values()
    names = {str(model["model_name"]) for model in models if model["model_module"] not in _QUIET_MODULES}
    return sorted(name.removesuffix("Model") for name in names)


class KeepWidgetAndPicture(SphinxPostTransform):
    """Replace a widget's output by its node with its picture inside, before myst-nb keeps only one of the two."""

    default_priority = 3
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Transform every widget output of the page."""
        del kwargs
        for bundle in list(self.document.findall(_is_output)):
            by_type = {child["mime_type"]: child for child in bundle.children if "mime_type" in child}
            if WIDGET_VIEW_MIMETYPE in by_type:
                node = _widget_node(by_type)
                node["module"] = self._module(node["model_id"])
                bundle.replace_self(node)

    def _module(self, model_id: str) -> str:
        states = page_state(self.env, self.env.docname).get("state", {})
        state = states.get(model_id, {}).get("state", {})
        return module_name(state) if "_esm" in state else ""


def _is_output(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "mime_bundle"


def _widget_node(by_type: dict[str, nodes.Element]) -> WidgetNode:
    view = by_type[WIDGET_VIEW_MIMETYPE].astext()
    node = WidgetNode(model_id=json.loads(view[view.index("{") : view.rindex("}") + 1])["model_id"])
    words = by_type["text/plain"].astext().strip() if "text/plain" in by_type else ""
    picture = next((by_type[kind] for kind in _PICTURE_TYPES if kind in by_type), None)
    if picture is not None:
        for image in picture.findall(nodes.image):
            image.setdefault("alt", words)
            image["loading"] = "lazy"
        node += picture.children
    return node


def _open_widget(translator: HTML5Translator, node: WidgetNode) -> None:
    names = f'data-model-id="{escape(node["model_id"])}" data-module="{escape(node["module"])}"'
    translator.body.append(f'<div class="qlearn-widget" {names}>\n')


def _close_widget(translator: HTML5Translator, node: WidgetNode) -> None:
    del node
    translator.body.append("</div>\n")


def _refuse_kernel_controls(app: Sphinx, environment: BuildEnvironment) -> None:
    del app
    for page, state in page_states(environment):
        names = controls_that_need_a_kernel(state)
        if names:
            raise ExtensionError(
                f"chapter {page} shows {', '.join(names)} from ipywidgets, which cannot move on a page without a "
                "kernel; use a widget from qlearn.widgets there and keep ipywidgets for live notebooks"
            )


def _add_host_script(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    del page, template, context
    if doctree is not None and next(doctree.findall(WidgetNode), None) is not None:
        app.add_js_file("qlearn/widget-host.js", loading_method="defer")
