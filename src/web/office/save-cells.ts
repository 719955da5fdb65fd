import { z } from 'zod';
import type { Language, Observation, Workspace } from '../../model/index.ts';
import { parseDecimal } from '../../model/index.ts';
import {
  type CellState,
  type CellValue,
  cellSteps,
  cellStream,
  isOpenCell,
  type Round,
} from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import { holds, type Person } from '../who.ts';
import { type CellFinding, checkCell } from './check-cell.ts';
import { type Step, writeSteps } from './log.ts';
import { type RoundCell, readCells } from './round-store.ts';

/** A cell as a page, a spreadsheet or a program sends it. */
export const givenCellSchema = z.strictObject({
  area: z.string().max(60),
  department: z.string().max(120),
  indicator: z.string().max(120),
  breakdown: z.string().max(400).default(''),
  value: z.string().max(200).default(''),
  reason: z.string().max(1000).default(''),
  note: z.string().max(1000).default(''),
  /** Number of the cell's last event that the sender saw; 0 for a cell nobody has touched. */
  expected: z.int().min(0).max(1_000_000),
});
export type GivenCell = z.infer<typeof givenCellSchema>;

export type SavedCell = Pick<GivenCell, 'area' | 'department' | 'indicator' | 'breakdown'> &
  (
    | {
        readonly outcome: 'saved' | 'unchanged';
        readonly seq: number;
        readonly findings: readonly CellFinding[];
      }
    | { readonly outcome: 'conflict'; readonly seq: number; readonly theirs: TheirCell }
    | {
        readonly outcome: 'refused';
        readonly why: 'unknown' | 'not-yours' | 'closed' | 'value';
        readonly findings: readonly CellFinding[];
      }
  );

/** What somebody else has saved meanwhile. */
export type TheirCell = Pick<CellState, 'value' | 'reason' | 'enteredBy' | 'enteredAt' | 'state'>;

export interface SaveContext {
  readonly store: Store;
  readonly city: string;
  readonly round: Round;
  readonly workspace: Workspace;
  readonly person: Person;
  readonly now: Date;
  readonly language: Language;
}

/** Steps that the register of cells declares. */
export const cellRegister = [
  { register: 'cell', version: 1, steps: cellSteps.map(({ from, to }) => ({ from, to })) },
];

const keyOf = ({
  area,
  department,
  indicator,
  breakdown,
}: Pick<GivenCell, 'area' | 'department' | 'indicator' | 'breakdown'>): string =>
  [area, department, indicator, breakdown].join('\u0001');

/**
 * Saves what a department gives. Each cell is saved by itself or not: where somebody else was faster, their value is told
 * and nothing is overwritten; a value that is none is refused with what the audit says. `save` names this act of saving:
 * sent again after a broken connection it finds its own work and changes nothing.
 */
export async function saveCells(
  context: SaveContext,
  given: readonly GivenCell[],
  save: string,
): Promise<readonly SavedCell[]> {
  const { store, city, round, workspace, person, language } = context;
  const results = new Map<GivenCell, SavedCell>();
  const groups = new Map<string, GivenCell[]>();
  for (const cell of given) {
    if (!holds(person, ['reporter'], cell.area, cell.department)) {
      results.set(cell, { ...named(cell), outcome: 'refused', why: 'not-yours', findings: [] });
      continue;
    }
    const group = `${cell.area} ${cell.department}`;
    groups.set(group, [...(groups.get(group) ?? []), cell]);
  }
  for (const cells of groups.values()) {
    const [first] = cells;
    if (first === undefined) continue;
    // The database sees no more than this district and this department.
    const narrow = store.within([first.area], [first.department]);
    const known = new Map(
      (
        await readCells(narrow, city, round, workspace, {
          areas: [first.area],
          // One cell is read by itself: most saves are of one.
          ...(cells.length > 1 ? {} : { stream: cellStream(round.id, { ...first, period: round.period }) }),
        })
      ).map((cell) => [keyOf(cell), cell]),
    );
    const ready: {
      readonly cell: GivenCell;
      readonly at: RoundCell;
      readonly findings: readonly CellFinding[];
    }[] = [];
    for (const cell of cells) {
      const at = known.get(keyOf(cell));
      const judged =
        at === undefined
          ? ({ ...named(cell), outcome: 'refused', why: 'unknown', findings: [] } as const)
          : judge(person, at, cell, save, workspace, language);
      if ('ready' in judged && at !== undefined) ready.push({ cell, at, findings: judged.ready });
      else if (!('ready' in judged)) results.set(cell, judged);
    }
    const write = (list: typeof ready) =>
      writeSteps(
        narrow,
        city,
        person,
        context.now,
        list.map(({ cell, at }) => stepOf(cell, at, save)),
        {},
        cellRegister,
      );
    const receipt = ready.length === 0 ? null : await write(ready);
    if (receipt === null) continue;
    if (receipt.outcome !== 'refused') {
      for (const { cell, at, findings } of ready)
        results.set(cell, { ...named(cell), outcome: 'saved', seq: at.now.seq + 1, findings });
      continue;
    }
    // Somebody was faster in at least one of them: each for itself.
    for (const one of ready) {
      const alone = await write([one]);
      if (alone.outcome !== 'refused') {
        results.set(one.cell, {
          ...named(one.cell),
          outcome: 'saved',
          seq: one.at.now.seq + 1,
          findings: one.findings,
        });
        continue;
      }
      const [fresh] = await readCells(narrow, city, round, workspace, {
        areas: [one.at.area],
        stream: one.at.stream,
      });
      results.set(one.cell, conflict(person, one.cell, fresh?.now ?? one.at.now, save, one.findings));
    }
  }
  return given.flatMap((cell) => results.get(cell) ?? []);
}

