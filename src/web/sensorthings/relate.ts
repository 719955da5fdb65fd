import { cornersIn, type Point, type Segment, type Shape, segmentsOf, toSegment } from './shape.ts';

/**
 * How two geometries lie to each other: the dimensionally extended nine-intersection model of OGC 06-103r4, clause
 * 6.1.15. Every line is cut where it meets the other geometry; each corner, each cut, the middle of each piece and a
 * point on either side of it are then placed inside, on the edge or outside of both. Together they touch every face, edge
 * and node that the two make.
 */
export type Matrix = readonly (readonly Dimension[])[];
type Dimension = -1 | 0 | 1 | 2;
/** Rows and columns of a matrix. */
type Place = 0 | 1 | 2;
const [inner, edge, outer]: readonly [Place, Place, Place] = [0, 1, 2];

export function relate(a: Shape, b: Shape): Matrix {
  const all = [...cornersIn(a), ...cornersIn(b)];
  const size = Math.max(1e-9, ...[0, 1].map((axis) => reach(all, axis)));
  const close = size * 1e-10;
  const [one, two] = [cut(segmentsOf(a), b, close), cut(segmentsOf(b), a, close)];
  const matrix: Dimension[][] = [
    [-1, -1, -1],
    [-1, -1, -1],
    [-1, -1, 2],
  ];
  const note = (point: Point, dimension: Dimension): void => {
    const row = matrix[placeIn(point, a, close)];
    const column = placeIn(point, b, close);
    if (row !== undefined && (row[column] ?? -1) < dimension) row[column] = dimension;
  };
  for (const point of all) note(point, 0);
  for (const [[x1, y1], [x2, y2]] of [...one, ...two]) {
    note([x1, y1], 0);
    note([x2, y2], 0);
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    note([x, y], 1);
    const length = Math.hypot(x2 - x1, y2 - y1);
    const aside = Math.min(length * 1e-3, size * 1e-6);
    const [dx, dy] = [((y1 - y2) / length) * aside, ((x2 - x1) / length) * aside];
    note([x + dx, y + dy], 2);
    note([x - dx, y - dy], 2);
  }
  return matrix;
}

function reach(points: readonly Point[], axis: number): number {
  const values = points.map((point) => point[axis] ?? 0);
  return (
    values.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY) -
    values.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY)
  );
}

/** Segments cut where they meet segments or points of another geometry. */
function cut(segments: readonly Segment[], by: Shape, close: number): readonly Segment[] {
  const others = segmentsOf(by);
  const corners = cornersIn(by);
  return segments.flatMap((segment): Segment[] => {
    const [[x1, y1], [x2, y2]] = segment;
    const [dx, dy] = [x2 - x1, y2 - y1];
    const cuts = [0, 1];
    for (const other of others) {
      const at = crossing(segment, other);
      if (at !== null) cuts.push(at);
    }
    for (const corner of corners)
      if (toSegment(corner, segment) <= close)
        cuts.push(((corner[0] - x1) * dx + (corner[1] - y1) * dy) / (dx * dx + dy * dy));
    const inside = cuts.filter((at) => at >= 0 && at <= 1).sort((a, b) => a - b);
    const length = Math.hypot(dx, dy);
    return inside.slice(1).flatMap((end, at): Segment[] => {
      const start = inside[at] ?? 0;
      if ((end - start) * length <= close) return [];
      return [
        [
          [x1 + start * dx, y1 + start * dy],
          [x1 + end * dx, y1 + end * dy],
        ],
      ];
    });
  });
}

/** Where one segment is crossed by another, as a share of its length. Ones that run along each other meet at corners. */
function crossing([[x1, y1], [x2, y2]]: Segment, [[x3, y3], [x4, y4]]: Segment): number | null {
  const turn = (x2 - x1) * (y4 - y3) - (y2 - y1) * (x4 - x3);
  if (turn === 0) return null;
  const along = ((x3 - x1) * (y4 - y3) - (y3 - y1) * (x4 - x3)) / turn;
  const other = ((x3 - x1) * (y2 - y1) - (y3 - y1) * (x2 - x1)) / turn;
  return along >= 0 && along <= 1 && other >= 0 && other <= 1 ? along : null;
}

function placeIn(point: Point, { points, lines, areas }: Shape, close: number): Place {
  let found: Place = outer;
  for (const area of areas) {
    const segments = segmentsOf({ points: [], lines: [], areas: [area] });
    if (segments.some((segment) => toSegment(point, segment) <= close)) found = edge;
    else if (segments.filter((segment) => isRightOf(point, segment)).length % 2 === 1) return inner;
  }
  if (found === edge) return edge;
  const near = ([x, y]: Point): boolean => Math.hypot(x - point[0], y - point[1]) <= close;
  // The end of a line is its edge, unless another line ends there too.
  const ends = lines.flatMap((line) =>
    [line[0], line.at(-1)].filter((end) => end !== undefined && near(end)),
  );
  if (ends.length % 2 === 1) return edge;
  const onLine = segmentsOf({ points: [], lines, areas: [] }).some(
    (segment) => toSegment(point, segment) <= close,
  );
  return ends.length > 0 || onLine || points.some(near) ? inner : outer;
}

function isRightOf([x, y]: Point, [[x1, y1], [x2, y2]]: Segment): boolean {
  return y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
}

/** Whether a matrix fits a pattern of `T`, `F`, `0`, `1`, `2` and `*`, row by row. */
export function fits(matrix: Matrix, pattern: string): boolean {
  return matrix.flat().every((dimension, at) => {
    const mark = pattern[at] ?? '*';
    if (mark === '*') return true;
    if (mark === 'T') return dimension >= 0;
    return mark === 'F' ? dimension < 0 : dimension === Number(mark);
  });
}

export function dimensionOf({ lines, areas }: Shape): Dimension {
  if (areas.length > 0) return 2;
  return lines.length > 0 ? 1 : 0;
}

/** The named relations of clause 6.1.15.3. */
export const relations = {
  equals: (a: Shape, b: Shape): boolean => fits(relate(a, b), 'T*F**FFF*'),
  disjoint: (a: Shape, b: Shape): boolean => fits(relate(a, b), 'FF*FF****'),
  intersects: (a: Shape, b: Shape): boolean => !fits(relate(a, b), 'FF*FF****'),
  within: (a: Shape, b: Shape): boolean => fits(relate(a, b), 'T*F**F***'),
  contains: (a: Shape, b: Shape): boolean => fits(relate(a, b), 'T*****FF*'),
  touches: (a: Shape, b: Shape): boolean => {
    const matrix = relate(a, b);
    return ['FT*******', 'F**T*****', 'F***T****'].some((pattern) => fits(matrix, pattern));
  },
  crosses: (a: Shape, b: Shape): boolean => {
    const [one, two] = [dimensionOf(a), dimensionOf(b)];
    if (one === 1 && two === 1) return fits(relate(a, b), '0********');
    if (one === two) return false;
    return fits(relate(a, b), one < two ? 'T*T******' : 'T*****T**');
  },
  overlaps: (a: Shape, b: Shape): boolean => {
    const [one, two] = [dimensionOf(a), dimensionOf(b)];
    return one === two && fits(relate(a, b), one === 1 ? '1*T***T**' : 'T*T***T**');
  },
} as const;
