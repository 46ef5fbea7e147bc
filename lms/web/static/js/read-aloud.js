// Reads the paragraphs of [data-read-aloud] by the device's own Vietnamese voice, one after another.
const bar = document.querySelector("[data-read-bar]");
const parts = [...document.querySelectorAll("[data-read-aloud] :is(h2, h3, p, li, legend, td)")].filter((part) => part.textContent.trim() && !part.closest("[data-read-bar]"));
const words = bar.querySelector("[data-read-words]");
let at = -1;
let slow = false;

const voice = () => speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith("vi"));

const show = () => {
  parts.forEach((part, n) => part.classList.toggle("reading", n === at));
  words.textContent = at < 0 ? "" : words.dataset.pattern.replace("{n}", at + 1).replace("{all}", parts.length);
  if (at >= 0) parts[at].scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
};

const stop = () => { speechSynthesis.cancel(); at = -1; show(); };

const read = (n) => {
  speechSynthesis.cancel();
  if (n >= parts.length) return stop();
  at = n;
  show();
  const speech = new SpeechSynthesisUtterance(parts[n].textContent);
  speech.lang = "vi-VN";
  speech.voice = voice() || null;
  speech.rate = slow ? 0.75 : 1;
  speech.onend = () => { if (at === n) read(n + 1); };
  speechSynthesis.speak(speech);
};

const begin = () => {
  if (!parts.length || !voice()) return;
  bar.hidden = false;
};

bar.querySelector("[data-read-play]").addEventListener("click", () => {
  if (at < 0) read(0);
  else if (speechSynthesis.paused) speechSynthesis.resume();
  else speechSynthesis.pause();
});
bar.querySelector("[data-read-slow]").addEventListener("click", () => { slow = !slow; if (at >= 0) read(at); });
bar.querySelector("[data-read-stop]").addEventListener("click", stop);
addEventListener("pagehide", () => speechSynthesis.cancel());
speechSynthesis.addEventListener("voiceschanged", begin);
begin();
