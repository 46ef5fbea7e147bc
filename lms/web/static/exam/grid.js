// Keying a room's papers: arrows walk the grid, a letter goes on to the next question. Without it Tab does.
const grid = document.querySelector("[data-grid]");

function rows() {
  return [...grid.tBodies[0].rows].map((row) => [...row.querySelectorAll("select, input")]).filter((cells) => cells.length);
}

function place(cell) {
  const all = rows();
  const y = all.findIndex((cells) => cells.includes(cell));
  return { all, y, x: y < 0 ? -1 : all[y].indexOf(cell) };
}

function go(cell, right, down) {
  const { all, y, x } = place(cell);
  const row = all[y + down];
  const next = row && row[x + right];
  if (!next) return false;
  next.focus();
  if (next.select) next.select();
  return true;
}

function onKey(event) {
  const cell = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey || !cell.matches("select, input")) return;
  const isChoice = cell.tagName === "SELECT";
  const at = isChoice ? 0 : cell.selectionStart;
  const end = isChoice || cell.selectionEnd - at === cell.value.length;
  const moves = {
    ArrowLeft: () => (end || at === 0) && go(cell, -1, 0),
    ArrowRight: () => (end || at === cell.value.length) && go(cell, 1, 0),
    ArrowUp: () => !isChoice && go(cell, 0, -1),
    ArrowDown: () => !isChoice && go(cell, 0, 1),
    Enter: () => go(cell, -place(cell).x, 1) || true,
  };
  if (moves[event.key] && moves[event.key]()) event.preventDefault();
}

if (grid) {
  grid.addEventListener("keydown", onKey);
  grid.addEventListener("input", (event) => {
    const cell = event.target;
    if (cell.matches("[data-one]") && cell.value.trim().length === 1) go(cell, 1, 0);
  });
}
