// Reasons and wordings that were typed but not sent are kept in this browser until they are.

const kept = document.querySelector("[data-kept]");
const place = (area) => `jixiao-typed:${kept.dataset.kept}:${area.id}`;
const areas = (within) => [...within.querySelectorAll("textarea[id]")];

function keep(area) {
  try {
    if (area.value === area.defaultValue) localStorage.removeItem(place(area));
    else localStorage.setItem(place(area), area.value);
  } catch {
    // A browser that keeps nothing still lets people work.
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-kept] textarea[id]")) keep(event.target);
});

// What has been accepted need not be kept; the form may have gone from the page by now.
document.addEventListener("htmx:afterRequest", (event) => {
  const { status } = event.detail.xhr;  // leading on to the next counts as accepted, too
  if (status >= 200 && status < 400 && event.detail.elt.matches("form")) {
    areas(event.detail.elt).forEach((area) => localStorage.removeItem(place(area)));
  }
});

if (kept) {
  areas(kept).forEach((area) => {
    area.value = localStorage.getItem(place(area)) ?? area.value;
  });
}
