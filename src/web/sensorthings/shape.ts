import { isObject, type JsonValue } from './model.ts';

export type Point = readonly [x: number, y: number];
/** A geometry of the plane, in degrees: points, lines, and areas as an outer ring with its holes. */
export interface Shape {
  readonly points: readonly Point[];
  readonly lines: readonly (readonly Point[])[];
  readonly areas: readonly (readonly (readonly Point[])[])[];
}

const empty: Shape = { points: [], lines: [], areas: [] };
/** Corners of one geometry at the most. */
const mostCorners = 20_000;

/** A GeoJSON geometry, feature or collection of geometries; null for anything else. */
export function shapeOf(value: JsonValue | undefined): Shape | null {
  if (!isObject(value)) return null;
  if (isObject(value.geometry)) return shapeOf(value.geometry);
  if (value.type === 'GeometryCollection' && Array.isArray(value.geometries)) {
    const parts = value.geometries.map((each) => shapeOf(each));
    return parts.some((each) => each === null) ? null : together(parts.flatMap((each) => each ?? []));
  }
  return typeof value.type === 'string' ? built(value.type.toUpperCase(), value.coordinates) : null;
}

/** Well-known text of a geometry (OGC 06-103r4, clause 7); null when it is none. */
export function shapeFromText(text: string): Shape | null {
  const match = /^\s*(?:SRID=\d+;)?\s*([A-Z]+)\s*(\(.*\))\s*$/is.exec(text);
  const [, kind = '', body = ''] = match ?? [];
  // Brackets and commas are those of JSON once each pair of numbers is a list.
  const pairs = body
    .replace(
      /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?:\s+-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)+/gi,
      (pair) => `[${pair.trim().split(/\s+/).join(',')}]`,
    )
    .replaceAll('(', '[')
    .replaceAll(')', ']');
  try {
    const read: JsonValue = JSON.parse(pairs);
    const name = kind.toUpperCase();
    if (!Array.isArray(read)) return null;
    if (name === 'POINT') return read.length === 1 ? built(name, read[0]) : null;
    // Each point of several may stand in brackets of its own.
    const points = read.map((each) => (Array.isArray(each) && Array.isArray(each[0]) ? each[0] : each));
    return built(name, name === 'MULTIPOINT' ? points : read);
  } catch {
    return null;
  }
}

function built(kind: string, coordinates: JsonValue | undefined): Shape | null {
  const shape = of(kind, coordinates);
  return shape !== null && cornersOf(shape) <= mostCorners ? shape : null;
}

function of(kind: string, coordinates: JsonValue | undefined): Shape | null {
  switch (kind) {
    case 'POINT': {
      const point = pointOf(coordinates);
      return point === null ? null : { ...empty, points: [point] };
    }
    case 'MULTIPOINT': {
      const points = lineOf(coordinates);
      return points === null ? null : { ...empty, points };
    }
    case 'LINESTRING': {
      const line = lineOf(coordinates);
      return line === null || line.length < 2 ? null : { ...empty, lines: [line] };
    }
    case 'POLYGON': {
      const area = listOf(coordinates, lineOf);
      return area === null || area.some((ring) => ring.length < 3) ? null : { ...empty, areas: [area] };
    }
    case 'MULTILINESTRING':
    case 'MULTIPOLYGON': {
      const parts = listOf(coordinates, (each) => of(kind.slice(5), each));
      return parts === null ? null : together(parts);
    }
    default:
      return null;
  }
}

function together(shapes: readonly Shape[]): Shape {
  return {
    points: shapes.flatMap(({ points }) => points),
    lines: shapes.flatMap(({ lines }) => lines),
    areas: shapes.flatMap(({ areas }) => areas),
  };
}

function listOf<T>(value: JsonValue | undefined, each: (value: JsonValue) => T | null): T[] | null {
  if (!Array.isArray(value)) return null;
  const found = value.map(each);
  return found.some((one) => one === null) ? null : found.flatMap((one) => (one === null ? [] : [one]));
}

const lineOf = (value: JsonValue | undefined): Point[] | null => listOf(value, pointOf);

function pointOf(value: JsonValue | undefined): Point | null {
  const [x, y] = Array.isArray(value) ? value : [];
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : null;
}

function cornersOf({ points, lines, areas }: Shape): number {
  return points.length + [...lines, ...areas.flat()].reduce((sum, line) => sum + line.length, 0);
}

export type Segment = readonly [Point, Point];

/** The pieces of lines, and of the rings of areas. */
export function segmentsOf({ lines, areas }: Shape): readonly Segment[] {
  const open = lines.flatMap((line) => pieces(line));
  return [...open, ...areas.flat().flatMap((ring) => pieces(closed(ring)))];
}

function pieces(line: readonly Point[]): Segment[] {
  return line.slice(1).flatMap((end, at): Segment[] => {
    const start = line[at] ?? end;
    return start[0] === end[0] && start[1] === end[1] ? [] : [[start, end]];
  });
}

function closed(ring: readonly Point[]): readonly Point[] {
  const [first] = ring;
  const last = ring.at(-1);
  return first === undefined || (last?.[0] === first[0] && last[1] === first[1]) ? ring : [...ring, first];
}

/** Length of the lines, in degrees; points and areas have none. */
export function lengthOf({ lines }: Shape): number {
  return lines.flatMap(pieces).reduce((sum, [[x, y], [u, v]]) => sum + Math.hypot(x - u, y - v), 0);
}

/** Shortest distance in degrees between anything of the one and anything of the other; 0 where they meet. */
export function distance(a: Shape, b: Shape, meets: boolean): number {
  if (meets) return 0;
  const [one, two] = [segmentsOf(a), segmentsOf(b)];
  const found = [
    ...cornersIn(a).flatMap((point) => two.map((segment) => toSegment(point, segment))),
    ...cornersIn(b).flatMap((point) => one.map((segment) => toSegment(point, segment))),
    ...cornersIn(a).flatMap(([x, y]) => cornersIn(b).map(([u, v]) => Math.hypot(x - u, y - v))),
  ];
  return found.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
}

export function cornersIn({ points, lines, areas }: Shape): readonly Point[] {
  return [...points, ...lines.flat(), ...areas.flat(2)];
}

export function toSegment([x, y]: Point, [[x1, y1], [x2, y2]]: Segment): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}
