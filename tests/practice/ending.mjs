// What the script tells at the end: node ending.mjs <bundle> <ending.js> < {readings: [counts, …], runs: [{spec, seed, actions}, …]} → the answers.
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [, , bundle, ending] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "practice-"));
const load = (from, name) => {
  writeFileSync(join(folder, name), readFileSync(from));
  return import(join(folder, name));
};
const { beginning, drawn, step, holds, filled } = await load(bundle, "practice.mjs");
const { pathOf, radarOf, readingOf } = await load(ending, "ending.mjs");

const told = ({ spec, seed, actions }) => {
  const values = drawn(spec, seed);
  let state = beginning(spec);
  const taken = actions.map((action) => {
    const before = state;
    state = step(spec, values, state, action);
    return [action, before];
  });
  const radar = spec.signals.scam ? radarOf(spec, values, taken, holds) : null;
  return { radar, path: pathOf({ spec, values, taken, end: state, filled }) };
};
const { readings, runs } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify({ readings: readings.map(readingOf), runs: runs.map(told) }));
