import { z } from 'zod';
import { type RawTable, type TableMapping, tableMappingSchema } from '../../intake/index.ts';
import type { Store } from '../../store/index.ts';
import type { Step } from '../office/log.ts';
import { type Asked, headKey } from './asked.ts';

/** How a table was read when its values were stored: kept as a step in the log, and used for the next with its head. */
const rememberedSchema = z.object({
  mapping: z.string().max(200_000),
  indicators: z.record(z.string(), z.string()),
  areas: z.record(z.string(), z.string()),
  source: z.object({ title: z.string(), producer: z.string(), licence: z.string() }),
});

export const tableRegister = [
  {
    register: 'table',
    version: 1,
    steps: [
      { from: '', to: 'taken' },
      { from: 'taken', to: 'taken' },
    ],
  },
];

export interface Remembered extends Pick<Asked, 'mapping' | 'choices' | 'source'> {
  readonly by: string;
  readonly on: string;
}

/** How the last table with the head of this one was read; null where there was none, or it names columns that are gone. */
export async function rememberedFor(
  store: Store,
  city: string,
  table: RawTable,
  guess: TableMapping,
): Promise<Remembered | null> {
  const events = await store.events(city, { register: 'table', stream: `table:${headKey(table, guess)}` });
  const last = events.at(-1);
  const read = rememberedSchema.safeParse(last?.body);
  if (last === undefined || !read.success) return null;
  const { indicators, areas, source } = read.data;
  const mapping = mappingOf(read.data.mapping);
  if (mapping === null) return null;
  // Years in the head go on from year to year: what a column of a new one is, the guess says.
  const columns = Object.fromEntries(
    Object.entries(guess.columns).map(([name, role]) => [
      name,
      Object.hasOwn(mapping.columns, name) ? (mapping.columns[name] ?? role) : role,
    ]),
  );
  const { indicator, unit } = mapping;
  return {
    mapping: {
      ...guess,
      columns,
      ...(indicator === undefined ? {} : { indicator }),
      ...(unit === undefined ? {} : { unit }),
    },
    choices: { indicators, areas },
    // A title with a year in it is that of the last document: the next one has another, and is asked for it.
    source: { ...source, title: /(?:19|20)\d\d/.test(source.title) ? '' : source.title, date: '' },
    by: last.actor ?? '',
    on: last.occurred.slice(0, 10),
  };
}

function mappingOf(text: string): TableMapping | null {
  try {
    const read = tableMappingSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** The step that keeps how a table was read. */
export async function rememberStep(store: Store, city: string, area: string, asked: Asked): Promise<Step> {
  const stream = `table:${headKey(asked.table, asked.mapping)}`;
  const before = await store.events(city, { register: 'table', stream });
  const { title, producer, licence } = asked.source;
  return {
    area,
    stream,
    seq: (before.at(-1)?.seq ?? 0) + 1,
    register: 'table',
    kind: 'taken',
    from: before.length === 0 ? '' : 'taken',
    body: {
      mapping: JSON.stringify(asked.mapping),
      indicators: asked.choices.indicators,
      areas: asked.choices.areas,
      source: { title, producer, licence },
    },
  };
}
