// The viewfinder: mirrored like a mirror, with a countdown; the photo itself is not mirrored.

import { encode } from "./photo.js";
import { part, say } from "./start.js";

const COUNT_FROM = 3;
const STEP_MS = 800;
const dialog = part("camera");
const video = part("finder");
const frame = video.parentElement;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let facing = "user";
let stream = null;

/** Whether this page may ask for the camera at all: a secure context, and a browser that can. */
export const hasViewfinder = () => Boolean(navigator.mediaDevices?.getUserMedia);

/** Opens the viewfinder; a photo, or null when the guest closes it. Throws when the camera is refused. */
export async function takePhoto() {
  dialog.showModal();
  const decided = decision();
  try {
    await Promise.race([open(), decided]);
    return await decided;
  } finally {
    stop();
    if (dialog.open) dialog.close();
  }
}

async function open() {
  stop();
  part("shoot").disabled = true;
  part("camera-telling").textContent = say("camera-waiting");
  const wish = { facingMode: facing, width: { ideal: 1920 }, height: { ideal: 1440 } };
  stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
  if (!dialog.open) return stop(); // closed while the browser was asking
  video.srcObject = stream;
  const devices = await navigator.mediaDevices.enumerateDevices();
  part("flip").hidden = devices.filter((device) => device.kind === "videoinput").length < 2;
  await video.play();
  frame.classList.toggle("mirrored", facing === "user");
  part("camera-telling").textContent = "";
  part("shoot").disabled = false;
  part("shoot").focus();
}

function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.srcObject = null;
}

function decision() {
  const listening = new AbortController();
  const { signal } = listening;
  const result = new Promise((resolve, reject) => {
    part("shoot").addEventListener("click", () => shoot(signal).then(resolve, reject), { signal });
    part("flip").addEventListener("click", () => flip().catch(reject), { signal });
    part("camera-close").addEventListener("click", () => resolve(null), { signal });
    dialog.addEventListener("close", () => resolve(null), { signal });
  });
  return result.finally(() => listening.abort());
}

function flip() {
  facing = facing === "user" ? "environment" : "user";
  return open();
}

async function shoot(signal) {
  part("shoot").disabled = true;
  for (let left = COUNT_FROM; left > 0 && !signal.aborted; left -= 1) {
    part("count").textContent = String(left);
    await pause(STEP_MS);
  }
  part("count").textContent = "";
  if (signal.aborted) return null;
  const photo = await encode(video, video.videoWidth, video.videoHeight);
  frame.classList.add("flash");
  await pause(300);
  frame.classList.remove("flash");
  return photo;
}
