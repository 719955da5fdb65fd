import { parse } from 'yaml';
import type { Localized } from '../../model/index.ts';

interface Named {
  readonly number: string;
  readonly name: Localized;
}

interface SdgFramework {
  readonly goals: readonly {
    readonly targets: readonly (Named & { readonly indicators: readonly Named[] })[];
  }[];
}

/**
 * Short names for indicator numbers such as `1-2-1`, from the shipped framework: of the indicator, or, for one that is not in
 * it, of the target it stands under.
 */
export function sdgNames(text: string): (number: string) => Localized | null {
  const framework: SdgFramework = parse(text);
  const targets = framework.goals.flatMap((goal) => goal.targets);
  const byNumber = new Map(
    [...targets, ...targets.flatMap(({ indicators }) => indicators)].map(
      ({ number, name }) => [number, name] as const,
    ),
  );
  return (number) => {
    const [goal = '', target = '', indicator = ''] = number.split('-');
    return byNumber.get(`${goal}.${target}.${indicator}`) ?? byNumber.get(`${goal}.${target}`) ?? null;
  };
}
