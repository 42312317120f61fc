// A guest's file, made no larger than is of use: upright, at most 2048 pixels long, JPEG.
// Drawing it anew also leaves its place and time (EXIF) on the phone.

const LONG_SIDE = 2048;
const QUALITY = 0.9;

/** A smaller JPEG; or the file as it is and `readable` false, where this browser can't read it (e.g. HEIC). */
export async function prepare(file) {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return { blob: await encode(image, image.naturalWidth, image.naturalHeight), readable: true };
  } catch {
    return { blob: file, readable: false };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A frame of a video or an image as JPEG. */
export function encode(source, width, height) {
  const scale = Math.min(1, LONG_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // what is transparent becomes paper, not black
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no JPEG"))), "image/jpeg", QUALITY);
  });
}
