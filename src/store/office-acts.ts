import type { Plan, Portfolio, ProjectSelection } from '../model/index.ts';
import type { ActEvent } from './acts-over-files.ts';
import { selectionRegister, withDecidedSelections } from './decided-selections.ts';
import type { Connection } from './engine.ts';
import { commitmentRegister, withPlanActs } from './plan-acts.ts';
import { portfolioRegister, withProjectActs } from './project-acts.ts';

/** What the office does to a workspace by acts of its own. */
interface Worked {
  readonly plans: readonly Plan[];
  readonly portfolios: readonly Portfolio[];
  readonly selections: readonly ProjectSelection[];
}

const registers = [commitmentRegister, portfolioRegister, selectionRegister];

/** Cases of these registers, found by the order of their names: no other register's events are looked at. */
export const ofOfficeActs = (table: 'd' | 'e'): string =>
  `(${registers.map((name) => `${table}.stream >= '${name}:' AND ${table}.stream < '${name};'`).join(' OR ')})`;

/** Plans, portfolios and selections with what was done to them in the office as of a position. */
export async function withOfficeActs(
  connection: Connection,
  city: string,
  area: string,
  files: Worked,
  asOf: number,
): Promise<{ plans: Plan[]; portfolios: Portfolio[]; selections: ProjectSelection[] }> {
  const { rows } = await connection.query<ActEvent>(
    `SELECT DISTINCT ON (e.stream, e.seq) e.stream, e.seq, e.kind, d.actor, d.body,
      to_char(d.occurred AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS occurred
    FROM event e JOIN event_detail d USING (city, area, stream, seq)
    WHERE e.city = $1 AND e.area = $2 AND ${ofOfficeActs('e')} AND d.position <= $3
    ORDER BY e.stream, e.seq, d.position DESC`,
    [city, area, asOf],
  );
  const of = (register: string): readonly ActEvent[] =>
    rows.filter(({ stream }) => stream.startsWith(`${register}:`));
  return {
    plans: withPlanActs(files.plans, of(commitmentRegister)),
    portfolios: withProjectActs(files.portfolios, of(portfolioRegister)),
    selections: withDecidedSelections(files.selections, of(selectionRegister)),
  };
}
