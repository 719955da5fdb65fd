import type { FigureSet } from '../../figures/index.ts';
import {
  add,
  commitmentStates,
  convert,
  decimal,
  divide,
  type ExaminationDeclaration,
  type ExaminationItem,
  type ExaminationSubject,
  type Figure,
  multiply,
  parseUnit,
  rational,
  toDecimal,
  type Workspace,
} from '../../model/index.ts';
import { type Evidence, type Examination, examine } from './examine.ts';
import { itemsOf, pointsOf } from './points.ts';

/** What an item of one subject rests on: a figure, or tasks of a plan. */
export type Ground =
  | { readonly kind: 'figure'; readonly figure: Figure; readonly value: string | null }
  | {
      readonly kind: 'tasks';
      readonly plan: string;
      readonly reached: readonly string[];
      readonly open: readonly string[];
      /** Whose state nobody has told: with one of them there is no value. */
      readonly unknown: readonly string[];
      /** Taken out of the plan: no longer asked for, and told. */
      readonly withdrawn: readonly string[];
      readonly value: string | null;
    };

export interface ExaminedItem {
  readonly item: ExaminationItem;
  /** Points of a hundred, exact to 34 digits. */
  readonly points: string;
  readonly ground: Ground;
  /** Null: not judged. */
  readonly got: string | null;
  readonly off: string | null;
}

export interface ExaminedSubject {
  readonly subject: ExaminationSubject;
  readonly examination: Examination;
  readonly items: readonly ExaminedItem[];
}

/** Examines everybody that a declaration names, from the figures of the place and the states of its plans. */
export function examineAll(
  declared: ExaminationDeclaration,
  workspace: Pick<Workspace, 'city' | 'plans'>,
  figures: FigureSet,
): readonly ExaminedSubject[] {
  return declared.subjects.map((subject) => examineSubject(declared, subject, workspace, figures));
}

export function examineSubject(
  declared: ExaminationDeclaration,
  subject: ExaminationSubject,
  workspace: Pick<Workspace, 'city' | 'plans'>,
  figures: FigureSet,
  restored: ReadonlyMap<string, string> = new Map(),
): ExaminedSubject {
  const grounds = new Map(
    itemsOf(declared, subject.id).map((item) => [item.id, groundOf(item, subject, workspace, figures)]),
  );
  const points = pointsOf(declared, subject.id);
  const evidence = [...grounds].map(
    ([item, ground]): Evidence => ({
      item,
      figure: ground.kind === 'figure' ? ground.figure.code : `plan/${ground.plan}`,
      value: ground.value,
    }),
  );
  const examination = examine(points, evidence, restored);
  const off = new Map(examination.deductions.map((each) => [each.item, each.off]));
  const byId = new Map(declared.items.map((item) => [item.id, item]));
  return {
    subject,
    examination,
    items: points.flatMap(({ id, points: own }) => {
      const [item, ground] = [byId.get(id), grounds.get(id)];
      if (item === undefined || ground === undefined) return [];
      const got = examination.got.get(id) ?? null;
      return [{ item, points: toDecimal(own), ground, got, off: got === null ? null : (off.get(id) ?? '0') }];
    }),
  };
}

function groundOf(
  { evidence, unit }: ExaminationItem,
  subject: ExaminationSubject,
  workspace: Pick<Workspace, 'city' | 'plans'>,
  figures: FigureSet,
): Ground {
  if (evidence.kind === 'tasks') return tasksOf(evidence, workspace);
  const { indicator, area, period, since, change } = evidence;
  const figure = figures.get({
    city: workspace.city.id,
    indicator,
    area: area ?? subject.area,
    breakdown: {},
    measure: since === undefined ? { kind: 'value', period } : { kind: change, from: since, to: period },
  });
  const [from, to] = [parseUnit(figure.unit), parseUnit(unit)];
  const value =
    figure.value === null || from === null || to === null ? null : convert(decimal(figure.value), from, to);
  return { kind: 'figure', figure, value: value === null ? null : toDecimal(value) };
}

function tasksOf(
  { plan, commitments, reached }: Extract<ExaminationItem['evidence'], { kind: 'tasks' }>,
  { plans }: Pick<Workspace, 'plans'>,
): Ground {
  const known = new Map(
    plans.find(({ id }) => id === plan)?.commitments.map((each) => [each.id, each]) ?? [],
  );
  const lists = {
    reached: [] as string[],
    open: [] as string[],
    unknown: [] as string[],
    withdrawn: [] as string[],
  };
  let [all, done] = [rational(0n), rational(0n)];
  for (const id of commitments) {
    const commitment = known.get(id);
    if (commitment?.withdrawn !== undefined) {
      lists.withdrawn.push(id);
      continue;
    }
    const weight = decimal(commitment?.weight ?? '1');
    all = add(all, weight);
    if (commitment === undefined || commitment.state === 'unknown') lists.unknown.push(id);
    else if (commitmentStates.indexOf(commitment.state) >= commitmentStates.indexOf(reached)) {
      done = add(done, weight);
      lists.reached.push(id);
    } else lists.open.push(id);
  }
  const value =
    lists.unknown.length > 0 || all.n === 0n ? null : toDecimal(multiply(divide(done, all), rational(100n)));
  return { kind: 'tasks', plan, ...lists, value };
}
