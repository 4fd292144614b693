// The filling page: what a unit does becomes rows of the form; all advice comes from the server.

import { drop, keep, keepNow, layOut, offer, content, replaceForm } from "./fill-draft.js";
import { exportForm, lastFile, readFile } from "./fill-files.js";
import * as rows from "./fill-rows.js";
import { forget, hasOwnUndo, remember, undo } from "./fill-undo.js";
import { tell } from "./notices.js";

const page = document.getElementById("fill");
const form = () => document.getElementById("sheet");
let fresh = true;
let changes = 0;
let sent = 0;

/** Asks for new advice, and keeps what is there. */
function changed() {
  changes += 1;
  keep();
  advise();
}

function advise() {
  form().dispatchEvent(new CustomEvent("advise"));
}

// Typing. An unfinished Chinese word is not worth a question to the server.
page.addEventListener("input", (event) => {
  if (event.target.closest("#sheet") && !event.isComposing) changed();
});
page.addEventListener("compositionend", (event) => {
  if (event.target.closest("#sheet")) changed();
});
page.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id === "sheet" && fresh) event.detail.headers["X-Fresh"] = "1";
});

// What the server shares out is shown where the unit has written no weight of its own.
document.body.addEventListener("fill:advised", (event) => {
  const { weights, shared, faults } = event.detail;
  fresh = false;
  markFaults(faults);
  for (const row of rows.rows()) {
    const field = rows.cell(row, "weight");
    if (shared) field.value = "";
    field.placeholder = weights[row.dataset.row] ?? "";
  }
  if (focused) document.getElementById(focused)?.focus();
  focused = null;
});
let focused = null;

