// Reads letter cards with the device's own camera, where the browser itself can read QR codes. No picture leaves the
// device or is kept: only the letters go into the grid, which stays the place where they are looked over and saved.
const part = document.querySelector("[data-camera]");
const table = document.querySelector("[data-grid] table");
const MODULES = 21; // of the smallest QR code, which is what cards bear
const TILT = 12; // degrees from the diagonal within which no edge is clearly the upper one

// How much the square of a finder pattern stands at this corner: its light ring against its dark middle.
const finder = (grey, corners, n) => {
  const [here, next, far, before] = [0, 1, 2, 3].map((step) => corners[(n + step) % 4]);
  const sum = [0, 0]; // of the middle's 9 modules and the ring's 16
  for (let y = 1; y < 6; y += 1) for (let x = 1; x < 6; x += 1) {
    const [u, v] = [(x + 0.5) / MODULES, (y + 0.5) / MODULES];
    const at = (axis) => (1 - u) * (1 - v) * here[axis] + u * (1 - v) * next[axis] + u * v * far[axis] + (1 - u) * v * before[axis];
    const isRing = x === 1 || x === 5 || y === 1 || y === 5 ? 1 : 0;
    sum[isRing] += grey(Math.round(at("x")), Math.round(at("y")));
  }
  return sum[1] / 16 - sum[0] / 9;
};

// The letter of the upper edge. Three corners of a code bear finders; where the fourth one lies says how the card is held.
// Browsers do not agree at which corner their list begins, so the picture itself is asked.
const letterOf = (grey, corners) => {
  const scores = corners.map((corner, n) => finder(grey, corners, n));
  const [lowest, second] = [...scores].sort((a, b) => a - b);
  if (second < 24 || lowest > second * 0.6) return "";
  const bare = corners[scores.indexOf(lowest)];
  const middle = (axis) => corners.reduce((all, one) => all + one[axis], 0) / 4;
  const angle = (Math.atan2(bare.y - middle("y"), bare.x - middle("x")) * 180 / Math.PI + 360) % 360;
  const within = angle % 90;
  return within < TILT || within > 90 - TILT ? "" : "ABCD"[Math.floor(angle / 90)];
};

const start = (detector) => {
  const video = part.querySelector("video");
  const [open, close] = part.querySelectorAll("button");
  const rows = new Map([...table.querySelectorAll("[data-row]")].map((row) => [row.cells[0].textContent.trim(), row]));
  const [before, read] = [new Map(), new Set()];
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  let stream = null;

  const tell = () => {
    part.querySelector("[data-read]").textContent = read.size;
    part.querySelector("[data-missing]").textContent = [...rows.keys()].filter((number) => !read.has(number)).join(", ");
  };
  // Twice the same in a row, so that a card on its way round is not taken for an answer.
  const note = (number, letter) => {
    const isSure = before.get(number) === letter;
    before.set(number, letter);
    const input = isSure && rows.has(number) && rows.get(number).querySelector(`input[value="${letter}"]`);
    if (!input) return;
    read.add(number);
    if (!input.checked) input.click();
    tell();
  };
  const look = async () => {
    if (!stream) return;
    if (video.videoWidth) {
      [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
      paper.drawImage(video, 0, 0);
      const found = await detector.detect(canvas).catch(() => []);
      const { data, width } = paper.getImageData(0, 0, canvas.width, canvas.height);
      const grey = (x, y) => data[(y * width + x) * 4 + 1] || 0;
      for (const one of found) {
        const card = /^NC:(\d{1,2})$/.exec(one.rawValue);
        const letter = card && letterOf(grey, one.cornerPoints);
        if (letter) note(card[1], letter);
      }
    }
    setTimeout(look, 120);
  };
  const stop = () => {
    stream = stream && stream.getTracks().forEach((track) => track.stop());
    video.hidden = close.hidden = true;
    open.hidden = false;
  };
  open.addEventListener("click", async () => {
    const wish = { facingMode: { ideal: "environment" }, width: { ideal: 3840 }, height: { ideal: 2160 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: wish }).catch(() => null);
    part.querySelector("[data-refused]").hidden = Boolean(stream);
    if (!stream) return;
    video.srcObject = stream;
    video.hidden = close.hidden = false;
    part.querySelector("[data-told]").hidden = false;
    open.hidden = true;
    await video.play();
    tell();
    look();
  });
  close.addEventListener("click", stop);
  addEventListener("pagehide", stop);
  part.hidden = false;
};

// The class of a detector may be there without being able to read anything: it is asked what it reads.
if (part && table && isSecureContext && navigator.mediaDevices && "BarcodeDetector" in window) {
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (formats.includes("qr_code")) start(new BarcodeDetector({ formats: ["qr_code"] }));
}
