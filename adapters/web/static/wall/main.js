// The wall: it listens for ever, and shows what it is told.

import { codes, stand, trouble } from "./figures.js";
import { followTheClock, stayAwake } from "./light.js";
import * as pin from "./pin.js";
import * as show from "./show.js";
import { start } from "./start.js";
import { listen } from "./stream.js";
import * as strip from "./strip.js";

function wall(told) {
  codes(told.codes);
  stand(told);
  show.update(told.pieces);
  strip.update(told.pieces);
}

codes(start.codes);
show.follow(strip.mark);
pin.listen(show.current);
followTheClock();
stayAwake();
document.addEventListener("visibilitychange", stayAwake);
listen({
  onWall: wall,
  onLost: () => trouble("lost", true),
  onBack: () => trouble("lost", false),
});
