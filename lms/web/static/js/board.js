// The board of a supervised session, fetched again while somebody looks at it. Without this, reloading the page does the same.
const EVERY = 8000;
const PATIENCE = 10 * 60 * 1000; // a board left alone must not keep its leader signed in

const board = document.querySelector("[data-board]");
let touched = Date.now();
for (const kind of ["pointerdown", "keydown", "scroll", "focus"]) addEventListener(kind, () => { touched = Date.now(); }, { passive: true });

const look = async () => {
  if (document.hidden || Date.now() - touched > PATIENCE) return;
  try {
    const answer = await fetch(board.dataset.board, { redirect: "error" });
    if (!answer.ok) return;
    const text = await answer.text();
    if (board.contains(document.activeElement)) return;
    if (board.innerHTML !== text) board.innerHTML = text;
  } catch { /* no network for a moment: the next time */ }
};
if (board) setInterval(look, EVERY);
