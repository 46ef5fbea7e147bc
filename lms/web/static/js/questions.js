// Comforts for questions: lines moved by buttons, places touched on the picture. Both only fill the fields that are there anyway.
const each = (within, selector, act) => within.querySelectorAll(selector).forEach(act);

each(document, "[data-order]", (list) => {
  const told = list.parentElement.querySelector("[data-order-told]");
  const lines = () => [...list.children];
  const field = (line) => line.querySelector("input");
  const places = () => lines().map((line) => Number(field(line).value));

  // Lines that were saved before stand again as they were put.
  if (places().every(Boolean)) lines().sort((a, b) => field(a).value - field(b).value).forEach((line) => list.append(line));

  const settle = () => lines().forEach((line, at, all) => {
    const [up, down] = line.querySelectorAll("button");
    up.disabled = at === 0;
    down.disabled = at === all.length - 1;
  });

  const move = (line, step, button) => {
    const other = step < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(line); else other.after(line);
    lines().forEach((one, at) => { field(one).value = at + 1; });
    settle();
    (button.disabled ? line.querySelector("button:not([disabled])") : button).focus();
    told.textContent = `${line.querySelector("label").textContent} ${list.dataset.told} ${field(line).value}`;
  };

  lines().forEach((line) => {
    const moves = document.createElement("span");
    moves.className = "order__moves";
    [[-1, "↑", list.dataset.up], [1, "↓", list.dataset.down]].forEach(([step, sign, words]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.setAttribute("aria-label", `${words}: ${line.querySelector("label").textContent}`);
      button.addEventListener("click", () => move(line, step, button));
      moves.append(button);
    });
    line.append(moves);
  });
  settle();
});

each(document, "[data-hotspot]", (area) => {
  const boxes = [...area.querySelectorAll("input")];
  const spots = [...area.querySelectorAll("[data-spot]")];
  const show = () => spots.forEach((spot, at) => spot.classList.toggle("on", boxes[at].checked));
  area.classList.add("alive");
  spots.forEach((spot, at) => spot.addEventListener("click", () => boxes[at].click()));
  area.addEventListener("change", show);
  show();
});
