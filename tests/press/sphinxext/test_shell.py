"""The shell around a page: its policy, its head, its faces; then, in a browser, whether it can be used by everybody."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import unicodedata
from pathlib import Path

import fonts as cut
import in_chromium
import pytest
import toybook
from bs4 import BeautifulSoup
from conftest import ROOT
from docutils import nodes
from fontTools.ttLib import TTFont
from links import whole
from without_recognition import load
from without_recognition.citations import book
from without_recognition.press.sphinxext import front, preview, strip, theme

SITE = "https://example.org/book/"
PAGE = """# The Istanbul meeting

The ministers met in Istanbul, and both governments said so {event}`2005-istanbul-meeting`. Who had asked is disputed
{dispute}`2005-istanbul-meeting initiator`.

| One | Two |
|-----|-----|
| a   | b   |

```python
print("words")
```

## What is disputed

```{disputes} istanbul
```

## Searches

```{searches} istanbul
```

## How to cite

```{cite-chapter} istanbul
```
"""
FRONT = """# Toy

```{front-strip}
```

{.wr-chapters}
* {doc}`istanbul` What becomes of it.

```{toctree}
istanbul
reference/events
reference/sources
reference/news-sources
reference/cited-sources
reference/people
reference/disputes
reference/silences
```
"""


@pytest.fixture(scope="module")
def html(tmp_path_factory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        package = {**book.package(), "homepage": SITE}
        patch.setattr(book, "package", lambda: package)
        out, warnings, wrong = toybook.build(
            tmp_path_factory.mktemp("shell"), PAGE, strict=True, theme=theme.NAME, front=FRONT
        )
    assert not wrong, warnings
    return out


def soup(html: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup(whole(html / f"{name}.html"), "html.parser")


def pages(html: Path) -> list[str]:
    found = (path.relative_to(html).as_posix() for path in html.rglob("*.html"))
    return sorted(name.removesuffix(".html") for name in found if not name.startswith("_static"))


def test_every_page_names_what_it_runs_by_hash(html):
    names = pages(html)
    assert {"404", "index", "istanbul", "genindex", "reference/events"} <= set(names)
    for name in names:
        page = soup(html, name)
        head = list(page.head.find_all(True))
        policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')
        assert head.index(policy) == 1, f"{name}: only the charset may stand before the policy"
        for tag in page.select("script:not([src]):not([type]), style"):
            digest = base64.b64encode(hashlib.sha256(tag.string.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy["content"], (name, tag)
        assert "unsafe" not in policy["content"] and not page.select("[style]"), name
        assert not page.select("[onclick], [onload], [onerror], [href^=javascript]")


def test_the_head_is_light(html):
    for name in pages(html):
        loaded = [
            tag.get("src") or tag.get("href") for tag in soup(html, name).select("script[src], link[href]")
        ]
        for heavy in (
            "searchindex",
            "searchtools",
            "language_data",
            "fontawesome",
            "bootstrap",
            "pydata",
            "basic.css",
        ):
            assert not [each for each in loaded if heavy in each], (name, heavy)
        assert not [
            s for s in soup(html, name).select("script[src]:not([defer])") if "/state.js" not in s["src"]
        ], name
    left = {path.name for path in (html / "_static").rglob("*") if path.is_file()}
    assert not left & {"basic.css", "searchtools.js", "language_data.js", "doctools.js"}
    assert not [name for name in left if name.endswith((".map", ".ttf"))]


def test_a_script_loses_its_comments_and_nothing_else():
    before_code = "/* a */ let x = 1;\nlet y = 2;\n/* b\n * c */\n\n  // d\nlet z = 3; /* e */\n"
    assert theme.lean(before_code, ".js") == "/* a */ let x = 1;\nlet y = 2;\nlet z = 3;\n"
    literal = "const page = `a\n  b ${c} /* d */\n    e`;\n"
    assert theme.lean(literal, ".js") == literal


def test_others_are_told_what_a_page_is_about(html):
    page = soup(html, "istanbul")
    tags = {t.get("name") or t.get("property"): t["content"] for t in page.select("meta[content]")}
    said = "The ministers met in Istanbul, and both governments said so. Who had asked is disputed."
    assert tags["description"] == tags["og:description"] == said
    assert tags["og:image"] == f"{SITE}previews/istanbul.png"
    assert page.select_one("link[rel=canonical]")["href"] == f"{SITE}istanbul.html"
    assert (html / "previews" / "istanbul.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert (html / page.select_one("link[rel=icon]")["href"]).is_file()
    assert (html / "robots.txt").read_text() == f"User-agent: *\nAllow: /\nSitemap: {SITE}sitemap.xml\n"
    missing = soup(html, "404")
    assert missing.select_one("a")["href"] == SITE and missing.select_one("meta[name=robots]")


def test_a_picture_for_links_has_the_same_bytes_twice():
    made = [
        preview.draw("Over", "A title", "1947–53", "<svg xmlns='http://www.w3.org/2000/svg'/>") for _ in "ab"
    ]
    assert made[0] == made[1]
    assert (int.from_bytes(made[0][16:20], "big"), int.from_bytes(made[0][20:24], "big")) == preview.SIZE


def test_the_strip_counts_each_graded_event_in_its_year(html):
    made = strip.of(load(html.parent / "data"))
    assert made.counts[1947, "documented"] == 1 and made.counts[2005, "documented"] >= 1
    assert made.counts[1948, "alleged"] == 1
    page = soup(html, "index")
    assert page.select_one("svg.wr-strip")["aria-label"] == made.words()
    assert len(
        page.select("svg.wr-strip rect[class^=wr-strip-]:not(.wr-strip-chapter, .wr-strip-years)")
    ) == len([n for n in made.counts.values() if n])


def test_the_strip_leads_to_its_chapters(html):
    """To those that have a page; the others are there, and lead nowhere."""
    svg = soup(html, "index").select_one("svg.wr-strip")
    (link,) = svg.select("a")
    assert link["href"] == "istanbul.html" and link["aria-label"].endswith(
        ". The Istanbul meeting, 1999–2005"
    )
    assert svg["role"] == "group" and len(svg.select("rect.wr-strip-chapter")) > 1


def test_a_chapter_has_a_card_with_its_years_and_grades(html):
    card = soup(html, "index").select_one(".wr-chapters > li")
    assert card.a["href"] == "istanbul.html"
    assert card.select_one(".wr-meta").get_text() == "1999–20054 graded events, 1 documented"
    assert card.select_one(".wr-meta br")
    assert card.select_one("svg.wr-bar")["aria-hidden"] == "true"


def test_reading_time_counts_words_of_prose_only(html):
    doctree = nodes.paragraph(
        "", "", nodes.Text("word " * 460), nodes.raw("", "<b>" + "x " * 9000, format="html")
    )
    assert front.minutes(doctree) == 2


def test_the_faces_hold_the_letters_of_the_book():
    words = "".join(path.read_text("utf-8") for path in (ROOT / "book").rglob("*.md"))
    fonts = ROOT / "analysis/without_recognition/press/print/assets/fonts/SourceSans3_400Regular.ttf"
    whole = set(TTFont(fonts).getBestCmap())
    wanted = {c for c in words if ord(c) in whole and unicodedata.name(c, "").startswith("LATIN")}
    assert wanted and not {c for c in wanted if ord(c) not in cut.letters()}


def test_the_naskh_face_holds_the_arabic_and_urdu_letters_of_the_book_and_the_data():
    texts = [*(ROOT / "book").rglob("*.md"), *(ROOT / "data").glob("*.csv")]
    words = "".join(path.read_text("utf-8") for path in texts)
    wanted = {c for c in words if "\u0600" <= c <= "\u06ff"}
    whole = set(TTFont(cut.SANS / cut.NASKH).getBestCmap())
    assert {"\u06c1", "\u06d2"} <= wanted
    assert not {f"U+{ord(c):04X}" for c in wanted if ord(c) not in cut.letters(cut.ARABIC) & whole}
    assert {"init", "medi", "fina"} <= set(cut.JOINING)


def test_the_faces_are_there_with_their_licences():
    folder = theme.FOLDER / "static"
    named = re.findall(r'url\("(fonts/[^"]+)"\)', (folder / "shell.css").read_text("utf-8"))
    assert len(named) == 6 and all((folder / name).read_bytes()[:4] == b"wOF2" for name in named)
    assert sum((folder / name).stat().st_size for name in named if "naskh" not in name) < 80_000
    for name in ("SourceSerif4", "SourceSans3", "NotoNaskhArabic"):
        assert "SIL OPEN FONT LICENSE" in (folder / "fonts" / f"{name}-OFL.txt").read_text("utf-8").upper()


# --- in a browser ---------------------------------------------------------------------------------
CONTRAST = """() => {
  const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const seen = c => { const v = document.createElement('canvas').getContext('2d'); v.fillStyle = c; v.fillRect(0, 0, 1, 1);
                      return [...v.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = e => { for (; e; e = e.parentElement) { const c = seen(getComputedStyle(e).backgroundColor);
                        if (c[3] > 250) return c; } return [255, 255, 255, 255]; };
  const low = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (!box.width || !box.height || style.visibility !== 'visible' || e.closest('[popover]:not(:popover-open)')) continue;
    if (e.matches('.headerlink, .wr-sr') || e.closest('svg')) continue;
    const [a, b] = [light(seen(style.color)), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) low.push(`${e.tagName}.${e.className}: ${ratio.toFixed(2)} ${e.textContent.trim().slice(0, 30)}`);
  }
  return low;
}"""  # noqa: E501
TARGETS = """() => [...document.querySelectorAll('button, summary, .wr-head a, .wr-nav a, .wr-turn a')]
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, b]) => b.width && (b.height < 24 || b.width < 24))
  .map(([e, b]) => `${e.tagName}.${e.className} ${b.width}x${b.height} ${e.textContent.trim().slice(0, 30)}`)"""
LEVELS = (
    "() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]"
    ".filter(h => h.getClientRects().length).map(h => +h.tagName[1])"
)


def opened(browser, html: Path, name: str, width: int = 1280, scheme: str = "light", scripts: bool = True):
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        java_script_enabled=scripts,
        offline=True,
    )
    page, wrong = context.new_page(), []
    page.on("console", lambda m: wrong.append(f"{m.type}: {m.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.goto((html / f"{name}.html").as_uri())
    page.wait_for_load_state("load")
    return page, wrong


@pytest.mark.outside
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_touched_and_outlined(browser, html, scheme):
    for name in pages(html):
        page, wrong = opened(browser, html, name, scheme=scheme)
        assert page.evaluate(CONTRAST) == [], name
        assert page.evaluate(TARGETS) == [], name
        levels = page.evaluate(LEVELS)
        assert levels.count(1) == 1 and levels[0] == 1, (name, levels)
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), (name, levels)
        assert not wrong, (name, wrong)
        page.context.close()


@pytest.mark.outside
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_window(browser, html, width):
    for name in pages(html):
        page, wrong = opened(browser, html, name, width)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        assert not wrong, (name, wrong)
        page.context.close()


@pytest.mark.outside
def test_the_policy_stops_what_is_not_the_books_own(browser, html, tmp_path):
    page, wrong = opened(browser, html, "istanbul")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in each for each in wrong)
    page.context.close()


@pytest.mark.outside
@pytest.mark.parametrize("scripts", [True, False])
def test_the_contents_open_on_a_phone_with_and_without_scripts(browser, html, scripts):
    page, _ = opened(browser, html, "istanbul", 390, scripts=scripts)
    link = page.locator("#wr-nav a", has_text="Sources").first
    assert not link.is_visible()
    page.locator(".wr-menu").click()
    assert link.is_visible()
    link.click()
    assert page.url.endswith("reference/sources.html")
    page.context.close()


@pytest.mark.outside
@in_chromium.stored
def test_the_colours_that_are_chosen_stay(browser, html):
    page, _ = opened(browser, html, "istanbul")
    day = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".wr-theme").click()
    night = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert night != day and page.locator(".wr-theme").get_attribute("aria-pressed") == "true"
    events, colour = (
        (html / "reference/events.html").as_uri(),
        "getComputedStyle(document.body).backgroundColor",
    )
    in_chromium.told(page, events, colour, night)
    page.context.close()


@pytest.mark.outside
@pytest.mark.parametrize("scheme", ["light", "dark"])
@in_chromium.stored
def test_under_forced_colours_the_kept_theme_gives_way(browser, html, scheme):
    """Words of drawings take the colours of the theme, and stand on a ground that is forced."""
    other = {"light": "dark", "dark": "light"}[scheme]
    tab = in_chromium.opened(browser, html / "index.html", forced_colors="active", color_scheme=scheme)
    tab.evaluate("(theme) => localStorage.setItem('theme', theme)", other)
    kept = "[localStorage.theme, document.documentElement.dataset.theme]"
    in_chromium.told(tab, tab.url, kept, [other, scheme])
    found = tab.evaluate(in_chromium.FAINT)
    assert found["words"] > 3 and found["faint"] == []
    tab.context.close()


@pytest.mark.outside
@pytest.mark.parametrize("width", [1600, 1920, 2560])
def test_in_a_wide_window_the_page_stands_in_the_middle_with_its_cards(browser, html, width):
    page, _ = opened(browser, html, "istanbul", width)
    left = page.locator(".wr-nav").bounding_box()["x"]
    main = page.locator("main").bounding_box()
    assert abs(left - (width - main["x"] - main["width"])) <= 1
    assert abs(page.locator(".wr-title").bounding_box()["x"] - left) <= 24
    page.locator("a.wr-event").first.click()
    card, words = (
        page.locator(".wr-card:popover-open").bounding_box(),
        page.locator("section > p").first.bounding_box(),
    )
    assert card["x"] >= words["x"] + words["width"] and card["x"] + card["width"] <= main["x"] + main["width"]
    page.context.close()


@pytest.mark.outside
def test_a_line_has_as_many_letters_as_one_reads_with_ease(browser, html):
    page, _ = opened(browser, html, "istanbul")
    page.evaluate("document.fonts.ready")
    measured = page.evaluate("""() => {
      const p = document.querySelector('.bd-article section > p'), probe = p.cloneNode();
      probe.textContent = 'Pakistan inherited its stand from the Muslim League, which had spoken against the British mandate and the Balfour Declaration for years before the state existed. '.repeat(30);
      p.after(probe);
      return probe.textContent.length / (probe.getBoundingClientRect().height / parseFloat(getComputedStyle(probe).lineHeight));
    }""")  # noqa: E501
    assert 62 <= measured <= 72
    page.context.close()


@pytest.mark.outside
def test_the_bar_of_the_reading_state_and_the_cards_find_their_room(browser, html):
    page, _ = opened(browser, html, "istanbul")
    page.evaluate("scrollTo(0, 300)")
    head, bar = (page.locator(name).bounding_box() for name in (".wr-head", ".wr-tools"))
    assert bar["y"] == head["y"] + head["height"]
    page.evaluate("scrollTo(0, 0)")
    page.locator("a.wr-event").first.click()
    assert page.locator(".wr-card:popover-open").bounding_box()["width"] <= 27 * 16
    page.context.close()


SHIFTED = """
  window.shifted = 0;
  new PerformanceObserver((seen) => { for (const each of seen.getEntries()) window.shifted += each.value; })
    .observe({ type: 'layout-shift', buffered: true });
"""


@pytest.mark.outside
@pytest.mark.parametrize("name", ["index", "istanbul", "reference/sources"])
def test_no_line_moves_while_a_page_comes_over_a_slow_line(browser, served, name):
    """Below 0.02 as Lighthouse counts it, on a telephone; the faces come with the first words."""
    context = browser.new_context(viewport={"width": 412, "height": 823}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.add_init_script(SHIFTED)
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    slow = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
    wire.send("Network.emulateNetworkConditions", slow)
    assert page.goto(f"{served}/{name}.html", wait_until="networkidle").ok
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter((face) => face.status === 'loaded').length")
    assert loaded >= 4 and page.evaluate("window.shifted") < 0.02
    context.close()


@pytest.fixture
def served(html):
    """The address of the pages on this machine, as a server sends them."""
    with in_chromium.served(html) as address:
        yield address
