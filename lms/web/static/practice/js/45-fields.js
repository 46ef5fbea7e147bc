// What changed in the fields of the screen since it was drawn, as actions in the order of the items: lms/practice/forms.py.
const BOXES = ["input", "money"];
const LISTS = ["choice", "checks", "photos", "pins"];

export const changed = (form, one) => {
  const boxes = [...form.elements].filter((box) => box.name === `o-${one.id}`);
  if (BOXES.includes(one.kind)) return boxes[0].value.trim() === one.typed ? [] : [["input", one.id, boxes[0].value]];
  if (!LISTS.includes(one.kind)) return [];
  const before = one.options.filter((option) => option.is_on).map((option) => option.id);
  const on = boxes.filter((box) => box.checked).map((box) => box.value);
  if (one.kind !== "checks") return on.length && on[0] !== before[0] ? [["choose", one.id, on[0]]] : [];
  return one.options.map((option) => option.id).filter((id) => before.includes(id) !== on.includes(id)).map((id) => ["choose", one.id, id]);
};
