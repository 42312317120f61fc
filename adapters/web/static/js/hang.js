// The finished picture before others: shared by its guest's own press, and taken back by another.

import { Gone, look } from "./jobs.js";
import { part, say, spoken, start } from "./start.js";

const LOOK_AGAIN_MS = 15000; // somebody of the booth looks at it meanwhile, or takes it down
const LONGEST_WAIT_MS = 240000; // a tunnel's requests are counted: ever more rarely while nothing changes
const share = part("hang-share");
const words = share.textContent;
let job = null; // whose picture is on the stage
let state = ""; // how it stands with others, as told last
let isNamed = false; // likewise
let wait = LOOK_AGAIN_MS;
let timer = 0;

/** Show how the picture on the stage stands with others; the server is asked where nobody has said. */
export async function present(id, told) {
  job = id;
  state = "";
  part("hang").hidden = true;
  part("hang-name").value = "";
  if (told) show(told);
  else await renew();
}

async function renew() {
  const id = job;
  clearTimeout(timer);
  try {
    const told = await look(id);
    if (job === id) show(told); // or another picture is on the stage by now
  } catch (error) {
    if (job !== id) return;
    if (error instanceof Gone) gone();
    else plan();
  }
}

function show({ shared, named }) {
  isNamed = named;
  const isShared = shared === "shown" || shared === "held";
  const now = shared ?? "none";
  const withName = shared === "held" && named ? "-named" : "";
  tell(say(`hang-${now}${withName}`));
  part("hang-row").hidden = shared === "hidden";
  part("hang-shown").hidden = !isShared;
  part("hang-gallery").hidden = !(start.gallery && shared === "shown");
  share.textContent = isShared ? share.dataset.rename : words;
  part("hang").hidden = false;
  wait = now === state ? Math.min(2 * wait, LONGEST_WAIT_MS) : LOOK_AGAIN_MS;
  state = now;
  if (isShared) plan();
}

function gone() {
  tell(say("gone"));
  part("hang-row").hidden = part("hang-shown").hidden = true;
  part("hang").hidden = false;
  state = "gone";
}

function tell(sentence) {
  if (part("hang-told").textContent !== sentence) part("hang-told").textContent = sentence;
}

/** Look again in a while, if the guest still has it before their eyes; whoever comes back to it reads the truth. */
function plan() {
  clearTimeout(timer);
  timer = setTimeout(() => isSeen() && renew(), wait);
}

const isSeen = () => !document.hidden && !part("hang").closest("[hidden]");

async function send(method, body) {
  const id = job;
  const answer = await fetch(`/api/jobs/${id}/share`, { method, body, headers: spoken }).catch(() => null);
  if (job !== id) return;
  if (answer?.ok) {
    await renew();
    if (job === id && body?.get("name") && !isNamed) tell(say("nameless"));
    return;
  }
  const problem = await answer?.json().catch(() => null);
  tell(problem?.detail ?? say("failed"));
}

part("hang").addEventListener("submit", (event) => {
  event.preventDefault();
  send("POST", new URLSearchParams({ name: part("hang-name").value }));
});
part("hang-back").addEventListener("click", async () => {
  await send("DELETE");
  if (part("hang-shown").hidden) share.focus(); // the button that was pressed is no longer there
});
document.addEventListener("visibilitychange", () => {
  if (isSeen() && (state === "shown" || state === "held")) renew();
});
