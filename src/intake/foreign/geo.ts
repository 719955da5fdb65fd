/** A feature as read, its geometry in GeoJSON. Not yet checked against the schema of boundaries. */
export interface GeoFeature {
  readonly id: string | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry: unknown;
}

export type GeoRead =
  | {
      readonly features: readonly GeoFeature[];
      readonly head: { readonly name?: unknown; readonly source?: unknown };
    }
  | { readonly fault: string };

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Systems in degrees that lie within two metres of WGS 84, less than a map of a city shows: China's CGCS2000 (EPSG:4490), Europe's
 * ETRS89 (4258), North America's NAD83 (4269, 4617, 4759, 6318), Latin America's SIRGAS 2000 (4674), Australia's GDA (4283, 7844),
 * New Zealand's (4167), Korea's (4737) and Japan's (4612, 6668).
 */
const geographic =
  /CRS ?84|WGS[ _]?(?:19)?84|CGCS ?2000|ETRS ?(?:19)?89|SIRGAS ?2000|\b(?:4326|4490|4258|4269|4617|4759|6318|4674|4283|7844|4167|4737|4612|6668|4979)\b/i;

/** Reads GeoJSON (RFC 7946) or TopoJSON 1.0, whose arcs are put together. */
export function geoFeatures(text: string): GeoRead {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { fault: `this is no JSON: ${error instanceof Error ? error.message.slice(0, 120) : ''}` };
  }
  if (!isPlain(json)) return { fault: 'this is no JSON object' };
  const crs = JSON.stringify(json.crs ?? '');
  if (crs !== '""' && !geographic.test(crs))
    return {
      fault: `the coordinates are in another system than longitude and latitude: ${crs.slice(0, 120)}`,
    };
  const head = {
    ...(isPlain(json.name) ? { name: json.name } : {}),
    ...(typeof json.source === 'string' ? { source: json.source } : {}),
  };
  if (json.type === 'FeatureCollection' && Array.isArray(json.features))
    return { features: json.features.filter(isPlain).map(featureOf), head };
  if (json.type === 'Feature') return { features: [featureOf(json)], head };
  if (json.type === 'Topology') return topology(json, head);
  // A bare geometry belongs to no area that it could name.
  if (
    typeof json.type === 'string' &&
    /^(?:Multi)?(?:Polygon|Point|LineString)$|^GeometryCollection$/.test(json.type)
  )
    return {
      fault: `a ${json.type} by itself names no area: put its parts into a FeatureCollection, each with its code`,
    };
  return {
    fault: `the type ${JSON.stringify(json.type)?.slice(0, 40)} is neither FeatureCollection nor Topology`,
  };
}

function featureOf(feature: Plain): GeoFeature {
  const properties = isPlain(feature.properties) ? feature.properties : {};
  const id = typeof feature.id === 'string' || typeof feature.id === 'number' ? String(feature.id) : null;
  return { id, properties, geometry: flat(feature.geometry) };
}

/** A GeometryCollection of polygons is one MultiPolygon; points and lines in it (a label, a river) enclose nothing. */
function flat(geometry: unknown): unknown {
  if (!isPlain(geometry) || geometry.type !== 'GeometryCollection' || !Array.isArray(geometry.geometries))
    return isPlain(geometry) ? { type: geometry.type, coordinates: geometry.coordinates } : geometry;
  const coordinates = geometry.geometries
    .filter(isPlain)
    .flatMap((each) =>
      each.type === 'Polygon'
        ? [each.coordinates]
        : each.type === 'MultiPolygon' && Array.isArray(each.coordinates)
          ? each.coordinates
          : [],
    );
  return { type: 'MultiPolygon', coordinates };
}

type Position = readonly [number, number];

function topology(json: Plain, head: object): GeoRead {
  const transform = isPlain(json.transform) ? json.transform : null;
  const [sx, sy] = pair(transform?.scale) ?? [1, 1];
  const [tx, ty] = pair(transform?.translate) ?? [0, 0];
  if (!Array.isArray(json.arcs)) return { fault: 'a topology without arcs' };
  const arcs = json.arcs.map((arc): Position[] => {
    let [x, y] = [0, 0];
    return (Array.isArray(arc) ? arc : []).map((point): Position => {
      const [dx, dy] = pair(point) ?? [0, 0];
      if (transform === null) return [dx, dy];
      x += dx;
      y += dy;
      return [x * sx + tx, y * sy + ty];
    });
  });
  const placed = (position: unknown): Position => {
    const [x, y] = pair(position) ?? [Number.NaN, Number.NaN];
    return [x * sx + tx, y * sy + ty];
  };
  const ring = (indexes: unknown): Position[] =>
    (Array.isArray(indexes) ? indexes : []).flatMap((index: unknown, at) => {
      const number = typeof index === 'number' ? index : 0;
      const arc = arcs[number < 0 ? ~number : number] ?? [];
      const turned = number < 0 ? [...arc].reverse() : arc;
      return at === 0 ? turned : turned.slice(1);
    });
  const rings = (list: unknown) => (Array.isArray(list) ? list.map(ring) : []);
  const features: GeoFeature[] = [];
  const take = (object: unknown, depth: number) => {
    if (!isPlain(object) || depth > 8) return;
    if (object.type === 'GeometryCollection' && Array.isArray(object.geometries)) {
      for (const each of object.geometries) take(each, depth + 1);
      return;
    }
    const geometry: unknown =
      object.type === 'Polygon'
        ? { type: 'Polygon', coordinates: rings(object.arcs) }
        : object.type === 'MultiPolygon'
          ? { type: 'MultiPolygon', coordinates: Array.isArray(object.arcs) ? object.arcs.map(rings) : [] }
          : object.type === 'Point'
            ? { type: 'Point', coordinates: placed(object.coordinates) }
            : // What encloses nothing stays a feature, so that it is told.
              typeof object.type === 'string'
              ? { type: object.type }
              : null;
    features.push({ ...featureOf(object), geometry });
  };
  if (isPlain(json.objects)) for (const object of Object.values(json.objects)) take(object, 0);
  return { features, head };
}

function pair(value: unknown): Position | null {
  if (!Array.isArray(value)) return null;
  const [x, y]: unknown[] = value;
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : null;
}
