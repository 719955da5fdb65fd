import { parentPort } from 'node:worker_threads';
import { type EnsembleTask, runShare } from '../simulate/index.ts';

// One worker of an ensemble: a share of the runs in, their values out.
parentPort?.once('message', (task: EnsembleTask) => {
  const outcome = runShare(task);
  const moved = outcome.ok ? [outcome.value.values, outcome.value.samples, outcome.value.times] : [];
  const buffers = moved.map((one) => one.buffer).filter((one) => one instanceof ArrayBuffer);
  parentPort?.postMessage(outcome, buffers);
});
