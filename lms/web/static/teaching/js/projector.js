// The space bar shows the answer, then turns on; a clock for the parts of the plan, kept for this window only.
const go = (selector) => {
  const link = document.querySelector(selector);
  if (link) location.href = link.href;
  return Boolean(link);
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("a, button, input, select, textarea")) return;
  if (event.key === " ") {
    event.preventDefault();
    if (!event.shiftKey) return void (go("[data-reveal]") || go("a[rel=next]"));
    go("a[rel=prev]");
  }
});

const timer = document.querySelector("[data-timer]");
if (timer) {
  const [button, told, name] = [timer.querySelector("button"), timer.querySelector("b"), `timer.${timer.dataset.timer}`];
  const parts = [...timer.querySelectorAll("i")].map((one) => ({ title: one.textContent, seconds: one.dataset.minutes * 60 }));
  let from = Number(sessionStorage.getItem(name)) || 0;
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const tell = () => {
    let left = -Math.floor((Date.now() - from) / 1000);
    let part = parts[0];
    for (part of parts) {
      left += part.seconds;
      if (left > 0) break;
    }
    told.textContent = `${part.title}: ${(left < 0 ? timer.dataset.over : timer.dataset.left).replace("#", clock(Math.abs(left)))}`;
  };
  const run = () => { button.hidden = true; tell(); setInterval(tell, 1000); };
  button.hidden = false;
  button.addEventListener("click", () => { from = Date.now(); sessionStorage.setItem(name, from); run(); });
  if (from && Date.now() - from < 7200000) run();
}
