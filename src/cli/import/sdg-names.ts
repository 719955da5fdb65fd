import { parse } from 'yaml';
import type { Localized } from '../../model/index.ts';

interface SdgFramework {
  readonly goals: readonly {
    readonly targets: readonly { readonly number: string; readonly name: Localized }[];
  }[];
}

/** Short names for indicator numbers such as `1-2-1`, from the target they stand under in the shipped framework. */
export function sdgNames(text: string): (number: string) => Localized | null {
  const framework: SdgFramework = parse(text);
  const byTarget = new Map(
    framework.goals.flatMap(({ targets }) => targets.map(({ number, name }) => [number, name] as const)),
  );
  return (number) => {
    const [goal = '', target = ''] = number.split('-');
    return byTarget.get(`${goal}.${target}`) ?? null;
  };
}
