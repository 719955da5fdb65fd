import { auditAgainst } from './against/against.ts';
import type { Facts } from './against/fact.ts';
import { auditTexts } from './audit.ts';
import type { AuditFinding } from './finding.ts';
import { auditPair } from './pair/pair.ts';
import { documentOf } from './read/file.ts';
import type { AuditText } from './text.ts';

/** What somebody asks about documents of their own: all of it can be sent to another thread. */
export interface TextTask {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Compare the two files as two language versions of one document, instead of auditing each. */
  readonly pair: boolean;
  /** Records to hold the texts against. */
  readonly facts: Facts | null;
}

/** What was found; `lines` has the whole line of each place of a finding, by {@link lineKey}. */
export interface TextReport {
  readonly findings: readonly AuditFinding[];
  /** Statements that were recomputed and hold; of a pair, numbers that agree. */
  readonly held: number;
  /** Statements that agree with the records. */
  readonly agreed: number;
  readonly notes: readonly string[];
  readonly lines: ReadonlyMap<string, string>;
  /** Characters that were read. */
  readonly read: number;
}

export interface TextRefusal {
  readonly refused: string;
  readonly file: string;
}

export const lineKey = (file: string, line: number): string => `${file}\n${line}`;

/** Longest line that is shown whole around a quote. */
const longestShown = 4000;

/** Reads and audits documents; says which file cannot be read and why. Deterministic. */
export async function runTextTask({ files, pair, facts }: TextTask): Promise<TextReport | TextRefusal> {
  const texts: AuditText[] = [];
  for (const { name, bytes } of files) {
    const document = await documentOf(name, bytes);
    if ('refused' in document) return { refused: document.refused, file: name };
    texts.push(document);
  }
  const [first, second] = texts;
  const told = (() => {
    if (pair && first !== undefined && second !== undefined) {
      const { findings, agreed } = auditPair(first, second);
      return { findings, held: agreed, notes: [] };
    }
    const { findings, checked, notes } = auditTexts(texts);
    return { findings, held: checked.length, notes };
  })();
  const against = facts === null || pair ? null : auditAgainst(texts, facts);
  const findings = [...told.findings, ...(against?.findings ?? [])];
  const wanted = new Set(
    findings.flatMap(({ places }) => places.map(({ file, line }) => lineKey(file, line))),
  );
  const lines = new Map<string, string>();
  for (const { file, lines: own } of texts)
    for (const { line, column, text } of own) {
      const key = lineKey(file, line);
      // Words that a reader of pages set further in keep the columns that findings count.
      if (wanted.has(key) && !lines.has(key))
        lines.set(key, `${' '.repeat(Math.max(0, column - 1))}${text}`.slice(0, longestShown));
    }
  return {
    findings,
    held: told.held,
    agreed: against?.checked.length ?? 0,
    notes: told.notes,
    lines,
    read: texts.reduce((sum, { lines: own }) => sum + own.reduce((all, { text }) => all + text.length, 0), 0),
  };
}
