import { describe, expect, it } from 'vitest';
import type { SubmissionEntry } from '../store/index.ts';
import { pageState, programHash } from './page-state.ts';

const entry = (position: number, received = '2022-10-31T00:00:00.000Z', sha256 = 'a'): SubmissionEntry => ({
  city: 'town',
  position,
  kind: 'record',
  agent: 'modelcity',
  received,
  corrects: null,
  files: [{ path: 'x.csv', sha256, size: 1 }],
});
const storeOf = (entries: readonly SubmissionEntry[]) => ({
  submissions: async (_city: string, after = 0, upTo = Number.MAX_SAFE_INTEGER) =>
    entries.filter(({ position }) => position > after && position <= upTo),
});
const place = (asOf: number) => ({ workspace: { city: { id: 'town' } }, asOf });
const state = (
  entries: readonly SubmissionEntry[],
  asOf = 3,
  program = 'p',
  started: readonly string[] = ['http://localhost:8321'],
) => pageState(storeOf(entries), [place(asOf)], program, started);

describe('the state that pages are made from', () => {
  const log = [entry(1), entry(2), entry(3), entry(4)];
  it('is the same while nothing of it changes, also when the log has gone on', async () => {
    expect(await state(log)).toBe(await state([...log, entry(5)]));
  });

  it('is another one with another position, log, program, address or answer', async () => {
    const answers = [{ id: '0123456789ab', answer: 'explained', note: 'as the yearbook says' } as const];
    const states = await Promise.all([
      state(log),
      state(log, 4),
      state([entry(1, '2022-11-01T00:00:00.000Z'), ...log.slice(1)]),
      state([...log.slice(0, 2), entry(3, undefined, 'b')]),
      state(log, 3, 'q'),
      state(log, 3, 'p', ['https://data.example.org']),
      pageState(storeOf(log), [{ ...place(3), answers }], 'p', ['http://localhost:8321']),
      pageState(storeOf(log), [place(3), place(3)], 'p', ['http://localhost:8321']),
    ]);
    expect(new Set(states).size).toBe(states.length);
  });

  it('names the program by what it runs from', () => {
    expect(programHash()).toMatch(/^[0-9a-f]{64}$/);
    expect(programHash()).toBe(programHash());
  });
});
