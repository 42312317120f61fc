// Better with a script, not only with it: older pictures are put below those that are there.

const list = document.getElementById("pictures");

async function more(event) {
  const link = event.target.closest("#more");
  if (!link) return;
  event.preventDefault();
  const answer = await fetch(link.href).catch(() => null);
  if (!answer?.ok) return location.assign(link.href);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const first = next.querySelector("#pictures a");
  list.append(...next.getElementById("pictures").children);
  const onward = next.getElementById("more");
  if (onward) link.href = onward.href;
  else link.remove();
  first?.focus();
}

document.getElementById("ways")?.addEventListener("click", more);
