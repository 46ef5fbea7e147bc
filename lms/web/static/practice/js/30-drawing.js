// The same elements in the same order as templates/practice/_screen.html and _items.html; a test compares the two.
import { filled } from "./10-texts.js";

const MUTE = 'aria-hidden="true"';
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
const safe = (value) => String(value).replace(/[&<>"']/g, (sign) => SIGNS[sign]);
const rich = (text) => text.split("**").map((part, n) => (n % 2 ? `<b>${safe(part)}</b>` : safe(part))).join("");
const when = (condition, html) => (condition ? html() : "");
const hidden = (text) => `<span class="hidden">${safe(text)}</span>`;

const picture = (name, alt = "", css = "sim__picture") =>
  `<svg class="${css}" viewBox="0 0 160 120" ${alt ? `role="img" aria-label="${safe(alt)}"` : MUTE}><use href="#d-${safe(name)}"></use></svg>`;
const press = (css, id, inside) => `<button class="${css}" name="act" value="tap:${safe(id)}">${inside}</button>`;
const lines = (one) => `<span><b>${safe(one.label)}</b>${when(one.text, () => `<span>${rich(one.text)}</span>`)}</span>`;

// Of a field that keeps only whether it matched nothing is written back.
const isHidden = (field) => field === "other" || String(field).startsWith("=");
export const writtenBack = (one) => (isHidden(one.field) ? "" : String(one.field));

const typedBox = (one, keys, words) => {
  const id = safe(one.id);
  return `<div class="sim__field"><label for="f-${id}">${safe(one.label)}</label><input id="f-${id}" name="f-${id}" inputmode="${keys}" autocomplete="off" maxlength="200" value="${safe(writtenBack(one))}">${when(isHidden(one.field), () => `<small>${safe(words.noted)}</small>`)}</div>`;
};

const map = (one) => `<svg class="sim__map" viewBox="0 0 100 100" ${MUTE}><use href="#d-map"></use>${one.options.map((option, n) =>
  `<g transform="translate(${option.x} ${option.y})"${option.is_on ? ' class="is-on"' : ""} data-pin="${safe(option.id)}"><path d="M0 0C-3-5-6-8-6-12a6 6 0 0 1 12 0c0 4-3 7-6 12z"></path><text y="-9.5">${n + 1}</text></g>`).join("")}</svg>`;

const optionsOf = (one, type, css) => {
  const said = (option, n) => (css === "photos" ? `${picture(option.drawn)}<span>${safe(option.alt)}</span>`
    : `<span>${when(css === "pins", () => `<b>${n + 1}</b> `)}${safe(option.label)}</span>`);
  return `<fieldset class="sim__options sim__options--${css}"><legend>${safe(one.label)}</legend>${when(css === "pins", () => map(one))}${one.options.map((option, n) =>
    `<label><input type="${type}" name="f-${safe(one.id)}" value="${safe(option.id)}"${option.is_on ? " checked" : ""}>${said(option, n)}</label>`).join("")}</fieldset>`;
};

const ITEMS = {
  text: (one) => `<p class="sim__text">${rich(one.text)}</p>`,
  heading: (one) => `<h3 class="sim__heading">${rich(one.text)}</h3>`,
  button: (one) => press(`sim__button sim__button--${one.style}`, one.id, safe(one.label)),
  row: (one) => press("sim__row", one.id, `<i ${MUTE}>${safe([...one.label][0])}</i>${lines(one)}`),
  product: (one) => press("sim__product", one.id, when(one.drawn, () => picture(one.drawn)) + lines(one)),
  input: (one, words) => typedBox(one, one.mode === "number" ? "numeric" : one.mode, words),
  money: (one, words) => typedBox(one, "numeric", words),
  choice: (one) => optionsOf(one, "radio", "choice"),
  checks: (one) => optionsOf(one, "checkbox", "choice"),
  photos: (one) => optionsOf(one, "radio", "photos"),
  pins: (one) => optionsOf(one, "radio", "pins"),
  bubble: (one, words) => `<div class="sim__bubble sim__bubble--${one.from}">${hidden(words[one.from])}<p>${rich(one.text)}</p>${when(one.at, () => `<small>${safe(one.at)}</small>`)}</div>`,
  speech: (one) => `<blockquote class="sim__speech"><p>${rich(one.text)}</p></blockquote>`,
  caller: (one) => `<div class="sim__caller"><i ${MUTE}>${safe([...one.name][0])}</i><b>${safe(one.name)}</b>${when(one.number, () => `<span>${safe(one.number)}</span>`)}</div>`,
  picture: (one) => picture(one.drawn, one.alt),
  qr: (one) => picture("qr", one.alt, "sim__qr"),
  bar: (one) => `<label class="sim__meter"><span>${safe(one.label)}</span><progress value="${safe(one.value)}" max="${safe(one.of)}"></progress><b>${safe(one.value)}/${safe(one.of)}</b></label>`,
};

const topOf = (shown, words) => {
  const back = () => `<button class="sim__back" name="act" value="back" aria-label="${safe(words.back)}"><svg viewBox="0 0 24 24" ${MUTE}><path d="M15 5.5 8.5 12l6.5 6.5"></path></svg></button>`;
  const bar = () => `<button class="sim__address" name="act" value="tap:address" aria-expanded="${shown.is_address_open}"><svg viewBox="0 0 24 24" ${MUTE}><path d="M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM3.5 12h17M12 3.5v17"></path></svg>${hidden(words.look)}<span>${safe(shown.address)}</span></button>${when(shown.is_address_open, () => `<p class="sim__domain">${safe(words.owner)} <b>${safe(shown.address.split("/")[0])}</b></p>`)}`;
  return `<div class="sim__top"><div class="sim__status" ${MUTE}><span>9:41</span><span>4G</span></div><div class="sim__bar">${when(shown.can_go_back, back)}<h2 id="sim-title" tabindex="-1">${safe(shown.title || words.screen)}</h2></div>${when(shown.address, bar)}</div>`;
};

// `told`: {problem, made} of the action just taken.
export const inside = (shown, told, words) => `<button class="hidden" name="act" value="keep" tabindex="-1" ${MUTE}></button>${topOf(shown, words)}<div class="sim__screen">${
  when(told.problem, () => `<p class="sim__told" role="alert">${safe(told.problem)}</p>`)}${
  told.made.map((one) => `<p class="sim__told sim__told--bad" role="alert"><b>${safe(words.halt)}</b> ${safe(one.explain)}<span>${safe(one.then)}</span></p>`).join("")}${
  shown.items.map((one) => ITEMS[one.kind](one, words)).join("")}${
  when(shown.hint, () => `<p class="sim__told sim__told--hint" role="status"><b>${safe(words.hint)}</b> ${rich(shown.hint)}</p>`)}</div><div class="sim__foot">${
  when(shown.has_hint, () => `<button class="sim__hint" name="act" value="hint">${safe(words.ask)}</button>`)}${
  when(shown.items.some((one) => one.options || "field" in one), () => `<button class="sim__keep" name="act" value="keep">${safe(words.keep)}</button>`)}</div>`;

export const around = (spec, values, words) => `<p class="sim__band" role="note">${safe(words.band)}</p><details class="sim-role" open><summary>${
  safe(words.role)}</summary><p>${rich(filled(spec.card, values))}</p></details><form class="sim__phone" autocomplete="off" novalidate></form>`;

const slip = (mistake, words, lesson) => `<li class="sim__told ${mistake.severity === "critical" ? "sim__told--bad" : ""}"><b>${safe(mistake.explain)}</b><span>${
  safe(words.real.replace("{then}", mistake.then))}</span>${when(lesson, () => `<a href="${safe(lesson(mistake.step))}">${safe(words.read)}</a>`)}</li>`;

export const ending = (spec, verdict, words, lesson) => {
  const title = verdict.is_assisted ? "helped" : verdict.passed ? "won" : verdict.goal_met ? "fell" : "lost";
  return `<div class="sim-end"><h2 tabindex="-1">${safe(words[title])}</h2><ul>${spec.mistakes.filter((one) => verdict.mistakes.includes(one.id)).map((one) => slip(one, words, lesson)).join("")}</ul><p data-kept></p><button class="button" type="button" data-again>${safe(words.again)}</button></div>`;
};
