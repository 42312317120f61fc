// What stands beside the pictures: codes, the line, and what is wrong just now.

import { part } from "./start.js";

const MINUTE_S = 60;
const language = document.documentElement.lang;
const number = new Intl.NumberFormat(language);
const troubles = new Set();
let drawn = "";

/** Draw the codes; one that stayed the same is left alone. */
export function codes(told) {
  if (drawn === JSON.stringify(told)) return;
  drawn = JSON.stringify(told);
  document.body.dataset.codes = told.length;
  part("codes").replaceChildren(...told.map(code));
}

function code({ name, label, url }) {
  const item = document.createElement("li");
  const image = document.createElement("img");
  const network = document.createElement("b");
  const address = document.createElement("span");
  Object.assign(image, { src: url, alt: name });
  network.textContent = name;
  address.textContent = label;
  item.append(image, network, address);
  return item;
}

/** How the booth stands. */
export function stand({ waiting, eta_s: eta, made, painting, online, away }) {
  part("waiting").textContent = number.format(waiting);
  part("eta").textContent = painting ? `≈ ${span(eta)}` : "…";
  part("made").textContent = number.format(made);
  trouble("offline", !online);
  for (const line of part("banner").querySelectorAll("[data-network]"))
    trouble(line.dataset.for, away.includes(line.dataset.network));
  trouble("not-painting", !painting);
}

/** Nobody here knows how the line stands now. */
export function unknown() {
  for (const name of ["waiting", "eta"]) part(name).textContent = "…";
}

const span = (eta) => (eta < 2 * MINUTE_S ? `${Math.max(1, eta)} s` : `${Math.round(eta / MINUTE_S)} min`);

/** Say that something is wrong, or that it is over. */
export function trouble(name, isThere) {
  if (isThere) troubles.add(name);
  else troubles.delete(name);
  for (const line of part("banner").children) line.hidden = !troubles.has(line.dataset.for);
  part("banner").hidden = troubles.size === 0;
}
