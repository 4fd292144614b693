// Steps that can be taken back: rows taken over, removed, moved, reworded; forms replaced.

const steps = [];
const most = 100;

/** Remembers a step: what it was called, and what takes it back. */
export function remember(label, back) {
  steps.push({ label, back });
  if (steps.length > most) steps.shift();
  show();
}

/** Takes the last step back; returns its label, or null where there is none. */
export function undo() {
  const step = steps.pop();
  step?.back();
  show();
  return step?.label ?? null;
}

/** Forgets all steps; rows that they speak of are no longer there. */
export function forget() {
  steps.length = 0;
  show();
}

function show() {
  const button = document.getElementById("undo");
  const last = steps.at(-1);
  button.disabled = !last;
  button.title = last ? `撤销：${last.label}（Ctrl+Z）` : "没有可以撤销的操作";
}

/** Tells whether a field has been typed into since it got the focus: its own undo comes first. */
export function hasOwnUndo(field) {
  return field?.dataset?.before !== undefined && field.dataset.before !== field.value;
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches("input, textarea")) event.target.dataset.before = event.target.value;
});
