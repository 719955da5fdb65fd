import type { Localized } from '../model/index.ts';
import type { Standing } from './observation.ts';

/** What is known of one indicator in one period. */
export interface Fact {
  /** Exact decimal; null when there is no value. */
  readonly value: string | null;
  /** Unit code of the value; null when it is not told. */
  readonly unit: string | null;
  readonly standing: Standing;
}

/** What an assessor found on a condition that is shown, not measured. */
export interface Opinion {
  readonly standing: 'shown' | 'shown-in-part' | 'claimed' | 'contradicted' | 'not-shown';
  readonly evidence: Localized | null;
}

/** Parts of an area and how many of them carry a quality. */
export interface Parts {
  readonly total: number;
  readonly passing: number;
  readonly standing: Standing;
}

/** All that an assessment may look at: values by indicator and period, opinions and shares by test, attributes of the area. */
export interface EvidenceBase {
  readonly fact: (indicator: string, period: string) => Fact | null;
  readonly opinion: (test: string, period: string) => Opinion | null;
  readonly parts: (test: string, period: string) => Parts | null;
  /** Declared attributes of the area, such as terrain → plain; an attribute that is absent is not known. */
  readonly attributes: ReadonlyMap<string, string>;
}
