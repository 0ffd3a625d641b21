"""The findings of Part II: measures, and the numbers that its prose shows.

HEADLINES: name -> function of (History, Rules) giving one number; what `what-survives` recomputes.
NUMBERS: name -> function of a History giving the words that the role {finding} shows.
"""
from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.dataset import History
from analysis.evidence import Rules
from analysis.findings import contact, witness
from analysis.findings.intervals import wilson
from analysis.findings.words import count, of, percent, ratio, time

FIRM = witness.FIRM
YEAR = contact.YEAR

Headline = Callable[[History, Rules], float]
Words = Callable[[History], str]


# --- contact and secrecy ------------------------------------------------------------------------
def contacts(history: History, rules: Rules = Rules()) -> int:
    """Contacts."""
    return len(contact.contacts(history, rules))


def hidden(history: History, rules: Rules = Rules()) -> float:
    """Share of the contacts that were not public at the time."""
    return float(contact.contacts(history, rules)["hidden"].mean())


def firm_contacts(history: History, rules: Rules = Rules()) -> float:
    """Share of the contacts that are documented or corroborated."""
    return float(contact.contacts(history, rules)["grade"].isin(FIRM).mean())


def musharraf(history: History, rules: Rules = Rules()) -> float:
    """Share of the contacts that surely fall in Musharraf's term."""
    t = contact.by_government(history, "PAK", rules).set_index("leader")
    return t.at["Pervez Musharraf", "surely"] / max(contacts(history, rules), 1)


def known_in_a_year(history: History, rules: Rules = Rules()) -> float:
    """Share of hidden contacts known within a year, of those known within the horizon."""
    return contact.lag_curve(history, rules).at(YEAR)


def known_in_a_year_read(history: History, rules: Rules = Rules()) -> float:
    """The same, by publications that we read."""
    return contact.lag_curve(history, rules, read_only=True).at(YEAR)


def denials_of_existence(history: History, rules: Rules = Rules()) -> float:
    """Share of the denials concerning contacts that deny the occurrence."""
    t = contact.denials(history, rules).query("contact")
    return float((t["aspect"] == "occurrence").mean())


# --- who says so --------------------------------------------------------------------------------
def echo(history: History, rules: Rules = Rules()) -> float:
    """Mentions for one line of evidence."""
    return float(witness.echo(history, rules)["echo"].iloc[0])


def anonymous(history: History, rules: Rules = Rules()) -> float:
    """Share of the witnessed events with an unnamed informant among the witnesses."""
    return float(witness.anonymous(history, rules)["share"].iloc[0])


def untold(history: History, rules: Rules = Rules()) -> int:
    """Events that nobody but the most prolific author tells."""
    return int((witness.without(history, rules=rules)["without"] == witness.UNTOLD).sum())


HEADLINES: dict[str, Headline] = {f.__name__: f for f in (
    contacts, hidden, firm_contacts, musharraf, known_in_a_year, known_in_a_year_read, denials_of_existence, echo,
    anonymous, untold)}


# --- words --------------------------------------------------------------------------------------
def _cached(history: History, name: str, make: Callable[[], object]):
    """One table a History: a page asks for dozens of numbers."""
    memo = history.memo.setdefault("findings", {})
    if name not in memo:
        memo[name] = make()
    return memo[name]


def _contacts(h: History) -> pd.DataFrame:
    return _cached(h, "contacts", lambda: contact.contacts(h))


def _part(h: History, test: pd.Series) -> str:
    n, k = len(test), int(test.sum())
    return percent(k / n, *wilson(k, n), n)


def _government(h: History, country: str) -> pd.DataFrame:
    return _cached(h, country, lambda: contact.by_government(h, country)).set_index("leader", drop=False)


def _under(country: str, leader: str) -> Words:
    def words(h: History) -> str:
        r = _government(h, country).loc[leader]
        if r["surely"] == r["possibly"]:
            return count(r["surely"])
        return f"{count(r['surely'])} to {count(r['possibly'])}"
    return words


