import { comma } from '../../language/index.ts';
import type { OpenDataset } from '../../publish/index.ts';
import { schemaOrgDataset } from '../../publish/index.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { named, type PlaceView } from '../view.ts';
import { outletWords } from './words.ts';

/** What a page says of itself to machines: JSON-LD with the vocabulary of schema.org. */
export type StructuredData = object;

/** JSON for a script element of a page: no `<` of a text can end the element. */
export function scriptJson(data: StructuredData): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** The catalogue of a place's data with its dataset. Addresses are relative to the page, which lies three steps below the root. */
export function catalogueData(
  dataset: OpenDataset,
  files: ReadonlySet<string>,
  view: PlaceView,
): StructuredData {
  const base = `../../../data/${encodeURIComponent(view.here.city)}/`;
  return {
    '@context': 'https://schema.org/',
    '@type': 'DataCatalog',
    name: named(view.here.place.workspace.city.name, view),
    inLanguage: view.language === 'zh' ? 'zh-Hans' : 'en',
    url: './',
    dataset: {
      ...schemaOrgDataset(dataset, './', base, files),
      // A portal of files carries no position.
      ...(view.here.place.unnumbered === true
        ? { version: undefined, description: outletWords[view.language].dataLead }
        : {}),
    },
  };
}

/** One indicator as a dataset of its own. */
export function indicatorData(
  entry: IndicatorEntry,
  licences: readonly string[],
  view: PlaceView,
): StructuredData {
  const { indicator, series } = entry;
  const { here } = view;
  const moments = new Set(series.flatMap((each) => each.periods));
  moments.delete('undated');
  const periods = [...moments].sort();
  const place = named(here.place.workspace.city.name, view);
  const [first, last] = [periods[0]?.slice(0, 4), periods.at(-1)?.slice(-4)];
  return {
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    name: `${named(indicator.name, view)}${comma(view.language)}${place}`,
    description:
      indicator.definition === undefined ? named(indicator.name, view) : named(indicator.definition, view),
    identifier: `${here.city}/${indicator.id}`,
    url: './',
    inLanguage: view.language === 'zh' ? 'zh-Hans' : 'en',
    isAccessibleForFree: true,
    license: [...licences],
    creator: { '@type': 'Organization', name: place },
    spatialCoverage: { '@type': 'Place', name: place },
    ...(first === undefined || last === undefined ? {} : { temporalCoverage: `${first}/${last}` }),
    variableMeasured: {
      '@type': 'PropertyValue',
      propertyID: indicator.id,
      name: named(indicator.name, view),
      unitText: indicator.unit,
    },
    includedInDataCatalog: { '@type': 'DataCatalog', url: '../../data/' },
  };
}
