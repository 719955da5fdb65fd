import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { runTextTask, type TextRefusal, type TextReport, type TextTask } from '../../audit/index.ts';

const workerFile = new URL('../../audit/text-worker.js', import.meta.url);

/** Longest an audit of documents may take, in milliseconds: a review of 600,000 characters takes a few seconds. */
const longest = 90_000;
/** Memory of an audit, in megabytes; a file that wants more is refused and the server goes on. */
const memory = 700;
/** Audits that wait for their turn; who comes later is asked to try again. */
const mostWaiting = 6;

export type TextOutcome = TextReport | TextRefusal | { readonly fault: 'busy' | 'slow' | 'heavy' };

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * Audits documents in a thread of their own, one after the other, so that no reader of the server waits for them.
 * @param most Milliseconds after which it is stopped.
 * @param worker The file of the thread.
 */
export function auditDocuments(
  task: TextTask,
  most = longest,
  worker: URL = workerFile,
): Promise<TextOutcome> {
  if (waiting >= mostWaiting) return Promise.resolve({ fault: 'busy' });
  waiting += 1;
  const mine = last
    .then(() => inThread(task, most, worker))
    .finally(() => {
      waiting -= 1;
    });
  last = mine.catch(() => undefined);
  return mine;
}

function inThread(task: TextTask, most: number, file: URL): Promise<TextOutcome> {
  // Run from its sources, as tests do, there is no file for a thread.
  if (!existsSync(fileURLToPath(file))) return runTextTask(task);
  return new Promise((done) => {
    const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: memory } });
    const end = (outcome: TextOutcome) => {
      clearTimeout(timer);
      done(outcome);
      void worker.terminate();
    };
    const timer = setTimeout(() => end({ fault: 'slow' }), most);
    worker.once('message', (report: TextReport | TextRefusal) => end(report));
    worker.once('error', () => end({ fault: 'heavy' }));
    worker.once('exit', () => end({ fault: 'heavy' }));
    worker.postMessage(task);
  });
}
