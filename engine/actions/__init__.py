"""What a rule may ask for under `then:`. A new action is a file here and a line in the table."""

from engine.actions.cancel_orders import CancelOrders
from engine.actions.close import Close
from engine.actions.cooldown import Cooldown
from engine.actions.flatten import Flatten
from engine.actions.lock import LockEntries
from engine.actions.move_stop import MoveStop
from engine.actions.notify import Notify
from engine.actions.reduce_to import ReduceTo
from engine.actions.require_stop import RequireStop
from engine.actions.warn import Warn

Action = (
    Flatten
    | Close
    | ReduceTo
    | CancelOrders
    | LockEntries
    | Cooldown
    | MoveStop
    | RequireStop
    | Notify
    | Warn
)

ACTIONS: dict[str, type[Action]] = {
    "flatten": Flatten,
    "close": Close,
    "reduce_to": ReduceTo,
    "cancel_orders": CancelOrders,
    "lock": LockEntries,
    "cooldown": Cooldown,
    "move_stop": MoveStop,
    "require_stop": RequireStop,
    "notify": Notify,
    "warn": Warn,
}
