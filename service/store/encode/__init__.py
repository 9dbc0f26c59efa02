"""Values of the engine as JSON text and back, exactly: built from the type hints, one file per family of values."""

from service.store.encode.codec import from_text, to_text
from service.store.encode.shape import NotStorable

__all__ = ["NotStorable", "from_text", "to_text"]
