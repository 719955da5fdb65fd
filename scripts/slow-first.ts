import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes, most of it in processes that they start. */
const slow = [
  'src/store/crash.test.ts',
  'e2e/pages.test.ts',
  'e2e/same-bytes.test.ts',
  'src/publish/crash.test.ts',
  'e2e/office.test.ts',
  'e2e/docs.test.ts',
];

/**
 * Starts the slowest files first: the order of a fresh clone, by size, leaves some of them, which are short, to the end,
 * where one worker runs them while the other has nothing to do.
 */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = slow.findIndex((name) => moduleId.replaceAll('\\', '/').endsWith(name));
      return at < 0 ? slow.length : at;
    };
    return [...sorted].sort((a, b) => rank(a) - rank(b));
  }
}
