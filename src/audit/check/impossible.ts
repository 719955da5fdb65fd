import type { Quantity } from '../read/quantity.ts';
import type { Sentence } from '../read/reading.ts';
import type { RuleName } from '../rules.ts';
import { said } from './report.ts';

/** What size a kind of thing can have in a unit, and what is probably meant when it has not. */
export interface Plausible {
  readonly rule: Extract<RuleName, 'unit.scale' | 'unit.kind' | 'value.impossible'>;
  readonly units: readonly string[];
  /** Words before the number, near it; all patterns are bounded and without nested repetition. */
  readonly before: RegExp;
  readonly after?: RegExp;
  readonly not?: RegExp;
  readonly thing: RegExp;
  readonly least?: string;
  readonly most?: string;
  readonly reason: string;
  readonly likely: (sentence: Sentence, quantity: Quantity) => string;
}

/** Values that nothing can have: more than all of it, lives of 180 years, a doctor for every third inhabitant. */
export const impossible: readonly Plausible[] = [
  {
    rule: 'value.impossible',
    units: ['%'],
    before: /\b(?:reached|accounted for|is|was|covers?|covered|equal(?:s|led)? to)\s*$|(?:占|达到?|为)\s*$/,
    after: /^ of (?:the |its |all (?:the )?|their )?(?:total|whole|entire|overall)\b/,
    not: /\b(?:target|plan|budget|quota|growth|exceed\w*)\b[^.;]{0,40}$/,
    thing: /\b(?:reuse|recycling|coverage|share|treatment|proportion|utili[sz]ation)\b/i,
    most: '100',
    reason: '@reason.whole',
    likely: (sentence, quantity) => said(sentence, quantity),
  },
  {
    rule: 'value.impossible',
    units: ['', 'year'],
    before: /\blife expectancy\b[^.;]{0,40}\b(?:is|was|reached|rose to|to|of|at)\s*$|预期寿命[^。；，]{0,8}$/,
    thing: /life expectancy|预期寿命/,
    most: '120',
    reason: '@reason.life',
    likely: (sentence, quantity) => said(sentence, quantity),
  },
  {
    rule: 'value.impossible',
    units: [''],
    before: /(?:\bhas|\bhave|\bare|\bwere|\bof|\bwith|\bto|\breached)\s*$/,
    after:
      /^ (?:practi[sc]ing |licensed |registered )?(?:doctors|physicians|nurses|general practitioners) (?:per|for every|to every) (?:1,000|thousand)/,
    thing: /doctors|physicians|nurses|general practitioners/,
    most: '100',
    reason: '@reason.people',
    likely: (sentence, quantity) => said(sentence, quantity),
  },
];
