// Ways for a photo into the page: a file, a drop, a paste, the sample.

import { part, start } from "./start.js";

const FAMILIAR = /\.(jpe?g|png|webp|gif|avif|hei[cf])$/i; // some systems give no type for HEIC

const isPicture = (file) => file.type.startsWith("image/") || FAMILIAR.test(file.name);

/** Calls `take` with each picture that comes, `refuse` when something else does. */
export function listen(take, refuse) {
  const got = (files) => {
    const file = [...files].find(isPicture);
    if (file) take(file);
    else if (files.length) refuse();
  };
  for (const id of ["file", "selfie"]) {
    const input = part(id);
    input.addEventListener("change", () => {
      got(input.files);
      input.value = ""; // the same file may be chosen again
    });
  }
  addEventListener("paste", (event) => got(event.clipboardData?.files ?? []));
  listenToDrops(got);
}

function listenToDrops(got) {
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    got(event.dataTransfer.files);
  });
}

export const openFiles = () => part("file").click();

/** The phone's own camera app; on a computer, the file chooser. */
export const openSelfie = () => part("selfie").click();

/** The portrait that the booth brings along. */
export async function sample() {
  const answer = await fetch(start.sample);
  if (!answer.ok) throw new Error("no sample");
  return answer.blob();
}
