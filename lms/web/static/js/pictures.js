// A photograph of a phone is made small enough here, before it is sent; without this the page says how large it may be.
const SIDES = [1600, 1280, 1000, 800, 640];
const QUALITIES = [0.85, 0.7, 0.55];

function drawn(picture, side) {
  const part = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * part));
  canvas.height = Math.max(1, Math.round(picture.height * part));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const saved = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

async function smaller(file, most) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  for (const side of SIDES) {
    const canvas = drawn(picture, side);
    for (const quality of QUALITIES) {
      const found = await saved(canvas, quality);
      if (found && found.size <= most) return new File([found], "anh.jpg", { type: "image/jpeg" });
    }
  }
  return null;
}

async function onChosen(event) {
  const input = event.target;
  const most = Number(input.dataset.most);
  const [file] = input.files || [];
  const told = input.parentNode.querySelector("[data-shrunk]");
  if (told) told.textContent = "";
  if (!most || !file || file.size <= most) return;
  const buttons = [...input.form.querySelectorAll("button")].filter((one) => !one.disabled);
  buttons.forEach((one) => { one.disabled = true; });
  try {
    const found = await smaller(file, most);
    if (found) {
      const chosen = new DataTransfer();
      chosen.items.add(found);
      input.files = chosen.files;
      if (told) told.textContent = told.dataset.shrunk.replace("…", Math.ceil(found.size / 1000));
    }
  } catch { /* not a picture this browser can read: the server looks at it and says what it takes */ }
  buttons.forEach((one) => { one.disabled = false; });
}

document.querySelectorAll("input[type=file][data-most]").forEach((input) => input.addEventListener("change", onChosen));
