import { expect, it } from 'vitest';
import { gathered } from './formula-text.ts';

it.each([
  [`sum(${Array.from({ length: 12_204 }, () => '1').join(', ')}) ÷ sum(1, 1)`, '(12,204 × 1) ÷ sum(1, 1)'],
  ['sum(2, 1, 1, 1, 1, 0.5) − 3', 'sum(2, 4 × 1, 0.5) − 3'],
  ['sum(1,250, 1,250, 1,250, 1,250)', '(4 × 1,250)'],
  ['mean(1, 1, 1, 1)', 'mean(1, 1, 1, 1)'],
  ['(118 t + 3) ÷ 2', '(118 t + 3) ÷ 2'],
])('%s is read as %s', (text, read) => {
  expect(gathered(text)).toBe(read);
});
