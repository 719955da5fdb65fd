import { z } from 'zod';
import { derivedIndicatorSchema, formulaTextSchema } from './register-indicator.ts';
import { decimalSchema, idSchema, localizedSchema, unitSchema } from './schema.ts';

/**
 * A register as data: `registers/<id>.yaml`. From the declaration follow storage, forms, steps, deadlines, flows, lists,
 * indicators and what the public sees; nothing of a register is code.
 */

const choiceSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  description: localizedSchema.optional(),
});

/** In what standing a step is taken or a field is read. `public` is anyone. */
export const registerRoleSchema = z.enum([
  'public',
  'reporter',
  'checker',
  'approver',
  'editor',
  'assessor',
  'administrator',
]);
export type RegisterRole = z.infer<typeof registerRoleSchema>;

/** A field's value taken from what is already recorded, with a pointer to it. */
const prefillSchema = z.union([
  /** A field of a case or entity of a register whose fields equal ours: `match: { theirs: ours }`. */
  z.strictObject({
    register: idSchema,
    field: idSchema,
    match: z.record(idSchema, idSchema),
    take: z.enum(['latest', 'sum']).default('latest'),
  }),
  /** A year's sum of flows of an item from or to the holder that a field names. */
  z.strictObject({
    register: idSchema,
    items: z.array(idSchema).min(1).max(50),
    from: idSchema.optional(),
    to: idSchema.optional(),
    /** Only flows of these steps. */
    steps: z.array(idSchema).max(50).optional(),
    year: idSchema,
  }),
]);
export type Prefill = z.infer<typeof prefillSchema>;

/** A column of a field of type `rows`. */
const columnSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  type: z.enum(['text', 'number', 'integer', 'date', 'choice', 'yes-no']),
  required: z.boolean().default(false),
  unit: unitSchema.optional(),
  choices: z.array(choiceSchema).max(500).optional(),
});
export type Column = z.infer<typeof columnSchema>;

/** A field of a form. */
export const fieldSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  hint: localizedSchema.optional(),
  type: z.enum([
    'text',
    'long-text',
    'choice',
    'choices',
    'number',
    'integer',
    'date',
    'moment',
    'year',
    'yes-no',
    'point',
    'shape',
    'area',
    'phone',
    'email',
    'photo',
    'file',
    'entity',
    'case',
    'rows',
    'serials',
  ]),
  required: z.boolean().default(false),
  unit: unitSchema.optional(),
  choices: z.array(choiceSchema).max(500).optional(),
  /** Columns, of type `rows`. */
  columns: z.array(columnSchema).min(1).max(40).optional(),
  /** Longest text; default 200, for `long-text` 4,000. */
  longest: z.int().min(1).max(20_000).optional(),
  least: z.string().optional(),
  most: z.string().optional(),
  /** What an `entity` or `case` names: an entity or case type of this register, or of `register`. */
  of: idSchema.optional(),
  register: idSchema.optional(),
  /** Several values: of `entity`, `case`, `photo` and `file`. */
  several: z.boolean().default(false),
  /** With type `case` or `entity`: this case was made from those (split, merge, make). */
  origin: z.boolean().default(false),
  /** Not filled in but worked out from the other fields. */
  compute: formulaTextSchema.optional(),
  prefill: prefillSchema.optional(),
  /** Whether anyone may see it. What is not public is for the office only. */
  public: z.boolean().default(false),
  /** A yes-no field of the same case that must be yes before the public sees this one. */
  consent: idSchema.optional(),
  /** The only roles that see it; without this every role of the office does. */
  sees: z.array(registerRoleSchema).optional(),
  /** About a person: kept encrypted with that person's own key, so that erasing the key erases it; never public. */
  personal: z.boolean().default(false),
  /** May be public, but can hold what is personal: kept encrypted with the same key, so that it can be erased. */
  erasable: z.boolean().default(false),
});
export type Field = z.infer<typeof fieldSchema>;

/** Where a quantity is: a declared holder, the entity or case that a field names, or this case itself. */
const holderRefSchema = z.union([
  z.strictObject({ holder: idSchema }),
  z.strictObject({ field: idSchema }),
  z.strictObject({ own: z.literal(true) }),
]);
export type HolderRef = z.infer<typeof holderRefSchema>;

