import { checkAcross } from './check/across.ts';
import { checks } from './checks.ts';
import { type AuditFinding, type CheckedClaim, numbered } from './finding.ts';
import { once } from './once.ts';
import { type Reading, read } from './read/reading.ts';
import { type AuditText, cutLines } from './text.ts';

/** What an audit of texts found, and what it recomputed and found right. */
export interface TextAudit {
  readonly findings: readonly AuditFinding[];
  readonly checked: readonly CheckedClaim[];
  /** Things about the input a reader must know: lines that were cut, a check that gave up. */
  readonly notes: readonly string[];
}

/** Most findings that one rule may tell about one text; the rest is counted in a note. */
const mostPerRule = 500;

/**
 * Audits texts, each for itself. Deterministic: the same texts give the same findings in the same order. Time grows
 * with the length of the texts (a review of 600,000 characters takes a few seconds).
 */
export function auditTexts(sources: readonly AuditText[]): TextAudit {
  const findings: AuditFinding[] = [];
  const checked: CheckedClaim[] = [];
  const notes: string[] = [];
  const readings: Reading[] = [];
  for (const source of sources) {
    const cut = cutLines(source);
    if (cut > 0)
      notes.push(
        `${source.file}: ${cut} lines are longer than 40,000 characters; what lies beyond was not read`,
      );
    const reading = read(source);
    readings.push(reading);
    for (const [name, check] of Object.entries(checks)) {
      const report = check(reading);
      if (report.findings.length > mostPerRule)
        notes.push(
          `${source.file}: ${report.findings.length - mostPerRule} more findings of the check '${name}' are not told`,
        );
      findings.push(...numbered(report.findings.slice(0, mostPerRule)));
      checked.push(...report.checked.slice(0, 5000));
    }
  }
  const parts = new Set(readings.flatMap(({ file, parts: each }) => each.map((part) => `${file} ${part}`)));
  if (parts.size > 1) findings.push(...numbered(checkAcross(readings).slice(0, mostPerRule)));
  return { findings: once(inOrder(findings)), checked: once(checked), notes };
}

function inOrder(findings: readonly AuditFinding[]): AuditFinding[] {
  const key = ({ places }: AuditFinding): [string, number, number] => {
    const first = places[0];
    return first === undefined ? ['', 0, 0] : [first.file, first.line, first.column];
  };
  return [...findings].sort((a, b) => {
    const [p, q] = [key(a), key(b)];
    if (p[0] !== q[0]) return p[0] < q[0] ? -1 : 1;
    return p[1] - q[1] || p[2] - q[2] || (a.id < b.id ? -1 : 1);
  });
}
