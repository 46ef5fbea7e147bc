// Reads a practice by the device's own Vietnamese voice: first the band, then what stands on the screen. A new screen is read by itself;
// on the same screen only what is new, such as a hint.
const PARTS = "h1, h2, h3, li, legend, .sim-role p, .sim__domain, .sim__told, .sim__text, .sim__field label, .sim__options label, .sim__bubble, "
  + ".sim__speech, .sim__caller, .sim__meter, svg[aria-label], .sim__screen button:not(.hidden), .sim-end p";
const place = document.querySelector("[data-practice]");
let bar = null;
let rate = 1;
let isOn = false;
let title = null;
let heard = [];
let waits = 0;

// Called by main.js: the first time to begin, then on and off.
export const playOrPause = (readBar) => {
  if (!bar) attach(readBar);
  isOn = !isOn;
  title = null;
  heard = [];
  bar.classList.toggle("is-on", isOn);
  bar.querySelector("[data-read-play]").setAttribute("aria-pressed", isOn);
  if (isOn) read();
  else hush();
};

const attach = (readBar) => {
  bar = readBar;
  bar.querySelector("[data-read-slow]").addEventListener("click", (event) => {
    rate = rate === 1 ? 0.75 : 1;
    event.currentTarget.setAttribute("aria-pressed", rate < 1);
    title = null;
    read();
  });
  new MutationObserver(() => {
    clearTimeout(waits);
    waits = setTimeout(() => { if (isOn) read(); }, 150);
  }).observe(place, { childList: true, subtree: true });
  addEventListener("pagehide", hush);
};

const hush = () => {
  speechSynthesis.cancel();
  place.querySelectorAll(".reading").forEach((part) => part.classList.remove("reading"));
};

// Lines below each other are told apart by a breath; the letter in a tile is a picture.
const shown = (part) => [...part.querySelectorAll("i[aria-hidden]")].reduce((text, tile) => text.replace(tile.innerText, ""), part.innerText);
const said = (part) => (part.getAttribute("aria-label") || shown(part)).trim().replace(/\s*\n\s*/g, ", ").replace(/\s+/g, " ");

const standing = () => [...place.querySelectorAll(PARTS)].filter((part) =>
  said(part) && part.getClientRects().length && !part.parentNode.closest(PARTS) && !part.matches(".is-practising h1"));

const read = () => {
  const parts = standing();
  const heading = place.querySelector(".sim-end h2, h2");
  const isNew = title !== (heading ? said(heading) : "");
  title = heading ? said(heading) : "";
  const band = place.querySelector("[role=note]");
  const fresh = parts.filter((part) => (isNew && !part.closest(".sim-role")) || !heard.includes(said(part)));
  heard = parts.map(said);
  if (!fresh.length) return;
  hush();
  (isNew ? [band, ...fresh] : fresh).filter(Boolean).forEach(speak);
};

const speak = (part) => {
  const speech = new SpeechSynthesisUtterance(said(part));
  speech.lang = "vi-VN";
  speech.voice = speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith("vi")) || null;
  speech.rate = rate;
  speech.onstart = () => part.classList.add("reading");
  speech.onend = () => part.classList.remove("reading");
  speechSynthesis.speak(speech);
};
