"""What axe-core finds on pages of a built book: `python analysis/benchmarks/axe.py [FOLDER [PAGE ...]]`.

    pip install axe-playwright-python    # carries axe-core; no part of the book's own environment

Each page is read light and dark, at 320, 390 and 1280 pixels: as it opens, with everything unfolded, with the first
card open, and with a reading state set. PAGE is an address in FOLDER (`_build/book` without it), such as
`events/2005-istanbul-meeting.html`; `--all` takes every page, `--turns` every page once, each with the next width and
scheme. Prints each rule that is broken, with where; the exit code is 1 if any is. Needs Chromium.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import in_chromium

BOOK = Path(__file__).resolve().parents[2] / "_build" / "book"
PAGES = (
    "index.html",
    "istanbul.html",
    "findings/contact-and-secrecy.html",
    "explorer.html?view=map",
    "explorer.html",
    "events/2005-istanbul-meeting.html",
    "events/2005-general-debate-pak.html",
    "people/khurshid-kasuri.html",
    "reference/people.html",
    "reference/sources.html",
    "reference/method.html",
)
LOOKS = [(width, scheme) for width in (320, 390, 1280) for scheme in ("light", "dark")]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}))
  .violations.flatMap((rule) => rule.nodes.map((node) => [rule.id, rule.impact, node.target.join(' '),
    node.any.concat(node.all, node.none).map((check) => check.message).join('; ')]))"""
STATES = {  #: what is done before axe looks; the choices of reading open over the page, as a menu does, and stay closed
    "as opened": "() => true",
    "unfolded": "() => { for (const one of document.querySelectorAll('details:not(:has(fieldset))')) one.open = true; return true; }",  # noqa: E501
    "card open": """async () => { const mark = [...document.querySelectorAll('a.wr-mark, th a[data-cards]')].find((m) => m.getClientRects().length);
      if (!mark || !document.querySelector('.wr-cards')) return false;
      mark.scrollIntoView({ block: 'center', behavior: 'instant' });
      mark.click();
      for (let n = 0; n < 500 && !document.querySelector('.wr-card:popover-open'); n++) await new Promise((then) => setTimeout(then, 10));
      if (!document.querySelector('.wr-card:popover-open')) throw new Error('no card came');
      return true; }""",  # noqa: E501
    "one account, firm, few signs": """() => { if (!window.wrState) return false; for (const card of document.querySelectorAll(':popover-open')) card.hidePopover();
      window.wrState.set({evidence: 'corroborated', account: 'pakistani', signs: 'few'}); return true; }""",  # noqa: E501
}
WHOLE = """() => { const style = new CSSStyleSheet(); style.replaceSync('* { content-visibility: visible !important }');
  document.adoptedStyleSheets = [style]; }"""  #: what is below is laid out, or it would move while axe measures it
LONGEST = 3  #: places told of each broken rule


def script() -> str:
    """axe-core, from the package that carries it."""
    try:
        return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    except ModuleNotFoundError:
        sys.exit("axe: axe-core is not there; pip install axe-playwright-python")


def broken(
    browser: Any, page: Path, query: str, axe: str, looks: list[tuple[int, str]]
) -> Iterator[tuple[str, str, str]]:
    """(state, rule, where and why) of all that is broken on a page, seen with each of `looks`, a width and a scheme."""
    for width, scheme in looks:
        tab = in_chromium.opened(browser, page, (width, 844), query, color_scheme=scheme)
        tab.evaluate(WHOLE)
        tab.evaluate(axe)
        for state, act in STATES.items():
            if tab.evaluate(act):
                for rule, impact, where, why in tab.evaluate(RUN, TAGS):
                    yield f"{width} {scheme} {state}", f"{rule} ({impact})", f"{where}: {why}"
        tab.context.close()


def main(folder: str = str(BOOK), *names: str) -> int:
    """Print what is broken on each page."""
    book, axe, wrong = Path(folder), script(), 0
    turns = "--turns" in names
    if turns or "--all" in names:
        names = tuple(sorted(path.relative_to(book).as_posix() for path in book.rglob("*.html")))
    with in_chromium.chromium() as browser:
        for number, name in enumerate(names or PAGES):
            path, mark, query = name.partition("?")
            looks = [LOOKS[number % len(LOOKS)]] if turns else LOOKS
            found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
            for state, rule, where in broken(browser, book / path, mark + query, axe, looks):
                found[rule][where].append(state)
            print(f"{name}: {len(found) or 'no'} rule{'' if len(found) == 1 else 's'} broken", flush=True)
            for rule, places in sorted(found.items()):
                print(f"  {rule}: {len(places)} place(s)")
                for where, states in list(places.items())[:LONGEST]:
                    print(f"    {where} [{', '.join(states)}]")
            wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
