// Comforts only: every page works without them. Each is attached by a data- attribute.
const root = document.documentElement;

const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private mode: not kept */ } };

const wear = () => {
  const theme = kept("theme");
  const size = kept("size");
  if (theme) root.dataset.theme = theme;
  if (size) root.dataset.size = size;
};

const onEach = (selector, act) => document.querySelectorAll(selector).forEach(act);

wear();

onEach("[data-theme-switch]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    keep("theme", dark ? "light" : "dark");
    wear();
  });
});

onEach("[data-text-size]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.size = root.dataset.size === "lon" ? "thuong" : "lon";
    keep("size", root.dataset.size);
  });
});

onEach("form[data-confirm]", (form) => form.addEventListener("submit", (event) => {
  if (!confirm(form.dataset.confirm)) event.preventDefault();
}));

// A second tap while the first is on its way is swallowed; coming back by the Back key frees the button.
addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const button = event.submitter;
  if (!button || button.getAttribute("aria-busy") === "true") { if (button) event.preventDefault(); return; }
  button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => onEach("[aria-busy]", (button) => button.removeAttribute("aria-busy")));

onEach("[data-print]", (button) => { button.hidden = false; button.addEventListener("click", () => print()); });
onEach("form[data-autosubmit]", (form) => form.addEventListener("change", () => form.requestSubmit()));

if (document.querySelector("[data-read-bar]") && "speechSynthesis" in window) import("./read-aloud.js");
if (document.querySelector("[data-projector-keys]")) {
  addEventListener("keydown", (event) => {
    const name = { ArrowRight: "next", ArrowLeft: "prev", PageDown: "next", PageUp: "prev" }[event.key];
    const link = name && document.querySelector(`a[rel="${name}"]`);
    if (link) location.href = link.href;
  });
}
