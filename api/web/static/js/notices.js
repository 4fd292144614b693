// Notices at the top of the page; scripts of pages import it from here, never from app.js.

/** Shows a notice at the top of the page; `kind` is ok, info or error. */
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
