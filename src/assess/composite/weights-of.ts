import type { Finding } from '../../model/index.ts';
import type { AggregationRule } from './aggregate.ts';
import type { Composite } from './build.ts';
import { optimiseWeights } from './optimise-weights.ts';
import { principalComponents } from './principal.ts';
import type { Structure } from './structure.ts';

/** How weights are found: `given` by the codebook, or from the values. */
export const weightings = ['given', 'equal', 'pca', 'optimised', 'most-information'] as const;
export const optimisedLevels = ['top', 'groups', 'indicators'] as const;

export interface WeightRule {
  readonly kind: string;
  /** Which columns optimised weights are of: the parts of the index, the groups of indicators, or the indicators. */
  readonly level: string;
  /** How much a column should matter against the others of its level; 1 where nothing is said. */
  readonly importance: ReadonlyMap<string, number>;
  readonly aggregate: AggregationRule;
}

/** Weights by the chosen rule: those of one level change, the others stay as given. */
export function weightsOf(
  rule: WeightRule,
  made: Composite,
  structure: Structure,
  findings: Finding[],
): Float64Array {
  const { indicators, weights } = structure;
  switch (rule.kind) {
    case 'given':
      return weights;
    case 'equal':
      return weights.map((weight, at) => (at < indicators.length && weight !== 0 ? 1 : weight));
    case 'pca':
      return principalWeights(made, structure, findings);
    default:
      return optimisedWeights(rule, made, structure, findings);
  }
}

function principalWeights(made: Composite, structure: Structure, findings: Finding[]): Float64Array {
  const { indicators, weights } = structure;
  const own = weights.slice();
  for (const { code, parts } of structure.aggregates) {
    const leaves = parts.filter((part) => part < indicators.length && (weights[part] ?? 0) !== 0);
    if (leaves.length < 2) continue;
    const columns = leaves.map((part) => made.normalised.columns[part] ?? new Float64Array());
    const loadings = principalComponents(columns)?.[0]?.loadings ?? null;
    if (loadings === null || loadings.some((loading) => loading < 0)) {
      findings.push({
        rule: 'composite.no-component',
        severity: 'warning',
        where: indicators[0]?.where ?? { file: 'codebook' },
        what: `the indicators of '${code}' have no common first component${reasonIn(loadings)}; their given weights are used`,
        why: 'weights by principal components need indicators that vary and rise together',
        mend: 'look at their correlations, or give weights',
      });
      continue;
    }
    leaves.forEach((part, at) => {
      own[part] = loadings[at] ?? 1;
    });
  }
  return own;
}

function reasonIn(loadings: readonly number[] | null): string {
  return loadings === null ? '' : ' (some pull against the others)';
}

/** Tolerance and most evaluations of the search: fine enough that a further digit of a weight changes no rank. */
const search = { tolerance: 1e-6, most: 2000 };

function optimisedWeights(
  { kind, level, importance, aggregate }: WeightRule,
  made: Composite,
  structure: Structure,
  findings: Finding[],
): Float64Array {
  const { aggregates, codes, indicators, weights } = structure;
  const tallest = Math.max(1, ...aggregates.map((one) => one.height));
  const height = level === 'indicators' ? 0 : level === 'groups' ? Math.min(1, tallest - 1) : tallest - 1;
  const heights = [...indicators.map(() => 0), ...aggregates.map((one) => one.height)];
  const own = codes.filter((_, at) => heights[at] === height);
  const found =
    own.length < 2
      ? null
      : optimiseWeights(
          structure,
          made.normalised.columns,
          aggregate,
          height,
          kind === 'most-information' ? null : own.map((code) => importance.get(code) ?? 1),
          search.tolerance,
          search.most,
        );
  if (found === null || found.weights.some((weight) => !Number.isFinite(weight) || weight < 0)) {
    findings.push({
      rule: 'composite.no-optimum',
      severity: 'warning',
      where: indicators[0]?.where ?? { file: 'codebook' },
      what:
        found === null
          ? 'there are fewer than two columns whose weights could be optimised; the given weights are used'
          : 'no weights above zero bring the correlations with the index to what is asked; the given weights are used',
      why: 'weights are sought so that each part correlates with the index as much as it should matter',
      mend: 'look at the correlations: a part that falls when the index rises cannot be given weight for it',
    });
    return weights;
  }
  const optimised = weights.slice();
  found.codes.forEach((code, at) => {
    optimised[codes.indexOf(code)] = found.weights[at] ?? 1;
  });
  return optimised;
}
