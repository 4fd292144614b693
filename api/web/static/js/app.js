// What every page does: notices that can be closed, and keys that reach the page's own actions.

import { tell } from "./notices.js";

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-dismiss=notice]");
  if (closer) closer.closest(".notice").remove();
});

// What is shown once is selected with one click.
document.addEventListener("click", (event) => {
  if (event.target.matches("[data-select]")) event.target.select();
});

// A request that never reached the service is told like any other error; what was typed stays.
document.addEventListener("htmx:sendError", () => {
  tell("error", "没有连上服务", "请检查网络后重试，已填写的内容没有丢失");
});

// A new try clears what the last one complained about; requests of their own accord do not.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.matches("[data-quiet]")) return;
  if (event.detail.requestConfig.verb !== "get") document.getElementById("notices").replaceChildren();
});

// A form that has been accepted is blank for the next entry; what is chosen from lists stays.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (!event.detail.successful || !form.matches("[data-reset]")) return;
  form.querySelectorAll("input:not([type=hidden])").forEach((field) => {
    field.value = field.defaultValue;
    field.checked = field.defaultChecked;
  });
});

// An element with data-key="j" is clicked by that key, unless somebody is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (wanted) {
    event.preventDefault();
    wanted.click();
  }
});

// Panes that share one scrolling box each keep their own place in it.
const heights = new WeakMap();
const paneOf = (event) => document.querySelector(event.target.dataset.bsTarget);

document.addEventListener("hide.bs.tab", (event) => {
  const pane = paneOf(event);
  heights.set(pane, pane.closest(".tab-content").scrollTop);
});

document.addEventListener("shown.bs.tab", (event) => {
  const pane = paneOf(event);
  pane.closest(".tab-content").scrollTop = heights.get(pane) ?? 0;
});
