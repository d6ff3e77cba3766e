"use strict";
// The marks below the people as an image, painted in slices while time plays: until the browser has painted them anew
// by itself, three frames are gone. Of two canvases one is seen and the next step is painted on the other. Null where
// words are among the marks, which only the browser sets as they are.
const imageOf = (picture, svg, canvases, size) => {
  if (svg.querySelector("text")) return null;
  const MOST = 12; // marks between two looks at the clock, where they are quickly painted
  const pens = canvases.map((canvas) => canvas.getContext("2d", { alpha: false, willReadFrequently: true }));
  const probe = document.createElement("canvas").getContext("2d");
  const number = (mark, name) => Number(mark.getAttribute(name) || 0);
  const outlines = {
    path: (mark) => new Path2D(mark.getAttribute("d")),
    polyline: (mark) => new Path2D(`M${mark.getAttribute("points")}`),
    polygon: (mark) => new Path2D(`M${mark.getAttribute("points")}Z`),
    circle: (mark) => {
      const outline = new Path2D();
      outline.arc(number(mark, "cx"), number(mark, "cy"), number(mark, "r"), 0, 2 * Math.PI);
      return outline;
    },
    rect: (mark) => {
      const outline = new Path2D();
      const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => number(mark, name));
      const round = Math.min(number(mark, "rx"), width / 2, height / 2);
      if (round) outline.roundRect(x, y, width, height, round); else outline.rect(x, y, width, height);
      return outline;
    },
  };
  const marks = [...svg.querySelectorAll(Object.keys(outlines).join())].map((mark) => ({
    mark, outline: outlines[mark.tagName](mark), paint: `${mark.getAttribute("class")} ${mark.getAttribute("fill")}`,
    breadth: Number(mark.getAttribute("stroke-width") || 1), cap: mark.getAttribute("stroke-linecap") || "butt",
    join: mark.getAttribute("stroke-linejoin") || "miter",
    dash: (mark.getAttribute("stroke-dasharray") || "").split(/[ ,]+/).filter(Boolean).map(Number),
    steps: mark.dataset.s?.split(" ").map((range) => range.split("-").map(Number)),
    named: mark.closest("[data-k]"),
  }));
  const paints = new Map();
  let pen = pens[0], wanted = -1, done = -1, next = 0, batch = 1, width = 0, height = 0;

  const shows = ({ steps }, step) => !steps || steps.some(([from, to]) => from <= step && step < to);
  function readPaints() {
    paints.clear();
    for (const { mark, paint } of marks) {
      if (paints.has(paint)) continue;
      const { fill, stroke } = getComputedStyle(mark);
      paints.set(paint, [fill, stroke].map((color) => color === "none" ? "" : color));
    }
  }
  function paint({ outline, paint, breadth, cap, join, dash, named }) {
    const [fill, stroke] = paints.get(paint);
    pen.globalAlpha = named && picture.classList.contains("chosen") && !named.classList.contains("on") ? 0.22 : 1;
    if (fill) { pen.fillStyle = fill; pen.fill(outline); }
    if (stroke) {
      pen.strokeStyle = stroke; pen.lineWidth = breadth; pen.lineCap = cap; pen.lineJoin = join;
      pen.setLineDash(dash);
      pen.stroke(outline);
    }
  }
  return {
    readPaints,
    get done() { return done; },
    get wanted() { return wanted; },
    get busy() { return done !== wanted; },
    // The uppermost mark of a step at a place of the picture.
    at(x, y, step) {
      return marks.findLast((mark) => {
        const [fill, stroke] = paints.get(mark.paint);
        if (!shows(mark, step)) return false;
        probe.lineWidth = mark.breadth;
        return (fill && probe.isPointInPath(mark.outline, x, y)) || (stroke && probe.isPointInStroke(mark.outline, x, y));
      })?.mark;
    },
    // Work on a step for so many milliseconds; true once it is all there.
    work(step, milliseconds, [across, down]) {
      if (step !== wanted || across !== width || down !== height) {
        [wanted, done, next, width, height] = [step, -1, 0, across, down];
        const { canvas } = pen;
        if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
        pen.setTransform(width / size[0], 0, 0, height / size[1], 0, 0);
      }
      const end = performance.now() + milliseconds;
      for (let time = performance.now(); next < marks.length && time < end;) {
        let painted = 0;
        for (; next < marks.length && painted < batch; next++) {
          if (shows(marks[next], step)) { paint(marks[next]); painted++; }
        }
        pen.getImageData(0, 0, 1, 1); // paints now what is else put off until all of it is due
        const each = (performance.now() - time) / Math.max(painted, 1);
        batch = Math.min(Math.max(Math.floor(1 / Math.max(each, 0.01)), 1), MOST);
        time = performance.now();
      }
      if (next === marks.length) done = step;
      return done === step;
    },
    get visible() { return canvases.some((canvas) => !canvas.hidden); },
    // Show what is done.
    show() {
      for (const canvas of canvases) canvas.hidden = canvas !== pen.canvas;
      pen.canvas.dataset.step = done;
      pen = pens.find((other) => other !== pen);
    },
    // Show the marks themselves, and forget what was painted: another size, other colours, another choice.
    hide() {
      for (const canvas of canvases) canvas.hidden = true;
      wanted = done = -1;
    },
  };
};
