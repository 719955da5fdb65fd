import type { Finding, Place } from '../model/index.ts';

/** Thrown inside the room when a model cannot be run as written; caught at the room's border and handed out as findings. */
export class Refusal extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map((finding) => finding.what).join('; '));
    this.findings = findings;
  }
}

export interface Fault {
  readonly rule: string;
  readonly where: Place;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

/** Refuses the model for one reason. */
export function refuse(fault: Fault): never {
  throw new Refusal([{ severity: 'error', ...fault }]);
}

export function warning(fault: Fault): Finding {
  return { severity: 'warning', ...fault };
}

/** Collects refusals of independent parts, so that one look at the report shows more than the first fault. */
export class Faults {
  readonly #findings: Finding[] = [];
  readonly #most: number;

  constructor(most = 20) {
    this.#most = most;
  }

  attempt(part: () => void): void {
    try {
      part();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#findings.push(...error.findings);
      if (this.#findings.length >= this.#most) this.settle();
    }
  }

  settle(): void {
    if (this.#findings.length > 0) throw new Refusal(this.#findings.slice(0, this.#most));
  }
}
