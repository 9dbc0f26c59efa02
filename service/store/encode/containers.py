"""Tuples, sets and mappings. A mapping is a list of pairs, since JSON has only texts for keys."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from service.store.encode.shape import Codec, CodecFor, NotStorable


def codec(origin: Any, arguments: tuple[Any, ...], codec_for: CodecFor) -> Codec:
    """Return the codec of `tuple[...]`, `frozenset[...]` or `Mapping[...]`."""
    if origin is frozenset:
        return _set(codec_for(arguments[0]))
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _row(codec_for(arguments[0]))
    if origin is tuple:
        return _fixed(tuple(codec_for(argument) for argument in arguments))
    return _mapping(codec_for(arguments[0]), codec_for(arguments[1]))


def _row(item: Codec) -> Codec:
    encode, decode = item.encode, item.decode
    return Codec(
        lambda value: [encode(each) for each in _checked(value, tuple)],
        lambda stored: tuple(decode(each) for each in _checked(stored, list)),
    )


def _fixed(items: tuple[Codec, ...]) -> Codec:
    return Codec(
        lambda value: [item.encode(each) for item, each in zip(items, _checked(value, tuple), strict=True)],
        lambda stored: tuple(
            item.decode(each) for item, each in zip(items, _checked(stored, list), strict=True)
        ),
    )


def _set(item: Codec) -> Codec:
    """Write sets sorted, so that the same state always gives the same text."""
    return Codec(
        lambda value: sorted((item.encode(each) for each in _checked(value, frozenset)), key=json.dumps),
        lambda stored: frozenset(item.decode(each) for each in _checked(stored, list)),
    )


def _mapping(key: Codec, value: Codec) -> Codec:
    return Codec(
        lambda mapping: [
            [key.encode(name), value.encode(each)] for name, each in _checked(mapping, Mapping).items()
        ],
        lambda stored: MappingProxyType({key.decode(name): value.decode(each) for name, each in stored}),
    )


def _checked(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind):
        raise NotStorable(f"expected {kind.__name__}, got {type(value).__name__}")
    return value
