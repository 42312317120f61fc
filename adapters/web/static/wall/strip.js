// The newest pictures, small, in a row: as many as the screen is wide.

import { clear, hang } from "./pictures.js";
import { part } from "./start.js";

const SMALL = 320; // pixels
const MOST = 14;
const row = part("strip");
let pieces = [];
let large = null;

/** Draw the row anew: what was there stays as it is, what isn't shared any more is gone. */
export function update(next = pieces) {
  pieces = next;
  const ids = pieces.slice(0, room()).map((piece) => piece.id);
  const tiles = new Map([...row.children].map((tile) => [tile.dataset.id, tile]));
  for (const [id, tile] of tiles) if (!ids.includes(id)) drop(tile);
  ids.forEach((id, at) => {
    const tile = tiles.get(id) ?? make(id);
    if (row.children[at] !== tile) row.insertBefore(tile, row.children[at] ?? null);
  });
}

/** Show which one is large. */
export function mark(id) {
  large = id;
  for (const tile of row.children) tile.classList.toggle("now", tile.dataset.id === large);
}

function room() {
  const gap = parseFloat(getComputedStyle(row).columnGap) || 0;
  const side = row.clientHeight || 1;
  return Math.min(MOST, Math.max(1, Math.floor((row.clientWidth + gap) / (side + gap))));
}

function make(id) {
  const tile = document.createElement("li");
  const image = document.createElement("img");
  tile.dataset.id = id;
  image.alt = "";
  tile.append(image);
  tile.classList.toggle("now", id === large);
  hang(image, id, SMALL).then((isThere) => image.classList.toggle("seen", isThere));
  return tile;
}

function drop(tile) {
  clear(tile.firstChild);
  tile.remove();
}

addEventListener("resize", () => update());
