// The reducer of lms/practice/rules/reducer.py in the other language; tests/practice/vectors.json holds both to the same answers.
import { amountOf, filled, folded, has, holds, looksPersonal, named, textOf, typed } from "./10-texts.js";
const TAPPED = ["button", "row", "product"];
const TYPED = ["input", "money"];
const CHOSEN = ["choice", "checks", "photos", "pins"];
const KINDS = { tap: TAPPED, input: TYPED, choose: CHOSEN };
const SIZES = new Map([["tap", 2], ["input", 3], ["choose", 3], ["back", 1], ["hint", 1]]);

const invalid = (reason) => ({ invalid: reason });

export const beginning = (spec) => ({
  screen: spec.start, back: [], vars: { ...spec.vars }, fields: {}, counts: {}, visited: [spec.start], mistakes: [],
  hints: 0, n: 0, done: false,
});

export const step = (spec, values, state, action) => {
  if (state.done) return invalid("done");
  if (state.n >= spec.pass.max_actions) return invalid("too-many");
  if (!isAction(action)) return invalid("malformed");
  if (action[0] === "hint") return hinted(spec, values, state, action);
  if (action[0] === "back") return goneBack(spec, values, state, action);
  const item = offered(spec, values, state, action);
  if (!item) return invalid("not-offered");
  const field = fieldOf(spec, values, state, item, action);
  if (field && has(field, "invalid")) return field;
  const after = copied(state);
  if (field !== null) after.fields[item.id] = field;
  count(after, action[1]);
  noteMistakes(spec, values, after, action);
  move(spec, values, after, action);
  return after;
};

export const offeredItems = (spec, values, state) =>
  spec.screens[state.screen].items.filter((item) => holds(item.when, { values, state, action: null }));

const isAction = (action) => {
  if (!Array.isArray(action) || typeof action[0] !== "string" || SIZES.get(action[0]) !== action.length) return false;
  if (!action.slice(0, 2).every((part) => typeof part === "string")) return false;
  return action.length < 3 || typeof action[2] === "string" || (action[0] === "input" && Number.isInteger(action[2]));
};

const hinted = (spec, values, state, action) => {
  if (!spec.screens[state.screen].hint) return invalid("not-offered");
  const after = copied(state);
  after.hints += 1;
  count(after, "hint");
  noteMistakes(spec, values, after, action);
  return after;
};

const goneBack = (spec, values, state, action) => {
  if (!state.back.length) return invalid("not-offered");
  const after = copied(state);
  count(after, "back");
  noteMistakes(spec, values, after, action);
  after.screen = after.back.pop();
  return after;
};

const offered = (spec, values, state, [verb, id, option]) => {
  const screen = spec.screens[state.screen];
  if (verb === "tap" && id === "address" && screen.address) return { id, kind: "button" };
  const item = screen.items.find((one) => one.id === id && KINDS[verb].includes(one.kind) && holds(one.when, { values, state, action: null }));
  return item && (!CHOSEN.includes(item.kind) || item.options.some((one) => one.id === option)) ? item : null;
};

// What is kept of a typed or chosen value; null where nothing is.
const fieldOf = (spec, values, state, item, [, , value]) => {
  if (TAPPED.includes(item.kind)) return null;
  if (item.kind === "checks") {
    const before = has(state.fields, item.id) ? state.fields[item.id] : [];
    return item.options.map((one) => one.id).filter((id) => before.includes(id) !== (id === value));
  }
  if (CHOSEN.includes(item.kind)) return value;
  if (item.kind === "money") {
    const amount = amountOf(value);
    return amount === null ? invalid("not-money") : amount;
  }
  const text = typed(textOf(value));
  return text === null ? invalid("malformed") : kept(spec, values, state, item, text);
};

const kept = (spec, values, state, item, text) => {
  if (item.store === "match_only" && text.startsWith("=") && item.expect.includes(text.slice(1))) return text;
  const matched = item.expect.find((name) => text && folded(text) === folded(textOf(named({ values, state }, name))));
  if (matched !== undefined) return item.store === "match_only" ? `=${matched}` : text;
  if (looksPersonal(text, filled(spec.card, values), Object.values(values))) return invalid("personal");
  return item.store === "exact" || !text ? text : "other";
};

const copied = (state) => ({ ...state, vars: { ...state.vars }, fields: { ...state.fields }, counts: { ...state.counts },
  back: [...state.back], visited: [...state.visited], mistakes: [...state.mistakes], n: state.n + 1 });

const count = (after, what) => { after.counts[what] = (has(after.counts, what) ? after.counts[what] : 0) + 1; };
