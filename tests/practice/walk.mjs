// Runs walks by the script's reducer: node walk.mjs <bundle> < [{spec, seed, walks: [[action, …], …]}, …] → the same shape with states.
// A line without a spec takes the one before; with `digests` each walk is answered by the sha256 of its states as sorted JSON.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const copy = join(mkdtempSync(join(tmpdir(), "practice-")), "practice.mjs");
writeFileSync(copy, readFileSync(process.argv[2]));
const { beginning, drawn, step, shown, judged, tagged } = await import(copy);

const walked = (spec, values, actions) => {
  let state = beginning(spec);
  const steps = actions.map((action) => {
    const after = step(spec, values, state, action);
    if (!after.invalid) state = after;
    return after;
  });
  return { steps, shown: shown(spec, values, state, true), judged: judged(spec, values, state) };
};

const sorted = (value) => {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${sorted(value[key])}`).join(",")}}`;
};
const digest = (answer) => createHash("sha256").update(sorted(answer)).digest("hex");

let spec = null;
const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map((one) => {
  spec = one.spec || spec;
  const values = drawn(spec, one.seed || "");
  const walks = (one.walks || []).map((actions) => walked(spec, values, actions));
  if (one.digests) return { values, walks: walks.map(digest) };
  const sent = (walk, n) => one.walks[n].filter((_, at) => !walk.steps[at].invalid).map((action) => tagged(one.seed, action));
  return { values, walks, sent: walks.map(sent) };
})));
