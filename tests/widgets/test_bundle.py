from pathlib import Path

import pytest

from qlearn.errors import ParameterError
from qlearn.widgets.bundle import bundle_script, bundle_style


def test_views_come_first_once_and_without_their_export_words(tmp_path: Path) -> None:
    (tmp_path / "views").mkdir()
    (tmp_path / "views" / "pen.js").write_text("export const ink = 1;\n")
    (tmp_path / "views" / "chart.js").write_text('import { ink } from "./pen.js";\nexport function chart() {}\n')
    script = tmp_path / "widget.js"
    imports = 'import { ink } from "./views/pen.js";\nimport {\n  chart,\n} from "./views/chart.js";\n'
    script.write_text(imports + "export default { ink };\n")
    lines = [line for line in bundle_script(script).splitlines() if line]
    assert lines == ["const ink = 1;", "function chart() {}", "export default { ink };"]


def test_an_import_of_a_missing_view_is_refused(tmp_path: Path) -> None:
    script = tmp_path / "widget.js"
    script.write_text('import { ink } from "./pen.js";\n')
    with pytest.raises(ParameterError, match=r"widget\.js imports \./pen\.js, which does not exist"):
        bundle_script(script)


def test_the_shared_style_comes_first_and_alone_where_a_widget_has_none(tmp_path: Path) -> None:
    own = tmp_path / "widget.css"
    shared = bundle_style(own)
    assert ".ql-widget {" in shared
    own.write_text(".qlearn-mine { color: red; }\n")
    assert bundle_style(own) == f"{shared}\n.qlearn-mine {{ color: red; }}\n"
