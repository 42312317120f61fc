// Forget me, with a receipt. What is told of it stands beside the button that was pressed.

import { ask } from "./ask.js";
import { forget } from "./jobs.js";
import { part, say } from "./start.js";

const button = part("forget");
const told = part("forget-told");
const receipts = part("receipt");

/** Asks, erases, shows the receipt; true when it was done. A second press has to wait for the first. */
export async function forgetMe() {
  if (isBusy() || !(await ask("forget"))) return false;
  wait(true);
  told.textContent = say("forgetting");
  try {
    show(await forget());
    told.textContent = "";
    return true;
  } catch {
    told.textContent = say("forget-failed");
    return false;
  } finally {
    wait(false);
  }
}

// Locked by a word, not by `disabled`: the keyboard stays where it is.
const isBusy = () => button.ariaDisabled === "true";
const wait = (isOn) => button.setAttribute("aria-disabled", isOn);

/** One receipt below the other: that nothing is left is no news to whoever has one. */
function show({ erased, pending }) {
  const [counted, left] = [list(erased), list(pending)];
  if (!counted && !left && !receipts.hidden) return;
  const receipt = document.createElement("div");
  receipt.append(say(counted ? "forgotten" : "forgotten-nothing"), counted ?? "");
  if (left) receipt.append(say("pending"), left);
  receipts.append(receipt);
  receipts.hidden = false;
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
