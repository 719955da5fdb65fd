import { chmodSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, test } from 'vitest';
import { asOwner, temporaryFolder, testEngines } from '../../scripts/test-stores.ts';
import { backUp, openStore } from '../store/index.ts';
import {
  checkBackup,
  checkConnections,
  checkHome,
  checkKeys,
  checkMail,
  checkReplicas,
  checkServer,
  checkSettings,
} from './doctor-office.ts';

test.each([
  ['nothing set, for one desk', {}, 'good', /fits/],
  [
    'all that a large office sets',
    {
      DATABASE_URL: 'postgres://db/city',
      MODELCITY_SECRET: 'x'.repeat(40),
      MODELCITY_URL: 'https://data.city.example',
      MODELCITY_SECOND_FACTOR: 'administrator, publisher',
    },
    'good',
    /fits/,
  ],
  ['a short secret', { MODELCITY_SECRET: 'hidden' }, 'bad', /^(?!.*hidden).*fewer than 32/],
  ['no secret for several servers', { DATABASE_URL: 'postgres://db/city' }, 'warning', /one and the same/],
  ['an address that is none', { MODELCITY_URL: 'data.city.example' }, 'bad', /no address/],
  ['an address in the clear', { MODELCITY_URL: 'http://data.city.example' }, 'warning', /not https/],
  ['a role that is none', { MODELCITY_SECOND_FACTOR: 'administrator,publsher' }, 'bad', /names publsher/],
  [
    'half a provider',
    { MODELCITY_OIDC_ISSUER: 'https://id.city.example' },
    'bad',
    /CLIENT and MODELCITY_OIDC_SECRET/,
  ],
] as const)('settings: %s', (_, env, state, text) => {
  const result = checkSettings(env);
  expect(result.state).toBe(state);
  expect(result.text).toMatch(text);
});

