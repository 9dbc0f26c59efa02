"""`risk describe`: a rule read back in English, so that its meaning can be checked by who never saw the language."""

from dsl.check_actions import CheckedAction
from dsl.checked_rule import CheckedRule, CheckedTier
from dsl.describe_expr import words_of
from dsl.kinds import YES_NO
from dsl.labels import known_label
from dsl.say import duration
from dsl.typed import Constant, LetUse, Table
from engine.rule import IfUnknown

PLACES = {"account": "the account", "symbol": "the symbol", "position": "the position"}
SUBJECTS = {
    "account": "",
    "symbol": "for each symbol, ",
    "position": "for each position, ",
    "trade": "each time a trade closes, ",
}
UNKNOWN = {
    IfUnknown.HOLD: "While that is unknown, nothing changes.",
    IfUnknown.BREACH: "While that is unknown, it counts as true.",
    IfUnknown.NO_INCREASE: "While that is unknown, entries are refused and nothing is closed.",
    IfUnknown.CLEAR: "While that is unknown, it counts as false.",
}
MODES = {
    "off": "It is switched off.",
    "shadow": "It is decided and recorded only; nobody is told and nothing is done.",
    "warn": "It only tells the trader what would have been done.",
}


def describe(rule: CheckedRule) -> str:
    """Return what a rule means, one sentence a line."""
    document = rule.document
    scope = document.scope.text if document.scope else ""
    sentences = [_tier(tier, SUBJECTS.get(scope, "")) for tier in rule.tiers]
    sentences += _names(rule)
    if document.if_unknown is not None:
        sentences.append(UNKNOWN[rule.if_unknown])
    if rule.warn is not None:
        sentences.append(f"The trader is warned when {words_of(rule.warn.when)}.")
    sentences += _ends(rule)
    if document.mode is not None and document.mode.text in MODES:
        sentences.append(MODES[document.mode.text])
    return "\n".join(sentences)


def _ends(rule: CheckedRule) -> list[str]:
    """Return when a breach is over, when the rule starts afresh, where it does not apply, and when it ends."""
    document, sentences = rule.document, list[str]()
    if rule.clear_when is not None:
        sentences.append(f"It is over when {words_of(rule.clear_when)}.")
    if rule.clear_for:
        sentences.append(f"It is over once it has been false for {duration(rule.clear_for)}.")
    if document.reset is not None:
        sentences.append(f"It starts afresh at {_reset(rule)}.")
    for exception in document.exceptions:
        symbols = ", ".join(symbol.text for symbol in exception.symbols)
        sentences.append(
            f"It does not apply to {symbols} before {exception.until.text} ({exception.by.text})."
        )
    if document.expires is not None:
        sentences.append(f"The rule ends on {document.expires.text}.")
    return sentences


def _tier(tier: CheckedTier, subject: str) -> str:
    is_held = tier.hold is not None and not (isinstance(tier.hold.ref, Constant) and tier.hold.ref.value == 0)
    hold = f" for {words_of(tier.hold)} without a break" if tier.hold is not None and is_held else ""
    actions = ", ".join(action_words(action) for action in tier.actions)
    sentence = f"{subject}when {words_of(tier.when)}{hold}: {actions}."
    return f"{tier.name}: {sentence}" if tier.name else sentence[0].upper() + sentence[1:]


def _names(rule: CheckedRule) -> list[str]:
    """Return what names and tables stand for that the sentences mention without saying."""
    found: dict[str, str] = {}
    for expression in rule.conditions:
        for part in expression.walk():
            if isinstance(part.ref, LetUse) and part.kind != YES_NO and not known_label(part.parts[0]):
                found[part.ref.name] = words_of(part.parts[0])
            elif isinstance(part.ref, Constant) and isinstance(part.ref.value, Table) and part.ref.name:
                found[part.ref.name] = words_of(part)
    return [f"Here {name.replace('_', ' ')} is {words}." for name, words in found.items()]


def action_words(action: CheckedAction) -> str:  # noqa: C901  one line an action
    """Return what an action does, in English."""
    place = PLACES.get(action.words.get("place", ""), "")
    amount = words_of(action.amounts["value"]) if "value" in action.amounts else ""
    match action.name:
        case "flatten" if action.words.get("place") == "account":
            return "close everything and cancel its orders"
        case "flatten":
            return f"close {place} and cancel its orders"
        case "close":
            return f"close {place}"
        case "reduce_to":
            order = action.words.get("by", "newest_first").replace("_", " ")
            return f"close contracts, {order}, down to {amount}"
        case "cancel_orders":
            return f"cancel {_side(action)}entry orders of {place}"
        case "lock":
            return f"refuse {_side(action)}entries in {place} {_end(action)}"
        case "cooldown":
            where = f" in {PLACES[action.words['on']]}" if "on" in action.words else ""
            return f"refuse entries{where} for {amount}"
        case "move_stop":
            return f"move the stop to {amount}, never looser"
        case "require_stop":
            return f"place a stop {amount} away where there is none"
        case _:
            people = " and ".join(f"the {person}" for person in sorted(action.people, reverse=True))
            return f"{'tell' if action.name == 'notify' else 'warn'} {people}"


def _side(action: CheckedAction) -> str:
    return f"{action.words['side']} " if "side" in action.words else ""


def _end(action: CheckedAction) -> str:
    match action.ends:
        case "reset":
            return "until the next reset"
        case "manual":
            return "until an admin unlocks it"
        case "for":
            return f"for {words_of(action.amounts['for'])}"
        case _:
            return f"until {words_of(action.until)}" if action.until is not None else ""


def _reset(rule: CheckedRule) -> str:
    node, info = rule.document.reset, rule.context.ruleset
    if node is None or node.cron is None:
        return f"the start of the trading day, {info.trading_day} {info.city}"
    minute, hour, *days = node.cron.text.split()
    zone = node.tz.text if node.tz is not None else info.tz
    city = zone.rpartition("/")[2].replace("_", " ")
    if days == ["*", "*", "*"] and minute.isdigit() and hour.isdigit():
        return f"{int(hour):02}:{int(minute):02} {city} each day"
    return f"`{node.cron.text}` {city}"
