import type { Store } from '../store/index.ts';
import { FigureReader } from './figure-reader.ts';

/** A city as of a position of its log. */
export interface CityAsOf {
  readonly city: string;
  readonly asOf: number;
}

/**
 * Reads a stored place's figures a few indicators at a time, never holding all its observations; null when nothing was
 * loaded up to the position. `related` are the workspaces of its districts, each as of its own position.
 */
export async function figureReaderOf(
  store: Pick<Store, 'definitions' | 'observations' | 'observationCounts'>,
  { city, asOf }: CityAsOf,
  { related = [], atOnce }: { readonly related?: readonly CityAsOf[]; readonly atOnce?: number } = {},
): Promise<FigureReader | null> {
  const workspace = await store.definitions(city, asOf);
  if (workspace === null) return null;
  const others = [];
  for (const each of related) {
    const other = await store.definitions(each.city, each.asOf);
    if (other !== null) others.push(other);
  }
  const positions = new Map([...related, { city, asOf }].map((each) => [each.city, each.asOf]));
  const at = (id: string): { readonly asOf: number } => ({ asOf: positions.get(id) ?? 0 });
  return new FigureReader(workspace, {
    asOf,
    related: others,
    from: {
      sizes: (id) => store.observationCounts(id, at(id)),
      observations: (id, indicators) => store.observations(id, { ...at(id), indicators }),
    },
    ...(atOnce === undefined ? {} : { atOnce }),
  });
}
