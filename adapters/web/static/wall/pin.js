// Hiding the picture that is large: a long press or the key m, then the PIN.

import { clear, hang } from "./pictures.js";
import * as show from "./show.js";
import { part, say } from "./start.js";

const SMALL = 320; // pixels
const PRESS_MS = 1200;
const IDLE_MS = 30000; // whoever went away leaves the wall to the others
const dialog = part("pin");
const digits = part("pin-digits");
const told = part("pin-told");
const shown = part("pin-shown");
let share = null; // what is to be hidden: the picture that was large when the dialog was opened
let pressing = 0;
let idle = 0;

function open(id) {
  if (!id || dialog.open) return;
  share = id;
  digits.value = "";
  told.textContent = "";
  show.pause(true);
  shown.hidden = false;
  hang(shown, id, SMALL);
  shown.alt = say("picture");
  dialog.showModal();
  digits.focus();
  stay();
}

function stay() {
  clearTimeout(idle);
  idle = setTimeout(() => dialog.close(), IDLE_MS);
}

function press(key) {
  told.textContent = "";
  if (key === "close") dialog.close();
  else digits.value = key === "erase" ? digits.value.slice(0, -1) : digits.value + key;
}

async function hide() {
  const body = new URLSearchParams({ pin: digits.value, share });
  const query = `?lang=${document.documentElement.lang}`;
  const answer = await fetch(`/display/hide${query}`, { method: "POST", body }).catch(() => null);
  digits.value = "";
  if (answer?.ok) return dialog.close();
  const problem = await answer?.json().catch(() => null);
  told.textContent = problem?.detail ?? say("failed");
}

/** Listens for the press and the key, which mean the picture that is large. */
export function listen() {
  const stage = part("stage");
  const stop = () => clearTimeout(pressing);
  stage.addEventListener("pointerdown", () => {
    stop();
    pressing = setTimeout(() => open(show.current()), PRESS_MS);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) stage.addEventListener(end, stop);
  stage.addEventListener("contextmenu", (event) => event.preventDefault());
  addEventListener("keydown", (event) => {
    if (event.key === "m" && !dialog.open) {
      event.preventDefault();
      open(show.current());
    }
  });
  part("pin-form").addEventListener("click", (event) => {
    const button = event.target.closest(".pad button");
    if (button) press(button.value);
  });
  part("pin-form").addEventListener("submit", (event) => {
    event.preventDefault();
    hide();
  });
  for (const sign of ["pointerdown", "keydown"]) dialog.addEventListener(sign, stay);
  dialog.addEventListener("close", () => {
    clearTimeout(idle);
    share = null;
    clear(shown);
    shown.hidden = true;
    show.pause(false);
  });
}
