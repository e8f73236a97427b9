"use strict";
// Series: choose an indicator, a group and places; see levels or changes over time, with gaps and contradictions.

const MOST_REGIONS = 8;
const GAP_DAYS = 3;
const DAY = 86400000;
// ast: expressions of the plot are interpreted, not compiled, so that the policy of the page need not allow eval.
const EMBED = { mode: "vega", actions: false, defaultStyle: false, logLevel: 1, ast: true };
const EPISODE_DAYS = 60;
const state = { indicator: "", shown: "level", population: "", period: null, regions: [], filter: "" };
let view = null;
let current = [];

const keyOf = (series) => series.i + "|" + (series.u === "percentage_point" ? "percent" : series.u);
const groupOf = (series) => series.g;
function kindsOf(list) { return ["level", "change", "difference"].filter((kind) => list.some((series) => series.k === (kind === "change" ? "change" : "level"))); }
function ofIndicator() { return page.series.filter((series) => keyOf(series) === state.indicator); }
function ofKind() { const kind = state.shown === "change" ? "change" : "level"; return ofIndicator().filter((series) => series.k === kind); }
function ofPopulation() { return ofKind().filter((series) => groupOf(series) === state.population); }
function ranked(list, key) {
  const counts = new Map();
  for (const series of list) counts.set(key(series), (counts.get(key(series)) || 0) + series.pts.length);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
/** A series with several points says more than many with one. */
function rankedByLength(list, key) {
  const best = new Map();
  for (const series of list) best.set(key(series), Math.max(best.get(key(series)) || 0, series.pts.length));
  return ranked(list, key).sort((a, b) => best.get(b[0]) - best.get(a[0]) || b[1] - a[1]);
}
function choose() {
  const indicators = ranked(page.series, keyOf);
  if (!state.indicator && page.series.length) state.indicator = rankedByLength(page.series.filter((s) => s.k === "level"), keyOf)[0]?.[0] ?? indicators[0][0];
  options(byId("indicator"), indicators.map(([key, count]) => {
    const [code, unit] = key.split("|");
    return [key, `${indicatorName(code)} (${t("unit." + unit)}) · ${count}`];
  }), state.indicator);
  state.indicator = byId("indicator").value;
  options(byId("shown"), kindsOf(ofIndicator()).map((kind) => [kind, t("ui." + kind)]), state.shown);
  state.shown = byId("shown").value;
  const populations = rankedByLength(ofKind(), groupOf);
  options(byId("population"), populations.map(([key, count]) => [key, `${page.populations[ofKind().find((s) => groupOf(s) === key).p] || t("ui.no_population")} · ${count}`]), state.population);
  state.population = byId("population").value;
  const periods = episodes();
  if (state.period !== "" && !periods.some(([key]) => key === state.period)) state.period = periods.length > 1 ? [...periods].sort((a, b) => b[1] - a[1])[0][0] : "";
  options(byId("period"), [["", t("ui.whole_period")], ...periods.map(([key, count]) => [key, `${key.replace("/", " – ")} · ${count}`])], state.period);
  const regions = rankedByLength(ofPopulation().filter((series) => series.pts.some(([day]) => inPeriod(day))), (series) => series.r);
  state.regions = state.regions.filter((place) => regions.some(([other]) => other === place));
  if (!state.regions.length) state.regions = regions.slice(0, 3).map(([place]) => place);
  return regions;
}
/** Stretches of days with figures, more than EPISODE_DAYS apart: `first/last` and how many figures. */
function episodes() {
  const days = ofPopulation().flatMap((series) => series.pts.map(([day]) => day)).sort();
  const found = [];
  for (const day of days) {
    const last = found.at(-1);
    if (last && (Date.parse(day) - Date.parse(last.to)) / DAY <= EPISODE_DAYS) { last.to = day; last.count += 1; } else found.push({ from: day, to: day, count: 1 });
  }
  return found.map(({ from, to, count }) => [from + "/" + to, count]).reverse();
}
function inPeriod(day) {
  if (!state.period) return true;
  const [from, to] = state.period.split("/");
  return day >= from && day <= to;
}
function renderRegions(regions) {
  const wanted = state.filter;
  const list = regions.filter(([place]) => !wanted || page.regions[place].includes(wanted)).slice(0, 200);
  const focused = document.activeElement?.dataset?.place;
  fill(byId("regions"), list.map(([place, count]) => {
    const box = h("input", { type: "checkbox", "data-place": place, on: { change: (event) => {
      if (event.target.checked && state.regions.length >= MOST_REGIONS) {
        event.target.checked = false;
        byId("plot-note").textContent = t("ui.too_many", MOST_REGIONS);
        return;
      }
      state.regions = event.target.checked ? [...state.regions, place] : state.regions.filter((other) => other !== place);
      renderPlot();
    } } });
    box.checked = state.regions.includes(place);
    return h("label", { class: "check" }, box, h("span", null, bdi(page.regions[place]), ` · ${count}`));
  }));
  if (focused) byId("regions").querySelector(`[data-place="${CSS.escape(focused)}"]`)?.focus();
}
/** The rows of the plot and of the table below it. */
function shownRows() {
  const rows = [];
  for (const place of state.regions) {
    for (const series of ofPopulation().filter((other) => other.r === place)) {
      let before = null;
      for (const [day, value, low, high, reports, comparator, ref] of series.pts) {
        if (!inPeriod(day)) continue;
        const row = { t: Date.parse(day + "T00:00:00Z"), day, v: value, low: low ?? value, high: high ?? value, reports, comparator, ref, unit: series.u, target: series.st === "target", place, basis: series.b, key: place + "|" + series.st + "|" + series.b };
        if (state.shown === "difference") {
          if (before !== null && !row.target) rows.push({ ...row, v: row.v - before.v, low: row.v - before.v, high: row.v - before.v, comparator: "eq", unit: row.unit === "percent" ? "percentage_point" : row.unit, since: before.day });
          if (!row.target) before = row;
        } else rows.push(row);
      }
    }
  }
  return rows.sort((a, b) => a.place - b.place || a.key.localeCompare(b.key) || a.t - b.t);
}
function plotRows(rows) {
  const names = new Map(state.regions.map((place) => [place, plain(page.regions[place]) || "–"]));
  const sets = { segments: [], gaps: [], ranges: [], points: [] };
  let run = 0;
  rows.forEach((row, index) => {
    const series = names.get(row.place);
    const before = rows[index - 1];
    const follows = before && before.key === row.key;
    const gap = follows && row.t - before.t > GAP_DAYS * DAY;
    if (!follows || gap) run += 1;
    if (gap) for (const end of [before, row]) sets.gaps.push({ t: end.t, v: end.v, series, run: "g" + run });
    sets.segments.push({ t: row.t, v: row.v, series, run: "s" + run });
    if (row.high > row.low) sets.ranges.push({ t: row.t, low: row.low, high: row.high, series });
    sets.points.push({ t: row.t, v: row.v, series, solid: row.target ? 0 : 1, ref: row.ref, tip: describe(row) });
  });
  return sets;
}
function describe(row) {
  const parts = [row.day, plain(page.regions[row.place]), quantity(row.v, row.unit, row.comparator)];
  if (row.high > row.low) parts.push(`${t("ui.range")} ${number(row.low)}–${number(row.high)}`);
  if (row.target) parts.push(t("ui.target"));
  return parts.join(" · ");
}
function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
function specification(sets, forFile) {
  const spec = structuredClone(page.plot);
  for (const set of spec.data) if (Object.hasOwn(sets, set.name)) set.values = sets[set.name];
  const room = byId("plot").clientWidth;
  spec.width = forFile ? 800 : Math.max(180, room - 70);
  spec.height = room < 500 ? 280 : 340;
  spec.autosize = { type: "fit-x", contains: "padding" };
  if (!forFile) spec.width = Math.max(220, room);
  spec.background = colour("--paper");
  const ink = colour("--ink"), faint = colour("--line");
  const font = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
  spec.config = { ...spec.config, font,
    axis: { labelColor: ink, titleColor: ink, gridColor: faint, domainColor: faint, tickColor: faint, labelFont: font, labelFontSize: 12 },
    legend: { labelColor: ink, labelFont: font, labelFontSize: 13, symbolSize: 90 },
    style: { ...(spec.config || {}).style, cell: { stroke: faint } } };
  const times = sets.points.map((point) => point.t), span = (Math.max(...times) - Math.min(...times)) / DAY;
  const format = span > 300 ? "%Y-%m" : room < 500 && !forFile ? "%m-%d" : "%Y-%m-%d";
  for (const axis of spec.axes || []) if (axis.scale === "x") Object.assign(axis, { format, tickCount: span < 6 ? "day" : room < 500 ? 4 : 8 });
  for (const legend of spec.legends || []) {
    delete legend.symbolType;
    delete legend.symbolFillColor;
    delete legend.encode?.symbols?.update?.fill;
    const narrow = room < 500 && !forFile;
    Object.assign(legend, { fill: "fill", shape: "shape", columns: narrow ? 1 : 3, labelLimit: narrow ? room - 60 : 220 });
  }
  spec.description = plain(byId("plot").getAttribute("aria-label"));
  return spec;
}
function renderPlot() {
  current = shownRows();
  const place = byId("plot");
  const [code] = state.indicator.split("|");
  byId("plot-note").textContent = state.regions.length ? t("ui.gap_note", GAP_DAYS) : t("ui.choose_regions");
  if (page.left_out) byId("plot-note").append(" " + t("ui.left_out", page.left_out));
  place.setAttribute("aria-label", t("ui.plot_label", indicatorName(code), state.regions.length, current.length));
  if (view) { view.then((old) => old.finalize()); view = null; }
  fill(place);
  if (current.length) {
    view = vegaEmbed(place, specification(plotRows(current), false), { ...EMBED, renderer: "svg", tooltip: showTip });
    view.then((result) => result.view.addEventListener("click", (_, item) => {
      const address = evidenceAddress(item?.datum?.ref);
      if (address) location.href = address;
    }));
  } else fill(place, h("p", { class: "note" }, t("ui.nothing")));
  table(byId("points"), byId("points-more"), [
    [t("ui.date"), (row) => h("span", { class: "day" }, row.since ? `${row.since} → ${row.day}` : row.day)],
    [t("ui.region"), (row) => bdi(page.regions[row.place])],
    [t("ui.value"), (row) => valueLink(quantity(row.v, row.unit, row.comparator), row.ref), true],
    [t("ui.range"), (row) => (row.high > row.low ? `${number(row.low)}–${number(row.high)}` : "–"), true],
    [t("ui.reports"), (row) => number(row.reports), true],
    [t("ui.status"), (row) => t(row.target ? "status.target" : "status.actual") + (row.basis ? " · " + t("basis." + row.basis) : "")],
  ], current, STEP);
}
const tip = h("div", { class: "tip", role: "status" });
document.body.append(tip);
function showTip(_, event, item, value) {
  tip.textContent = value || "";
  tip.hidden = !value;
  if (!value) return;
  tip.style.left = Math.max(4, Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = Math.max(4, event.clientY - tip.offsetHeight - 10) + "px";
}
tip.hidden = true;
function render() { partLinks(byId("shards"), "series"); renderRegions(choose()); renderPlot(); }

const fileName = () => "resumption-" + state.indicator.split("|")[0] + "-" + state.shown;
async function fileView() {
  return (await vegaEmbed(document.createElement("div"), specification(plotRows(current), true), { ...EMBED, renderer: "svg", tooltip: false })).view;
}
byId("svg").addEventListener("click", async () => { if (current.length) saveFile(fileName() + ".svg", "image/svg+xml", [await (await fileView()).toSVG()]); });
byId("png").addEventListener("click", async () => {
  if (!current.length) return;
  const canvas = await (await fileView()).toCanvas(2);
  canvas.toBlob((blob) => saveFile(fileName() + ".png", "image/png", [blob]), "image/png");
});
byId("csv").addEventListener("click", () => {
  const [code] = state.indicator.split("|");
  saveCsv(fileName() + ".csv", [["indicator", "population", "region", "date", "value", "unit", "comparator", "low", "high", "reports", "status", "change_basis", "kind"],
    ...current.map((row) => [code, page.populations[ofPopulation()[0].p], page.regions[row.place], row.day, row.v, row.unit, row.comparator, row.low, row.high, row.reports, row.target ? "target" : "actual", row.basis, state.shown])]);
});
byId("indicator").addEventListener("change", (event) => { state.indicator = event.target.value; state.population = ""; state.period = null; state.regions = []; render(); });
byId("shown").addEventListener("change", (event) => { state.shown = event.target.value; render(); });
byId("population").addEventListener("change", (event) => { state.population = event.target.value; state.period = null; state.regions = []; render(); });
byId("period").addEventListener("change", (event) => { state.period = event.target.value; render(); });
byId("filter").addEventListener("input", (event) => { state.filter = event.target.value.trim(); renderRegions(choose()); });
let resizing = 0, lastWidth = innerWidth;
addEventListener("resize", () => { if (innerWidth !== lastWidth) { lastWidth = innerWidth; clearTimeout(resizing); resizing = setTimeout(renderPlot, 120); } });
start(render);
