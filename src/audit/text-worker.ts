import { parentPort } from 'node:worker_threads';
import { runTextTask, type TextTask } from './task.ts';

// One audit of somebody's documents beside a running server: the documents in, what was found out.
parentPort?.once('message', (task: TextTask) => {
  void runTextTask(task).then((report) => parentPort?.postMessage(report));
});
