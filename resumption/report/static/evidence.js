"use strict";
// Evidence: one article at a time, every number marked; what was rejected and what was cut, on demand.

const LIST_STEP = 60;
const view = { article: -1, number: null, rejected: false, limit: LIST_STEP };
const characters = new Map();
/** Offsets count code points; a string without pairs of surrogates can be cut as it is. */
function textOf(article) {
  if (!characters.has(article)) {
    const text = article.text ?? "";
    characters.clear();
    characters.set(article, /[\ud800-\udbff]/.test(text) ? Array.from(text) : text);
  }
  return characters.get(article);
}
function piece(article, from, to) {
  const text = textOf(article);
  return typeof text === "string" ? text.slice(from, to) : text.slice(from, to).join("");
}
const quoteOf = (article, o) => o.quote ?? piece(article, o.qs, o.qe);
const reasonName = (reason) => (Object.hasOwn(data.words, "reason." + reason) ? t("reason." + reason) : reason);
const flagName = (flag) => (flag.startsWith("region_ambiguous") ? t("ui.ambiguous") + flag.slice("region_ambiguous".length) : Object.hasOwn(data.words, "flag." + flag) ? t("flag." + flag) : flag);

// --- list
function fits(article) {
  const wanted = byId("search").value.trim();
  const code = byId("by-indicator").value, only = byId("by-state").value;
  if (wanted && !article.title.includes(wanted) && !(article.text ?? "").includes(wanted)) return false;
  if (code && !article.obs.some((o) => o.indicator === code)) return false;
  if (only === "with_observations") return article.obs.length > 0;
  if (only === "with_flags") return article.obs.some((o) => o.flags && o.flags !== "repeat");
  if (only === "reviewed") return article.obs.length > 0 && review.judged(article) === article.obs.length;
  if (only === "unreviewed") return review.judged(article) < article.obs.length;
  return true;
}
function renderList() {
  const codes = [...new Set(page.articles.flatMap((article) => article.obs.map((o) => o.indicator)))];
  options(byId("by-indicator"), [["", t("ui.all")], ...codes.map((code) => [code, indicatorName(code)])], byId("by-indicator").value);
  options(byId("by-state"), ["all", "with_observations", "with_flags", "unreviewed", "reviewed"].map((key) => [key === "all" ? "" : key, t("ui." + key)]), byId("by-state").value);
  const rows = page.articles.map((article, index) => index).filter((index) => fits(page.articles[index]));
  byId("list-count").textContent = t("ui.articles_count", page.articles.length, rows.length);
  fill(byId("articles"), rows.slice(0, view.limit).map((index) => {
    const article = page.articles[index];
    return h("li", null, h("button", { type: "button", "aria-current": index === view.article ? "true" : null, on: { click: () => { openArticle(index, null); byId("article").focus(); } } },
      h("span", { class: "title" }, bdi(article.title || t("ui.no_title"))),
      h("span", { class: "meta" }, `${(article.published || t("ui.no_date")).slice(0, 10)} · ${article.obs.length} ${t("ui.obs_short")}`, review.judged(article) ? ` · ✓ ${review.judged(article)}/${article.obs.length}` : "")));
  }));
  fill(byId("articles-more"), rows.length > view.limit && h("button", { type: "button", on: { click: () => { view.limit += LIST_STEP; renderList(); } } }, t("ui.more")));
}
function renderChunks() {
  fill(byId("chunks"), page.parts.length > 1 && [t("ui.parts_of_page"), page.parts.map(([count, first, last], index) =>
    h("a", { href: "evidence" + (index ? "-" + (index + 1) : "") + ".html", "aria-current": index + 1 === page.part ? "page" : null, title: `${last || ""} – ${first || ""} (${count})` }, String(index + 1)))]);
}

