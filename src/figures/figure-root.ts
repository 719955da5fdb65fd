import type { Contribution, FigureFormula } from '../model/index.ts';
import { canonicalJson, jsonText, sha256 } from './canonical.ts';
import { leafHash, treeHash } from './merkle.ts';

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
  return `{"locator":${jsonText(locator)},"quantity":${quantity === null ? 'null' : jsonText(quantity)},"record":${jsonText(record)},"role":${jsonText(role)},"source":${jsonText(source)},"status":${jsonText(status)},"unit":${jsonText(unit)}}`;
}

/** RFC 6962 tree hash over a figure's contributions in the order of their bytes. */
export function figureRoot(contributions: readonly Contribution[]): string {
  const [only] = contributions;
  if (contributions.length === 1 && only !== undefined) return leafHash(contributionLeaf(only));
  return treeHash(contributions.map(contributionLeaf).sort());
}

/** What a figure's formula is identified by. */
export function formulaHash(
  { text, version }: Pick<FigureFormula, 'text' | 'version'>,
  unit: string,
): string {
  const last = lastFormula;
  if (last !== null && last.text === text && last.version === version && last.unit === unit) return last.made;
  const made = keptFormulaHash(text, version, unit);
  lastFormula = { text, version, unit, made };
  return made;
}

/** One formula serves a whole series, and every area: its hash is made once. */
let lastFormula: { text: string; version: number; unit: string; made: string } | null = null;
const formulaHashes = new Map<string, string>();
const mostFormulas = 4096;

function keptFormulaHash(text: string, version: number, unit: string): string {
  const name = `${version} ${unit.length} ${unit}${text}`;
  const known = formulaHashes.get(name);
  if (known !== undefined) return known;
  const made = sha256(canonicalJson({ text, unit, version }));
  if (formulaHashes.size >= mostFormulas) formulaHashes.clear();
  formulaHashes.set(name, made);
  return made;
}
