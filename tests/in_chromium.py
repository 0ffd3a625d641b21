"""A browser for the tests and benchmarks that need one, and what is measured in it."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

STAY = 500  #: milliseconds that a reader stays at least on a page on which he chose something
SIZES = {"320x568": (320, 568), "390x844": (390, 844), "1280x800": (1280, 800), "2560x1440": (2560, 1440)}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: Opens the card of every sign that `wanted` picks, as a click does, with the sign at `at` of the window's height, and
#: gives those whose card lies over its sentence, runs out of the window or hides its close button or its foot.
#: The sentence is found by Unicode's rules, not by ours.
COVERED = r"""
async ([at, every]) => {
  dispatchEvent(new Event("scroll")); // a reader moves, and the cards come
  while (document.querySelector(".wr-cards") && !window.wrCards) await new Promise((then) => setTimeout(then, 10));
  const over = (card, r) => r.width > 0 && r.right > card.left + 0.5 && r.left < card.right - 0.5
    && r.bottom > card.top + 0.5 && r.top < card.bottom - 0.5;
  function sentence(mark) {
    const home = mark.closest("p, li, td, th, dd, dt, figcaption, blockquote") || mark.parentElement;
    const walk = document.createTreeWalker(home, NodeFilter.SHOW_TEXT), runs = [];
    let text = "", place = -1, node;
    while ((node = walk.nextNode())) {
      const spoken = node.parentElement.closest(".wr-sr, .wr-shown");
      if (place < 0 && mark.contains(node) && !spoken) place = text.length + 1;
      if (place < 0 && !mark.contains(node) && mark.compareDocumentPosition(node) & 4) place = text.length;
      if (spoken) continue;
      runs.push([node, text.length]);
      text += node.data;
    }
    if (place < 0) place = text.length;
    let start = 0, end = text.length;
    for (const one of new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)) {
      if (one.index < Math.max(place, 1)) [start, end] = [one.index, one.index + one.segment.trimEnd().length];
    }
    const rects = [];
    for (const [run, from] of runs) {
      const a = Math.max(start - from, 0), b = Math.min(end - from, run.length);
      if (a >= b) continue;
      const range = document.createRange();
      range.setStart(run, a);
      range.setEnd(run, b);
      rects.push(...range.getClientRects());
    }
    return rects;
  }
  const wrong = [];
  let opened = 0;
  const marks = [...document.querySelectorAll("a.wr-mark")].filter((one) => one.getClientRects().length);
  for (let n = 0; n < marks.length; n += every) {
    const mark = marks[n];
    scrollBy({ top: mark.getBoundingClientRect().top - innerHeight * at, behavior: "instant" });
    mark.click();
    const card = document.querySelector(".wr-card:popover-open");
    if (!card) { wrong.push(`${n} ${mark.dataset.card}: no card`); continue; }
    opened += 1;
    const box = card.getBoundingClientRect();
    const own = [...sentence(mark), ...mark.getClientRects()].filter((r) => over(box, r));
    if (own.length) wrong.push(`${n} ${mark.dataset.card}: covers ${own.length} pieces of its sentence`);
    if (box.top < -0.5 || box.bottom > innerHeight + 0.5 || box.left < -0.5 || box.right > innerWidth + 0.5) {
      wrong.push(`${n} ${mark.dataset.card}: out of the window, ${Math.round(box.top)} to ${Math.round(box.bottom)}`);
    }
    const [close, foot] = [".wr-close", ".wr-card-foot"].map((one) => card.querySelector(one).getBoundingClientRect());
    if (close.top < box.top - 0.5 || close.bottom > foot.top + 0.5 || foot.bottom > box.bottom + 0.5) {
      wrong.push(`${n} ${mark.dataset.card}: close or foot out of sight`);
    }
    if (box.height < 90) wrong.push(`${n} ${mark.dataset.card}: ${Math.round(box.height)} px high`);
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  }
  return { opened, wrong };
}
"""

#: How many things Tab stops at: all of them, and signs among them.
STOPS = """
() => {
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter((one) =>
    one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }) && (one.type !== "radio" || one.checked));
  return { all: stops.length, signs: stops.filter((one) => one.matches(".wr-mark")).length };
}
"""  # noqa: E501


#: Words of figures that their drawing or the window cuts, that lie over other words, or that are too small to read.
WORDS = r"""
() => {
  const wrong = [];
  let seen = 0;
  for (const svg of document.querySelectorAll(".wr-drawing > svg")) {
    if (!svg.checkVisibility()) continue;
    seen += 1;
    const name = svg.closest("figure").id, frame = svg.getBoundingClientRect();
    const words = [...svg.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect(), one])
      .filter(([, box]) => box.width > 0);
    const scale = frame.width / svg.viewBox.baseVal.width;
    for (const [text, box, one] of words) {
      if (box.left < frame.left - 1 || box.right > Math.min(frame.right, innerWidth) + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) wrong.push([name, "cut", text]);
      if (parseFloat(one.getAttribute("font-size")) * scale < 9.5) wrong.push([name, "small", text]);
    }
    for (let i = 0; i < words.length; i++) for (let j = i + 1; j < words.length; j++) {
      const [a, b] = [words[i][1], words[j][1]];
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 0.3 * Math.min(a.height, b.height)) wrong.push([name, "over", words[i][0], words[j][0]]);
    }
  }
  return { seen, wrong };
}
"""


#: Words of drawings that stand out from the page by less than 4.5:1; those within a filled mark stand on its colour.
FAINT = r"""
() => {
  const seen = (colour) => {
    const one = document.createElement("canvas").getContext("2d");
    one.fillStyle = colour;
    one.fillRect(0, 0, 1, 1);
    return [...one.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = light(seen(getComputedStyle(document.body).backgroundColor)), faint = [];
  let words = 0;
  for (const one of document.querySelectorAll(".wr-drawing text, .wr-strip text")) {
    if (!one.getBoundingClientRect().width || /ffffff/.test(one.getAttribute("fill"))) continue;
    const [a, b] = [light(seen(getComputedStyle(one).fill)), ground].sort((x, y) => y - x);
    words += 1;
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(`${one.textContent}: ${((a + 0.05) / (b + 0.05)).toFixed(1)}`);
  }
  return { words, faint };
}
"""

#: The least room between lines, letters and words that readers may ask for (WCAG 2.2, 1.4.12).
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""

#: What has words of its own that its box cuts off, and whether the page is wider than the window.
CUT = """
() => {
  const cut = [...document.body.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    return /hidden|clip/.test(style.overflowX + style.overflowY) && one.checkVisibility() && !one.matches(".wr-sr, svg, svg *")
      && one.textContent.trim() && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
      && one.clientWidth > 2;
  }).map((one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`);
  const wide = document.documentElement.scrollWidth - innerWidth;
  return wide > 0 ? [...cut, `${wide} px too wide`] : cut;
}
"""  # noqa: E501

#: What has the focus, if something lies over the whole of it or it is out of the window; else nothing.
OBSCURED = """
() => {
  const one = document.activeElement, boxes = [...one.getClientRects()];
  const seen = (x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (one.contains(hit) || hit.contains(one) && !hit.matches("html, body"));
  };
  const clear = boxes.some((box) => [0.1, 0.5, 0.9].some((along) => [0.2, 0.5, 0.8].some((down) =>
    seen(box.left + along * box.width, box.top + down * box.height))));
  return clear || one === document.body ? "" : `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`;
}
"""


@contextmanager
def chromium() -> Iterator[Any]:
    """The Chromium of the system, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


def opened(browser, page: Path, size: tuple[int, int] = (1280, 900), query: str = "", **options):
    """A file in a new, offline tab of `size`; `query` is put to its address, `options` go to the context."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, offline=True, reduced_motion="reduce", **options
    )
    context.set_default_timeout(20_000)
    context.set_default_navigation_timeout(90_000)
    tab = context.new_page()
    tab.goto(page.resolve().as_uri() + query)
    settled(tab)
    return tab


def settled(tab) -> None:
    """Wait until a page has loaded and nothing in it says that it is still being drawn."""
    tab.wait_for_load_state("load")
    tab.locator('[aria-busy="true"]').wait_for(state="detached")


class Unheard(AssertionError):
    """What one page stored has reached no other page."""


def told(tab, address: str, script: str, wanted: Any, seconds: float = 20) -> None:
    """Open the page at `address` again and again until `script` says there what is `wanted`; Unheard if never.

    What one page stores reaches the process of the next a moment later, on a busy machine more than a moment, and is
    lost if the page is left before; a reader takes longer than that, a test only if it is told to.
    """
    tab.wait_for_timeout(STAY)
    end = time.monotonic() + seconds
    while True:
        tab.goto(address)
        settled(tab)
        found = tab.evaluate(script)
        if found == wanted:
            return
        if time.monotonic() > end:
            raise Unheard(f"{tab.url} says {found!r}, not {wanted!r}, after {seconds:g} s")
        tab.wait_for_timeout(100)


def hears(tab, selector: str) -> None:
    """Wait until an open page shows by `selector` what another stored; Unheard if it never does."""
    from playwright.sync_api import TimeoutError as Late

    try:
        tab.wait_for_selector(selector)
    except Late as late:
        raise Unheard(str(late)) from late


def stored(test: Callable[..., None]) -> Callable[..., None]:
    """A test of what is kept from page to page, tried three times, each in a storage of its own.

    On a busy machine Chromium without a window now and then opens a storage that no other page ever sees, not in
    twenty seconds either; that says nothing of the book. Only what is Unheard is tried again: a book that does not
    store fails three times, and whatever else is wrong fails at once.
    """

    @functools.wraps(test)
    def thrice(*args: Any, **named: Any) -> None:
        for _ in range(2):
            with suppress(Unheard):
                return test(*args, **named)
        return test(*args, **named)

    return thrice


def covered(browser, page: Path, size: tuple[int, int], at: float = 0.8, every: int = 1) -> dict[str, Any]:
    """How many cards of a page were opened, and what is wrong with which."""
    tab = opened(browser, page, size)
    found = tab.evaluate(COVERED, [at, every])
    tab.context.close()
    return found


PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


class Packing(http.server.SimpleHTTPRequestHandler):
    """Files as a web server sends them: text packed, kept by the browser."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send the file that is asked for."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=31536000")
        if path.suffix in PACKED:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address on this machine at which the files of `folder` are served."""
    handler = functools.partial(Packing, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
