// One worker of the pool: a range of replicates in, their ranks out.
import { parentPort } from 'node:worker_threads';
import { rankReplicates } from '../dist/assess/index.js';
import { composite } from './composite-case.js';

const prepared = composite().prepared();
parentPort?.on('message', ({ from, to, seed }) => {
  parentPort?.postMessage(rankReplicates(prepared, from, to, seed));
});
