"use strict";
// Findings: what contradicts, in words and numbers, with the sentences side by side.

let limit = 20;
function marked(side) {
  const characters = Array.from(side.quote);
  const nodes = [];
  let at = 0;
  for (const [from, to] of [...side.marks].sort((a, b) => a[0] - b[0])) {
    if (from < at || to > characters.length) continue;
    nodes.push(shown(characters.slice(at, from).join("")), h("mark", null, shown(characters.slice(from, to).join(""))));
    at = to;
  }
  nodes.push(shown(characters.slice(at).join("")));
  return nodes;
}
function explanation(finding) {
  const texts = finding.values.map(([, value, unit, comparator]) => quantity(value, unit, comparator));
  const [first, ...others] = texts;
  if (finding.check === "rate_mismatch" && finding.computed !== null) return `${t("ui.stated")} ${first}; ${t("ui.follows")} ${others.join(" / ")} = ${number(finding.computed, 2)}%`;
  if (finding.check === "parts_mismatch" && finding.computed !== null) return `${t("ui.stated")} ${first}; ${t("ui.sum_of_parts")} ${others.join(" + ")} = ${number(finding.computed)}`;
  if (finding.check === "cumulative_falls") return `${t("ui.earlier")} ${finding.values[0][4] || ""} ${first} → ${t("ui.later")} ${finding.values.at(-1)[4] || ""} ${texts.at(-1)}`;
  return texts.join("  ≠  ").replace("  ≠  ", finding.check === "part_exceeds_whole" ? "  >  " : "  ≠  ");
}
function card(finding) {
  return h("section", { class: "card" },
    h("h2", null, t("check." + finding.check)),
    h("p", { class: "note" }, [indicatorName(finding.indicator), finding.region, finding.day].filter(Boolean).map((text, index) => [index ? " · " : "", bdi(text)])),
    h("p", { class: "sum" }, explanation(finding)),
    h("div", { class: "sides" }, finding.sides.map((side) => h("figure", null,
      h("blockquote", null, marked(side)),
      h("figcaption", null, bdi(side.title || t("ui.no_title")), h("br"), bdi(side.source), " · ", (side.published || t("ui.no_date")).slice(0, 10), side.population && [" · ", bdi(side.population)], side.day && " · " + t("ui.date") + " " + side.day, " · ",
        evidenceAddress(side.ref) && h("a", { href: evidenceAddress(side.ref) }, t("ui.evidence")))))));
}
function render() {
  const kinds = [...new Set(page.findings.map((finding) => finding.check))];
  const codes = [...new Set(page.findings.map((finding) => finding.indicator))];
  const check = byId("check"), indicator = byId("indicator");
  options(check, [["", t("ui.all")], ...kinds.map((kind) => [kind, `${t("check." + kind)} (${page.findings.filter((f) => f.check === kind).length})`])], check.value);
  options(indicator, [["", t("ui.all")], ...codes.map((code) => [code, indicatorName(code)])], indicator.value);
  const wanted = byId("region").value.trim();
  const rows = page.findings.filter((f) => (!check.value || f.check === check.value) && (!indicator.value || f.indicator === indicator.value) && (!wanted || f.region.includes(wanted)));
  partLinks(byId("shards"), "findings");
  byId("count").textContent = rows.length ? t("ui.findings_count", rows.length) : t("ui.nothing");
  fill(byId("findings"), rows.slice(0, limit).map(card));
  fill(byId("more"), rows.length > limit && h("button", { type: "button", on: { click: () => { limit += 20; render(); } } }, t("ui.more")));
}
for (const id of ["check", "indicator"]) byId(id).addEventListener("change", () => { limit = 20; render(); });
byId("region").addEventListener("input", () => { limit = 20; render(); });
start(render);
