import type { Localized } from '../../model/index.ts';
import type { Configuration } from './configuration.ts';
import type { Oddities } from './oddities.ts';

/** What each column of a data file is, by its position. */
export interface ColumnRoles {
  readonly period: number;
  readonly value: number;
  readonly unit: number | null;
  readonly series: number | null;
  readonly geoCode: number | null;
  readonly status: number | null;
  readonly multiplier: number | null;
  /** Ends of an interval around the value; both or none. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly attributes: readonly NamedColumn[];
  readonly breakdowns: readonly NamedColumn[];
  /** Columns without a name: what stands in them belongs to nothing. */
  readonly nameless: readonly number[];
}

export interface NamedColumn {
  readonly at: number;
  readonly name: string;
}

/** Names that a column may have, most usual first: Open SDG's, SDMX's, and those of statistical offices in other languages. */
const names = {
  period: [
    'year',
    'time_period',
    'timeperiod',
    'time',
    'period',
    'jahr',
    'año',
    'ano',
    'any',
    'année',
    'annee',
    'anno',
    'urtea',
    'jaar',
    'rok',
    'год',
    'рік',
    'жыл',
    'տարի',
    '年份',
    '年',
    'date',
  ],
  value: [
    'value',
    'obs_value',
    'values',
    'wert',
    'valor',
    'valeur',
    'valore',
    'balioa',
    'waarde',
    'значение',
    'значення',
    'արժեք',
    '数值',
    '值',
  ],
  unit: [
    'units',
    'unit',
    'unit_measure',
    'unit measure',
    'unit of measure',
    'unit of measurement',
    'einheit',
    'einheiten',
    'maßeinheit',
    'unidad',
    'unidades',
    'unité',
    'unités',
    'unità',
    'единица',
    'единица измерения',
    '单位',
  ],
  series: ['series', 'serie', 'zeitreihe', 'zeitreihen', 'série', 'séries', 'series_code', 'ряд'],
  geoCode: [
    'geocode',
    'geo_code',
    'geo code',
    'ref_area',
    'geographic code',
    'area code',
    'gebietscode',
    'geocodigo',
    'geocódigo',
  ],
  status: ['observation status', 'obs_status', 'observation_status', 'obs status'],
  multiplier: ['unit multiplier', 'unit_mult', 'unit_multiplier'],
} as const;

/** Columns with the ends of an interval: `Lower CI`, `95% CI upper`, `LOWER_BOUND`. */
const lowerEnd = endOf('lower|low', 'lci|untere grenze|l[ií]mite inferior');
const upperEnd = endOf('upper|high', 'uci|obere grenze|l[ií]mite superior');

function endOf(side: string, others: string): RegExp {
  const level = String.raw`(?:\d\d(?:\.\d)? ?% ?)?`;
  const kind = String.raw`(?:ci|cl|bound|limit|confidence[ _-](?:interval|limit|bound)s?)`;
  return new RegExp(`^${level}(?:(?:${side})[ _-]*${level}${kind}|${kind}[ _-]*(?:${side})|${others})$`, 'i');
}

/** Text about a single value, by the data structure of the SDGs and by the habits of those who publish. */
const attributeNames = new Set(
  'comment_obs|comment_ts|source_detail|time_detail|time_coverage|data_last_update|footnote|footnotes|footnote_obs|note|notes|comment|comments|source|sources|data source|geo_info_url|geo_info_type|base_per|nature|upper_bound|lower_bound|decimals|fußnote|anmerkung|bemerkung|nota|notas|remarque|примечание|reporting_type|freq|progress'.split(
    '|',
  ),
);

/** Reads the header; the text of what is missing otherwise. */
export function readColumns(
  file: string,
  header: readonly string[],
  configuration: Configuration,
  oddities: Oddities,
): ColumnRoles | Localized {
  const columns = header.map((name, at) => ({
    at,
    name: name
      .replace(/^\ufeff/, '')
      .trim()
      .replace(/\s+/g, ' '),
  }));
  columns.forEach(({ name, at }) => {
    if (name !== '' && name !== header[at])
      oddities.note(
        'header.spaces',
        { file, row: 1, column: name },
        `the name of the column ${name} has spaces or a mark around it`,
        'names are compared letter by letter',
        'take them out',
      );
  });
  const taken = new Set<number>();
  /** The column of this role: by the letters of Open SDG itself, by the configuration, else by any usual name. */
  const find = (own: string | null, told: string | null, known: readonly string[]): number | null => {
    const fits: readonly ((name: string) => boolean)[] = [
      (name) => name === own,
      (name) => told !== null && name.toLowerCase() === told.toLowerCase(),
      ...known.map((wanted) => (name: string) => name.toLowerCase() === wanted),
    ];
    for (const matches of fits) {
      const found = columns.find(({ at, name }) => !taken.has(at) && matches(name));
      if (found === undefined) continue;
      taken.add(found.at);
      return found.at;
    }
    return null;
  };
  const period = find('Year', null, names.period);
  const value = find('Value', null, names.value);
  if (period === null || value === null) {
    const lacks = period === null ? 'Year' : 'Value';
    const has = columns
      .map(({ name }) => name)
      .join(', ')
      .slice(0, 200);
    return { en: `the header names no column ${lacks}: ${has}`, zh: `表头没有“${lacks}”列：${has}` };
  }
  const unit = find(null, configuration.unitColumn, names.unit);
  const series = find(null, configuration.seriesColumn, names.series);
  const geoCode = find(
    'GeoCode',
    configuration.layers.map(({ idColumn }) => idColumn).find((each) => each !== null) ?? null,
    names.geoCode,
  );
  const status = find(null, null, names.status);
  const multiplier = find(null, null, names.multiplier);
  const end = (name: RegExp) => columns.find((column) => !taken.has(column.at) && name.test(column.name));
  const [lower, upper] = [end(lowerEnd), end(upperEnd)];
  const hasEnds = lower !== undefined && upper !== undefined;
  if (hasEnds) taken.add(lower.at).add(upper.at);
  const told = new Set(
    [...configuration.attributes, ...configuration.notDisaggregations].map((each) => each.toLowerCase()),
  );
  const attributes: NamedColumn[] = [];
  const breakdowns: NamedColumn[] = [];
  const nameless: number[] = [];
  const seen = new Map<string, number>();
  for (const { at, name } of columns) {
    if (taken.has(at)) continue;
    if (name === '') {
      nameless.push(at);
      continue;
    }
    const plain = name.toLowerCase();
    const twins = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, twins);
    if (twins > 1)
      oddities.warn(
        'header.twice',
        { file, row: 1, column: name },
        `the column ${name} stands ${twins} times`,
        'two columns of one name cannot be told apart',
        'rename one of them',
      );
    const own = { at, name: twins > 1 ? `${name} (${twins})` : name };
    if (
      told.has(plain) ||
      attributeNames.has(plain) ||
      /^(?:comment|source|title|note)_/.test(plain) ||
      (names.unit as readonly string[]).includes(plain)
    )
      attributes.push(own);
    else breakdowns.push(own);
  }
  return {
    period,
    value,
    unit,
    series,
    geoCode,
    status,
    multiplier,
    lower: hasEnds ? lower.at : null,
    upper: hasEnds ? upper.at : null,
    attributes,
    breakdowns,
    nameless,
  };
}
