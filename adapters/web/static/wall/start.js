// What the server gave the wall to start with, and what its address asks for.

export const start = JSON.parse(document.getElementById("start").textContent);

/** A sentence of the script's, by the end of its key. */
export const say = (key) => start.words[`wall-say-${key}`] ?? "";

export const part = (id) => document.getElementById(id);

/** A setting in the wall's address, e.g. ?seconds=12. */
export const asked = (name) => new URLSearchParams(location.search).get(name) ?? "";

const MOST = 1440; // minutes of a day; a timer of more than 24 days would end at once

/** A number above 0 in the wall's address; what is none is the usual one. */
export function number(name, usual) {
  const given = Number(asked(name));
  return given > 0 ? Math.min(given, MOST) : usual;
}

export const calm = matchMedia("(prefers-reduced-motion: reduce)");
