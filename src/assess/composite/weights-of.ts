import type { Finding } from '../../model/index.ts';
import type { Composite } from './build.ts';
import { principalComponents } from './principal.ts';
import type { Structure } from './structure.ts';

/** Weights by the chosen rule: those of indicators change, those of groups stay as given. */
export function weightsOf(
  kind: string,
  made: Composite,
  structure: Structure,
  findings: Finding[],
): Float64Array {
  const { indicators, weights } = structure;
  if (kind === 'given') return weights;
  const own = weights.slice();
  if (kind === 'equal') {
    indicators.forEach((_, at) => {
      if (own[at] !== 0) own[at] = 1;
    });
    return own;
  }
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
