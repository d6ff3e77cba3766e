"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const sections = [...document.querySelectorAll(".step")], frames = sections.map((part) => part.querySelector("iframe"));
  const still = matchMedia("(prefers-reduced-motion: reduce)"), root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  let here = -1;

  // The page of a step, put together of its own and of what all have.
  function open(n) {
    const frame = frames[n];
    if (frame.dataset.open) return;
    frame.dataset.open = "1";
    let text = data.steps[n].page;
    for (const [token, shared] of Object.entries(data.shared)) text = text.split(token).join(shared);
    frame.addEventListener("load", () => ready(n));
    frame.srcdoc = text;
  }
  function ready(n) {
    const inner = frames[n].contentDocument;
    if (!inner.getElementById("play")) return;
    frames[n].dataset.ready = "1";
    const box = inner.querySelector(".picture svg").viewBox.baseVal;
    sections[n].style.setProperty("--shape", `${box.width} / ${box.height}`);
    inner.addEventListener("keydown", (event) => {
      if (event.target.tagName !== "INPUT" && ["PageDown", "PageUp"].includes(event.key)) key(event);
    });
    dress(n);
    const known = JSON.parse(inner.getElementById("data").textContent).keys.indexOf(data.steps[n].focus);
    const mark = known >= 0 && inner.querySelector(`[data-k="${known}"]`);
    if (mark) mark.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    if (n === here) begin(n);
  }
  function begin(n) {
    const inner = frames[n].contentDocument;
    if (data.steps[n].plays && !still.matches) {
      const time = inner.getElementById("time");
      time.value = 0;
      time.dispatchEvent(new Event("input"));
      inner.getElementById("play").click();
    }
  }
  function stop(n) {
    const play = n >= 0 && frames[n].dataset.ready && frames[n].contentDocument.getElementById("play");
    if (play && play.textContent === "Pause") play.click();
  }
  function dress(n) {
    const inner = frames[n].contentDocument.documentElement;
    const dark = inner.dataset.theme ? inner.dataset.theme === "dark" : system.matches;
    if (dark !== isDark()) frames[n].contentDocument.getElementById("theme").click();
  }

  function go(n) {
    n = Math.min(Math.max(n, 0), sections.length - 1);
    if (n === here) return;
    stop(here);
    here = n;
    sections.forEach((part, at) => {
      part.classList.toggle("here", at === n);
      part.setAttribute("aria-hidden", String(at !== n));
    });
    $("at").textContent = `${n + 1} of ${sections.length}`;
    $("back").disabled = n === 0;
    $("next").disabled = n === sections.length - 1;
    history.replaceState(null, "", `#step=${n + 1}`);
    open(n);
    if (frames[n].dataset.ready) begin(n);
  }
  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { PageDown: here + 1, ArrowRight: here + 1, PageUp: here - 1, ArrowLeft: here - 1, Home: 0,
      End: sections.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  }
  addEventListener("keydown", key);
  $("back").addEventListener("click", () => go(here - 1));
  $("next").addEventListener("click", () => go(here + 1));
  function repaint() {
    $("theme").textContent = isDark() ? "Light" : "Dark";
    frames.forEach((frame, n) => { if (frame.dataset.ready) dress(n); });
  }
  $("theme").addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; repaint(); });
  system.addEventListener("change", repaint);

  // Words of all steps take as much room as the longest, so that pictures stand still.
  function level() {
    const words = sections.map((part) => part.querySelector(".words"));
    words.forEach((part) => { part.style.minHeight = ""; });
    const high = Math.max(...words.map((part) => part.offsetHeight));
    words.forEach((part) => { part.style.minHeight = `${Math.min(high, innerHeight * 0.4)}px`; });
  }
  addEventListener("resize", level);
  document.fonts.ready.then(level);

  const asked = /^#step=(\d+)$/.exec(location.hash);
  go(asked ? Number(asked[1]) - 1 : 0);
  repaint();
  // The others are opened while nobody waits, so that they are there when they are wanted, and on paper.
  let next = 0;
  const more = () => { if (next < sections.length) { open(next++); setTimeout(more, 150); } };
  addEventListener("load", () => setTimeout(more, 400));
})();
