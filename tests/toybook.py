"""A small Data Package and a small Sphinx project for the tests of the press floor.

The rows are short forms of real cases and hold every grade and every status; the columns and enums are the book's.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import yaml
from conftest import ROOT
from without_recognition.data.dataset import data_folder

SOURCES = """
frus-1947-909|document|Letter of the Governor General to President Truman|State Department|US|1971|1947-12-08|primary_document|pakistani|A|full
dahri-2016|post-weblog|Secret diplomacy|The Times of Israel|IL|2016-02-14||opinion|other|D|copy
yegar-2007|article-journal|Pakistan and Israel|Jewish Political Studies Review|IL|2007||scholarship|israeli|C|cited_only
dawn-2023|article-newspaper|Smokers' corner|Dawn|PK|2023||retrospective|pakistani|C|excerpt
dawn-2005-09-01|article-newspaper|Kasuri meets Shalom|Dawn|PK|2005-09-01||contemporary_news|pakistani|B|full
ap-2005-09-01|article-newspaper|Ministers meet in Istanbul|Associated Press|US|2005-09-01||contemporary_news|american|B|copy
pakun-2005-09-01|webpage|Press release|Pakistan Mission to the UN|PK|2005-09-01||official_statement|pakistani|A|full
mfa-2005-09-01|webpage|Statement of the minister|Ministry of Foreign Affairs|IL|2005-09-01||official_statement|israeli|A|full
jpost-2005-11|article-newspaper|No visitors, says Jerusalem|The Jerusalem Post|IL|2005-11-13||contemporary_news|israeli|B|excerpt
aljazeera-2005-11-12|article-newspaper|Delegation on its way|Al Jazeera|QA|2005-11-12||contemporary_news|arab|B|full
paper-a|article-newspaper|Talks, says one who knows|The News International|PK|2010-01-02||contemporary_news|pakistani|B|full
forum-2009|post|A quotation|A forum|XX|2009||forum|other|E|full
eoz-2009|post-weblog|The quotation tested|Elder of Ziyon|US|2009-05-04||opinion|other|C|full
ynet-1998-10-30|article-newspaper|Presidents shake hands|Ynet|IL|1998-10-30||contemporary_news|israeli|C|full
jta-1998-10-31|article-newspaper|A handshake in Ankara|JTA|US|1998-10-31||contemporary_news|american|B|full
"""  # noqa: E501
ACTORS = """
muhammad-ali-jinnah|Muhammad Ali Jinnah|person|pakistani|1948-09-11
harry-truman|Harry S. Truman|person|american|1972-12-26
david-ben-gurion|David Ben-Gurion|person|israeli|1973-12-01
zafrullah-khan|Muhammad Zafrullah Khan|person|pakistani|1985-09-01
abba-eban|Abba Eban|person|israeli|2002-11-17
khurshid-kasuri|Khurshid Kasuri|person|pakistani|
silvan-shalom|Silvan Shalom|person|israeli|
pakistan-mofa|Pakistan's Ministry of Foreign Affairs|state|pakistani|
israel-mfa|Israel's Ministry of Foreign Affairs|state|israeli|
israel-pmo|Israel's Prime Minister's Office|state|israeli|
jamil-kadri|Jamil Kadri|person|pakistani|
unnamed-official|An unnamed official|unnamed|pakistani|
rafiq-tarar|Rafiq Tarar|person|pakistani|2022-03-07
ezer-weizman|Ezer Weizman|person|israeli|2005-04-24
"""
EVENTS = """
1947-jinnah-truman|telegram|Jinnah writes to Truman against partition|1947-12-08|karachi|diplomatic|public||||Jinnah asked Truman by letter to prevent the partition of Palestine.
1948-ben-gurion-telegram|telegram|A cable to Jinnah asking for recognition|1948||diplomatic|secret|one_sided|||Later tellings have Ben-Gurion cable Jinnah. No text of it has been found.
1953-zafrullah-eban|telegram|Zafrullah Khan and Eban talk in New York|1953?|new-york|diplomatic|secret|official|||A scholar, known to us through a column, has the two ministers meet.
1998-tarar-weizman|istanbul|The presidents shake hands in Ankara|1998-10-29|ankara|diplomatic|public|official|||Two agencies reported a handshake at a reception in Ankara.
2005-istanbul-meeting|istanbul|Kasuri and Shalom meet in Istanbul|2005-09-01|istanbul|diplomatic|public|official|||The foreign ministers met and both governments said so the same day.
2005-istanbul-statement|istanbul|Pakistan says that it has not recognised Israel|2005-09-01||statement|public||2005-istanbul-meeting||The ministry said that it would engage and would not recognise.
2005-delegation-174|istanbul|A delegation of 174 is said to visit|2005-11||people_to_people|unacknowledged|||true|One who called himself its leader announced the visit; Israel denied it.
2010-quiet-talks|after-istanbul|Quiet talks are reported|2010-01||intelligence|secret||||A paper, on the word of one unnamed official.
1967-quotation|arab-wars|A speech attributed to Ben-Gurion|1967-08-09||media|public||||A quotation that circulates without any source of its time.
"""  # noqa: E501
CLAIMS = """
1947-jinnah-truman.1|frus-1947-909|doc. 909|occurrence||Prints the letter whole.||affirms||record|self
1947-jinnah-truman.2|frus-1947-909|doc. 909|date||Dated Karachi, 8 December.|1947-12-08|affirms||record|self
1947-jinnah-truman.3|frus-1947-909|doc. 909|place||Dated Karachi.|karachi|affirms||record|self
1948-ben-gurion-telegram.1|dahri-2016|¶23|occurrence||Says that a cable was sent.||affirms||hearsay|self
1948-ben-gurion-telegram.2|dawn-2023|opening|occurrence||Repeats the cable on a scholar's word.||affirms||study|yegar-2007
1948-ben-gurion-telegram.3|dahri-2016|¶23|date||Puts it in the year of independence.|1948|affirms||hearsay|self
1953-zafrullah-eban.1|dawn-2023|opening|occurrence||Says that the two met.||affirms||study|yegar-2007
1953-zafrullah-eban.2|dawn-2023|opening|date||Gives the year with a doubt.|1953?|affirms||study|yegar-2007
1953-zafrullah-eban.3|dawn-2023|opening|place||Gives New York.|new-york|affirms||study|yegar-2007
1998-tarar-weizman.1|ynet-1998-10-30|whole|occurrence||Reports the handshake.||affirms||reported|self
1998-tarar-weizman.2|jta-1998-10-31|whole|occurrence||Reports the handshake.||affirms||reported|self
1998-tarar-weizman.3|ynet-1998-10-30|whole|date||Gives the day.|1998-10-29|affirms||reported|self
1998-tarar-weizman.4|ynet-1998-10-30|whole|place||Gives Ankara.|ankara|affirms||reported|self
2005-istanbul-meeting.1|pakun-2005-09-01|¶1|occurrence||The ministry announces the meeting.||affirms|pakistan-mofa|official|self
2005-istanbul-meeting.2|mfa-2005-09-01|¶1|occurrence||The ministry announces the meeting.||affirms|israel-mfa|official|self
2005-istanbul-meeting.3|ap-2005-09-01|¶1|occurrence||Reports the meeting.||affirms||reported|self
2005-istanbul-meeting.4|pakun-2005-09-01|¶1|date||Gives the day.|2005-09-01|affirms|pakistan-mofa|official|self
2005-istanbul-meeting.5|mfa-2005-09-01|¶1|place||Gives Istanbul.|istanbul|affirms|israel-mfa|official|self
2005-istanbul-meeting.6|ap-2005-09-01|¶7|initiator||Israel says that Pakistan asked.|pakistan|affirms|israel-mfa|official|self
2005-istanbul-meeting.7|dawn-2005-09-01|¶4|initiator||Pakistan says that Israel asked.|israel|affirms|pakistan-mofa|official|self
2005-istanbul-meeting.8|ap-2005-09-01|¶9|place||Has the dateline Ankara.|ankara|affirms||hearsay|self
2005-istanbul-statement.1|dawn-2005-09-01|¶6|occurrence||Reports the statement.||affirms||reported|self
2005-istanbul-statement.2|dawn-2005-09-01|¶6|date||Of the same day.|2005-09-01|affirms||reported|self
2005-delegation-174.1|aljazeera-2005-11-12|¶2|occurrence||He says by telephone that they are going.||affirms|jamil-kadri|participant|self
2005-delegation-174.2|jpost-2005-11|¶3|occurrence||The office says that nobody is coming.||denies|israel-pmo|official|self
2005-delegation-174.3|aljazeera-2005-11-12|¶2|date||Speaks of this month.|2005-11|affirms|jamil-kadri|participant|self
2005-delegation-174.4|aljazeera-2005-11-12|¶2|count|delegates|Counts them.|174|affirms|jamil-kadri|participant|self
2010-quiet-talks.1|paper-a|¶1|occurrence||An official says so.||affirms|unnamed-official|anonymous|self
2010-quiet-talks.2|paper-a|¶1|date||Gives the month.|2010-01|affirms|unnamed-official|anonymous|self
1967-quotation.1|forum-2009|post 1|occurrence||Prints the words.||affirms||hearsay|self
1967-quotation.2|eoz-2009|whole|occurrence||Finds no such speech in the cited paper.||denies||study|self
1967-quotation.3|forum-2009|post 1|date||Gives the day.|1967-08-09|affirms||hearsay|self
"""  # noqa: E501
PARTICIPANTS = """
1947-jinnah-truman|muhammad-ali-jinnah|sender|1947-jinnah-truman.1
1947-jinnah-truman|harry-truman|recipient|1947-jinnah-truman.1
1948-ben-gurion-telegram|david-ben-gurion|sender|1948-ben-gurion-telegram.1
1948-ben-gurion-telegram|muhammad-ali-jinnah|recipient|1948-ben-gurion-telegram.1
1953-zafrullah-eban|zafrullah-khan|party|1953-zafrullah-eban.1
1953-zafrullah-eban|abba-eban|party|1953-zafrullah-eban.1
1998-tarar-weizman|rafiq-tarar|party|1998-tarar-weizman.1
1998-tarar-weizman|ezer-weizman|party|1998-tarar-weizman.1
2005-istanbul-meeting|khurshid-kasuri|party|2005-istanbul-meeting.1
2005-istanbul-meeting|silvan-shalom|party|2005-istanbul-meeting.2
2005-istanbul-meeting|pakistan-mofa|party|2005-istanbul-meeting.1
2005-istanbul-meeting|israel-mfa|party|2005-istanbul-meeting.2
2005-delegation-174|jamil-kadri|party|2005-delegation-174.1
2005-istanbul-statement|pakistan-mofa|speaker|2005-istanbul-statement.1
"""
OFFICES = (
    "silvan-shalom-foreign-minister-2003|silvan-shalom|Foreign minister|"
    "israel-mfa|2003-02/2006-01|ap-2005-09-01|¶2"
)
RULINGS = """
2005-istanbul-meeting|initiator||2005-istanbul-meeting.6|The paper on the other side names nobody.|Minutes of either ministry.
1967-quotation|occurrence||1967-quotation.2|The cited paper of that day has no such speech.|The paper's own page.
"""  # noqa: E501
SEARCHES = """
1948-telegram|1948-ben-gurion-telegram|telegram|Is there a text of the cable?|Documents on the Foreign Policy of Israel, vol. 1|Jinnah; Karachi|2026-11-22|document|nothing|yes|whole|
2005-visit-denial|2005-delegation-174|istanbul|Did Islamabad deny the visit?|stored public web pages|delegation 174|2026-11-22|denial|nothing|no|part|
"""  # noqa: E501
CORRECTIONS = (
    "2026-01|2026-11-22|0.1.0|changed|events|1953-zafrullah-eban|date|1953|1953?|The column gives no day."
)

PLACES = """
ankara|Ankara|39.92|32.85|https://www.geonames.org/323786
istanbul|Istanbul|41.01|28.95|https://www.geonames.org/745044
karachi|Karachi|24.86|67.01|https://www.geonames.org/1174872
new-york|New York|40.71|-74.01|https://www.geonames.org/5128581
"""
ROWS = {
    "sources": (
        SOURCES,
        "source_id type title publisher country issued written kind perspective reliability seen",
    ),
    "actors": (ACTORS, "actor_id name type side died"),
    "events": (
        EVENTS,
        "event_id chapter title date place channel visibility contact about sensitive summary",
    ),
    "places": (PLACES, "place label latitude longitude source"),
    "claims": (CLAIMS, "claim_id source_id locator aspect of statement value stance speaker basis origin"),
    "participants": (PARTICIPANTS, "event_id actor_id role claim_id"),
    "offices": (OFFICES, "office_id actor_id office body span source_id locator"),
    "rulings": (RULINGS, "event_id aspect of follows reason what_would_change_it"),
    "searches": (
        SEARCHES,
        "search_id event_id chapter question searched_in terms date looked_for result expected coverage note",
    ),
    "corrections": (CORRECTIONS, "correction_id date version kind table key column was now reason"),
    "documents": ("", "event_id"),
    "texts": ("", "source_a"),
    "prints": ("", "source_id"),
    "uncoded": ("", "source_id"),
    "audit": ("", "claim_id"),
    "support": ("", "claim_id"),
}
#: roles over these data that are wrong, and what is told of each
MISTAKES = {
    "{event}`1998-tarar-weizmann`": "unknown event '1998-tarar-weizmann'; the nearest is '1998-tarar-weizman'",
    "{event}`words <2005-istanbul-meting>`": "the nearest is '2005-istanbul-meeting'",
    "{date}`2005-istanbul-meating`": "the nearest is '2005-istanbul-meeting'",
    "{src}`dawn-2005-09-02 ¶1`": "unknown source 'dawn-2005-09-02'; the nearest is 'dawn-2005-09-01'",
    "{src}`yegar-2007 p. 4`": "source 'yegar-2007' was not read by us",
    "{claim}`2005-istanbul-meeting.77`": "the nearest is '2005-istanbul-meeting.7'",
    "{dispute}`2005-istanbul-meeting initiater`": "the nearest is '2005-istanbul-meeting initiator'",
    "{dispute}`2005-istanbul-meeting`": "needs an event, an aspect",
    "{value}`2005-delegation-174 count delegate`": "the nearest is 'count delegates'",
    "{grade}`2005-istanbul-meeting place rome`": "unknown value of 2005-istanbul-meeting place 'rome'",
    "{grade}`2005-delegation-174 count of=delegate 174`": "the nearest is 'count delegates'",
    "{value}`1967-quotation occurrence`": "follows a denial; there is no value to show",
    "{n}`events istambul`": "unknown chapter 'istambul'; the nearest is 'istanbul'",
    "{n}`events istanbul grade=documentd`": "unknown grade 'documentd'; the nearest is 'documented'",
    "{n}`events istanbul grades=documented`": "cannot filter events by 'grades=documented'",
    "{n}`lines 2005-istanbul`": "unknown event '2005-istanbul'",
}


def rows(table: str) -> list[dict[str, str]]:
    """The toy's rows of one table, as dictionaries; change them and hand them to `write_package`."""
    text, columns = ROWS[table]
    found = [dict(zip(columns.split(), line.split("|"), strict=True)) for line in text.strip().splitlines()]
    for row in found:
        if table == "claims":
            row["event_id"] = row["claim_id"].rpartition(".")[0]
        if table == "actors" and row["type"] == "person":
            row["family_name"] = row["name"].split()[-1]
        if table == "sources":
            row |= {"lang": "en", "reliability_reason": "" if row["reliability"] == "C" else "First guess."}
    return found


