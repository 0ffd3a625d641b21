"""On paper the sources of one kind stand by name; what is not a source keeps its place."""

from lxml import html
from without_recognition.press.print import dictionary_style


def test_sources_stand_by_name_whatever_signs_they_begin_with() -> None:
    body = html.fromstring(
        "<main><section id='one'><h2>News</h2><p>A word before.</p>"
        "<div class='wr-source' data-date='' id='s-b'><p>“Beirut”, 1949</p></div>"
        "<div class='wr-source' data-date='' id='s-c'><p>Crossette, 1950</p></div>"
        "<div class='wr-source' data-date='' id='s-a'><p>[Amman], 1951</p></div></section>"
        "<section id='two'><h2>Memoir</h2><div class='wr-source' data-date='' id='s-0'>"
        "<p>Abdullah, 1960</p></div></section></main>"
    )
    dictionary_style.run_on(body)
    assert [s.get("id") for s in body.iter("div")] == ["s-a", "s-b", "s-c", "s-0"]
    assert [part.tag for part in body.find("section")] == ["h2", "p", "div", "div", "div"]
