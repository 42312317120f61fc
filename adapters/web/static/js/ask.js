// A question before something is gone for good.

import { part } from "./start.js";

/** Opens a dialog; true when the guest says yes. Escape is no. */
export function ask(name) {
  const dialog = part(`ask-${name}`);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
