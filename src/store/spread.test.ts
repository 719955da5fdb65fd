import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../scripts/test-stores.ts';
import { openStore } from './index.ts';

/** How docs/scale.md says that each table is spread: rows of its table that begin with names in backquotes. */
const spread = new Map(
  readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, names = '', kind = ''] = line.split('|');
      const how = /distributed|reference|local/.exec(kind)?.[0];
      return how === undefined
        ? []
        : [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => [name, how] as const);
    }),
);

interface Rule {
  readonly name: string;
  readonly on: string;
  readonly kind: 'p' | 'u' | 'f';
  readonly columns: readonly string[];
  readonly to: string | null;
  readonly toColumns: readonly string[];
}

describe('the schema can be spread over machines by area, as docs/scale.md says', () => {
  let tables: readonly string[] = [];
  let rules: readonly Rule[] = [];
  let triggers = -1;

  beforeAll(async () => {
    const directory = temporaryFolder();
    await (await openStore({ directory })).close();
    const database = new PGlite({ dataDir: join(directory, 'pglite') });
    const names = (table: string, key: string): string =>
      `(SELECT coalesce(array_agg(attname::text ORDER BY ord), '{}') FROM unnest(${key}) WITH ORDINALITY AS k(num, ord)
        JOIN pg_attribute ON attrelid = ${table} AND attnum = num)`;
    tables = (
      await database.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'modelcity'::regnamespace AND relkind = 'r'`,
      )
    ).rows.map(({ name }) => name);
    rules = (
      await database.query<Rule>(
        `SELECT conname AS name, conrelid::regclass::text AS on, contype::text AS kind, ${names('conrelid', 'conkey')} AS columns,
          CASE WHEN contype = 'f' THEN confrelid::regclass::text END AS to, ${names('confrelid', 'confkey')} AS "toColumns"
          FROM pg_constraint WHERE connamespace = 'modelcity'::regnamespace AND contype IN ('p', 'u', 'f')`,
      )
    ).rows.map((rule) => ({ ...rule, on: bare(rule.on), to: rule.to === null ? null : bare(rule.to) }));
    triggers =
      (
        await database.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM pg_trigger WHERE NOT tgisinternal`,
        )
      ).rows[0]?.count ?? -1;
    await database.close();
  });
  afterAll(() => expect(rules.length).toBeGreaterThan(30));

  test('each table has its place', () => {
    expect(tables.filter((name) => !spread.has(name))).toEqual([]);
    expect([...spread.keys()].filter((name) => !tables.includes(name))).toEqual([]);
  });

  test('a key of a distributed table has the area in it', () => {
    const wrong = rules.filter(
      ({ on, kind, columns }) =>
        kind !== 'f' && spread.get(on) === 'distributed' && !columns.includes('area'),
    );
    expect(wrong).toEqual([]);
  });

  test('a reference leads to the same machine: with the area on both sides, or to a table that every machine has', () => {
    const wrong = rules.filter(({ on, kind, columns, to, toColumns }) => {
      if (kind !== 'f' || to === null) return false;
      const [from, into] = [spread.get(on), spread.get(to)];
      if (from === 'distributed')
        return into !== 'reference' && !(into === 'distributed' && sameArea(columns, toColumns));
      return from !== into;
    });
    expect(wrong).toEqual([]);
  });

  test('there are no triggers', () => expect(triggers).toBe(0));
});

const bare = (name: string): string => name.replace(/^modelcity\./, '').replaceAll('"', '');

/** The area column stands for the area of the row pointed to: its own `area`, or one end of a flow. */
function sameArea(columns: readonly string[], toColumns: readonly string[]): boolean {
  return columns[toColumns.indexOf('area')] === 'area';
}
