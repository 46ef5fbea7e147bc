// What stands on the screen now, and the verdict at the end: showing.py and judging.py.
import { evaluate, filled, has, holds, textOf } from "./10-texts.js";
import { offeredItems } from "./20-stepping.js";
const SAID = ["text", "label", "alt", "name", "number", "at"];

export const shown = (spec, values, state, withHint = false) => {
  const screen = spec.screens[state.screen];
  const known = { ...values, ...state.fields, ...state.vars };
  const hint = screen.hint || "";
  return {
    screen: state.screen, app: screen.app, title: filled(screen.title || "", known), address: filled(screen.address || "", known),
    address_id: "address", is_address_open: (state.counts.address || 0) > 0, hint: withHint ? filled(hint, known) : "",
    has_hint: Boolean(hint) && !state.done, can_go_back: state.back.length > 0 && !state.done, is_end: state.done,
    items: offeredItems(spec, values, state).map((item) => itemShown(item, known, values, state)),
    n: state.n, max_actions: spec.pass.max_actions,
  };
};

const itemShown = (item, known, values, state) => {
  const { when: _when, expect: _expect, store: _store, ...given } = item;
  SAID.forEach((key) => { if (has(given, key)) given[key] = filled(given[key], known); });
  ["value", "of"].forEach((key) => { if (has(given, key)) given[key] = evaluate(given[key], { values, state, action: null }); });
  const field = has(state.fields, item.id) ? state.fields[item.id] : null;
  if (given.options) given.options = given.options.map((option) => optionShown(option, known, field));
  if (item.kind === "input" || item.kind === "money") Object.assign(given, typedShown(item, known, field === null ? "" : field));
  return given;
};

const typedShown = (item, known, field) => {
  const name = typeof field === "string" && field.startsWith("=") ? field.slice(1) : null;
  const expected = name === null ? field : has(known, name) ? known[name] : "";
  const hides = field === "other" && item.store === "match_only";
  return { field, typed: hides ? "" : textOf(expected), is_filled: field !== "" };
};

const optionShown = (option, known, field) => {
  const said = { ...option, is_on: option.id === field || (Array.isArray(field) && field.includes(option.id)) };
  ["label", "alt"].forEach((key) => { if (has(said, key)) said[key] = filled(said[key], known); });
  return said;
};

export const judged = (spec, values, state) => {
  const rule = spec.pass;
  const made = (severity) => state.mistakes.filter((id) => spec.mistakes.find((one) => one.id === id).severity === severity).length;
  const goalMet = state.done && holds(spec.goal, { values, state, action: null });
  const passed = goalMet && made("critical") <= rule.critical && made("minor") <= rule.minor_max;
  return { is_over: state.done || state.n >= rule.max_actions, goal_met: goalMet, passed, hints: state.hints,
    is_assisted: passed && state.hints > rule.hints, mistakes: [...state.mistakes] };
};
