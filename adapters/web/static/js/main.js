// The page's way: a photo, a style, the picture; and from there on again.

import * as album from "./album.js";
import { ask } from "./ask.js";
import * as camera from "./camera.js";
import { forgetMe } from "./forget.js";
import * as hang from "./hang.js";
import { Gone, discard, picture } from "./jobs.js";
import * as keepsakes from "./keepsakes.js";
import { prepare } from "./photo.js";
import { present } from "./result.js";
import { Refusal, newKey, send } from "./send.js";
import * as sources from "./sources.js";
import { part, say, start } from "./start.js";
import * as styles from "./styles.js";
import * as view from "./view.js";
import { watch } from "./watch.js";

const ICON = document.querySelector("link[rel=icon]").href;
const TITLE = document.title;
let photo = null; // in hand: {blob, url}
let kept = null; // the job under which the server keeps this photo: nothing is uploaded twice
let job = null; // on the stage or under way: {id, style}
let order = new AbortController(); // of what is being sent
let stopWatching = () => {};

// -- a photo ---------------------------------------------------------------------------------------------

async function take(file) {
  if (view.state() === "busy") return;
  view.warn("");
  view.speak(say("preparing"));
  const { blob, readable } = await prepare(file);
  if (blob.size > start.maxUpload) return refuse("too-large");
  drop();
  photo = { blob, url: readable ? URL.createObjectURL(blob) : ICON };
  ready();
}

function refuse(key) {
  view.warn(say(key));
}

function drop() {
  if (photo && photo.url !== ICON) URL.revokeObjectURL(photo.url);
  photo = null;
  kept = null;
  job = null;
}

async function openCamera() {
  if (!camera.hasViewfinder()) return sources.openSelfie();
  try {
    const shot = await camera.takePhoto();
    if (shot) await take(shot);
  } catch {
    refuse("camera-blocked");
  }
}

async function takeSample() {
  try {
    await take(await sources.sample());
  } catch {
    refuse("failed");
  }
}

// -- states ----------------------------------------------------------------------------------------------

function begin() {
  drop();
  view.show("start");
  label();
}

/** A photo is there, here or at the server; now the style. */
function ready() {
  if (photo) view.stage(photo.url, part("stage-heading").dataset.photo);
  view.show("ready");
  label();
  view.speak(say("ready"));
  view.lead(part(styles.isChosen() ? "go" : "styles-heading"), part("stage"));
}

function busy(sentence) {
  view.warn("");
  view.show("busy");
  view.tell(sentence);
  view.speak(sentence);
  view.lead(part("cancel"), part("stage"));
}

/** After something went wrong: back to where the guest can act. */
function back(sentence) {
  album.current(null);
  if (photo || kept) ready();
  else begin();
  view.warn(sentence);
}

function label() {
  const go = part("go");
  const isReady = view.state() === "ready";
  go.textContent = isReady ? (styles.isChosen() ? go.dataset.make : say("pick-style")) : go.dataset.take;
  go.disabled = isReady && !styles.isChosen();
  part("go-bar").hidden = !isReady && !styles.isChosen();
}

// -- a picture -------------------------------------------------------------------------------------------

async function make(style) {
  order = new AbortController();
  const { signal } = order;
  const isAgain = kept !== null;
  busy(say(isAgain ? "sent" : "sending"));
  try {
    const made = await send(form(style), { key: newKey(), signal, onProgress: sendingAt, onTrouble: trouble });
    if (signal.aborted) return await discard(made.id);
    follow({ id: made.id, style });
  } catch (error) {
    if (signal.aborted) return;
    if (isAgain && error instanceof Refusal && error.status === 404) {
      kept = null; // erased at the server by now, but maybe still in hand
      if (photo) return await make(style);
    }
    back((error instanceof Refusal && error.message) || say("failed"));
  }
}

function form(style) {
  const fields = new FormData();
  fields.append("style", style);
  if (kept) fields.append("again", kept);
  else fields.append("photo", photo.blob, "photo");
  return fields;
}

function sendingAt(share) {
  view.tell(say(share < 1 ? "sending" : "sent"), share < 1 ? share : null);
}

