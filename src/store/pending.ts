import type { Finding } from '../model/index.ts';
import type { Connection } from './engine.ts';
import type { Changes } from './submission.ts';

/** What a part of a submission would write, worked out before the log gives a position. */
export interface Pending {
  readonly changes: Changes;
  /** Areas that it writes to. */
  readonly areas: ReadonlySet<string>;
  write(connection: Connection, position: number): Promise<void>;
}

/** Thrown inside a submission's transaction: it undoes everything and becomes a refusal. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super(findings[0]?.what ?? 'refused');
    this.findings = findings;
  }
}

/** What the parts of a submission are worked out against. */
export interface Context {
  readonly connection: Connection;
  readonly city: string;
  readonly head: number;
  readonly corrects: number | null;
  /** Steps of registers that were read before, by register and version: once declared they stay. */
  readonly steps: Map<string, ReadonlySet<string>>;
}

/** An error about a record; records have an address where files have a row. */
export function recordError(record: string, rule: string, what: string, why: string, mend: string): Finding {
  return { rule, severity: 'error', where: { file: 'submission', pointer: `/${record}` }, what, why, mend };
}

const nothing: Changes = { added: 0, changed: 0, withdrawn: 0 };

export function sumOf(changes: readonly Changes[]): Changes {
  return changes.reduce(
    (sum, each) => ({
      added: sum.added + each.added,
      changed: sum.changed + each.changed,
      withdrawn: sum.withdrawn + each.withdrawn,
    }),
    nothing,
  );
}