def _rate(country: str, leader: str) -> Words:
    def words(h: History) -> str:
        r = _government(h, country).loc[leader]
        return f"{r['surely_a_year']:.1f} to {r['possibly_a_year']:.1f} a year in office"
    return words


def _curve(h: History, **reading) -> contact.Curve:
    return _cached(h, f"curve {sorted(reading.items())}", lambda: contact.lag_curve(h, **reading))


def _within(years: float, **reading) -> Words:
    def words(h: History) -> str:
        c, days = _curve(h, **reading), years * YEAR
        low, high = ([v for x, v in zip(c.x, vs) if x <= days][-1] for vs in (c.low, c.high))
        return percent(c.at(days), low, high, c.n)
    return words


def _window(decade: str) -> Words:
    def words(h: History) -> str:
        t = _cached(h, "windows", lambda: contact.equal_windows(h, "decade")).set_index("decade")
        return f"{of(t.at[decade, 'known'], t.at[decade, 'n'])} ({100 * t.at[decade, 'low']:.0f} to " \
               f"{100 * t.at[decade, 'high']:.0f} per cent)"
    return words


def _denials(h: History) -> pd.DataFrame:
    return _cached(h, "denials", lambda: contact.denials(h))


def _denied(aspect: str, *, contacts_only: bool = False) -> Words:
    def words(h: History) -> str:
        t = _denials(h)
        t = t[t["contact"]] if contacts_only else t
        return of(int((t["aspect"] == aspect).sum()), len(t))
    return words


def _denial_lags(h: History) -> pd.DataFrame:
    return _cached(h, "denial lags", lambda: contact.denial_lags(h))


def _conditions(h: History) -> pd.DataFrame:
    return _cached(h, "conditions", lambda: contact.conditions(h))


def _position(*positions: str, standing: str = "") -> Words:
    def words(h: History) -> str:
        t = _conditions(h)
        t = t[t["standing"] == standing] if standing else t
        return count(int(t["position"].isin(positions).sum()))
    return words


def _density(decade: str, column: str) -> Words:
    def words(h: History) -> str:
        t = _cached(h, "density", lambda: contact.density(h)).set_index("decade")
        r = t.loc[decade]
        return f"{r['a_hundred']:.1f} (95% interval {r['low']:.1f} to {r['high']:.1f})" if column == "a_hundred" \
            else count(int(r[column]))
    return words


def _initiative(h: History) -> pd.DataFrame:
    return _cached(h, "initiative", lambda: contact.initiative(h))


def _names(by: str, named: str) -> Words:
    return lambda h: count(int(((_initiative(h)["by"] == by) & (_initiative(h)["named"] == named)).sum()))


def _table(measure: str, by: str, group: str) -> Words:
    """Words of one row of a witness table: echo, anonymous or firm."""
    def words(h: History) -> str:
        make = getattr(witness, measure)
        t = _cached(h, f"{measure} {by}", lambda: make(h, by=by)).set_index("group")
        r = t.loc[group]
        if measure == "echo":
            return ratio(r["echo"], r["low"], r["high"], int(r["events"]))
        return percent(r["share"], r["low"], r["high"], int(r["n"]))
    return words


def _cell(measure: str, by: str, group: str, column: str) -> Words:
    def words(h: History) -> str:
        make = getattr(witness, measure)
        return count(int(_cached(h, f"{measure} {by}", lambda: make(h, by=by)).set_index("group").at[group, column]))
    return words


def _lines(side: str, channel: str = "") -> Words:
    def words(h: History) -> str:
        t = _cached(h, "origins", lambda: witness.origins(h))
        t = t[t["channel"] == channel] if channel else t
        return of(int(t.loc[t["side"] == side, "lines"].sum()), int(t["lines"].sum()))
    return words


def _letter(letter: str) -> Words:
    def words(h: History) -> str:
        r = _cached(h, "reliability", lambda: witness.reliability(h)).set_index("letter").loc[letter]
        return percent(r["share"], r["low"], r["high"], int(r["told"]))
    return words


