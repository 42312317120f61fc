// What the server gave the page to start with: words in the guest's language, styles, addresses.

export const start = JSON.parse(document.getElementById("start").textContent);

/** A sentence of the script's, by the end of its key. */
export const say = (key) => start.words[`page-say-${key}`] ?? "";

export const part = (id) => document.getElementById(id);
