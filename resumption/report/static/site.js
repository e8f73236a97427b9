"use strict";
// Shared by all pages. Data from the web becomes text nodes only: nothing here or elsewhere parses it as markup.

const data = JSON.parse(document.getElementById("data").textContent);
const page = data.page;
const memory = {
  get(key) { try { return localStorage.getItem("resumption." + key); } catch { return null; } },
  set(key, value) {
    try {
      if (value === null) localStorage.removeItem("resumption." + key);
      else localStorage.setItem("resumption." + key, value);
    } catch { /* no storage for files in this browser: marks live as long as the page */ }
  },
};
let english = (memory.get("language") || "zh") === "en";

/** The label of a key in the language of the page; the last part of the key if there is none. */
function t(key, ...values) {
  const pair = Object.hasOwn(data.words, key) ? data.words[key] : null;
  const text = pair ? pair[english ? 1 : 0] : key.slice(key.indexOf(".") + 1);
  return text.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ""));
}

/** An element: attributes, `on` handlers, children as elements or text. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else if (name === "href") { const address = safeAddress(value); if (address) element.setAttribute("href", address); }
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  add(element, children);
  return element;
}
function add(element, children) {
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}
function fill(element, ...children) { element.replaceChildren(); add(element, children); return element; }
const byId = (id) => document.getElementById(id);

/** Only pages of this site and web addresses may be linked. */
function safeAddress(text) {
  const value = String(text);
  if (/^[a-z]+(-\d+)?\.html(#[\w.=&%-]*)?$/.test(value) || /^raw\/[0-9a-f]{16}\.txt$/.test(value)) return value;
  if (!/^https?:\/\//i.test(value)) return null;
  try { return new URL(value).href; } catch { return null; }
}

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]/u;
/** Text of the web as nodes: direction marks and control characters are shown by their number instead of obeyed. */
function shown(text) {
  if (!CONTROL.test(text)) return [text];
  const nodes = [];
  let plainText = "";
  for (const character of text) {
    if (!CONTROL.test(character)) { plainText += character; continue; }
    if (plainText) nodes.push(plainText);
    plainText = "";
    const code = character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    nodes.push(h("span", { class: "control", title: "U+" + code }, "U+" + code));
  }
  if (plainText) nodes.push(plainText);
  return nodes;
}
/** Text of the web on one line of its own direction. */
const bdi = (text, attributes) => h("bdi", attributes, shown(String(text ?? "")));
/** Text of the web for places that hold only characters (attributes, plots). */
const plain = (text) => Array.from(String(text ?? ""), (c) => (CONTROL.test(c) ? "�" : c)).join("");

const indicatorName = (code) => t("indicator." + code);
function family(code) {
  if (/rate$/.test(code) && code !== "electricity_rate") return "rate";
  if (/^project|^investment/.test(code)) return "project";
  if (/^workers|^officers|^jobs/.test(code)) return "people";
  if (/served|requesting|approved|sanctioned|issues|passes|supplies|vehicles/.test(code)) return "help";
  if (/^funds|^output/.test(code)) return "money";
  if (/^electricity|^processing/.test(code)) return "energy";
  return "enterprise";
}
/** A number as people write it: digits in groups, a sign for changes. */
function number(value, digits) {
  if (value === null || value === undefined) return "";
  return new Intl.NumberFormat("en-US", { maximumFractionDigits: digits ?? 4 }).format(value);
}
const SIGNS = { eq: "", gt: "> ", ge: "≥ ", lt: "< ", le: "≤ ", approx: "≈ " };
function quantity(value, unit, comparator) {
  const sign = SIGNS[comparator] ?? "";
  const word = unit === "percent" ? "%" : unit === "count" ? "" : " " + t("unit." + unit);
  return sign + number(value) + word;
}
/** The page and place of an observation, of a ref such as `3.ab12cd34ef56`. */
function evidenceAddress(ref) {
  const found = /^(\d+)\.([0-9a-f]{12})$/.exec(ref || "");
  return found ? `evidence${found[1] === "1" ? "" : "-" + found[1]}.html#o-${found[2]}` : null;
}
function options(select, pairs, chosen) {
  fill(select, pairs.map(([value, text]) => h("option", { value }, plain(text))));
  if (pairs.some(([value]) => String(value) === String(chosen))) select.value = String(chosen);
}
function saveFile(name, type, parts) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const theme = {
  get dark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  },
};
function applyLanguage() {
  document.documentElement.lang = english ? "en" : "zh-CN";
  for (const element of document.querySelectorAll("[data-i18n]")) element.textContent = t(element.dataset.i18n);
  for (const element of document.querySelectorAll("[data-i18n-label]")) element.setAttribute("aria-label", t(element.dataset.i18nLabel));
  for (const element of document.querySelectorAll("[data-i18n-placeholder]")) element.placeholder = t(element.dataset.i18nPlaceholder);
  document.title = t("ui." + document.documentElement.dataset.page) + " · " + t("ui.brand");
  const button = byId("language");
  button.textContent = english ? "中文" : "English";
  button.lang = english ? "zh-CN" : "en";
}
/** Calls `render` now and whenever the language or the theme changes. */
function start(render) {
  const both = () => { applyLanguage(); render(); };
  byId("language").addEventListener("click", () => {
    english = !english;
    memory.set("language", english ? "en" : "zh");
    both();
  });
  byId("theme").addEventListener("click", () => {
    const next = theme.dark ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    memory.set("theme", next);
    both();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", both);
  for (const form of document.querySelectorAll("form")) form.addEventListener("submit", (event) => event.preventDefault());
  both();
}
if (["dark", "light"].includes(memory.get("theme"))) document.documentElement.dataset.theme = memory.get("theme");

/** Links to the other parts of a page that was too large for one file. */
function partLinks(place, name) {
  if (!page.parts || page.parts.length < 2) { fill(place); return; }
  fill(place, t("ui.parts_of_page"), page.parts.map((part, index) => {
    const own = index + 1 === page.part;
    const label = t("ui.part", index + 1);
    return h("a", { href: name + (index ? "-" + (index + 1) : "") + ".html", "aria-current": own ? "page" : null }, label);
  }));
}
