import { type Localized, observationStatuses } from '../../model/index.ts';
import { codeOf, componentId, sdmxUnit } from './codes.ts';
import type { OpenDescription } from './dataset.ts';

/** A code of a code list, with its name and the code above it. */
export interface Code {
  readonly id: string;
  readonly name: Localized;
  readonly parent?: string | undefined;
}

export interface Codelist {
  readonly id: string;
  readonly name: Localized;
  readonly codes: readonly Code[];
}

/** A dimension of the data structure: its name in SDMX, its list, and the breakdown of ours that it is. */
export interface DimensionComponent {
  readonly id: string;
  readonly name: Localized;
  readonly codelist: Codelist;
  /** Our dimension; null for FREQ, SERIES and REF_AREA. */
  readonly breakdown: string | null;
  /** Our value → code of the list; `_T` is the total. */
  readonly codes: ReadonlyMap<string, string>;
}

export interface AttributeComponent {
  readonly id: string;
  readonly name: Localized;
  readonly codelist: Codelist | null;
  readonly mandatory: boolean;
}

/** The data structure definition of a city: by the structure of the SDGs (IAEG-SDGs:SDG 1.8) where that has a concept, with the city's own where not. */
export interface Structure {
  readonly agency: string;
  readonly id: string;
  readonly dataflow: string;
  readonly conceptScheme: string;
  /** `1.0.<position of the log>`: an artefact never changes. */
  readonly version: string;
  readonly name: Localized;
  readonly dimensions: readonly DimensionComponent[];
  readonly attributes: readonly AttributeComponent[];
}

const text = (en: string, zh: string): Localized => ({ en, zh });
export const total = '_T';

const frequencies: Codelist = {
  id: 'CL_FREQ',
  name: text('Frequency', '频率'),
  codes: [
    { id: 'A', name: text('annual', '年') },
    { id: 'S', name: text('half-yearly', '半年') },
    { id: 'Q', name: text('quarterly', '季') },
    { id: 'M', name: text('monthly', '月') },
    { id: 'D', name: text('daily', '日') },
    { id: '_O', name: text('other: a span of time', '其他：时段') },
  ],
};

const statuses: Codelist = {
  id: 'CL_OBS_STATUS',
  name: text('Observation status', '观测值状态'),
  codes: Object.entries(observationStatuses).map(([id, name]) => ({ id, name })),
};

const powers: Codelist = {
  id: 'CL_UNIT_MULT',
  name: text('Unit multiplier', '单位倍数'),
  codes: Array.from({ length: 16 }, (_, power) => ({
    id: String(power),
    name: text(power === 0 ? 'units' : `10 to the power ${power}`, power === 0 ? '个' : `10的${power}次方`),
  })),
};

const qualifiers: Codelist = {
  id: 'CL_QUALIFIER',
  name: text('Words before a number in its source', '来源中数字前的限定词'),
  codes: [
    { id: 'over', name: text('over', '超过') },
    { id: 'nearly', name: text('nearly', '近') },
    { id: 'about', name: text('about', '约') },
    { id: 'under', name: text('under', '不足') },
    { id: 'at-least', name: text('at least', '至少') },
    { id: 'at-most', name: text('at most', '至多') },
  ],
};

/** Breakdowns that the structure of the SDGs has a dimension for, and codes for its values. */
const sdgDimensions: readonly {
  readonly ids: RegExp;
  readonly id: string;
  readonly code: (value: string) => string | null;
}[] = [
  {
    ids: /^(?:sex|gender)$/,
    id: 'SEX',
    code: (value) =>
      /^(?:f|female|females|women|woman|girls|girl)$/.test(value)
        ? 'F'
        : /^(?:m|male|males|men|man|boys|boy)$/.test(value)
          ? 'M'
          : null,
  },
  {
    ids: /^(?:age|age-group|age_group|agegroup)$/,
    id: 'AGE',
    code: (value) => {
      const range = /^(?:y|age-)?(\d{1,3})(?:t|-to-|-)(\d{1,3})(?:-years)?$/.exec(value);
      if (range !== null) return `Y${Number(range[1])}T${Number(range[2])}`;
      const over = /^(?:y_?ge)?(\d{1,3})(?:-plus|-and-over|-years-and-over)?$/.exec(value);
      return over !== null && !/^\d+$/.test(value) ? `Y_GE${Number(over[1])}` : null;
    },
  },
  {
    ids: /^(?:urbanisation|urbanization|location|urban-rural|urban|degree-of-urbanisation)$/,
    id: 'URBANISATION',
    code: (value) => (/^(?:u|urban)$/.test(value) ? 'U' : /^(?:r|rural)$/.test(value) ? 'R' : null),
  },
];

