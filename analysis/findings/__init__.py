"""The findings of Part II: measures, and the numbers that its prose shows.

HEADLINES: name -> function of (History, Rules) giving one number; what `what-survives` recomputes.
NUMBERS: name -> function of a History giving the words that the role {finding} shows.
"""
from __future__ import annotations

from collections.abc import Callable

from analysis.dataset import History
from analysis.evidence import Rules
from analysis.findings import contact, contact_words, robust, votes_words, witness, witness_words
from analysis.findings.tables import Words

FIRM = witness.FIRM
YEAR = contact.YEAR

Headline = Callable[[History, Rules], float]


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

NUMBERS: dict[str, Words] = {**contact_words.NUMBERS, **witness_words.NUMBERS, **votes_words.NUMBERS, **robust.NUMBERS}
