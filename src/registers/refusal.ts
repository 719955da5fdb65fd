import type { Finding } from '../model/index.ts';
import type { FieldFault } from './form.ts';

/** Thrown while a step is worked out; it becomes the answer. */
export class Refusal extends Error {
  readonly findings: readonly Finding[];
  readonly faults: readonly FieldFault[];
  constructor(findings: readonly Finding[], faults: readonly FieldFault[]) {
    super(findings[0]?.what ?? 'refused');
    this.findings = findings;
    this.faults = faults;
  }
}

/** Whether a submission was refused only because another one came between reading and writing. */
export function wasOvertaken(findings: readonly Finding[]): boolean {
  return findings.some(
    ({ rule }) => rule === 'case.taken' || rule === 'log.moved' || rule === 'record.exists',
  );
}