/** Marks the cells whose text cannot be taken as what it should be, with the reason. */
function markFaults(faults) {
  for (const field of form().querySelectorAll("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    field.title = field.dataset.title ?? "";
  }
  for (const [id, message] of Object.entries(faults)) {
    const field = document.getElementById(id);
    if (!field) continue;
    field.dataset.title = field.title;
    field.title = message;
    field.setAttribute("aria-invalid", "true");
  }
}

// Rows.
function take(fields, key = null) {
  if (key) return reword(key, fields);
  const pair = rows.makeRow(fields);
  rows.place(pair, rows.groupFor(fields.level1, fields.level2));
  remember(`采用“${fields.name}”`, () => rows.takeOut(pair.row));
  pair.row.classList.add("new");
  changed();
  return pair.row;
}

/** Hides an offer that is decided on, until the server answers; tells whether it was already. */
function gone(element) {
  const offered = element.closest(".offer");
  const before = offered?.classList.contains("taken");
  offered?.classList.add("taken");
  return before;
}

function reword(key, fields) {
  const row = rows.rows().find((line) => line.dataset.row === key);
  const names = ["name", "target"].filter((name) => fields[name]);
  const before = names.map((name) => rows.cell(row, name).value);
  names.forEach((name) => (rows.cell(row, name).value = fields[name]));
  remember("改写指标", () => names.forEach((name, place) => (rows.cell(row, name).value = before[place])));
  changed();
}

function add(head) {
  const pair = rows.makeRow();
  rows.place(pair, head);
  remember("增加指标", () => rows.takeOut(pair.row));
  rows.cell(pair.row, "name").focus();
}

function remove(row) {
  const name = rows.cell(row, "name").value || "空行";
  const next = rows.rows()[rows.rows().indexOf(row) + 1];
  remember(`删除“${name}”`, rows.takeOut(row));
  if (next) rows.cell(next, "name").focus();
  changed();
}

function move(row, step) {
  const field = document.activeElement;
  const back = rows.shift(row, step);
  if (!back) return;
  remember(`移动“${rows.cell(row, "name").value}”`, back);
  field.focus();
  changed();
}

function refuse(fields) {
  const field = form().elements.rejected;
  const before = field.value;
  const refused = fields.origin ?? fields;
  field.value = JSON.stringify([...JSON.parse(before || "[]"), refused]);
  remember(`不要“${fields.name}”`, () => (form().elements.rejected.value = before));
  changed();
}

function reweigh() {
  const fields = rows.rows().map((row) => rows.cell(row, "weight"));
  const before = fields.map((field) => field.value);
  fields.forEach((field) => (field.value = ""));
  remember("全部自动分配分值", () => fields.forEach((field, place) => (field.value = before[place])));
  changed();
}

function takeBack() {
  const label = undo();
  if (label === null) return;
  tell("ok", `已撤销：${label}`);
  changed();
}

/** Goes to what an item of the strip or a remark speaks of. */
function go(id) {
  const pane = document.getElementById(id)?.closest(".tab-pane");
  if (pane) document.getElementById(pane.getAttribute("aria-labelledby")).click();
  const target = document.getElementById(id);
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
}

/** Replaces the whole form; the one that was there can be had again. */
async function replace(label, work) {
  const before = content();
  if (!(await work())) return;
  forget();
  remember(label, () => layOut(before));
  changed();
}

const clicks = {
  take: (element) => {
    if (gone(element)) return;
    if (document.activeElement === element) focused = element.id;
    take(JSON.parse(element.dataset.take));
  },
  better: (element) => take(JSON.parse(element.dataset.better), element.dataset.for ?? null),
  refuse: (element) => gone(element) || refuse(JSON.parse(element.dataset.refuse)),
  add: (element) => add(element.closest(".group-head")),
  remove: (element) => remove(element.closest(".row-line")),
  go: (element) => go(element.dataset.go),
  export: (element) => exportForm(element.dataset.export),
  replaceForm: (element) => replace("带入上年指标", () => replaceForm(element.dataset.replaceForm, new FormData(form()))),
  record: (element) => {
    element.closest("dialog").close();
    replace("导入文件", () => readFile(lastFile(), element.dataset.record));
  },
  close: (element) => element.closest("dialog").close(),
  overwrite: (element) => {
    form().elements.revision.value = element.dataset.overwrite;
    element.closest("dialog").close();
    document.getElementById("save").click();
  },
  theirs: () => {
    drop();
    location.reload();
  },
};

document.addEventListener("click", (event) => {
  for (const [name, act] of Object.entries(clicks)) {
    const attribute = `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const element = event.target.closest(`[${attribute}]`);
    if (element) {
      act(element);
      return;
    }
  }
  if (event.target.id === "undo") takeBack();
  if (event.target.id === "reweigh") reweigh();
});

document.getElementById("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) await replace("导入文件", () => readFile(file));
  event.target.value = "";
});

// Keys.
document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const row = event.target.closest?.(".row-line");
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    document.getElementById("save")?.click();
  } else if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z") {
    if (hasOwnUndo(event.target)) return;
    event.preventDefault();
    takeBack();
  } else if (event.altKey && row && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? -1 : 1);
  } else if (event.altKey && /^[1-9]$/.test(event.key)) {
    event.preventDefault();
    document.getElementById(`take-${event.key}`)?.click();
  } else if (event.key === "Enter" && event.target.matches("[name=row_name], [name=row_target]")) {
    event.preventDefault();
    const fields = [...page.querySelectorAll("#indicators textarea, #indicators input:not([type=hidden])")];
    fields[fields.indexOf(event.target) + 1]?.focus();
  } else if (event.key === "Enter" && event.target.matches("#sheet input")) {
    event.preventDefault();
  }
});

// Saved, submitted, laid out anew.
page.addEventListener("htmx:beforeRequest", (event) => {
  if (["save", "submit"].includes(event.target.id)) sent = changes;
});
document.body.addEventListener("fill:saved", () => {
  for (const id of ["new-form", "other-form"]) document.getElementById(id)?.remove();
  if (sent === changes) drop();
  else keep(); // typed on while the form was being saved
  advise();
});
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt.matches("dialog")) event.detail.elt.showModal();
  if (event.detail.elt.id === "sheet" || event.detail.elt.querySelector?.("#sheet")) ready();
});
window.addEventListener("beforeunload", (event) => {
  if (!keepNow()) event.preventDefault();
});

function ready() {
  for (const section of document.querySelectorAll("#indicators tbody")) {
    if (Sortable.get(section)) continue;
    let back = null;
    Sortable.create(section, {
      group: "rows",
      draggable: "tr.row-line",
      handle: "[data-handle]",
      animation: 120,
      onStart: (event) => (back = rows.whereabouts(event.item)),
      onEnd: (event) => {
        rows.settle();
        remember(`移动“${rows.cell(event.item, "name").value}”`, back);
        changed();
      },
    });
  }
}

// htmx has set the page up by then.
document.addEventListener("DOMContentLoaded", () => {
  ready();
  offer();
  advise();
});
