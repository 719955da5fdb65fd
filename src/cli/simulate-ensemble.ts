import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  bands,
  type Distribution,
  type Ensemble,
  type EnsembleTask,
  joinShares,
  type Outcome,
  percentiles,
  runShare,
  sharesOf,
  timeText,
  type Uncertain,
} from '../simulate/index.ts';

const workerFile = new URL('./simulate-worker.js', import.meta.url);
const mostWorkers = 8;
/** Values that the shares may hold together: half a gigabyte. */
export const mostValues = 64_000_000;

const forms = 'low..high, normal(mean, deviation), triangular(low, mode, high) or lognormal(median, factor)';

/** Reads `name=low..high` and its kin; a text tells what is wrong. */
export function readVaried(text: string): Uncertain | string {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  const distribution = at < 1 ? undefined : distributionOf(text.slice(at + 1).trim());
  return name === '' || distribution === undefined
    ? `--vary takes name=${forms}, not '${text}'`
    : { name, distribution };
}

function distributionOf(text: string): Distribution | undefined {
  const range = /^([^.(]+(?:\.\d+)?)\.\.([^(]+)$/.exec(text);
  const call = /^(normal|triangular|lognormal)\(([^()]*)\)$/.exec(text);
  const kind = range === null ? call?.[1] : 'uniform';
  const numbers = (range?.slice(1) ?? call?.[2]?.split(',') ?? []).map((one) =>
    one.trim() === '' ? Number.NaN : Number(one),
  );
  const [a = 0, b = 0, c = 0] = numbers;
  if (numbers.some((one) => !Number.isFinite(one)) || numbers.length !== (kind === 'triangular' ? 3 : 2))
    return undefined;
  if (kind === 'uniform' && a < b) return { kind, min: a, max: b };
  if (kind === 'normal' && b > 0) return { kind, mean: a, deviation: b };
  if (kind === 'triangular' && a <= b && b <= c && a < c) return { kind, min: a, mode: b, max: c };
  if (kind === 'lognormal' && a > 0 && b > 1) return { kind, median: a, factor: b };
  return undefined;
}

/** Runs an ensemble on worker threads, one for each processor; the result does not depend on how many there are. */
export async function runOnWorkers(
  task: Omit<EnsembleTask, 'generated'>,
  workers = Math.min(mostWorkers, availableParallelism()),
): Promise<Outcome<Ensemble>> {
  const shares = sharesOf(task.options.count, workers);
  // One share needs no thread, and from sources there is no built file to start one with.
  if (shares.length === 1 || !existsSync(fileURLToPath(workerFile)))
    return runShare({ ...task, generated: true });
  const done = await Promise.all(
    shares.map((share) => onWorker({ ...task, generated: true, options: { ...task.options, ...share } })),
  );
  const refused = done.find((one) => !one.ok);
  if (refused !== undefined) return refused;
  return { ok: true, value: joinShares(done.flatMap((one) => (one.ok ? [one.value] : []))) };
}

function onWorker(task: EnsembleTask): Promise<Outcome<Ensemble>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile);
    worker.once('message', (outcome: Outcome<Ensemble>) => {
      resolve(outcome);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.postMessage(task);
  });
}

/** Percentiles of each variable at each time as CSV: `Variable,Time,P5,P25,P50,P75,P95`. */
export function* bandLines(found: Ensemble): Generator<string> {
  yield `${['Variable', 'Time', ...percentiles.map((one) => `P${one}`)].join(',')}\n`;
  for (const column of found.columns) {
    const quoted = /[",\n\r]/.test(column) ? `"${column.replace(/"/g, '""')}"` : column;
    const lines = bands(found, column);
    let piece = '';
    found.times.forEach((time, row) => {
      piece += `${[quoted, timeText(time), ...lines.map((line) => String(line[row] ?? Number.NaN))].join(',')}\n`;
    });
    yield piece;
  }
}
