import { type BoundaryGeometry, boundaryGeometrySchema } from '../../model/index.ts';

/** A geometry as the outline of an area; the text of why it is none otherwise, which completes `the feature …`. */
export function outlineOf(
  geometry: unknown,
): { readonly outline: BoundaryGeometry } | { readonly fault: string } {
  if (geometry === null || geometry === undefined) return { fault: 'has no geometry' };
  const read = boundaryGeometrySchema.safeParse(geometry);
  if (read.success) return { outline: read.data };
  const type =
    typeof geometry === 'object' && 'type' in geometry && typeof geometry.type === 'string'
      ? geometry.type
      : '';
  if (!/^(?:Polygon|MultiPolygon|Point)$/.test(type))
    return { fault: `is a ${type.slice(0, 40) || 'geometry without type'}, which encloses nothing` };
  const [issue] = read.error.issues;
  return {
    fault:
      `has a wrong outline at ${issue === undefined ? '' : issue.path.map(String).join('/')}: ${issue?.message ?? ''}`.slice(
        0,
        200,
      ),
  };
}

/** The pieces of one area, which some layers give as features of their own, as one outline; a point gives way to a polygon. */
export function joinedOutline(a: BoundaryGeometry, b: BoundaryGeometry): BoundaryGeometry {
  if (a.type === 'Point') return b;
  if (b.type === 'Point') return a;
  const polygons = (each: typeof a | typeof b) =>
    each.type === 'Polygon' ? [each.coordinates] : each.coordinates;
  return { type: 'MultiPolygon', coordinates: [...polygons(a), ...polygons(b)] };
}
