"""The reading state in a browser: both choices hold at once, it counts, it travels in the address,
figures and paper obey."""

from __future__ import annotations

import re
from itertools import product

import in_chromium
import pytest
import toybook

PAGE = """# State

They met {event}`2005-istanbul-meeting`. Jinnah wrote {event}`1947-jinnah-truman`. A handshake was seen
{event}`1998-tarar-weizman`. Some delegates {event}`2005-delegation-174` came, and a cable went \
{event}`1948-ben-gurion-telegram`.
*Dawn* had it early {src}`dawn-2005-09-01 ¶4`. Jerusalem said so {src}`mfa-2005-09-01 ¶1`. Nothing is marked here.

Quiet talks went on {event}`2010-quiet-talks`, and {src}`paper-a ¶1` a paper {src}`dawn-2005-09-01 ¶6` told.

```{chapter-box} istanbul
```
"""
SENTENCES = """() => [...document.querySelectorAll('.wr-clause')].map((one) => [one.textContent.slice(0, 9), one.dataset.level ?? null,
    one.dataset.voices ?? null, getComputedStyle(one).color === getComputedStyle(one.parentElement).color ? 'meets' : 'fails',
    getComputedStyle(one, '::after').content.includes('◌')])"""  # noqa: E501
DIMMED = "document.querySelector('.wr-dimmed').textContent"
LEVELS = {"all": -1, "attested": 1, "corroborated": 2, "documented": 3}

pytestmark = pytest.mark.outside


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(toybook.REFERENCE, "explorer", "```{explorer}\n```")
        out, warnings, wrong = toybook.build(
            tmp_path_factory.mktemp("state"), PAGE, strict=True, theme="without_recognition"
        )
    assert not wrong, warnings
    return out / "istanbul.html"


@pytest.fixture
def tab(browser, page):
    made = in_chromium.opened(browser, page)
    yield made
    made.context.close()


def choose(tab, **state):
    tab.evaluate("state => window.wrState.set(state)", state)


def expected(level: str | None, voices: str | None, evidence: str, account: str) -> str:
    """What the brief of the dial says, told again without the script."""
    if account != "all" and account not in (voices or account).split():
        return "fails"
    if evidence != "all" and level is not None and int(level) < LEVELS[evidence]:
        return "fails"
    return "meets"


def test_both_choices_must_be_met_and_the_bar_counts_what_is_dim(tab):
    for evidence, account in product(LEVELS, ("all", "pakistani", "israeli", "other")):
        choose(tab, evidence=evidence, account=account)
        rows = tab.evaluate(SENTENCES)
        assert len(rows) == 10
        for _, level, voices, shown, says_ungraded in rows:
            assert shown == expected(level, voices, evidence, account), (evidence, account, level, voices)
            assert says_ungraded == (evidence != "all" and level is None and shown == "meets")
        told, dim = tab.evaluate(DIMMED), sum(row[3] == "fails" for row in rows)
        everything = (evidence, account) == ("all", "all")
        assert told == "" if everything else told.startswith(f"{dim} of 10 sentences dimmed")


def test_two_choices_leave_something_standing(tab):
    choose(tab, evidence="corroborated", account="pakistani")
    standing = [row[0] for row in tab.evaluate(SENTENCES) if row[3] == "meets" and row[1]]
    assert standing == ["They met\u2060", "Jinnah wr"]


def test_ungraded_sentences_are_counted_apart(tab):
    choose(tab, evidence="documented")
    assert tab.evaluate("window.wrState.count()") == {
        "unit": "sentence", "all": 10, "meets": 2, "fails": 4, "ungraded": 4
    }  # fmt: skip
    assert tab.evaluate(DIMMED) == "4 of 10 sentences dimmed, 4 ungraded"


