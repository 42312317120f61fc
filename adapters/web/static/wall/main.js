// The wall: it listens for ever, and shows what it is told.

import { codes, stand, trouble, unknown } from "./figures.js";
import { followTheClock, stayAwake } from "./light.js";
import * as pin from "./pin.js";
import * as show from "./show.js";
import { number, start } from "./start.js";
import { listen } from "./stream.js";
import * as strip from "./strip.js";

const BLIND_MS = 60000 * number("blind", 10); // then nobody here knows which are still shared
let blind = 0;

function wall(told) {
  codes(told.codes);
  stand(told);
  show.update(told.pieces);
  strip.update(told.pieces);
}

function bare() {
  show.update([]);
  strip.update([]);
}

function lost(isFull) {
  trouble("lost", !isFull);
  trouble("screens", isFull);
  unknown();
  blind ||= setTimeout(bare, BLIND_MS);
}

function back() {
  trouble("lost", false);
  trouble("screens", false);
  clearTimeout(blind);
  blind = 0;
}

codes(start.codes);
show.follow(strip.mark);
pin.listen();
followTheClock();
stayAwake();
document.addEventListener("visibilitychange", stayAwake);
listen({
  onWall: wall,
  onLost: lost,
  onBack: back,
});
