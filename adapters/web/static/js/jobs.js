// The other requests about jobs. Each is harmless to repeat.

const TRIES = 6;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The job is not here: erased, or another guest's. */
export class Gone extends Error {}

async function ask(path, options = {}) {
  for (let tries = 1; ; tries += 1) {
    try {
      const answer = await fetch(path, options);
      if (answer.status === 404) throw new Gone(path);
      if (answer.ok) return answer;
      if (answer.status < 500) throw new Error(String(answer.status));
    } catch (error) {
      if (error instanceof Gone || tries >= TRIES) throw error;
    }
    if (tries >= TRIES) throw new Error(path);
    await pause(400 * 2 ** tries);
  }
}

export const pictureAddress = (id) => `/api/jobs/${id}/picture`;

export const look = async (id) => (await ask(`/api/jobs/${id}`)).json();

export const picture = async (id) => (await ask(pictureAddress(id))).blob();

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
