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
    .array(named.extend({ parent: z.looseObject({ id: z.string() }).optional() }))
    .default([]),
  categoryOptionCombos: z.array(named).default([]),
  indicators: z.array(named).default([]),
});
export type Dhis2Metadata = z.infer<typeof dhis2MetadataSchema>;

/** A data value set (`/api/dataValueSets.json`). */
export const dhis2ValuesSchema = z.looseObject({
  dataValues: z.array(
    z.looseObject({
      dataElement: z.string(),
      period: z.union([z.string(), z.number()]).transform(String),
      orgUnit: z.string(),
      categoryOptionCombo: z.string().optional(),
      value: z.union([z.string(), z.number(), z.boolean()]).transform(String).default(''),
      /** A value that was taken back: exports with deleted ones still hold it. */
      deleted: z.boolean().optional(),
      comment: z.string().optional(),
      followup: z.boolean().optional(),
    }),
  ),
});
export type Dhis2Values = z.infer<typeof dhis2ValuesSchema>;

/** `2021`, `202103`, `2021Q3`, `2021S1`, `20210331`, `2021April` (financial years) as words that every reader of periods knows. */
export function dhis2Period(text: string): string {
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (day !== null) return `${day[1]}-${day[2]}-${day[3]}`;
  const month = /^(\d{4})(\d{2})$/.exec(text);
  if (month !== null) return `${month[1]}-${month[2]}`;
  const financial = /^(\d{4})(April|July|Oct)$/.exec(text);
  if (financial === null) return text;
  const [, year = '', begins = ''] = financial;
  const [from, to] = begins === 'April' ? ['04', '03'] : begins === 'July' ? ['07', '06'] : ['10', '09'];
  return `${year}-${from}/${Number(year) + 1}-${to}`;
}

/** Values with their metadata, one table a data element; the default category combination is the total. */
export function dhis2Place(metadata: Dhis2Metadata, { dataValues }: Dhis2Values): ForeignPlace {
  const nameOf = ({ name, displayName, code, id }: z.infer<typeof named>): string =>
    displayName ?? name ?? code ?? id;
  const chinese = ({ translations = [] }: z.infer<typeof named>): string =>
    translations.find(({ property, locale }) => property === 'NAME' && /^zh/.test(locale))?.value ?? '';
  const elements = new Map(metadata.dataElements.map((each) => [each.id, each]));
  const units = new Map(metadata.organisationUnits.map((each) => [each.id, each]));
  const combos = new Map(metadata.categoryOptionCombos.map((each) => [each.id, nameOf(each)]));
  const byElement = new Map<string, Dhis2Values['dataValues'][number][]>();
  for (const value of dataValues) {
    const list = byElement.get(value.dataElement);
    if (list === undefined) byElement.set(value.dataElement, [value]);
    else list.push(value);
  }
  const names = new Map(
    [...metadata.organisationUnits, ...metadata.categoryOptionCombos].flatMap((each) => {
      const zh = chinese(each);
      return zh === '' ? [] : [[nameOf(each), { en: nameOf(each), zh }] as const];
    }),
  );
  return {
    names,
    series: [...byElement].map(([id, values]) => {
      const element = elements.get(id);
      const title = element === undefined ? id : nameOf(element);
      return {
        id: element?.code ?? title,
        title: /\p{Script=Han}/u.test(title)
          ? { en: '', zh: title }
          : { en: title, zh: element === undefined ? '' : chinese(element) },
        columns: ['Year', 'Value', 'GeoCode', 'Area name', 'Category', 'COMMENT_OBS', 'SOURCE_ROW'],
        rows: values.map((value, at) => {
          const unit = units.get(value.orgUnit);
          const category = combos.get(value.categoryOptionCombo ?? '') ?? value.categoryOptionCombo ?? '';
          return [
            dhis2Period(value.period),
            value.deleted === true ? 'deleted by the sender' : value.value,
            unit?.code ?? value.orgUnit,
            unit === undefined ? value.orgUnit : nameOf(unit),
            /^default$/i.test(category) ? '' : category,
            value.comment ?? '',
            String(at + 1),
          ];
        }),
        fields: {
          dhis2_data_element: id,
          ...(element?.description === undefined ? {} : { indicator_description: element.description }),
          ...(element?.valueType === 'PERCENTAGE'
            ? { computation_units: '%' }
            : element?.valueType === undefined
              ? {}
              : { computation_units: 'number' }),
        },
      };
    }),
  };
}
