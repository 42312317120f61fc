// One large picture after another: what is new comes at once, then all that hang here, round and round.

import { clear, hang } from "./pictures.js";
import { calm, number, part, say } from "./start.js";

const SHOW_MS = 1000 * number("seconds", 9);
const LEAST_MS = Math.min(3000, SHOW_MS); // even when the next one is there already
const AGAIN_MS = Math.min(2000, SHOW_MS);
const FADE_MS = 1700; // a little more than the style sheet's
const GROUND = 32; // pixels; drawn large it is a soft ground

const slots = [...part("stage").querySelectorAll(".slot")].map((figure) => ({
  figure,
  ground: figure.querySelector(".ground"),
  large: figure.querySelector(".large"),
  crown: figure.querySelector(".crown"),
  whose: figure.querySelector(".whose"),
  id: null,
}));
let pieces = [];
let fresh = []; // ids that have not been shown yet
let front = 0; // the slot that is seen
let turn = 0;
let timer = 0;
let since = 0;
let isPaused = false;
let onShow = () => {};

const present = (id) => pieces.some((piece) => piece.id === id);

/** The share that is large just now, or null. */
export const current = () => slots[front].id;

/** Calls `listen` with the id of each picture when it becomes large. */
export function follow(listen) {
  onShow = listen;
}

/** The large picture stays for now, unless it is taken back; or goes on. */
export function pause(isOn) {
  isPaused = isOn;
  if (!isOn) return plan(LEAST_MS);
  clearTimeout(timer);
  turn += 1; // nor does one come that is being fetched
}

/** What hangs here now; what doesn't any more is gone when this returns. */
export function update(next) {
  const known = new Set(pieces.map((piece) => piece.id));
  const isFirst = pieces.length === 0;
  pieces = next;
  if (!isFirst) fresh.push(...next.filter((piece) => !known.has(piece.id)).map((piece) => piece.id).reverse());
  fresh = fresh.filter(present);
  document.body.classList.toggle("empty", pieces.length === 0);
  const shown = current();
  for (const slot of slots) if (slot.id && !present(slot.id)) empty(slot);
  if (current()) label(slots[front], find(current()));
  if (!current() && (shown || isFirst)) advance();
  else if (fresh.length) plan(LEAST_MS - (performance.now() - since));
}

const find = (id) => pieces.find((piece) => piece.id === id);

function plan(ms) {
  clearTimeout(timer);
  if (isPaused && current()) return;
  timer = setTimeout(advance, Math.max(0, ms));
}

function choose() {
  const id = fresh.shift();
  if (id) return find(id);
  const at = pieces.findIndex((piece) => piece.id === current());
  return pieces[(at + 1) % pieces.length];
}

async function advance() {
  clearTimeout(timer);
  if (!pieces.length) return;
  const piece = choose();
  if (piece.id === current()) return plan(SHOW_MS);
  const mine = (turn += 1);
  const slot = slots[1 - front];
  empty(slot);
  slot.id = piece.id;
  const isThere = (await Promise.all([hang(slot.large, piece.id), hang(slot.ground, piece.id, GROUND)]))[0];
  if (mine !== turn) return;
  if (!isThere || !present(piece.id)) {
    empty(slot);
    return plan(AGAIN_MS);
  }
  label(slot, find(piece.id));
  change(slot);
  plan(SHOW_MS);
}

function change(slot) {
  const before = slots[front];
  front = slots.indexOf(slot);
  slot.large.style.setProperty("--shape", slot.large.naturalWidth / slot.large.naturalHeight);
  before.figure.classList.remove("over");
  before.figure.ariaHidden = "true";
  slot.figure.ariaHidden = "false";
  slot.figure.classList.add("over", "seen");
  since = performance.now();
  const leaving = before.id;
  setTimeout(() => before !== slots[front] && before.id === leaving && empty(before), calm.matches ? 0 : FADE_MS);
  onShow(slot.id);
}

function label(slot, piece) {
  const words = [piece.name, piece.style].filter(Boolean).join(" · ");
  slot.whose.textContent = words;
  slot.large.alt = `${say("picture")}: ${words}`;
  slot.crown.hidden = !piece.crowned;
  slot.figure.classList.toggle("two", piece.crowned && slot.whose.offsetTop > slot.crown.offsetTop);
}

function empty(slot) {
  slot.id = null;
  slot.figure.classList.remove("seen", "over");
  slot.whose.textContent = "";
  slot.crown.hidden = true;
  clear(slot.large);
  clear(slot.ground);
}
