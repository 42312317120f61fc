// The screen's light: less at night, by the clock of this machine, or as the wall's address says.
//   ?night=22-7 (the hours; "off" is never)    ?light=60 (percent, by day as well)

import { asked } from "./start.js";

const LOOK_MS = 30000;
const AT_NIGHT = 0.35;

/** The hours of a text like "22-7"; null for none. */
function hours(text) {
  const found = /^(\d{1,2})-(\d{1,2})$/.exec(text || "22-7");
  return found && [Number(found[1]), Number(found[2])];
}

function isNight(hour) {
  const night = hours(asked("night"));
  if (!night) return false;
  const [from, to] = night;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

function light() {
  const given = Number(asked("light")) / 100;
  const day = given > 0 && given <= 1 ? given : 1;
  return isNight(new Date().getHours()) ? Math.min(day, AT_NIGHT) : day;
}

const set = () => document.body.style.setProperty("--light", light());

/** Follow the clock for ever. */
export function followTheClock() {
  set();
  setInterval(set, LOOK_MS);
}

/** Keep the screen on, where the browser can (it needs https or this machine's own address). */
export async function stayAwake() {
  if (document.hidden) return;
  await navigator.wakeLock?.request("screen").catch(() => {});
}
