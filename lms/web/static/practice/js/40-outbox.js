// Traces wait on this device until the server has answered; nothing is told as sent before. What is refused stays, with its reason.
const KEPT = "luyen-tap-vet";
const MOST_FREE = 20;

export const waiting = () => {
  try { return JSON.parse(localStorage.getItem(KEPT)) || []; } catch { return []; }
};
const keep = (all) => {
  try { localStorage.setItem(KEPT, JSON.stringify(all)); return true; } catch { return false; }
};

export const save = (trace) => {
  const all = [...waiting(), trace];
  const free = all.filter((one) => one.status === "free").slice(-MOST_FREE);
  return keep(all.filter((one) => one.status !== "free" || free.includes(one)));
};
const change = (id, news) => keep(waiting().map((one) => (one.id === id ? { ...one, ...news } : one)));

export const counts = () => {
  const of = (status) => waiting().filter((one) => one.status === status).length;
  return { saved: of("saved"), sent: of("sent"), problem: of("problem") };
};
export const wasUsed = (ticket) => waiting().some((one) => one.ticket === ticket);

// A number made here, so that a trace sent twice is one; crypto.randomUUID does not exist on plain http.
export const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

// With the token of whoever is signed in now. Not signed in, another person, no network: it waits for its own.
const send = async (trace) => {
  const place = `/luyen-tap/${encodeURIComponent(trace.practice)}`;
  const fresh = await fetch(`${place}/bo.json`, { headers: { "X-Fresh": "1" } });
  if (!fresh.ok || fresh.redirected) return;
  const { csrf, keeps } = await fresh.json();
  if (keeps !== trace.who) return;
  const { id, ticket, actions, digest, began } = trace;
  const answer = await fetch(`${place}/vet`, { method: "POST", redirect: "error", body: JSON.stringify({ id, ticket, actions, digest, began }),
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf } });
  if (answer.status === 413 || answer.status === 400) return change(id, { status: "problem", reason: String(answer.status) });
  if (!answer.ok) return;
  const said = await answer.json();
  change(id, said.accepted ? { status: "sent", page: said.page, actions: [] } : { status: "problem", reason: said.reason });
};

let sending = null;
export const sendAll = () => {
  const one = async () => {
    for (const trace of waiting().filter((trace) => trace.status === "saved")) {
      try { await send(trace); } catch { return; }
    }
  };
  sending = (sending || Promise.resolve()).then(one);
  return sending;
};

export const tellCounts = (words) => {
  const place = document.querySelector("[data-outbox]");
  const now = counts();
  if (!place) return;
  place.hidden = !(now.saved + now.sent + now.problem);
  place.textContent = words.counts.replace(/\{(\w+)\}/g, (_, name) => now[name]);
};
