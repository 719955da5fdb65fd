import { z } from 'zod';
import type { ForeignPlace } from './as-repository.ts';

const named = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  displayName: z.string().optional(),
  code: z.string().optional(),
  translations: z
    .array(z.looseObject({ property: z.string(), locale: z.string(), value: z.string() }))
    .optional(),
});

/** The parts of a DHIS2 metadata export that values refer to. */
export const dhis2MetadataSchema = z.looseObject({
  dataElements: z
    .array(named.extend({ description: z.string().optional(), valueType: z.string().optional() }))
    .default([]),
  organisationUnits: z
    .array(
      named.extend({
        parent: z.looseObject({ id: z.string() }).optional(),
        /** Its outline, since 2.32. */
        geometry: z.unknown().optional(),
      }),
    )
    .default([]),
  categoryOptionCombos: z.array(named).default([]),
  indicators: z.array(named).default([]),
});
export type Dhis2Metadata = z.infer<typeof dhis2MetadataSchema>;

const code = z.union([z.string(), z.number()]).transform(String);

/** A data value set (`/api/dataValueSets.json`). What the set says of all of its values, a value need not say again. */
export const dhis2ValuesSchema = z
  .looseObject({
    period: code.optional(),
    orgUnit: z.string().optional(),
    attributeOptionCombo: z.string().optional(),
    dataValues: z.array(
      z.looseObject({
        dataElement: z.string(),
        period: code.optional(),
        orgUnit: z.string().optional(),
        categoryOptionCombo: z.string().optional(),
        attributeOptionCombo: z.string().optional(),
        value: z
          .union([z.string(), z.number(), z.boolean(), z.null()])
          .transform((each) => String(each ?? ''))
          .default(''),
        /** A value that was taken back: exports with deleted ones still hold it. */
        deleted: z.boolean().optional(),
        comment: z.string().nullish(),
      }),
    ),
  })
  .transform(({ dataValues, ...set }) => ({
    dataValues: dataValues.map((each) => ({
      ...each,
      period: each.period ?? set.period ?? '',
      orgUnit: each.orgUnit ?? set.orgUnit ?? '',
      attributeOptionCombo: each.attributeOptionCombo ?? set.attributeOptionCombo,
    })),
  }));
export type Dhis2Values = z.infer<typeof dhis2ValuesSchema>;

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * `2021`, `202103`, `2021Q3`, `2021S1`, `20210331`, `2021W5`, `202101B` (two months), `2021April` (financial years), `2021AprilS2`
 * (their halves) as words that every reader of periods knows.
 */
export function dhis2Period(text: string): string {
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (day !== null) return `${day[1]}-${day[2]}-${day[3]}`;
  const month = /^(\d{4})(\d{2})$/.exec(text);
  if (month !== null) return `${month[1]}-M${month[2]}`;
  const pair = /^(\d{4})(0[1-6])B$/.exec(text);
  if (pair !== null) return monthsFrom(Number(pair[1]), 2 * Number(pair[2]) - 1, 2);
  const financial = /^(\d{4})(Feb|April|July|Aug|Sep|Oct|Nov)(?:S([12]))?$/.exec(text);
  if (financial === null) return text;
  const [, year = '', begins = '', half] = financial;
  const first = { Feb: 2, April: 4, July: 7, Aug: 8, Sep: 9, Oct: 10, Nov: 11 }[begins] ?? 1;
  // Only the year that begins in November is called after the one in which it ends.
  const starts = Number(year) - (begins === 'Nov' ? 1 : 0);
  return half === undefined
    ? monthsFrom(starts, first, 12)
    : monthsFrom(starts, first + (half === '2' ? 6 : 0), 6);
}

function monthsFrom(year: number, first: number, count: number): string {
  const at = (month: number) => `${year + Math.floor((month - 1) / 12)}-${two(((month - 1) % 12) + 1)}`;
  return `${at(first)}/${at(first + count - 1)}`;
}

type Unit = Dhis2Metadata['organisationUnits'][number];

const nameOf = ({ name, displayName, code: own, id }: z.infer<typeof named>): string =>
  displayName ?? name ?? own ?? id;

const chineseOf = ({ translations = [] }: z.infer<typeof named>): string =>
  translations.find(({ property, locale }) => /^(?:NAME|name)$/.test(property) && /^zh/.test(locale))
    ?.value ?? '';

