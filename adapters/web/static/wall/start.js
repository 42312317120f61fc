// What the server gave the wall to start with, and what its address asks for.

export const start = JSON.parse(document.getElementById("start").textContent);

/** A sentence of the script's, by the end of its key. */
export const say = (key) => start.words[`wall-say-${key}`] ?? "";

export const part = (id) => document.getElementById(id);

/** A setting in the wall's address, e.g. ?seconds=12. */
export const asked = (name) => new URLSearchParams(location.search).get(name) ?? "";

export const calm = matchMedia("(prefers-reduced-motion: reduce)");
