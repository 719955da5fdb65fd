import { classesOf, classKey } from './classes.ts';
import { ink, labelText, steps } from './ink.ts';
import { Room } from './room.ts';
import type { RegionMap, Rings } from './state.ts';
import { element, escapeXml, polyline } from './svg.ts';
import { text, textWidth, wrap } from './text.ts';
import { valueText, words } from './words.ts';

type Point = readonly [number, number];

/** Points nearer to the stroke than this, in px, are left out: the eye can't tell. */
const tolerance = 0.4;

/**
 * Districts in their boundaries. Projection: equirectangular, true to scale at the middle latitude of what is shown; over
 * the extent of a city it differs from an equal-area one by less than the width of a stroke.
 */
export function drawRegions(
  state: RegionMap,
  width: number,
  hatchId: string,
): { readonly body: string; readonly height: number } {
  const told = words[state.language];
  const marks = state.points ?? [];
  const points = [
    ...state.regions.flatMap(({ polygons }) => polygons.flatMap(([outer]) => outer ?? [])),
    ...marks.map(({ longitude, latitude }): Point => [longitude, latitude]),
  ];
  if (points.length === 0)
    return { body: text(told.noValues, 0, 24, { ...labelText, size: 14 }), height: 40 };
  const turn = turnOf(points);
  const bounds = boundsOf(points.map(turn));
  const shrink = Math.cos((((bounds.south + bounds.north) / 2) * Math.PI) / 180);
  const [across, up] = [(bounds.east - bounds.west) * shrink, bounds.north - bounds.south];
  const tallest = Math.max(260, Math.min(560, width * 0.7));
  const scale = Math.min((width - 2) / (across || 1), tallest / (up || 1));
  const offset = (width - across * scale) / 2;
  const place = (point: Point): Point => {
    const [longitude, latitude] = turn(point);
    return [offset + (longitude - bounds.west) * shrink * scale, 1 + (bounds.north - latitude) * scale];
  };
  const values = state.regions.flatMap(({ value }) => (value === null ? [] : [Number(value)]));
  const classes = classesOf(values);
  const shapes = state.regions.map((region) => {
    const level = region.value === null ? null : classes.shadeOf(Number(region.value));
    const tip = `${region.name}${told.colon}${valueText(region, state.language)}`;
    return element(
      'path',
      {
        d: region.polygons.map((rings) => outline(rings, place)).join(''),
        'fill-rule': 'evenodd',
        class: level === null ? 'c-missing c-border' : `c-step-${level} c-border`,
        fill: level === null ? `url(#${hatchId})` : steps[level],
        stroke: ink.paper,
        'stroke-width': 1,
      },
      element('title', {}, escapeXml(tip)),
    );
  });
  const chosen = state.regions
    .filter(({ role }) => role === 'focus')
    .map(({ polygons }) =>
      element('path', {
        d: polygons.map((rings) => outline(rings, place)).join(''),
        class: 'c-chosen c-pass',
        stroke: ink.ink,
        'stroke-width': 2.5,
        fill: 'none',
      }),
    );
  const labels = namesInside(state.regions, place, (value) => classes.shadeOf(Number(value)));
  const key = classKey(state.regions, classes, {
    top: Math.ceil(up * scale) + 26,
    width,
    hatchId,
    language: state.language,
  });
  const places = marks.map(({ name, longitude, latitude }, at) => {
    const [x, y] = place([longitude, latitude]);
    const dot = element(
      'circle',
      { cx: x, cy: y, r: 5, class: 'c-dot', fill: ink.paper, stroke: ink.ink, 'stroke-width': 2 },
      element('title', {}, escapeXml(`${at + 1} ${name}`)),
    );
    return dot + text(String(at + 1), x + 8, y + 4, { ...labelText, size: 12, class: 'c-label c-pass' });
  });
  return {
    body: shapes.join('') + chosen.join('') + labels.join('') + places.join('') + key.body,
    height: key.height,
  };
}

/** Places on both sides of the 180th meridian (Fiji, Chukotka) are drawn side by side: those to the west are counted on to the east. */
function turnOf(points: readonly Point[]): (point: Point) => Point {
  const east = ([longitude, latitude]: Point): Point => [
    longitude < 0 ? longitude + 360 : longitude,
    latitude,
  ];
  const span = (all: readonly Point[]): number => {
    const bounds = boundsOf(all);
    return bounds.east - bounds.west;
  };
  const plain = span(points);
  return plain > 180 && span(points.map(east)) < plain ? east : (point) => point;
}

