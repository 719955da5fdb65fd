// Measures the composite engine and prints JSON: `npm run build && node bench/assess.js`. Options: --replicates N, --workers N.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import {
  build,
  chunks,
  indexUnder,
  ownPort,
  randomStream,
  rankChange,
  rankReplicates,
  runOn,
  sobolDesign,
  sobolIndices,
  summariseRanks,
} from '../dist/assess/index.js';
import { composite } from './composite-case.js';

const { values } = parseArgs({
  options: { replicates: { type: 'string', default: '1000' }, workers: { type: 'string', default: '2' } },
});
const replicates = Number(values.replicates);
const seed = 1;

function measure(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = work();
  const used = process.cpuUsage(cpu);
  return { result, wall_s: (performance.now() - start) / 1000, cpu_s: (used.user + used.system) / 1e6 };
}

const { from, recipe, prepared } = composite();
const cold = measure(() => build(from, recipe));
const builds = measure(() => {
  for (let at = 0; at < 20; at += 1) build(from, recipe);
});
const composed = cold.result;
const weights = recipe.weights.map((weight, at) => weight * (1 + (at % 3) / 10));
const again = measure(() => {
  for (let at = 0; at < 20; at += 1) build(from, { ...recipe, weights }, { composite: composed, recipe });
});

const single = measure(() => {
  const ready = prepared();
  return summariseRanks(ready, rankReplicates(ready, 0, replicates, seed));
});

// One worker fewer than asked: the calling thread is one of them.
const pool = async (count, size) => {
  const own = prepared();
  const ports = Array.from({ length: Number(values.workers) - 1 }, () => {
    const worker = new Worker(new URL('./assess-worker.js', import.meta.url));
    return {
      run: (task) =>
        new Promise((resolve, reject) => {
          worker.removeAllListeners('error');
          worker.once('message', resolve);
          worker.once('error', reject);
          worker.postMessage(task);
        }),
      close: () => worker.terminate(),
    };
  });
  const start = performance.now();
  const parts = await runOn(
    [ownPort(({ from: first, to }) => rankReplicates(own, first, to, seed)), ...ports],
    chunks(count, size).map((chunk) => ({ ...chunk, seed })),
  );
  return { parts, wall_s: (performance.now() - start) / 1000 };
};
const { parts, wall_s: pooled } = await pool(replicates, 50);
const many = 20 * replicates;
const longSingle = measure(() => rankReplicates(prepared(), 0, many, seed));
const longPool = await pool(many, 250);
const ready = prepared();
const table = new Uint16Array(parts.reduce((sum, part) => sum + part.length, 0));
let at = 0;
for (const part of parts) {
  table.set(part, at);
  at += part.length;
}
const sameAsSingle = JSON.stringify(summariseRanks(ready, table)) === JSON.stringify(single.result);

// Ten inputs: treatment, normalisation, and the weights of the eight groups.
const names = [
  'treatment',
  'normalisation',
  ...Array.from({ length: 8 }, (_, group) => `weight of g${group}`),
];
const rows = 2000;
const sobol = measure(() => {
  const points = sobolDesign(rows, names.length, randomStream(seed, 0));
  const outcomes = new Float64Array(rows * (names.length + 2));
  const first = from.structure.codes.indexOf('g0');
  const groups = Array.from({ length: 8 }, (_, group) => from.structure.codes.indexOf(`g${group}`));
  if (first < 0) throw new Error('no group');
  for (let row = 0; row < outcomes.length; row += 1) {
    const point = points.subarray(row * names.length, (row + 1) * names.length);
    const own = recipe.weights.slice();
    groups.forEach((column, group) => {
      own[column] = 0.75 + 0.5 * (point[2 + group] ?? 0);
    });
    const draw = { treatment: point[0] ?? 0, normalisation: point[1] ?? 0, aggregation: 0, weights: own };
    outcomes[row] = rankChange(ready, indexUnder(ready, draw));
  }
  return sobolIndices(outcomes, names, 100, seed);
});

const round = (value) => Number(value.toFixed(4));
console.log(
  JSON.stringify(
    {
      bench: 'assess',
      node: process.version,
      cores: availableParallelism(),
      case: { units: 200, indicators: 60, groups: 8 },
      full_build_first_s: round(cold.wall_s),
      full_build_s: round(builds.wall_s / 20),
      full_build_cpu_s: round(builds.cpu_s / 20),
      rebuild_new_weights_s: round(again.wall_s / 20),
      monte_carlo: {
        replicates,
        varied: ['treatment', 'normalisation', 'weights'],
        one_thread_wall_s: round(single.wall_s),
        one_thread_cpu_s: round(single.cpu_s),
        threads: Number(values.workers),
        pool_wall_s_with_start: round(pooled),
        of_20_times_as_many: {
          one_thread_wall_s: round(longSingle.wall_s),
          pool_wall_s_with_start: round(longPool.wall_s),
        },
        same_result: sameAsSingle,
      },
      sobol: {
        rows,
        inputs: names.length,
        evaluations: rows * (names.length + 2),
        wall_s: round(sobol.wall_s),
        cpu_s: round(sobol.cpu_s),
      },
      peak_memory_mb: round(process.resourceUsage().maxRSS / 1024),
    },
    null,
    1,
  ),
);
