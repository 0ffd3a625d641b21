"""What nobody can change: the descriptor that all Histories share, and the tables of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from without_recognition.data.history import History


def _refuse(self: object, *given: object, **named: object) -> NoReturn:
    raise TypeError(
        "the descriptor of a History is not altered; copy.deepcopy(history.package) gives one that can be"
    )


class FixedDict(dict[str, Any]):
    """A dict that only reads; copies and pickles of it are plain dicts."""

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type[dict[str, Any]], tuple[dict[str, Any]]]:
        return dict, (dict(self),)


class FixedList(list[Any]):
    """A list that only reads; copies and pickles of it are plain lists."""

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

    def __reduce__(self) -> tuple[type[list[Any]], tuple[list[Any]]]:
        return list, (list(self),)


def fixed(value: Any) -> Any:
    """The same JSON value, fixed at every depth.

    >>> fixed({"a": [1, 2]})["a"].append(3)
    Traceback (most recent call last):
    ...
    TypeError: the descriptor of a History is not altered; copy.deepcopy(history.package) gives one that can be
    """
    if isinstance(value, (FixedDict, FixedList)):
        return value
    if isinstance(value, dict):
        return FixedDict((key, fixed(inner)) for key, inner in value.items())
    return FixedList(map(fixed, value)) if isinstance(value, list) else value


class FixedTable:
    """One table of a History; everyone who asks is given a copy of his own."""

    def __init__(self, about: str) -> None:
        self.__doc__ = about

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, history: History | None, owner: type | None = None) -> Any:
        return self if history is None else history.table(self.name)

    def __set__(self, history: History, value: object) -> NoReturn:
        raise AttributeError(f"{self.name} of a History are not altered; with_rows() makes another History")
