import { type Observation, observationKey, type SourceDocument } from '../../model/index.ts';
import { type CellKind, mayFollow, type Round, stepRoles } from '../../plan/index.ts';
import type { StoredObservation } from '../../store/index.ts';
import { holds } from '../who.ts';
import { breakdownOf } from './check-cell.ts';
import { officeRegisters, type Step, writeSteps } from './log.ts';
import { type RoundCell, readCells, readRound } from './round-store.ts';
import { cellRegister, observationOf, type SaveContext } from './save-cells.ts';

export interface Stepped {
  readonly done: readonly RoundCell[];
  readonly left: readonly {
    readonly cell: RoundCell;
    readonly why: 'not-yours' | 'state' | 'own' | 'empty' | 'conflict';
  }[];
}

/**
 * Takes one step with every cell named that may take it: submit, check, return, approve, make final, open again. Nobody
 * checks or approves what they entered themselves. Cells of a round without an embargo become observations as they are
 * approved; those of a round with one, at its release.
 */
export async function stepCells(
  context: SaveContext,
  cells: readonly RoundCell[],
  kind: Exclude<CellKind, 'entered'>,
  said = '',
): Promise<Stepped> {
  const { person, round } = context;
  const left: { cell: RoundCell; why: Stepped['left'][number]['why'] }[] = [];
  const able: RoundCell[] = [];
  for (const cell of cells) {
    const { state, enteredById } = cell.now;
    if (!holds(person, [stepRoles[kind]], kind === 'final' ? '*' : cell.area, cell.department))
      left.push({ cell, why: 'not-yours' });
    else if (!mayFollow(state, kind)) left.push({ cell, why: 'state' });
    else if (kind === 'submitted' && cell.now.value === '' && cell.now.reason === '')
      left.push({ cell, why: 'empty' });
    else if ((kind === 'checked' || kind === 'approved') && enteredById === person.id)
      left.push({ cell, why: 'own' });
    else able.push(cell);
  }
  const isPublic = round.release === null || (await hasReleased(context));
  const observed =
    isPublic && (kind === 'approved' || kind === 'final')
      ? await corrections(context, able, kind === 'final' ? 'A' : 'P')
      : null;
  const done: RoundCell[] = [];
  // Cells of one district and department together; what corrects older values, by the submission it corrects.
  const groups = new Map<string, RoundCell[]>();
  for (const cell of able) {
    const key = `${cell.area} ${cell.department} ${observed?.get(cell)?.corrects ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const corrects = observed?.get(first)?.corrects;
    const observations = group.flatMap((cell) => observed?.get(cell)?.observation ?? []);
    const receipt = await writeSteps(
      context.store.within([first.area], [first.department]),
      context.city,
      person,
      context.now,
      group.map((cell) => stepOf(cell, kind, said)),
      {
        ...(observations.length === 0 ? {} : { observations, sources: [roundSource(round)] }),
        ...(corrects === undefined ? {} : { corrects }),
      },
      cellRegister,
    );
    if (receipt.outcome === 'refused')
      left.push(...group.map((cell) => ({ cell, why: 'conflict' as const })));
    else done.push(...group);
  }
  return { done, left };
}

function stepOf(cell: RoundCell, kind: CellKind, said: string): Step {
  return {
    area: cell.area,
    stream: cell.stream,
    seq: cell.now.seq + 1,
    register: 'cell',
    kind,
    from: cell.now.state,
    body: said === '' ? {} : { said },
  };
}

async function hasReleased({ store, city, round }: SaveContext): Promise<boolean> {
  return (await readRound(store, city, round.id))?.releasedAt != null;
}

/** The document that values of a round come from: the returns themselves. */
export function roundSource(round: Round): SourceDocument {
  return {
    id: `round-${round.id}`,
    title: {
      en: `Returns of departments: ${round.name.en || round.name.zh}`,
      zh: `各部门填报：${round.name.zh || round.name.en}`,
    },
    producer: { en: 'Departments and districts', zh: '各部门、各区' },
    date: round.calendar.opens,
    licence: 'as the city declares for its data',
    locators: { en: 'round, department, who entered it, day', zh: '轮次、部门、填报人、日期' },
  };
}

interface Correction {
  readonly observation: Observation;
  /** Position of the submission whose value this one corrects; undefined when there is none. */
  readonly corrects: number | undefined;
}

/** What each cell becomes, and which older value it corrects. */
async function corrections(
  { store, city, round }: SaveContext,
  cells: readonly RoundCell[],
  status: 'A' | 'P',
): Promise<ReadonlyMap<RoundCell, Correction>> {
  const known = new Map<string, StoredObservation>();
  const indicators = [...new Set(cells.map(({ indicator }) => indicator))];
  if (indicators.length > 0)
    for (const each of await store.observations(city, {
      indicators,
      areas: [...new Set(cells.map(({ area }) => area))],
    }))
      known.set(observationKey(each), each);
  return new Map(
    cells.map((cell) => {
      const observation = observationOf(
        cell,
        round,
        roundSource(round).id,
        status,
        breakdownOf(cell.breakdown),
      );
      return [cell, { observation, corrects: known.get(observationKey(observation))?.position }];
    }),
  );
}

/**
 * Makes the approved values of a round public: once its embargo is over, by a publisher or by the clock. Any number of
 * processes may try: the release is a step of the round, which one of them takes.
 */
export async function releaseRound(
  context: SaveContext,
): Promise<'released' | 'embargo' | 'nothing' | 'conflict'> {
  const { store, city, round, workspace, now, person } = context;
  const open = await readRound(store, city, round.id);
  if (open === null) return 'nothing';
  if (round.release !== null && new Date(round.release) > now) return 'embargo';
  const cells = (await readCells(store, city, round, workspace)).filter(
    ({ now: { state } }) => state === 'approved' || state === 'final',
  );
  const groups = new Map<number | undefined, { cell: RoundCell; observation: Observation }[]>();
  for (const status of ['P', 'A'] as const) {
    const some = cells.filter(({ now: { state } }) => (state === 'final') === (status === 'A'));
    for (const [cell, { observation, corrects }] of await corrections(context, some, status))
      groups.set(corrects, [...(groups.get(corrects) ?? []), { cell, observation }]);
  }
  // The values first: written twice they are the same, and a release that broke off is taken up where it stood.
  for (const [corrects, group] of groups) {
    const written = await store.submit({
      city,
      kind: 'record',
      agent: `${person.name} (${person.id})`,
      received: now.toISOString(),
      ...(corrects === undefined ? {} : { corrects }),
      files: [],
      records: { sources: [roundSource(round)], observations: group.map(({ observation }) => observation) },
    });
    if (written.outcome === 'refused') return 'conflict';
  }
  const receipt = await writeSteps(
    store,
    city,
    person,
    now,
    [
      {
        area: workspace.city.area,
        stream: `round:${round.id}`,
        seq: open.seq + 1,
        register: 'round',
        kind: 'released',
        from: open.kind,
        body: { cells: cells.length },
      },
    ],
    {},
    [{ register: 'round', version: 1, steps: [...officeRegisters.round] }],
  );
  return receipt.outcome === 'refused' ? 'conflict' : 'released';
}
