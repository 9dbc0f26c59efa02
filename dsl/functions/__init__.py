"""The functions of the rule language. A new one is a file in this folder, one import and one line here."""

from collections.abc import Callable

from dsl.functions.abs import absolute
from dsl.functions.ahead import ahead
from dsl.functions.behind import behind
from dsl.functions.fallback import fallback
from dsl.functions.inside import inside
from dsl.functions.loss import loss
from dsl.functions.max import larger
from dsl.functions.min import smaller
from dsl.functions.near import near
from dsl.functions.nth import nth
from dsl.functions.outside import outside
from dsl.functions.profit import profit
from dsl.functions.step import step

FUNCTIONS: dict[str, Callable[..., object]] = {
    "abs": absolute,
    "ahead": ahead,
    "behind": behind,
    "fallback": fallback,
    "inside": inside,
    "loss": loss,
    "max": larger,
    "min": smaller,
    "near": near,
    "nth": nth,
    "outside": outside,
    "profit": profit,
    "step": step,
}
