import type { ChartPlace, ChartState } from '../../chart/index.ts';
import type { Boundary, Portfolio, Project } from '../../model/index.ts';
import { ringsOf } from '../explore/indicator-chart.ts';
import { areaName, named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { projectWords } from './words.ts';

export interface Row {
  readonly project: Project;
  readonly portfolio: Portfolio;
}

/**
 * Where projects are: on the city's boundaries where it gives them, districts shaded by how many they have and a numbered
 * point for each project that gives its place; else on the tiles of the city. Null where neither tells anything.
 */
export function projectMap(rows: readonly Row[], view: PlaceView): ChartState | null {
  const { language, here } = view;
  const w = projectWords[language];
  const { city, boundaries = [] } = here.place.workspace;
  const tiles = city.tiles ?? [];
  const counts = new Map<string, number>();
  for (const { project } of rows)
    if (project.area !== undefined) counts.set(project.area, (counts.get(project.area) ?? 0) + 1);
  const points = rows.flatMap(({ project }): readonly ChartPlace[] =>
    project.point === undefined ? [] : [{ name: named(project.name, view), ...project.point }],
  );
  const head = {
    language,
    title: points.length === 0 ? w.mapText : fill(w.mapPoints, { n: points.length }),
    subtitle: w.mapUnit,
    unit: w.mapUnit,
    source: [...new Set(rows.map(({ portfolio }) => named(portfolio.name, view)))].join(
      language === 'zh' ? '；' : '; ',
    ),
  };
  const shadeOf = (area: string) => ({
    name: areaName(view, area),
    value: String(counts.get(area) ?? 0),
    label: String(counts.get(area) ?? 0),
    status: 'A' as const,
  });
  const layer = layerOf(boundaries, counts, points.length > 0);
  if (layer !== null)
    return {
      ...head,
      kind: 'map',
      regions: layer.features.flatMap(({ area, geometry }) =>
        geometry.type === 'Point' ? [] : [{ ...shadeOf(area), polygons: ringsOf(geometry) }],
      ),
      points,
    };
  if (!tiles.some(({ area }) => counts.has(area))) return null;
  return {
    ...head,
    title: w.mapText,
    kind: 'tiles',
    tiles: tiles.map(({ area, column, row }) => ({ ...shadeOf(area), column, row })),
  };
}

/** The layer whose areas most projects name; with points, any layer that has an outline. */
function layerOf(
  boundaries: readonly Boundary[],
  counts: ReadonlyMap<string, number>,
  hasPoints: boolean,
): Boundary | null {
  const outlined = boundaries.filter(({ features }) =>
    features.some(({ geometry }) => geometry.type !== 'Point'),
  );
  const hits = ({ features }: Boundary): number =>
    features.reduce((sum, { area }) => sum + (counts.get(area) ?? 0), 0);
  const [best] = [...outlined].sort((a, b) => hits(b) - hits(a));
  return best !== undefined && (hasPoints || hits(best) > 0) ? best : null;
}
