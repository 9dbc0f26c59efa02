"""The report as a browser shows it: offline, without an error, narrow, printed, whatever texts it holds."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.command_line import app

CHARTS = 3  # the day's result, equity, and the one rule that moved


@pytest.fixture
def page(home: Path, tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    ended = CliRunner().invoke(app, ["report", "--home", str(home), "-o", str(path)])
    assert ended.exit_code == 0, ended.output
    return path


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1000, "dark")])
def test_the_page_draws_its_charts_without_an_error_a_request_or_sideways_scrolling(
    page: Path, look_at: Any, width: int, scheme: str
) -> None:
    with look_at(width, scheme) as look:
        look.page.goto(page.as_uri())
        look.page.wait_for_function("document.documentElement.dataset.drawn !== undefined")

        assert look.page.evaluate("document.documentElement.dataset.drawn") == str(CHARTS)
        assert look.page.locator("figure.chart canvas").count() == CHARTS
        assert look.overflow() <= 0
        assert look.complaints == []
        assert [url for url in look.asked if not url.startswith(("file:", "data:"))] == []


def test_hostile_texts_are_shown_and_never_run(page: Path, look_at: Any) -> None:
    with look_at() as look:
        look.page.goto(page.as_uri())

        assert look.page.title() == "risk report 2026-11-24"
        assert "</script><script>document.title='owned'</script><b>&amp; {{ 7*7 }}" in look.page.inner_text(
            "body"
        )


def test_without_scripts_the_tables_say_the_same(page: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        shown = context.new_page()
        shown.goto(page.as_uri())
        text = shown.inner_text("body")
    finally:
        context.close()

    assert "saved $16" in text
    assert "long 2 MNQZ6" in text


def test_it_prints_on_pages_without_cutting_a_table(page: Path, look_at: Any) -> None:
    with look_at() as look:
        look.page.goto(page.as_uri())
        look.page.wait_for_function("document.documentElement.dataset.drawn !== undefined")
        printed = look.page.pdf(format="A4")

        assert printed.startswith(b"%PDF")
        look.page.emulate_media(media="print")
        assert (
            look.page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"
        )
