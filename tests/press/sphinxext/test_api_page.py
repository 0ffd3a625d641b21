"""The API page: every public name with its call and its example; and cells that a page folds."""

from __future__ import annotations

import pytest
import toybook
import without_recognition
from bs4 import BeautifulSoup
from links import whole
from without_recognition import History, charts
from without_recognition.press.print.clean import SCREEN_CLASSES

PAGE = (
    toybook.NOTEBOOK
    + """# Page

## Door

```{api} door
```

## History

```{api} history
```

## Figures

```{api} charts
```

## Cells

```{code-cell}
:tags: [table]
1 + 1
```

Between.

```{code-cell}
:tags: [hermeneutics]
20 + 1
```

```{code-cell}
:tags: [hermeneutics]
20 + 2
```
"""
)


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> BeautifulSoup:
    out, warnings, wrong = toybook.build(tmp_path_factory.mktemp("api"), PAGE, strict=True)
    assert not wrong, warnings
    return BeautifulSoup(whole(out / "istanbul.html"), "html.parser")


def test_every_public_name_has_a_section_with_call_and_example(page) -> None:
    names = {f"api-{n}" for n in without_recognition.__all__ if n not in ("charts", "History")}
    names |= {f"api-charts-{n}" for n in charts.__all__} | {"api-history-without", "api-history-claims"}
    assert names <= {s["id"] for s in page.select("section")}
    shown = page.select_one("#api-history-without")
    assert "history.without(*, sources=(), publishers=()" in shown.pre.get_text()
    assert ">>> history = load()" in shown.get_text() and "self" not in shown.pre.get_text()
    assert page.select_one("#api-history-claims") and callable(History.without)


def test_an_unknown_part_is_told(tmp_path) -> None:
    _, warnings, wrong = toybook.build(tmp_path, "# Page\n\n```{api} chart\n```\n", strict=True)
    assert wrong and "unknown part of the API 'chart'; the nearest is 'charts'" in warnings


def test_neighbouring_cells_of_a_tag_are_behind_one_line_and_not_on_paper(page) -> None:
    table, tried = page.select("details.wr-cells")
    assert table.summary.get_text() == "The table behind this figure" and "2" in table.get_text()
    assert tried.summary.get_text() == "Try another rule" and not tried.has_attr("open")
    assert [pre.get_text().strip() for pre in tried.select(".cell_output pre")] == ["21", "22"]
    assert "Between." not in table.get_text() + tried.get_text()
    assert set(table["class"]) & SCREEN_CLASSES
