// Keepsakes of a finished picture, in a dialog; and whether pictures get a frame.

import { part, say } from "./start.js";

const FRAME = "/api/me/frame";
const dialog = part("keepsakes");
const shown = part("keepsake-shown");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let job = null;
let wanted = null;
let url = null;

/** Open the dialog on a picture's keepsakes. */
export async function offer(id) {
  job = id;
  dialog.showModal();
  pick(calm.matches ? "card" : "loop");
  const answer = await fetch(FRAME).catch(() => null);
  part("frame").checked = answer?.ok ? (await answer.json()).on : true;
}

async function pick(kind) {
  wanted = `${job} ${kind}`;
  const mine = wanted;
  for (const button of dialog.querySelectorAll("[data-kind]")) {
    button.setAttribute("aria-pressed", button.dataset.kind === kind);
  }
  clear(say("keepsake-coming"));
  try {
    const blob = await fetched(kind);
    if (mine === wanted) put(blob, kind);
  } catch (error) {
    if (mine === wanted) clear(error.message || say("failed"));
  }
}

async function fetched(kind) {
  const answer = await fetch(`/api/jobs/${job}/keepsake?kind=${kind}`).catch(() => null);
  if (answer?.ok) return answer.blob();
  const problem = await answer?.json().catch(() => null);
  throw new Error(problem?.detail ?? "");
}

function put(blob, kind) {
  url = URL.createObjectURL(blob);
  Object.assign(shown, { src: url, alt: dialog.querySelector(`[data-kind=${kind}]`).textContent, hidden: false });
  const suffix = blob.type.split("/")[1].replace("jpeg", "jpg");
  Object.assign(part("keepsake-keep"), { href: url, download: `petaflop-${kind}.${suffix}`, hidden: false });
  part("keepsake-telling").textContent = "";
}

function clear(sentence) {
  if (url) URL.revokeObjectURL(url);
  url = null;
  shown.removeAttribute("src");
  shown.hidden = true;
  part("keepsake-keep").hidden = true;
  part("keepsake-telling").textContent = sentence;
}

async function setFrame() {
  const box = part("frame");
  const answer = await fetch(FRAME, { method: box.checked ? "PUT" : "DELETE" }).catch(() => null);
  if (answer?.ok) return;
  box.checked = !box.checked;
  part("keepsake-telling").textContent = say("failed");
}

for (const button of dialog.querySelectorAll("[data-kind]")) {
  button.addEventListener("click", () => pick(button.dataset.kind));
}
part("frame").addEventListener("change", setFrame);
part("keepsakes-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  wanted = null;
  clear("");
});
