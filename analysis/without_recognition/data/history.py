"""A History: all tables of a Data Package, which nobody can alter, and the other Histories made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, NoReturn, Self

import pandas as pd

from without_recognition.data import codebook, dates, origins, searching, second_coder, variants
from without_recognition.data.descriptor import TABLES
from without_recognition.data.fixed import FixedTable, fixed
from without_recognition.data.messages import UnknownId
from without_recognition.data.variants import Rows, Some

Filters = tuple[tuple[str, tuple[str, ...]], ...]


class History:
    """All tables of the Data Package, as DataFrames of str, one row a thing; an empty cell is "".

    A History never changes: each table is handed out as a copy, and `without`, `only`, `under`, `where`, `with_rows`
    and `second_coder` make another History, with results of its own. Narrowed to one chapter, `whole` still leads to
    everything; grades always rest on the whole.
    """

    sources = FixedTable(
        "What was read or is cited, by source_id: author, title, publisher, dates, kind, perspective."
    )
    actors = FixedTable("Persons, states, organisations and unnamed informants, by actor_id.")
    offices = FixedTable("Who held which office of which state, when, by office_id.")
    events = FixedTable(
        "What is said to have happened, by event_id: title, date (EDTF), place, channel, visibility."
    )
    places = FixedTable("Where on the map the towns of the events lie, by place: latitude and longitude.")
    participants = FixedTable("Who took part in which event, and in which role.")
    claims = FixedTable(
        "What one source says of one event, by claim_id: aspect, value, stance, speaker, basis, origin."
    )
    documents = FixedTable("Excerpts of documents that anyone may reprint, where passages of claims stand.")
    rulings = FixedTable("Which claim the book follows where sources contradict each other, and why.")
    searches = FixedTable("What was looked for, where, and whether it was found, by search_id.")
    corrections = FixedTable("What was corrected since an edition, by correction_id.")
    texts = FixedTable("Pairs of sources that print one text.")
    prints = FixedTable("What was measured of a text, by source_id.")
    uncoded = FixedTable("Passages that were read and not coded, with the reason.")
    audit = FixedTable("Claims that were read again beside what they cite, by claim_id.")
    support = FixedTable("Whether the passage of a claim bears its statement, by claim_id.")

    root: Path  #: the folder from which it was read
    slug: str  #: chapter, or "all"
    memo: dict[Any, Any]  #: results computed once, of this History alone
    _package: dict[str, Any]
    _rules: Any
    _changes: tuple[str, ...]
    _filters: Filters
    _whole: Self | None
    _edition: Self | None
    _tables: dict[str, pd.DataFrame]

    def __init__(
        self,
        root: Path,
        package: dict[str, Any],
        *,
        slug: str = "all",
        rules: Any = None,
        changes: tuple[str, ...] = (),
        filters: Filters = (),
        whole: History | None = None,
        edition: History | None = None,
        **tables: pd.DataFrame,
    ) -> None:
        if set(tables) != set(TABLES):
            raise TypeError(f"a History is made of {', '.join(TABLES)}; load() reads them")
        self.__dict__.update(
            root=root, slug=slug, memo={}, _package=fixed(package), _rules=rules, _changes=changes,
            _filters=filters, _whole=whole, _edition=edition, _tables=tables,
        )  # fmt: skip

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(
            "a History is not altered; without(), only(), under() or with_rows() make another"
        )

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "memo": {}}  # a pickle is of tables; results are computed anew

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name != "memo"]

    def __repr__(self) -> str:
        which = self.chapters[self.slug] if self.slug != "all" else str(self._package["title"])
        counts = ", ".join(f"{len(self._tables[t]):,} {t}" for t in ("events", "claims", "sources"))
        return f"<History of {which}: {counts}; {self.variant or 'version ' + self._package['version']}>"

    @property
    def whole(self) -> Self:
        """The History that this is a part of, or itself.

        >>> from without_recognition import load
        >>> history = load()
        >>> history.chapter("telegram").whole is history
        True
        """
        return self._whole or self

    @property
    def edition(self) -> Self:
        """The whole History from which this variant was made in however many steps, or the whole itself.

        >>> from without_recognition import load
        >>> history = load()
        >>> history.without(sources="dahri-2016").chapter("telegram").edition is history
        True
        """
        return self.whole._edition or self.whole

    def table(self, name: str) -> pd.DataFrame:
        """A table as it stands in its file, every cell a str, indexed by its key; `events` without the grades.

        name: a table of the package. Raises UnknownId with the nearest name.

        >>> from without_recognition import load
        >>> "grade" in load().table("events").columns
        False
        """
        if name not in self._tables:
            raise UnknownId("table", name, self._tables)
        return self._tables[name].copy()

    @property
    def package(self) -> dict[str, Any]:
        """The descriptor (datapackage.json): title, version, columns and their meaning; it can only be read.

        >>> from without_recognition import load
        >>> load().package["name"]
        'without-recognition'
        """
        return self._package

    @property
    def rules(self) -> Any:
        """The Rules under which grades are given; None for the book's own."""
        return self._rules

    @property
    def variant(self) -> str:
        """'variant of 0.1.0: without dahri-2016'; empty for the edition as it is.

        >>> from without_recognition import load
        >>> load().without(sources="dahri-2016").variant
        'variant of ...: without dahri-2016'
        """
        if not self._changes:
            return ""
        return f"variant of {self._package['version']}: {'; '.join(self._changes)}"

    @property
    def chapters(self) -> dict[str, str]:
        """Chapter slug -> title, in the order of the book.

        >>> from without_recognition import load
        >>> load().chapters["telegram"]
        'The Jinnah telegram'
        """
        return {c["value"]: c["label"] for c in self._chapters()}

    @property
    def period(self) -> dates.Span:
        """The years that the chapter covers; of the whole book, from the first chapter's to the last's.

        >>> from without_recognition import load
        >>> load().chapter("telegram").period.earliest.year
        1947
        """
        periods = [c["period"] for c in self._chapters() if self.slug in ("all", c["value"])]
        return dates.parse(f"{periods[0].split('/')[0]}/{periods[-1].split('/')[1]}")

    def _chapters(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = codebook.field(self._package, "events", "chapter")["categories"]
        return found

    # --- parts --------------------------------------------------------------------------------
    def chapter(self, slug: str) -> Self:
        """The events of one chapter with all that hangs on them, once a History. Raises UnknownId on an unknown slug.

        >>> from without_recognition import load
        >>> load().chapter("telegram").events["chapter"].unique().tolist()
        ['telegram']
        """
        if not isinstance(slug, str) or slug not in self.chapters:
            raise UnknownId("chapter", slug, self.chapters)
        if self._filters:
            return self.whole._narrowed(slug, self._filters, self._changes)
        known: dict[str, Self] = self.whole.memo.setdefault("chapters", {})
        if slug not in known:
            known[slug] = self.whole._narrowed(slug, (), self._changes)
        return known[slug]

    def where(self, **columns: Some) -> Self:
        """Only the events with these values in their columns, with all that hangs on them; grades stay as they are.

        `columns`: a column of `events` (grade and status are two) and one value or several. Raises UnknownId.

        >>> from without_recognition import load
        >>> secret = load().where(visibility="secret", channel=["diplomatic", "intelligence"])
        >>> secret.events["visibility"].unique().tolist()
        ['secret']
        """
        wanted = tuple((c, variants.listed(values)) for c, values in columns.items())
        events = self.whole._having(columns)
        for column, values in wanted:
            variants.known("column of events", (column,), events.columns)
            variants.known(column, values, set(events[column]))
        words = tuple(f"only events of {c} {' or '.join(values)}" for c, values in wanted)
        filters = (*self._filters, *wanted)
        return self.whole._narrowed(self.slug, filters, (*self._changes, *words)) if wanted else self

    def _having(self, columns: Iterable[str]) -> pd.DataFrame:
        """The events as coded; where that lacks one of the columns, with what is computed of them as well."""
        coded = self._tables["events"]
        return coded if {*columns} <= {*coded.columns} else self.events

    def _narrowed(self, slug: str, filters: Filters, changes: tuple[str, ...]) -> Self:
        """The part of this whole History that passes."""
        events = self._having(column for column, _ in filters)
        tables = variants.narrowed({**self._tables, "events": events}, slug, filters)
        tables["events"] = tables["events"][self._tables["events"].columns]
        return self._made(tables, slug=slug, filters=filters, changes=changes, whole=self)

    def _part(self, **tables: pd.DataFrame) -> Self:
        """The same History with some tables narrowed, to look at: what is made from it is made of the whole again."""
        return self._made(tables, slug=self.slug, filters=self._filters, whole=self.whole)

    def _made(self, tables: Mapping[str, pd.DataFrame], **changed: Any) -> Self:
        given = {"rules": self._rules, "changes": self._changes, **changed}
        return type(self)(self.root, self._package, **given, **{**self._tables, **tables})

    # --- variants -----------------------------------------------------------------------------
    def _variant(self, words: str, tables: Mapping[str, pd.DataFrame], **changed: Any) -> Self:
        """The whole with other tables or rules, then narrowed as this History is."""
        whole = self.whole
        made = whole._made(tables, changes=(*whole._changes, words), edition=whole.edition, **changed)
        return made if whole is self else made._narrowed(self.slug, self._filters, (*self._changes, words))

    def without(
        self,
        *,
        sources: Some = (),
        publishers: Some = (),
        perspectives: Some = (),
        kinds: Some = (),
        authors: Some = (),
    ) -> Self:
        """Without these sources, and without every claim that rests on one of them, over however many steps.

        What meets any of the conditions goes. Events that nobody affirms any longer go; who took part, who held which
        office and the dates of the events that are left stay as coded. Without anything, or without what an earlier
        step left out: this History itself.

        sources: one source_id or several. publishers, perspectives, kinds: as in the table of sources.
        authors: 'Yegar, Moshe' or the family name. Raises UnknownId with the nearest name.

        >>> from without_recognition import load
        >>> history = load()
        >>> len(history.without(sources="dahri-2016").events) < len(history.events)
        True
        """
        ways = variants.ways(sources, publishers, perspectives, kinds, authors)
        gone = set().union(*variants.chosen(self, ways).values())
        return self._variant(f"without {variants.worded(ways)}", variants.left(self, gone)) if gone else self

    def only(
        self,
        *,
        sources: Some | None = None,
        publishers: Some | None = None,
        perspectives: Some | None = None,
        kinds: Some | None = None,
        authors: Some | None = None,
    ) -> Self:
        """With these sources only: what meets all conditions and rests on nothing else. Raises UnknownId;
        else as `without`.

        >>> from without_recognition import load
        >>> load().only(perspectives="pakistani").sources["perspective"].unique().tolist()
        ['pakistani']
        """
        ways = variants.ways(sources, publishers, perspectives, kinds, authors, keep_empty=True)
        if not ways:
            return self
        kept = set.intersection(*variants.chosen(self, ways).values())
        gone = set(self.whole._tables["sources"].index) - kept
        return self._variant(f"only {variants.worded(ways)}", variants.left(self, gone))

    def under(self, rules: Any) -> Self:
        """The same claims under other Rules: `history.under(Rules(near=183))`; they travel with the History.

        rules: `without_recognition.Rules`; its fields are days and what else may vary.
        Raises TypeError for another thing.

        >>> from without_recognition import Rules, load
        >>> load().under(Rules(near=183)).variant
        'variant of ...: under near=183'
        """
        if not is_dataclass(rules) or isinstance(rules, type):
            raise TypeError(f"under() takes Rules, not {rules!r}; write under(Rules(near=183))")
        own = {f.name: getattr(rules, f.name) for f in fields(rules)}
        was = {f.name: getattr(self._rules, f.name, f.default) for f in fields(rules)}
        words = ", ".join(f"{name}={value}" for name, value in own.items() if value != was[name])
        return self._variant(f"under {words}", {}, rules=rules) if words else self

    def with_rows(self, **tables: Rows) -> Self:
        """With rows added to tables, or altered:
        a row whose key is there already is mended in the cells that are given.

        `tables`: a table's name and its rows, as a DataFrame or dictionaries, such as
        `sources=[{"source_id": "dahri-2016", "reliability": "B"}]`. Cells that are not given stay, or are empty in a
        new row. Events that nobody affirms any longer go. Raises DatasetError with every unknown column, id or word.

        >>> from without_recognition import load
        >>> better = load().with_rows(sources=[{"source_id": "dahri-2016", "reliability": "B"}])
        >>> better.sources.loc["dahri-2016", "reliability"]
        'B'
        """
        made, words = variants.with_rows(self, tables)
        return self._variant(f"with {words}", made) if words else self

    def with_claims(self, rows: Rows) -> Self:
        """With claims added, or altered where the claim_id is there already: see `with_rows`.
        Raises DatasetError as that does.

        >>> from without_recognition import load
        >>> history = load()
        >>> denial = {"claim_id": "1947-jinnah-truman.99", "event_id": "1947-jinnah-truman", "source_id": "dahri-2016",
        ...           "aspect": "occurrence", "stance": "denies", "basis": "reported"}
        >>> history.with_claims([denial]).event("1947-jinnah-truman").status
        'challenged'
        """
        return self.with_rows(claims=rows)

    def second_coder(self, folder: str | Path | None = None, coder: str = "b") -> Self:
        """As another person coded the same texts: their claims instead of ours, wherever they coded a text on an event.

        folder: of the sheets that `book blind` wrote; default data/second-coding/ of this History, of which a text with
        a speaker or origin without an id of ours stays as it is. coder: the letter.
        Raises DatasetError without a sound one.

        >>> from without_recognition import load
        >>> load().second_coder().variant
        'variant of ...: ... texts as coder b read them'
        """
        words, tables = second_coder.instead(self, Path(folder) if folder else None, coder)
        return self._variant(words, tables) if words else self

    # --- looking things up --------------------------------------------------------------------
    def search(self, text: str) -> pd.DataFrame:
        """Events that hold all the words of `text` in title, summary, place, or a name of one who took part.

        Words are compared as the finder of the book compares them: names in every spelling that we met, double letters
        and hyphens, case, accents and punctuation do not matter. Indexed by event_id, by date:
        title, date (EDTF), chapter, found_in (title, summary, place, names). Raises ValueError without a word.

        >>> from without_recognition import load
        >>> load().search("handshake istanbul").index.tolist()
        ['2005-istanbul-handshake']
        """
        return searching.events(self, text)

    def network(self) -> pd.DataFrame:
        """Who takes it from whom: an edge for each claim that relays another source.

        Columns: teller, origin (source_ids), claim_id, event_id, aspect, of, value, read (whether we read the origin).

        >>> from without_recognition import load
        >>> load().network().columns.tolist()[:3]
        ['teller', 'origin', 'claim_id']
        """
        return origins.network(self)

    def codebook(self, table: str = "") -> pd.DataFrame:
        """What columns and their values mean: a row a column (value "") and one for each value that it may have.

        table: one table, or "" for all. Columns: table, column, value, label, required, description.
        Raises UnknownId with the nearest table.

        >>> from without_recognition import load
        >>> codes = load().codebook("claims")
        >>> codes[codes["column"].eq("stance") & codes["value"].ne("")]["value"].tolist()
        ['affirms', 'denies', 'doubts', 'retracts']
        """
        return codebook.frame(self._package, table)
