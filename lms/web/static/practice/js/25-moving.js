// The second half of a step (reducer.py), and drawing a variant from its seed (params.py).
import { evaluate, holds } from "./10-texts.js";

export const noteMistakes = (spec, values, after, action) => {
  const scene = { values, state: after, action };
  after.mistakes.push(...spec.mistakes.filter((one) => !after.mistakes.includes(one.id) && holds(one.when, scene)).map((one) => one.id));
};

// The first transition that fits: variables all at once from what held before, then the screen.
export const move = (spec, values, after, action) => {
  const scene = { values, state: after, action };
  const fits = (one) => one.on === action[0] && one.id === action[1] && (!one.from.length || one.from.includes(after.screen)) && holds(one.when, scene);
  const one = spec.transitions.find(fits);
  if (!one) return;
  Object.assign(after.vars, Object.fromEntries(Object.entries(one.set).map(([name, value]) => [name, evaluate(value, scene)])));
  if (one.to !== null) go(spec, after, one.to);
};

const go = (spec, after, screen) => {
  if (screen !== after.screen) after.back.push(after.screen);
  after.screen = screen;
  if (!after.visited.includes(screen)) after.visited.push(screen);
  after.done = Boolean(spec.screens[screen].end);
};

// SHA-256 written out, because on plain http the browser offers none.
const CONSTANTS = [];
const START = [];
for (let n = 2; CONSTANTS.length < 64; n += 1) {
  let isPrime = true;
  for (let by = 2; by * by <= n; by += 1) isPrime = isPrime && n % by > 0;
  if (!isPrime) continue;
  const bits = (root) => ((root % 1) * 4294967296) | 0;
  if (START.length < 8) START.push(bits(Math.sqrt(n)));
  CONSTANTS.push(bits(Math.cbrt(n)));
}
const turned = (word, by) => (word >>> by) | (word << (32 - by));

export const sha256 = (text) => {
  const bytes = [...new TextEncoder().encode(text)];
  const length = bytes.length * 8;
  bytes.push(128);
  while (bytes.length % 64 !== 60) bytes.push(0);
  [24, 16, 8, 0].forEach((by) => bytes.push((length >>> by) & 255));
  const hash = [...START];
  for (let at = 0; at < bytes.length; at += 64) {
    const words = [];
    for (let i = 0; i < 64; i += 1) {
      const [x, y] = [words[i - 15], words[i - 2]];
      words[i] = i < 16 ? [0, 1, 2, 3].reduce((word, n) => (word << 8) | bytes[at + 4 * i + n], 0) : (words[i - 16] + (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) + words[i - 7] + (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10))) | 0;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + CONSTANTS[i] + words[i]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { hash[i] = (hash[i] + word) | 0; });
  }
  return hash.map((word) => word >>> 0);
};

export const draw = (seed, position, size) => {
  const [first, second] = sha256(`${seed}:${position}`);
  return (first * 65536 + (second >>> 16)) % size;
};

export const drawn = (spec, seed) => {
  const values = {};
  spec.params.forEach((param, position) => {
    const open = param.pick || Array.from({ length: Math.floor((param.int[1] - param.int[0]) / param.step) + 1 }, (_, i) => (param.int[0] + i * param.step) * param.times);
    values[param.name] = open[draw(seed, position, open.length)];
  });
  const state = { vars: {}, fields: {}, visited: [], mistakes: [], counts: {} };
  spec.derive.forEach((one) => { values[one.name] = evaluate(one.value, { values, state, action: null }); });
  return values;
};

// A trace names controls by tags of its ticket (naming.py): copied to another ticket it says nothing.
const tag = (...names) => sha256(names.join("#")).map((word) => word.toString(16).padStart(8, "0")).join("").slice(0, 12);
export const tagged = (seed, [verb, ...rest]) => {
  if (!rest.length) return [verb];
  return [verb, tag(seed, rest[0]), ...(verb === "choose" ? [tag(seed, ...rest)] : rest.slice(1))];
};
