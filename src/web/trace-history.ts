import type { Figure } from '../model/index.ts';
import type { RecordHistory } from './pages/trace.tsx';
import type { LoggedSubmission, Place } from './place.ts';

/** Records whose history a trace shows; a city's sum over thousands of records tells the first. */
const mostRecords = 12;

/** Who handed in the records of a figure and what became of them, from the log; nothing where there is no log. */
export async function traceHistory(
  figure: Figure,
  { store, workspace }: Place,
): Promise<{
  readonly histories: readonly RecordHistory[];
  readonly submissions: ReadonlyMap<number, LoggedSubmission>;
}> {
  if (store === undefined) return { histories: [], submissions: new Map() };
  const records = [...new Set(figure.contributions.map(({ record }) => record))].slice(0, mostRecords);
  const histories = await Promise.all(
    records.map(async (record) => {
      // Records of a related workspace carry its id in front: `songjiang:observation/…`.
      const [, related, own = record] = /^(?:([a-z0-9._-]+):)?(.+)$/.exec(record) ?? [];
      return { record, versions: await store.history(related ?? workspace.city.id, own) };
    }),
  );
  const submissions = await store.submissions(workspace.city.id);
  return {
    histories,
    submissions: new Map(submissions.map((submission) => [submission.position, submission])),
  };
}
