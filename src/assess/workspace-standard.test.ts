import { describe, expect, it } from 'vitest';
import { frameworkSchema } from '../model/index.ts';
import { assessStandard, opinionsOf, standardOf } from './index.ts';

const name = (text: string) => ({ en: text, zh: text });

const framework = frameworkSchema.parse({
  id: 'town',
  name: name('Town standard'),
  kind: 'standard',
  source: 'report',
  criteria: [
    {
      id: 'income',
      name: name('Income'),
      kind: 'binding',
      tests: [{ id: 'income-8000', indicator: 'income', comparator: '>=', value: '8000', unit: 'CNY' }],
    },
    {
      id: 'plan',
      name: name('Plan'),
      kind: 'basic',
      evidence: [
        { id: 'plan-adopted', statement: name('adopted'), standing: 'shown' },
        { id: 'plan-kept', statement: name('kept'), standing: 'claimed' },
      ],
    },
    { id: 'noise', name: name('Noise'), kind: 'reference' },
  ],
});

describe('a framework of a workspace', () => {
  it('is assessed with its thresholds, its evidence, and what it only names', () => {
    const opinions = opinionsOf(framework);
    const [made] = assessStandard(
      standardOf(framework),
      {
        fact: (indicator) =>
          indicator === 'income' ? { value: '1.2', unit: '10*4.CNY', standing: 'present' } : null,
        opinion: (test) => opinions.get(test) ?? null,
        parts: () => null,
        attributes: new Map(),
      },
      ['2014'],
    ).periods;
    const verdicts = made?.criteria.map(({ criterion, verdict }) => [criterion, verdict]);
    expect(verdicts).toEqual([
      ['income', 'met'],
      ['plan', 'not_shown'],
      ['noise', 'not_shown'],
    ]);
    // 1.2 万元 is stated in yuan before it is compared.
    expect(made?.criteria[0]?.tests[0]?.value).toBe('12000');
    expect(made?.verdict).toBe('not_shown');
  });
});
