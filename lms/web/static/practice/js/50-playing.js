// One run: every press goes through the reducer, the screen is drawn anew, the trace grows, and at the end it is kept and sent.
import { around, ending, inside } from "./30-drawing.js";
import { newId, save, sendAll, tellCounts, waiting, wasUsed } from "./40-outbox.js";
import { changed } from "./45-fields.js";

export const play = (place, pack, words, again) => {
  const { spec } = pack;
  const values = drawn(spec, pack.seed);
  const began = Date.now();
  const start = performance.now();
  const trace = [];
  const taken = [];
  let state = beginning(spec);

  document.body.classList.add("is-practising");
  const h1 = place.querySelector("h1") || "";
  place.innerHTML = `<section aria-labelledby="sim-title"></section><p class="hidden" role="status" data-told></p>`;
  const sim = place.firstChild;
  place.append(h1);
  sim.innerHTML = around(spec, values, words);
  const form = sim.querySelector("form");
  const live = place.querySelector("[data-told]");

  const draw = (told, withHint, isNew) => {
    const now = shown(spec, values, state, withHint);
    sim.className = `sim sim--live sim--${now.app}`;
    sim.dataset.at = state.screen;
    const old = !isNew && document.activeElement;
    form.innerHTML = inside(now, told, words);
    const same = old && [...form.elements].find((one) => one.name === old.name && (one.type === "text" || one.value === old.value));
    if (isNew || told.problem) form.querySelector(told.problem ? ".sim__told" : "h2").scrollIntoView({ block: "nearest" });
    (same || form.querySelector("h2")).focus({ preventScroll: true });
    if (isNew && state.n && innerWidth < 900) sim.querySelector("details").open = false;
    if (isNew) live.textContent = `${words.band}. ${now.title || words.screen}`;
  };

  // The reason it was refused, or nothing. Of a field only what is kept goes into the trace, never what was typed.
  const take = (action) => {
    const after = step(spec, values, state, action);
    if (after.invalid) return after.invalid;
    const [verb, id] = action;
    const kept = verb === "input" ? [verb, id, after.fields[id]] : action;
    taken.push([kept, state]);
    state = after;
    trace.push([trace.length + 1, Math.round(performance.now() - start), ...tagged(pack.seed, kept)]);
    return "";
  };

  const pressed = (press) => {
    const [screen, made] = [state.screen, state.mistakes];
    const wanted = shown(spec, values, state).items.flatMap((one) => changed(form, one));
    let problem = "";
    for (const action of press ? [...wanted, press] : wanted) if (!problem) problem = take(action);
    if (judged(spec, values, state).is_over) return finish();
    const news = spec.mistakes.filter((one) => state.mistakes.includes(one.id) && !made.includes(one.id));
    draw({ problem: problem && (words[problem] || words.other), made: news }, press && press[0] === "hint", screen !== state.screen);
  };

  const finish = async () => {
    const verdict = judged(spec, values, state);
    const lesson = pack.lesson && ((at) => `${pack.lesson}?buoc=${encodeURIComponent(at || pack.step || "")}`);
    draw({ problem: "", made: [] }, false, true);
    place.insertAdjacentHTML("beforeend", ending(spec, verdict, words, lesson));
    place.dispatchEvent(new CustomEvent("ended", { detail: { spec, values, taken, end: state, holds, filled } }));
    const end = place.querySelector(".sim-end h2");
    end.focus();
    live.textContent = end.textContent;
    place.querySelector("[data-again]").addEventListener("click", again);
    const counted = pack.keeps && pack.ticket && !wasUsed(pack.ticket);
    const id = newId();
    save({ id, who: pack.keeps, practice: pack.practice, ticket: pack.ticket, actions: trace, digest: pack.digest, began, status: counted ? "saved" : "free" });
    const kept = place.querySelector("[data-kept]");
    kept.textContent = counted ? "" : words.free;
    if (!counted) return;
    tellCounts(words);
    await sendAll();
    tellCounts(words);
    const sent = waiting().find((one) => one.id === id);
    if (sent && sent.page) Object.assign(kept.appendChild(document.createElement("a")), { href: sent.page, textContent: words.kept });
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const pin = event.target.closest("[data-pin]");
    if (pin) { [...form.elements].find((one) => one.type === "radio" && one.value === pin.dataset.pin).checked = true; return pressed(null); }
    const button = event.target.closest("button[name=act]");
    if (!button) return;
    event.preventDefault();
    pressed(button.value === "keep" ? null : button.value.split(":"));
  });
  form.addEventListener("change", (event) => { if (event.target.type === "radio" || event.target.type === "checkbox") pressed(null); });
  draw({ problem: "", made: [] }, false, true);
};