@in_chromium.stored
def test_the_state_is_in_the_address_and_is_kept(browser, page):
    tab = in_chromium.opened(browser, page)
    tab.locator(".wr-tools summary").click()
    tab.get_by_label("corroborated and up").check()
    tab.get_by_label("Pakistan’s").check()
    assert tab.url.endswith("istanbul.html?evidence=corroborated&account=pakistani")
    tab.reload()
    assert tab.evaluate("window.wrState.get()") == {
        "evidence": "corroborated", "account": "pakistani", "signs": "all"
    }  # fmt: skip
    index, account = page.with_name("index.html").as_uri(), "document.documentElement.dataset.account"
    in_chromium.told(tab, index, account, "pakistani")
    in_chromium.told(tab, page.as_uri() + "#a", account, "pakistani")
    assert tab.url.endswith("?evidence=corroborated&account=pakistani#a")
    tab.locator(".wr-tools summary").click()
    tab.get_by_text("Show everything").click()
    assert tab.url.endswith("istanbul.html#a") and tab.evaluate(DIMMED) == ""
    tab.context.close()


def test_a_page_that_was_only_opened_stores_nothing(tab):
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('wr-'))"
    assert tab.evaluate(kept) == []
    choose(tab, signs="few")
    assert tab.evaluate(kept) == ["wr-signs"]


@in_chromium.stored
def test_an_address_goes_before_what_was_kept_and_nonsense_is_everything(browser, page):
    tab = in_chromium.opened(browser, page, query="?evidence=documented&account=israeli&signs=few")
    assert tab.evaluate("({...document.documentElement.dataset}).signs") == "few"
    wanted = {"evidence": "attested", "account": "all", "signs": "few"}
    in_chromium.told(tab, page.as_uri() + "?evidence=attested", "window.wrState.get()", wanted)
    tab.goto(page.as_uri() + "?evidence=%22%3E&account=nobody")
    assert tab.evaluate("window.wrState.get()")["evidence"] == "all"
    tab.context.close()


@in_chromium.stored
def test_a_view_that_was_sent_holds_in_its_tab_and_is_kept_when_the_bar_is_touched(browser, page):
    sent, index = (
        in_chromium.opened(browser, page, query="?evidence=documented"),
        page.with_name("index.html"),
    )
    own, evidence = sent.context.new_page(), "window.wrState.get().evidence"
    in_chromium.told(sent, index.as_uri(), evidence, "documented")
    own.goto(page.as_uri())
    assert own.evaluate(evidence) == "all"
    choose(sent, signs="few")
    in_chromium.hears(own, "html[data-signs=few][data-evidence=documented]")
    assert own.locator(".wr-tools-now").inner_text() == "Documented only, few signs"
    sent.context.close()


@in_chromium.stored
def test_another_tab_follows_a_choice_but_not_away_from_a_view_that_was_sent_to_it(browser, page):
    tab = in_chromium.opened(browser, page)
    follows, holds = tab.context.new_page(), tab.context.new_page()
    follows.goto(page.as_uri())
    holds.goto(page.as_uri() + "?evidence=attested")
    choose(tab, evidence="documented")
    in_chromium.hears(follows, "html[data-evidence=documented]")
    assert follows.evaluate(DIMMED) == "4 of 10 sentences dimmed, 4 ungraded"
    holds.wait_for_timeout(100)
    assert holds.evaluate("window.wrState.get().evidence") == "attested"
    tab.context.close()


@in_chromium.stored
def test_going_back_undoes_no_choice(browser, page):
    tab = in_chromium.opened(browser, page, query="?evidence=documented")
    tab.goto(page.with_name("index.html").as_uri())
    choose(tab, evidence="attested")
    tab.wait_for_timeout(in_chromium.STAY)
    tab.go_back()
    in_chromium.hears(tab, "html[data-evidence=attested]")  # at once, or a moment later
    assert tab.evaluate("window.wrState.get().evidence") == "attested"
    assert tab.url.endswith("?evidence=attested")
    tab.evaluate("localStorage.setItem('wr-evidence', 'corroborated')")
    tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")  # as it was left
    assert tab.evaluate("document.documentElement.dataset.evidence") == "corroborated"
    tab.context.close()


def test_a_copy_button_gets_its_words_back(tab):
    tab.evaluate(
        """Object.defineProperty(navigator, "clipboard", { value: { writeText: async () => {} } })"""
    )
    tab.clock.install()
    tab.locator(".wr-tools summary").click()
    button = tab.locator(".wr-copy-view")
    for _ in "ab":
        button.click()
        tab.wait_for_selector(".wr-copy-view:text-is('Copied')")
        tab.clock.run_for(1000)
    tab.clock.run_for(1500)
    assert button.inner_text() == "Copy a link to this view"


