"""A small ruleset in which every key of the language stands once, to be changed key by key."""

FILES = {
    "ruleset.yaml": """\
ruleset: small
dsl: 1
mode_ceiling: enforce
tz: America/Chicago
trading_day: 17:00
calendar: cme
flat_by: 15:10
basis: net
fresh_for: 3s
sessions:
  default: {days: [MON, TUE, WED, THU, FRI], hours: 08:30..15:00}
""",
    "lists.yaml": """\
blocked: [RTY, BTC]
minis: {MES: 0.1, other: 1}
""",
    "day_loss.yaml": """\
rule: day_loss
title: Daily loss
why: A day is over at some point.
mode: enforce
severity: high
scope: account
params:
  limit: $500
  warn_at: 80%
  hold: 10s
let:
  lost: loss(sum(pnl of fills since reset))
when: lost >= limit
for: hold
clear_when: lost < limit * 50%
clear_for: 30s
if_unknown: hold
reset: {cron: 0 17 * * *, tz: America/Chicago}
then:
  - flatten: account
  - lock: account
    until: reset
  - notify: [trader, admin]
message: You lost {lost}.
warn:
  when: lost >= limit * warn_at
  message: Careful.
""",
    "open_loss.yaml": """\
rule: open_loss
title: Open loss
mode: enforce
scope: position
params:
  limit: $300
when: position.open_loss >= limit
if_unknown: hold
then:
  - close: position
  - lock: symbol
    for: 30m
""",
    "size.yaml": """\
rule: size
title: Size by symbol
mode: enforce
scope: symbol
params:
  limits:
    ES: 2 contracts
    MES: 5 contracts
    other: 1 contract
when: symbol.quantity > limits[symbol]
exceptions:
  - {symbols: [CL, NG], until: 2026-12-24, by: maria}
then:
  - reduce_to: limits[symbol]
    by: newest_first
""",
    "pause.yaml": """\
rule: pause
title: Pause
mode: enforce
scope: trade
params:
  small: $100
  large: $300
  short: 5m
tiers:
  - name: small
    when: trade.loss >= small
    then:
      - cooldown: short
  - name: large
    when: trade.loss >= large
    then:
      - cooldown: 30m
""",
    "hours.yaml": """\
rule: hours
title: Hours
mode: enforce
scope: symbol
params:
  open_hours:
    days: [MON, TUE, WED, THU, FRI]
    hours: 08:30..15:00
    lead: 2m
when: outside(open_hours)
then:
  - flatten: symbol
  - lock: symbol
    until: inside(open_hours)
""",
    "blocks.yaml": """\
rule: blocks
title: Blocks
mode: enforce
scope: symbol
when: symbol in lists.blocked
then:
  - cancel_orders: symbol
  - lock: symbol
    until: symbol not in lists.blocked
""",
    "stops.yaml": """\
rule: stops
title: Stops
mode: enforce
scope: position
params:
  grace: 30s
  distance: 20 ticks
  trail_by: 10 ticks
tiers:
  - name: ask
    when: position.uncovered > 0
    for: grace
    then:
      - require_stop: distance
  - name: trail
    when: position.peak_ticks >= 20 ticks
    then:
      - move_stop: behind(position.best_price, trail_by)
""",
    "streak.yaml": """\
rule: streak
title: Streak
mode: enforce
scope: trade
params:
  in_a_row: 3
  pauses: [10m, 30m, 2h]
when: streak(trades where pnl < $0 since fired) >= in_a_row
then:
  - cooldown: nth(pauses, count(firings over trading_day) + 1)
""",
    "often.yaml": """\
rule: often
title: Often
mode: enforce
scope: account
params:
  per_hour: 10
when: count(entries over last 1h) >= per_hour
then:
  - lock: account
    until: count(entries over last 1h) < per_hour
expires: 2027-06-01
""",
    "floor.yaml": """\
rule: floor
title: Trailing floor
mode: enforce
scope: account
params:
  allowance: $2,000
let:
  peak: max(account.equity since start)
  floor: max(min(account.balance, peak - allowance), $40,000)
  room: account.equity - floor
when: room <= $0
then:
  - flatten: account
  - lock: account
    until: manual
""",
    "shadowed.yaml": """\
rule: shadowed
title: Only watched
mode: shadow
scope: account
params:
  limit: 5 contracts
when: account.gross_contracts > limit
then:
  - reduce_to: limit
""",
}
