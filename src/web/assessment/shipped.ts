import { readdirSync, readFileSync } from 'node:fs';
import {
  type Catalogue as Framework,
  readCatalogue,
  readStandard,
  type Standard,
} from '../../assess/index.ts';

/** The standards and frameworks that come with the product, in the order of their files. Read once. */
export type Shipped = Standard | Framework;

let kept: readonly Shipped[] | null = null;

export function shippedFrameworks(): readonly Shipped[] {
  kept ??= read();
  return kept;
}

function read(): readonly Shipped[] {
  const folder = new URL('../../../frameworks/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name): Shipped[] => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      const { standard } = readStandard(text, name);
      if (standard !== null) return [standard];
      const { catalogue } = readCatalogue(text, name);
      return catalogue === null ? [] : [catalogue];
    });
}

/** How many requirements of a standard are remembered and not read, of how many. */
export function openOf(framework: Shipped): { readonly open: number; readonly all: number } | null {
  if (framework.kind !== 'standard') return null;
  const tests = framework.criteria.flatMap((criterion) => criterion.tests);
  return { open: tests.filter(({ standing }) => standing === 'to-check').length, all: tests.length };
}
