"""The numbers of the chapter on contact and secrecy, as the prose shows them."""

from __future__ import annotations

import pandas as pd

from analysis.dataset import History
from analysis.evidence import FIRM
from analysis.findings import contact
from analysis.findings.tables import Words, cached, contacts, part
from analysis.findings.words import count, of, percent, time

YEAR = contact.YEAR


def _encounters(h: History) -> pd.DataFrame:
    return cached(h, "encounters", lambda: contact.encounters(h))


def _disclosures(h: History) -> pd.DataFrame:
    return cached(h, "disclosures", lambda: contact.disclosures(h))


def _government(h: History, country: str) -> pd.DataFrame:
    return cached(h, country, lambda: contact.by_government(h, country)).set_index("leader", drop=False)


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
        low, high = (f"{r[column]:.1f}" for column in ("surely_a_year", "possibly_a_year"))
        return f"{low if low == high else f'{low} to {high}'} a year in office"

    return words


def _curve(h: History, **reading) -> contact.Curve:
    return cached(h, f"curve {sorted(reading.items())}", lambda: contact.lag_curve(h, **reading))


def _within(years: float, **reading) -> Words:
    def words(h: History) -> str:
        c, days = _curve(h, **reading), years * YEAR
        low, high = ([v for x, v in zip(c.x, vs) if x <= days][-1] for vs in (c.low, c.high))
        return percent(c.at(days), low, high, c.n)

    return words


def _window(decade: str) -> Words:
    def words(h: History) -> str:
        t = cached(h, "windows", lambda: contact.equal_windows(h, "decade")).set_index("decade")
        return (
            f"{of(t.at[decade, 'known'], t.at[decade, 'n'])} ({100 * t.at[decade, 'low']:.0f} to "
            f"{100 * t.at[decade, 'high']:.0f} per cent)"
        )

    return words


def _denials(h: History) -> pd.DataFrame:
    return cached(h, "denials", lambda: contact.denials(h))


def _denied(aspect: str, *, contacts_only: bool = False) -> Words:
    def words(h: History) -> str:
        t = _denials(h)
        t = t[t["contact"]] if contacts_only else t
        return of(int((t["aspect"] == aspect).sum()), len(t))

    return words


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
        r = t.loc[decade]
        return (
            f"{r['a_hundred']:.1f} (95% interval {r['low']:.1f} to {r['high']:.1f})"
            if column == "a_hundred"
            else count(int(r[column]))
        )

    return words


def _initiative(h: History) -> pd.DataFrame:
    return cached(h, "initiative", lambda: contact.initiative(h))


def _names(by: str, named: str) -> Words:
    return lambda h: count(int(((_initiative(h)["by"] == by) & (_initiative(h)["named"] == named)).sum()))