function judge(
  person: Person,
  at: RoundCell,
  cell: GivenCell,
  save: string,
  workspace: Workspace,
  language: Language,
): SavedCell | { readonly ready: readonly CellFinding[] } {
  const { now } = at;
  const plain = plainCell(cell);
  const findings = checkCell(at, plain, workspace, language);
  if (isOwnWork(now, plain, person, save))
    return { ...named(cell), outcome: 'saved', seq: now.seq, findings };
  if (now.seq !== cell.expected) return conflict(person, cell, now, save, findings);
  if (!isOpenCell(now.state)) return { ...named(cell), outcome: 'refused', why: 'closed', findings: [] };
  if (isSame(now, plain)) return { ...named(cell), outcome: 'unchanged', seq: now.seq, findings };
  if (findings.some(({ stops }) => stops) || (plain.value !== '' && parseDecimal(plain.value) === null))
    return { ...named(cell), outcome: 'refused', why: 'value', findings };
  return { ready: findings };
}

function conflict(
  person: Person,
  cell: GivenCell,
  now: CellState,
  save: string,
  findings: readonly CellFinding[],
): SavedCell {
  if (isOwnWork(now, plainCell(cell), person, save))
    return { ...named(cell), outcome: 'saved', seq: now.seq, findings };
  const { value, reason, enteredBy, enteredAt, state } = now;
  return {
    ...named(cell),
    outcome: 'conflict',
    seq: now.seq,
    theirs: { value, reason, enteredBy, enteredAt, state },
  };
}

const named = ({ area, department, indicator, breakdown }: GivenCell) => ({
  area,
  department,
  indicator,
  breakdown,
});

const plainCell = ({ value, reason, note }: GivenCell) => ({
  value: value.trim(),
  reason: value.trim() === '' ? reason.trim() : '',
  note: note.trim(),
});

/** Whether what is stored is what this person sends: a save that was stored and whose answer was lost. */
function isOwnWork(now: CellState, given: CellValue, person: Person, save: string): boolean {
  return (
    isSame(now, given) && (now.save === save || (now.state === 'entered' && now.enteredById === person.id))
  );
}

function isSame(
  now: CellState,
  given: { readonly value: string; readonly reason: string; readonly note: string },
): boolean {
  return now.value === given.value && now.reason === given.reason && now.note === given.note;
}

function stepOf(cell: GivenCell, at: RoundCell, save: string): Step {
  return {
    area: at.area,
    stream: at.stream,
    seq: at.now.seq + 1,
    register: 'cell',
    kind: 'entered',
    from: at.now.state,
    body: { ...plainCell(cell), unit: at.unit, save },
  };
}

/** The observation that an approved cell becomes. `position`: of the submission that made it, for the locator. */
export function observationOf(
  cell: RoundCell,
  round: Round,
  source: string,
  status: 'A' | 'P',
  breakdown: Record<string, string>,
): Observation {
  const isMissing = cell.now.value === '';
  return {
    indicator: cell.indicator,
    area: cell.area,
    period: cell.period,
    breakdown,
    value: isMissing ? null : cell.now.value,
    unit: cell.unit,
    status: isMissing ? 'O' : status,
    reason: isMissing ? { en: cell.now.reason, zh: cell.now.reason } : null,
    qualifier: null,
    source,
    locator:
      `round ${round.id}, ${cell.department}, ${cell.now.enteredBy}, ${cell.now.enteredAt.slice(0, 10)}`.slice(
        0,
        200,
      ),
    ref: null,
    note: cell.now.note === '' ? null : cell.now.note,
  };
}
