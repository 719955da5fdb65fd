import { describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { testRegisters } from './fixture.ts';
import { readReleasePackage, releasePackage } from './ocds.ts';

const contract = (more: object = {}) => ({
  id: 'c-1',
  awardID: 'a-1',
  dateSigned: '2021-05-04T00:00:00+08:00',
  value: { amount: 1250.5, currency: 'CNY' },
  items: [{ id: '1', classification: { scheme: 'CPV', id: '30213100' } }],
  'modelcity:green': 'national',
  ...more,
});
const packageOf = (contracts: readonly object[], more: object = {}) => ({
  uri: 'https://city.example/releases/1',
  version: '1.1',
  publishedDate: '2021-06-01T00:00:00Z',
  publisher: { name: 'Procurement centre' },
  releases: [
    {
      ocid: 'ocds-sh0001-77',
      id: '77-01',
      date: '2021-05-05T00:00:00Z',
      tag: ['contract'],
      initiationType: 'tender',
      buyer: { id: 'b1', name: 'Library' },
      contracts,
      ...more,
    },
  ],
});
const told = (content: unknown) =>
  readReleasePackage(content).findings.map(({ where, what }) => [where.pointer, what]);

describe('a release package', () => {
  it('is read contract by contract; what is wrong or not said is told by its pointer', () => {
    expect(readReleasePackage(packageOf([contract()]))).toEqual({
      findings: [],
      purchases: [
        {
          pointer: 'releases/0/contracts/0',
          buyerId: 'b1',
          values: {
            ocid: 'ocds-sh0001-77 c-1',
            buyer: 'Library',
            category: 'computers',
            amount: '1250.5',
            green: 'national',
            signed_on: '2021-05-04',
          },
        },
      ],
    });
    const dollars = contract({ value: { amount: 1, currency: 'USD' } });
    expect(told(packageOf([contract(), dollars]))).toEqual([
      ['/releases/0/contracts/1/value/currency', 'the currency is USD'],
    ]);
    // What is not said is not "none".
    expect(told(packageOf([contract({ 'modelcity:green': undefined })]))[0]?.[0]).toBe(
      '/releases/0/contracts/0/modelcity:green',
    );
    const goals = { tender: { sustainability: [{ goal: 'environmental.climateChangeMitigation' }] } };
    expect(
      readReleasePackage(packageOf([contract({ 'modelcity:green': undefined })], goals)).purchases[0]?.values
        .green,
    ).toBe('other');
    expect(told(packageOf([contract({ items: [{ id: '1' }] })]))[0]?.[0]).toBe(
      '/releases/0/contracts/0/items',
    );
    expect(told(packageOf([contract({ dateSigned: 'May' })]))[0]?.[0]).toBe(
      '/releases/0/contracts/0/dateSigned',
    );
    expect(told({ releases: [] }).length).toBeGreaterThan(2);
    expect(told(packageOf([]))).toEqual([['/releases', 'no release has a contract']]);
  });

  it('is read as publishers write it: releases of one process one after the other, records with a compiled release', () => {
    const cpv = { items: [{ id: '1', classification: { scheme: 'CPV', id: '39110000' } }] };
    const head = { ocid: 'ocds-sh0001-78', initiationType: 'tender' };
    const tendered = {
      ...{ ...head, id: '78-01', date: '2021-02-01T00:00:00Z', tag: ['tender'] },
      parties: [
        { id: 'CN-1', name: 'School', roles: ['buyer', 'procuringEntity'] },
        { id: 'CN-2', name: 'Chairs Ltd', roles: ['tenderer', 'supplier'] },
      ],
      buyer: { id: 'CN-1' },
      tender: { id: 't', status: 'complete', sustainability: [{ goal: 'social.laborRights' }] },
    };
    const awarded = {
      ...{ ...head, id: '78-02', date: '2021-03-01T00:00:00Z', tag: ['award'] },
      awards: [{ id: 'a-1', status: 'active', suppliers: [{ id: 'CN-2' }], ...cpv }],
    };
    const signed = (id: string, date: string, amount: number) => ({
      ...{ ...head, id, date, tag: ['contract'] },
      contracts: [
        {
          ...contract({ items: undefined, 'modelcity:green': undefined }),
          value: { amount, currency: 'CNY' },
        },
      ],
    });
    const first = signed('78-03', '2021-05-05T00:00:00Z', 900);
    const amended = signed('78-04', '2021-06-05T00:00:00Z', 950);
    const { releases: _, ...named } = packageOf([]);
    const values = {
      ...{ ocid: 'ocds-sh0001-78 c-1', buyer: 'School', category: 'furniture' },
      ...{ amount: '950', green: 'none', signed_on: '2021-05-04' },
    };
    expect(readReleasePackage({ ...named, releases: [amended, tendered, awarded, first] })).toEqual({
      findings: [],
      purchases: [{ pointer: 'releases/0/contracts/0', buyerId: 'CN-1', values }],
    });
    const compiled = { ...tendered, ...awarded, ...amended, id: 'c', tag: ['compiled'] };
    const record = { ocid: head.ocid, compiledRelease: compiled, releases: [{ url: 'https://x.example/1' }] };
    const records = (list: readonly object[]) => ({ ...named, packages: [], records: list });
    expect(readReleasePackage(records([record])).purchases).toEqual([
      { pointer: 'records/0/compiledRelease/contracts/0', buyerId: 'CN-1', values },
    ]);
    expect(
      readReleasePackage(records([{ ocid: head.ocid, releases: [tendered, awarded, first, amended] }]))
        .purchases,
    ).toEqual([{ pointer: 'records/0/releases/3/contracts/0', buyerId: 'CN-1', values }]);
    const linked = { ocid: 'x', releases: [{ url: 'https://x.example/1' }] };
    expect(told(records([record, linked]))).toEqual([
      ['/records/1', 'the record only links to its releases'],
    ]);
    expect(told(records([{ ...record, compiledRelease: { ...compiled, date: 'today' } }]))[0]?.[0]).toBe(
      '/records/0/compiledRelease/date',
    );
    // Somebody else's party is no buyer.
    const nobody = {
      ...compiled,
      buyer: undefined,
      parties: [{ id: 'CN-2', name: 'C', roles: ['supplier'] }],
    };
    expect(told(records([{ ...record, compiledRelease: nobody }]))[0]?.[0]).toBe(
      '/records/0/compiledRelease/buyer/name',
    );
  });

  it('goes through the register whole or not at all, and comes out as it went in', async () => {
    const [engine] = testEngines;
    if (engine === undefined) throw new Error('no engine');
    const { all, close } = await testRegisters(engine);
    try {
      const register = all.get('green-procurement');
      if (register === undefined) throw new Error('green-procurement');
      const take = (content: unknown) =>
        register.takeAll(
          readReleasePackage(content).purchases.map(({ values }) => ({
            area: '310117',
            kind: 'bought',
            values,
            as: 'administrator' as const,
            actor: 'test',
            now: '2021-06-02T00:00:00Z',
          })),
        );
      const first = packageOf([contract(), contract({ id: 'c-2', 'modelcity:green': 'none' })]);
      expect((await take(first)).findings).toEqual([]);
      // Sent again with one more: refused, and the new one is not there either.
      const again = await take(packageOf([contract({ id: 'c-3' }), contract()]));
      expect(again.findings.map(({ rule }) => rule)).toEqual(['register.exists']);
      const out = releasePackage(await register.cases(), {
        uri: 'https://city.example/out',
        publisher: 'City',
        at: '2021-07-01T00:00:00Z',
      });
      expect(readReleasePackage(out).purchases.map(({ values }) => values)).toEqual(
        readReleasePackage(first).purchases.map(({ values }) => values),
      );
    } finally {
      await close();
    }
  });
});
