// What the ending of a run tells besides, as the server's page does: the scam radar (lms/practice/rules/radar.py) and the way
// taken (telling.py), held to them by tests. A file of its own, since nothing waits for it; without it the ending is the same but for these.

// The inverse of the normal distribution, within 0.0005 (Abramowitz and Stegun, 26.2.23), with half a case added to each count.
const z = (count, of) => {
  const share = (count + 0.5) / (of + 1);
  const t = Math.sqrt(-2 * Math.log(Math.min(share, 1 - share)));
  const found = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  return share > 0.5 ? found : -found;
};

// [hits, misses, false alarms, rightly trusted]; `taken`: each action with the state it was taken in.
export const radarOf = ({ signals }, values, taken, holds) => {
  const seen = [0, 0, 0, 0];
  taken.forEach(([action, state]) => {
    const scene = { values, state, action };
    const cries = holds(signals.says_scam, scene);
    if (cries === holds(signals.says_real, scene)) return;
    seen[(holds(signals.scam, scene) ? 0 : 2) + (cries ? 0 : 1)] += 1;
  });
  return seen;
};

export const readingOf = ([hits, misses, alarms, trusted]) => {
  const [scams, real] = [hits + misses, alarms + trusted];
  if (scams < 4 || real < 2) return "too-few";
  const [caught, alarmed] = [z(hits, scams), z(alarms, real)];
  if (caught - alarmed >= 2) return "sharp";
  if (Math.abs(caught + alarmed) >= 1.4) return caught + alarmed < 0 ? "trusting" : "suspecting";
  return caught - alarmed < 0.7 ? "guessing" : "learning";
};

// Every action as the server tells it: title of the screen, verb, label, option chosen, mistakes made by it.
export const pathOf = ({ spec, values, taken, end, filled }) => taken.map(([action, before], n) => {
  const after = n + 1 < taken.length ? taken[n + 1][1] : end;
  const screen = spec.screens[before.screen];
  const known = { ...values, ...before.fields, ...before.vars };
  const item = (action.length > 1 && screen.items.find((one) => one.id === action[1])) || {};
  const option = (action[0] === "choose" && (item.options || []).find((one) => one.id === action[2])) || {};
  return {
    screen: filled(screen.title || "", known), verb: action[0], label: filled(item.label || "", known),
    choice: filled(option.label || option.alt || "", known), mistakes: after.mistakes.filter((id) => !before.mistakes.includes(id)),
  };
});

const line = (kind, text, ...inside) => {
  const made = Object.assign(document.createElement(kind), { textContent: text });
  made.append(...inside);
  return made;
};
const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const radarLines = (words, { spec, values, taken, holds }) => {
  const seen = radarOf(spec, values, taken, holds);
  const [hits, misses, alarms, trusted] = seen;
  const counted = put(words.counted, { hits, scams: hits + misses, alarms, real: alarms + trusted });
  return [line("h3", words.title), line("p", counted), line("p", words[readingOf(seen)])];
};

const footprint = (words, one) => {
  const what = one.verb === "choose" ? one.choice : one.label || (one.verb === "tap" ? words.address : "");
  const fault = one.mistakes.length ? [" ", line("strong", words.fault)] : [];
  return line("li", "", ...(one.screen ? [line("small", one.screen), " "] : []), put(words[one.verb], { what }), ...fault);
};

const tell = (place, detail) => {
  const { radar, path } = JSON.parse(place.dataset.practiceEnding);
  const end = place.querySelector(".sim-end");
  if (radar) end.querySelector("h2").after(...radarLines(radar, detail));
  const steps = pathOf(detail);
  const list = line("ol", "", ...steps.map((one) => footprint(path, one)));
  end.append(line("details", "", line("summary", put(path.title, { n: steps.length })), list));
};

if (typeof document !== "undefined") {
  const place = document.querySelector("[data-practice-ending]");
  if (place) place.addEventListener("ended", (event) => tell(place, event.detail));
}
