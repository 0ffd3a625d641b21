"""The numbers of the chapter on contact and secrecy, as the prose shows them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from without_recognition.data.dataset import History
from without_recognition.evidence import FIRM
from without_recognition.findings import contact
from without_recognition.findings.tables import Words, cached, contacts
from without_recognition.findings.words import count, out_of

MONTH, YEAR, LONG = 31, 366, 7305  #: days; the last is twenty years


def _encounters(h: History) -> pd.DataFrame:
    return cached(h, "encounters", lambda: contact.encounters(h))


def _kind(kind: str) -> Words:
    """How many events in which both sides act are of one kind."""
    return lambda h: count(int((_encounters(h)["contact"] == kind).sum()))


def _unofficial(h: History) -> pd.DataFrame:
    return cached(h, "unofficial", lambda: contact.contacts(h, kinds=("unofficial",)))


def _firm(h: History) -> pd.DataFrame:
    t = contacts(h)
    return t[t["grade"].isin(FIRM)]


def _alleged(h: History) -> pd.DataFrame:
    t = contacts(h)
    return t[t["grade"] == "alleged"]


def _practices(t: pd.DataFrame) -> int:
    """Those spread over more than ten years."""
    return sum((b - a).days > contact.PRACTICE for a, b in zip(t["earliest"], t["latest"]))


def _within_year(t: pd.DataFrame, year: int) -> int:
    return sum(a.year == b.year == year for a, b in zip(t["earliest"], t["latest"]))


def _graded(column: str, value: object) -> Words:
    """How many of the contacts with this value are firm: 'five of 30'."""
    return lambda h: out_of(int((_firm(h)[column] == value).sum()), int((contacts(h)[column] == value).sum()))


def _government(h: History, country: str) -> pd.DataFrame:
    return cached(h, country, lambda: contact.by_government(h, country)).set_index("leader", drop=False)


def _under(country: str, leader: str) -> Words:
    def words(h: History) -> str:
        r = _government(h, country).loc[leader]
        if r["surely"] == r["possibly"]:
            return count(r["surely"])
        return f"{count(r['surely'])} to {count(r['possibly'])}"

    return words


def _firm_under(country: str, leader: str) -> Words:
    return lambda h: count(int(_government(h, country).at[leader, "firm"]))


def _initiative(h: History) -> pd.DataFrame:
    return cached(h, "initiative", lambda: contact.initiative(h))


def _names(by: str, named: str) -> Words:
    return lambda h: count(int(((_initiative(h)["by"] == by) & (_initiative(h)["named"] == named)).sum()))


def _disclosures(h: History) -> pd.DataFrame:
    return cached(h, "disclosures", lambda: contact.disclosures(h))


def _known(low: float, high: float) -> Words:
    """How many of the dated hidden contacts came out after more than `low` and at most `high` days."""
    return lambda h: count(int(((_disclosures(h)["days"] > low) & (_disclosures(h)["days"] <= high)).sum()))


def _firm_lags(h: History, test: Callable[[pd.DataFrame], pd.Series]) -> str:
    t = _disclosures(h)
    t = t[test(t)]
    return out_of(int(t["grade"].isin(FIRM).sum()), len(t))


def _denials(h: History) -> pd.DataFrame:
    return cached(h, "denials", lambda: contact.denials(h))


def _denied(aspect: str, *, contacts_only: bool = False) -> Words:
    def words(h: History) -> str:
        t = _denials(h)
        t = t[t["contact"]] if contacts_only else t
        return out_of(int((t["aspect"] == aspect).sum()), len(t))

    return words


def _denied_contacts(h: History) -> str:
    whole = contact.members(h)
    return out_of(len({whole[e] for e in _denials(h)["event_id"] if e in whole}), len(contacts(h)))


def _denial_lags(h: History) -> pd.DataFrame:
    return cached(h, "denial lags", lambda: contact.denial_lags(h))


def _conditions(h: History) -> pd.DataFrame:
    return cached(h, "conditions", lambda: contact.conditions(h))


def _position(*positions: str, standing: str = "") -> Words:
    def words(h: History) -> str:
        t = _conditions(h)
        t = t[t["standing"] == standing] if standing else t
        return count(int(t["position"].isin(positions).sum()))

    return words


def _density(decade: str, column: str) -> Words:
    def words(h: History) -> str:
        t = cached(h, "density", lambda: contact.density(h)).set_index("decade")
        return count(int(t.at[decade, column]))

    return words


NUMBERS: dict[str, Words] = {
    "encounters": lambda h: count(len(_encounters(h))),
    "contact-events": lambda h: count(int(_encounters(h)["contact"].isin(contact.BY_OFFICIALS).sum())),
    "not-contacts": lambda h: count(int((~_encounters(h)["contact"].isin(contact.BY_OFFICIALS)).sum())),
    "shared-votes": _kind("vote"),
    "shared-sittings": _kind("sitting"),
    "apart": _kind("apart"),
    "hostile": _kind("hostile"),
    "one-sided": _kind("one_sided"),
    "unofficial": _kind("unofficial"),
    "unofficial-firm": lambda h: out_of(int(_unofficial(h)["grade"].isin(FIRM).sum()), len(_unofficial(h))),
    "contacts": lambda h: count(len(contacts(h))),
    "contacts-firm": lambda h: count(len(_firm(h))),
    "contacts-attested": lambda h: count(int((contacts(h)["grade"] == "attested").sum())),
    "contacts-alleged": lambda h: count(len(_alleged(h))),
    "contacts-hidden": lambda h: out_of(int(contacts(h)["hidden"].sum()), len(contacts(h))),
    "firm-hidden": lambda h: out_of(int(_firm(h)["hidden"].sum()), len(_firm(h))),
    "hidden-firm": _graded("hidden", True),
    "public-firm": _graded("hidden", False),
    "firm-practices": lambda h: count(_practices(_firm(h))),
    "firm-dated": lambda h: count(len(_firm(h)) - _practices(_firm(h))),
    "firm-2005": lambda h: count(_within_year(_firm(h), 2005)),
    "through-others": lambda h: count(int((contacts(h)["contact"] == "through_others").sum())),
    "diplomatic-firm": _graded("channel", "diplomatic"),
    "services-firm": _graded("channel", "intelligence"),
    "military-firm": _graded("channel", "military"),
    **{
        f"under-{slug}": _under(*who)
        for slug, who in {
            "musharraf": ("PAK", "Pervez Musharraf"),
            "benazir": ("PAK", "Benazir Bhutto"),
            "sharif": ("PAK", "Nawaz Sharif"),
            "zia": ("PAK", "Zia ul-Haq"),
        }.items()
    },
    **{
        f"firm-{slug}": _firm_under(*who)
        for slug, who in {
            "musharraf": ("PAK", "Pervez Musharraf"),
            "sharif": ("PAK", "Nawaz Sharif"),
            "shehbaz": ("PAK", "Shehbaz Sharif"),
            "sharon": ("ISR", "Ariel Sharon"),
            "olmert": ("ISR", "Ehud Olmert"),
            "netanyahu": ("ISR", "Benjamin Netanyahu"),
        }.items()
    },
    "initiative-known": lambda h: out_of(_initiative(h)["event_id"].nunique(), len(contacts(h))),
    "pakistani-names-israel": _names("pakistani", "israeli"),
    "pakistani-names-pakistan": _names("pakistani", "pakistani"),
    "israeli-names-pakistan": _names("israeli", "pakistani"),
    "israeli-names-israel": _names("israeli", "israeli"),
    "lag-dated": lambda h: out_of(len(_disclosures(h)), int(contacts(h)["hidden"].sum())),
    "lag-unread": lambda h: count(int(_disclosures(h)["via_unread"].sum())),
    "lag-month": _known(-1, MONTH),
    "lag-between": _known(MONTH, LONG),
    "lag-long": _known(LONG, float("inf")),
    "lag-month-firm": lambda h: _firm_lags(h, lambda t: t["days"] <= MONTH),
    "lag-long-firm": lambda h: _firm_lags(h, lambda t: t["days"] > LONG),
    "denials": lambda h: count(len(_denials(h))),
    "denials-occurrence": _denied("occurrence"),
    "denials-occurrence-contacts": _denied("occurrence", contacts_only=True),
    "denials-official": _denied("official_character"),
    "denials-content": _denied("content"),
    "denied-contacts": _denied_contacts,
    "called-private": lambda h: count(len(contact.called_private(h))),
    "denial-week": lambda h: out_of(int((_denial_lags(h)["days"] <= 7).sum()), len(_denial_lags(h))),
    "denial-first": lambda h: count(int((_denial_lags(h)["days"] < 0).sum())),
    "denial-late": lambda h: count(int((_denial_lags(h)["days"] > YEAR).sum())),
    "statements": lambda h: count(len(_conditions(h))),
    "statements-from": lambda h: str(_conditions(h)["day"].iloc[0].year),
    "statements-to": lambda h: str(_conditions(h)["day"].iloc[-1].year),
    "statements-this-century": lambda h: count(int(sum(d.year > 2000 for d in _conditions(h)["day"]))),
    "statements-alleged": lambda h: count(int((_conditions(h)["grade"] == "alleged").sum())),
    "statements-ministry": lambda h: count(int((_conditions(h)["speaker"] == "pakistan-mofa").sum())),
    "statements-musharraf": lambda h: count(int((_conditions(h)["speaker"] == "pervez-musharraf").sum())),
    "position-never": _position("never"),
    "position-no": _position("no"),
    "position-state": _position("palestinian_state"),
    "position-territory": _position("territory"),
    "position-progress": _position("progress", "consent"),
    "position-palestine": _position("palestinian_state", "settlement", "territory"),
    "position-open": _position("none"),
    "position-open-out": _position("none", standing="out_of_office"),
    **{
        f"{name}-{decade}": _density(decade, column)
        for name, column, decades in (
            ("contacts", "contacts", ("1990s", "2000s", "2010s", "2020s")),
            ("decade-firm", "firm", ("1990s", "2000s", "2020s")),
            ("sources", "sources", ("2000s", "2010s", "2020s")),
        )
        for decade in decades
    },
}
