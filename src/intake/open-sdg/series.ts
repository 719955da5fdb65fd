import type { Indicator, Localized, Observation, Target } from '../../model/index.ts';
import { identifierOf } from '../foreign/identifier.ts';
import { plainText } from '../foreign/plain-text.ts';
import { multipliedUnit, namesUnit, readUnit } from '../foreign/unit-text.ts';
import type { DataFile, DataRow } from './data-file.ts';
import type { Dictionary } from './dictionary.ts';
import { at, isMap, stringAt } from './foreign-yaml.ts';
import type { IndicatorMetadata } from './metadata.ts';
import type { Oddities } from './oddities.ts';

/** One series of an Open SDG indicator in one unit: an indicator of ours. */
export interface SeriesPlan {
  readonly indicator: Indicator;
  /** Rows of this series: by series text, unit text and multiplier. */
  readonly key: string;
  readonly hasInterval: boolean;
}

/** Names of the ends of an interval, which are two indicators more. */
const endNames = {
  lower: { en: 'lower end of the interval', zh: '区间下限' },
  upper: { en: 'upper end of the interval', zh: '区间上限' },
} as const;

const endId = (id: string, end: keyof typeof endNames): string => `${id}.interval-${end}`;

/** The indicators of some plans, with those of the ends of their intervals. */
export function indicatorsOf(plans: readonly SeriesPlan[]): readonly Indicator[] {
  return plans.flatMap(({ indicator, hasInterval }) => {
    if (!hasInterval) return [indicator];
    const { id, name, metadata: _, definition: __, ...rest } = indicator;
    const ends = (['lower', 'upper'] as const).map(
      (end): Indicator => ({
        ...rest,
        id: endId(id, end),
        name: joined(name, [endNames[end]]),
        direction: 'none',
      }),
    );
    return [{ ...indicator, interval: { lower: endId(id, 'lower'), upper: endId(id, 'upper') } }, ...ends];
  });
}

/** The ends of a row's interval as observations beside its own. */
export function intervalEnds({ interval }: DataRow, observation: Observation): readonly Observation[] {
  if (interval === null || observation.value === null) return [];
  return (
    [
      ['lower', interval.low],
      ['upper', interval.high],
    ] as const
  ).map(([end, value]) => ({
    ...observation,
    indicator: endId(observation.indicator, end),
    value,
    qualifier: null,
    note: null,
  }));
}

export const seriesKey = ({
  series,
  unit,
  multiplier,
}: Pick<DataRow, 'series' | 'unit' | 'multiplier'>): string => [series, unit, multiplier].join('\u0000');

/**
 * Makes the indicators of one number. A number with one series and unit becomes one indicator `1-2-1`; one with
 * several becomes `1-2-1.<series>.<unit>`, because a figure has one unit and means one thing.
 */
