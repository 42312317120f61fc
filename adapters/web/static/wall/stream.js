// The wall's server-sent events, for ever: a stream that ends, or says nothing for too long, is opened anew.

import { start } from "./start.js";

const SILENCE_MS = 15000; // the server gives a sign of life every four seconds
const AGAIN_MS = 2000;
const FULL = 429;
const FULL_MS = 10000;
const LOST_MS = 4000; // a restart that nobody noticed is no news
const ADDRESS = `/display/events${location.search}`;
const RELOADED = "petaflop.reloaded";

/**
 * Listens for ever.
 * @param {{onWall: (told: object) => void, onLost: (isFull: boolean) => void, onBack: () => void}} on
 */
export function listen(on) {
  let source = null;
  let silence = 0;
  let lost = 0;
  const open = () => {
    clearTimeout(silence);
    source?.close();
    source = new EventSource(ADDRESS);
    source.addEventListener("hello", (event) => (alive(), renew(JSON.parse(event.data).version)));
    source.addEventListener("wall", (event) => (alive(), on.onWall(JSON.parse(event.data))));
    source.addEventListener("beat", () => alive());
    source.addEventListener("error", missed);
    silence = setTimeout(silent, SILENCE_MS);
  };
  const silent = () => {
    missed();
    open();
  };
  const alive = () => {
    clearTimeout(silence);
    clearTimeout(lost);
    lost = 0;
    silence = setTimeout(silent, SILENCE_MS);
    on.onBack();
  };
  const missed = async () => {
    lost ||= setTimeout(on.onLost, LOST_MS, false);
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    clearTimeout(silence);
    silence = setTimeout(open, AGAIN_MS);
    if (!(await isFull())) return;
    clearTimeout(lost);
    clearTimeout(silence);
    lost = 0;
    silence = setTimeout(open, FULL_MS);
    on.onLost(true);
  };
  open();
}

/** Whether there are too many walls: an EventSource doesn't tell why it was refused. */
async function isFull() {
  const asking = new AbortController();
  const answer = await fetch(ADDRESS, { signal: asking.signal }).catch(() => null);
  asking.abort(); // of a stream, its first line is enough
  return answer?.status === FULL;
}

/** Another version of the program serves us now: loaded once, and only while it is there. */
async function renew(version) {
  if (version === start.version || sessionStorage.getItem(RELOADED) === version) return;
  const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
  if (!answer?.ok) return;
  sessionStorage.setItem(RELOADED, version);
  location.reload();
}