def test_the_state_holds_before_the_page_is_read_on(page):
    head = page.read_text("utf-8").partition("</head>")[0]
    tag = next(line for line in head.splitlines() if "state.js" in line)
    assert "defer" not in tag and "async" not in tag


def test_the_bar_stays_in_sight(tab):
    tab.evaluate(
        "document.querySelector('.bd-article').insertAdjacentHTML('beforeend', '<p>x</p>'.repeat(99))"
    )
    tab.evaluate(
        "document.querySelector('.bd-article > section').append(...document.querySelectorAll('.bd-article > p'))"
    )
    tab.evaluate("scrollTo({top: 2000, behavior: 'instant'})")
    box = tab.locator(".wr-tools").bounding_box()
    assert 0 <= box["y"] <= 64 and box["height"] <= 40


def test_lists_of_events_obey(tab):
    colour = "one => getComputedStyle(one).color"
    tab.locator(".wr-box details summary").click()
    weak = tab.locator(".wr-events .wr-judged[data-level='0'] a").first
    before = weak.evaluate(colour)
    choose(tab, evidence="attested")
    assert weak.evaluate(colour) != before


def test_quiet_leaves_one_sign_a_paragraph_the_weakest(tab):
    choose(tab, signs="few")
    seen = (
        "() => [...document.querySelectorAll('section > p')].map((p) => "
        "[...p.querySelectorAll('.wr-bare')].filter((m) => m.getClientRects().length).map((m) => m.dataset.card))"
    )
    assert [signs for signs in tab.evaluate(seen) if signs] == [
        ["card-e-2005-delegation-174"],
        ["card-e-2010-quiet-talks"],
    ]


#: What looks otherwise than where everything is shown, beside the bar itself.
LOOKS = """() => [...document.querySelectorAll('.bd-article *')].filter((one) => !one.closest('.wr-tools')).map((one) =>
    ((style) => style.color + style.opacity + style.fill)(getComputedStyle(one)))"""
KINDS = {
    "index.html": False,
    "istanbul.html": True,
    "reference/events.html": True,
    "reference/disputes.html": True,
    "reference/explorer.html": True,
    "reference/sources.html": False,
    "reference/people.html": False,
    "reference/silences.html": False,
    "events/2005-delegation-174.html": True,
    "people/muhammad-ali-jinnah.html": True,
    "id/index.html": False,
}  #: a page of each kind -> whether it can dim


@pytest.mark.parametrize("name", KINDS)
@in_chromium.stored
def test_a_page_obeys_and_says_so_or_knows_nothing_of_the_state(browser, page, name):
    for query in ("?evidence=documented", "?account=israeli"):
        tab = in_chromium.opened(browser, page.with_name("index.html"))
        tab.goto((page.parent / name).as_uri())
        in_chromium.settled(tab)
        before = tab.evaluate(LOOKS)
        tab.goto(page.as_uri())
        tab.evaluate("query => window.wrState.set(Object.fromEntries(new URLSearchParams(query)))", query)
        root = "document.documentElement.dataset.evidence || document.documentElement.dataset.account"
        in_chromium.told(tab, (page.parent / name).as_uri(), root, query.partition("=")[2])
        assert (tab.evaluate(LOOKS) != before) == KINDS[name], query
        assert tab.locator(".wr-tools").count() == KINDS[name]
        if KINDS[name]:
            assert (
                tab.locator(".wr-tools").is_visible() and " dimmed" in tab.locator(".wr-dimmed").inner_text()
            )
        assert tab.url.endswith(query) == KINDS[name]
        tab.goto((page.parent / name).as_uri() + query)  # a view that was sent
        assert tab.url.endswith(query) == KINDS[name]
        tab.context.close()


