// Watching one job until it is done: server-sent events, and plain looks where those don't get through.

import { Gone, look } from "./jobs.js";

const FINAL = new Set(["done", "failed", "cancelled"]);
const LOOK_EVERY_MS = 3000;

/**
 * Watches a job.
 * @param {string} id
 * @param {{onStatus: Function, onProgress: Function, onPreview: Function, onLost: Function, onEnd: Function, onGone: Function}} on
 * @returns a function that stops watching.
 */
export function watch(id, on) {
  const source = new EventSource(`/api/jobs/${id}/events`);
  let looks = 0;
  const stop = () => {
    source.close();
    clearInterval(looks);
  };
  const status = (told) => {
    if (FINAL.has(told.status)) {
      stop();
      on.onEnd(told);
    } else {
      on.onStatus(told);
    }
  };
  source.addEventListener("status", (event) => status(JSON.parse(event.data)));
  source.addEventListener("progress", (event) => on.onProgress(JSON.parse(event.data)));
  source.addEventListener("preview", (event) => on.onPreview(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    on.onLost();
    // The browser reconnects by itself, except after an answer that is no stream.
    if (source.readyState === EventSource.CLOSED && !looks) {
      looks = setInterval(() => lookOnce(id, status, on, stop), LOOK_EVERY_MS);
      lookOnce(id, status, on, stop);
    }
  });
  return stop;
}

async function lookOnce(id, status, on, stop) {
  try {
    status(await look(id));
  } catch (error) {
    if (!(error instanceof Gone)) return;
    stop();
    on.onGone();
  }
}
