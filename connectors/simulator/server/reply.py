"""What an endpoint gives back: the payload, then the envelope; and the answer to a body that does not bind."""

from typing import Any

from connectors.simulator.core.answers import Answer
from connectors.simulator.server.reading import BadRequest

Reply = dict[str, Any]


def good(**payload: Any) -> Reply:
    """Return a successful answer."""
    return {**payload, "success": True, "errorCode": 0, "errorMessage": None}


def bad(code: int, message: str | None = None, **payload: Any) -> Reply:
    """Return a refusal of that endpoint's own code table; HTTP is 200 all the same."""
    return {**payload, "success": code == 0, "errorCode": int(code), "errorMessage": message}


def of_answer(answer: Answer) -> Reply:
    """Return the bare envelope of a command."""
    return bad(answer.code, answer.message)


def problem_details(error: BadRequest) -> Reply:
    """Return the body of an HTTP 400, as ASP.NET writes it."""
    return {
        "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
        "title": "One or more validation errors occurred.",
        "status": 400,
        "errors": {error.field: [str(error)]},
        "traceId": "00-" + "0" * 31 + "1-" + "0" * 15 + "1-00",
    }
