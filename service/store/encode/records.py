"""Frozen dataclasses: an object of their fields. A field that has its default is left out.

So a field that a later version adds, with a default, reads from older rows; one that this version does not know is an
error, because a row of a newer version must never be half understood. Fields that nobody can give are not stored.
"""

from dataclasses import MISSING, Field, fields
from typing import Any, get_type_hints

from service.store.encode.shape import Codec, CodecFor, NotStorable

TAG = "is"


def record(kind: Any, codec_for: CodecFor) -> Codec:
    """Return the codec of one dataclass."""
    hints = get_type_hints(kind)
    stored_fields = [field for field in fields(kind) if field.init]
    codecs = {field.name: codec_for(hints[field.name]) for field in stored_fields}
    rows = tuple(
        (field.name, codecs[field.name], _default(field, codecs[field.name])) for field in stored_fields
    )

    def encode(value: Any) -> dict[str, Any]:
        if type(value) is not kind:
            raise NotStorable(f"expected {kind.__name__}, got {type(value).__name__}")
        stored = {}
        for name, codec, default in rows:
            part = codec.encode(getattr(value, name))
            if default is MISSING or part != default:
                stored[name] = part
        return stored

    def decode(stored: Any) -> Any:
        if not isinstance(stored, dict) or not stored.keys() <= codecs.keys():
            raise NotStorable(f"a stored {kind.__name__} has fields that this version does not know")
        return kind(**{name: codecs[name].decode(part) for name, part in stored.items()})

    return Codec(encode, decode)


def tagged(kinds: tuple[Any, ...], codec_for: CodecFor) -> Codec:
    """Return the codec of one of several dataclasses; the class's name stands beside its fields."""
    codecs = {kind.__name__: codec_for(kind) for kind in kinds}

    def encode(value: Any) -> dict[str, Any]:
        name = type(value).__name__
        if name not in codecs:
            raise NotStorable(f"expected one of {', '.join(codecs)}, got {name}")
        return {TAG: name, **codecs[name].encode(value)}

    def decode(stored: Any) -> Any:
        rest = dict(stored)
        name = rest.pop(TAG)
        if name not in codecs:
            raise NotStorable(f"{name} is not one of {', '.join(codecs)}")
        return codecs[name].decode(rest)

    return Codec(encode, decode)


def _default(field: Field[Any], codec: Codec) -> Any:
    """Return the written form of the value that need not be written."""
    if field.default is not MISSING:
        return codec.encode(field.default)
    if field.default_factory is not MISSING:
        return codec.encode(field.default_factory())
    return MISSING