/** Values with their metadata, one table a data element; the default category combination is the total. */
export function dhis2Place(metadata: Dhis2Metadata, { dataValues }: Dhis2Values): ForeignPlace {
  const elements = new Map([...metadata.indicators, ...metadata.dataElements].map((each) => [each.id, each]));
  const units = new Map(metadata.organisationUnits.map((each) => [each.id, each]));
  const combos = new Map(metadata.categoryOptionCombos.map((each) => [each.id, nameOf(each)]));
  const comboOf = (id: string | undefined): string => {
    const name = combos.get(id ?? '') ?? id ?? '';
    // The combination that every DHIS2 has; its id is the same in all of them.
    return /^default$/i.test(name) || name === 'HllvX50cXC0' ? '' : name;
  };
  const levels = levelsOf(units);
  const deepest = Math.max(1, ...[...new Set(dataValues.map(({ orgUnit }) => levels(orgUnit).length))]);
  const byElement = new Map<
    string,
    { readonly value: Dhis2Values['dataValues'][number]; readonly at: number }[]
  >();
  dataValues.forEach((value, at) => {
    const list = byElement.get(value.dataElement);
    if (list === undefined) byElement.set(value.dataElement, [{ value, at }]);
    else list.push({ value, at });
  });
  const names = new Map(
    [...metadata.organisationUnits, ...metadata.categoryOptionCombos].flatMap((each) => {
      const zh = chineseOf(each);
      return zh === '' ? [] : [[nameOf(each), { en: nameOf(each), zh }] as const];
    }),
  );
  const layer = layerOf(metadata.organisationUnits, new Set(dataValues.map(({ orgUnit }) => orgUnit)));
  return {
    names,
    ...(layer === null ? {} : { layers: [layer] }),
    series: [...byElement].map(([id, values]) => {
      const element = elements.get(id);
      const title = element === undefined ? id : nameOf(element);
      const description = element !== undefined && 'description' in element ? element.description : undefined;
      const valueType = element !== undefined && 'valueType' in element ? element.valueType : undefined;
      return {
        id: element?.code ?? title,
        title: /\p{Script=Han}/u.test(title)
          ? { en: '', zh: title }
          : { en: title, zh: element === undefined ? '' : chineseOf(element) },
        columns: [
          'Year',
          'Value',
          'GeoCode',
          ...Array.from({ length: deepest }, (_, at) =>
            deepest === 1 ? 'Area name' : `Area level ${at + 1}`,
          ),
          'Category',
          'Attribution',
          'COMMENT_OBS',
          'SOURCE_ROW',
        ],
        rows: values.map(({ value, at }) => {
          const path = levels(value.orgUnit);
          return [
            dhis2Period(value.period),
            value.deleted === true ? 'deleted by the sender' : value.value,
            units.get(value.orgUnit)?.code ?? value.orgUnit,
            ...Array.from({ length: deepest }, (_, level) => path[level] ?? ''),
            comboOf(value.categoryOptionCombo),
            comboOf(value.attributeOptionCombo),
            value.comment ?? '',
            String(at + 1),
          ];
        }),
        fields: {
          dhis2_data_element: id,
          ...(typeof description === 'string' ? { indicator_description: description } : {}),
          ...(valueType === 'PERCENTAGE'
            ? { computation_units: '%' }
            : valueType === undefined
              ? {}
              : { computation_units: 'number' }),
        },
      };
    }),
  };
}

/** Names of a unit and of those above it, from the top; only its own when the metadata name no parent. */
function levelsOf(units: ReadonlyMap<string, Unit>): (id: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const path: string[] = [];
    for (let at: string | undefined = id, depth = 0; at !== undefined && depth < 12; depth += 1) {
      const unit: Unit | undefined = units.get(at);
      if (unit === undefined && depth > 0) break;
      path.unshift(unit === undefined ? at : nameOf(unit));
      at = unit?.parent?.id;
    }
    known.set(id, path);
    return path;
  };
}

/** Outlines of the units that have values, as a map layer; null when the metadata have none. */
function layerOf(all: readonly Unit[], asked: ReadonlySet<string>) {
  const features = all.flatMap(({ id, code: own, geometry, ...unit }) =>
    asked.has(id) && typeof geometry === 'object' && geometry !== null
      ? [{ type: 'Feature', properties: { geocode: own ?? id, name: nameOf({ id, ...unit }) }, geometry }]
      : [],
  );
  if (!features.some(({ geometry }) => 'type' in geometry && /Polygon$/.test(String(geometry.type))))
    return null;
  return {
    path: 'maps/organisation-units.geojson',
    bytes: new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features })),
  };
}
