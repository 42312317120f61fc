// The pictures of this tab: their ids only, for as long as the tab lives.

import { pictureAddress } from "./jobs.js";
import { part, say } from "./start.js";
import { nameOf } from "./styles.js";

const LIST = "petaflop.pictures";
const CURRENT = "petaflop.current";
const MOST = 12;
const urls = new Map();

const read = () => JSON.parse(sessionStorage.getItem(LIST) ?? "[]");
const write = (entries) => sessionStorage.setItem(LIST, JSON.stringify(entries.slice(0, MOST)));

/** Remember a finished picture, newest first. */
export function add(id, style, url) {
  urls.set(id, url);
  write([{ id, style }, ...read().filter((entry) => entry.id !== id)]);
}

/** Drop a picture from the list and from memory. */
export function remove(id) {
  if (urls.has(id)) URL.revokeObjectURL(urls.get(id));
  urls.delete(id);
  write(read().filter((entry) => entry.id !== id));
}

export function clear() {
  for (const { id } of read()) remove(id);
  current(null);
}

/** Draw the row; `open` is called with the entry that the guest picks. */
export function draw(open) {
  const entries = read();
  part("earlier").hidden = entries.length === 0;
  part("album").replaceChildren(...entries.map((entry) => item(entry, open)));
}

function item(entry, open) {
  const image = document.createElement("img");
  image.alt = `${say("open")}: ${nameOf(entry.style)}`;
  image.loading = "lazy";
  image.src = urls.get(entry.id) ?? pictureAddress(entry.id);
  const button = document.createElement("button");
  button.type = "button";
  button.append(image);
  button.addEventListener("click", () => open(entry));
  const line = document.createElement("li");
  line.append(button);
  image.addEventListener("error", () => line.remove());
  return line;
}

/** The job that is under way: remembered, so that a reloaded page goes on watching it. */
export function current(job) {
  if (job) sessionStorage.setItem(CURRENT, JSON.stringify(job));
  else sessionStorage.removeItem(CURRENT);
}

export const unfinished = () => JSON.parse(sessionStorage.getItem(CURRENT) ?? "null");
