// A computer others use too: left alone it locks itself. The server does so on its own as well; this shows it.
const seat = document.querySelector("[data-seat]");
const soon = document.querySelector("[data-seat-soon]");
const MINUTE = 60_000;
const IDLE = Number(seat ? seat.dataset.seatMinutes : 10) * MINUTE;
const WARNED = MINUTE;
const TOLD_EVERY = 2 * MINUTE;

let touched = Date.now();
let told = Date.now();

// The server counts from the last page; somebody who reads for long is told about.
const tell = async () => {
  told = Date.now();
  try {
    const answer = await fetch("/vao-lop/con-day", { redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 401) location.reload();
  } catch { /* no network: the next touch tells again */ }
};

const touch = () => {
  touched = Date.now();
  soon.hidden = true;
  if (touched - told > TOLD_EVERY) tell();
};

const lock = () => {
  const form = seat.querySelector("form");
  const button = form.querySelector("button");
  button.value = "khoa";
  form.requestSubmit(button);
};

if (seat) {
  ["pointerdown", "keydown", "scroll", "input"].forEach((name) => addEventListener(name, touch, { passive: true, capture: true }));
  setInterval(() => {
    const idle = Date.now() - touched;
    if (idle >= IDLE) lock();
    else soon.hidden = idle < IDLE - WARNED;
  }, 5000);
  // The Back key after «Đổi bạn» must not bring the pupil before back to the screen.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
