// What changed in the fields of the screen since it was drawn, as actions in the order of the items: lms/practice/rules/pressing.py.
import { writtenBack } from "./30-drawing.js";

const BOXES = ["input", "money"];

export const changed = (form, one) => {
  const boxes = [...form.elements].filter((box) => box.name === `f-${one.id}`);
  if (BOXES.includes(one.kind)) {
    const text = boxes[0].value.trim();
    return text === writtenBack(one) || (one.kind === "money" && !text) ? [] : [["input", one.id, text]];
  }
  if (!one.options) return [];
  const before = one.options.filter((option) => option.is_on).map((option) => option.id);
  const on = boxes.filter((box) => box.checked).map((box) => box.value);
  if (one.kind !== "checks") return on.length && on[0] !== before[0] ? [["choose", one.id, on[0]]] : [];
  return one.options.map((option) => option.id).filter((id) => before.includes(id) !== on.includes(id)).map((id) => ["choose", one.id, id]);
};
