// One submission: findings and their places side by side, everything by keyboard.

const remarks = () => [...document.querySelectorAll("article.remark")];
const current = () => document.querySelector("article.remark[aria-current]");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const behavior = calm ? "auto" : "smooth";

/** Makes a finding the current one and shows its places in the form. */
function choose(remark, { focus = true, form = true } = {}) {
  if (!remark) return;
  remarks().forEach((other) => {
    if (other === remark) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  });
  document.getElementById("tab-remarks").click();
  light(remark.dataset.finding, form);
  if (focus) remark.focus({ preventScroll: true });
  below(remark);
}

/** Scrolls a finding into view below the toolbar, and never the page itself. */
function below(remark) {
  const box = document.querySelector(".tab-content");
  const bar = document.querySelector(".toolbar")?.offsetHeight ?? 0;
  if (getComputedStyle(box).overflowY === "visible") {
    remark.scrollIntoView({ block: "nearest", behavior });
    return;
  }
  const top = remark.getBoundingClientRect().top - box.getBoundingClientRect().top - bar - 6;
  const bottom = remark.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom + 6;
  if (top < 0 || remark.offsetHeight > box.clientHeight - bar) box.scrollBy({ top, behavior });
  else if (bottom > 0) box.scrollBy({ top: bottom, behavior });
}

function light(key, scroll) {
  let first = null;
  document.querySelectorAll(".paper [data-findings]").forEach((place) => {
    const on = place.dataset.findings.split(" ").includes(key);
    place.classList.toggle("lit", on);
    if (on && (!first || (place.matches("mark") && !first.matches("mark")))) first = place;
  });
  document.querySelectorAll(".form-table tr.lit").forEach((row) => row.classList.remove("lit"));
  first?.closest(".form-table tr")?.classList.add("lit");
  if (first && scroll && getComputedStyle(document.querySelector(".paper")).overflowY === "auto") {
    first.scrollIntoView({ block: "nearest", inline: "nearest", behavior });
  }
}

function step(by) {
  const all = remarks();
  const place = all.indexOf(current());
  choose(all[Math.min(all.length - 1, Math.max(0, place + by))]);
}

/** Goes on to the next finding that nobody has spoken of, unless the reviewer has gone on to write. */
function onward(from) {
  if (document.activeElement?.closest("textarea, input, select")) return;
  const all = remarks();
  const place = all.indexOf(from);
  const open = [...all.slice(place + 1), ...all.slice(0, place)].find((r) => r.dataset.state === "open");
  choose(open ?? from);
}

function openForm(remark, kind) {
  const wanted = remark.querySelector(`#${kind}-${remark.dataset.finding}`);
  if (!wanted) return;
  closeForms(remark);
  wanted.hidden = false;
  remark.querySelector(`[data-do=${kind}]`).setAttribute("aria-expanded", "true");
  const area = wanted.querySelector("textarea");
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  below(remark);
}

function closeForms(remark) {
  remark.querySelectorAll("form.inline").forEach((form) => { form.hidden = true; });
  remark.querySelectorAll("[aria-expanded]").forEach((button) => button.setAttribute("aria-expanded", "false"));
}

document.addEventListener("click", (event) => {
  const hit = (selector) => event.target.closest(selector);
  if (hit("[data-step]")) step(Number(hit("[data-step]").dataset.step));
  else if (hit("[data-current]")) current()?.querySelector(`[data-do=${hit("[data-current]").dataset.current}]`)?.click();
  else if (hit("[data-do=dismiss], [data-do=edit]")) openForm(hit("article"), hit("[data-do]").dataset.do);
  else if (hit("[data-do=close]")) {
    closeForms(hit("article"));
    hit("article").focus();
  } else if (hit("[data-findings]")) {
    event.preventDefault();
    const keys = hit("[data-findings]").dataset.findings.split(" ");
    const next = (keys.indexOf(current()?.dataset.finding) + 1) % keys.length;
    choose(document.getElementById(`finding-${keys[next]}`), { form: false });
  } else if (hit("[data-row-link]")) {
    event.preventDefault();
    const row = document.getElementById(`row-${hit("[data-row-link]").dataset.rowLink}`);
    document.querySelectorAll(".form-table tr.lit").forEach((other) => other.classList.remove("lit"));
    row?.classList.add("lit");
    row?.scrollIntoView({ block: "center", behavior });
  } else if (hit("[data-help]")) document.getElementById("help").showModal();
  else if (hit("[data-assign]")) document.getElementById("assign").showModal();
  else if (hit("[data-close]")) hit("dialog").close();
  else if (hit("article.remark") && !hit("a, button, textarea")) choose(hit("article.remark"), { focus: false });
});

// The radio buttons of the verdict lead on to what has to be typed.
document.addEventListener("change", (event) => {
  if (!event.target.matches("#decision input[name=verdict]")) return;
  const reason = document.getElementById("verdict-reason");
  const needed = event.target.value !== "pass";
  reason.required = needed;
  (needed ? reason : document.querySelector("#decision button[type=submit]")).focus();
  const letter = document.querySelector("#decision [data-letter]");
  letter.search = `?verdict=${event.target.value}`;
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const form = event.target.closest("form.inline, #decision");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape" && form && !event.target.closest("dialog")) {
    event.preventDefault();
    if (form.matches(".inline")) closeForms(form.closest("article"));
    (form.closest("article") ?? current())?.focus();
    if (event.target.matches("textarea, input")) event.target.blur();
    current()?.focus({ preventScroll: true });
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input[type=radio], textarea, dialog")) {
    if (event.key === "l") document.querySelector("[data-letter]")?.click();
    if (event.key === "g") document.querySelector("[data-assign]")?.click();
  }
});

// After a word on a finding its card is a new one; the chips in the form follow, then comes the next.
document.addEventListener("htmx:afterSwap", (event) => {
  const key = (event.detail.pathInfo?.requestPath ?? "").split("/findings/")[1];
  if (key) judged(document.getElementById(`finding-${key}`));
});

// After all the rest was confirmed every card may be a new one.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.detail.pathInfo.requestPath.endsWith("/findings")) {
    judged(current() ?? remarks()[0]);
  }
});

function judged(remark) {
  remarks().forEach((each) => {
    document.querySelectorAll(`a.chip[data-findings="${each.dataset.finding}"]`).forEach((chip) => {
      chip.className = chip.className.replace(/chip-\w+/, `chip-${each.dataset.state}`);
    });
  });
  onward(remark);
}

const named = location.hash.startsWith("#finding-") ? document.getElementById(location.hash.slice(1)) : null;
if (named) choose(named);
else if (current()) {
  light(current().dataset.finding, false);
  below(current());
}
