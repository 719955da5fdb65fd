import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { methods } from './index.ts';

const docs = new URL('../../docs/', import.meta.url);

/** The table of methods as docs/assess.md holds it. */
function listed(): string {
  return [...methods.values()]
    .map(
      ({ id, name, needs, checked }) =>
        `| [\`${id}\`](methods/${id}.md) | ${name.en} | ${
          needs
            .map((need) =>
              need
                .split('|')
                .map((one) => `\`${one}\``)
                .join(' or '),
            )
            .join(', ') || '–'
        } | ${checked.replace('-', ' ')} |\n`,
    )
    .join('');
}

describe('the methods', () => {
  it('stand in the documentation as the code declares them', () => {
    expect(readFileSync(new URL('assess.md', docs), 'utf8')).toContain(listed());
  });

  it.each([...methods.values()])(
    '$id has a page that names its version and its settings',
    ({ id, version, options }) => {
      const page = new URL(`methods/${id}.md`, docs);
      expect(existsSync(page)).toBe(true);
      const text = readFileSync(page, 'utf8');
      expect(text).toContain(`\`${id}\` ${version}`);
      for (const { name } of options) expect(text, name).toContain(`\`${name}`);
    },
  );
});