NUMBERS: dict[str, Words] = {
    "encounters": lambda h: count(len(_encounters(h))),
    "not-contacts": lambda h: count(int((_encounters(h)["why"] != "").sum())),
    "shared-votes": lambda h: count(int((_encounters(h)["why"] == "vote").sum())),
    "apart": lambda h: count(int((_encounters(h)["why"] == "apart").sum())),
    "hostile": lambda h: count(int((_encounters(h)["why"] == "hostile").sum())),
    "contacts": lambda h: count(len(contacts(h))),
    "contacts-hidden": lambda h: part(h, contacts(h)["hidden"]),
    "contacts-hidden-count": lambda h: count(int(contacts(h)["hidden"].sum())),
    "contacts-firm": lambda h: part(h, contacts(h)["grade"].isin(FIRM)),
    "contacts-alleged": lambda h: count(int((contacts(h)["grade"] == "alleged").sum())),
    "hidden-firm": lambda h: of(
        int((contacts(h)["hidden"] & contacts(h)["grade"].isin(FIRM)).sum()), int(contacts(h)["hidden"].sum())
    ),
    "public-firm": lambda h: of(
        int((~contacts(h)["hidden"] & contacts(h)["grade"].isin(FIRM)).sum()),
        int((~contacts(h)["hidden"]).sum()),
    ),
    "contacts-diplomatic": lambda h: count(int((contacts(h)["channel"] == "diplomatic").sum())),
    "contacts-people": lambda h: count(int((contacts(h)["channel"] == "people_to_people").sum())),
    "contacts-services": lambda h: count(int((contacts(h)["channel"] == "intelligence").sum())),
    "services-firm": lambda h: of(
        int(((contacts(h)["channel"] == "intelligence") & contacts(h)["grade"].isin(FIRM)).sum()),
        int((contacts(h)["channel"] == "intelligence").sum()),
    ),
    "contacts-loose": lambda h: count(
        int(
            sum((b - a).days > contact.WIDEST for a, b in zip(contacts(h)["earliest"], contacts(h)["latest"]))
        )
    ),
    "contacts-2005": lambda h: count(
        int(sum(a.year == b.year == 2005 for a, b in zip(contacts(h)["earliest"], contacts(h)["latest"])))
    ),
    "most-pakistan": lambda h: _government(h, "PAK")["surely"].idxmax(),
    "most-israel": lambda h: _government(h, "ISR")["surely"].idxmax(),
    **{
        f"under-{slug}": _under(*who)
        for slug, who in {
            "musharraf": ("PAK", "Pervez Musharraf"),
            "benazir": ("PAK", "Benazir Bhutto"),
            "sharif": ("PAK", "Nawaz Sharif"),
            "zia": ("PAK", "Zia ul-Haq"),
            "ayub": ("PAK", "Ayub Khan"),
            "khan": ("PAK", "Imran Khan"),
            "shehbaz": ("PAK", "Shehbaz Sharif"),
            "zab": ("PAK", "Zulfikar Ali Bhutto"),
            "sharon": ("ISR", "Ariel Sharon"),
            "olmert": ("ISR", "Ehud Olmert"),
            "rabin": ("ISR", "Yitzhak Rabin"),
            "netanyahu": ("ISR", "Benjamin Netanyahu"),
        }.items()
    },
    **{
        f"rate-{slug}": _rate(*who)
        for slug, who in {
            "musharraf": ("PAK", "Pervez Musharraf"),
            "benazir": ("PAK", "Benazir Bhutto"),
            "sharif": ("PAK", "Nawaz Sharif"),
            "zia": ("PAK", "Zia ul-Haq"),
            "sharon": ("ISR", "Ariel Sharon"),
            "shehbaz": ("PAK", "Shehbaz Sharif"),
            "olmert": ("ISR", "Ehud Olmert"),
            "netanyahu": ("ISR", "Benjamin Netanyahu"),
        }.items()
    },
    "musharraf-firm": lambda h: count(int(_government(h, "PAK").at["Pervez Musharraf", "firm"])),
    "initiative-known": lambda h: of(_initiative(h)["event_id"].nunique(), len(contacts(h))),
    "pakistani-names-israel": _names("pakistani", "israeli"),
    "pakistani-names-pakistan": _names("pakistani", "pakistani"),
    "israeli-names-pakistan": _names("israeli", "pakistani"),
    "israeli-names-israel": _names("israeli", "israeli"),
    "lag-n": lambda h: count(_curve(h).n),
    "lag-dated": lambda h: of(len(_disclosures(h)), int(contacts(h)["hidden"].sum())),
    "lag-unread": lambda h: of(int(_disclosures(h)["via_unread"].sum()), len(_disclosures(h))),
    "lag-median": lambda h: time(_curve(h).quantile(0.5)),
    "lag-median-read": lambda h: time(_curve(h, read_only=True).quantile(0.5)),
    "lag-median-earliest": lambda h: time(_curve(h, earliest=True).quantile(0.5)),
    "lag-naive": lambda h: time(float(_disclosures(h)["days"].median())),
    "lag-one": _within(1),
    "lag-one-read": _within(1, read_only=True),
    "lag-ten": _within(10),
    "lag-ten-read": _within(10, read_only=True),
    "lag-month": _within(1 / 12),
    "horizon": lambda h: str(contact.HORIZON),
    "window-1990s": _window("1990s"),
    "window-2000s": _window("2000s"),
    "denials": lambda h: count(len(_denials(h))),
    "denials-contacts": lambda h: count(int(_denials(h)["contact"].sum())),
    "denials-occurrence": _denied("occurrence"),
    "denials-occurrence-contacts": _denied("occurrence", contacts_only=True),
    "denials-official": _denied("official_character"),
    "denials-content": _denied("content"),
    "denied-events": lambda h: of(_denials(h).query("contact")["event_id"].nunique(), len(contacts(h))),
    "called-private": lambda h: count(len(contact.called_private(h))),
    "denial-lags": lambda h: count(len(_denial_lags(h))),
    "denial-week": lambda h: of(int((_denial_lags(h)["days"] <= 7).sum()), len(_denial_lags(h))),
    "denial-first": lambda h: count(int((_denial_lags(h)["days"] < 0).sum())),
    "denial-late": lambda h: count(int((_denial_lags(h)["days"] > 366).sum())),
    "statements": lambda h: count(len(_conditions(h))),
    "statements-from": lambda h: str(_conditions(h)["day"].iloc[0].year),
    "statements-to": lambda h: str(_conditions(h)["day"].iloc[-1].year),
    "statements-this-century": lambda h: count(int(sum(d.year > 2000 for d in _conditions(h)["day"]))),
    "position-never": _position("never"),
    "position-no": _position("no"),
    "position-state": _position("palestinian_state"),
    "position-settlement": _position("settlement"),
    "position-territory": _position("territory"),
    "position-progress": _position("progress", "consent"),
    "position-palestine": _position("palestinian_state", "settlement", "territory"),
    "position-open": _position("none"),
    "position-open-in-office": _position("none", standing="government"),
    "position-open-out": _position("none", standing="out_of_office"),
    **{
        f"{column.replace('a_hundred', 'density')}-{decade}": _density(decade, column)
        for column in ("contacts", "sources", "a_hundred")
        for decade in ("1980s", "1990s", "2000s", "2010s", "2020s")
    },
}
