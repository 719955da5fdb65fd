import type { FieldFault } from '../../registers/index.ts';
import { registerWords } from './words.ts';

export const tooMany = { en: registerWords.en.tooMany, zh: registerWords.zh.tooMany };

/** What is wrong with a step, beside its fields where it is about one. */
export function faultsOf(result: {
  readonly findings: readonly { readonly what: string; readonly mend: string }[];
  readonly faults: readonly FieldFault[];
}): readonly FieldFault[] {
  if (result.faults.length > 0) return result.faults;
  return result.findings.map(({ what, mend }) => ({
    field: '',
    says: { en: `${what} (${mend})`, zh: `${what}（${mend}）` },
  }));
}
