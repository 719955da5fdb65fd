import { describe, expect, it } from 'vitest';
import { auditTexts } from '../audit.ts';
import { plainText } from '../text.ts';
import quiet from './quiet.json' with { type: 'json' };
import statements from './statements.json' with { type: 'json' };

const rulesOf = (text: string) => auditTexts([plainText('t', text)]).findings.map(({ rule }) => rule);

/** Statements as reviews have them: the rule that hears the wrong one, the wrong one, and its twin that says nothing wrong. */
describe('statements of reviews', () => {
  it.each(statements)('$rule: $wrong', ({ rule, wrong, right }) => {
    expect(rulesOf(wrong)).toContain(rule);
    expect(rulesOf(right)).toEqual([]);
  });
});

/** What two rules see is told once. */
describe('one disagreement', () => {
  it.each(statements)('is one finding: $wrong', ({ wrong }) => {
    expect(rulesOf(wrong)).toHaveLength(1);
  });
});

/** What comes near to a wrong statement and is none. */
describe('statements with nothing wrong', () => {
  it.each(quiet)('%s', (text) => {
    expect(rulesOf(text)).toEqual([]);
  });
});
