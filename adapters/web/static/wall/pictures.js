// Shared pictures in a fixed number of <img> elements: nothing of one stays when the next has come.

const wanted = new WeakMap(); // image -> what it is to show

/**
 * Puts a shared picture into an element.
 * @param {HTMLImageElement} image
 * @param {string} id of the share
 * @param {number} width in pixels, one of the server's; none: whole
 * @returns whether it is there: not when it isn't shared any more, or when another was put there meanwhile.
 */
export async function hang(image, id, width) {
  const wish = { id };
  wanted.set(image, wish);
  const blob = await fetched(id, width);
  if (wanted.get(image) !== wish) return false;
  if (!blob) return clear(image), false;
  const url = URL.createObjectURL(blob);
  try {
    image.src = url;
    await image.decode();
  } catch {
    return false;
  } finally {
    URL.revokeObjectURL(url);
  }
  return wanted.get(image) === wish;
}

/** Takes a picture out of an element, and out of memory. */
export function clear(image) {
  wanted.delete(image);
  image.removeAttribute("src");
  image.alt = "";
}

async function fetched(id, width) {
  const size = width ? `?w=${width}` : "";
  const answer = await fetch(`/display/pictures/${id}${size}`, { cache: "no-store" }).catch(() => null);
  return answer?.ok ? answer.blob().catch(() => null) : null;
}
