// Draws the guard's published status; all texts are put in as text, never as markup.
"use strict";
(function () {
  const place = (id) => document.getElementById(id);
  let message = null;
  let heardAt = 0;

  function element(kind, name, text) {
    const made = document.createElement(kind);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function now() {
    // The venue's time: what was published, its age then, and how long ago we heard of it.
    return Date.parse(message.status.venue_time) + message.age_s * 1e3 + (performance.now() - heardAt);
  }

  function left(until) {
    const seconds = Math.ceil((Date.parse(until) - now()) / 1e3);
    if (seconds <= 0) return "now";
    const days = Math.floor(seconds / 86400), hours = Math.floor((seconds % 86400) / 3600);
    const minutes = Math.floor((seconds % 3600) / 60), rest = seconds % 60;
    if (days) return days + "d " + hours + "h";
    if (hours) return hours + "h " + String(minutes).padStart(2, "0") + "m";
    return minutes ? minutes + "m " + String(rest).padStart(2, "0") + "s" : rest + "s";
  }

  function amount(value, unit) {
    if (value === null) return "?";
    if (unit === "money") return (value.startsWith("-") ? "-$" : "$") + value.replace("-", "");
    if (unit === "percent") return Number((Number(value) * 100).toFixed(2)) + "%";
    if (unit === "duration") return value + " s";
    return value;
  }

  const WORDS = { green: "ok", yellow: "near", red: "over or locked", unknown: "cannot be seen" };

  function gauge(rule) {
    const row = element("div", "row");
    row.append(element("span", "", (rule.subject && rule.subject !== "account" ? rule.subject + ": " : "") + rule.title));
    const against = rule.unit ? amount(rule.value, rule.unit) + " / " + amount(rule.limit, rule.unit) + " " : "";
    const locked = rule.is_locked ? " [LOCKED" + (rule.locked_until ? " " + left(rule.locked_until) : "") + "]" : "";
    const word = rule.is_locked ? "" : " " + (WORDS[rule.color] || "");
    row.append(element("span", rule.color, (against + rule.label + word + locked).trim()));
    if (rule.fraction !== null) {
      const bar = element("div", "bar " + rule.color);
      const filled = element("i");
      filled.style.width = Math.max(0, Math.min(100, Number(rule.fraction) * 100)) + "%";
      bar.append(filled);
      row.append(bar);
    }
    return row;
  }

  function line(first, second, name) {
    const row = element("div", "row");
    row.append(element("span", "", first), element("span", name || "", second));
    return row;
  }

  function part(title, rows) {
    const made = element("section");
    if (rows.length) made.append(element("h3", "", title), ...rows);
    return made;
  }

  function protection(held) {
    return held.has_stop === null ? "stop not known" : held.has_stop ? "stop in place" : "NO STOP";
  }

  function position(held) {
    const side = held.size > 0 ? "long " : "short ";
    const result = held.open_pnl === null ? "result not known" : amount(held.open_pnl, "money");
    return line(side + Math.abs(held.size) + " " + held.name + " at " + held.average_price, result + ", " + protection(held));
  }

  function lock(one) {
    const end = one.until ? left(one.until) + " (" + one.end + ")" : one.end;
    return line(one.scope + ": " + one.reason, one.kind + ", " + end, "red");
  }

  function account(one) {
    const made = element("article");
    made.append(element("h2", "", one.name + "  " + one.venue_name));
    const verdict = one.verdict.text + (one.verdict.until ? "  (" + left(one.verdict.until) + ")" : "");
    made.append(element("p", "verdict " + one.verdict.level, verdict));
    made.append(element("p", "dim", "mode " + one.mode + ", seen by " + (one.way || "no way known") + ", trading day " + one.session.trading_day));
    made.append(part("Rules", one.rules.map(gauge)), part("Positions", one.positions.map(position)));
    made.append(part("Locks", one.locks.map(lock)));
    const acts = one.enforcements.slice(0, 5);
    made.append(part("Last enforcements", acts.map((act) => line(act.text, act.flat_ms === null ? act.progress : (act.flat_ms / 1e3).toFixed(1) + " s"))));
    return made;
  }

  function draw() {
    const state = place("state");
    if (message === null) return;
    if (message.trouble) {
      state.className = "bad";
      state.textContent = message.trouble;
      return;
    }
    const age = message.age_s + (performance.now() - heardAt) / 1e3;
    const runs = message.is_running && age < 15;
    const written = new Date(Date.parse(message.status.venue_time)).toLocaleTimeString("en-GB", { timeZone: "America/Chicago" });
    state.className = runs ? "" : "bad";
    state.textContent = runs ? "guard running, as of " + written + " Chicago" : "GUARD NOT RUNNING: this is how things stood " + Math.round(age) + " s ago";
    place("alarms").replaceChildren(...message.status.daemon.alarms.map((alarm) => element("p", "alarm", alarm.text)));
    const accounts = place("accounts");
    accounts.className = runs ? "" : "stale";
    accounts.replaceChildren(...message.status.accounts.map(account));
  }

  const source = new EventSource("events");
  source.onmessage = (event) => {
    message = JSON.parse(event.data);
    heardAt = performance.now();
    draw();
  };
  source.onerror = () => {
    place("state").className = "bad";
    place("state").textContent = "the page lost `risk serve`; what stands below is old";
    place("accounts").className = "stale";
    if (message !== null && message.status) message.is_running = false;
  };
  setInterval(() => message !== null && source.readyState === EventSource.OPEN && draw(), 1000);
})();