test('mail: as far as signing in, and no mail is sent', async () => {
  const server = new SMTPServer({
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    logger: false,
    onAuth: ({ password }, _session, done) =>
      password === 'right' ? done(null, { user: 'office' }) : done(new Error('no')),
    onMailFrom: (_address, _session, done) => done(new Error('nothing is to be sent')),
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  const env = (password: string) => ({
    MODELCITY_SMTP: `smtp://office@127.0.0.1:${port}`,
    MODELCITY_SMTP_PASSWORD: password,
    MODELCITY_MAIL_FROM: 'office@city.example',
  });
  expect(await checkMail(env('right'))).toMatchObject({ state: 'good' });
  const wrong = await checkMail(env('hidden'));
  expect(wrong).toMatchObject({ state: 'bad', text: expect.stringMatching(/^(?!.*hidden).*EAUTH/) });
  await new Promise<void>((closed) => server.close(() => closed()));
  expect(await checkMail(env('right'))).toMatchObject({ state: 'bad' });
  expect(await checkMail({ MODELCITY_SMTP: 'http://x' })).toMatchObject({ state: 'bad' });
  expect(await checkMail({})).toMatchObject({ state: 'good' });
});

test.each([
  [{ open: 20, most: 97 }, 'good', /^20 of 97 are open; each server takes up to 17$/],
  [{ open: 80, most: 97 }, 'warning', /^80 of 97/],
  [{ open: 81, most: 97 }, 'bad', /no room for one more/],
  // A limit that not even one server fits under.
  [{ open: 1, most: 10 }, 'bad', /raise max_connections/],
] as const)('connections: %j', (connections, state, text) => {
  expect(checkConnections(connections)).toMatchObject({ state, text: expect.stringMatching(text) });
});

test.each([
  [[], 'good', /^none follows/],
  [[{ name: 'two', behind: '0' }], 'good', /^two is 0 bytes behind$/],
  [[{ name: 'two', behind: null }], 'good', /^two follows$/],
  [
    [
      { name: 'three', behind: '512' },
      { name: 'two', behind: String(17 * 1024 * 1024) },
    ],
    'warning',
    /two is 17825792 bytes behind: it would not take over without loss/,
  ],
] as const)('replicas: %j', (replicas, state, text) => {
  expect(checkReplicas(replicas)).toMatchObject({ state, text: expect.stringMatching(text) });
});

describe.each(testEngines)('the server on $name', (engine) => {
  it('tells of the login, the clock, who administers, the mail that waits, and the backup', async () => {
    const place = await engine.place();
    const store = await place.open();
    const found = async () =>
      Object.fromEntries(
        (await checkServer(store)).map(({ check, state, text }) => [check, `${state}: ${text}`]),
      );
    const first = await found();
    expect(first.login).toMatch(
      engine.name === 'postgres' ? /^warning: passes row security by/ : /^good: embedded/,
    );
    expect(first.clock).toMatch(/^good/);
    expect(first.administrator).toMatch(/^warning: nobody/);
    await store.people.addPerson(
      { id: 'zhou', name: 'zhou', email: 'zhou@t.example' },
      '2023-01-01T00:00:00Z',
    );
    const grant = { city: '*', id: 'g', person: 'zhou', role: 'administrator', area: '*', department: '*' };
    await store.people.grant({ ...grant, givenBy: 'test', givenAt: '2023-01-01T00:00:00Z' });
    expect((await found()).administrator).toBe('good: there is one');

    const items = (item: string) => ({
      city: 'tiny',
      kind: 'record' as const,
      agent: 'test',
      received: '2023-01-01T00:00:00Z',
      files: [],
      records: { items: [{ item, unit: 't' }] },
    });
    await store.submit(items('a'));
    const folder = join(temporaryFolder(), 'backup');
    expect((await backUp(store, folder)).findings).toEqual([]);
    const now = new Date();
    expect(await checkBackup(store, folder, now)).toMatchObject({ state: 'good' });
    await store.submit(items('b'));
    expect((await checkBackup(store, folder, now)).text).toMatch(/1 submissions since/);
    const old = new Date(now.getTime() - 3 * 86_400_000);
    utimesSync(join(folder, 'backup.json'), old, old);
    expect(await checkBackup(store, folder, now)).toMatchObject({ state: 'warning' });
    rmSync(join(folder, 'backup.json'));
    expect((await checkBackup(store, folder, now)).state).toBe('bad');

    // The login of the docs: it owns nothing.
    if (place.databaseUrl !== undefined) {
      const login = `modelcity_doctor_${process.pid}`;
      await asOwner(
        place.databaseUrl,
        `CREATE ROLE ${login} LOGIN IN ROLE modelcity_writer, modelcity_keeper`,
      );
      const own = new URL(place.databaseUrl);
      own.username = login;
      const narrow = await openStore({ databaseUrl: own.href, directory: place.directory });
      try {
        expect((await checkServer(narrow)).find(({ check }) => check === 'login')).toMatchObject({
          state: 'good',
        });
      } finally {
        await narrow.close();
        await asOwner(place.databaseUrl, `DROP OWNED BY ${login}`, `DROP ROLE ${login}`);
      }
    }
    await store.close();
  });
});

test('keys that others may read are told by name; a folder that is not there is made later', async () => {
  const home = temporaryFolder();
  expect(checkKeys(home).text).toMatch(/none made/);
  mkdirSync(join(home, 'keys'));
  writeFileSync(join(home, 'keys', 'tiny.ed25519.pem'), 'x', { mode: 0o600 });
  expect(checkKeys(home)).toMatchObject({ state: 'good' });
  chmodSync(join(home, 'keys', 'tiny.ed25519.pem'), 0o644);
  expect(checkKeys(home)).toMatchObject({ state: 'bad', text: expect.stringContaining('tiny.ed25519.pem') });
  expect(await checkHome(home)).toMatchObject({ state: 'good' });
  expect(await checkHome(join(home, 'none'))).toMatchObject({ state: 'warning' });
});
