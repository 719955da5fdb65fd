import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import {
  guessMapping,
  headAt,
  type RawTable,
  rawTables,
  type TableChoices,
  type TableMapping,
  tableMappingSchema,
} from '../../intake/index.ts';
import type { Draft, draftFields } from './define.ts';

/** Largest file, as it is sent and unpacked again from a form. */
export const mostFile = 4 * 1024 * 1024;
/** Packed again it stands in the form: in base64 a third larger, and with fields for some hundred columns and names. */
const mostForm = 8 * 1024 * 1024;
/** What a workbook may unpack to. */
const mostUnpacked = 48 * 1024 * 1024;
/** Columns that a page can ask about. */
const mostColumns = 300;

/** What a form asks for: the table, how it is to be read, where it is from. */
export interface Asked {
  readonly act: 'read' | 'again' | 'store';
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sheets: readonly RawTable[];
  readonly table: RawTable;
  readonly mapping: TableMapping;
  readonly choices: TableChoices;
  /** Indicators that the place does not have, as they are to be defined. */
  readonly drafts: readonly Draft[];
  readonly source: Readonly<Record<'title' | 'producer' | 'date' | 'licence', string>>;
  readonly status: 'A' | 'P';
  readonly replace: boolean;
}

/** The head of a table as one name: tables of the same makers come with the same head year after year. */
export function headKey({ rows }: RawTable, { header, headerRows = 1 }: TableMapping): string {
  const { names } = headAt(rows, header, headerRows);
  const text = names
    .map((name) => name.replaceAll(/\d{4}/g, '#').trim())
    .filter((name, at, all) => name !== all[at - 1]);
  return createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 24);
}

/** Reads the form. `mapping`: how a table with such a head was read before. */
export async function readAsked(
  c: Context,
  remembered: (
    table: RawTable,
    guess: TableMapping,
  ) => Promise<Pick<Asked, 'mapping' | 'choices' | 'source'> | null>,
): Promise<
  | Asked
  | {
      readonly fault: 'none' | 'large' | 'empty' | 'unreadable' | 'wide';
      readonly name: string;
      readonly why: string;
    }
> {
  const length = Number(c.req.header('content-length') ?? '0');
  const fault = (kind: 'none' | 'large' | 'empty' | 'unreadable' | 'wide', name = '', why = '') => ({
    fault: kind,
    name,
    why,
  });
  if (!(length > 0)) return fault('none');
  if (length > mostForm) return fault('large');
  const body = await c.req.parseBody().catch(() => ({}) as Record<string, string | File>);
  const text = (name: string): string => {
    const value = body[name];
    return typeof value === 'string' ? value : '';
  };
  const given = body.file;
  const isFresh = given instanceof File && given.size > 0;
  const name = (isFresh ? given.name : text('name')).slice(0, 120) || 'table.csv';
  if (isFresh && given.size > mostFile) return fault('large', name);
  const bytes = isFresh ? new Uint8Array(await given.arrayBuffer()) : unpacked(text('kept'));
  if (bytes === null || bytes.length === 0) return fault('none', name);
  let sheets: readonly RawTable[];
  try {
    sheets = rawTables(name, bytes, mostUnpacked).filter(
      ({ rows }) => rows.filter((row) => row.some((cell) => cell.trim() !== '')).length > 1,
    );
  } catch (error) {
    return fault('unreadable', name, error instanceof Error ? error.message.slice(0, 200) : '');
  }
  const table = sheets.find(({ sheet }) => sheet !== null && sheet === text('sheet')) ?? sheets[0];
  if (table === undefined) return fault('empty', name);
  if (table.rows.some((row) => row.length > mostColumns)) return fault('wide', name, String(mostColumns));
  const act = isFresh ? 'read' : text('do') === 'store' ? 'store' : 'again';
  if (act === 'read') {
    const guess = guessMapping(table);
    const before = await remembered(table, guess);
    return {
      act,
      name,
      bytes,
      sheets,
      table,
      mapping: before?.mapping ?? guess,
      choices: before?.choices ?? { indicators: {}, areas: {} },
      drafts: [],
      source: before?.source ?? { title: name.replace(/\.\w+$/, ''), producer: '', date: '', licence: '' },
      status: 'A',
      replace: false,
    };
  }
  return {
    act,
    name,
    bytes,
    sheets,
    table,
    mapping: mappingOf(table, text),
    choices: { indicators: chosen('indicator', text), areas: chosen('area', text) },
    drafts: draftsOf(text),
    source: {
      title: text('title').trim().slice(0, 300),
      producer: text('producer').trim().slice(0, 300),
      date: text('date').trim().slice(0, 20),
      licence: text('licence').trim().slice(0, 300),
    },
    status: text('status') === 'P' ? 'P' : 'A',
    replace: text('replace') === 'yes',
  };
}

