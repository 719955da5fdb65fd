import { z } from 'zod';
import {
  citySchema,
  claimSchema,
  examinationSchema,
  frameworkSchema,
  indicatorSchema,
  observationSchema,
  observationStatuses,
  planSchema,
  portfolioSchema,
  projectSelectionSchema,
  registerSchema,
  reviewSchema,
  targetSchema,
} from '../model/index.ts';
import { observationShape } from './observation-row.ts';
import { claimShape, targetShape } from './statement-row.ts';
import type { TableShape } from './table.ts';

/**
 * A JSON Schema (2020-12) for each file of a workspace, by file name: those of YAML files for the whole file, those of
 * tables for one row. Editors complete and check with them; `modelcity check` says more.
 */
export function jsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    [
      ['city.json', yamlSchema('city.yaml', citySchema)],
      ['indicators.json', yamlSchema('indicators/*.yaml', z.array(indicatorSchema))],
      ['framework.json', yamlSchema('frameworks/*.yaml', frameworkSchema)],
      ['plan.json', yamlSchema('plan.yaml, plans/*.yaml', planSchema)],
      ['register.json', yamlSchema('registers/*.yaml', registerSchema)],
      ['examination.json', yamlSchema('examinations/*.yaml', examinationSchema)],
      ['portfolio.json', yamlSchema('projects/*.yaml', portfolioSchema)],
      ['selection.json', yamlSchema('selection/*.yaml', projectSelectionSchema)],
      ['review.json', yamlSchema('review/<year>/review.yaml', reviewSchema)],
      ['observations.json', rowSchema('observations/*.csv', observationShape, observationSchema)],
      ['targets.json', rowSchema('targets/*.csv', targetShape, targetSchema)],
      ['claims.json', rowSchema('claims/*.csv', claimShape, claimSchema)],
    ].map(([name = '', schema]) => [String(name), `${JSON.stringify(schema, null, 2)}\n`]),
  );
}

/** Where YAML sees a number or a truth value, text is taken as typed: `period: 2021`, `value: 0.30`. */
const asTyped = ['string', 'number', 'boolean'] as const;

function yamlSchema(title: string, schema: z.ZodType): object {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.type !== 'string' || jsonSchema.enum !== undefined || jsonSchema.const !== undefined)
        return;
      Object.assign(jsonSchema, { type: asTyped });
    },
  });
  const { $schema, ...rest } = made;
  return { $schema, title, ...rest };
}

const columnTexts: Readonly<Record<string, string>> = {
  indicator: 'id of an indicator',
  area: 'code of an area in city.yaml',
  period: '2021, 2021-S1, 2021-Q3, 2021-09, 2021-09-30, 2015/2021 or undated',
  from: 'the earlier period of a change; blank for a level',
  to: 'the period, or the later one of a change',
  base_period: 'the period a target told as a change starts from',
  value: 'a plain decimal; blank when missing',
  unit: 'a unit code such as %, km2, 10*4.CNY, {household}',
  source: 'id of a source in city.yaml',
  locator: 'the place in the source: table 3-4, p. 12, line 350',
  status: Object.entries(observationStatuses)
    .map(([code, { en }]) => `${code} ${en}`)
    .join('; '),
  reason_en: 'why the value is missing, in English',
  reason_zh: 'why the value is missing, in Chinese',
  qualifier: 'what the source puts before the number',
  ref: "id of the statement in the city's own list",
  note: 'a remark',
  comparator: 'how the value is to be reached',
  kind: 'what kind of statement it is',
};

/** A row as an object of texts by column. Further columns are breakdowns: dimension ids of city.yaml. */
function rowSchema(title: string, shape: TableShape, record: z.ZodObject): object {
  const fields: Readonly<Record<string, z.core.$ZodType>> = record.shape;
  const properties = Object.fromEntries(
    [...shape.required, ...shape.optional].map((column) => {
      const field = Object.hasOwn(fields, column) ? fields[column] : undefined;
      const words = field === undefined ? [] : wordsOf(field);
      const optional = shape.optional.includes(column);
      const among = words.length === 0 ? {} : { enum: optional ? ['', ...words] : words };
      return [column, { type: 'string', description: columnTexts[column] ?? column, ...among }];
    }),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `one row of ${title}`,
    type: 'object',
    properties,
    required: shape.required,
    additionalProperties: {
      type: 'string',
      description: 'a breakdown: the column is a dimension id of city.yaml; blank is the total',
    },
  };
}

/** The words that an enumeration allows; none for free text. */
function wordsOf(schema: z.core.$ZodType): readonly string[] {
  if (schema instanceof z.ZodNullable) return wordsOf(schema.unwrap());
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
}