/** The structure of a city's open data. `units` are those that its rows have. */
export function structureOf(dataset: OpenDescription, units: Iterable<string>): Structure {
  const city = dataset.city.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  const taken = new Set([
    'FREQ',
    'SERIES',
    'REF_AREA',
    'TIME_PERIOD',
    'OBS_VALUE',
    'UNIT_MEASURE',
    'UNIT_MULT',
    'OBS_STATUS',
    'QUALIFIER',
    'COMMENT_OBS',
    'SOURCE_DETAIL',
  ]);
  const unique = (wanted: string): string => {
    let id = wanted;
    for (let number = 2; taken.has(id); number += 1) id = `${wanted}_${number}`;
    taken.add(id);
    return id;
  };
  const list = (id: string, name: Localized, codes: readonly Code[]): Codelist => ({ id, name, codes });
  const series = list(
    'CL_SERIES',
    text('Series', '序列'),
    dataset.indicators.map(({ id, name }) => ({ id: codeOf(id), name })),
  );
  const areas = list(
    'CL_AREA',
    text('Reference area', '参考地区'),
    dataset.areas.map(({ id, name, parent }) => ({ id, name, parent })),
  );
  const breakdowns = [...dataset.dimensions]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id: own, name, values }): DimensionComponent => {
      const sdg = sdgDimensions.find(({ ids }) => ids.test(own));
      const id = unique(sdg?.id ?? componentId(own));
      const codes = new Map<string, string>();
      const used = new Set([total]);
      for (const value of values) {
        const wanted = sdg?.code(value.id) ?? null;
        const code = wanted !== null && !used.has(wanted) ? wanted : codeOf(value.id);
        used.add(code);
        codes.set(value.id, code);
      }
      return {
        id,
        name,
        breakdown: own,
        codes,
        codelist: list(`CL_${id}`, name, [
          { id: total, name: text('total', '总计') },
          ...values.map((value) => ({
            id: codes.get(value.id) ?? codeOf(value.id),
            name: value.name,
            parent: value.parent === undefined ? undefined : codes.get(value.parent),
          })),
        ]),
      };
    });
  const own = (id: string, name: Localized, codelist: Codelist): DimensionComponent => ({
    id,
    name,
    codelist,
    breakdown: null,
    codes: new Map(),
  });
  const known = new Map<string, Code>();
  for (const unit of units) {
    const { code, base } = sdmxUnit(unit);
    known.set(code, { id: code, name: text(base, base) });
  }
  const attribute = (
    id: string,
    name: Localized,
    codelist: Codelist | null,
    mandatory = false,
  ): AttributeComponent => ({ id, name, codelist, mandatory });
  return {
    agency: city,
    id: `DSD_${city}`,
    dataflow: `DF_${city}`,
    conceptScheme: `CS_${city}`,
    version: `1.0.${dataset.asOf}`,
    name: dataset.name,
    dimensions: [
      own('FREQ', text('Frequency', '频率'), frequencies),
      own('SERIES', text('Series', '序列'), series),
      own('REF_AREA', text('Reference area', '参考地区'), areas),
      ...breakdowns,
    ],
    attributes: [
      attribute(
        'UNIT_MEASURE',
        text('Unit of measure', '计量单位'),
        list(
          'CL_UNIT_MEASURE',
          text('Unit of measure', '计量单位'),
          [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
        ),
        true,
      ),
      attribute('UNIT_MULT', text('Unit multiplier', '单位倍数'), powers, true),
      attribute('OBS_STATUS', text('Observation status', '观测值状态'), statuses, true),
      attribute('QUALIFIER', text('Qualifier', '限定词'), qualifiers),
      attribute('COMMENT_OBS', text('Comment', '说明'), null),
      attribute('SOURCE_DETAIL', text('Source', '来源'), null),
    ],
  };
}

/** All lists of a structure, each once. */
export function codelistsOf({ dimensions, attributes }: Structure): readonly Codelist[] {
  return [
    ...dimensions.map(({ codelist }) => codelist),
    ...attributes.flatMap(({ codelist }) => (codelist === null ? [] : [codelist])),
  ];
}

export const sdmxUrn = (
  kind:
    | 'datastructure.DataStructure'
    | 'datastructure.Dataflow'
    | 'codelist.Codelist'
    | 'conceptscheme.ConceptScheme'
    | 'conceptscheme.Concept'
    | 'base.AgencyScheme',
  agency: string,
  id: string,
  version: string,
  item?: string,
): string =>
  `urn:sdmx:org.sdmx.infomodel.${kind}=${agency}:${id}(${version})${item === undefined ? '' : `.${item}`}`;

interface KeyedRow {
  readonly indicator: string;
  readonly area: string;
  readonly breakdown: Readonly<Record<string, string>>;
}

/**
 * The codes of a row's dimensions without time, in the order of the structure. Rows of a series follow each other: for the
 * next one of the same series the very same list is given.
 */
export function keyReader({
  dimensions,
}: Structure): (row: KeyedRow, frequency: string) => readonly string[] {
  const breakdowns = dimensions.slice(3);
  const series = new Map<string, string>();
  let last: { readonly of: KeyedRow; readonly frequency: string; readonly key: readonly string[] } | null =
    null;
  return (row, frequency) => {
    const { indicator, area, breakdown } = row;
    if (
      last !== null &&
      last.of.breakdown === breakdown &&
      last.of.area === area &&
      last.of.indicator === indicator &&
      last.frequency === frequency
    )
      return last.key;
    let code = series.get(indicator);
    if (code === undefined) {
      code = codeOf(indicator);
      series.set(indicator, code);
    }
    const key = [frequency, code, area];
    for (const { breakdown: own, codes } of breakdowns) {
      const value = own === null ? undefined : Object.hasOwn(breakdown, own) ? breakdown[own] : undefined;
      key.push(value === undefined ? total : (codes.get(value) ?? codeOf(value)));
    }
    last = { of: row, frequency, key };
    return key;
  };
}
