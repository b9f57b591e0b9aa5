"""Records of the model as plain values that a column store takes, and back; fields and types as they are declared."""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    import pyarrow

#: A function from what a column store gives to a value of the model.
Load = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """A value of the model as dicts, lists, text, numbers, days and None.

    Args:
        value: A dataclass, tuple, mapping, enum member, day, number, text or None.
    """
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(one) for one in value]
    if isinstance(value, Mapping):
        return [(key, to_plain(value[key])) for key in sorted(value)]
    return str(value) if isinstance(value, StrEnum) else value


@cache
def make_loader(kind: Any) -> Load:
    """What turns the plain form of a value of this type into the value.

    Args:
        kind: As a field of the model declares it.

    Raises:
        TypeError: The model has no such type so far.
    """
    inner = _find_optional(kind)
    if inner is not None:
        load = make_loader(inner)
        return lambda value: None if value is None else load(value)
    if is_dataclass(kind):
        return _make_record_loader(kind)
    origin = get_origin(kind)
    if origin is tuple:
        load = make_loader(get_args(kind)[0])
        return lambda values: tuple([load(value) for value in values])
    if origin is Mapping:
        load = make_loader(get_args(kind)[1])
        return lambda pairs: {key: load(value) for key, value in pairs}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if kind in (str, int, float, bool, date):
        return lambda value: value
    raise TypeError(f"no plain form for {kind}")


def to_arrow_type(kind: Any) -> "pyarrow.DataType":
    """The Arrow type of the plain form of values of this type.

    Args:
        kind: As a field of the model declares it.

    Raises:
        TypeError: The model has no such type so far.
    """
    import pyarrow as pa

    inner = _find_optional(kind)
    if inner is not None:
        return to_arrow_type(inner)
    if is_dataclass(kind):
        return pa.struct(
            [pa.field(name, to_arrow_type(one), _has_none(one)) for name, one in _list_fields(kind)]
        )
    origin = get_origin(kind)
    if origin is tuple:
        return pa.list_(pa.field("item", to_arrow_type(get_args(kind)[0]), nullable=False))
    if origin is Mapping:
        return pa.map_(pa.string(), pa.field("value", to_arrow_type(get_args(kind)[1]), nullable=False))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return pa.string()
    known = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}
    if kind in known:
        return known[kind]
    raise TypeError(f"no plain form for {kind}")


def _make_record_loader(kind: Any) -> Load:
    loaders = [(name, make_loader(one)) for name, one in _list_fields(kind)]
    return lambda values: kind(*[load(values[name]) for name, load in loaders])


def _list_fields(kind: Any) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in fields(kind)]


def _find_optional(kind: Any) -> Any:
    """Of a type or None, the type; None of any other."""
    if get_origin(kind) not in (Union, types.UnionType):
        return None
    (inner,) = [one for one in get_args(kind) if one is not types.NoneType]
    return inner


def _has_none(kind: Any) -> bool:
    return _find_optional(kind) is not None
