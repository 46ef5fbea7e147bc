// Runs walks by the script's reducer: node walk.mjs <bundle> < [{spec, seed, walks: [[action, …], …]}, …] → the same shape with states.
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const copy = join(mkdtempSync(join(tmpdir(), "practice-")), "practice.mjs");
writeFileSync(copy, readFileSync(process.argv[2]));
const { beginning, drawn, step, shown, judged } = await import(copy);

const walked = (spec, values, actions) => {
  let state = beginning(spec);
  const steps = actions.map((action) => {
    const after = step(spec, values, state, action);
    if (!after.invalid) state = after;
    return after;
  });
  return { steps, shown: shown(spec, values, state, true), judged: judged(spec, values, state) };
};

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(({ spec, seed, walks }) => {
  const values = drawn(spec, seed);
  return { values, walks: walks.map((actions) => walked(spec, values, actions)) };
})));
