// The finished picture before others: shared by its guest's own press, and taken back by another.

import { look } from "./jobs.js";
import { part, say, spoken, start } from "./start.js";

const LOOK_AGAIN_MS = 15000; // somebody of the booth looks at it meanwhile
const share = part("hang-share");
const words = share.textContent;
let job = null; // whose picture is on the stage

/** Show how the picture on the stage stands with others; the server is asked where nobody has said. */
export async function present(id, told) {
  job = id;
  part("hang").hidden = true;
  part("hang-name").value = "";
  await show(id, told);
}

async function show(id, known) {
  const told = known ?? (await look(id).catch(() => null));
  if (!told || job !== id) return; // another picture is on the stage by now
  const isShared = told.shared === "shown" || told.shared === "held";
  const state = told.shared ?? "none";
  part("hang-told").textContent = say(`hang-${state}`);
  part("hang-row").hidden = told.shared === "hidden";
  part("hang-shown").hidden = !isShared;
  part("hang-gallery").hidden = !(start.gallery && told.shared === "shown");
  share.textContent = isShared ? share.dataset.rename : words;
  part("hang").hidden = false;
  if (state === "held") setTimeout(() => job === id && show(id), LOOK_AGAIN_MS);
}

async function send(method, body) {
  const id = job;
  const answer = await fetch(`/api/jobs/${id}/share`, { method, body, headers: spoken }).catch(() => null);
  if (answer?.ok) return show(id);
  const problem = await answer?.json().catch(() => null);
  part("hang-told").textContent = problem?.detail ?? say("failed");
}

part("hang").addEventListener("submit", (event) => {
  event.preventDefault();
  send("POST", new URLSearchParams({ name: part("hang-name").value }));
});
part("hang-back").addEventListener("click", () => send("DELETE"));
