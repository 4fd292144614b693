// The queue: moving with j and k, selecting rows, what is done to all that are selected.

let here = -1;
let last = null;

const rows = () => [...document.querySelectorAll("tr[data-row]")];
const picks = () => [...document.querySelectorAll("#items input[name=ids]")];

function go(step) {
  const all = rows();
  if (!all.length) return;
  here = Math.min(all.length - 1, Math.max(0, here + step));
  all.forEach((row, place) => row.classList.toggle("here", place === here));
  all[here].scrollIntoView({ block: "nearest" });
  all[here].querySelector("[data-open]").focus({ preventScroll: true });
}

function count() {
  const bulk = document.getElementById("bulk");
  if (!bulk) return;
  const chosen = picks().filter((box) => box.checked);
  bulk.hidden = !chosen.length;
  bulk.querySelector("[data-selected]").textContent = chosen.length;
  rows().forEach((row) => {
    const box = row.querySelector("input[name=ids]");
    if (box) row.setAttribute("aria-selected", String(box.checked));
  });
  const all = document.querySelector("[data-all]");
  all.checked = chosen.length > 0 && chosen.length === picks().length;
  all.indeterminate = chosen.length > 0 && !all.checked;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.closest("textarea, select, input:not([type=checkbox])");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "j" || event.key === "k") go(event.key === "j" ? 1 : -1);
  else if (event.key === "/") document.getElementById("field-text").focus();
  else if (event.key === "x" && here >= 0) rows()[here].querySelector("input[name=ids]")?.click();
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.matches("[data-all]")) {
    picks().forEach((box) => { box.checked = event.target.checked; });
    count();
  } else if (event.target.matches("#items input[name=ids]")) {
    const all = picks();
    const place = all.indexOf(event.target);
    if (event.shiftKey && last !== null) {
      const [from, to] = [Math.min(last, place), Math.max(last, place)];
      all.slice(from, to + 1).forEach((box) => { box.checked = event.target.checked; });
    }
    last = place;
    count();
  }
});

// A blank reason is told before many are sent back without one.
document.addEventListener("htmx:confirm", (event) => {
  if (!event.target.matches("[data-bulk=verdict]")) return;
  const reason = document.getElementById("bulk-reason");
  const needed = document.getElementById("bulk-verdict").value !== "pass";
  reason.required = needed;
  if (!reason.reportValidity()) event.preventDefault();
});

// The list is fetched anew once many were decided; nothing of it is selected then.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "queue") {
    here = -1;
    last = null;
    count();
  }
});

count();
