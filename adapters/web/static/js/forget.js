// Forget me, with a receipt.

import { ask } from "./ask.js";
import { forget } from "./jobs.js";
import { part, say } from "./start.js";

/** Asks, erases, shows the receipt; true when it was done. */
export async function forgetMe() {
  if (!(await ask("forget"))) return false;
  const { erased, pending } = await forget();
  const receipt = part("receipt");
  const counted = list(erased);
  receipt.replaceChildren(say(counted ? "forgotten" : "forgotten-nothing"), counted ?? "");
  const left = list(pending);
  if (left) receipt.append(say("pending"), left);
  receipt.hidden = false;
  return true;
}

function list(counts) {
  const entries = Object.entries(counts).filter(([, count]) => count > 0);
  if (!entries.length) return null;
  const box = document.createElement("ul");
  for (const [kind, count] of entries) {
    const line = document.createElement("li");
    line.textContent = `${say(`kind-${kind}`) || kind}: ${count}`;
    box.append(line);
  }
  return box;
}