// --- one article
function renderArticle() {
  const article = page.articles[view.article];
  const place = byId("article");
  if (!article) { fill(place, h("p", { class: "note" }, t("ui.nothing"))); return; }
  const times = [article.published && `${t("ui.published")} ${article.published.slice(0, 16)}`, article.fetched && `${t("ui.fetched_at")} ${article.fetched.slice(0, 16)}`, article.layout && `${t("ui.layout")} ${article.layout}`].filter(Boolean);
  fill(place,
    h("h2", null, bdi(article.title || t("ui.no_title"))),
    h("p", { class: "note" }, bdi(article.source || article.portal), article.region && [" · ", bdi(article.region)], times.map((text) => [" · ", bdi(text)]), !article.latest && [" · ", h("strong", null, t("ui.superseded"))], article.reprint && [" · ", t("ui.is_reprint")]),
    h("p", { class: "links" }, safeAddress(article.url) ? h("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, t("ui.original")) : bdi(article.url),
      article.file && [" · ", h("a", { href: article.file }, t("ui.stored_page"))], article.raw && [" · ", t("ui.stored_at") + " ", h("code", null, plain(article.raw))]),
    h("ul", { class: "families" }, [...new Set(article.obs.map((o) => family(o.indicator)))].map((name) => h("li", { class: "f-" + name }, t("family." + name)))),
    rejectedToggle(article),
    h("div", { class: "judge" },
      h("div", { id: "text", class: "text" }, article.text === null ? [h("p", { class: "note" }, t("ui.no_text")), quotes(article)] : paragraphs(article)),
      h("aside", { id: "card", class: "panel", "aria-live": "polite" })),
    article.cut_at && h("p", { class: "note" }, t("ui.text_cut", article.cut_at)),
    cutsOf(article));
  renderCard();
  highlight();
}
function rejectedToggle(article) {
  if (!article.rejected) return h("p", { class: "note" }, t("ui.rejected_unknown"));
  const box = h("input", { type: "checkbox", id: "rejected", on: { change: (event) => { view.rejected = event.target.checked; if (typeof view.number === "string" && view.number.startsWith("r")) view.number = null; renderArticle(); byId("rejected").focus(); } } });
  box.checked = view.rejected;
  return h("p", null, h("label", { class: "check" }, box, h("span", null, t("ui.show_rejected", article.rejected.length))));
}
/** Numbers of an article in text order: observations `o-…` and, if wanted, rejected ones `r-…`. */
function numbersOf(article) {
  const end = article.text === null ? 0 : article.cut_at ?? Infinity;
  const all = article.obs.map((o) => ({ key: "o-" + o.id, from: o.s, to: o.e, o }));
  if (view.rejected && article.rejected) all.push(...article.rejected.map(([from, to, reason]) => ({ key: `r-${from}-${to}`, from, to, reason })));
  return all.filter((n) => article.text === null || n.to <= end).sort((a, b) => a.from - b.from || a.to - b.to);
}
function markOf(n, text) {
  const kind = n.o ? "f-" + family(n.o.indicator) : "rejected";
  const verdict = n.o ? review.of(n.o.id)?.mark : null;
  const label = n.o ? `${indicatorName(n.o.indicator)}: ${plain(text)}` : `${t("ui.rejected")}: ${plain(text)}`;
  return h("button", { type: "button", class: `mark ${kind}${verdict ? " " + verdict : ""}`, id: n.key, "aria-label": label, "aria-pressed": view.number === n.key ? "true" : "false",
    on: { click: () => chooseNumber(n.key), mouseenter: () => { if (matchMedia("(hover: hover)").matches) preview(n); } } }, h("bdi", null, shown(text)));
}
function paragraphs(article) {
  const numbers = numbersOf(article);
  const text = textOf(article);
  const lines = [];
  let at = 0, index = 0;
  const total = text.length;
  while (at <= total) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = total;
    const nodes = [];
    let position = at;
    for (; index < numbers.length && numbers[index].from < end; index++) {
      const n = numbers[index];
      if (n.from < position || n.to > end) continue;
      span(nodes, article, position, n.from);
      nodes.push(markOf(n, piece(article, n.from, n.to)));
      position = n.to;
    }
    span(nodes, article, position, end);
    lines.push(h("p", { dir: "ltr" }, nodes));
    at = end + 1;
  }
  return lines;
}
/** Text between numbers, in pieces at sentence ends so that one sentence can be lit up. */
function span(nodes, article, from, to) {
  if (from >= to) return;
  const text = piece(article, from, to);
  let start = 0;
  const step = (end) => {
    const part = text.slice(start, end);
    const begin = from + (typeof textOf(article) === "string" ? start : Array.from(text.slice(0, start)).length);
    const element = h("span", { class: "t" }, shown(part));
    element.dataset.from = begin;
    nodes.push(element);
    start = end;
  };
  if (text.length < 20000) for (const found of text.matchAll(/[。！？；]/g)) if (found.index + 1 < text.length) step(found.index + 1);
  if (start < text.length) step(text.length);
}
function quotes(article) {
  return article.obs.map((o) => h("p", null, markOf({ key: "o-" + o.id, from: o.s, to: o.e, o }, o.number), " ", shown(o.quote ?? "")));
}
function cutsOf(article) {
  if (!article.cuts) return h("p", { class: "note" }, t("ui.cuts_unknown"));
  return h("details", { id: "cuts" }, h("summary", null, t("ui.show_cuts", article.cuts.length)), article.differs && h("p", { class: "note" }, t("ui.cuts_changed")),
    h("ul", { class: "cuts" }, article.cuts.map(([group, reason, text]) => h("li", null, h("span", { class: "state s-unknown" }, t("group." + group)), " ", h("code", null, plain(reason)), h("p", { dir: "ltr" }, shown(text))))));
}
function highlight() {
  const article = page.articles[view.article];
  const n = article && numbersOf(article).find((other) => other.key === view.number);
  for (const element of byId("text").querySelectorAll(".t")) {
    const from = Number(element.dataset.from);
    element.classList.toggle("lit", Boolean(n && n.o && from >= n.o.qs && from < n.o.qe));
  }
  for (const element of byId("text").querySelectorAll(".mark")) element.setAttribute("aria-pressed", element.id === view.number ? "true" : "false");
}
function chooseNumber(key) {
  view.number = key;
  history.replaceState(null, "", key.startsWith("o-") ? "#" + key : location.pathname.split("/").pop());
  renderCard();
  highlight();
  byId(key)?.scrollIntoView({ block: "nearest" }); // the card above it may have grown; site.css keeps the card's height free
}
function preview(n) { if (view.number === null) { renderCard(n); } }
function renderCard(hovered) {
  const article = page.articles[view.article];
  const card = byId("card");
  if (!article || !card) return;
  const numbers = numbersOf(article);
  const at = numbers.findIndex((n) => n.key === view.number);
  const n = hovered ?? numbers[at];
  const move = (by) => { const next = numbers[(at + by + numbers.length) % numbers.length]; if (next) { chooseNumber(next.key); byId(by > 0 ? "next" : "previous")?.focus(); } };
  fill(card,
    h("p", { class: "buttons" }, h("button", { type: "button", id: "previous", "aria-label": t("ui.previous"), on: { click: () => move(at < 0 ? 0 : -1) } }, "◀"), h("span", null, `${at + 1 || "–"} / ${numbers.length}`), h("button", { type: "button", id: "next", "aria-label": t("ui.next"), on: { click: () => move(1) } }, "▶"), article.obs.length > 0 && h("button", { type: "button", id: "rest", on: { click: () => { review.restRight(article); refresh(); } } }, t("ui.rest_right"))),
    !n ? h("p", { class: "note" }, t("ui.choose_number")) : n.o ? observationCard(article, n.o) : rejectedCard(article, n));
}
function facts(pairs) {
  return h("dl", { class: "facts" }, pairs.filter(([, value]) => value !== null && value !== undefined && value !== "").map(([key, value]) => [h("dt", null, t("ui." + key)), h("dd", null, value)]));
}
function withBasis(text, basis) { return text ? [bdi(text), basis && h("span", { class: "basis" }, " " + t("basis." + basis))] : null; }
function observationCard(article, o) {
  const cues = (o.cues ?? []).map(([from, to]) => piece(article, from, to)).filter(Boolean);
  return [h("p", { class: "quote" }, shown(quoteOf(article, o))),
    facts([
      ["indicator", h("strong", { class: "f-" + family(o.indicator) }, indicatorName(o.indicator))],
      ["number", bdi(o.number)], ["value", quantity(o.value, o.unit, o.comparator)],
      ["kind", o.kind === "change" ? [t("kind.change"), o.basis && " · " + t("basis." + o.basis)] : null],
      ["status", o.status === "target" ? t("status.target") : null],
      ["population", o.population ? bdi(o.population) : "–"],
      ["region", withBasis(o.region, o.region_basis) ?? "–"],
      ["date", o.as_of ? [o.as_of, o.as_of_text && [" (", bdi(o.as_of_text), ")"], o.as_of_basis && h("span", { class: "basis" }, " " + t("basis." + o.as_of_basis))] : "–"],
      ["rule", h("code", null, plain(o.rule))],
      ["cues", cues.length ? cues.map((cue, index) => [index ? "、" : "", bdi(cue)]) : null],
      ["flags", o.flags ? o.flags.split("|").map((flag, index) => [index ? "、" : "", bdi(flagName(flag))]) : null],
      ["optional", o.optional ? t("ui.yes") : null],
    ]),
    review.controls(article, o, refresh)];
}
function rejectedCard(article, n) {
  return [facts([["number", bdi(piece(article, n.from, n.to))], ["rejected", reasonName(n.reason)]]), review.addControls(article, n, refresh)];
}
function refresh() {
  const focused = document.activeElement?.id;
  const key = view.number;
  renderArticle();
  view.number = key;
  renderCard();
  highlight();
  renderList();
  review.renderState();
  if (focused) byId(focused)?.focus();
}
function openArticle(index, key) {
  view.article = index;
  view.number = key;
  renderArticle();
  renderList();
  if (key === null && page.articles[index]) history.replaceState(null, "", "#a-" + page.articles[index].id);
}
function followAddress() {
  const name = location.hash.slice(1);
  if (name.startsWith("o-")) {
    const index = page.articles.findIndex((article) => article.obs.some((o) => "o-" + o.id === name));
    if (index >= 0) { openArticle(index, name); byId(name)?.scrollIntoView({ block: "center" }); return true; }
  }
  const index = page.articles.findIndex((article) => "a-" + article.id === name);
  if (index >= 0) openArticle(index, null);
  return index >= 0;
}
addEventListener("hashchange", followAddress);
byId("search").addEventListener("input", () => { view.limit = LIST_STEP; renderList(); });
for (const id of ["by-indicator", "by-state"]) byId(id).addEventListener("change", () => { view.limit = LIST_STEP; renderList(); });
let opened = false;
start(() => {
  renderChunks();
  if (!opened) { opened = true; if (!followAddress()) { const first = page.articles.findIndex((article) => article.obs.length); openArticle(Math.max(0, first), null); } }
  else { renderArticle(); renderList(); }
  review.renderState();
});
