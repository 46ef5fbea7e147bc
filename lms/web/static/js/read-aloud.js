// Reads the parts of [data-read-aloud] by the device's own Vietnamese voice, one after another, the one being read marked.
const READABLE = "h2, h3, p, li, legend, td, .block-label, .phone-frame__bubble";
const NOT_READ = "[data-read-bar], nav, .steps, .hidden";
let parts = [];
let at = -1;
let slow = false;
let bar = null;
let current = null;

export const playOrPause = (readBar) => {
  if (!bar) attach(readBar);
  if (at < 0) return read(0);
  if (speechSynthesis.paused) speechSynthesis.resume();
  else speechSynthesis.pause();
  bar.classList.toggle("is-paused");
  name();
};

const attach = (readBar) => {
  bar = readBar;
  parts = [...document.querySelectorAll("[data-read-aloud]")].flatMap((place) => [...place.querySelectorAll(READABLE)])
    .filter((part) => part.textContent.trim() && part.offsetParent && !part.closest(NOT_READ) && !part.querySelector(READABLE));
  bar.querySelector("[data-read-stop]").addEventListener("click", stop);
  bar.querySelector("[data-read-slow]").addEventListener("click", (event) => {
    slow = !slow;
    event.currentTarget.setAttribute("aria-pressed", slow);
    if (at >= 0) read(at);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
};

const read = (n) => {
  at = n;
  current = null; // the end of a part cut short must not start the next one
  speechSynthesis.cancel();
  if (n >= parts.length) return stop();
  show();
  const speech = new SpeechSynthesisUtterance(parts[n].textContent);
  speech.lang = "vi-VN";
  speech.voice = speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith("vi")) || null;
  speech.rate = slow ? 0.75 : 1;
  speech.onend = () => { if (current === speech) read(n + 1); };
  current = speech;
  speechSynthesis.speak(speech);
};

const stop = () => { at = -1; current = null; speechSynthesis.cancel(); show(); };

const show = () => {
  bar.classList.toggle("is-on", at >= 0);
  bar.classList.remove("is-paused");
  name();
  const words = bar.querySelector("[data-read-words]");
  words.dataset.first = words.dataset.first || words.textContent;
  words.textContent = at < 0 ? words.dataset.first : words.dataset.pattern.replace("{n}", at + 1).replace("{all}", parts.length);
  bar.querySelector("[data-read-thread]").setAttribute("width", `${at < 0 ? 0 : (100 * (at + 1)) / parts.length}%`);
  parts.forEach((part, n) => part.classList.toggle("reading", n === at));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (at >= 0) parts[at].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
};

const name = () => {
  const button = bar.querySelector("[data-read-play]");
  const speaking = at >= 0 && !bar.classList.contains("is-paused");
  button.setAttribute("aria-label", speaking ? button.dataset.wordsOn : button.dataset.words);
};
