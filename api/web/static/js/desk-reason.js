// The reason of a verdict, begun from the findings that go to the unit.

import { tell } from "./notices.js";

const quoted = 2;

/** Returns the findings that are fed back, the gravest first: as in the letter, all not dismissed. */
function fedBack() {
  const found = [...document.querySelectorAll("article.remark")].filter(
    (remark) => remark.dataset.state !== "dismissed" && !("internal" in remark.dataset),
  );
  const rank = (remark) => ["edge-error", "edge-warning"].findIndex((edge) => remark.classList.contains(edge)) >>> 0;
  return found.sort((one, other) => rank(one) - rank(other));
}

function summary(found) {
  const verdict = document.querySelector("#decision input[name=verdict]:checked")?.value;
  const wanted = { return: "，请逐条修改后重新提交", reject: "，不予通过" }[verdict] ?? "";
  const messages = found.slice(0, quoted).map((remark) => remark.querySelector(".message").textContent.trim());
  return `共${found.length}条意见${wanted}。主要问题：${messages.join("")}`;
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-compose]")) return;
  const found = fedBack();
  if (!found.length) {
    tell("info", "没有要反馈给单位的意见");
    return;
  }
  const reason = document.getElementById("verdict-reason");
  const before = reason.value.trimEnd();
  reason.value = (before ? `${before}\n` : "") + summary(found);
  reason.dispatchEvent(new Event("input", { bubbles: true }));
  reason.focus();
});
