"""Addresses, secrets and log lines: what must never be used and never be shown."""

import logging
import pickle

import pytest

from connectors.failures import UnsafeUrl
from connectors.secret import Secret
from connectors.topstepx.settings import GatewayUrls
from connectors.topstepx.wording import Redacting, plain, redact

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"


def test_hub_addresses_are_used_as_web_sockets_and_slashes_at_the_end_do_not_matter() -> None:
    urls = GatewayUrls(
        "https://api.example.com/", "https://rtc.example.com/hubs/user/", "wss://rtc.example.com/m"
    )

    assert (urls.api, urls.user_hub) == ("https://api.example.com", "wss://rtc.example.com/hubs/user")
    assert GatewayUrls("http://localhost:80", None, "http://[::1]:9/m").market_hub == "ws://[::1]:9/m"


@pytest.mark.parametrize(
    "api",
    [
        "http://api.example.com",
        "http://192.168.1.4:8080",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "ftp://127.0.0.1",
        "api.example.com",
        "",
        "https://",
        "https://user:secret@api.example.com",
        "https://api.example.com?x=1",
        "https://api.example.com:port",
        "https://[::1",
    ],
)
def test_addresses_that_are_unsafe_or_unreadable_are_refused_in_one_sentence(api: str) -> None:
    with pytest.raises(UnsafeUrl) as caught:
        GatewayUrls(api, None, None)

    assert "api address" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_plain_web_socket_to_another_machine_is_refused() -> None:
    with pytest.raises(UnsafeUrl, match="user_hub"):
        GatewayUrls("https://api.example.com", "ws://rtc.example.com/hubs/user", None)


def test_a_secret_never_shows_and_cannot_be_pickled() -> None:
    secret = Secret("hunter2")

    assert "hunter2" not in f"{secret} {secret!r} {secret:>20} {[secret]}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    assert secret.reveal() == "hunter2"


@pytest.mark.parametrize(
    "text",
    [
        f"wss://rtc/hubs/user?access_token={JWT}",
        f"Authorization: Bearer {JWT}",
        f'{{"token":"{JWT}"}}',
        f"the token is {JWT}",
        f'{{"userName":"me","apiKey": "{JWT}"}}',
    ],
)
def test_tokens_and_keys_are_taken_out_of_texts(text: str) -> None:
    assert "c2lnbmF0dXJl" not in redact(text)
    assert "***" in redact(text)


def test_text_from_outside_becomes_one_short_printable_line() -> None:
    assert plain("a\r\nb\x1b[31m\u202ec\x00") == "a b [31m c"
    assert len(plain("x" * 5000)) == 200


def test_a_log_record_is_redacted_also_in_its_arguments() -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, "url %s", (f"?access_token={JWT}",), None)

    Redacting().filter(record)

    assert record.getMessage() == "url ?access_token=***"