def _hardening(field: str) -> Words:
    return lambda h: count(getattr(_cached(h, "hardening", lambda: witness.hardening(h)), field))


def _without(h: History) -> pd.DataFrame:
    return _cached(h, "without", lambda: witness.without(h))


def _alone(h: History, decade: str = "") -> pd.DataFrame:
    """Contacts that only the most prolific author tells."""
    t, gone = _contacts(h), _without(h)
    t = t[t["decade"] == decade] if decade else t
    return t[t.index.isin(gone.index[gone["without"] == witness.UNTOLD])]


def _author(h: History, column: str):
    return _cached(h, "prolific", lambda: witness.prolific(h)).iloc[0][column]


def _author_name(h: History) -> str:
    """The name, given name first, of the hand with most claims."""
    sources = h.sources[[witness.hand(s) == _author(h, "hand") for s in h.sources.to_dict("records")]]
    family, _, given = sources["author"][sources["author"] != ""].value_counts().index[0].partition(", ")
    return f"{given} {family}".strip()


NUMBERS: dict[str, Words] = {
    "encounters": lambda h: count(len(contact.encounters(h))),
    "not-contacts": lambda h: count(int((contact.encounters(h)["why"] != "").sum())),
    "shared-votes": lambda h: count(int((contact.encounters(h)["why"] == "vote").sum())),
    "hostile": lambda h: count(int((contact.encounters(h)["why"] == "hostile").sum())),
    "contacts": lambda h: count(len(_contacts(h))),
    "contacts-hidden": lambda h: _part(h, _contacts(h)["hidden"]),
    "contacts-hidden-count": lambda h: count(int(_contacts(h)["hidden"].sum())),
    "contacts-firm": lambda h: _part(h, _contacts(h)["grade"].isin(FIRM)),
    "contacts-alleged": lambda h: count(int((_contacts(h)["grade"] == "alleged").sum())),
    "hidden-firm": lambda h: of(int((_contacts(h)["hidden"] & _contacts(h)["grade"].isin(FIRM)).sum()),
                                int(_contacts(h)["hidden"].sum())),
    "public-firm": lambda h: of(int((~_contacts(h)["hidden"] & _contacts(h)["grade"].isin(FIRM)).sum()),
                                int((~_contacts(h)["hidden"]).sum())),
    "contacts-diplomatic": lambda h: count(int((_contacts(h)["channel"] == "diplomatic").sum())),
    "contacts-people": lambda h: count(int((_contacts(h)["channel"] == "people_to_people").sum())),
    "contacts-services": lambda h: count(int((_contacts(h)["channel"] == "intelligence").sum())),
    "services-firm": lambda h: of(int(((_contacts(h)["channel"] == "intelligence")
                                       & _contacts(h)["grade"].isin(FIRM)).sum()),
                                  int((_contacts(h)["channel"] == "intelligence").sum())),
    "contacts-loose": lambda h: count(int(sum((b - a).days > contact.WIDEST for a, b in zip(
        _contacts(h)["earliest"], _contacts(h)["latest"])))),
    "contacts-2005": lambda h: count(int(sum(a.year == b.year == 2005 for a, b in zip(
        _contacts(h)["earliest"], _contacts(h)["latest"])))),
    "most-pakistan": lambda h: _government(h, "PAK")["surely"].idxmax(),
    "most-israel": lambda h: _government(h, "ISR")["surely"].idxmax(),
    **{f"under-{slug}": _under(*who) for slug, who in {
        "musharraf": ("PAK", "Pervez Musharraf"), "benazir": ("PAK", "Benazir Bhutto"),
        "sharif": ("PAK", "Nawaz Sharif"), "zia": ("PAK", "Zia ul-Haq"), "ayub": ("PAK", "Ayub Khan"),
        "khan": ("PAK", "Imran Khan"), "shehbaz": ("PAK", "Shehbaz Sharif"), "zab": ("PAK", "Zulfikar Ali Bhutto"),
        "sharon": ("ISR", "Ariel Sharon"), "olmert": ("ISR", "Ehud Olmert"), "rabin": ("ISR", "Yitzhak Rabin"),
        "netanyahu": ("ISR", "Benjamin Netanyahu")}.items()},
    **{f"rate-{slug}": _rate(*who) for slug, who in {
        "musharraf": ("PAK", "Pervez Musharraf"), "benazir": ("PAK", "Benazir Bhutto"),
        "sharif": ("PAK", "Nawaz Sharif"), "zia": ("PAK", "Zia ul-Haq"), "sharon": ("ISR", "Ariel Sharon"),
        "olmert": ("ISR", "Ehud Olmert"), "netanyahu": ("ISR", "Benjamin Netanyahu")}.items()},
    "musharraf-firm": lambda h: count(int(_government(h, "PAK").at["Pervez Musharraf", "firm"])),
    "initiative-known": lambda h: of(_initiative(h)["event_id"].nunique(), len(_contacts(h))),
    "pakistani-names-israel": _names("pakistani", "israeli"),
    "pakistani-names-pakistan": _names("pakistani", "pakistani"),
    "israeli-names-pakistan": _names("israeli", "pakistani"),
    "israeli-names-israel": _names("israeli", "israeli"),
    "lag-n": lambda h: count(_curve(h).n),
    "lag-dated": lambda h: of(len(contact.disclosures(h)), int(_contacts(h)["hidden"].sum())),
    "lag-unread": lambda h: of(int(contact.disclosures(h)["via_unread"].sum()), len(contact.disclosures(h))),
    "lag-median": lambda h: time(_curve(h).quantile(0.5)),
    "lag-median-read": lambda h: time(_curve(h, read_only=True).quantile(0.5)),
    "lag-median-earliest": lambda h: time(_curve(h, earliest=True).quantile(0.5)),
    "lag-naive": lambda h: time(float(contact.disclosures(h)["days"].median())),
    "lag-one": _within(1), "lag-one-read": _within(1, read_only=True),
    "lag-ten": _within(10), "lag-ten-read": _within(10, read_only=True),
    "lag-month": _within(1 / 12),
    "horizon": lambda h: str(contact.HORIZON),
    "window-1990s": _window("1990s"), "window-2000s": _window("2000s"),
    "denials": lambda h: count(len(_denials(h))),
    "denials-contacts": lambda h: count(int(_denials(h)["contact"].sum())),
    "denials-occurrence": _denied("occurrence"), "denials-occurrence-contacts": _denied("occurrence", contacts_only=True),
    "denials-official": _denied("official_character"), "denials-content": _denied("content"),
    "denied-events": lambda h: of(_denials(h).query("contact")["event_id"].nunique(), len(_contacts(h))),
    "called-private": lambda h: count(len(contact.called_private(h))),
    "denial-lags": lambda h: count(len(_denial_lags(h))),
    "denial-week": lambda h: of(int((_denial_lags(h)["days"] <= 7).sum()), len(_denial_lags(h))),
    "denial-first": lambda h: count(int((_denial_lags(h)["days"] < 0).sum())),
    "denial-late": lambda h: count(int((_denial_lags(h)["days"] > 366).sum())),
    "statements": lambda h: count(len(_conditions(h))),
    "statements-from": lambda h: str(_conditions(h)["day"].iloc[0].year),
    "statements-to": lambda h: str(_conditions(h)["day"].iloc[-1].year),
    "statements-since-2003": lambda h: count(int(sum(d.year >= 2003 for d in _conditions(h)["day"]))),
    "position-never": _position("never"), "position-no": _position("no"),
    "position-state": _position("palestinian_state"), "position-settlement": _position("settlement"),
    "position-territory": _position("territory"), "position-progress": _position("progress", "consent"),
    "position-palestine": _position("palestinian_state", "settlement", "territory"),
    "position-open": _position("none"), "position-open-in-office": _position("none", standing="government"),
    "position-open-out": _position("none", standing="out_of_office"),
    **{f"{column.replace('a_hundred', 'density')}-{decade}": _density(decade, column)
       for column in ("contacts", "sources", "a_hundred") for decade in ("1980s", "1990s", "2000s", "2010s", "2020s")},
    # who says so
    "mentions": _cell("echo", "", "all", "mentions"), "lines": _cell("echo", "", "all", "lines"),
    "events-told": _cell("echo", "", "all", "events"), "echo": _table("echo", "", "all"),
    **{f"echo-{group}": _table("echo", "channel", group)
       for group in ("intelligence", "military", "diplomatic", "statement", "media")},
    "intelligence-mentions": _cell("echo", "channel", "intelligence", "mentions"),
    "intelligence-lines": _cell("echo", "channel", "intelligence", "lines"),
    **{f"echo-{group}": _table("echo", "decade", group) for group in ("1980s", "1990s", "2020s")},
    **{f"firm-{group}": _table("firm", "channel", group)
       for group in ("intelligence", "people_to_people", "diplomatic", "media", "military")},
    **{f"firm-{group}": _table("firm", "decade", group) for group in ("1980s", "1990s", "2000s", "2020s")},
    "anonymous": _table("anonymous", "", "all"), "anonymous-only": _cell("anonymous", "", "all", "only"),
    "anonymous-diplomatic": _table("anonymous", "channel", "diplomatic"),
    "claims-anonymous": lambda h: _part(h, h.claims["basis"] == "anonymous"),
    "claims-hearsay": lambda h: _part(h, h.claims["basis"].isin(["hearsay", "inference"])),
    "lines-pakistani": _lines("pakistani"), "lines-israeli": _lines("israeli"), "lines-american": _lines("american"),
    "lines-pakistani-diplomatic": _lines("pakistani", "diplomatic"),
    "lines-israeli-diplomatic": _lines("israeli", "diplomatic"),
    "lines-pakistani-military": _lines("pakistani", "military"),
    "lines-israeli-military": _lines("israeli", "military"),
    "lines-american-people": _lines("american", "people_to_people"),
    **{f"relays{'-' + f if f != 'relays' else ''}": _hardening(f)
       for f in ("relays", "unread", "compared", "other_stance", "firmer", "weaker")},
    **{f"letter-{x.lower()}": _letter(x) for x in "ABCDE"},
    "author": _author_name,
    "author-claims": lambda h: count(int(_author(h, "claims"))),
    "author-share": lambda h: f"{100 * _author(h, 'share'):.0f} per cent",
    "author-sources": lambda h: count(int(_author(h, "sources"))),
    "author-second": lambda h: count(int(witness.prolific(h).iloc[1]["claims"])),
    "author-events": lambda h: count(len(_without(h))),
    "author-alone": lambda h: of(int((_without(h)["without"] == witness.UNTOLD).sum()), len(_without(h))),
    "author-alone-count": lambda h: count(int((_without(h)["without"] == witness.UNTOLD).sum())),
    "author-alone-firm": lambda h: count(int(((_without(h)["without"] == witness.UNTOLD)
                                              & _without(h)["grade"].isin(FIRM)).sum())),
    "author-lowered": lambda h: count(int(((_without(h)["without"] != witness.UNTOLD)
                                           & (_without(h)["without"] != _without(h)["grade"])).sum())),
    "author-unchanged": lambda h: count(int((_without(h)["without"] == _without(h)["grade"]).sum())),
    "author-contacts": lambda h: of(len(_alone(h)), len(_contacts(h))),
    "author-contacts-1990s": lambda h: of(len(_alone(h, "1990s")), int((_contacts(h)["decade"] == "1990s").sum())),
    "author-firm-lost": lambda h: count(int((_without(h)["grade"].isin(FIRM)
                                             & ~_without(h)["without"].isin(FIRM)).sum())),
}
