"""What the rules of a folder may rely on, from its `ruleset.yaml` and `lists.yaml` and the admin's exceptions and news."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from dsl.check_context import Context
from dsl.check_reach import check_reach
from dsl.compile_reach import alone, with_reach
from dsl.market_days_exceptions import read_exceptions
from dsl.news_file import read_news, with_news
from dsl.problems import Problem, Span
from dsl.rule_files import RULESET, RulesetFiles, read_folder
from dsl.ruleset_build import build_info, default_info
from dsl.ruleset_document import read_lists, read_ruleset
from dsl.ruleset_info import RulesetInfo


def surroundings(
    files: RulesetFiles, problems: list[Problem], known_roots: Collection[str] | None = None
) -> RulesetInfo:
    """Return what the rules may rely on; a folder without `ruleset.yaml` has the defaults."""
    lists = read_lists(files.lists, problems) if files.lists is not None else {}
    roots = frozenset(known_roots) if known_roots is not None else None
    if files.ruleset is None:
        if files.rules:
            place = Span(files.rules[0], 0, 0)
            problems.append(
                Problem(
                    "E001",
                    "the folder has no `ruleset.yaml`",
                    place,
                    help="add one with `ruleset:` and `dsl: 1`",
                )
            )
        return default_info(files.folder.name)
    document = read_ruleset(files.ruleset, problems)
    exceptions = read_exceptions(files.holidays, problems) if files.holidays is not None else ()
    if document is None:
        return default_info()
    info = build_info(document, lists, problems, roots, exceptions)
    news = read_news(files.news, problems) if files.news is not None else None
    info = replace(info, settings=with_news(info.settings, news))
    stops = document.settings.stops
    context = Context("account", None, {}, {}, {}, False, info, problems)
    reach = check_reach(stops.max_distance if stops is not None else None, context)
    return (
        info
        if reach is None
        else replace(info, reach=reach, settings=with_reach(info.settings, reach, alone(reach)))
    )


def info_beside(path: Path) -> RulesetInfo:
    """Return what a rule file may rely on: the ruleset in its folder, or the defaults where there is none."""
    if not (path.parent / RULESET).is_file():
        return default_info()
    return surroundings(read_folder(path.parent, []), [])
