// Rows of the indicator table: adding, removing, moving. The server decides all else.

let made = 0;

/** Returns the line of hints below a row. */
const hintsOf = (row) => row.nextElementSibling;
const table = () => document.getElementById("indicators");
const headsOf = (scope) => [...scope.querySelectorAll("tr.group-head")];

/** Returns all rows in the order of the form. */
export const rows = () => [...table().querySelectorAll("tr.row-line")];

/** Returns the input of a row by field name. */
export const cell = (row, name) => row.querySelector(`[name=row_${name}]`);

/** Returns the head of the group that a row belongs to. */
export function headOf(row) {
  let line = row.previousElementSibling;
  while (line && !line.matches(".group-head")) line = line.previousElementSibling;
  return line;
}

/** Returns the group for two levels: as the form words them, else by their usual names. */
export function groupFor(level1, level2) {
  const heads = headsOf(table());
  return (
    heads.find((head) => head.dataset.level1 === level1 && head.dataset.level2 === level2) ??
    heads.find((head) => head.dataset.canonical === `${level1}/${level2}`) ??
    heads.find((head) => head.dataset.canonical.endsWith(`/${level2}`)) ??
    heads.find((head) => head.dataset.canonical.startsWith(`${level1}/`)) ??
    heads.at(-1)
  );
}

/** Makes a row that is not yet in the form. */
export function makeRow(fields = {}) {
  const copy = document.getElementById("row-template").content.cloneNode(true);
  const key = `n${Date.now().toString(36)}${(made += 1)}`;
  const [row, hints] = copy.querySelectorAll("tr");
  row.dataset.row = hints.dataset.of = key;
  for (const element of copy.querySelectorAll("[id$='-']")) element.id += key;
  cell(row, "key").value = key;
  cell(row, "name").value = fields.name ?? "";
  cell(row, "target").value = fields.target ?? "";
  if (fields.origin) cell(row, "rest").value = JSON.stringify({ origin: fields.origin });
  return { row, hints };
}

/** Puts a row after the last one of a group, or back where it stood before another line. */
export function place({ row, hints }, head, before = null) {
  let after = head;
  while (after.nextElementSibling && !after.nextElementSibling.matches(".group-head")) {
    after = after.nextElementSibling;
  }
  if (before?.isConnected) before.before(row, hints);
  else after.after(row, hints);
  settle();
}

/** Takes a row out; returns what puts it back. */
export function takeOut(row) {
  const pair = { row, hints: hintsOf(row) };
  const head = headOf(row);
  const before = pair.hints.nextElementSibling;
  pair.row.remove();
  pair.hints.remove();
  settle();
  return () => place(pair, head, before);
}

/** Moves a row one place up or down, across the groups too; returns what moves it back. */
export function shift(row, step) {
  const hints = hintsOf(row);
  const back = whereabouts(row);
  const lines = [...table().querySelectorAll("tr.row-line, tr.group-head")];
  const place_ = lines.indexOf(row);
  const neighbour = lines[place_ + step];
  if (step < 0) {
    if (neighbour === lines[0]) return null;
    if (neighbour.matches(".group-head")) {
      const above = lines[place_ - 2];
      (above.matches(".group-head") ? above : hintsOf(above)).after(row, hints);
    } else neighbour.before(row, hints);
  } else {
    if (!neighbour) return null;
    (neighbour.matches(".group-head") ? neighbour : hintsOf(neighbour)).after(row, hints);
  }
  settle();
  return back;
}

/** Returns what puts a row back to where it stands now. */
export function whereabouts(row) {
  const hints = hintsOf(row);
  const head = headOf(row);
  const before = hints.nextElementSibling;
  return () => place({ row, hints }, head, before);
}

/** Puts hints below their rows, rows below a head, levels into rows, and spans right. */
export function settle() {
  for (const section of table().tBodies) {
    const first = section.querySelector("tr.group-head");
    for (const stray of section.querySelectorAll("tr.row-line")) {
      const hints = section.ownerDocument.querySelector(`tr.hint-line[data-of="${stray.dataset.row}"]`);
      if (!headOf(stray)) first.after(stray);
      if (hintsOf(stray) !== hints) stray.after(hints);
    }
    let total = 0;
    for (const head of headsOf(section)) {
      const count = inGroup(head);
      head.classList.toggle("filled", count > 0);
      head.querySelector(".level2").rowSpan = 1 + 2 * count;
      total += 1 + 2 * count;
    }
    first.querySelector(".level1").rowSpan = total;
  }
}

function inGroup(head) {
  let count = 0;
  let line = head.nextElementSibling;
  while (line && !line.matches(".group-head")) {
    if (line.matches(".row-line")) {
      count += 1;
      cell(line, "level1").value = head.dataset.level1;
      cell(line, "level2").value = head.dataset.level2;
      const name = cell(line, "name").value || "未命名指标";
      line.querySelector("[data-handle]").setAttribute("aria-label", `移动“${name}”，按 Alt 加上下方向键`);
      line.querySelector("[data-remove]").setAttribute("aria-label", `删除“${name}”`);
    }
    line = line.nextElementSibling;
  }
  return count;
}
