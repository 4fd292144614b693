// What every page does: notices that can be closed, and keys that reach the page's own actions.

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

// A new try clears what the last one complained about.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb !== "get") document.getElementById("notices").replaceChildren();
});

/** Shows a notice at the top of the page; `kind` is ok or error. */
export function tell(kind, message, hint = "") {
  const notice = document.createElement("div");
  notice.className = `notice notice-${kind}`;
  notice.setAttribute("role", kind === "error" ? "alert" : "status");
  const text = document.createElement("span");
  text.textContent = message;
  if (hint) {
    const more = document.createElement("span");
    more.className = "hint";
    more.textContent = hint;
    text.append(more);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn-close";
  close.setAttribute("aria-label", "关闭");
  close.dataset.dismiss = "notice";
  notice.append(text, close);
  document.getElementById("notices").replaceChildren(notice);
}

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
