// Brings the board up to date without loading the page anew; without it a reload does the same.
const EVERY = 10000;
const table = document.querySelector("[data-board]");
const told = document.querySelector("[data-told]");

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(table.dataset.board, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const found = await answer.json();
    if (told.textContent !== found.told) told.textContent = found.told;
    for (const row of table.querySelectorAll("[data-row]")) {
      for (const cell of row.querySelectorAll("[data-cell]")) {
        const words = (found.rows[row.dataset.row] || {})[cell.dataset.cell];
        if (words !== undefined && cell.textContent !== words) cell.textContent = words;
      }
    }
  } catch {
    // The network is away; the next time will do.
  }
}

if (table) setInterval(refresh, EVERY);
