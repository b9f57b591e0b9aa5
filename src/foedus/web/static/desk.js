// What the pages gain with script: live pictures, and the keyboard in documents. Without it all still works.
document.documentElement.classList.add("scripted");

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const narrow = window.matchMedia("(max-width: 30rem)");
let vega = null;

function loadVega() {
  vega ??= import("/pictures/vega.js").then(() => window.vegaEmbed);
  return vega;
}

async function draw(figure) {
  const query = new URLSearchParams(figure.dataset.query);
  if (dark.matches) query.set("scheme", "dark");
  if (narrow.matches) query.set("width", "narrow");
  const answer = await fetch(`/pictures/${figure.dataset.picture}.json?${query}`);
  if (!answer.ok) return;
  const spec = await answer.json();
  const embed = await loadVega();
  const holder = document.createElement("div");
  holder.className = "drawn";
  const picture = figure.querySelector("picture");
  picture.before(holder);
  const width = holder.clientWidth;
  if (figure.dataset.picture === "map") spec.height = Math.round((width * spec.height) / spec.width);
  spec.width = width;
  if (width < 520) spec.config.legend.columns = 2;
  try {
    // "ast" makes Vega interpret expressions: the page's policy forbids to compile them.
    await embed(holder, spec, {
      ast: true, actions: false, renderer: "svg", defaultStyle: false, mode: "vega-lite",
      tooltip: { disableDefaultStyle: true },
    });
    const svg = holder.querySelector("svg");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", figure.querySelector("img").alt);
    for (const inner of svg.querySelectorAll("[role], [aria-label]")) {
      inner.removeAttribute("role"); inner.removeAttribute("aria-label"); inner.removeAttribute("aria-roledescription");
    }
    for (const link of svg.querySelectorAll("a")) link.setAttribute("tabindex", "-1"); // the same links are in the lists
    picture.hidden = true;
    picture.remove();
  } catch (error) {
    holder.remove();
    console.warn(error);
  }
}

for (const figure of document.querySelectorAll("[data-picture]")) {
  const seen = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) { seen.disconnect(); draw(figure); }
  }, { rootMargin: "400px" });
  seen.observe(figure);
}

for (const form of document.querySelectorAll("form[data-filters]")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true; // short addresses
    setTimeout(() => { for (const field of form.elements) field.disabled = false; });
  });
}

const text = document.querySelector("[data-text]");
if (text) {
  const starts = [...text.querySelectorAll("mark[id]")];
  const light = (numbers, on) => {
    for (const number of numbers) {
      document.querySelector(`[data-card="${number}"]`)?.classList.toggle("on", on);
      for (const mark of text.querySelectorAll(`[data-claims~="${number}"]`)) mark.classList.toggle("on", on);
    }
  };
  for (const mark of text.querySelectorAll("mark")) {
    const numbers = mark.dataset.claims.split(" ");
    for (const name of ["mouseenter", "focus"]) mark.addEventListener(name, () => {
      light(numbers, true);
      document.querySelector(`[data-card="${numbers[0]}"]`)?.scrollIntoView({ block: "nearest" });
    });
    for (const name of ["mouseleave", "blur"]) mark.addEventListener(name, () => light(numbers, false));
  }
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = starts.indexOf(document.activeElement);
    if (event.key === "j" || event.key === "k") {
      const next = event.key === "j" ? Math.min(at + 1, starts.length - 1) : Math.max(at - 1, 0);
      starts[next]?.focus();
      event.preventDefault();
    } else if (event.key === "Enter" && at >= 0) {
      const number = starts[at].dataset.claims.split(" ")[0];
      document.querySelector(`[data-card="${number}"] .to-event`)?.click();
    }
  });
}
