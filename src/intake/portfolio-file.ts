import {
  compare,
  currencyOf,
  decimal,
  type Plan,
  type Portfolio,
  type ProjectSelection,
  parseUnit,
} from '../model/index.ts';
import type { FindingList } from './finding-list.ts';
import type { Known } from './known.ts';
import { quote } from './quote.ts';
import { ReferenceCheck } from './reference-check.ts';
import type { Shaped } from './yaml-shape.ts';

type Path = readonly PropertyKey[];

/** Checks a file of `projects/` for what its schema cannot say: what it names, its money, its dates, where it comes from. */
export function checkPortfolio(
  shaped: Shaped<Portfolio>,
  known: Known,
  {
    plans,
    selections,
    taken,
  }: {
    readonly plans: readonly Plan[];
    readonly selections: readonly ProjectSelection[];
    /** Ids of projects in the files before this one. */
    readonly taken: ReadonlySet<string>;
  },
  findings: FindingList,
): void {
  const { asOf, citation, projects } = shaped.value;
  const check = new ReferenceCheck(shaped, known, findings);
  const money = (path: Path, unit: string): void => {
    const parsed = parseUnit(unit);
    if (parsed === null || currencyOf(parsed) === null)
      check.error('portfolio.not-money', path, {
        what: `${quote(unit)} is no amount of money`,
        why: 'money is summed by currency',
        mend: 'write a currency such as CNY or 10*6.CNY',
      });
  };
  const positive = (path: Path, value: string | undefined): void => {
    if (value !== undefined && compare(decimal(value), decimal('0')) < 0)
      check.error('portfolio.negative', path, {
        what: `${quote(value)} is below zero`,
        why: 'weights, costs and payments are not',
        mend: 'correct the number; leave it out where nothing is told',
      });
  };
  const past = (path: Path, date: string | undefined): void => {
    if (date !== undefined && date > asOf)
      check.error('portfolio.future', path, {
        what: `${quote(date)} is after ${asOf}, the day of this file`,
        why: 'what has happened by then cannot be dated later',
        mend: 'correct the date, or asOf',
      });
  };
  const commitments = new Map(
    plans.map(({ id, commitments: of }) => [id, new Set(of.map((each) => each.id))]),
  );
  const candidates = new Map(
    selections.map(({ id, candidates: of }) => [id, new Set(of.map((each) => each.id))]),
  );
  check.citation(['citation'], citation);
  check.unique('project', ['projects'], projects);
  projects.forEach((project, at) => {
    const path = ['projects', at];
    check.citation([...path, 'citation'], project.citation);
    check.area([...path, 'area'], project.area);
    if (project.citation === undefined && project.entered === undefined && !project.generated)
      check.error('portfolio.no-source', [...path, 'id'], {
        what: `the project ${quote(project.id)} has no citation`,
        why: 'every project on the page says where it comes from',
        mend: 'add citation: { source: …, locator: … }; for a made-up example write generated: true',
      });
    if (taken.has(project.id))
      check.error('project.duplicate', [...path, 'id'], {
        what: `the project ${quote(project.id)} stands in another file of projects/ too`,
        why: 'a project has one page, by its id',
        mend: 'rename or delete one of them',
      });
    const { commitment, candidate } = project;
    if (commitment !== undefined) {
      check.oneOf(
        'plan',
        [...path, 'commitment', 'plan'],
        commitment.plan,
        commitments,
        'plan.yaml or plans/',
      );
      const own = commitments.get(commitment.plan) ?? null;
      check.oneOf(
        'commitment',
        [...path, 'commitment', 'id'],
        commitment.id,
        own,
        `the plan ${commitment.plan}`,
      );
    }
    if (candidate !== undefined) {
      check.oneOf(
        'selection',
        [...path, 'candidate', 'selection'],
        candidate.selection,
        candidates,
        'selection/',
      );
      const own = candidates.get(candidate.selection) ?? null;
      check.oneOf(
        'candidate',
        [...path, 'candidate', 'id'],
        candidate.id,
        own,
        `the selection ${candidate.selection}`,
      );
    }
    project.stages.forEach((stage, each) => {
      check.citation([...path, 'stages', each, 'citation'], stage.citation);
      past([...path, 'stages', each, 'date'], stage.date);
    });
    check.unique('milestone', [...path, 'milestones'], project.milestones);
    project.milestones.forEach(({ cost, done, weight, citation: said }, each) => {
      const place = [...path, 'milestones', each];
      check.citation([...place, 'citation'], said);
      past([...place, 'done'], done);
      positive([...place, 'weight'], weight);
      if (cost === undefined) return;
      money([...place, 'cost', 'unit'], cost.unit);
      positive([...place, 'cost', 'amount'], cost.amount);
    });
    project.money.forEach(({ unit, planned, paid, citation: said }, each) => {
      const place = [...path, 'money', each];
      check.citation([...place, 'citation'], said);
      money([...place, 'unit'], unit);
      positive([...place, 'planned'], planned);
      paid?.forEach(({ date, amount }, nth) => {
        past([...place, 'paid', nth, 'date'], date);
        positive([...place, 'paid', nth, 'amount'], amount);
      });
    });
    project.results.forEach(({ indicator, area }, each) => {
      check.indicator([...path, 'results', each, 'indicator'], indicator);
      check.area([...path, 'results', each, 'area'], area);
    });
  });
}
