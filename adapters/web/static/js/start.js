// What the server gave the page to start with: words in the guest's language, styles, addresses.

export const start = JSON.parse(document.getElementById("start").textContent);

/** A sentence of the script's, by the end of its key. */
export const say = (key) => start.words[`page-say-${key}`] ?? "";

/** Headers by which the server answers in the page's own language. */
export const spoken = { "Accept-Language": document.documentElement.lang };

export const part = (id) => document.getElementById(id);
