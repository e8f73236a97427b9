"use strict";
// Health of the channels, as `scrapy health` prints it; what the last run of each portal counted, on demand.

let onlyBad = false;
const SENTENCES = Object.keys(data.words).filter((key) => key.startsWith("sentence.")).map((key) => {
  const parts = key.slice("sentence.".length).split(/\{\d\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return [key, new RegExp("^" + parts.join("(.+?)") + "$", "s")];
});
/** A reason of a run in the language of the page; as it stands if it is one that is not known here. */
function sentence(text) {
  const named = /^([\w.-]+): (.+)$/s.exec(text);
  const rest = named && translated(named[2]);
  return rest ? named[1] + (english ? ": " : "：") + rest : translated(text) || text;
}
function translated(text) {
  for (const [key, pattern] of SENTENCES) {
    const found = pattern.exec(text);
    if (found) return t(key, ...found.slice(1));
  }
  return null;
}
const badge = (state) => h("span", { class: "state s-" + state }, t("state." + state));
const level = (now, usual) => number(now) + (usual === null ? "" : " / " + number(usual, 1));
const layoutName = (name) => (name.startsWith("general") ? t("ui.general_reader") : name);

function channelRows(channel) {
  const said = [...channel.reasons, ...channel.notes].map(sentence);
  const layouts = Object.entries(channel.layouts);
  const cells = [
    ["state", badge(channel.state)], ["since", channel.state === "ok" || !channel.since ? "" : h("span", { class: "day" }, channel.since)],
    ["last_good", h("span", { class: "day" }, channel.last_good || t("ui.never"))],
    ["links", level(channel.links, channel.links_usual), true], ["articles_day", level(channel.articles, channel.articles_usual), true],
    ["observations_day", level(channel.observations, channel.observations_usual), true],
    ["general_share", channel.general === null ? "" : number(100 * channel.general, 0) + "%", true],
    ["layouts", layouts.map(([name, count], index) => [index ? ", " : "", bdi(layoutName(name)), " " + number(count)])],
  ];
  const row = h("tr", { class: said.length ? "told" : null }, h("th", { scope: "row" }, bdi(channel.title), " ", h("span", { class: "basis" }, bdi(channel.channel))),
    cells.map(([key, cell, numeric]) => h("td", { class: [numeric && "n", (key === "last_good" || key === "layouts") && "wide", (cell === "" || (Array.isArray(cell) && !cell.length)) && "empty"].filter(Boolean).join(" "), "data-label": t("ui." + key) }, cell)));
  return said.length ? [row, h("tr", { class: channel.reasons.length ? "why" : "why quiet" }, h("td", { colspan: cells.length + 1 }, bdi(said.join(english ? "; " : "；"))))] : row;
}
function healthTable(portal, channels) {
  const headings = ["channel", "state", "since", "last_good", "links", "articles_day", "observations_day", "general_share", "layouts"];
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("ui.health") + " " + portal }, h("table", { class: "stack" },
    h("thead", null, h("tr", null, headings.map((key, index) => h("th", { scope: "col", class: index > 3 && index < 8 ? "n" : null }, t("ui." + key))))),
    h("tbody", null, channels.map(channelRows))));
}
function lastRun(run) {
  const columns = [["lists"], ["lists_failed"], ["links"], ["fetched"], ["articles"], ["obs_short", "observations"], ["without", "relevant_without"], ["median_chars", "text_chars_median"]];
  const cell = (value) => (typeof value === "number" ? number(value, 1) : "–");
  return h("details", null, h("summary", null, t("ui.last_run_of", plain(run.portal)), " · ", t("verdict." + run.verdict), " · ", bdi(run.finished)),
    h("p", { class: "note" }, bdi(run.run), run.reasons.map((reason) => [" · ", bdi(sentence(reason))])),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("ui.last_run_of", plain(run.portal)) }, h("table", { class: "stack" },
      h("thead", null, h("tr", null, h("th", { scope: "col" }, t("ui.channel")), columns.map(([key]) => h("th", { scope: "col", class: "n" }, t("ui." + key))))),
      h("tbody", null, Object.entries(run.channels).map(([name, counts]) => h("tr", null, h("th", { scope: "row" }, bdi(name)),
        columns.map(([key, field]) => h("td", { class: "n", "data-label": t("ui." + key) }, cell(counts[field || key])))))))));
}
function renderHealth() {
  const place = byId("health");
  const opened = [...place.querySelectorAll("details")].map((element) => element.open);
  const { at, channels } = page.health;
  if (!channels.length && !page.runs.length) { fill(place, h("p", null, t("ui.no_runs"))); return; }
  const good = channels.filter((channel) => channel.state === "ok").length;
  const toggle = h("label", { class: "check" }, h("input", { type: "checkbox", id: "only-bad", on: { change: (event) => { onlyBad = event.target.checked; renderHealth(); byId("only-bad").focus(); } } }), h("span", null, t("ui.only_bad")));
  toggle.firstChild.checked = onlyBad;
  const portals = [...new Set(channels.map((channel) => channel.portal))];
  fill(place,
    channels.length > 0 && [h("p", null, t("ui.channels_ok", good, channels.length), " · ", t("ui.as_of_moment", at.replace("Z", " UTC"))), h("p", { class: "note" }, t("ui.health_help")), toggle],
    portals.map((portal) => {
      const own = channels.filter((channel) => channel.portal === portal);
      const rows = own.filter((channel) => !onlyBad || channel.state !== "ok" || channel.notes.length);
      return [h("h3", null, bdi(portal)), rows.length ? healthTable(portal, rows) : h("p", { class: "note" }, t("ui.nothing"))];
    }),
    page.runs.map(lastRun));
  place.querySelectorAll("details").forEach((element, index) => { element.open = Boolean(opened[index]); });
}