const flowRuleSchema = z.strictObject({
  /** An item, or the choice field whose value names it. */
  item: z.union([idSchema, z.strictObject({ field: idSchema })]),
  quantity: formulaTextSchema,
  from: holderRefSchema,
  to: holderRefSchema,
  when: formulaTextSchema.optional(),
  /** Once for each row of this field; its columns are then names in `quantity` and `when`, and `item.field` may be one. */
  each: idSchema.optional(),
  /** The field with the serial blocks that are moved; the quantity is how many. */
  serials: idSchema.optional(),
});
export type FlowRule = z.infer<typeof flowRuleSchema>;

const openRuleSchema = z.strictObject({
  case: idSchema,
  /** Values of the new case: formulas over this one. */
  values: z.record(idSchema, formulaTextSchema).default({}),
  when: formulaTextSchema.optional(),
  /** One case for each of these, named by it and with it in field `into`. */
  each: z.strictObject({ of: z.array(idSchema).min(1).max(50), into: idSchema }).optional(),
});
export type OpenRule = z.infer<typeof openRuleSchema>;

/** A step that a case may take: which steps it may follow, who takes it, with which form, and what follows from it. */
export const stepSchema = z.strictObject({
  kind: idSchema,
  name: localizedSchema,
  /** Kinds it may follow; an empty list for the first step of a case. */
  after: z.array(idSchema),
  by: z.array(registerRoleSchema).min(1),
  form: idSchema.optional(),
  /** What a reader sees as the state of a case after this step. */
  state: z.enum(['open', 'closed']),
  /** Type of the case; default: the first declared. */
  of: idSchema.optional(),
  /** The date or time field that says when it happened; without it, when it was entered. Never in the future. */
  on: idSchema.optional(),
  /** What must hold for the step to be taken. */
  needs: z
    .array(z.strictObject({ formula: formulaTextSchema, says: localizedSchema }))
    .max(20)
    .default([]),
  /** All cases of this type that belong to this one must have reached one of these steps. */
  joins: z
    .array(
      z.strictObject({
        case: idSchema,
        reached: z.array(idSchema).min(1),
        least: z.int().min(1).max(500).default(1),
      }),
    )
    .max(20)
    .default([]),
  flows: z.array(flowRuleSchema).max(40).default([]),
  opens: z.array(openRuleSchema).max(20).default([]),
});
export type Step = z.infer<typeof stepSchema>;

/** How long something may take: working days, by a choice, or a date of a per-year parameter. */
export const deadlineSchema = z
  .strictObject({
    id: idSchema,
    name: localizedSchema,
    from: idSchema,
    until: z.array(idSchema).min(1),
    workingDays: z
      .union([
        z.int().min(0).max(2000),
        z.strictObject({
          field: idSchema,
          days: z.record(idSchema, z.int().min(0).max(2000)),
          otherwise: z.int().min(0).max(2000),
        }),
      ])
      .optional(),
    /** Calendar days. */
    days: z.int().min(0).max(20_000).optional(),
    /** The parameter that holds the date, and the field with the year it is of. */
    date: z.strictObject({ parameter: idSchema, year: idSchema }).optional(),
  })
  .refine(
    ({ workingDays, days, date }) =>
      [workingDays, days, date].filter((each) => each !== undefined).length === 1,
    'exactly one of workingDays, days and date',
  );
export type Deadline = z.infer<typeof deadlineSchema>;

/** A number, date or text that changes from year to year, with where it is from. */
const parameterSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  unit: unitSchema.optional(),
  values: z.record(z.string().regex(/^\d{4}$/), z.string().max(200)),
  /** For years that are not listed; without it they have none. */
  otherwise: z.string().max(200).optional(),
  source: z.string().max(500),
});
export type Parameter = z.infer<typeof parameterSchema>;

/** Streets to be walked: corners by name as `latitude,longitude`, and the ways between them, in metres or as straight lines. */
const networkSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  metresPerMinute: decimalSchema.refine((text) => Number(text) > 0, 'more than zero'),
  source: z.string().max(500),
  nodes: z.record(
    z.string().max(40),
    z.string().regex(/^-?\d{1,2}(?:\.\d{1,10})?, ?-?\d{1,3}(?:\.\d{1,10})?$/, 'latitude,longitude'),
  ),
  edges: z
    .array(
      z.strictObject({
        from: z.string().max(40),
        to: z.string().max(40),
        metres: z.number().positive().optional(),
      }),
    )
    .max(20_000),
});
export type Network = z.infer<typeof networkSchema>;

const entitySchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  fields: z.array(fieldSchema).min(1).max(100),
  /** The field by which readers know it. */
  title: idSchema,
  by: z.array(registerRoleSchema).min(1).default(['reporter', 'editor', 'administrator']),
  /** Whether the list is open to the public. */
  public: z.boolean().default(true),
});
export type EntityDeclaration = z.infer<typeof entitySchema>;

const seriesSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  unit: unitSchema,
  decimals: z.int().min(0).max(9),
  perDay: z.int().min(1).max(1440).default(1),
  /** The entity it is read at. */
  entity: idSchema,
  least: decimalSchema.optional(),
  most: decimalSchema.optional(),
});
export type SeriesDeclaration = z.infer<typeof seriesSchema>;

const checkSchema = z.strictObject({
  id: idSchema,
  name: localizedSchema,
  /** Steps at which it is made. */
  at: z.array(idSchema).min(1),
  /** What should hold. */
  formula: formulaTextSchema,
  /** `refuse` turns the step away; `flag` takes it and shows the fault. */
  otherwise: z.enum(['refuse', 'flag']),
});
export type Check = z.infer<typeof checkSchema>;

export const registerSchema = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  name: localizedSchema,
  description: localizedSchema,
  family: idSchema,
  parameters: z.array(parameterSchema).max(100).default([]),
  networks: z.array(networkSchema).max(10).default([]),
  entities: z.array(entitySchema).max(30).default([]),
  items: z
    .array(z.strictObject({ id: idSchema, name: localizedSchema, unit: unitSchema }))
    .max(300)
    .default([]),
  /** Holders that are no entity: the world outside (`boundary`, may go below zero), a common fund. */
  holders: z
    .array(z.strictObject({ id: idSchema, name: localizedSchema, boundary: z.boolean() }))
    .max(100)
    .default([]),
  series: z.array(seriesSchema).max(50).default([]),
  /** Case types, when there are several; the steps say whose they are. */
  cases: z
    .array(
      z.strictObject({
        id: idSchema,
        name: localizedSchema,
        /** The field by which readers know a case. */
        title: idSchema.optional(),
        /** The type of case it belongs to. */
        within: idSchema.optional(),
        /** The field whose text is its number, when others number it: a ticket, a licence. One number, one case. */
        key: idSchema.optional(),
      }),
    )
    .max(30)
    .default([]),
  forms: z.array(z.strictObject({ id: idSchema, fields: z.array(fieldSchema).min(1).max(200) })).max(100),
  steps: z.array(stepSchema).min(1).max(200),
  deadlines: z.array(deadlineSchema).max(50).default([]),
  checks: z.array(checkSchema).max(100).default([]),
  indicators: z.array(derivedIndicatorSchema).max(100).default([]),
  /** Pairs of cases or entities with those of another register. */
  matches: z
    .array(
      z.strictObject({
        id: idSchema,
        name: localizedSchema,
        register: idSchema,
        of: idSchema.optional(),
        with: idSchema.optional(),
        /** Fields that must be equal: `ours: theirs`. */
        on: z.record(idSchema, idSchema),
      }),
    )
    .max(20)
    .default([]),
  /** The field whose choices are the services of the public interface, when there is one. */
  services: idSchema.optional(),
  /** The field that says which department or body a case is with: only that one takes further steps. */
  department: idSchema.optional(),
  /** The field with the place, for the map. */
  place: idSchema.optional(),
  /** What the public sees of cases: nothing, or those that have reached one of these steps (empty: all). */
  public: z
    .strictObject({ cases: z.boolean().default(true), reached: z.array(idSchema).max(50).default([]) })
    .default({ cases: true, reached: [] }),
  /** Years after the last step for which personal fields are kept. */
  retentionYears: z.int().min(0).max(100).default(3),
});
export type RegisterDeclaration = z.infer<typeof registerSchema>;