export function seriesOf(
  number: string,
  /** Its id, of this number only: `1-1` and `-1-1` would have one. */
  base: string,
  files: readonly DataFile[],
  metadata: IndicatorMetadata,
  dictionary: Dictionary,
  names: (number: string) => Localized | null,
  oddities: Oddities,
): readonly SeriesPlan[] {
  const keys = new Map<string, DataRow>();
  for (const file of files)
    for (const row of file.rows) if (!keys.has(seriesKey(row))) keys.set(seriesKey(row), row);
  const intervals = new Set(
    files.flatMap(({ rows }) => rows.filter(({ interval }) => interval !== null).map(seriesKey)),
  );
  const several = (pick: (row: DataRow) => string) => new Set([...keys.values()].map(pick)).size > 1;
  const manySeries = several(({ series }) => series);
  const manyUnits = several(({ unit }) => unit);
  const manyPowers = several(({ multiplier }) => multiplier);
  const title = titleOf(number, metadata, dictionary, names);
  const [file] = files;
  const told = metadata.get('computation_units', 'unit_of_measure', 'UNIT_MEASURE', 'units');
  const common = {
    ...commonOf(number, metadata, dictionary, title),
    ...(progressDirection(metadata) === null ? {} : { direction: progressDirection(metadata) ?? 'none' }),
  };
  const taken = new Set<string>();
  const plans = [...keys]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { series, unit, multiplier }]): SeriesPlan => {
      const parts = [
        ...(manySeries ? [series === '' ? 'all' : identifierOf(series, 40)] : []),
        ...(manyUnits ? [unit === '' ? 'plain' : identifierOf(unit, 40)] : []),
        ...(manyPowers ? [`x${identifierOf(multiplier === '' ? '0' : multiplier, 20)}`] : []),
      ];
      let id = [base, ...parts].join('.');
      while (taken.has(id)) id = `${id}-2`;
      taken.add(id);
      const suffix = [series, ...(manyUnits ? [unit] : [])]
        .filter((text) => text !== '')
        .map((text) => dictionary.label(text));
      return {
        key,
        hasInterval: intervals.has(key),
        indicator: {
          ...common,
          id,
          name: joined(common.name, suffix),
          unit: unitOf(unit, multiplier, file?.path ?? ''),
        },
      };
    });
  if (plans.length > 0) return plans;
  return [
    {
      key: '',
      hasInterval: false,
      indicator: { ...common, id: base, unit: told === null ? '1' : readUnit(told).code },
    },
  ];

  /** The unit column, by its words or their English translation; else the unit that the metadata name. */
  function unitOf(text: string, multiplier: string, path: string): string {
    const words = text === '' ? (told ?? '') : text;
    const found = [
      words,
      dictionary.label(words).en,
      // A column of units may hold names instead (`Alcohol`): what they are in, the metadata say of the whole number.
      ...(text === '' || !namesUnit(text) ? [told ?? '', dictionary.text(told ?? '')?.en ?? ''] : []),
    ]
      .filter((each) => each !== '')
      .map(readUnit);
    const read = found.find(({ known }) => known) ??
      found[1] ??
      found[0] ?? { code: '{unit not stated}', known: false };
    if (!read.known)
      oddities.note(
        words === '' ? 'unit.none' : 'unit.unknown',
        { file: path },
        words === ''
          ? 'neither the table nor the metadata name a unit'
          : `the unit '${words.slice(0, 80)}' is not one that is known`,
        'it became a count noun with the same words, which converts into nothing else',
        'give the unit in indicators/*.yaml (docs/units.md)',
      );
    const code = multipliedUnit(read.code, multiplier);
    if (code === null)
      oddities.warn(
        'unit.multiplier',
        { file: path },
        `the unit multiplier '${multiplier.slice(0, 40)}' is not known`,
        'values were taken as they stand',
        'use Units, Thousands, Millions or a power of ten',
      );
    return code ?? read.code;
  }
}

const joined = (name: Localized, parts: readonly Localized[]): Localized => {
  const en = [name.en, ...parts.map((part) => part.en)].filter((text) => text !== '');
  const whole = name.zh !== '' && parts.every((part) => part.zh !== '');
  return {
    en: en.join(', ').slice(0, 4000),
    zh: whole ? [name.zh, ...parts.map((part) => part.zh)].join('，').slice(0, 4000) : '',
  };
};

/** What the series measures: the deployment's own title of the data; the United Nations' title when it has none. */
function titleOf(
  number: string,
  metadata: IndicatorMetadata,
  dictionary: Dictionary,
  names: (number: string) => Localized | null,
): Localized {
  const shown = number.replaceAll('-', '.');
  // A number of the framework stands before the name; an id of words says nothing more than the name does.
  const lead = /^\d/.test(number) ? `${shown} ` : '';
  for (const field of [
    'national_indicator_available',
    'indicator_available',
    'indicador_disponible',
    'graph_title',
    'indicator_name',
    'STAT_CONC_DEF',
    'title',
    'indicator',
  ]) {
    const told = metadata.said(dictionary, field);
    const title = told === null ? null : { en: nameText(told.en), zh: nameText(told.zh) };
    if (title === null || (lead !== '' && title.en.replaceAll('-', '.').toLowerCase() === shown)) continue;
    return {
      en: title.en === '' ? '' : `${lead}${title.en}`.slice(0, 4000),
      zh: title.zh === '' ? '' : `${lead}${title.zh}`.slice(0, 4000),
    };
  }
  const known = dictionary.key(`global_indicators.${number}-title`) ?? names(number);
  return known === null
    ? { en: `Indicator ${shown}`, zh: `指标${shown}` }
    : { en: `${lead}${known.en}`, zh: known.zh === '' ? '' : `${lead}${known.zh}` };
}

/** A name on one line. */
const nameText = (text: string): string => plainText(text).replace(/\s+/g, ' ').trim();

/**
 * Goal and target that an indicator belongs to: as its metadata say, in figures or words (`Goal 1: …`, `<p>Target 1.2: …`), else by
 * its number.
 */
