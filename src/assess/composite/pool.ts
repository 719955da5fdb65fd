/** A worker as the pool sees it: takes a task, answers once. Node's threads and a browser's workers both fit behind it. */
export interface Port<Task, Answer> {
  readonly run: (task: Task) => Promise<Answer>;
  readonly close: () => void;
}

/**
 * Runs tasks on several workers, each busy with one at a time, and gives the answers in the order of the tasks, whichever
 * worker made them. `progress` is told after each.
 */
export async function runOn<Task, Answer>(
  ports: readonly Port<Task, Answer>[],
  tasks: readonly Task[],
  progress: (done: number, all: number) => void = () => {},
): Promise<Answer[]> {
  const answers = new Map<number, Answer>();
  let next = 0;
  const work = async (port: Port<Task, Answer>) => {
    for (;;) {
      const at = next;
      next += 1;
      const task = tasks[at];
      if (task === undefined) return;
      answers.set(at, await port.run(task));
      progress(answers.size, tasks.length);
    }
  };
  try {
    await Promise.all(ports.map(work));
  } finally {
    for (const port of ports) port.close();
  }
  return tasks.flatMap((_, at) => {
    const answer = answers.get(at);
    return answer === undefined ? [] : [answer];
  });
}

/** Ranges of `size` that cover 0 … count − 1. */
export function chunks(count: number, size: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, at) => ({
    from: at * size,
    to: Math.min((at + 1) * size, count),
  }));
}
