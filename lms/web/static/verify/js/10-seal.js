// Checks the signature that a printed QR carries behind the # of its address; browsers do not send that part anywhere.
const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (two) => parseInt(two, 16));

export function unpacked(words) {
  try {
    const raw = Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
    const again = btoa(String.fromCharCode(...raw)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    if (raw.length <= 64 || again !== words) return null;
    return { seal: raw.slice(0, 64), message: raw.slice(64), fields: new TextDecoder().decode(raw.slice(64)).split("|") };
  } catch { return null; }
}

// "good", "bad", "unknown" (a key not kept here) or "cannot" (a page without https, or a browser too old for the library too).
export async function judged(sealed) {
  const code = location.pathname.split("/").pop();
  if (!sealed || sealed.fields.length !== 9 || sealed.fields[0] !== "NC1") return "bad";
  if (code !== "khong-mang" && code !== sealed.fields[1]) return "bad";
  if (!globalThis.crypto?.subtle) return "cannot";
  let known;
  try { known = await (await fetch("/xac-minh/khoa.json")).json(); } catch { return "unknown"; }
  const key = known.keys.find((one) => one.id === sealed.fields[7]);
  if (!key) return "unknown";
  try {
    const isGood = await signed(bytes(key.public), sealed);
    sealed.kind = known.kinds[sealed.fields[2]] || sealed.fields[2];
    return isGood ? "good" : "bad";
  } catch { return "cannot"; }
}

// By the browser itself; by a library where the browser does not know the curve (most phones before 2025).
async function signed(key, { seal, message }) {
  let ready;
  try { ready = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]); } catch {
    const library = await import(document.querySelector("[data-curve]").dataset.curve);
    return library.verifyAsync(seal, message, key, { zip215: false });
  }
  return crypto.subtle.verify({ name: "Ed25519" }, ready, seal, message);
}
