"""Pages joined: ids made unique, links between pages turned into links inside one book."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from bs4 import Tag

from analysis.press.clean import Article
from analysis.press.signs import HEADINGS, tags

LEAF_HOMES = ["p", "td", "th", "dt", "li", "figcaption", "caption"]


def join(articles: Sequence[Article], problems: list[str]) -> None:
    """Point every link between `articles` at its printed target, in place.

    A link to a page that is not printed (a download, the search page) becomes plain text; a link to a place
    that does not exist is added to `problems`. Only headings, figures and what is linked to keep their ids.
    """
    by_page = {article.page: article for article in articles}
    places = {article.page: _places(article) for article in articles}
    wanted = set()
    for article in articles:
        for anchor in [tag for tag in tags(article.body) if tag.name == "a" and tag.get("href")]:
            target = _target(article, anchor["href"], by_page, places)
            if target is None:
                problems.append(f"{article.page}: the link to {anchor['href']} leads nowhere")
            elif target:
                anchor["href"] = target
                wanted.add(target.removeprefix("#"))
            else:
                anchor.unwrap()
    for article in articles:
        _mark_places(article, wanted)


def _places(article: Article) -> dict[str, str]:
    """Every id of the page on screen -> its id in print."""
    own = {tag["id"]: f"{article.slug}.{tag['id']}" for tag in tags(article.body) if tag.get("id")}
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
    for tag in [tag for tag in tags(article.body) if tag.get("id")]:
        place = f"{article.slug}.{tag['id']}"
        if tag.name in HEADINGS or tag.name == "figure":
            tag["id"] = place
            continue
        del tag["id"]
        if place in wanted:
            home = tag if tag.name in LEAF_HOMES else tag.find(LEAF_HOMES) or tag
            home = home.find("p") or home if home.name == "li" else home
            home.insert(0, Tag(name="span", attrs={"class": "wr-anchor", "id": place}))
    for box in article.body.find_all("div", class_=False):
        box.unwrap()
