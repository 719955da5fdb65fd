import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runText } from './fixture.ts';

/** The public suite of SDXorg/test-models, where it lies beside the repository; comparison as the suite's own: 1e-4. */
const folder = fileURLToPath(new URL('../../../shared/data/xmile-suite/', import.meta.url));

function split(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : ',';
  return [...line.matchAll(new RegExp(`("[^"]*"|[^${separator}]*)(?:${separator}|$)`, 'g'))].map(
    (match) => match[1] ?? '',
  );
}

const key = (name: string) =>
  name
    .replace(/^"|"$/g, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '_');

/** Columns of the expected table that differ from the run; a column that the run lacks is no difference. */
function differences(expected: string, model: string): string[] {
  const table = runText(model);
  const [head = '', ...rows] = expected.trim().split(/\r\n|\r|\n/);
  const names = split(head).map(key);
  const columns = table.columns.map(key);
  const found = new Set<string>();
  let compared = 0;
  const rowAt = new Map([...table.times].map((time, at) => [time.toPrecision(5), at]));
  for (const row of rows) {
    const [time = '', ...values] = split(row);
    const at = rowAt.get(Number(time).toPrecision(5)) ?? -1;
    if (at < 0) found.add(`time ${time}`);
    values.forEach((text, i) => {
      const name = names[i + 1] ?? '';
      const column = columns.indexOf(name);
      if (column < 0 || text === '' || at < 0) return;
      compared++;
      const wanted = Number(text);
      const got = table.values[at * table.width + column] ?? Number.NaN;
      // Near zero the outputs carry single-precision noise of their makers.
      const near = Math.abs(got - wanted) <= Math.max(1e-4 * Math.max(Math.abs(got), Math.abs(wanted)), 5e-6);
      if (!near) found.add(`${name} at ${time}: ${got}, not ${wanted}`);
    });
  }
  if (compared === 0) found.add('nothing compared');
  return [...found];
}

if (!existsSync(folder)) {
  test('the public suite is left out: its folder is not here', () => {
    console.log('left out: the XMILE suite (shared/data/xmile-suite is absent)');
    expect(existsSync(folder)).toBe(false);
  });
} else {
  const cases = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const files = readdirSync(`${folder}${entry.name}`);
      const outputs = files.filter((file) => file.startsWith('output'));
      return files
        .filter((file) => /\.(xmile|stmx)$/.test(file))
        .map((file) => ({
          name: `${entry.name}/${file}`,
          outputs: outputs.map((one) => `${entry.name}/${one}`),
        }));
    });

  test('the suite holds its 46 models', () => expect(cases).toHaveLength(46));

  test.each(cases)('$name gives the expected output', ({ name, outputs }) => {
    const model = readFileSync(`${folder}${name}`, 'utf8');
    const tries = outputs.map((output) => differences(readFileSync(`${folder}${output}`, 'utf8'), model));
    const best = tries.sort((left, right) => left.length - right.length)[0];
    expect(best).toEqual([]);
  });
}
