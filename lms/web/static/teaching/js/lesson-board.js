// The board renews itself while the page is looked at; without this the teacher presses «Xem lại bảng».
const board = document.querySelector("[data-board]");
const lost = document.querySelector("[data-board-lost]");
const EVERY = 20000;
const renew = async () => {
  if (document.hidden) return;
  try {
    const answer = await fetch(board.dataset.board, { redirect: "error", headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    board.innerHTML = await answer.text();
    lost.hidden = true;
  } catch { lost.hidden = false; }
};
if (board) setInterval(renew, EVERY);
