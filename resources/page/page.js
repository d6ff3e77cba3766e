"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const picture = document.querySelector(".picture");
  const canvas = $("people"), pen = canvas.getContext("2d");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const looksIn = (part) => [...$(part).querySelectorAll("[data-s]")].map((mark) => ({
    mark, seen: mark.getAttribute("display") !== "none",
    steps: mark.dataset.s.split(" ").map((range) => range.split("-").map(Number)),
  }));
  const below = looksIn("below"), above = looksIn("above");
  const image = imageOf(picture, $("below"), [...picture.querySelectorAll(".image")], data.size);
  const marks = new Map();
  for (const mark of picture.querySelectorAll("[data-k]")) {
    const key = data.keys[mark.dataset.k];
    if (!marks.has(key)) marks.set(key, []);
    marks.get(key).push(mark);
  }
  let now = data.seconds, playing = false, before = 0, step = data.steps, colors = [], selected = "";
  let pixels = [0, 0], shown = -1, held = null, accent = "";

  const clamp = (x, low, high) => Math.min(Math.max(x, low), high);
  const stepAt = (second) => Math.min(Math.floor(second / data.seconds * data.steps + 1e-9), data.steps);
  const dayAt = (second) => {
    const begin = stepAt(second) * data.seconds / data.steps;
    const day = Math.floor(Math.min(data.first + begin * data.rate + 1e-6, data.last));
    return new Date(day * 86400000).toISOString().slice(0, 10);
  };

  // What stands: every look of every mark knows the steps at which it shows. While time plays, an image stands for the
  // marks below the people, which are put right when it pauses.
  function put(looks) {
    for (const look of looks) {
      const shows = look.steps.some(([from, to]) => from <= step && step < to);
      if (shows !== look.seen) {
        look.seen = shows;
        if (shows) look.mark.removeAttribute("display"); else look.mark.setAttribute("display", "none");
      }
    }
  }
  function fill() {
    step = stepAt(now);
    put(above);
    if (!playing || !image) put(below);
  }
  function keepUp() {
    if (image.done > shown && image.done <= step) {
      shown = image.done;
      image.show();
    }
    const late = shown < step;
    const next = image.busy ? image.wanted : late ? step : step + 1;
    if (next <= data.steps) image.work(next, late ? 8 : 4, pixels);
  }
  function anew() { // other colours, another choice, size or time: at once, by the marks themselves
    put(below);
    image?.hide();
    shown = step;
  }

  // Who moves: places along a way at equal times, all at one speed.
  function place(dot, second) {
    const share = clamp((second - dot.out) / (dot.land - dot.out), 0, 1) * (dot.way.length / 2 - 1);
    const at = Math.min(Math.floor(share), dot.way.length / 2 - 2), part = share - at, way = dot.way;
    const dx = way[2 * at + 2] - way[2 * at], dy = way[2 * at + 3] - way[2 * at + 1];
    return [way[2 * at] + part * dx, way[2 * at + 1] + part * dy, Math.atan2(dy, dx)];
  }
  function under(second) {
    if (second >= data.seconds || still.matches) return [];
    return data.dots.filter((dot) => dot.appears <= second && (second < dot.land || (dot.rests && second < dot.stands)));
  }
  function measure() {
    const ratio = devicePixelRatio || 1, { width, height } = $("below").getBoundingClientRect();
    pixels = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
    anew();
    draw();
  }
  function draw() {
    const [width, height] = pixels;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.setTransform(width / data.size[0], 0, 0, height / data.size[1], 0, 0);
    if (held && image?.visible) { // the ring of the focus, which the image covers
      pen.strokeStyle = accent; pen.lineWidth = 2.5;
      pen.strokeRect(held.x - 3, held.y - 3, held.width + 6, held.height + 6);
    }
    for (const dot of under(now)) {
      const landed = now >= dot.land, waits = now < dot.out;
      const [x, y, angle] = landed ? [...dot.rest, 0] : place(dot, now);
      const color = colors[dot.color], ground = colors[0];
      pen.globalAlpha = landed ? clamp((now - dot.land) / data.fade, 0, 1) : selected && !dot.on ? 0.25 : 1;
      if (!landed && !waits) {
        for (const [from, to, strength, breadth] of [[2, 7.5, 0.5, 2.6], [7.5, 15, 0.25, 2.2]]) {
          pen.strokeStyle = color; pen.lineWidth = breadth;
          const alpha = pen.globalAlpha;
          pen.globalAlpha = alpha * strength;
          pen.beginPath();
          pen.moveTo(x - from * Math.cos(angle), y - from * Math.sin(angle));
          pen.lineTo(x - to * Math.cos(angle), y - to * Math.sin(angle));
          pen.stroke();
          pen.globalAlpha = alpha;
        }
      }
      const hollow = dot.unsure || (now < dot.left && !landed && !waits);
      pen.beginPath();
      pen.arc(x, y, hollow ? 2.9 : 3.3, 0, 2 * Math.PI);
      pen.fillStyle = hollow ? ground : color;
      pen.strokeStyle = hollow ? color : ground;
      pen.lineWidth = hollow ? 1.5 : 1.1;
      pen.fill(); pen.stroke();
      if (waits) {
        pen.beginPath();
        pen.arc(x, y, 6.3, 0, 2 * Math.PI);
        pen.strokeStyle = color; pen.lineWidth = 1;
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
  }
  let day = "";
  function show(told) {
    if (stepAt(now) !== step) fill();
    draw();
    if (dayAt(now) !== day) {
      day = dayAt(now);
      $("day").textContent = day;
      $("time").setAttribute("aria-valuetext", day);
    }
    $("time").value = Math.round(now * 1000);
    if (told) $("said").textContent = `${day}: ${landed()} of ${data.dots.length + data.before} dated moves have happened`;
  }
  const landed = () => data.before + data.dots.filter((dot) => dot.land <= now + 1e-9).length;
  function seek(second) {
    now = clamp(second, 0, data.seconds);
    fill();
    anew();
    show(!playing);
  }
  function frame(time) {
    if (!playing) return;
    const passed = Math.min((time - before) / 1000, 0.25);
    before = time;
    now = Math.min(now + passed, data.seconds);
    if (now >= data.seconds) { pause(); return; }
    show(false);
    if (image) keepUp();
    requestAnimationFrame(frame);
  }
  function play() {
    if (now >= data.seconds) now = 0;
    fill();
    anew();
    playing = true;
    before = performance.now();
    $("play").textContent = "Pause";
    requestAnimationFrame(frame);
  }
  function pause() {
    playing = false;
    $("play").textContent = "Play";
    fill();
    anew();
    show(true);
  }
  const toggle = () => playing ? pause() : play();

  // What a mark says.
  const tip = $("tip");
  function tell(number, x, y) {
    const [head, lines, sources] = data.tips[number];
    tip.replaceChildren();
    const bold = document.createElement("b");
    bold.textContent = head;
    tip.append(bold, lines.join("\n"));
    if (sources.length) {
      const small = document.createElement("i");
      const names = sources.map((s) => data.sources[s].name);
      small.textContent = names.slice(0, 3).join(" · ") + (names.length > 3 ? ` and ${names.length - 3} more` : "");
      tip.append(small);
    }
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${clamp(x + 14, 4, innerWidth - box.width - 4)}px`;
    tip.style.top = `${clamp(y + 16, 4, innerHeight - box.height - 4)}px`;
  }
  const quiet = () => { tip.hidden = true; };
  function placeOf(event) {
    const box = picture.getBoundingClientRect(), scale = box.width / data.size[0];
    return [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
  }
  function markAt(event, wanted) {
    const marked = !image?.visible || $("above").contains(event.target);
    const seen = marked ? event.target : image.at(...placeOf(event), shown);
    return seen?.closest(wanted);
  }
  function dotAt(event) {
    const [x, y] = placeOf(event);
    return under(now).findLast((dot) => {
      const [a, b] = now >= dot.land ? dot.rest : place(dot, now);
      return Math.hypot(a - x, b - y) < 7 && dot.tip >= 0;
    });
  }
  picture.addEventListener("pointermove", (event) => {
    const dot = dotAt(event), mark = markAt(event, "[data-t]");
    if (dot) tell(dot.tip, event.clientX, event.clientY);
    else if (mark) tell(mark.dataset.t, event.clientX, event.clientY);
    else quiet();
  });
  picture.addEventListener("pointerleave", quiet);
  picture.addEventListener("focusin", (event) => {
    const box = event.target.getBoundingClientRect();
    held = $("below").contains(event.target) && event.target.matches(":focus-visible") ? event.target.getBBox() : null;
    if (event.target.dataset.t) tell(event.target.dataset.t, box.left + box.width / 2, box.top + box.height / 2);
  });
  picture.addEventListener("focusout", () => { held = null; quiet(); });

  // What is chosen, and who stands behind it.
  function behind(key) {
    const [kind, rest] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
    const ends = rest.split(">");
    return data.moves.filter((move) => {
      if (kind === "flow") return data.ids[move.from] === ends[0] && data.ids[move.to] === ends[1];
      if (kind === "organizations") return data.ids[move.from] === rest || data.ids[move.to] === rest;
      return data.keys[move.key] === key;
    });
  }
  function told(number, heading, short) {
    const [head, lines, sources] = data.tips[number];
    const item = document.createElement(heading ? "div" : "li");
    const bold = document.createElement(heading ? "h2" : "b");
    bold.textContent = head;
    const text = document.createElement("p");
    text.textContent = (short ? lines.slice(0, 1) : lines).join("\n");
    item.append(bold, text);
    if (sources.length && !short) {
      const list = document.createElement("div");
      list.className = "sources";
      sources.forEach((s, n) => {
        const { name, url } = data.sources[s];
        const part = document.createElement(url ? "a" : "span");
        part.textContent = name;
        if (url) { part.href = url; part.rel = "noreferrer noopener"; part.target = "_blank"; }
        list.append(n ? " · " : "", part);
      });
      item.append(list);
    }
    return item;
  }
  const hint = $("chosen").firstElementChild;
  function choose(key, number) {
    selected = key;
    picture.classList.toggle("chosen", Boolean(key) && marks.has(key));
    const moves = key ? behind(key) : [];
    const keys = new Set([key, ...moves.map((move) => data.keys[move.key])]);
    if (key.startsWith("flow:")) key.slice(5).split(">").forEach((id) => keys.add(`organizations:${id}`));
    if (!key.startsWith("move:")) moves.forEach((move) => keys.add(`flow:${data.ids[move.from]}>${data.ids[move.to]}`));
    for (const [own, all] of marks) all.forEach((mark) => mark.classList.toggle("on", keys.has(own)));
    data.dots.forEach((dot) => { dot.on = keys.has(data.keys[dot.key]); });
    const panel = $("chosen");
    panel.replaceChildren();
    if (key) {
      if (number === undefined) number = marks.get(key)?.map((mark) => mark.dataset.t).find((t) => t !== undefined);
      const others = key.startsWith("move:") ? [] : moves;
      if (number !== undefined) panel.append(told(number, true, others.length > 0));
      if (others.length) {
        const count = document.createElement("p");
        count.textContent = `${others.length} ${others.length === 1 ? "move" : "moves"}:`;
        const list = document.createElement("ul");
        others.forEach((move) => list.append(told(move.tip, false)));
        panel.append(count, list);
      }
      const away = document.createElement("button");
      away.textContent = "Choose nothing";
      away.addEventListener("click", () => choose(""));
      panel.append(away);
    } else panel.append(hint);
    anew();
    draw();
  }
  picture.addEventListener("click", (event) => {
    const dot = dotAt(event), mark = markAt(event, "[data-k]");
    if (dot) choose(data.keys[dot.key], dot.tip);
    else choose(mark ? data.keys[mark.dataset.k] : "", mark?.dataset.t);
  });

  // Search.
  $("search").addEventListener("input", () => {
    const wanted = $("search").value.trim().toLocaleLowerCase(), list = $("found");
    list.replaceChildren();
    if (!wanted) return;
    const hits = data.names.filter(([name]) => name.toLocaleLowerCase().includes(wanted)).slice(0, 12);
    for (const [name, key, number] of hits) {
      const item = document.createElement("li"), button = document.createElement("button");
      button.textContent = name;
      button.addEventListener("click", () => choose(key, number));
      item.append(button);
      list.append(item);
    }
    if (!hits.length) list.append(Object.assign(document.createElement("li"), { textContent: "Nobody of that name" }));
  });

  // Light and dark.
  const root = document.documentElement;
  function readColors() {
    const style = getComputedStyle(root);
    colors = data.colors.map((name) => style.getPropertyValue(name).trim());
    accent = style.getPropertyValue("--accent").trim();
  }
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  function repaint() { readColors(); $("theme").textContent = isDark() ? "Light" : "Dark"; image?.readPaints(); anew(); draw(); }
  $("theme").addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; repaint(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);

  $("play").addEventListener("click", toggle);
  $("time").addEventListener("input", () => seek($("time").value / 1000));
  addEventListener("keydown", (event) => {
    const at = event.target, typing = at.id === "search", key = event.key;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Escape") { quiet(); choose(""); return; }
    if (typing) return;
    if (key === " " && !at.closest("button, a, summary")) { event.preventDefault(); toggle(); }
    else if (key === "Enter" && at.dataset?.k) { event.preventDefault(); choose(data.keys[at.dataset.k], at.dataset.t); }
    else if (key === "/") { event.preventDefault(); $("search").focus(); }
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) {
      event.preventDefault();
      const by = data.seconds / data.steps;
      seek(key === "Home" ? 0 : key === "End" ? data.seconds : (key === "ArrowRight" ? step + 1 : step - 1) * by);
    }
  });
  let kept = null;
  addEventListener("beforeprint", () => { kept = now; if (playing) pause(); now = data.seconds; show(false); });
  addEventListener("afterprint", () => { if (kept !== null) seek(kept); kept = null; });
  new ResizeObserver(measure).observe(picture);
  addEventListener("resize", measure);

  const asked = /^#t=([\d.]+)$/.exec(location.hash);
  if (asked) now = clamp(Number(asked[1]), 0, data.seconds);
  fill();
  repaint();
  measure();
  show(true);
})();
