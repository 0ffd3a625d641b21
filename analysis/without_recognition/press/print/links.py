"""Pages joined: ids made unique, links between pages turned into links inside one book."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from without_recognition.press.print import lxml_tools
from without_recognition.press.print.clean import Article
from without_recognition.press.print.lxml_tools import HEADINGS

LEAF_HOMES = ("p", "td", "th", "dt", "li", "figcaption", "caption")


def join(articles: Sequence[Article], problems: list[str]) -> None:
    """Point every link between `articles` at its printed target, in place.

    A link to a page that is not printed (a download, the search page) becomes plain text; a link to a place
    that does not exist is added to `problems`. Only headings, figures and what is linked to keep their ids.
    """
    by_page = {article.page: article for article in articles}
    places = {article.page: _places(article) for article in articles}
    wanted = set()
    for article in articles:
        for anchor in article.body.xpath(".//a[@href]"):
            href = anchor.get("href")
            target = _target(article, href, by_page, places)
            if target is None:
                problems.append(f"{article.page}: the link to {href} leads nowhere")
            elif target:
                anchor.set("href", target)
                wanted.add(target.removeprefix("#"))
            else:
                anchor.drop_tag()
    for article in articles:
        _mark_places(article, wanted)


def _places(article: Article) -> dict[str, str]:
    """Every id of the page on screen -> its id in print."""
    own = {name: f"{article.slug}.{name}" for name in article.body.xpath(".//@id") if name}
    return own | {name: own.get(heading, article.slug) for name, heading in article.synonyms.items()}


def _target(
    article: Article, href: str, by_page: dict[str, Article], places: dict[str, dict[str, str]]
) -> str | None:
    """`href` in print: "" if it leads to what is not printed, None if to what does not exist."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return href
    page = posixpath.normpath(posixpath.join(posixpath.dirname(article.page), unquote(parts.path)))
    other = by_page.get(page) if parts.path else article
    if other is None:
        return ""
    if not parts.fragment:
        return f"#{other.slug}"
    place = places[other.page].get(unquote(parts.fragment))
    return place and f"#{place}"


def _mark_places(article: Article, wanted: set[str]) -> None:
    """Give headings and figures their printed ids; elsewhere an empty span marks what is linked to."""
    for tag in article.body.xpath(".//*[@id]"):
        place = f"{article.slug}.{tag.get('id')}"
        if tag.tag in HEADINGS or tag.tag == "figure":
            tag.set("id", place)
            continue
        del tag.attrib["id"]
        if place in wanted:
            home = tag if tag.tag in LEAF_HOMES else next(tag.iterdescendants(*LEAF_HOMES), tag)
            if home.tag == "li":
                home = next(home.iterdescendants("p"), home)
            lxml_tools.start_with(home, lxml_tools.new("span", class_="wr-anchor", id=place))
    for box in article.body.xpath(".//div[not(@class)]"):
        box.drop_tag()
