// The scam radar of the script: node radar.mjs <bundle> <radar.js> < {readings: [counts, …], runs: [{spec, seed, actions}, …]} → the answers.
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [, , bundle, radar] = process.argv;
const folder = mkdtempSync(join(tmpdir(), "practice-"));
const load = (from, name) => {
  writeFileSync(join(folder, name), readFileSync(from));
  return import(join(folder, name));
};
const { beginning, drawn, step, holds } = await load(bundle, "practice.mjs");
const { radarOf, readingOf } = await load(radar, "radar.mjs");

const counted = ({ spec, seed, actions }) => {
  const values = drawn(spec, seed);
  let state = beginning(spec);
  const taken = actions.map((action) => {
    const before = state;
    state = step(spec, values, state, action);
    return [action, before];
  });
  return radarOf(spec, values, taken, holds);
};
const { readings, runs } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify({ readings: readings.map(readingOf), runs: runs.map(counted) }));
