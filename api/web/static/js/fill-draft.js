// What has been typed but not saved is kept in this browser, and offered again.

const wait = 800;
let timer = 0;
let stored = true;

const form = () => document.getElementById("sheet");
const page = () => document.getElementById("fill");

/** Returns the form as pairs of names and values. */
export function content() {
  return [...new FormData(form())].filter(([, value]) => typeof value === "string");
}

/** Lays the form out anew by the server, from pairs of names and values. */
export function layOut(pairs) {
  const body = new FormData();
  for (const [name, value] of pairs) body.append(name, value);
  return replaceForm("/fill/form", body);
}

/** Puts what the server answers in the place of the form. */
export async function replaceForm(address, body) {
  const answer = await fetch(address, { method: "POST", body, headers: headers() });
  const text = await answer.text();
  if (answer.redirected || answer.headers.get("HX-Redirect")) {
    location.href = answer.headers.get("HX-Redirect") ?? answer.url;
    return false;
  }
  const target = answer.headers.get("HX-Retarget") ?? (answer.ok ? "#form" : "#notices");
  htmx.swap(target, text, { swapStyle: "innerHTML" });
  return target === "#form";
}

/** Returns the headers that the service wants with every change. */
export function headers() {
  return { "HX-Request": "true", ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") };
}

/** Keeps the form in a moment. */
export function keep() {
  const saved = document.getElementById("saved");
  saved.classList.add("unsaved");
  delete saved.dataset.local;
  clearTimeout(timer);
  timer = setTimeout(write, wait);
}

/** Keeps the form now, for the page is about to go; tells whether nothing would be lost. */
export function keepNow() {
  if (!document.querySelector("#saved.unsaved")) return true;
  if (timer) write();
  return stored;
}

/** Says where the changes are; a form that was never saved says so already. */
function tell(unsaved, where) {
  const saved = document.getElementById("saved");
  saved.dataset.local = "new" in saved.dataset ? where : unsaved + where;
}

function write() {
  clearTimeout(timer);
  timer = 0;
  try {
    const kept = { at: Date.now(), content: content() };
    localStorage.setItem(place(), JSON.stringify(kept));
    tell("有改动未保存，", "已暂存在本机");
    stored = true;
  } catch {
    stored = false;
    tell("有改动未保存，", "离开本页会丢失");
  }
}

/** Forgets what was kept: it is saved, or unwanted. */
export function drop() {
  clearTimeout(timer);
  timer = 0;
  localStorage.removeItem(place());
  const saved = document.getElementById("saved");
  saved.classList.remove("unsaved");
  delete saved.dataset.local;
}

/** Offers what was kept the last time, where it differs from what is shown. */
export function offer() {
  const kept = read();
  if (!kept || same(kept.content, content())) return;
  const note = document.createElement("div");
  note.className = "notice notice-info";
  note.setAttribute("role", "status");
  const text = document.createElement("span");
  text.textContent = `本机有 ${new Date(kept.at).toLocaleString("zh-CN")} 未保存的内容。`;
  note.append(text, button("恢复", "btn-primary", () => restore(kept, note)), button("不要了", "btn-outline-secondary", () => {
    drop();
    note.remove();
  }));
  document.getElementById("draft").replaceChildren(note);
}

async function restore(kept, note) {
  note.remove();
  if (await layOut(kept.content)) keep();
}

function button(label, look, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `btn btn-sm ${look}`;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function place() {
  const data = new FormData(form());
  return `jixiao-draft:${page().dataset.owner}:${data.get("submission") || `new-${data.get("kind")}`}`;
}

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(place()) ?? "null");
    return Array.isArray(kept?.content) ? kept : null;
  } catch {
    return null;
  }
}

/** What may differ without anybody having typed. */
const unseen = ["revision", "version", "base", "row_key", "row_rest"];

function same(one, other) {
  const plain = (pairs) => JSON.stringify(pairs.filter(([name]) => !unseen.includes(name)));
  return plain(one) === plain(other);
}