/** The bytes of a file as a field of a form, so that no half-read table is kept by the server. */
export const packed = (bytes: Uint8Array): string => gzipSync(bytes, { level: 6 }).toString('base64');

function unpacked(text: string): Uint8Array | null {
  try {
    return gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: mostFile });
  } catch {
    return null;
  }
}

/** Most names that are asked about. */
export const mostNames = 300;

function chosen(
  kind: 'indicator' | 'area',
  text: (name: string) => string,
): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (let at = 0; at < mostNames; at += 1) {
    const said = text(`${kind}-text-${at}`);
    if (said !== '') found.set(said.slice(0, 300), text(`${kind}-${at}`).trim().slice(0, 100));
  }
  return Object.fromEntries(found);
}

/** The indicators that are ticked to be defined. */
function draftsOf(text: (name: string) => string): readonly Draft[] {
  const drafts: Draft[] = [];
  for (let at = 0; at < mostNames; at += 1) {
    if (text(`define-${at}`) !== 'yes') continue;
    const of = (field: (typeof draftFields)[number]): string =>
      text(`define-${field}-${at}`).trim().slice(0, 300);
    drafts.push({
      text: text(`indicator-text-${at}`).slice(0, 300),
      id: of('id'),
      en: of('en'),
      zh: of('zh'),
      unit: of('unit'),
      direction: of('direction'),
      decimals: of('decimals'),
      goal: of('goal'),
      rollup: of('rollup'),
    });
  }
  return drafts;
}

/** The mapping as the form says it; guessed anew where another sheet or head was chosen. */
function mappingOf(table: RawTable, text: (name: string) => string): TableMapping {
  const guess = guessMapping(table);
  const header = /^\d{1,4}$/.test(text('header')) ? Number(text('header')) : guess.header;
  const isSame = text('was') === `${table.sheet ?? ''} ${header}`;
  const wanted = Math.min(Math.max(1, header), Math.max(1, table.rows.length - 1), 1000);
  const based = wanted === guess.header ? guess : shifted(table, wanted);
  const { names } = headAt(table.rows, based.header, based.headerRows ?? 1);
  const { indicator: _, unit: __, period: ___, ...rest } = based;
  const columns = Object.fromEntries(
    names.map((name, at) => [
      name,
      isSame && text(`role-${at}`) !== '' ? text(`role-${at}`) : (based.columns[name] ?? 'ignore'),
    ]),
  );
  const [indicator, unit, period] = isSame
    ? [
        text('indicator').trim().slice(0, 200),
        text('unit').trim().slice(0, 80),
        text('period').trim().slice(0, 40),
      ]
    : [based.indicator ?? '', based.unit ?? '', based.period ?? ''];
  const read = tableMappingSchema.safeParse({
    ...rest,
    columns,
    ...(indicator === '' ? {} : { indicator }),
    ...(unit === '' ? {} : { unit }),
    ...(period === '' ? {} : { period }),
  });
  return read.success ? read.data : based;
}

/** The guess for a table whose head is said to stand on a line. */
function shifted({ sheet, rows }: RawTable, header: number): TableMapping {
  const guess = guessMapping({ sheet, rows: rows.slice(header - 1) });
  const { names } = headAt(rows, header, 1);
  const { headerRows: _, ...rest } = guess;
  return {
    ...rest,
    header,
    columns: Object.fromEntries(names.map((name) => [name, guess.columns[name] ?? 'ignore'])),
  };
}
