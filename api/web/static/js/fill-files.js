// Files of the form: one read into it, one written from it.

import { content, headers, replaceForm } from "./fill-draft.js";
import { tell } from "./notices.js";

let own = null;

/** Reads a file into the form; `record` chooses one of several that it holds. */
export async function readFile(file, record = "") {
  const body = new FormData();
  for (const [name, value] of content()) body.append(name, value);
  body.append("file", file);
  own = file;
  return replaceForm(`/fill/read?record=${record}`, body);
}

/** Returns the file that was read last, for one of its other records. */
export const lastFile = () => own;

/** Downloads the form; the unit's own file is completed where it can be. */
export async function exportForm(kind) {
  const body = new FormData();
  for (const [name, value] of content()) body.append(name, value);
  if (own && own.name.toLowerCase().endsWith(`.${kind}`)) body.append("file", own);
  const answer = await fetch(`/fill/export?form=${kind}`, { method: "POST", body, headers: headers() });
  if (!answer.ok) {
    htmx.swap("#notices", await answer.text(), { swapStyle: "innerHTML" });
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = decodeURIComponent(answer.headers.get("X-File-Name") ?? `申报表.${kind}`);
  link.click();
  URL.revokeObjectURL(link.href);
  const note = answer.headers.get("X-File-Note");
  tell("ok", `已导出 ${link.download}`, note ? decodeURIComponent(note) : "");
}
