import { expect, test } from 'vitest';
import { standingOf } from './answer.ts';
import { type Draft, numbered } from './finding.ts';

const draft = (text: string, line: number, whole = '714'): Draft => ({
  rule: 'sum.parts',
  places: [{ file: 't', line, column: 1, text }],
  values: { parts: '173 + 542', sum: '715', whole },
});

test('a finding keeps its id when its quote begins elsewhere, and an answer under the id of its quote still holds', () => {
  const [short] = numbered([draft('714 new energy buses, including 173', 3)]);
  const [long] = numbered([draft('there were 714 new energy buses, including 173', 9)]);
  const [other] = numbered([draft('714 new energy buses, including 173', 3, '724')]);
  expect(long?.id).toBe(short?.id);
  expect(other?.id).not.toBe(short?.id);
  expect(long?.formerly).not.toBe(short?.formerly);
  if (short?.formerly === undefined) throw new Error('a sum has an id of its quote');
  const answers = [{ id: short.formerly, answer: 'explained' as const, note: 'a van is counted twice' }];
  expect(standingOf(short, answers)).toBe('explained');
  expect(standingOf(short, [{ id: short.id, answer: 'accepted', note: '' }, ...answers])).toBe('accepted');
});

test('findings that say the same are told apart by their order', () => {
  const ids = numbered([draft('one', 1), draft('two', 2)]).map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
});
