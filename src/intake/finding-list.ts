import type { Finding, Place } from '../model/index.ts';
import { limits } from './limits.ts';

interface Said {
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

/**
 * Collects findings, at most {@link limits.findingsPerFile} a file: a table with one wrong unit in every row
 * tells it two hundred times and then how often more.
 */
export class FindingList {
  readonly #found: Finding[] = [];
  readonly #told = new Map<string, number>();
  readonly #errorsLeftOut = new Map<string, number>();
  readonly #othersLeftOut = new Map<string, number>();
  #errors = 0;

  /** Whether a finding about this file would still be told: ask before working out a costly text. */
  hasRoom(file: string): boolean {
    return (this.#told.get(file) ?? 0) < limits.findingsPerFile;
  }

  add(finding: Finding): void {
    const { file } = finding.where;
    if (finding.severity === 'error') this.#errors += 1;
    const told = this.#told.get(file) ?? 0;
    if (told >= limits.findingsPerFile) {
      const leftOut = finding.severity === 'error' ? this.#errorsLeftOut : this.#othersLeftOut;
      leftOut.set(file, (leftOut.get(file) ?? 0) + 1);
      return;
    }
    this.#told.set(file, told + 1);
    this.#found.push(finding);
  }

  error(rule: string, where: Place, said: Said): void {
    this.add({ rule, severity: 'error', where, ...said });
  }

  warning(rule: string, where: Place, said: Said): void {
    this.add({ rule, severity: 'warning', where, ...said });
  }

  note(rule: string, where: Place, said: Said): void {
    this.add({ rule, severity: 'note', where, ...said });
  }

  addAll(findings: Iterable<Finding>): void {
    for (const finding of findings) this.add(finding);
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  /** All that was told, file by file and row by row, with one line for what was left out of each file. */
  toArray(): readonly Finding[] {
    const all = [...this.#found];
    for (const [leftOut, severity] of [
      [this.#errorsLeftOut, 'error'],
      [this.#othersLeftOut, 'warning'],
    ] as const)
      for (const [file, count] of leftOut)
        all.push({
          rule: 'findings.more',
          severity,
          where: { file, row: Number.MAX_SAFE_INTEGER },
          what: `${count} more ${severity === 'error' ? 'errors' : 'warnings'} in this file are not listed`,
          why: `at most ${limits.findingsPerFile} findings are told for one file`,
          mend: 'mend the ones above and check again',
        });
    const byPlace = (a: Finding, b: Finding) =>
      a.where.file < b.where.file
        ? -1
        : a.where.file > b.where.file
          ? 1
          : (a.where.row ?? 0) - (b.where.row ?? 0);
    return all.sort(byPlace).map((finding) => {
      if (finding.rule !== 'findings.more') return finding;
      return { ...finding, where: { file: finding.where.file } };
    });
  }
}
