import { z } from 'zod';
import { canonicalJson, type Json, sha256 } from '../figures/index.ts';
import { type Figure, isPeriod, observationStatuses } from '../model/index.ts';
import type { ScenarioFigure } from '../review/index.ts';

/** One file of an edition. */
export interface EditionFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A place that an edition speaks of, as of one position of its log. */
export interface EditionPlace {
  readonly city: string;
  readonly asOf: number;
  /** RFC 6962 tree hash over the place's exported workspace files: what the figures were computed from. */
  readonly workspace: string;
}

/** What an edition is: named, dated, and everything in it with its hash. */
export interface Manifest {
  readonly modelcity: 1;
  readonly city: string;
  readonly review: string;
  readonly title: string;
  readonly date: string;
  readonly places: readonly EditionPlace[];
  readonly files: readonly EditionFile[];
  readonly figures: readonly Figure[];
  /** Results of scenarios that the documents print: forecasts, never among the figures. Absent where there are none. */
  readonly scenarios?: readonly ScenarioFigure[] | undefined;
}

const text = z.string().max(100_000);
const hex = z.string().regex(/^[0-9a-f]{64}$/);
const localized = z.strictObject({ en: text, zh: text });
const status = z.enum(
  Object.keys(observationStatuses) as [
    keyof typeof observationStatuses,
    ...(keyof typeof observationStatuses)[],
  ],
);
const period = z.string().refine(isPeriod);
const between = { from: period, to: period };

const measure = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value'), period }),
  z.strictObject({ kind: z.literal('rank'), period }),
  z.strictObject({ kind: z.literal('share'), period, of: text }),
  z.strictObject({ kind: z.literal('absolute'), ...between }),
  z.strictObject({ kind: z.literal('relative'), ...between }),
  z.strictObject({ kind: z.literal('points'), ...between }),
  z.strictObject({ kind: z.literal('growth'), ...between }),
  z.strictObject({ kind: z.literal('ratio'), ...between }),
  z.strictObject({ kind: z.literal('mean'), ...between }),
  z.strictObject({
    kind: z.literal('count'),
    of: z.enum([
      'areas',
      'cases',
      'commitments',
      'criteria',
      'goals',
      'indicators',
      'key-indicators',
      'measures',
      'practices',
    ]),
    goal: text.nullable(),
  }),
]);

/** Twelve letters; editions of earlier releases have the first seven. */
const code = z.string().regex(/^(?:[0-9A-Z]{7}|[0-9A-Z]{12})$/);

const figure = z.strictObject({
  key: z.strictObject({ city: text, indicator: text, area: text, breakdown: z.record(text, text), measure }),
  code,
  value: text.nullable(),
  fraction: text.nullable(),
  missing: localized.nullable(),
  unit: text,
  status,
  qualifier: z.enum(['over', 'nearly', 'about', 'under', 'at-least', 'at-most']).nullable(),
  decimals: z.int().min(0).max(100),
  formula: z.strictObject({ text, version: z.int(), expression: text, sha256: hex }),
  contributions: z.array(
    z.strictObject({
      record: text,
      role: z.enum(['value', 'num', 'den', 'weight', 'from', 'to', 'term']),
      quantity: text.nullable(),
      unit: text,
      status,
      source: text,
      locator: text,
    }),
  ),
  completeness: z
    .strictObject({
      present: z.int(),
      expected: z.int(),
      missing: z.array(text),
      of: localized.optional(),
      least: text.optional(),
      reasons: z
        .array(z.strictObject({ reason: localized, count: z.int(), names: z.array(text) }))
        .optional(),
    })
    .nullable(),
  asOf: z.int().min(0),
  root: hex,
});

const scenario = z.strictObject({
  city: text,
  scenario: text,
  variable: text,
  period,
  code,
  status: z.literal('F'),
  value: z.string().regex(/^-?\d{1,400}(?:\.\d{1,400})?$/),
  unit: text,
  model: hex,
  engine: text,
  seed: z.int().min(0),
  values: z.record(
    text,
    z.string().refine((value) => Number.isFinite(Number(value))),
  ),
});

export const manifestSchema = z.strictObject({
  modelcity: z.literal(1),
  city: text,
  review: text,
  title: text,
  date: text,
  places: z.array(z.strictObject({ city: text, asOf: z.int().min(0), workspace: hex })).max(10_000),
  files: z.array(z.strictObject({ path: text, bytes: z.int().min(0), sha256: hex })).max(200_000),
  figures: z.array(figure).max(2_000_000),
  scenarios: z.array(scenario).max(100_000).optional(),
});

/** A manifest as plain JSON, every member in it on purpose. */
function plain(value: object): Json {
  return JSON.parse(JSON.stringify(value));
}

/**
 * The entries of a manifest as leaves of a tree, in a fixed order: the edition itself, its places, its files by path,
 * its figures by place and code. Each leaf is canonical JSON, so that a changed figure changes one leaf and the root.
 */
export function manifestLeaves(manifest: Manifest): { readonly name: string; readonly leaf: string }[] {
  const { city, review, title, date } = manifest;
  return [
    { name: 'the edition', leaf: canonicalJson({ edition: { city, review, title, date } }) },
    ...manifest.places.map((place) => ({
      name: `the place ${place.city}`,
      leaf: canonicalJson({ place: plain(place) }),
    })),
    ...manifest.files.map((file) => ({
      name: `the file ${file.path}`,
      leaf: canonicalJson({ file: plain(file) }),
    })),
    ...manifest.figures.map((each) => ({
      name: `the figure ${each.code} (${each.key.city} ${each.key.indicator})`,
      leaf: canonicalJson({ figure: plain(each) }),
    })),
    ...(manifest.scenarios ?? []).map((each) => ({
      name: `the scenario figure ${each.code} (${each.city} ${each.variable})`,
      leaf: canonicalJson({ scenario: plain(each) }),
    })),
  ];
}

/** The manifest as a file: one entry a line, so that two editions can be compared with ordinary tools. */
export function manifestText(manifest: Manifest): string {
  const { modelcity, city, review, title, date, places, files, figures, scenarios } = manifest;
  const list = (entries: readonly object[]) =>
    entries.length === 0 ? '[]' : `[\n${entries.map((entry) => canonicalJson(plain(entry))).join(',\n')}\n]`;
  const head = canonicalJson({ modelcity, city, review, title, date }).slice(0, -1);
  return `${head},\n"places":${list(places)},\n"files":${list(files)},\n"figures":${list(figures)}${scenarios === undefined ? '' : `,\n"scenarios":${list(scenarios)}`}}\n`;
}

export const fileEntry = (path: string, bytes: Uint8Array): EditionFile => ({
  path,
  bytes: bytes.length,
  sha256: sha256(bytes),
});