function placeAmongGoals(
  number: string,
  metadata: IndicatorMetadata,
): { readonly goal: string | null; readonly target: string | null } {
  const [first = '', second = ''] = number.split('-');
  const told = (pattern: RegExp, ...fields: readonly string[]): string | null =>
    pattern.exec(plainText(metadata.get(...fields) ?? '').trim())?.[1]?.toLowerCase() ?? null;
  const goal =
    told(/^\D{0,24}(1[0-7]|[1-9])(?![\d])/, 'sdg_goal', 'goal_number', 'goal', 'SDG_GOAL') ??
    (/^(?:[1-9]|1[0-7])$/.test(first) ? first : null);
  const target =
    told(
      /^\D{0,24}(\d{1,2}\.[0-9a-z]{1,2})(?![0-9a-z])/i,
      'target_id',
      'target_number',
      'SDG_TARGET',
      'SDG_TARGET__GLOBAL',
    ) ?? (/^\d{1,2}-[0-9a-z]{1,2}-./.test(number) ? `${first}.${second}` : null);
  // A place may number goals of its own (`18-1-1`): they are none of the seventeen.
  return { goal, target: target !== null && /^(?:[1-9]|1[0-7])\./.test(target) ? target : null };
}

function commonOf(
  number: string,
  metadata: IndicatorMetadata,
  dictionary: Dictionary,
  name: Localized,
): Omit<Indicator, 'id' | 'unit'> {
  const { goal, target } = placeAmongGoals(number, metadata);
  const told = metadata.said(
    dictionary,
    'computation_definitions',
    'indicator_definition',
    'definicion',
    'definition',
    'indicator_description',
    'STAT_CONC_DEF',
  );
  const described = told === null ? null : { en: plainText(told.en), zh: plainText(told.zh) };
  const entries = metadata.entries.filter(([, text]) => text !== '');
  return {
    version: 1,
    name,
    ...(described === null
      ? {}
      : { definition: { en: described.en.slice(0, 4000), zh: described.zh.slice(0, 4000) } }),
    rollup: 'none',
    direction: 'none',
    nature: 'level',
    goals: goal === null ? [] : [goal],
    targets: target === null ? [] : [target],
    key: false,
    ...(entries.length === 0
      ? {}
      : {
          metadata: entries.slice(0, 500).map(([field, text]) => {
            const read = metadata.said(dictionary, field) ?? { en: text, zh: '' };
            const called = dictionary.fieldNames.get(field);
            return {
              field: field.slice(0, 120),
              ...(called === undefined
                ? {}
                : { name: { en: called.en.slice(0, 300), zh: called.zh.slice(0, 300) } }),
              text: { en: read.en.slice(0, 30_000), zh: read.zh.slice(0, 30_000) },
            };
          }),
        }),
  };
}

function progressOptions(metadata: IndicatorMetadata) {
  const options = metadata.parts.get('progress_calculation_options');
  return (Array.isArray(options) ? options : isMap(options) ? [options] : []).filter(isMap);
}

function progressDirection(metadata: IndicatorMetadata): Indicator['direction'] | null {
  const told = new Set(
    progressOptions(metadata)
      .map((each) => stringAt(each, 'direction'))
      .filter((each) => each !== null),
  );
  const [direction] = told;
  return told.size !== 1 ? null : direction === 'positive' ? 'up' : direction === 'negative' ? 'down' : null;
}

/** Targets that the metadata give for the measure of progress; their year is 2030 when none is told, as in Open SDG. */
export function targetsOf(
  metadata: IndicatorMetadata,
  plans: readonly SeriesPlan[],
  place: { readonly area: string; readonly source: string },
): readonly Target[] {
  return progressOptions(metadata).flatMap((option, number): Target[] => {
    const value = stringAt(option, 'target');
    if (value === null || !/^-?\d+(?:\.\d+)?$/.test(value)) return [];
    const [series, unit] = [stringAt(option, 'series') ?? '', stringAt(option, 'unit') ?? ''];
    const plan = plans.find(({ key }) => {
      const [ofSeries = '', ofUnit = ''] = key.split('\u0000');
      return (series === '' || series === ofSeries) && (unit === '' || unit === ofUnit);
    });
    const year = stringAt(option, 'target_year') ?? '2030';
    if (plan === undefined || !/^\d{4}$/.test(year)) return [];
    const { indicator } = plan;
    return [
      {
        indicator: indicator.id,
        area: place.area,
        period: year,
        breakdown: {},
        comparator: stringAt(option, 'direction') === 'positive' ? '>=' : '<=',
        value,
        unit: indicator.unit,
        basePeriod: null,
        qualifier: null,
        source: place.source,
        locator: `progress_calculation_options ${number + 1}`,
        ref: null,
        note:
          at(option, 'base_year') === undefined ? null : `base year ${stringAt(option, 'base_year') ?? ''}`,
      },
    ];
  });
}
