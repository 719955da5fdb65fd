import { createHash } from 'node:crypto';
import { auditData, type DataRow, namesOf, told } from '../../audit/index.ts';
import { type TableCell, type TableCells, tableCells } from '../../intake/index.ts';
import {
  type Indicator,
  type Language,
  type Observation,
  observationKey,
  type SourceDocument,
  type Workspace,
} from '../../model/index.ts';
import type { Store, StoredObservation } from '../../store/index.ts';
import { contextOf, stopping } from '../office/check-cell.ts';
import { writeSteps } from '../office/log.ts';
import type { Person } from '../who.ts';
import type { Asked } from './asked.ts';
import { rememberStep, tableRegister } from './memory.ts';

export interface Taking {
  readonly store: Store;
  readonly workspace: Workspace;
  readonly language: Language;
  /** Indicators of `workspace` that are not in the log yet: those that values are stored of are defined with them. */
  readonly defined?: readonly Indicator[];
}

/** A table as it would be taken in. */
export interface Taken extends TableCells {
  /** What the audit of data asks about what would be new, in the reader's language. */
  readonly asks: readonly {
    readonly message: string;
    readonly mend: string;
    readonly rows: readonly number[];
  }[];
  /** Position of the submission by which each held value was written, by key. */
  readonly positions: ReadonlyMap<string, number>;
}

/** The document that the table's values come from: named by the hash of its file. */
export function sourceOf({ bytes, source, name }: Asked): SourceDocument {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { title, producer, date, licence } = source;
  return {
    id: `table-${sha256.slice(0, 12)}`,
    title: { en: title || name, zh: title || name },
    producer: { en: producer, zh: producer },
    date: date === '' ? 'undated' : date,
    licence,
    locators: { en: 'line and column of the table', zh: '表格的行和列' },
    sha256,
  };
}

/** Reads the table beside what is held; the text of what is wrong with how its columns were named otherwise. */
export async function takeTable(
  asked: Asked,
  { store, workspace, language }: Taking,
): Promise<Taken | string> {
  const source = sourceOf(asked);
  const into = { place: workspace, choices: asked.choices, source, status: asked.status };
  const title = asked.name.replace(/\.\w+$/, '');
  // What is held is asked for only of the indicators that the table turns out to be about.
  const first = tableCells(asked.table, asked.mapping, title, { ...into, held: new Map() });
  if (typeof first === 'string') return first;
  const indicators = [...new Set(first.cells.flatMap(({ observation }) => observation?.indicator ?? []))];
  const stored: readonly StoredObservation[] =
    indicators.length === 0 ? [] : await store.observations(workspace.city.id, { indicators });
  const held = new Map(stored.map((each) => [observationKey(each), each]));
  const read = tableCells(asked.table, asked.mapping, title, { ...into, held });
  if (typeof read === 'string') return read;
  const positions = new Map(stored.map((each) => [observationKey(each), each.position]));
  return { ...audited(read, stored, workspace, language), positions };
}

/** Asks the audit of data about what would be new; what cannot be a value is left out. */
function audited(
  read: TableCells,
  stored: readonly Observation[],
  workspace: Workspace,
  language: Language,
): TableCells & Pick<Taken, 'asks'> {
  const fresh = read.cells.filter(({ outcome }) => outcome === 'new' || outcome === 'changed');
  const keys = new Set(
    fresh.flatMap(({ observation }) => (observation === null ? [] : observationKey(observation))),
  );
  const rowOf = (each: Observation, file: string, row: number): DataRow => ({
    indicator: each.indicator,
    area: each.area,
    period: each.period,
    breakdown: each.breakdown,
    value: each.value,
    unit: each.unit,
    status: each.status,
    file,
    row,
  });
  const rows = [
    ...stored
      .filter((each) => !keys.has(observationKey(each)))
      .map((each, at) => rowOf(each, 'held', at + 1)),
    ...fresh.flatMap((cell) => (cell.observation === null ? [] : rowOf(cell.observation, 'table', cell.row))),
  ];
  const names = namesOf(workspace);
  const findings = auditData(rows, contextOf(workspace))
    .filter(({ rule }) => !notHere.has(rule))
    .map((finding) => ({
      finding,
      at: finding.places.flatMap(({ file, line }) => (file === 'table' ? [line] : [])),
    }))
    .filter(({ at }) => at.length > 0);
  const stopped = new Map<number, { en: string; zh: string }>();
  for (const { finding, at } of findings)
    if (stopping.has(finding.rule))
      for (const row of at)
        stopped.set(row, {
          en: told(finding, 'en', names).message,
          zh: told(finding, 'zh', names).message,
        });
  const cells = read.cells.map((cell): TableCell => {
    const reason = stopped.get(cell.row);
    return reason === undefined || !fresh.includes(cell)
      ? cell
      : { ...cell, outcome: 'left', observation: null, reason };
  });
  const asks = findings
    .filter(({ finding }) => !stopping.has(finding.rule))
    .map(({ finding, at }) => {
      const { message, mend } = told(finding, language, names);
      return { message, mend, rows: [...new Set(at)].sort((a, b) => a - b) };
    });
  return { ...read, cells, asks };
}

/** Rules about a whole place, and about units, which were seen to convert. */
const notHere = new Set(['data.empty', 'data.stale', 'data.unit']);

export type Stored =
  | {
      readonly outcome: 'stored';
      readonly values: number;
      readonly indicators: number;
      readonly position: number;
    }
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'refused'; readonly values: number; readonly why: string };

/**
 * Stores what is new, and what differs where that was asked for: with the table itself, its document, and how it was read.
 * What corrects older values names the submission that each of them was written by, so there is one submission for each.
 */
export async function storeTable(
  asked: Asked,
  taken: Taken,
  { store, workspace, defined = [] }: Taking,
  person: Person,
  now: Date,
): Promise<Stored> {
  const groups = new Map<number | null, Observation[]>();
  for (const { outcome, observation } of taken.cells) {
    if (observation === null || (outcome !== 'new' && !(outcome === 'changed' && asked.replace))) continue;
    const corrects = outcome === 'new' ? null : (taken.positions.get(observationKey(observation)) ?? null);
    const group = groups.get(corrects) ?? [];
    groups.set(corrects, group);
    group.push(observation);
  }
  if (groups.size === 0) return { outcome: 'nothing' };
  const used = new Set([...groups.values()].flat().map(({ indicator }) => indicator));
  const indicators = defined.filter(({ id }) => used.has(id));
  const { id: city, area } = workspace.city;
  const step = await rememberStep(store, city, area, asked);
  let values = 0;
  let position = 0;
  for (const [corrects, observations] of groups) {
    const isFirst = values === 0;
    const receipt = await writeSteps(
      store,
      city,
      person,
      now,
      isFirst ? [step] : [],
      {
        observations,
        ...(isFirst && indicators.length > 0 ? { indicators } : {}),
        sources: [sourceOf(asked)],
        ...(corrects === null ? {} : { corrects }),
      },
      tableRegister,
      isFirst
        ? [
            {
              path: `tables/${sourceOf(asked).sha256}.${asked.table.sheet === null ? 'csv' : 'xlsx'}`,
              bytes: asked.bytes,
            },
          ]
        : [],
    );
    if (receipt.outcome === 'refused')
      return {
        outcome: 'refused',
        values,
        why: receipt.findings
          .map(({ what, mend }) => `${what}: ${mend}`)
          .slice(0, 3)
          .join('; '),
      };
    values += observations.length;
    position = receipt.position;
  }
  return { outcome: 'stored', values, indicators: indicators.length, position };
}
