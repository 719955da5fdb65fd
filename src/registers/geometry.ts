import { z } from 'zod';

/** A place in degrees (WGS 84), as typed. */
export interface Point {
  readonly latitude: string;
  readonly longitude: string;
}

const ring = z
  .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
  .min(4)
  .max(5000);
const shapeSchema = z.union([
  z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1).max(50) }),
  z.strictObject({
    type: z.literal('MultiPolygon'),
    coordinates: z.array(z.array(ring).min(1).max(50)).max(50),
  }),
]);
export type Shape = z.infer<typeof shapeSchema>;

/** An area as a GeoJSON geometry (RFC 7946: longitude first); null when the text is none. */
export function readShape(text: string): Shape | null {
  try {
    const read = shapeSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Whether a shape holds a point: odd number of crossings to the east, holes counted too. A point on the line may be in or out. */
export function shapeContains(shape: Shape, { latitude, longitude }: Point): boolean {
  const [x, y] = [Number(longitude), Number(latitude)];
  const rings = shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat();
  let inside = false;
  for (const line of rings)
    for (let at = 1; at < line.length; at += 1) {
      const [[x1, y1], [x2, y2]] = [line[at - 1] ?? [0, 0], line[at] ?? [0, 0]];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  return inside;
}

/** Metres between two points on the sphere of mean radius 6,371,008.8 m (IUGG); haversine, under 0.5 % off the ellipsoid. */
export function distance(a: Point, b: Point): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [from, to] = [radians(Number(a.latitude)), radians(Number(b.latitude))];
  const half =
    Math.sin((to - from) / 2) ** 2 +
    Math.cos(from) * Math.cos(to) * Math.sin(radians(Number(b.longitude) - Number(a.longitude)) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Latitude and longitude of a point, or null. */
export function readPoint(text: string): Point | null {
  const match = /^(-?\d{1,2}(?:\.\d{1,10})?),(-?\d{1,3}(?:\.\d{1,10})?)$/.exec(text.replaceAll(' ', ''));
  const [, latitude, longitude] = match ?? [];
  if (latitude === undefined || longitude === undefined) return null;
  return Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180
    ? { latitude, longitude }
    : null;
}
