// Which part of the page is shown, what it tells, and where the focus goes.

import { part } from "./start.js";

const booth = part("booth");
const heading = part("stage-heading");
const spoken = part("spoken");
const notice = part("notice");

export const state = () => booth.dataset.state;

/** Show the parts of one state: start, ready, busy or done. */
export function show(name) {
  booth.dataset.state = name;
  for (const element of document.querySelectorAll("[data-in]")) {
    element.hidden = !element.dataset.in.split(" ").includes(name);
  }
  heading.textContent = name === "done" ? heading.dataset.picture : heading.dataset.photo;
}

/** Put a picture on the stage. */
export function stage(url, words, { growing = false, fresh = false } = {}) {
  const shown = part("shown");
  shown.src = url;
  shown.alt = words;
  part("print").classList.toggle("growing", growing);
  part("print").classList.toggle("fresh", fresh);
}

/** Say a sentence to those who listen; the same sentence is not said twice in a row. */
export function speak(sentence) {
  if (spoken.textContent !== sentence) spoken.textContent = sentence;
}

/** Tell how the work goes. A value of null is a bar without measure. */
export function tell(sentence, value = null) {
  part("telling").textContent = sentence;
  if (value === null) part("bar").removeAttribute("value");
  else part("bar").value = value;
}

/** A sentence that stays until the next step; an empty one clears it. */
export function warn(sentence) {
  notice.textContent = sentence;
  notice.hidden = !sentence;
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Let the keyboard go on from an element, and bring it, or what it belongs to, into view. */
export function lead(element, seen = element) {
  element.focus({ preventScroll: true });
  const block = seen === element ? "nearest" : "start";
  seen.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block });
}
