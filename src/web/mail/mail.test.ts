import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import type { Store } from '../../store/index.ts';
import { createApp } from '../app.tsx';
import { type Door, makeDoor } from '../sign-in/door.ts';
import { type Mailer, openMailer } from './mailer.ts';
import { makeSeals } from './seal.ts';
import { mailTurn } from './send.ts';
import { mailSettings } from './settings.ts';

const base = 'https://data.city.example';
const secret = 'a secret of the test, long enough for it';
const signIn = { user: 'office', pass: 'pass word & more' };

interface Taken {
  readonly to: readonly string[];
  readonly raw: string;
}

/** A mail server of the test: wants a name and password, refuses one address for ever and another for now. */
async function openServer() {
  const taken: Taken[] = [];
  const state = { busy: new Set<string>() };
  const server = new SMTPServer({
    authMethods: ['PLAIN'],
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === signIn.user && password === signIn.pass
        ? done(null, { user: username })
        : done(new Error('no')),
    onRcptTo({ address }, _session, done) {
      const refuse = (code: number): void =>
        done(Object.assign(new Error(`no ${address}`), { responseCode: code }));
      if (address === 'gone@city.example') refuse(550);
      else if (state.busy.has(address)) refuse(451);
      else done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.server.address() as AddressInfo;
  return {
    taken,
    state,
    port: address.port,
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}

/** The parts of a mail as they are read: plain text and HTML. */
function partsOf(raw: string): { readonly subject: string; readonly text: string; readonly html: string } {
  const decoded = (part: string): string => {
    const at = part.indexOf('\r\n\r\n');
    const body = part.slice(at + 4);
    if (/transfer-encoding: base64/i.test(part.slice(0, at)))
      return Buffer.from(body, 'base64').toString('utf8');
    if (!/transfer-encoding: quoted-printable/i.test(part.slice(0, at))) return body;
    const bytes = body
      .replaceAll(/=\r\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  };
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
  const [head = '', plain = '', html = ''] = raw.split(`--${boundary}`);
  const subject = [...head.replaceAll(/\r\n\s+/g, ' ').matchAll(/=\?UTF-8\?(B|Q)\?([^?]+)\?=/gi)]
    .map(([, way, word = '']) =>
      way === 'B'
        ? Buffer.from(word, 'base64')
        : Buffer.from(
            word
              .replaceAll('_', ' ')
              .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
                String.fromCharCode(Number.parseInt(hex, 16)),
              ),
            'latin1',
          ),
    )
    .map((bytes) => bytes.toString('utf8'))
    .join('');
  return { subject, text: decoded(plain.trimStart()), html: decoded(html.trimStart()) };
}

describe.each(testEngines)('mail on $name', (engine) => {
  let store: Store;
  let door: Door;
  let server: Awaited<ReturnType<typeof openServer>>;
  let mailer: Mailer;
  let shift = 0;
  const now = (): Date => new Date(Date.UTC(2023, 0, 9, 8) + shift);
  const minutes = (count: number): void => {
    shift += count * 60_000;
  };
  const turn = (by: Mailer = mailer) =>
    mailTurn({
      people: store.people,
      mailer: by,
      seals: door.seals,
      baseUrl: base,
      nameOf: (city) => (city === 'shanghai' ? { en: 'Shanghai', zh: '上海' } : null),
      now,
    });
  const tell = (person: string, id: string, text: string, more: { reminds?: true } = {}) =>
    store.people.notify({
      city: 'shanghai',
      id,
      person,
      at: now().toISOString(),
      body: { en: text, zh: `中${text}`, brief: { en: `brief ${text}`, zh: `略${text}` } },
      href: '/shanghai/office/rounds/r/',
      seen: null,
      ...more,
    });

  beforeAll(async () => {
    server = await openServer();
    store = await (await engine.place()).open();
    door = makeDoor({ people: store.people, secret, baseUrl: base, now, mails: true });
    const settings = mailSettings({
      MODELCITY_SMTP: `smtp://${signIn.user}@127.0.0.1:${server.port}`,
      MODELCITY_SMTP_PASSWORD: signIn.pass,
      MODELCITY_MAIL_FROM: 'Office <office@city.example>',
    });
    if (settings === null) throw new Error('no settings');
    mailer = openMailer(settings);
    for (const id of ['wu', 'li', 'gone', 'busy'])
      await store.people.addPerson({ id, name: id, email: `${id}@city.example` }, now().toISOString());
  });
  afterAll(async () => {
    mailer.close();
    await store.close();
    await server.close();
  });

  test('what somebody is told comes as one mail in both languages, without the words of colleagues', async () => {
    await tell('wu', 'n1', '<first> & "quoted"');
    await tell('wu', 'n2', 'second', { reminds: true });
    await tell('wu', 'n2', 'second', { reminds: true });
    expect(await turn()).toEqual({ sent: 0, fault: null });
    minutes(2);
    // Two processes at once: what one has taken the other does not see.
    const both = await Promise.all([turn(), turn()]);
    expect(both.map(({ sent }) => sent).reduce((a, b) => a + b)).toBe(1);
    expect(server.taken).toHaveLength(1);
    const [mail] = server.taken;
    expect(mail?.to).toEqual(['wu@city.example']);
    const { subject, text, html } = partsOf(mail?.raw ?? '');
    expect(subject).toBe('上海：办公室有2条消息 · Shanghai: 2 messages from the office');
    expect(text).toContain('brief <first> & "quoted"');
    expect(text).toContain('略second');
    expect(text).toContain(`${base}/zh/shanghai/office/rounds/r/`);
    expect(html).toContain('brief &#60;first&#62; &#38; &#34;quoted&#34;');
    expect(html).not.toContain('<first>');
    expect(mail?.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    minutes(60);
    expect(await turn()).toEqual({ sent: 0, fault: null });
  });

  test('one click ends reminders, for whom it was sent and nobody else; a look ends nothing', async () => {
    const app = createApp({ places: [], store, door });
    const word = door.seals.wordFor('stop reminders', 'wu');
    const at = (person: string) => `${base}/zh/mail/stop/?person=${person}&word=${word}`;
    expect((await app.request(at('wu'))).status).toBe(200);
    expect((await store.people.mailChoice('wu')).wanted).toBe('all');
    expect((await app.request(at('li'), { method: 'POST' })).status).toBe(404);
    const clicked = await app.request(at('wu'), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(clicked.status).toBe(200);
    expect(await store.people.mailChoice('wu')).toEqual({ language: 'both', wanted: 'no-reminders' });
    expect((await store.people.mailChoice('li')).wanted).toBe('all');
    await store.people.chooseMail('wu', { language: 'en', wanted: 'no-reminders' });
    await tell('wu', 'n3', 'third', { reminds: true });
    await tell('wu', 'n4', 'fourth');
    minutes(2);
    expect((await turn()).sent).toBe(1);
    const { text } = partsOf(server.taken.at(-1)?.raw ?? '');
    expect(text).toContain('brief fourth');
    expect(text).not.toMatch(/third|[一-鿿]/);
  });

  test('what was read in the office first, or is not wanted, is not mailed', async () => {
    const before = server.taken.length;
    await tell('li', 'n5', 'fifth');
    await store.people.seeNotices('shanghai', 'li', now().toISOString());
    minutes(2);
    expect((await turn()).sent).toBe(0);
    await store.people.chooseMail('li', { language: 'both', wanted: 'links-only' });
    await tell('li', 'n6', 'sixth');
    minutes(2);
    expect((await turn()).sent).toBe(0);
    expect(server.taken).toHaveLength(before);
  });

  test('an address that is refused for now is tried again, later each time; one refused for ever is given up', async () => {
    server.state.busy.add('busy@city.example');
    await tell('gone', 'n7', 'seventh');
    await tell('busy', 'n8', 'eighth');
    minutes(2);
    expect((await turn()).sent).toBe(0);
    expect(await store.people.mailStanding('shanghai')).toMatchObject({ waiting: 1, failing: 1, givenUp: 1 });
    // Neither the address nor the server's words, which hold it, are kept.
    expect((await store.people.mailStanding('shanghai')).lastFault).toMatch(
      /^EENVELOPE RCPT TO (?:451|550)$/,
    );
    expect((await turn()).sent).toBe(0);
    server.state.busy.clear();
    minutes(1);
    expect((await turn()).sent).toBe(1);
    expect(server.taken.at(-1)?.to).toEqual(['busy@city.example']);
  });

  test('a server that is away loses nothing, and who set mail up late sends no old news', async () => {
    const away = openMailer({
      host: '127.0.0.1',
      port: 1,
      secure: false,
      user: null,
      password: null,
      from: 'office@city.example',
    });
    await tell('busy', 'n9', 'ninth');
    minutes(2);
    expect(await turn(away)).toEqual({
      sent: 0,
      fault: expect.stringMatching(/^E(?:SOCKET|CONNECTION|CONNREFUSED)/),
    });
    away.close();
    minutes(1);
    expect((await turn()).sent).toBe(1);
    await tell('busy', 'n10', 'tenth');
    minutes(4 * 24 * 60);
    expect((await turn()).sent).toBe(0);
  });

  test('a sender that dies leaves what it took to the next', async () => {
    await tell('busy', 'n11', 'eleventh');
    minutes(2);
    const never = () => new Promise<never>(() => undefined);
    const dead: Mailer = { send: never, check: never, close: () => undefined };
    void turn(dead);
    await new Promise((done) => setTimeout(done, 200));
    expect((await turn()).sent).toBe(0);
    minutes(16);
    expect((await turn()).sent).toBe(1);
  });

  test('a forgotten password: the link comes by mail, works, and the answer tells nobody who has an account', async () => {
    const app = createApp({ places: [], store, door });
    const waited: number[] = [];
    const ask = async (email: string): Promise<string> => {
      const from = performance.now();
      const answer = await app.request(`${base}/en/sign-in/forgot/`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: base },
        body: new URLSearchParams({ email }).toString(),
      });
      waited.push(performance.now() - from);
      expect(answer.status).toBe(200);
      return answer.text();
    };
    const known = await ask('busy@city.example');
    expect(await ask('nobody@city.example')).toBe(known);
    // Each waits until the same time is over, so that the work for a known address does not show.
    expect(Math.min(...waited)).toBeGreaterThan(390);
    expect((await turn()).sent).toBe(1);
    const { text } = partsOf(server.taken.at(-1)?.raw ?? '');
    const url = /https:\S+join\/\?token=\S+/.exec(text)?.[0] ?? '';
    expect((await app.request(url)).status).toBe(200);
    // What went out is kept nowhere.
    const trail = JSON.stringify(await store.people.trail('*', {}));
    expect(trail).not.toContain(new URL(url).searchParams.get('token') ?? 'nothing');
    // A third time within a quarter of an hour sends nothing.
    await ask('busy@city.example');
    await ask('busy@city.example');
    expect((await turn()).sent).toBe(1);
    expect((await turn()).sent).toBe(0);
  });
});

test('what is sealed opens with the same secret only, and not when it was touched', () => {
  const [ours, others] = [makeSeals(secret), makeSeals(`${secret}!`)];
  const sealed = ours.seal('令牌 token');
  expect(ours.open(sealed)).toBe('令牌 token');
  expect(others.open(sealed)).toBeNull();
  const bytes = Buffer.from(sealed, 'base64url');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(ours.open(bytes.toString('base64url'))).toBeNull();
  expect(ours.open('')).toBeNull();
  expect(ours.isWordFor(ours.wordFor('a', 'b'), 'a', 'c')).toBe(false);
});

test('settings that do not fit are told without the password', () => {
  const from = 'office@city.example';
  expect(mailSettings({})).toBeNull();
  expect(
    mailSettings({ MODELCITY_SMTP: 'smtps://a%40b:p%3Aw@mail.example', MODELCITY_MAIL_FROM: from }),
  ).toEqual({
    host: 'mail.example',
    port: 465,
    secure: true,
    user: 'a@b',
    password: 'p:w',
    from,
  });
  for (const env of [
    { MODELCITY_SMTP: 'http://u:hidden@mail.example', MODELCITY_MAIL_FROM: from },
    { MODELCITY_SMTP: 'smtp://u:hidden@mail.example' },
    { MODELCITY_SMTP: 'smtp://u:hidden@mail.example', MODELCITY_MAIL_FROM: `${from}\r\nBcc: x@y` },
    { MODELCITY_SMTP: 'smtp://u@mail.example', MODELCITY_MAIL_FROM: from },
  ])
    expect(() => mailSettings(env)).toThrow(/^(?!.*hidden)MODELCITY_/);
});
