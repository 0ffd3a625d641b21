/* The map of the explorer: places sized by the number of events in sight, on land without borders; a list says the same.
   wrMap(page, data, choose) gives a function that draws (events, chosen place); choose(place) is called with a place's id. */
function wrMap(page, data, choose) {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const SQUEEZE = Math.cos(Math.PI / 6); /* a degree east at thirty degrees north, where most of it lies */
  const VIEWS = [
    { box: page.querySelector(".wr-x-near"), west: 23.5, south: 10.5, east: 91.5, north: 43, largest: 0.045 },
    { box: page.querySelector(".wr-x-far"), west: -128, south: -12, east: 112, north: 61, largest: 0.06 },
  ];
  const list = page.querySelector(".wr-x-places"), without = page.querySelector(".wr-x-placeless");
  const labels = new Map(data.facets.place.map(([place, label]) => [place, label]));
  let last = null;

  function made(name, attributes, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  const events = (number) => `${number} ${number === 1 ? "event" : "events"}`;
  const inside = (view, [x, y]) => x >= view.west && x <= view.east && y >= view.south && y <= view.north;

  function counted(seen) {
    const found = new Map();
    for (const event of seen) for (const [place] of event.facets.place) found.set(place, (found.get(place) || 0) + 1);
    return [...found].sort((a, b) => b[1] - a[1] || labels.get(a[0]).localeCompare(labels.get(b[0])));
  }

  /* --- one view --- */
  function draw(view, places, most, chosen) {
    const width = view.box.clientWidth || 300, k = width / ((view.east - view.west) * SQUEEZE), height = Math.round((view.north - view.south) * k);
    const at = ([x, y]) => [(x - view.west) * SQUEEZE * k, (view.north - y) * k];
    const land = made("path", { class: "wr-x-land", d: data.land, transform:
      `translate(${-view.west * SQUEEZE * k} ${view.north * k}) scale(${SQUEEZE * k / 10} ${k / 10})` });
    const marks = made("g", { class: "wr-x-spots" }), names = made("g", { class: "wr-x-names" }), taken = [];
    const largest = Math.max(11, width * view.largest);
    const spots = places.map(([place, number]) => {
      const [x, y] = at(data.places[place]);
      return { place, number, x, y, r: Math.max(3, largest * Math.sqrt(number / most)) };
    });
    for (const spot of spots) taken.push([spot.x - spot.r * 0.7, spot.y - spot.r * 0.7, spot.x + spot.r * 0.7, spot.y + spot.r * 0.7]);
    for (const spot of spots) { /* the largest first, so that the small ones lie on top */
      const title = made("title", {}, `${labels.get(spot.place)}: ${events(spot.number)}`);
      const circle = made("circle", { cx: spot.x, cy: spot.y, r: spot.r });
      const group = made("g", { class: spot.place === chosen ? "wr-x-chosen" : "", "data-place": spot.place }, title, circle);
      if (spot.r < 9) group.append(made("circle", { class: "wr-x-reach", cx: spot.x, cy: spot.y, r: 9 }));
      marks.append(group);
      const name = named(spot, labels.get(spot.place), taken, width, height);
      if (name) names.append(name);
    }
    return made("svg", { viewBox: `0 0 ${width} ${height}`, width, height }, land, ...frame(view, at), marks, names);
  }

  function frame(view, at) { /* on the wide view, what the near one shows */
    const near = VIEWS[0];
    if (view === near) return [];
    const [x, y] = at([near.west, near.north]), [right, low] = at([near.east, near.south]);
    return [made("rect", { class: "wr-x-frame", x, y, width: right - x, height: low - y })];
  }

  function named(spot, words, taken, width, height) { /* its name, where it is free of marks and other names */
    const wide = words.length * 6.1 + 4, tries = [
      [spot.x + spot.r + 3, spot.y + 4, "start"], [spot.x - spot.r - 3, spot.y + 4, "end"],
      [spot.x, spot.y - spot.r - 4, "middle"], [spot.x, spot.y + spot.r + 12, "middle"]];
    for (const [x, y, anchor] of tries) {
      const from = anchor === "start" ? x : anchor === "end" ? x - wide : x - wide / 2;
      const box = [from, y - 10, from + wide, y + 3];
      if (box[0] < 0 || box[2] > width || box[1] < 0 || box[3] > height) continue;
      if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
      taken.push(box);
      return made("text", { x, y, "text-anchor": anchor }, words);
    }
    return null;
  }

  /* --- the list --- */
  function row([place, number], chosen) {
    const item = document.createElement("li"), button = document.createElement("button"), count = document.createElement("span");
    button.type = "button";
    button.dataset.place = place;
    button.setAttribute("aria-pressed", String(place === chosen));
    count.textContent = ` ${number}`;
    button.append(labels.get(place), count);
    item.append(button);
    if (data.places[place][2]) button.title = data.places[place][2];
    return item;
  }

  function show(seen, chosen) {
    last = [seen, chosen];
    const places = counted(seen), most = Math.max(1, ...places.map(([, number]) => number));
    const had = list.contains(document.activeElement) && document.activeElement.dataset.place;
    const near = places.filter(([place]) => inside(VIEWS[0], data.places[place]));
    const far = places.filter(([place]) => !inside(VIEWS[0], data.places[place]));
    VIEWS[0].box.replaceChildren(draw(VIEWS[0], near, most, chosen));
    VIEWS[1].box.replaceChildren(draw(VIEWS[1], far, most, chosen));
    list.replaceChildren(...places.map((place) => row(place, chosen)));
    if (had) list.querySelector(`[data-place="${had}"]`)?.focus();
    const lost = seen.filter((event) => !event.facets.place.length).length;
    without.textContent = `${events(lost)} of the ${seen.length} in question ${lost === 1 ? "has" : "have"} no place: no source gives a town.`;
  }

  page.querySelector(".wr-x-map").addEventListener("click", (event) => {
    const spot = event.target.closest("[data-place]");
    if (spot) choose(spot.dataset.place);
  });
  new ResizeObserver(() => last && show(...last)).observe(VIEWS[0].box);
  return show;
}
