// Sending over a line that drops: one key for all tries of one post, so that it makes one job at most.

import { spoken } from "./start.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15000;
const STALL_MS = 30000;
const TRY_AGAIN = new Set([408, 425, 502, 503, 504]);

/** The server's answer that trying again won't change. */
export class Refusal extends Error {
  constructor(problem) {
    super(problem.detail ?? "");
    this.status = problem.status;
    this.code = problem.code ?? "";
  }
}

/** A key for one post: 128 random bits. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Posts the form until it is answered.
 * @param {FormData} form
 * @param {{key: string, signal: AbortSignal, onProgress: (share: number) => void, onTrouble: (words: string) => void}} how
 * @returns the job. Throws a Refusal, or an AbortError when the signal ends it.
 */
export async function send(form, { key, signal, onProgress, onTrouble }) {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const answer = await attempt(form, key, signal, onProgress);
    if (answer.status === 202) return answer.body;
    if (answer.status && !TRY_AGAIN.has(answer.status)) throw new Refusal(answer.body);
    onTrouble(answer.body.detail ?? "");
    await pause(Math.max(wait, answer.retryAfterMs), signal);
  }
}

function attempt(form, key, signal, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch() tells nothing of an upload's progress
    const giveUp = () => request.abort();
    let stalled = setTimeout(giveUp, STALL_MS);
    const moving = () => {
      clearTimeout(stalled);
      stalled = setTimeout(giveUp, STALL_MS);
    };
    let arrived = false; // then the answer is awaited even if the guest cancels: it names what to cancel
    const stop = () => arrived || giveUp();
    request.upload.onload = () => {
      arrived = true;
      onProgress(1);
    };
    request.upload.onprogress = (event) => {
      moving();
      onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    };
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener("abort", stop);
      if (signal.aborted && request.status === 0) reject(signal.reason);
      else resolve(read(request));
    };
    signal.addEventListener("abort", stop);
    request.open("POST", "/api/jobs");
    request.setRequestHeader("Idempotency-Key", key);
    for (const [name, value] of Object.entries(spoken)) request.setRequestHeader(name, value);
    request.send(form);
  });
}

function read(request) {
  const retryAfterMs = 1000 * Number(request.getResponseHeader("Retry-After") ?? 0) || 0;
  try {
    return { status: request.status, body: JSON.parse(request.responseText), retryAfterMs };
  } catch {
    return { status: request.status, body: { status: request.status }, retryAfterMs };
  }
}

/** Waits; ends early when the phone is online again. */
function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
