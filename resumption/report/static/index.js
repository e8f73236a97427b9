"use strict";
// Overview: totals, tile grids on a day, latest figures; health.js has the health of channels.

const RATE_FIRST = ["resumption_rate", "worker_return_rate", "project_resumption_rate"];
const tiles = page.tiles;
const chosen = { indicator: "", population: "", day: 0, exact: false, code: "" };

function renderTotals() {
  const s = page.totals;
  const period = (a, b) => (a && b ? `${a.slice(0, 10)} – ${b.slice(0, 10)}` : "–");
  const pairs = [
    ["portals", number(s.portals)], ["channels", number(s.channels)], ["articles", number(s.articles)],
    ["versions", number(s.versions)], ["reprints", number(s.reprints)], ["observations", number(s.observations)],
    ["facts", number(s.facts)], ["findings", h("a", { href: "findings.html" }, number(s.findings))],
    ["published_period", period(s.first_published, s.last_published)], ["data_period", period(s.first_day, s.last_day)],
  ];
  fill(byId("totals"), pairs.map(([key, value]) => h("div", null, h("dt", null, t("ui." + key)), h("dd", null, value))));
}

// --- tiles
const rowsOf = (indicator) => tiles.rows.filter((row) => tiles.indicators[row[0]] === indicator);
function counted(rows, column) {
  const counts = new Map();
  for (const row of rows) counts.set(row[column], (counts.get(row[column]) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
function chooseTiles() {
  const codes = counted(tiles.rows, 0).map(([place]) => tiles.indicators[place]);
  codes.sort((a, b) => (RATE_FIRST.includes(b) ? 1 : 0) - (RATE_FIRST.includes(a) ? 1 : 0));
  options(byId("map-indicator"), codes.map((code) => [code, indicatorName(code)]), chosen.indicator);
  chosen.indicator = byId("map-indicator").value;
  const populations = counted(rowsOf(chosen.indicator), 1);
  options(byId("map-population"), [["", t("ui.any_population")],
    ...populations.map(([place, count]) => [place, `${tiles.populations[place] || t("ui.no_population")} (${count})`])], chosen.population);
  chosen.population = byId("map-population").value;
}
function selectedRows() {
  return rowsOf(chosen.indicator).filter((row) => chosen.population === "" || String(row[1]) === chosen.population);
}
function renderTiles(toLastDay) {
  chooseTiles();
  const rows = selectedRows();
  const days = [...new Set(rows.map((row) => row[3]))].sort();
  const slider = byId("map-slider");
  slider.max = Math.max(0, days.length - 1);
  if (toLastDay || chosen.day >= days.length) chosen.day = busiest(rows, days);
  slider.value = chosen.day;
  const day = days[chosen.day] || "";
  byId("map-day").textContent = day || t("ui.no_data");
  slider.setAttribute("aria-valuetext", day);
  const order = new Map(counted(rows, 1).map(([place], index) => [place, index]));
  const best = new Map();
  for (const row of rows) {
    if (row[3] > day || (chosen.exact && row[3] !== day)) continue;
    const before = best.get(row[2]);
    if (!before || row[3] > before[3] || (row[3] === before[3] && order.get(row[1]) < order.get(before[1]))) best.set(row[2], row);
  }
  const values = [...best.values()].map((row) => row[4]);
  const percent = rows.length && tiles.units[rows[0][5]] === "percent";
  const low = percent ? Math.min(50, ...values) : Math.min(0, ...values);
  const high = percent ? Math.max(100, ...values) : Math.max(1, ...values);
  const step = (value) => Math.min(6, Math.floor(((value - low) / (high - low || 1)) * 7));
  for (const [grid, places] of Object.entries(page.grids)) {
    fill(byId("tiles-" + grid), Object.entries(places).map(([code, [row, column, zh, en, brief]]) => {
      const found = best.get(tiles.codes.indexOf(code));
      const name = english ? en : zh;
      const text = found ? quantity(found[4], tiles.units[found[5]], found[6]) : t("ui.no_data");
      const tile = h("button", {
        type: "button", class: "tile " + (found ? "q" + step(found[4]) + (found[3] === day ? "" : " old") : "none"),
        "aria-label": `${name}: ${text}${found ? ", " + found[3] : ""}`, "aria-pressed": chosen.code === code ? "true" : "false",
        on: { click: () => { chosen.code = code; renderTiles(); } },
      }, h("span", { class: "name" }, english ? brief : zh), h("span", { class: "figure" }, found ? short(found[4]) : "–"));
      tile.style.gridRow = row;
      tile.style.gridColumn = column;
      return tile;
    }));
  }
  const edge = (index) => short(low + ((high - low) * index) / 7);
  fill(byId("map-legend"), [0, 1, 2, 3, 4, 5, 6].map((index) => h("span", { class: "q" + index }, `${edge(index)}–${edge(index + 1)}`)));
  renderChosen(best, day);
}
/** The last day on which there is as much as on most days: a first view with something in it. */
function busiest(rows, days) {
  let place = 0, most = 0;
  days.forEach((day, index) => {
    const count = new Set(rows.filter((row) => row[3] <= day).map((row) => row[2])).size;
    if (count >= most) { most = count; place = index; }
  });
  return place;
}
function short(value) {
  const size = Math.abs(value);
  if (size >= 1e8) return number(value / 1e8, 1) + (english ? "×10⁸" : "亿");
  if (size >= 1e4) return number(value / 1e4, 1) + (english ? "×10⁴" : "万");
  return number(value, 1);
}
function renderChosen(best, day) {
  const place = byId("map-chosen");
  const entry = Object.values(page.grids).map((grid) => grid[chosen.code]).find(Boolean);
  if (!entry) { fill(place); place.hidden = true; return; }
  place.hidden = false;
  const found = best.get(tiles.codes.indexOf(chosen.code));
  fill(place, h("strong", null, english ? entry[3] : entry[2]), " · ", indicatorName(chosen.indicator), " · ",
    found ? [h("strong", null, quantity(found[4], tiles.units[found[5]], found[6])), " · ", bdi(tiles.populations[found[1]] || t("ui.no_population")), " · ", found[3], " · ", evidenceLink(found[7])]
      : [t("ui.no_data"), " · ", day]);
}
byId("map-indicator").addEventListener("change", (event) => { chosen.indicator = event.target.value; chosen.population = ""; renderTiles(true); });
byId("map-population").addEventListener("change", (event) => { chosen.population = event.target.value; renderTiles(true); });
byId("map-slider").addEventListener("input", (event) => { chosen.day = Number(event.target.value); renderTiles(); });
byId("map-exact").addEventListener("change", (event) => { chosen.exact = event.target.checked; renderTiles(); });
function moveDay(by) {
  chosen.day = Math.max(0, Math.min(Number(byId("map-slider").max), chosen.day + by));
  renderTiles();
}
byId("day-before").addEventListener("click", () => moveDay(-1));
byId("day-after").addEventListener("click", () => moveDay(1));

// --- latest figures
function renderLatest() {
  const latest = page.latest;
  const codes = counted(latest.rows, 2).map(([place]) => latest.indicators[place]);
  const select = byId("latest-indicator");
  options(select, [["", t("ui.all")], ...codes.map((code) => [code, indicatorName(code)])], select.value);
  const wanted = byId("latest-region").value.trim();
  const rows = latest.rows.filter((row) => (!select.value || latest.indicators[row[2]] === select.value) && (!wanted || latest.regions[row[0]].includes(wanted)));
  table(byId("latest"), byId("latest-more"), [
    [t("ui.region"), (row) => bdi(latest.regions[row[0]])],
    [t("ui.indicator"), (row) => indicatorName(latest.indicators[row[2]])],
    [t("ui.population"), (row) => bdi(latest.populations[row[1]] || "–")],
    [t("ui.value"), (row) => valueLink(quantity(row[4], row[5], row[6]), row[7]), true],
    [t("ui.date"), (row) => h("span", { class: "day" }, row[3])],
  ], rows, STEP);
  if (latest.left_out) byId("latest-more").append(" " + t("ui.left_out", latest.left_out));
}
byId("latest-region").addEventListener("input", renderLatest);
byId("latest-indicator").addEventListener("change", renderLatest);

let first = true;
start(() => { renderTotals(); renderTiles(first); renderLatest(); renderHealth(); first = false; });
