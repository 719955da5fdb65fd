import type { ForeignPlace } from './as-repository.ts';
import type { SdmxRead } from './sdmx-read.ts';

/** Components of the data structure of the SDGs and their columns here. */
const columns = new Map([
  ['TIME_PERIOD', 'Year'],
  ['OBS_VALUE', 'Value'],
  ['REF_AREA', 'GeoCode'],
  ['UNIT_MEASURE', 'Units'],
  ['UNIT', 'Units'],
  ['UNIT_MULT', 'Unit multiplier'],
  ['OBS_STATUS', 'Observation status'],
]);

/** Dimensions that say nothing of the value itself. */
const passed = new Set(['FREQ', 'SERIES', 'INDICATOR', 'MEASURE', 'TIME_FORMAT', 'ACTION']);
const notes =
  /^(?:COMMENT|SOURCE|TITLE|NOTE|QUALIFIER|DECIMALS|BASE_PER|NATURE|TIME_DETAIL|TIME_COVERAGE|GEO_INFO|UPPER_BOUND|LOWER_BOUND|DATA_LAST|COLLECTION|REPORTING_TYPE|OBS_CONF|CONF_STATUS|OBS_PRE_BREAK|BREAKS|COMPILING|PUBL_|DISS_ORG|DOM_SER)/;

/** Notes whose names are known as such where tables are read, or which mean more there: ends of intervals. */
const ownNotes =
  /^(?:COMMENT_|SOURCE_|NOTE_|TITLE_)|^(?:UPPER_BOUND|LOWER_BOUND|DECIMALS|BASE_PER|NATURE|TIME_DETAIL|TIME_COVERAGE|GEO_INFO_URL|GEO_INFO_TYPE|DATA_LAST_UPDATE|REPORTING_TYPE)$/;

/** Components that hold the area where there is no REF_AREA, most usual first. */
const areaIds = ['REFERENCE_AREA', 'COUNTRY', 'LOCATION', 'GEOGRAPHY'];

/** The message with its area as REF_AREA, also where its agency calls that otherwise. */
function withArea(read: SdmxRead): SdmxRead {
  const has = (id: string) => read.rows.some(({ components }) => (components.get(id) ?? '') !== '');
  const own = has('REF_AREA') ? undefined : areaIds.find(has);
  if (own === undefined) return read;
  const called = (id: string): string => (id === own ? 'REF_AREA' : id);
  return {
    ...read,
    names: new Map([...read.names].map(([id, of]) => [called(id), of])),
    rows: read.rows.map((row) => ({
      ...row,
      components: new Map(
        [...row.components].flatMap(([id, text]) => (id === 'REF_AREA' ? [] : [[called(id), text] as const])),
      ),
    })),
  };
}

/** The code of each component that stands for the whole: `_T`, else what agencies write for it (`TOTAL`, `SEX_T`, `T` of sexes). */
function wholesOf(rows: SdmxRead['rows']): ReadonlyMap<string, string> {
  const used = new Map<string, Set<string>>();
  for (const { components } of rows)
    for (const [id, text] of components) used.set(id, (used.get(id) ?? new Set()).add(text));
  return new Map(
    [...used].map(([id, texts]) => {
      const usual = ['_T', 'TOTAL', `${id.toUpperCase()}_T`, ...(/^sex$/i.test(id) ? ['T'] : [])];
      return [id, usual.find((code) => texts.has(code)) ?? '_T'];
    }),
  );
}

/** A message as tables, one for each code of SERIES or INDICATOR; without one, all is one indicator named after the structure. */
export function sdmxPlace(read: SdmxRead): ForeignPlace {
  const { rows, names, structure, attributes = new Set() } = withArea(read);
  const wholes = wholesOf(rows);
  const isNote = (id: string): boolean => notes.test(id) || attributes.has(id);
  const bySeries = new Map<string, SdmxRead['rows'][number][]>();
  const used = new Set<string>();
  for (const row of rows) {
    const series =
      row.components.get('SERIES') ||
      row.components.get('INDICATOR') ||
      row.components.get('MEASURE') ||
      (structure ?? 'data').replace(/^[^:]*:/, '').replace(/\(.*$/, '');
    const list = bySeries.get(series);
    if (list === undefined) bySeries.set(series, [row]);
    else list.push(row);
    for (const [id, text] of row.components) if (text !== '') used.add(id);
  }
  const ids = [...used].filter((id) => !passed.has(id));
  const texts = new Map<string, { en: string; zh: string }>();
  const localized = (of: ReadonlyMap<string, string> | undefined) => ({
    en: of?.get('en') ?? [...(of ?? [])].find(([language]) => !/^zh/.test(language))?.[1] ?? '',
    zh: of?.get('zh') ?? of?.get('zh-Hans') ?? of?.get('zh-CN') ?? '',
  });
  /** What the message calls an area. */
  const areaName = (code: string): string => {
    const { en, zh } = localized(names.get('REF_AREA')?.get(code));
    if (en !== '' && zh !== '') texts.set(en, { en, zh });
    return en || zh;
  };
  const qualifiers = new Map([
    ['over', '>'],
    ['under', '<'],
    ['about', '~'],
    ['at-least', '>='],
    ['at-most', '<='],
    ['nearly', ''],
  ]);
  return {
    names: texts,
    series: [...bySeries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([series, own]) => {
        const here = ids.filter(
          (id) =>
            id === 'OBS_VALUE' ||
            own.some(
              ({ components }) =>
                (components.get(id) ?? '') !== '' &&
                (components.get(id) !== wholes.get(id) || columns.has(id)),
            ),
        );
        const named = own.some(({ components }) => areaName(components.get('REF_AREA') ?? '') !== '');
        const title = localized(
          ['SERIES', 'INDICATOR', 'MEASURE']
            .map((id) => names.get(id)?.get(series))
            .find((name) => name !== undefined),
        );
        return {
          id: series.toLowerCase().replaceAll('$', '.').replaceAll('_', '-'),
          title: title.en === '' && title.zh === '' ? { en: series, zh: '' } : title,
          columns: [
            ...here.map((id) => columns.get(id) ?? (isNote(id) && !ownNotes.test(id) ? `COMMENT_${id}` : id)),
            ...(named ? ['Area name'] : []),
            'SOURCE_ROW',
          ],
          rows: own.map(({ at, components }) => [
            ...here.map((id) => {
              const text = components.get(id) ?? '';
              if (id === 'OBS_VALUE')
                return text === 'NaN'
                  ? ''
                  : `${qualifiers.get(components.get('QUALIFIER') ?? '') ?? ''}${text}`;
              if (id === 'UNIT_MEASURE' || id === 'UNIT') {
                const named = localized(names.get(id)?.get(text)).en;
                return /^U_/.test(text) && named !== '' ? named : text;
              }
              // A month of ISO 8601, which nothing else in the column may make a span of two years.
              if (id === 'TIME_PERIOD') return text.replace(/^(\d{4})-(\d{2})$/, '$1-M$2');
              if (columns.has(id) || isNote(id)) return id === 'REF_AREA' && text === '_T' ? '' : text;
              if (text === wholes.get(id) || text === '_Z') return '';
              const named = localized(names.get(id)?.get(text));
              if (named.en !== '' || named.zh !== '') texts.set(text, named);
              return text;
            }),
            ...(named ? [areaName(components.get('REF_AREA') ?? '')] : []),
            String(at),
          ]),
          fields: structure === null ? {} : { sdmx_structure: structure, sdmx_series: series },
        };
      }),
  };
}
