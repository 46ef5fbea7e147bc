// Comforts only: every page works without them. Each is attached by a data- attribute.
const root = document.documentElement;
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

// Kept on the device, not in the page: a lesson is rendered once for all its readers.
const keep = (name, value) => {
  root.dataset[name] = value;
  try { localStorage.setItem(name, value); } catch { /* private window: for this page only */ }
};
["theme", "size"].forEach((name) => {
  try { if (localStorage.getItem(name)) root.dataset[name] = localStorage.getItem(name); } catch { /* nothing kept */ }
});

const offer = (selector, act) => each(selector, (button) => {
  button.hidden = false;
  button.addEventListener("click", () => act(button));
});

offer("[data-theme-switch]", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  keep("theme", dark ? "light" : "dark");
});

const sizes = ["normal", "large", "largest"];
offer("[data-text-size]", () => keep("size", sizes[(sizes.indexOf(root.dataset.size || "normal") + 1) % sizes.length]));

offer("[data-print]", () => print());

// On the form, or on one button of it: <button data-confirm="Xoá phiếu này?">.
addEventListener("submit", (event) => {
  const asking = (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
  if (asking && !confirm(asking)) event.preventDefault();
}, true);

// A second tap while the first is on its way is swallowed; the Back key frees the button again.
addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || event.target.target === "_blank") return;
  if (button.getAttribute("aria-busy") === "true") return event.preventDefault();
  button.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => each("[aria-busy]", (button) => button.removeAttribute("aria-busy")));

each("form[data-autosubmit]", (form) => {
  each("form[data-autosubmit] [data-no-script]", (button) => { button.hidden = true; });
  form.addEventListener("change", () => form.requestSubmit());
});

// After a refused form the summary of faults is read first.
each("[data-focus]", (one) => one.focus());

if (document.querySelector("[data-projector-keys]")) {
  addEventListener("keydown", (event) => {
    const name = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" }[event.key];
    const link = name && document.querySelector(`a[rel="${name}"]`);
    if (link) location.href = link.href;
  });
}

// The reader is offered only where the device speaks Vietnamese, and fetched only when somebody asks for it.
const bar = document.querySelector("[data-read-bar]");
if (bar && "speechSynthesis" in window) {
  const offerReading = () => { bar.hidden = !speechSynthesis.getVoices().some((one) => one.lang.toLowerCase().startsWith("vi")); };
  speechSynthesis.addEventListener("voiceschanged", offerReading);
  offerReading();
  bar.querySelector("[data-read-play]").addEventListener("click", async () => {
    const reader = await import(bar.dataset.readBar);
    reader.playOrPause(bar);
  });
}

// A long import goes on by itself; without a script its button is pressed.
document.querySelectorAll("form[data-carry-on]").forEach((form) => setTimeout(() => form.requestSubmit(), 600));