def test_of_a_dispute_an_account_and_its_witnesses_obey(browser, page):
    tab = in_chromium.opened(browser, page.parent / "reference" / "disputes.html", query="?account=pakistani")
    accounts = tab.locator("#d-2005-istanbul-meeting-initiator .wr-account")
    colours = {
        account.get_attribute("data-voices"): account.evaluate("one => getComputedStyle(one).color")
        for account in accounts.all()
    }
    assert colours["israeli"] != colours["pakistani"]
    assert tab.locator(".wr-dimmed").inner_text().endswith("accounts dimmed")
    tab.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_words_of_a_dim_mark_can_be_read(browser, page, theme, media):
    tab = in_chromium.opened(browser, page, query="?evidence=documented", color_scheme=theme)
    tab.evaluate("""() => document.querySelector('.bd-article section').insertAdjacentHTML('beforeend',
        '<figure class="wr-figure"><div class="wr-drawing"><svg viewBox="0 0 9 9"><a class="wr-ev" data-level="0">'
        + '<path d="M0 0h9"/><g><text fill="#123">Words</text></g></a></svg></div></figure>')""")
    tab.emulate_media(media=media, color_scheme=theme)
    told = tab.evaluate("""() => {
        const text = document.querySelector('.wr-ev text'), fades = [];
        for (let one = text; one; one = one.parentElement) fades.push(getComputedStyle(one).opacity);
        return [getComputedStyle(text).fill, getComputedStyle(document.body).backgroundColor, fades,
            getComputedStyle(document.querySelector('.wr-ev path')).opacity];
    }""")
    assert set(told[2]) == {"1"} and told[3] == "0.25"
    assert contrast(told[0], told[1]) >= 4.5
    tab.context.close()


def contrast(one: str, other: str) -> float:
    """The contrast of two colours "rgb(r, g, b)", after WCAG."""

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_forced_colours_show_the_choice_and_what_is_dim(browser, page):
    tab = in_chromium.opened(browser, page, query="?evidence=documented", forced_colors="active")
    weak = tab.locator(".wr-clause[data-level='0']").first
    assert weak.evaluate("one => [getComputedStyle(one).opacity, getComputedStyle(one).fontStyle]") == [
        "0.55",
        "italic",
    ]
    tab.locator(".wr-tools summary").click()
    chosen = "one => getComputedStyle(one.closest('label')).outlineStyle"
    assert tab.locator("[value=documented]").evaluate(chosen) == "solid"
    assert tab.locator("[value=attested]").evaluate(chosen) == "none"
    tab.context.close()


LIGHT = """() => {
  const light = (colour) => { const c = colour.match(/[0-9.]+/g).map(Number); return c[3] === 0 ? 1 : (c[0] + c[1] + c[2]) / 765; };
  const dark = [];
  for (const one of document.querySelectorAll('html, body, .bd-article, .bd-article *')) {
    if (!one.checkVisibility()) continue;
    const style = getComputedStyle(one);
    if (light(style.backgroundColor) < 0.8) dark.push(one.tagName + '.' + one.className + ' on ' + style.backgroundColor);
    if (light(style.color) > 0.55) dark.push(one.tagName + '.' + one.className + ' in ' + style.color);
  }
  return dark;
}"""  # noqa: E501


def test_paper_keeps_signs_numbers_and_notes_in_the_colours_of_the_day(browser, page):
    tab = in_chromium.opened(browser, page, color_scheme="dark")
    tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    tab.emulate_media(media="print", color_scheme="dark")
    assert tab.evaluate(LIGHT) == []
    assert tab.locator(".wr-shown").first.is_visible()
    assert tab.locator("a.wr-src .wr-shown").first.inner_text().strip("\u2060") == "1"
    notes = tab.locator(".wr-notes p").all_inner_texts()
    assert notes[0].startswith("n1 Documented. Two sides said so")
    assert any(note.startswith("1 “Kasuri meets Shalom”, Dawn") for note in notes)
    assert not tab.locator(".wr-tools").is_visible()
    tab.emulate_media(media="screen", color_scheme="dark")
    tab.wait_for_selector(
        "html[data-theme=dark]"
    )  # a string to be evaluated is against the policy of the page
    assert not tab.locator(".wr-notes").is_visible()
    tab.context.close()


def test_paper_says_what_was_dimmed(browser, page):
    tab = in_chromium.opened(browser, page, query="?evidence=documented")
    tab.emulate_media(media="print")
    assert tab.locator(".wr-dimmed").inner_text() == "4 of 10 sentences dimmed, 4 ungraded"
    assert tab.locator(".wr-dimmed").is_visible()
    tab.context.close()
