import { type Boundary, boundarySchema, type SubmittedFile } from '../model/index.ts';
import { utf8Text } from './encoding.ts';
import type { FindingList } from './finding-list.ts';
import { geoFeatures } from './foreign/geo.ts';
import { quote } from './quote.ts';

/** Reads the files of `boundaries/`: GeoJSON or TopoJSON whose features name their area in the property `area`. */
export function readBoundaries(
  files: readonly SubmittedFile[],
  areas: ReadonlySet<string> | null,
  findings: FindingList,
): readonly Boundary[] {
  const layers = new Map<string, string>();
  return files.flatMap(({ path, bytes }) => {
    const text = utf8Text(path, bytes, findings);
    if (text === null) return [];
    const boundary = readBoundary(path, new TextDecoder().decode(text), areas, findings);
    if (boundary === null) return [];
    const twin = layers.get(boundary.id);
    layers.set(boundary.id, path);
    if (twin === undefined) return [boundary];
    wrong(
      findings,
      path,
      `the layer ${quote(boundary.id)} stands in ${twin} already`,
      'the file name is the id of the layer',
      'rename one of the files',
    );
    return [];
  });
}

function readBoundary(
  path: string,
  text: string,
  areas: ReadonlySet<string> | null,
  findings: FindingList,
): Boundary | null {
  const read = geoFeatures(text);
  if ('fault' in read) {
    wrong(
      findings,
      path,
      read.fault,
      'a layer of the map is GeoJSON (RFC 7946) or TopoJSON',
      'export the layer again, in longitude and latitude',
    );
    return null;
  }
  const features: { area: string; geometry: unknown }[] = [];
  const seen = new Set<string>();
  let good = true;
  read.features.forEach(({ properties, geometry }, at) => {
    const area = properties.area;
    const pointer = `/features/${at}`;
    const refuse = (what: string, why: string, mend: string) => {
      good = false;
      findings.error('boundary.feature', { file: path, pointer }, { what, why, mend });
    };
    if (typeof area !== 'string')
      refuse(
        'the feature names no area',
        'its property `area` says which area it is',
        'add the property, or use modelcity import boundaries',
      );
    else if (areas !== null && !areas.has(area))
      refuse(
        `the area ${quote(area)} is not declared`,
        'areas stand in city.yaml',
        'declare it, or take the feature out',
      );
    else if (seen.has(area))
      refuse(
        `the area ${quote(area)} stands twice in this layer`,
        'an area has one outline',
        'join the two into a MultiPolygon',
      );
    else {
      seen.add(area);
      features.push({ area, geometry });
    }
  });
  if (!good) return null;
  const { name, source } = read.head;
  const shaped = boundarySchema.safeParse({
    id: path.replace(/^.*\//, '').replace(/\.(?:geo|topo)json$/, ''),
    ...(name === undefined ? {} : { name }),
    ...(source === undefined ? {} : { source }),
    features,
  });
  if (shaped.success) return shaped.data;
  for (const issue of shaped.error.issues.slice(0, 20))
    findings.error(
      'boundary.shape',
      { file: path, pointer: `/${issue.path.map(String).join('/')}` },
      {
        what: issue.message,
        why: 'outlines are polygons, or a point, in degrees of longitude and latitude (WGS 84)',
        mend: 'export the layer again as WGS 84 (EPSG:4326)',
      },
    );
  return null;
}

function wrong(findings: FindingList, file: string, what: string, why: string, mend: string): void {
  findings.error('boundary.unreadable', { file }, { what, why, mend });
}

/** A layer as the GeoJSON that reads back as itself; one feature a line. */
export function boundaryText({ name, source, features }: Boundary): string {
  const head = [
    '"type":"FeatureCollection"',
    ...(name === undefined ? [] : [`"name":${JSON.stringify(name)}`]),
    ...(source === undefined ? [] : [`"source":${JSON.stringify(source)}`]),
  ];
  const lines = features.map(({ area, geometry }) =>
    JSON.stringify({ type: 'Feature', properties: { area }, geometry }),
  );
  return `{${head.join(',')},"features":[\n${lines.join(',\n')}\n]}\n`;
}