function trouble(detail) {
  const sentence = detail ? `${detail} ${say("trying")}` : say(navigator.onLine ? "retrying" : "offline");
  view.tell(sentence);
  view.speak(sentence);
}

function follow(next) {
  job = next;
  album.current(next);
  let place = "";
  const told = ({ status, position, text }) => {
    view.tell(text);
    if (place !== `${status} ${position}`) view.speak(text); // the seconds count down silently
    place = `${status} ${position}`;
  };
  stopWatching = watch(next.id, {
    onStatus: told,
    onProgress: ({ value }) => view.tell(part("telling").textContent, value),
    onPreview: ({ image }) => view.stage(image, part("telling").textContent, { growing: true }),
    onLost: () => view.tell(say("reconnecting")),
    onEnd: (status) => end(next, status),
    onGone: () => back(say("gone")),
  });
}

function end(ended, told) {
  const { status, text } = told;
  if (status !== "cancelled") kept = ended.id; // also a failed job's photo is still there
  if (status === "done") finish(ended, told);
  else back(text);
}

/** Fetch a picture and show it; `told` is what was said of it just now, null for an earlier one. */
async function finish(done, told) {
  const fresh = told !== null;
  job = done;
  view.tell(say("fetching"));
  try {
    const blob = await picture(done.id);
    if (job !== done) return; // the guest has gone on meanwhile
    const url = URL.createObjectURL(blob);
    album.add(done.id, done.style, url);
    album.current(null);
    present(blob, url, done.style, fresh);
    hang.present(done.id, told);
    view.show("done");
    view.warn("");
    view.lead(part(part("share").hidden ? "keep" : "share"), part("stage"));
    album.draw(open);
    if (fresh) announce();
  } catch (error) {
    if (job === done) back(say(error instanceof Gone ? "gone" : "failed"));
  }
}

function announce() {
  view.speak(say("done"));
  navigator.vibrate?.(80);
  if (document.hidden) document.title = say("tab-ready");
}

// -- what the guest does ---------------------------------------------------------------------------------

function cancel() {
  order.abort();
  stopWatching();
  if (job && album.unfinished()) discard(job.id).catch(() => {}); // it is shown nowhere any more
  job = null;
  back(say("cancelled"));
}

function open(entry) {
  if (view.state() === "busy") return;
  drop();
  kept = entry.id;
  finish(entry, null);
}

async function erase() {
  if (!(await ask("delete"))) return;
  const { id } = job;
  try {
    await discard(id);
  } catch {
    return refuse("failed");
  }
  album.remove(id);
  album.draw(open);
  begin();
  view.speak(say("deleted"));
  view.lead(part("take"));
}

async function forget() {
  if (!(await forgetMe())) return;
  order.abort();
  stopWatching();
  album.clear();
  album.draw(open);
  begin();
}

function submit(event) {
  event.preventDefault();
  view.warn("");
  if (view.state() === "start") openCamera();
  else make(styles.chosen());
}

const clicks = {
  take: openCamera,
  choose: sources.openFiles,
  sample: takeSample,
  another: () => (begin(), view.lead(part("take"))),
  cancel,
  again: () => make(job.style),
  keepsake: () => keepsakes.offer(job.id),
  other: () => (styles.refresh(), ready()),
  new: () => (begin(), view.lead(part("take"), part("stage"))),
  delete: erase,
  forget,
};

for (const [id, act] of Object.entries(clicks)) part(id).addEventListener("click", act);
part("choice").addEventListener("submit", submit);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = TITLE;
});
sources.listen(take, () => refuse("not-a-picture"));
styles.draw();
styles.onChoice(label);
begin();
album.draw(open);

// A code has done its work once it is scanned: opened anew, or passed on, the page is just the page.
const language = new URLSearchParams(location.search).get("lang");
const plain = location.pathname + (language ? `?lang=${encodeURIComponent(language)}` : "");
if (location.search) history.replaceState(null, "", plain);

const unfinished = album.unfinished();
if (unfinished) {
  kept = unfinished.id;
  view.stage(ICON, "");
  busy(say("reconnecting"));
  follow(unfinished);
}
