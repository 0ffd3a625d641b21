"""What the printed book is told of the data: how names are filed, how a source stands in the bibliography."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from without_recognition.press import PressError
from without_recognition.press.sphinxext import metadata, paper

ACTOR = {"actor_id": "x", "variants": "", "family_name": "", "type": "person", "side": "pakistani"}
SOURCE = {
    "author": "",
    "kind": "contemporary_news",
    "title": "A <title>",
    "type": "article-newspaper",
    "container": "",
    "publisher": "Dawn",
    "issued": "2005-09-01",
    "written": "",
}


@pytest.mark.parametrize(
    ("actor", "heading", "family", "see"),
    [
        ({"name": "Abba Eban", "family_name": "Eban"}, "Eban, Abba", "Eban", []),
        ({"name": "Muhammad Ayub Khan", "family_name": "Ayub"}, "Ayub Khan, Muhammad", "Ayub Khan", []),
        ({"name": "Lyndon B. Johnson", "side": "american"}, "Johnson, Lyndon B.", "Johnson", []),
        ({"name": "Fawad Chaudhry"}, "Fawad Chaudhry", "", []),
        ({"name": "Mossad", "type": "organisation", "side": "israeli"}, "Mossad", "", []),
        ({"name": "Abdul Abdul (Foreign Ministry)"}, "Abdul Abdul", "", []),
        (
            {"name": "Yasser Arafat", "family_name": "Arafat", "variants": "Abu Ammar; Yasir Arafat; عرفات"},
            "Arafat, Yasser",
            "Arafat",
            ["Abu Ammar"],
        ),
    ],
)
def test_how_a_name_is_filed(actor, heading, family, see):
    found = paper.index_heading(ACTOR | actor)
    assert (found["heading"], found["family"], found["see"]) == (heading, family, see)
    assert actor["name"] in found["find"] and "" not in found["find"]


@pytest.mark.parametrize(
    ("source", "entry"),
    [
        ({}, "<em>Dawn</em>, “A &lt;title&gt;”, 1 September 2005."),
        ({"author": "Khan, A"}, "<em>Dawn</em>, A Khan, “A &lt;title&gt;”, 1 September 2005."),
        (
            {
                "author": "Yegar, Moshe",
                "kind": "scholarship",
                "container": "JPSR 19:3-4",
                "publisher": "JCPA",
            },
            "Yegar, Moshe, “A &lt;title&gt;”, <em>JPSR</em> 19:3-4, JCPA, 1 September 2005.",
        ),
        (
            {"author": "Yegar, Moshe", "kind": "memoir", "type": "book", "issued": "1999"},
            "Yegar, Moshe, <em>A &lt;title&gt;</em>, Dawn, 1999.",
        ),
        ({"title": "[A speech]"}, "<em>Dawn</em>, [A speech], 1 September 2005."),
    ],
)
def test_how_a_source_stands_in_the_bibliography(source, entry):
    assert paper.entry(SOURCE | source)["entry"] == entry


def test_a_volume_that_there_is_not_is_refused():
    env = SimpleNamespace(get_doctree=lambda name: SimpleNamespace(findall=lambda kind: ()))
    config = SimpleNamespace(root_doc="intro", wr_volumes={"regster": ["intro"]})
    app = SimpleNamespace(
        config=config, env=env, builder=SimpleNamespace(get_target_uri=lambda name: f"{name}.html")
    )
    with pytest.raises(
        PressError, match="wr_volumes: no volume regster; there are reading, appendix, register"
    ):
        metadata.order(app)
    config.wr_volumes = {"register": ["intro", "of-another-book"]}
    (page,) = metadata.order(app)
    assert page["volume"] == "register"
