// The scam radar at the end of a run, as the server's page says it: lms/practice/rules/radar.py, held to it by a test.
// Only practices with signals load it; without it the ending is the same but for these two sentences.

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

const line = (kind, text) => Object.assign(document.createElement(kind), { textContent: text });

const tell = (place, { spec, values, taken, holds }) => {
  const words = JSON.parse(place.dataset.practiceRadar);
  const seen = radarOf(spec, values, taken, holds);
  const [hits, misses, alarms, trusted] = seen;
  const counts = { hits, scams: hits + misses, alarms, real: alarms + trusted };
  const counted = words.counted.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
  place.querySelector(".sim-end h2").after(line("h3", words.title), line("p", counted), line("p", words[readingOf(seen)]));
};

if (typeof document !== "undefined") {
  const place = document.querySelector("[data-practice-radar]");
  if (place) place.addEventListener("ended", (event) => tell(place, event.detail));
}
