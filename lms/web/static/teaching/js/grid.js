// One key a learner, in roster order. Digits first: an input method for Vietnamese sends keys of its own after letters
// («dd» becomes Backspace and «đ»), so Backspace undoes only after a digit.
const form = document.querySelector("[data-grid]");
const caller = document.querySelector("[data-caller]");
const table = form && form.querySelector("table");
const rows = form ? [...form.querySelectorAll("[data-row]")] : [];
const draft = form && `grid.${form.dataset.grid}`;
const radios = (row) => [...row.querySelectorAll("input")];
const chosen = (row) => radios(row).find((one) => one.checked && one.value);
const kept = () => rows.map((row) => (chosen(row) || {}).value || "-").join("");
let at = 0;
let lastByDigit = true;

const mark = () => {
  rows.forEach((row, n) => {
    row.classList.toggle("is-now", n === at);
    row.classList.toggle("is-given", Boolean(chosen(row)));
  });
  sessionStorage.setItem(draft, kept());
};
const show = () => {
  mark();
  const row = rows[at];
  caller.querySelector("[data-number]").textContent = row ? row.cells[0].textContent : "✓";
  caller.querySelector("[data-name]").textContent = row ? row.cells[1].textContent : "";
  if (row) row.scrollIntoView({ block: "center" });
};
const move = (to) => { at = Math.min(Math.max(to, 0), rows.length); show(); };
const give = (place) => {
  const row = rows[at];
  const ours = row ? radios(row) : [];
  if (place >= ours.length - 1) return;
  ours[place < 0 ? ours.length - 1 : place].checked = true;
  move(at + 1);
};

if (caller && rows.length) {
  const before = sessionStorage.getItem(draft);
  if (before && before.length === rows.length) rows.forEach((row, n) => {
    const one = radios(row).find((input) => input.value === before[n]);
    if (one) one.checked = true;
  });
  caller.hidden = false;
  table.classList.add("is-covered");
  const first = rows.findIndex((row) => !chosen(row));
  move(first < 0 ? rows.length : first);
  form.addEventListener("change", mark);
  form.addEventListener("submit", () => sessionStorage.removeItem(draft));
  rows.forEach((row, n) => row.addEventListener("click", (event) => { if (event.target.tagName !== "INPUT") move(n); }));
  const cover = caller.querySelector("[data-cover]");
  cover.addEventListener("click", () => {
    cover.setAttribute("aria-pressed", table.classList.toggle("is-covered"));
    cover.blur();
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("button, a")) return;
    const digit = /^(?:Digit|Numpad)([0-4])$/.exec(event.code);
    const letter = /^Key([A-D])$/.exec(event.code);
    if (digit) give(digit[1] - 1);
    else if (letter) give("ABCD".indexOf(letter[1]));
    else if (event.key === "ArrowLeft" || (event.key === "Backspace" && lastByDigit)) move(at - 1);
    else if (event.key === "ArrowRight") move(at + 1);
    else if (event.key === "Enter") form.requestSubmit();
    else return;
    if (digit || letter) lastByDigit = Boolean(digit);
    event.preventDefault();
  });
}

// Fetched only where the browser reads QR codes by itself.
const camera = document.querySelector("[data-camera]");
if (camera && isSecureContext && "BarcodeDetector" in window) import(camera.dataset.camera);
