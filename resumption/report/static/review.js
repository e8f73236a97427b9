"use strict";
// Review: right, wrong, or what it should be; kept in the browser, downloaded as annotations (docs/annotation.md).

const review = (() => {
  const FIELDS = { unit: ["count", "person", "percent", "percentage_point", "CNY", "kWh", "kW", "hour", "tonne", "other"], comparator: ["eq", "gt", "ge", "lt", "le", "approx"], kind: ["level", "change"], status: ["actual", "target"] };
  const marks = new Map();
  let editing = null;
  for (const article of page.articles) {
    const kept = memory.get("marks." + article.id);
    if (!kept) continue;
    try { for (const [key, mark] of Object.entries(JSON.parse(kept))) if (["right", "wrong", "added"].includes(mark?.mark)) marks.set(key, mark); } catch { /* not ours */ }
  }
  const of = (id) => marks.get(id);
  const addedKey = (article, n) => `${article.id}+${n.from}-${n.to}`;
  const addedOf = (article) => [...marks].filter(([key]) => key.startsWith(article.id + "+")).map(([, mark]) => mark);
  const judged = (article) => article.obs.filter((o) => marks.has(o.id)).length;
  const touched = (article) => judged(article) > 0 || addedOf(article).length > 0;
  function keep(article) {
    const own = Object.fromEntries([...marks].filter(([key]) => key.startsWith(article.id + "+") || article.obs.some((o) => o.id === key)));
    memory.set("marks." + article.id, Object.keys(own).length ? JSON.stringify(own) : null);
  }
  function set(article, key, mark) {
    if (mark) marks.set(key, mark); else marks.delete(key);
    keep(article);
  }
  function restRight(article) {
    for (const o of article.obs) if (!marks.has(o.id)) marks.set(o.id, { mark: "right" });
    keep(article);
  }
  /** The annotation of a number as the software read it. */
  function record(article, o) {
    return { quote: shortQuote(article, o.s, o.e, quoteOf(article, o), o.qs), number: o.number, indicator: o.indicator, value: o.value, unit: o.unit, comparator: o.comparator, kind: o.kind, status: o.status, population: o.population ?? "", region: o.region ?? "", as_of: o.as_of ?? null, optional: Boolean(o.optional) };
  }
  /** The number with just enough around it to stand once in the text, 4 to 30 characters. */
  function shortQuote(article, from, to, quote, quoteStart) {
    if (article.text === null) return quote.slice(0, 30);
    const whole = article.text;
    let begin = from, end = to;
    const low = quoteStart ?? Math.max(0, from - 30), high = quoteStart === undefined ? to + 30 : quoteStart + Array.from(quote).length;
    const fine = (text) => Array.from(text).length >= 4 && whole.indexOf(text) === whole.lastIndexOf(text);
    while (end - begin < 30) {
      if (fine(piece(article, begin, end))) break;
      const free = [begin > low && !/\s/.test(piece(article, begin - 1, begin)), end < high && piece(article, end, end + 1) && !/\s/.test(piece(article, end, end + 1))];
      if (free[0]) begin -= 1;
      else if (free[1]) end += 1;
      else break;
    }
    return piece(article, begin, end);
  }
  function annotation(article) {
    const observations = [];
    for (const o of article.obs) {
      const mark = marks.get(o.id);
      if (!mark) observations.push({ ...record(article, o), optional: true });
      else if (mark.mark === "right") observations.push(record(article, o));
      else if (mark.record) observations.push({ ...record(article, o), ...mark.record });
    }
    for (const mark of addedOf(article)) observations.push(mark.record);
    return { id: article.id, url: article.url, title: article.title, published: (article.published || "").slice(0, 10) || null, query: "scrapy report", region: article.region || null, text_file: article.id + ".txt", observations };
  }
  function download() {
    const chosen = page.articles.filter(touched);
    if (!chosen.length) { byId("review-state").textContent = t("ui.nothing_marked"); return; }
    const files = chosen.flatMap((article) => [
      [article.id + ".json", JSON.stringify(annotation(article), null, 1) + "\n"],
      [article.id + ".txt", article.text ?? article.obs.map((o) => quoteOf(article, o)).join("\n")],
    ]);
    saveFile(`annotations-${page.part}.zip`, "application/zip", zipParts(files));
  }
  function renderState() {
    const numbers = page.articles.reduce((sum, article) => sum + article.obs.length, 0);
    const done = page.articles.reduce((sum, article) => sum + judged(article), 0);
    const touchedCount = page.articles.filter(touched).length;
    byId("review-state").textContent = touchedCount ? t("ui.reviewed_state", done, numbers, touchedCount) : t("ui.nothing_marked");
  }
  // --- controls
  function controls(article, o, changed) {
    const mark = marks.get(o.id);
    const button = (name, label, act) => h("button", { type: "button", id: "mark-" + name, class: name, "aria-pressed": mark?.mark === name ? "true" : "false", on: { click: act } }, label);
    const row = h("p", { class: "buttons" },
      button("right", "✓ " + t("ui.right"), () => { editing = null; set(article, o.id, { mark: "right" }); changed(); }),
      button("wrong", "✗ " + t("ui.wrong"), () => { set(article, o.id, { mark: "wrong" }); editing = o.id; changed(); byId("fix-indicator")?.focus(); }),
      mark && h("button", { type: "button", id: "mark-undo", on: { click: () => { editing = null; set(article, o.id, null); changed(); byId("mark-right")?.focus(); } } }, t("ui.undo")));
    if (mark?.mark === "wrong" && editing !== o.id) return [row, h("p", { class: "note" }, mark.record ? `${t("ui.should_be")} ${indicatorName(mark.record.indicator)} ${quantity(mark.record.value, mark.record.unit, mark.record.comparator)}` : t("ui.no_observation"))];
    if (editing !== o.id) return row;
    return [row, form({ ...record(article, o), ...(mark?.record ?? {}) }, true, (fixed) => { set(article, o.id, { mark: "wrong", record: fixed }); editing = null; changed(); byId("mark-wrong")?.focus(); })];
  }
  function addControls(article, n, changed) {
    const key = addedKey(article, n);
    const mark = marks.get(key);
    if (mark) return [h("p", { class: "note" }, `${t("ui.is_observation")}: ${indicatorName(mark.record.indicator)} ${quantity(mark.record.value, mark.record.unit, mark.record.comparator)}`), h("p", { class: "buttons" }, h("button", { type: "button", id: "mark-undo", on: { click: () => { set(article, key, null); changed(); } } }, t("ui.undo")))];
    if (editing !== key) return h("p", { class: "buttons" }, h("button", { type: "button", id: "mark-add", on: { click: () => { editing = key; changed(); byId("fix-indicator")?.focus(); } } }, "+ " + t("ui.is_observation")));
    const text = piece(article, n.from, n.to);
    const near = article.obs[0];
    const blank = { quote: shortQuote(article, n.from, n.to, ""), number: text, indicator: near?.indicator ?? "enterprises_resumed", value: parseFloat(text.replace(/,/g, "")) || 0, unit: /%|％/.test(text) ? "percent" : /人/.test(text) ? "person" : "count", comparator: "eq", kind: "level", status: "actual", population: near?.population ?? "", region: near?.region ?? "", as_of: near?.as_of ?? null, optional: false };
    return form(blank, false, (fixed) => { set(article, key, { mark: "added", record: fixed }); editing = null; changed(); });
  }
  function form(values, canBeNone, done) {
    const select = (name, codes, label) => {
      const element = h("select", { id: "fix-" + name }, codes.map((code) => h("option", { value: code }, label(code))));
      element.value = values[name];
      return h("label", null, h("span", null, t("ui." + name)), element);
    };
    const input = (name, key, extra) => h("label", null, h("span", null, t("ui." + key)), h("input", { id: "fix-" + name, value: values[name] ?? "", autocomplete: "off", ...extra }));
    const complaint = h("p", { class: "complaint", role: "alert" });
    const optional = h("input", { type: "checkbox", id: "fix-optional" });
    optional.checked = values.optional;
    const codes = Object.keys(data.words).filter((key) => key.startsWith("indicator.")).map((key) => key.slice(10));
    const save = (event) => {
      event.preventDefault();
      const text = byId("fix-value").value.trim().replace(/,/g, ""), day = byId("fix-as_of").value.trim();
      if (text === "" || !Number.isFinite(Number(text))) { complaint.textContent = t("ui.bad_value"); byId("fix-value").focus(); return; }
      if (day && (!/^\d{4}-\d\d-\d\d$/.test(day) || new Date(day + "T00:00:00Z").toJSON()?.slice(0, 10) !== day)) { complaint.textContent = t("ui.bad_day"); byId("fix-as_of").focus(); return; }
      const fixed = { ...values, value: Number(text), as_of: day || null, population: byId("fix-population").value.trim(), region: byId("fix-region").value.trim(), optional: byId("fix-optional").checked, indicator: byId("fix-indicator").value };
      for (const name of Object.keys(FIELDS)) fixed[name] = byId("fix-" + name).value;
      done(fixed);
    };
    return h("form", { class: "fix", on: { submit: save } }, h("p", null, t("ui.should_be")),
      select("indicator", codes, indicatorName), input("value", "value", { inputmode: "decimal" }),
      Object.keys(FIELDS).map((name) => select(name, FIELDS[name], (code) => t(`${name}.${code}`))),
      input("population", "population"), input("region", "region"), input("as_of", "date", { placeholder: "YYYY-MM-DD" }),
      h("label", { class: "check" }, optional, h("span", null, t("ui.optional"))), complaint,
      h("p", { class: "buttons" }, h("button", { type: "submit", id: "fix-save" }, t("ui.save")), canBeNone && h("button", { type: "button", id: "fix-none", on: { click: () => done(null) } }, t("ui.no_observation"))));
  }
  byId("download").addEventListener("click", download);
  byId("forget").addEventListener("click", () => { for (const article of page.articles) memory.set("marks." + article.id, null); marks.clear(); editing = null; refresh(); });
  return { of, judged, restRight, controls, addControls, renderState, annotation };
})();
