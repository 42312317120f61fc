// The styles: a group of radio buttons that look like pictures.

import { part, say, spoken, start } from "./start.js";

const SURPRISE = "surprise";
const LONG_WAIT_S = 8;
const box = part("styles");
let styles = start.styles;

/** Draw the tiles; what was chosen stays chosen. */
export function draw(offer = styles) {
  styles = offer;
  const before = value() ?? start.style; // a scanned code names the style to begin with
  const surprise = { id: SURPRISE, name: box.dataset.surprise, available: true };
  box.replaceChildren(...[surprise, ...styles].map(tile));
  if (before) choose(before);
}

function tile(style) {
  const label = create("label", "style");
  const input = create("input");
  Object.assign(input, { type: "radio", name: "style", value: style.id });
  label.append(input, face(style), create("span", "name", style.name));
  label.classList.toggle("surprise", style.id === SURPRISE);
  label.classList.toggle("away", !style.available);
  if (!style.available) label.append(create("span", "note", say("away")));
  else if (style.eta_s > LONG_WAIT_S) label.append(create("span", "note", `≈ ${Math.round(style.eta_s)} s`));
  return label;
}

function face(style) {
  const shown = create("span", "face");
  if (style.preview) {
    const image = create("img");
    Object.assign(image, { src: style.preview, alt: "", loading: "lazy", decoding: "async" });
    shown.append(image);
  } else if (style.id === SURPRISE) {
    shown.append(part("surprise-icon").content.cloneNode(true));
  } else {
    const emoji = create("span", "", style.emoji);
    emoji.setAttribute("aria-hidden", "true");
    shown.append(emoji);
  }
  if (style.kind === "graph") shown.append(create("span", "badge", say("ai")));
  return shown;
}

function create(kind, name = "", words = "") {
  const element = document.createElement(kind);
  element.className = name;
  element.textContent = words;
  return element;
}

const value = () => box.querySelector("input:checked")?.value ?? null;

function choose(id) {
  const input = [...box.querySelectorAll("input")].find((one) => one.value === id);
  if (input) input.checked = true;
}

/** The chosen style's id; a surprise becomes one that is available just now. */
export function chosen() {
  if (value() !== SURPRISE) return value();
  const open = styles.filter((style) => style.available);
  const pool = open.length ? open : styles;
  return pool[Math.floor(Math.random() * pool.length)].id;
}

export const isChosen = () => value() !== null;

export const onChoice = (listen) => box.addEventListener("change", listen);

/** A style's name. */
export const nameOf = (id) => styles.find((style) => style.id === id)?.name ?? id;

/** Ask the server anew what is offered; on a bad line the old offer stands. */
export async function refresh() {
  try {
    const answer = await fetch("/api/styles", { headers: spoken });
    if (answer.ok) draw(await answer.json());
  } catch {
    // the offer that is shown is good enough
  }
}
