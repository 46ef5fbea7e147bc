// Three palettes are shown one at a time; the third choice sends the form. Without this all three stand below each other.
const all = [...document.querySelectorAll("[data-palette]")];
const form = all.length ? all[0].closest("form") : null;

const show = (wanted) => all.forEach((one, n) => { one.hidden = n !== wanted; });

if (form) {
  form.reset();
  show(0);
  all.forEach((palette, n) => palette.addEventListener("change", () => {
    if (n + 1 < all.length) {
      show(n + 1);
      all[n + 1].querySelector("input").focus({ preventScroll: true });
    } else if (form.checkValidity() && [...form.querySelectorAll("[name=username]")].every((one) => one.value)) {
      form.requestSubmit();
    }
  }));
  form.addEventListener("reset", () => show(0));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
