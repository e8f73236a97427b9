"use strict";
// Tables that show a first part of many rows, and the same rows as CSV.

const STEP = 50;
/** Fill a table; `columns` are [heading, row => node or text, is number]. On a narrow screen each cell shows its heading. */
function table(element, more, columns, rows, limit) {
  const visible = rows.slice(0, limit);
  fill(element,
    h("thead", null, h("tr", null, columns.map(([heading, , numeric]) => h("th", { scope: "col", class: numeric ? "n" : null }, heading)))),
    h("tbody", null, visible.map((row) => h("tr", null, columns.map(([heading, cell, numeric]) => h("td", { class: numeric ? "n" : null, "data-label": heading }, cell(row)))))));
  fill(more,
    rows.length ? t("ui.shown_of", visible.length, rows.length) + " " : t("ui.nothing"),
    rows.length > visible.length && h("button", { type: "button", on: { click: () => table(element, more, columns, rows, limit + 4 * STEP) } }, t("ui.more")));
}
/** A cell that no spreadsheet takes for a formula. */
function csvCell(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (typeof value === "string" && /^ *[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[-+]?\d+(\.\d+)?%?$/.test(text)) text = "'" + text;
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}
function saveCsv(name, rows) {
  saveFile(name, "text/csv;charset=utf-8", ["\ufeff", rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n"]);
}
function evidenceLink(ref) {
  const address = evidenceAddress(ref);
  return address ? h("a", { href: address }, t("ui.source_sentence")) : "";
}
/** A value that leads to the sentence that states it. */
function valueLink(text, ref) {
  const address = evidenceAddress(ref);
  return address ? h("a", { href: address, title: t("ui.source_sentence") }, text) : text;
}
