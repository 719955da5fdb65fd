/** Upper bounds of the classes of answering times, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a request was for: few kinds, so that addresses of readers' interest are not counted one by one. */
export type RequestKind = 'page' | 'api' | 'asset' | 'edition' | 'operations';

interface Times {
  readonly counts: number[];
  sum: number;
  total: number;
}

/** One value that is read when asked for. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly values: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
  readonly type?: 'gauge' | 'counter';
}

/** Counts answers and their times, and tells them in Prometheus' text format 0.0.4. */
export class Metrics {
  readonly #answers = new Map<string, number>();
  readonly #times = new Map<RequestKind, Times>();

  /** `seconds`: from the request's arrival to the head of its answer. */
  answered(kind: RequestKind, method: string, status: number, seconds: number): void {
    const name = labelled({
      kind,
      method: knownMethods.has(method) ? method : 'other',
      status: String(status),
    });
    this.#answers.set(name, (this.#answers.get(name) ?? 0) + 1);
    let times = this.#times.get(kind);
    if (times === undefined) {
      times = { counts: bounds.map(() => 0), sum: 0, total: 0 };
      this.#times.set(kind, times);
    }
    times.sum += seconds;
    times.total += 1;
    for (const [at, bound] of bounds.entries())
      if (seconds <= bound) times.counts[at] = (times.counts[at] ?? 0) + 1;
  }

  text(gauges: readonly Gauge[]): string {
    const lines = [...head('modelcity_answers_total', 'Answers given.', 'counter')];
    for (const [labels, count] of [...this.#answers].sort(([a], [b]) => (a < b ? -1 : 1)))
      lines.push(`modelcity_answers_total${labels} ${count}`);
    lines.push(...head('modelcity_answer_seconds', 'Time to the head of an answer.', 'histogram'));
    for (const [kind, { counts, sum, total }] of [...this.#times].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const [at, bound] of bounds.entries())
        lines.push(
          `modelcity_answer_seconds_bucket${labelled({ kind, le: String(bound) })} ${counts[at] ?? 0}`,
        );
      lines.push(`modelcity_answer_seconds_bucket${labelled({ kind, le: '+Inf' })} ${total}`);
      lines.push(`modelcity_answer_seconds_sum${labelled({ kind })} ${sum}`);
      lines.push(`modelcity_answer_seconds_count${labelled({ kind })} ${total}`);
    }
    for (const { name, help, values, type = 'gauge' } of gauges) {
      lines.push(...head(name, help, type));
      for (const { labels, value } of values) lines.push(`${name}${labelled(labels)} ${value}`);
    }
    return `${lines.join('\n')}\n`;
  }
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function head(name: string, help: string, type: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function labelled(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}
