import assert from "node:assert/strict";
import { test } from "node:test";

import { minutesOnFoot, nearestFirst, placeOnMap } from "../src/havens/nearest.ts";

const HERE = { lat: 51.4, lon: -0.05 };

test("the nearest is first and places that are equally far keep their order", () => {
  const places = [
    { id: "far", lat: 51.5, lon: -0.05 },
    { id: "a", lat: 51.41, lon: -0.05 },
    { id: "b", lat: 51.41, lon: -0.05 },
  ];
  assert.deepEqual(
    nearestFirst(places, HERE).map(({ place }) => place.id),
    ["a", "b", "far"],
  );
});

test("a walk takes at least a minute and longer than the straight line would", () => {
  assert.equal(minutesOnFoot(3), 1);
  assert.equal(minutesOnFoot(750), 13);
});

test("a reader is marked on the map where they are and not at all beyond its edges", () => {
  const box = "-0.1 51.3 0.0 51.5";
  assert.deepEqual(placeOnMap(box, { width: 1000, height: 2000 }, HERE), { x: 500, y: 1000 });
  assert.equal(placeOnMap(box, { width: 1000, height: 2000 }, { lat: 51.6, lon: -0.05 }), null);
  assert.equal(placeOnMap(box, { width: 1000, height: 2000 }, { lat: 51.4, lon: 0.01 }), null);
});
