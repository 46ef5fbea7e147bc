// Texts and whole numbers as lms/practice/rules/texts.py and conditions.py see them: the same answer in both languages.
const LIMIT = 1e15;
const MAX_TYPED = 200;
const EDGES = /^[ \t\r\n\u00a0]+|[ \t\r\n\u00a0]+$/g;
const has = (place, name) => Object.prototype.hasOwnProperty.call(place, name);
const digitsOf = (text) => text.replace(/[^0-9]+/g, "");

export const textOf = (value) => (Array.isArray(value) ? value.map(textOf).join(",") : String(value));

export const typed = (raw) => {
  if (/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?:^|[^\ud800-\udbff])[\udc00-\udfff]/.test(raw)) return null;
  const text = raw.normalize("NFC").replace(EDGES, "");
  return [...text].length <= MAX_TYPED ? text : null;
};

export const folded = (text) => text.normalize("NFC").toLowerCase().replace(/[ \t\r\n\u00a0]+/g, "");

export const amountOf = (raw) => {
  if (typeof raw === "number") return raw >= 0 && raw < 1e12 ? raw : null;
  const digits = raw.replace(/[ \t\r\n\u00a0.,đ₫]+/g, "");
  return /^[0-9]{1,12}$/.test(digits) ? Number(digits) : null;
};

export const money = (value) => {
  if (typeof value !== "number") return textOf(value);
  return `${value < 0 ? "-" : ""}${String(Math.abs(value)).replace(/\B(?=([0-9]{3})+$)/g, ".")}đ`;
};

export const filled = (template, values) => template.replace(/\{\{ *([a-z][a-z0-9_]*)(\|money)? *\}\}/g, (_, name, asMoney) => {
  const value = has(values, name) ? values[name] : "";
  return asMoney ? money(value) : textOf(value);
});

// A run of 12 digits, of a card, or of a telephone, that is neither on the role card nor a drawn value.
export const looksPersonal = (text, card, known) => (text.match(/\+?[0-9](?:[ .-]?[0-9])*/g) || []).some((run) => {
  const digits = digitsOf(run);
  const size = digits.length;
  const isPhone = ((size === 10 || size === 11) && digits[0] === "0") || (size === 11 && digits.startsWith("84"));
  if (size < 12 && !isPhone) return false;
  return !digitsOf(card).includes(digits) && !known.some((value) => digitsOf(textOf(value)) === digits);
});

export const numberOf = (value) => {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?[0-9]{1,15}$/.test(value) ? Number(value) : null;
};

const bounded = (number) => Math.max(-LIMIT, Math.min(LIMIT, number));

// A variable, a field, or a drawn value, in this order; what is not there yet is the empty text.
const named = (scene, name) => {
  const place = [scene.state.vars, scene.state.fields, scene.values].find((one) => has(one, name));
  return place ? place[name] : "";
};

const evaluate = (value, scene) => {
  if (typeof value === "string") return value.startsWith("$") ? named(scene, value.slice(1)) : value;
  if (Array.isArray(value)) return value.map((one) => evaluate(one, scene));
  if (value === null || typeof value !== "object") return value;
  if (has(value, "if")) return evaluate(holds(value.if, scene) ? value.then : value.else, scene);
  const [[verb, parts]] = Object.entries(value);
  const known = parts.map((part) => evaluate(part, scene));
  if (verb === "join") return known.map(textOf).join("");
  const sum = { add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b }[verb];
  return bounded(known.map((part) => numberOf(part) || 0).reduce((a, b) => bounded(sum(a, b))));
};

const holds = (condition, scene) => {
  if (condition === null || condition === undefined) return true;
  const [[verb, said]] = Object.entries(condition);
  if (verb === "all") return said.every((one) => holds(one, scene));
  if (verb === "any") return said.some((one) => holds(one, scene));
  if (verb === "not") return !holds(said, scene);
  if (verb === "eq" || verb === "ne") return (textOf(evaluate(said[0], scene)) === textOf(evaluate(said[1], scene))) === (verb === "eq");
  if (verb === "in") return [].concat(evaluate(said[1], scene)).map(textOf).includes(textOf(evaluate(said[0], scene)));
  if (verb === "lt" || verb === "gte") {
    const [left, right] = said.map((one) => numberOf(evaluate(one, scene)));
    return left !== null && right !== null && (verb === "lt" ? left < right : left >= right);
  }
  return happened(verb, said, scene);
};

const happened = (verb, said, { state, action }) => {
  if (verb === "visited") return state.visited.includes(said);
  if (verb === "mistake") return state.mistakes.includes(said);
  if (verb === "count") return (has(state.counts, said[0]) ? state.counts[said[0]] : 0) >= said[1];
  if (!action) return false;
  if (verb === "tapped") return action[0] === "tap" && action[1] === said;
  return action[0] === "choose" && action.length === 3 && action[1] === said[0] && action[2] === said[1];
};

export { evaluate, has, holds, named };
