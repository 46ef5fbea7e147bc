// What the page of a certificate tells of the seal, with and without network.
import { judged, unpacked } from "./10-seal.js";

const show = (name) => { const found = document.querySelector(`[${name}]`); if (found) found.hidden = false; return found; };
const day = (eight) => `${eight.slice(6)}/${eight.slice(4, 6)}/${eight.slice(0, 4)}`;

function tellOffline(sealed, result) {
  document.querySelector("[data-wait]").hidden = true;
  show(`data-offline-${result}`);
  if (result !== "good") return;
  const [, , , number, issued, last, issuer, , name] = sealed.fields;
  const values = { name, kind: sealed.kind, issuer, number, issued: day(issued), last: day(last) };
  for (const [field, value] of Object.entries(values)) document.querySelector(`[data-field="${field}"]`).textContent = value;
  const vietnam = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10).replace(/-/g, "");
  if (vietnam > last) show("data-expired");
}

async function look() {
  const words = location.hash.slice(1);
  if (!words) return;
  const sealed = unpacked(words), result = await judged(sealed);
  if (document.querySelector("[data-offline-page]")) return tellOffline(sealed, result);
  if (result === "good") show("data-paper").querySelector("[data-paper-name]").textContent = sealed.fields[8];
  if (result === "bad") show("data-paper-bad");
}

async function keepReady() {
  if (!("serviceWorker" in navigator) || !globalThis.isSecureContext) return;
  await navigator.serviceWorker.register("/xac-minh/giu-san.js", { scope: "/xac-minh/" });
  const ready = await navigator.serviceWorker.getRegistration("/xac-minh/");
  ready?.active?.postMessage("keep");
  const worker = ready?.installing || ready?.active;
  const tell = () => { if (worker?.state === "activated") show("data-offline-ready"); };
  worker?.addEventListener("statechange", tell);
  tell();
}

await look();
keepReady().catch(() => {});
addEventListener("hashchange", look);
