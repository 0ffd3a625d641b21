"""Record pages over the small book: every event has one, all links of them lead somewhere, and print knows none."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl

import human
import links
import pytest
import toybook
from bs4 import BeautifulSoup
from lxml.html import document_fromstring
from without_recognition import citations
from without_recognition.data import documents as excerpts
from without_recognition.data.dataset import load
from without_recognition.evidence.lookup import Lookup
from without_recognition.press.site import mentions, records

PAGE = """# The Istanbul meeting

They met {event}`2005-istanbul-meeting`.

## In one room

Once more {event}`2005-istanbul-meeting`, asked for by one side {claim}`2005-istanbul-meeting.7`, or the other
{dispute}`2005-istanbul-meeting initiator`; so said {who}`muhammad-ali-jinnah`, whose letter is another thing
{event}`1947-jinnah-truman`.
"""


def actors() -> list[dict[str, str]]:
    """The persons of the small book, one of them described, so that {who} may name him."""
    rows = toybook.rows("actors")
    rows[0]["description"] = "Governor General of Pakistan."
    return rows


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    out, warnings, wrong = toybook.build(
        tmp_path_factory.mktemp("records"), PAGE, strict=True, theme="without_recognition", actors=actors()
    )
    assert not wrong, warnings
    return out


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def pages(site) -> dict[str, BeautifulSoup]:
    """The record pages, by their path."""
    return {
        f"{folder}/{p.name}": soup(p)
        for folder in ("events", "people")
        for p in sorted((site / folder).glob("*"))
    }


def test_every_event_has_a_page_and_every_person_of_two_events(pages) -> None:
    events = {f"events/{row['event_id']}.html" for row in toybook.rows("events")}
    assert set(pages) == events | {"people/muhammad-ali-jinnah.html"}
    for row in toybook.rows("events"):
        page = pages[f"events/{row['event_id']}.html"]
        assert page.select_one(".wr-r h1").find(string=True) == row["title"]
        assert page.title.get_text().startswith(row["title"])
        claims = {c["claim_id"] for c in toybook.rows("claims") if c["event_id"] == row["event_id"]}
        shown = {tag["id"] for tag in page.select(".wr-r-claims tr[id]")}
        assert shown == {f"c-{claim}" for claim in claims}
        assert {link["href"] for link in page.select("a.wr-r-link")} == {f"#c-{claim}" for claim in claims}


def test_records_speak_to_people(tmp_path) -> None:
    sources, claims = toybook.rows("sources"), toybook.rows("claims")
    for source in sources:
        source["issued"] = source["issued"] if source["source_id"] != "dahri-2016" else "20XX"
    out, warnings, wrong = toybook.build(
        tmp_path, PAGE, theme="without_recognition", actors=actors(), sources=sources, claims=claims
    )
    assert not wrong, warnings
    pages = [*out.glob("events/*.html"), *out.glob("people/*.html"), *out.glob("reference/*.html")]
    assert {p.name: found for p in pages if (found := human.odd(links.tree(p)))} == {}
    assert "undated, after 2000" in soup(out / "events" / "1948-ben-gurion-telegram.html").get_text()
    assert human.odd(document_fromstring("<main>Of contemporary_news, `as_text`, 20XX.</main>"))


# --- the document itself; correction and reply ------------------------------------------------------
SPEECH = (
    "The first word is peace. We want a settlement, a just one, and no more; that was said before. The end."
)


def reprinting(text: str) -> dict[str, list[dict]]:
    """Tables in which `text` is reprinted from a source that anyone may reprint, with a passage that a claim quotes."""
    sources, claims = toybook.rows("sources"), toybook.rows("claims")
    next(s for s in sources if s["source_id"] == "pakun-2005-09-01")["url"] = (
        "https://doi.org/10.7910/DVN/0TJX8Y"
    )
    next(c for c in claims if c["claim_id"] == "2005-istanbul-meeting.1")["passage"] = (
        "settlement a just one … The end"
    )
    row = {"event_id": "2005-istanbul-meeting", "source_id": "pakun-2005-09-01", "part": "1"}
    row |= {"locator": "¶1", "text": text, "words": "1234"}
    return {"sources": sources, "claims": claims, "documents": [row]}


def with_a_way_to_correct(root: Path) -> None:
    """The page with the section to which corrections lead."""
    (root / "book" / "reference").mkdir(parents=True)
    (root / "book" / "reference" / "cite.md").write_text(
        "---\norphan: true\n---\n# Cite\n\n(correct)=\n## Correct it\n", "utf-8"
    )


def free_speech(tmp_path: Path, text: str) -> Path:
    """The small book, one of its sources a speech that anyone may reprint, and a page that says how to correct it."""
    with_a_way_to_correct(tmp_path)
    tables = reprinting(text)
    out, warnings, wrong = toybook.build(
        tmp_path, PAGE, theme="without_recognition", actors=actors(), **tables
    )
    assert not wrong, warnings
    return out


def test_a_page_shows_the_document_with_the_passage_marked_and_how_to_correct(tmp_path) -> None:
    out = free_speech(tmp_path, SPEECH)
    page = soup(out / "events" / "2005-istanbul-meeting.html")
    (shown,) = page.select("section[id^=document-]")
    assert [mark.get_text() for mark in shown.select("mark")] == ["settlement, a just one", "The end"]
    assert shown.blockquote.get_text().split(maxsplit=1)[1].strip() == SPEECH
    assert f"{len(SPEECH.split())} of the 1,234 words" in shown.get_text() and "CC0" in shown.get_text()
    assert page.select_one(".wr-r-ways a")["href"] == f"#{shown['id']}"
    assert not soup(out / "events" / "1947-jinnah-truman.html").select("section[id^=document-]")
    routes = {
        path.stem: [a["href"] for a in soup(path).select(".wr-correct a")] for path in out.glob("events/*")
    }
    sensitive = {row["event_id"] for row in toybook.rows("events") if row["sensitive"]}
    assert {e for e, found in routes.items() if found} == sensitive != set()
    assert all(found == ["../reference/cite.html#correct"] for found in routes.values() if found)
    assert not soup(out / "people" / "muhammad-ali-jinnah.html").select(".wr-correct")  # he died in 1948
    assert soup(out / "reference" / "cite.html").find(id="correct")


def test_a_living_person_has_a_way_to_reply(tmp_path) -> None:
    alive = actors()
    for row in alive:
        row["died"] = ""
    with_a_way_to_correct(tmp_path)
    out, warnings, wrong = toybook.build(tmp_path, PAGE, theme="without_recognition", actors=alive)
    assert not wrong, warnings
    (link,) = soup(out / "people" / "muhammad-ali-jinnah.html").select(".wr-correct a")
    assert link["href"] == "../reference/cite.html#correct"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": "Words that no claim quotes."}, "no passage of a claim"),
        ({"text": SPEECH + " more" * 250}, "more than 250 words"),
        ({"source_id": "mfa-2005-09-01"}, "not of a corpus that anyone may reprint"),
    ],
    ids=["unquoted", "long", "not-free"],
)
def test_only_what_is_free_and_quoted_is_reprinted(tmp_path, change, told) -> None:
    tables = reprinting(SPEECH)
    whole = toybook.write_package(tmp_path / "sound", **tables)
    assert not list(excerpts.excerpt_problems(load(whole)))
    tables["documents"] = [row | change for row in tables["documents"]]
    broken = toybook.write_package(tmp_path / "broken", **tables)
    assert any(told in problem for problem in excerpts.excerpt_problems(load(broken)))


@pytest.mark.parametrize(
    ("address", "side", "corpus"),
    [
        ("https://doi.org/10.7910/DVN/0TJX8Y", "pakistani", excerpts.SPEECHES),
        ("https://doi.org/10.7910/DVN/0TJX8Y/1", "pakistani", None),
        ("https://history.state.gov/historicaldocuments/frus1948v05p1/d351", "american", excerpts.PAPERS),
        ("https://history.state.gov/historicaldocuments/frus1977-80v19/d307", "pakistani", None),
        ("", "american", None),
    ],
)
def test_papers_are_free_that_their_own_government_wrote(address, side, corpus) -> None:
    assert excerpts.corpus({"url": address, "perspective": side}) is corpus


def test_a_paper_of_another_government_is_not_reprinted_but_leads_to_where_it_is_read(tmp_path) -> None:
    address = "https://history.state.gov/historicaldocuments/frus1947v05/d909"
    sources = [
        row | {"url": address if row["source_id"] == "frus-1947-909" else ""}
        for row in toybook.rows("sources")
    ]
    out, warnings, wrong = toybook.build(
        tmp_path, PAGE, theme="without_recognition", actors=actors(), sources=sources
    )
    assert not wrong, warnings
    page = soup(out / "events" / "1947-jinnah-truman.html")
    assert [a["href"] for a in page.select(".wr-entry a[rel=external]")] == [address]
    assert "at the Office of the Historian." in page.select_one(".wr-entry").get_text()
    assert not soup(out / "events" / "2005-istanbul-meeting.html").select(".wr-entry a[rel=external]")


def test_all_links_of_record_pages_lead_somewhere(site, pages) -> None:
    ids: dict[Path, set[str]] = {}
    broken = []
    for name in pages:
        for written, target, fragment in links.inside(site, name, links.tree(site / name)):
            if not target.is_file():
                broken.append(f"{name}: {written}")
            elif fragment:
                known = ids.setdefault(target, {tag["id"] for tag in soup(target).select("[id]")})
                if fragment not in known:
                    broken.append(f"{name}: {written}")
    assert not broken


def test_no_id_stands_twice_and_nothing_of_the_empty_page_is_left(site, pages) -> None:
    for name, page in pages.items():
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids)), name
        assert "empty-record" not in str(page)
        assert not page.select(".wr-r [style]")
    assert not (site / "events" / "empty-record.html").exists()


def test_an_event_tells_grade_denial_dispute_and_where_the_book_tells_it(pages) -> None:
    page = pages["events/2005-istanbul-meeting.html"]
    words = " ".join(page.get_text(" ").split())
    for told in (
        "documented",
        "Rule G1",
        "What is disputed",
        "The paper on the other side names nobody.",
        "Khurshid Kasuri",
    ):
        assert told in words
    told = [(li.a["href"], li.a.get_text(), li.span and li.span.get_text()) for li in page.select("#told li")]
    assert told == [
        ("../istanbul.html#t-e-2005-istanbul-meeting", "The Istanbul meeting", None),
        ("../istanbul.html#t-e-2005-istanbul-meeting--2", "The Istanbul meeting: In one room", "3 times"),
    ]
    denied = pages["events/2005-delegation-174.html"].select_one("#denied").get_text(" ", strip=True)
    assert "Israel’s Prime Minister’s Office" in denied and "nobody is coming" in denied
    assert pages["events/2010-quiet-talks.html"].select_one("#told li") is None
    assert "A statement about it: Pakistan says" in words and not page.select(".wr-entry details")
    near = page.select_one(".wr-entry .wr-told")
    assert near.get_text() == "Told in The Istanbul meeting (4 times)."
    assert near.a["href"] == "../istanbul.html#t-e-2005-istanbul-meeting"


def test_an_event_leads_to_its_parts(pages) -> None:
    ways = {name: [a["href"] for a in page.select(".wr-r-ways a")] for name, page in pages.items()}
    assert ways["events/2005-istanbul-meeting.html"] == ["#disputes", "#claims", "#told", "#cite"]
    assert "#denied" in ways["events/2005-delegation-174.html"]
    for name, links_there in ways.items():
        assert not [way for way in links_there if not pages[name].select_one(way)], name


def test_many_statements_about_an_event_are_folded(tmp_path) -> None:
    """One or two stand in sight, as they did."""
    rows = toybook.rows("events")
    for row in rows:
        if row["event_id"] in ("2005-delegation-174", "2010-quiet-talks", "2005-istanbul-statement"):
            row["about"] = "1947-jinnah-truman"
    out, warnings, wrong = toybook.build(
        tmp_path, PAGE, theme="without_recognition", actors=actors(), events=rows
    )
    assert not wrong, warnings
    (fold,) = soup(out / "events" / "1947-jinnah-truman.html").select(".wr-entry details")
    assert fold.summary.get_text() == "3 statements about it" and len(fold.select("a")) == 3


def test_a_person_tells_events_and_where_the_book_names_them(pages) -> None:
    page = pages["people/muhammad-ali-jinnah.html"]
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]
        for row in page.select("tbody tr")
    ]
    assert rows[0] == ["8 December 1947", "Jinnah writes to Truman against partition", "sender", "documented"]
    assert page.select_one("tbody a")["href"] == "../events/1947-jinnah-truman.html"
    assert [a["href"] for a in page.select("#told a")] == ["../istanbul.html#t-a-muhammad-ali-jinnah"]


def test_a_person_whom_no_sentence_is_marked_with_is_told_of_by_the_events() -> None:
    here, there, here_too = (
        mentions.Place("Zia", title, f"zia.html#{n}") for n, title in enumerate(("A", "B", "A"))
    )
    told = SimpleNamespace(
        of_person={"p": [{"event_id": "one"}, {"event_id": "two"}, {"event_id": "untold"}]},
        told={
            ("event", "one"): {here: 2},
            ("event", "two"): {there: 1, here_too: 1},
            ("person", "q"): {there: 9},
        },
    )
    assert records.Records._through(told, "p") == {here: 3, there: 1}
    assert records.Records._through(told, "q") == {}


def test_events_follow_one_another_in_time(pages) -> None:
    walked, name = [], "events/1947-jinnah-truman.html"
    while name:
        walked.append(name)
        after = pages[name].select_one("a[rel=next]")
        name = after and f"events/{after['href'].rpartition('/')[2]}"
    assert walked == sorted(set(walked), key=walked.index) and len(walked) == len(toybook.rows("events"))
    assert pages["events/1947-jinnah-truman.html"].select_one("a[rel=prev]") is None


def test_a_record_can_be_cited_and_the_long_page_leads_to_it(site, pages) -> None:
    page = pages["events/1947-jinnah-truman.html"]
    cite = page.select_one("#cite").get_text(" ", strip=True)
    assert "“Jinnah writes to Truman against partition.” In" in cite and "entry e-1947-jinnah-truman" in cite
    assert (
        page.select_one('meta[name="citation_title"]')["content"]
        == "Jinnah writes to Truman against partition"
    )
    entry = soup(site / "reference" / "events.html").find(id="e-1947-jinnah-truman")
    assert entry.select_one('a[href="../events/1947-jinnah-truman.html"]')


def about(page: BeautifulSoup) -> dict:
    return json.loads(page.find("script", type="application/ld+json").string)["about"]


def test_machines_are_told_that_it_happened_only_where_the_record_bears_it(pages) -> None:
    firm = about(pages["events/2005-istanbul-meeting.html"])
    assert (firm["@type"], firm["startDate"]) == ("Event", "2005-09-01")
    assert firm["location"] == {"@type": "Place", "name": "Istanbul"}
    for event_id in ("2010-quiet-talks", "1948-ben-gurion-telegram", "2005-delegation-174"):
        said = about(pages[f"events/{event_id}.html"])
        assert said["@type"] == "Claim" and said["text"] and not {"startDate", "location"} & said.keys()
    for name, page in pages.items():
        kind, key = name.removesuffix(".html").split("/")
        assert about(page)["identifier"] == ("e-" if kind == "events" else "a-") + key
    person = about(pages["people/muhammad-ali-jinnah.html"])
    assert (person["@type"], person["deathDate"]) == ("Person", "1948-09-11")


def test_each_event_of_a_list_can_be_picked(site) -> None:
    page = soup(site / "reference" / "events.html")
    spans = [dict(parse_qsl(span["title"])) for span in page.select("span.Z3988")]
    assert [span["rft.atitle"] for span in spans] == [h.find(string=True) for h in page.select("h2")]
    assert {(span["rft.genre"], span["rft.btitle"]) for span in spans} == {
        ("bookitem", citations.metadata()["full_title"])
    }
    assert not any("rft_id" in span for span in spans), "the book has no address"


def test_ids_are_printed(site, pages) -> None:
    for name in ("sources", "people", "disputes", "silences"):
        page = soup(site / "reference" / f"{name}.html")
        for link in page.select("a.wr-id"):
            assert link["href"] == f"#{link.get_text()}" and link.find_parent(id=link.get_text())
        assert len(page.select("a.wr-id")) == len(page.select("[id^=s-], [id^=a-], [id^=d-], [id^=q-]"))
    for page in pages.values():
        assert page.select_one(".wr-id code").get_text() == page.select_one(".wr-r")["id"]


def test_print_knows_no_record(site) -> None:
    order = json.loads((site / "print-order.json").read_text("utf-8"))
    assert not [row["page"] for row in order if row["page"].startswith(("events/", "people/"))]


def test_words_of_the_data_become_no_markup(tmp_path) -> None:
    events = toybook.rows("events")
    events[0]["title"] = "A <b>bold</b> & empty-record-body title"
    out, warnings, wrong = toybook.build(tmp_path, PAGE, events=events, actors=actors())
    assert not wrong, warnings
    page = soup(out / "events" / f"{events[0]['event_id']}.html")
    assert page.h1.find(string=True) == events[0]["title"] and not page.h1.b
    assert len(page.select("h1")) == 1


class Small:
    """As much of a Sphinx application as tells whether records are made."""

    def __init__(self, outdir: Path):
        self.outdir, self.env, self.builder = outdir, self, SimpleNamespace(format="html")
        self.entries = {"e-one": ("reference/events", "One"), "s-one": ("reference/sources", "")}

    def get_domain(self, name: str):
        return self


@pytest.mark.parametrize(
    ("read", "there", "made"),
    [({"istanbul"}, True, 0), ({"reference/events"}, True, 1), ({"istanbul"}, False, 1), (set(), False, 1)],
)
def test_a_preview_of_words_leaves_records_as_they_are(tmp_path, read, there, made) -> None:
    app = Small(tmp_path)
    if there:
        (tmp_path / "events").mkdir()
    records.remember(app, app, list(read))
    assert len(list(records.shell(app))) == made


def test_an_interrupted_build_leaves_whole_records_or_the_empty_page(tmp_path, monkeypatch) -> None:
    """Killed at the second page: the old ones stand, and the empty page, by which the next build makes them anew."""
    app, old, empty = Small(tmp_path), tmp_path / "events" / "old.html", tmp_path / f"{records.SHELL}.html"
    old.parent.mkdir()
    old.touch()
    empty.write_text(records.TITLE)

    def cut(_):
        yield "events/new", SimpleNamespace(title="New"), ""
        raise KeyboardInterrupt

    monkeypatch.setattr(records, "head", lambda _: "")
    monkeypatch.setattr(records, "Records", cut)
    with pytest.raises(KeyboardInterrupt):
        records.write_records(app, None)
    assert old.is_file() and empty.is_file() and not (tmp_path / "events" / "new.html").exists()
    monkeypatch.setattr(records, "Records", lambda _: [("events/new", SimpleNamespace(title="New"), "")])
    records.write_records(app, None)
    assert [p.name for p in tmp_path.rglob("*.html")] == ["new.html"]
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []


def test_persons_are_filed_by_family_name(book) -> None:
    look = Lookup.of(load())
    filed = [
        (look.actors[p]["family_name"] or look.actors[p]["name"]).casefold() for p in records.people(look)
    ]
    assert filed == sorted(filed) and len(filed) > 50
