// Draws the charts from the data that lies in the page. Without it the tables still say everything.
"use strict";
(function () {
  const report = JSON.parse(document.getElementById("report").textContent);
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const axis = () => ({ stroke: color("--dim"), grid: { stroke: color("--line"), width: 1 }, ticks: { stroke: color("--line") } });
  const charts = [];

  function marks(times) {
    // A line at each enforcement.
    return {
      hooks: {
        draw: (u) => {
          const { ctx, bbox } = u;
          ctx.save();
          ctx.strokeStyle = color("--bad");
          ctx.setLineDash([4, 3]);
          for (const at of times) {
            const x = u.valToPos(at, "x", true);
            if (x < bbox.left || x > bbox.left + bbox.width) continue;
            ctx.beginPath();
            ctx.moveTo(x, bbox.top);
            ctx.lineTo(x, bbox.top + bbox.height);
            ctx.stroke();
          }
          ctx.restore();
        },
      },
    };
  }

  function inChicago(at) {
    return uPlot.tzDate(new Date(at * 1e3), "America/Chicago");
  }

  function chart(place, height, data, series, times, scale) {
    const width = () => Math.max(200, place.clientWidth);
    const made = new uPlot(
      {
        width: width(),
        height,
        tzDate: inChicago,
        legend: { show: height > 120 },
        cursor: { drag: { x: true, y: false } },
        scales: { y: scale || {} },
        axes: [axis(), Object.assign(axis(), { size: 64 })],
        series: [{}].concat(series),
        plugins: [marks(times)],
      },
      data,
      place
    );
    charts.push(() => made.setSize({ width: width(), height }));
  }

  const line = (label, name, more) => Object.assign({ label, stroke: color(name), width: 2, spanGaps: false }, more);
  const dollars = (u, value) => (value === null || value === undefined ? "–" : (value < 0 ? "-$" : "$") + Math.abs(value).toFixed(2));

  for (const place of document.querySelectorAll("figure.chart")) {
    const owner = place.dataset.owner;
    const account = owner === undefined ? report.accounts[place.dataset.account] : report.accounts.find((one) => one.name === owner);
    const times = account.enforcements.map((one) => Date.parse(one.at) / 1e3);
    if (place.dataset.chart === "gauge") {
      const gauge = account.gauges[place.dataset.gauge];
      const top = { range: (u, low, high) => [0, Math.max(1.1, high * 1.05)] };
      const stepped = { paths: uPlot.paths.stepped({ align: 1 }), points: { show: false } };
      const limit = { label: "limit", stroke: color("--bad"), width: 1, dash: [4, 4], points: { show: false } };
      chart(place, 110, [gauge.at, gauge.value, gauge.at.map(() => 1)], [line("of the limit", "--accent", stepped), limit], times, top);
    } else if (place.dataset.chart === "equity") {
      chart(place, 200, [account.curve.at, account.curve.equity], [line("equity", "--accent", { value: dollars })], times);
    } else {
      const both = [line("with open positions", "--accent", { value: dollars }), line("closed", "--dim", { value: dollars, width: 1 })];
      chart(place, 260, [account.curve.at, account.curve.total, account.curve.realized], both, times);
    }
  }
  addEventListener("resize", () => charts.forEach((fit) => fit()));
  document.documentElement.dataset.drawn = String(charts.length);
})();
