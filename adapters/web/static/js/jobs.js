// The other requests about jobs. Each is harmless to repeat.

import { spoken } from "./start.js";

const TRIES = 6;
const LONGEST_WAIT_MS = 15000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The job is not here: erased, or another guest's. */
export class Gone extends Error {}

async function ask(path, options = {}, tries = TRIES) {
  for (let tried = 1; ; tried += 1) {
    const answer = await fetch(path, { headers: spoken, ...options }).catch(() => null); // null: the line is down
    if (answer?.ok) return answer;
    if (answer?.status === 404) throw new Gone(path);
    if (tried >= tries) throw new Error(path);
    await pause(Math.min(400 * 2 ** tried, LONGEST_WAIT_MS));
  }
}

export const pictureAddress = (id) => `/api/jobs/${id}/picture`;

export const look = async (id) => (await ask(`/api/jobs/${id}`)).json();

/** The picture, whatever the line does meanwhile. */
export const picture = async (id) => (await ask(pictureAddress(id), {}, Infinity)).blob();

/** Cancels or erases; one that is gone already is as wished. */
export async function discard(id) {
  try {
    await ask(`/api/jobs/${id}`, { method: "DELETE" });
  } catch (error) {
    if (!(error instanceof Gone)) throw error;
  }
}

/** Erases everything; the receipt. */
export const forget = async () => (await ask("/api/me", { method: "DELETE" })).json();
