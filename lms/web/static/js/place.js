// In a supervised session: tells the leader's board which screen of the practice is open. What is pressed stays here until the run ends.
const EVERY = 3000;

const note = document.querySelector("[data-place]");
const stage = document.querySelector("[data-practice]");
let told = "";
let waiting = null;

const tell = async () => {
  waiting = null;
  const sim = stage.querySelector("[data-at]");
  if (!sim || sim.dataset.at === told) return;
  const screen = sim.dataset.at;
  try {
    const answer = await fetch(note.dataset.place, { method: "POST", redirect: "error", body: JSON.stringify({ practice: note.dataset.practiceId, screen }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": note.dataset.token } });
    if (answer.ok) told = screen;
  } catch { /* the board waits for the next screen */ }
};
const soon = () => { if (!waiting) waiting = setTimeout(tell, told ? EVERY : 0); };
if (note && stage) new MutationObserver(soon).observe(stage, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-at"] });
