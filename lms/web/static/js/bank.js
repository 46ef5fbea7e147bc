// What a pupil will see, while one writes. Without this the button «Xem thử» does the same.
const form = document.querySelector("form[data-preview]");
const place = document.querySelector("[data-preview-place]");
let waiting = 0;
let asked = 0;

const show = async () => {
  const turn = ++asked;
  try {
    const data = new FormData(form);
    // A file goes once, with «Xem thử» or «Lưu»; not after every letter.
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    const answer = await fetch(form.dataset.preview, { method: "POST", body: data });
    if (!answer.ok || turn !== asked) return;
    // Clean HTML of our own server, made by the same templates as the page.
    place.innerHTML = await answer.text();
  } catch { /* offline: the page stays as it is, and saving says so itself */ }
};

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 700);
});
