import type { Contribution, FigureFormula } from '../model/index.ts';
import { canonicalJson, sha256 } from './canonical.ts';
import { treeHash } from './merkle.ts';

/** The bytes of one contribution as a leaf: canonical JSON, nothing of files or rows. */
export function contributionLeaf({
  record,
  role,
  quantity,
  unit,
  status,
  source,
  locator,
}: Contribution): string {
  return canonicalJson({ locator, quantity, record, role, source, status, unit });
}

/** RFC 6962 tree hash over a figure's contributions in the order of their bytes. */
export function figureRoot(contributions: readonly Contribution[]): string {
  return treeHash(contributions.map(contributionLeaf).sort());
}

/** What a figure's formula is identified by. */
export function formulaHash(
  { text, version }: Pick<FigureFormula, 'text' | 'version'>,
  unit: string,
): string {
  return sha256(canonicalJson({ text, unit, version }));
}
