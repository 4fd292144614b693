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
  if (!all) return;  // nothing is listed
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

// A blank reason is told before many are sent back without one; a verdict on many is asked again.
document.addEventListener("htmx:confirm", (event) => {
  if (!event.target.matches("[data-bulk]")) return;
  event.preventDefault();
  const fields = event.target.closest(".bulk-part").querySelectorAll("input, select");
  const verdict = document.getElementById("bulk-verdict");
  document.getElementById("bulk-reason").required = verdict.value !== "pass";
  if (![...fields].every((field) => field.reportValidity())) return;
  if (event.target.dataset.bulk === "verdict" && !window.confirm(question(verdict))) return;
  event.detail.issueRequest(true);
});

function question(verdict) {
  const chosen = rows().filter((row) => row.querySelector("input[name=ids]").checked);
  const disputed = chosen.filter((row) => row.querySelector(".status-disputed")).length;
  const settled = disputed ? `其中 ${disputed} 项审核人员意见不一，您的结论为裁定。` : "";
  return `对所选 ${chosen.length} 项给出结论“${verdict.selectedOptions[0].text}”？${settled}结论随即生效。`;
}

// The list is fetched anew once many were decided; nothing of it is selected then.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "queue") {
    here = -1;
    last = null;
    count();
  }
});

count();
