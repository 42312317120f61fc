// The finished picture on the stage: to share and to save.

import { part, say } from "./start.js";
import { nameOf } from "./styles.js";
import { stage } from "./view.js";

let file = null;

/** Put the picture up. */
export function present(blob, url, style, fresh) {
  const suffix = blob.type.split("/")[1]?.replace("jpeg", "jpg") ?? "jpg";
  file = new File([blob], `petaflop-${style}.${suffix}`, { type: blob.type });
  stage(url, `${say("picture-of-you")} ${nameOf(style)}`, { fresh });
  Object.assign(part("keep"), { href: url, download: file.name });
  part("share").hidden = !navigator.canShare?.({ files: [file] });
}

part("share").addEventListener("click", async () => {
  try {
    await navigator.share({ files: [file] });
  } catch {
    // closed without sharing
  }
});
