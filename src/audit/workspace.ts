import { type City, type Observation, observationAddress, type Workspace } from '../model/index.ts';
import { auditData } from './data/audit.ts';
import type { DataContext, DataRow, IndicatorFacts } from './data/row.ts';
import type { AuditFinding } from './finding.ts';

/** Where a record stands in the files of its workspace. */
export type Locate = (observation: Observation) => { readonly file: string; readonly row: number };

/** What of a place is held against itself before it is published. */
export interface RecordsInput {
  readonly workspace: Workspace;
  readonly locate: Locate;
  /** Places whose areas lie in this one: their totals are parts of its own. */
  readonly related?: readonly { readonly workspace: Workspace; readonly locate: Locate }[];
  /** The day of publication; default: the date of the newest review. */
  readonly asOf?: string | undefined;
}

/** A locator for records whose files are not at hand: it names the record itself. */
export const byAddress: Locate = (observation) => ({ file: observationAddress(observation), row: 1 });

/** A locator over the origins that reading a folder gives. */
export function byOrigin(
  origins: ReadonlyMap<string, { readonly file: string; readonly row: number }>,
): Locate {
  return (observation) => origins.get(observationAddress(observation)) ?? byAddress(observation);
}

/** Everything that is wrong with the records of a workspace, with file and row. */
export function auditRecords({
  workspace,
  locate,
  related = [],
  asOf,
}: RecordsInput): readonly AuditFinding[] {
  const { city, indicators, observations } = workspace;
  const known = new Set(indicators.map(({ id }) => id));
  const areas = new Set(city.areas.map(({ id }) => id));
  const own = new Set(observations.map(observationAddress));
  const rows = observations.map((observation) => rowOf(observation, locate));
  const parts = related.flatMap((place) =>
    place.workspace.observations
      .filter(
        (observation) =>
          known.has(observation.indicator) &&
          areas.has(observation.area) &&
          !own.has(observationAddress(observation)),
      )
      .map((observation) => {
        const row = rowOf(observation, place.locate);
        return { ...row, file: `${place.workspace.city.id}/${row.file}` };
      }),
  );
  const findings = auditData([...rows, ...parts], contextOf(workspace, asOf));
  const others = new Set(parts.map(({ file }) => file));
  // What is wrong inside a district is told where the district is audited.
  return findings.filter(({ places }) => places.some(({ file }) => !others.has(file)));
}

/** The rows of a workspace and what is known beside them, as {@link auditData} takes them. */
export const recordRows = (
  workspace: Workspace,
  origins: Parameters<typeof byOrigin>[0],
): { readonly rows: readonly DataRow[]; readonly context: DataContext } => ({
  rows: workspace.observations.map((observation) => rowOf(observation, byOrigin(origins))),
  context: contextOf(workspace, undefined),
});

const rowOf = (observation: Observation, locate: Locate): DataRow => {
  const { indicator, area, period, breakdown, value, unit, status } = observation;
  const { file, row } = locate(observation);
  return { indicator, area, period, breakdown, value, unit, status, file, row };
};

function contextOf({ city, indicators, reviews }: Workspace, asOf: string | undefined): DataContext {
  const newest = reviews
    .map(({ head }) => head.date)
    .sort()
    .at(-1);
  const day = asOf ?? newest;
  const { final, staleAfter } = policyOf(city);
  return {
    areas: new Map(city.areas.map(({ id, parent }) => [id, parent ?? null])),
    indicators: new Map(
      indicators.map(({ id, unit, rollup, decimals, name, nature }): [string, IndicatorFacts] => [
        id,
        {
          unit,
          name: `${name.en} ${name.zh}`,
          ...(rollup === 'sum'
            ? { additive: true }
            : rollup === 'none' && (nature === 'level' || nature === 'flow')
              ? {}
              : { additive: false }),
          ...(decimals === undefined ? {} : { decimals }),
          share: unit === '%' && isShareName(name.en, name.zh),
        },
      ]),
    ),
    dimensions: new Map(city.dimensions.map(({ id, values }) => [id, values.map((value) => value.id)])),
    ...(day === undefined ? {} : { asOf: day }),
    final,
    staleAfter,
  };
}

/** Names that promise a part of a whole: such a percentage lies between 0 and 100. */
const isShareName = (en: string, zh: string): boolean =>
  /\b(?:share|proportion|coverage|percentage)\b/i.test(en) || /占比|比重|比例|覆盖率/.test(zh);

/** What a place asks of its own publications. */
export interface AuditPolicy {
  /** `data`: open contradictions and gaps in the records stop a publication; `contradictions`: those of the text too; `none`: all are only counted. */
  readonly block: 'none' | 'data' | 'contradictions';
  /** Whether values that are not final are told before publication. */
  readonly final: boolean;
  /** Years after which a series is called stale. */
  readonly staleAfter: number;
}

export function policyOf({ audit }: City): AuditPolicy {
  return { block: audit?.block ?? 'data', final: audit?.final ?? false, staleAfter: audit?.staleAfter ?? 5 };
}

/** Rules on records that are questions, not faults: they are counted and never stop a publication by themselves. */
const questions = new Set([
  'data.stale',
  'data.break',
  'data.regular',
  'data.precision',
  'data.coverage',
  'data.provisional',
  'data.repeated',
]);

/** Whether an open finding stops a publication under a policy. */
export function stops({ rule, severity, values }: AuditFinding, { block, final }: AuditPolicy): boolean {
  if (block === 'none') return false;
  if (rule === 'data.provisional') return final;
  if (rule === 'data.outlier') return values.reason === '@reason.magnitude';
  if (rule.startsWith('data.')) return !questions.has(rule);
  return block === 'contradictions' && severity === 'contradiction';
}