function boundsOf(points: readonly Point[]) {
  let [west, east, south, north] = [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const [longitude, latitude] of points) {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  return { west, east, south, north };
}

function outline(rings: Rings, place: (point: Point) => Point): string {
  return rings
    .map((ring) => simplified(ring.map(place)))
    .filter((ring) => ring.length > 2)
    .map((ring) => `${polyline(ring)}Z`)
    .join('');
}

/** Douglas and Peucker's line, without recursion: hostile rings are long. */
function simplified(points: readonly Point[]): readonly Point[] {
  const kept = new Set([0, points.length - 1]);
  // A closed ring begins where it ends: its far point is the second end of the first stretch.
  const far = points.reduce(
    (best, point, at) => (distance(point, points[0]) > distance(points[best], points[0]) ? at : best),
    0,
  );
  kept.add(far);
  const spans: [number, number][] = [
    [0, far],
    [far, points.length - 1],
  ];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    const [a, b] = [points[from], points[to]];
    if (a === undefined || b === undefined || to - from < 2) continue;
    let widest = tolerance;
    let split = -1;
    for (let at = from + 1; at < to; at++) {
      const off = toSegment(points[at] ?? a, a, b);
      if (off > widest) [widest, split] = [off, at];
    }
    if (split === -1) continue;
    kept.add(split);
    spans.push([from, split], [split, to]);
  }
  return points.filter((_, at) => kept.has(at));
}

function distance(a: Point | undefined, b: Point | undefined): number {
  return a === undefined || b === undefined ? 0 : Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function toSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx === 0 && dy === 0 ? 0 : ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** Names over the middle of the regions' largest parts, the largest region first, where they have room. */
function namesInside(
  regions: RegionMap['regions'],
  place: (point: Point) => Point,
  shadeOf: (value: string) => number,
): readonly string[] {
  const room = new Room();
  return regions
    .flatMap(({ name, value, polygons }) => {
      const middle = middleOf(polygons, place);
      return middle === null ? [] : [{ name, value, ...middle }];
    })
    .sort((a, b) => b.area - a.area)
    .map(({ name, value, x, y, wide, tall, area }) => {
      const lines = wrap(name, wide * 0.94, 11);
      const half = Math.max(...lines.map((each) => textWidth(each, 11))) / 2;
      const high = lines.length * 13;
      if (2 * half > wide * 1.05 || area < 500 || (lines.length > 1 && high > tall * 0.8)) return '';
      const box = { left: x - half - 2, right: x + half + 2, top: y - high / 2, bottom: y + high / 2 };
      if (room.take([box]) === -1) return '';
      // On a dark shade light letters read better than dark ones with a rim; on a hatch the rim parts them from the strokes.
      const shade = value === null ? null : shadeOf(value);
      const style =
        shade === null
          ? { ...labelText, class: 'c-label c-pass' }
          : shade >= 3
            ? { ...labelText, halo: false, class: 'c-on-dark c-pass', fill: '#ffffff' }
            : { ...labelText, halo: false, class: 'c-on-light c-pass' };
      return lines
        .map((each, at) =>
          text(each, x, y - high / 2 + at * 13 + 10.5, { ...style, size: 11, anchor: 'middle' }),
        )
        .join('');
    });
}

interface Middle {
  readonly area: number;
  readonly x: number;
  readonly y: number;
  readonly wide: number;
  readonly tall: number;
}

/** Middle, area, width and height of a region's largest part, in px. */
function middleOf(polygons: readonly Rings[], place: (point: Point) => Point): Middle | null {
  let best: Middle | null = null;
  for (const [outer] of polygons) {
    if (outer === undefined) continue;
    const points = outer.map(place);
    let [area, x, y] = [0, 0, 0];
    for (let at = 0; at < points.length; at++) {
      const [ax, ay] = points[at] ?? [0, 0];
      const [bx, by] = points[(at + 1) % points.length] ?? [0, 0];
      const cross = ax * by - bx * ay;
      area += cross / 2;
      x += ((ax + bx) * cross) / 6;
      y += ((ay + by) * cross) / 6;
    }
    if (area === 0) continue;
    const { west, east, south, north } = boundsOf(points);
    if (best === null || Math.abs(area) > best.area)
      best = { area: Math.abs(area), x: x / area, y: y / area, wide: east - west, tall: north - south };
  }
  return best;
}
