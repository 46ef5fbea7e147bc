// Takes over «Bắt đầu» of a practice's page: the run goes on without loading pages. Where it fails, the form goes to the server as ever.
import { sendAll, tellCounts } from "./40-outbox.js";
import { play } from "./50-playing.js";

const CACHE = "luyen-tap-1";

const start = (place, form) => {
  const words = JSON.parse(place.dataset.practiceWords);
  const address = `${location.pathname}/bo.json`;
  const bundle = () => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)));
  let first;
  const ask = () => { first = bundle(); first.catch(() => {}); };
  ask();

  const begin = async () => {
    try {
      const pack = await first.catch(bundle);
      play(place, pack, words, () => { ask(); begin(); });
      place.scrollIntoView({ block: "start" });
    } catch { document.querySelector("[data-practice-failed]").hidden = false; }
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); begin(); });
  const tell = () => tellCounts(words);
  tell();
  sendAll().then(tell);
  addEventListener("online", () => sendAll().then(tell));
  keepForLater(words, address);
};

// Only where the browser has it: https, or this machine itself. The page is kept as a stranger sees it, without anybody's name.
// A private window or a full disk: then the page works with the network only.
const keepForLater = async (words, address) => {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  try {
    await navigator.serviceWorker.register("/luyen-tap/may-phu.js", { scope: "/luyen-tap" });
    const cache = await caches.open(CACHE);
    const asked = [...document.querySelectorAll("link:not([as]), script, [data-read-bar]")].map((one) => one.href || one.src || one.dataset.readBar);
    const loaded = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.includes("/static/"));
    await Promise.all([...new Set([...asked, ...loaded])].map((url) => cache.match(url).then((found) => found || cache.add(url))));
    for (const url of [location.pathname, "/luyen-tap"]) await cache.put(url, await fetch(url, { credentials: "omit" }));
    await cache.put(address, await fetch(address));
    const told = document.querySelector("[data-practice-offline]");
    if (told) { told.textContent = words.offline; told.hidden = false; }
  } catch { }
};

if (typeof document !== "undefined") {
  const place = document.querySelector("[data-practice]");
  const form = place && place.querySelector("form[data-practice-start]");
  if (form) start(place, form);
}