def write_package(folder: Path, **changed: list[dict[str, str]]) -> Path:
    """Write the toy as a Data Package into `folder`; tables given by name replace the toy's. Returns `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    package = json.loads((data_folder() / "datapackage.json").read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] in ROWS]
    (folder / "datapackage.json").write_text(json.dumps(package, indent=2), "utf-8")
    for resource in package["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        with (folder / resource["path"]).open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(changed.get(resource["name"], rows(resource["name"])))
    return folder


REFERENCE = {
    "events": "\n\n".join(
        f"```{{events-page}} {slug}\n```" for slug in ("telegram", "arab-wars", "istanbul", "after-istanbul")
    ),
    "disputes": "```{disputes-page}\n```",
    "sources": "```{sources-page}\n```",
    "news-sources": "```{news-sources-page}\n```",
    "cited-sources": "```{cited-sources-page}\n```",
    "people": "```{people-page}\n```",
    "silences": "```{silences-page}\n```",
}
NOTEBOOK = """---
kernelspec: {name: python3, display_name: Python 3, language: python}
jupytext: {text_representation: {extension: .md, format_name: myst}}
---
"""


def build(
    root: Path,
    page: str,
    *,
    name: str = "istanbul",
    strict: bool = False,
    theme: str = "basic",
    front: str = "",
    **tables: list[dict[str, str]],
) -> tuple[Path, str, Exception | int | None]:
    """Build `page` with reference pages around it, over the toy data, in this process.

    Returns the folder of the HTML, what Sphinx warned of, and what ended the build, if anything did: an exception,
    or, where it is `strict`, the exit code of one that warned.
    """
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    source = root / "book"
    (source / "reference").mkdir(parents=True, exist_ok=True)
    write_package(root / "data", **tables)
    for title, text in REFERENCE.items():
        (source / "reference" / f"{title}.md").write_text(f"# {title.title()}\n\n{text}\n", "utf-8")
    (source / f"{name}.md").write_text(page, "utf-8")
    entries = "\n".join([name, *(f"reference/{title}" for title in REFERENCE)])
    (source / "index.md").write_text(front or f"# Toy\n\n```{{toctree}}\n{entries}\n```\n", "utf-8")
    settings = {
        "extensions": ["myst_nb", "without_recognition.press.build.extension"],
        "html_theme": theme,
        "wr_data": "../data",
        "myst_enable_extensions": ["colon_fence"],
    }
    if theme == "without_recognition":
        book = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
        settings["html_theme_options"] = book["sphinx"]["config"]["html_theme_options"]
        settings["myst_enable_extensions"] = book["parse"]["myst_enable_extensions"]
    warnings = io.StringIO()
    with patch_docutils(str(source)), docutils_namespace():
        try:
            app = Sphinx(
                source,
                None,
                root / "html",
                root / "doctrees",
                "html",
                confoverrides=settings,
                status=None,
                warning=warnings,
                warningiserror=strict,
                keep_going=True,
            )
            app.build()
        except SphinxError as wrong:
            return root / "html", warnings.getvalue(), wrong
    return root / "html", warnings.getvalue(), app.statuscode or None
