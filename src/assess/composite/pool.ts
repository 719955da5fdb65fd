/** A worker as the pool sees it: takes a task, answers once. Node's threads and a browser's workers both fit behind it. */
export interface Port<Task, Answer> {
  readonly run: (task: Task) => Promise<Answer>;
  readonly close: () => void;
  /** Whether it takes over tasks that another has begun and not answered, once none is left to begin. */
  readonly takesOver?: boolean;
}

/**
 * Runs tasks on several workers, each busy with one at a time, and gives the answers in the order of the tasks, whichever
 * worker made them. The same task gives the same answer on every port, so the first answer counts. `progress` is told after
 * each.
 */
export async function runOn<Task, Answer>(
  ports: readonly Port<Task, Answer>[],
  tasks: readonly Task[],
  progress: (done: number, all: number) => void = () => {},
): Promise<Answer[]> {
  const answers = new Map<number, Answer>();
  let next = 0;
  const take = (takesOver: boolean): number | null => {
    if (next < tasks.length) {
      next += 1;
      return next - 1;
    }
    if (!takesOver) return null;
    const open = tasks.findIndex((_, at) => !answers.has(at));
    return open < 0 ? null : open;
  };
  let finish = () => {};
  const complete = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const work = async (port: Port<Task, Answer>) => {
    for (let at = take(false); ; at = take(port.takesOver === true)) {
      const task = at === null ? undefined : tasks[at];
      if (at === null || task === undefined) return;
      const answer = await port.run(task);
      if (answers.has(at)) continue;
      answers.set(at, answer);
      progress(answers.size, tasks.length);
      if (answers.size === tasks.length) finish();
    }
  };
  try {
    if (tasks.length > 0) await Promise.race([complete, Promise.all(ports.map(work))]);
  } finally {
    for (const port of ports) port.close();
  }
  return tasks.flatMap((_, at) => {
    const answer = answers.get(at);
    return answer === undefined ? [] : [answer];
  });
}

/**
 * The calling thread as a port: it works while the others start, and takes over what they have not answered in the end, so
 * that a pool is never slower than one thread by more than a task. Between tasks it lets messages in.
 */
export function ownPort<Task, Answer>(work: (task: Task) => Answer): Port<Task, Answer> {
  return {
    takesOver: true,
    close: () => {},
    run: async (task) => {
      await new Promise((resolve) => {
        setTimeout(resolve, 0);
      });
      return work(task);
    },
  };
}

/** Ranges of `size` that cover 0 … count − 1. */
export function chunks(count: number, size: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, at) => ({
    from: at * size,
    to: Math.min((at + 1) * size, count),
  }));
}
