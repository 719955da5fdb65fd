import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testEngines } from '../../../scripts/test-stores.ts';
import type { Store } from '../../store/index.ts';
import { createApp } from '../app.tsx';
import type { Grant, Person } from '../who.ts';
import { type Door, makeDoor } from './door.ts';
import { ownPath } from './origin.ts';
import { passwordFault } from './password.ts';

const base = 'http://localhost:8321';
const password = 'seven quiet herons walk';
const administrator: Grant = { role: 'administrator', area: '*', department: '*' };

/** A browser: keeps cookies, sends its origin. */
function browser(app: ReturnType<typeof createApp>) {
  const jar = new Map<string, string>();
  const send = async (
    path: string,
    init: RequestInit = {},
    origin: string | null = base,
  ): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    if (origin !== null) headers.set('origin', origin);
    const response = await app.request(base + path, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(cookie)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
  return {
    jar,
    get: (path: string) => send(path),
    post: (path: string, fields: Readonly<Record<string, string>>, origin: string | null = base) =>
      send(
        path,
        {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(fields).toString(),
        },
        origin,
      ),
  };
}

/** RFC 6238 with the secret of an otpauth address. */
function codeOf(uri: string, at: Date): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  let bits = '';
  for (const letter of secret) bits += letters.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((each) => Number.parseInt(each, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const mac = createHmac('sha1', bytes).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe.each(testEngines)('signing in on $name', (engine) => {
  let store: Store;
  let door: Door;
  let app: ReturnType<typeof createApp>;
  const faults: Error[] = [];
  let shift = 0;
  const now = (): Date => new Date(Date.now() + shift);

  const invite = async (email: string, grants: readonly Grant[], city = '*'): Promise<void> => {
    const token = await door.invite({ city, purpose: 'join', email, name: 'Ma Lin', grants, by: 'test' });
    const came = await browser(app).post('/en/join/', { token, name: 'Ma Lin', password });
    expect(came.status).toBe(303);
  };
  const signedIn = async (email: string) => {
    const someone = browser(app);
    const came = await someone.post('/en/sign-in/', { email, password });
    expect(came.status).toBe(303);
    return someone;
  };

  beforeAll(async () => {
    store = await (await engine.place()).open();
    door = makeDoor({
      people: store.people,
      secret: 'a secret of the test, long enough for it',
      baseUrl: base,
      now,
    });
    app = createApp({ places: [], store, door, onFault: (error) => faults.push(error) });
    await invite('admin@city.example', [administrator]);
  });
  afterAll(async () => {
    expect(faults).toEqual([]);
    await store.close();
  });

  test('who is invited joins once and signs in; the session is a new one each time', async () => {
    const token = await door.invite({
      city: '*',
      purpose: 'join',
      email: 'wu@city.example',
      name: 'Wu',
      grants: [],
      by: 't',
    });
    const visitor = browser(app);
    visitor.jar.set('modelcity.session_token', 'fixed-by-an-attacker');
    const page = await visitor.get(`/en/join/?token=${token}`);
    expect(await page.text()).toContain('wu@city.example');
    expect((await visitor.post('/en/join/', { token, name: 'Wu', password })).status).toBe(303);
    expect((await visitor.post('/en/join/', { token, name: 'Wu', password })).status).toBe(404);
    await visitor.post('/en/sign-in/', { email: 'WU@city.example', password });
    const first = visitor.jar.get('modelcity.session_token');
    expect(first).not.toBe('fixed-by-an-attacker');
    expect(await (await visitor.get('/en/account/')).text()).toContain('wu@city.example');
    await visitor.post('/en/sign-out/', {});
    expect((await visitor.get('/en/account/')).status).toBe(303);
    visitor.jar.set('modelcity.session_token', first ?? '');
    expect((await visitor.get('/en/account/')).status).toBe(303);
    await visitor.post('/en/sign-in/', { email: 'wu@city.example', password });
    expect(visitor.jar.get('modelcity.session_token')).not.toBe(first);
  });

  test('nobody signs up by themselves, and no route of the library but ours answers', async () => {
    for (const path of ['sign-up/email', 'sign-in/email', 'update-user', 'two-factor/disable']) {
      const came = await app.request(`${base}/api/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: base },
        body: JSON.stringify({ email: 'x@y.example', password, name: 'X', role: 'administrator' }),
      });
      expect(came.status).toBe(404);
    }
  });

  test('fields that a form does not have change nothing', async () => {
    const email = 'field@city.example';
    const token = await door.invite({
      city: 'shanghai',
      purpose: 'join',
      email,
      name: 'Field',
      grants: [{ role: 'reader', area: '310117', department: '*' }],
      by: 't',
    });
    const more = {
      email: 'other@city.example',
      role: 'administrator',
      grants: JSON.stringify([administrator]),
      city: '*',
      area: '*',
      id: 'admin',
      emailVerified: 'true',
      twoFactorEnabled: 'false',
    };
    expect((await browser(app).post('/en/join/', { token, name: 'Field', password, ...more })).status).toBe(
      303,
    );
    const people = await store.people.everyone();
    expect(people.some((each) => each.email === more.email)).toBe(false);
    const person = people.find((each) => each.email === email);
    if (person === undefined) throw new Error('joined a moment ago');
    expect(person.id).not.toBe('admin');
    const grants = await store.people.grants('*', person.id);
    expect(grants.map(({ city, role, area }) => [city, role, area])).toEqual([
      ['shanghai', 'reader', '310117'],
    ]);
    // A key is asked for in a role that its owner does not hold.
    const own = await signedIn(email);
    const asked = { label: 'k', roles: 'administrator', area: '*', days: '1', person: 'admin' };
    expect((await own.post('/en/account/keys/', asked)).status).toBe(422);
    expect(await store.people.keys(person.id)).toEqual([]);
    // Somebody else's key is not theirs to end.
    const admin = people.find((each) => each.email === 'admin@city.example');
    if (admin === undefined) throw new Error('joined before all others');
    await door.makeKey(admin, { label: 'theirs', roles: ['administrator'], area: '*', days: 1 });
    const [theirs] = await store.people.keys(admin.id);
    expect((await own.post('/en/account/keys/', { end: theirs?.id ?? '' })).status).toBe(422);
    expect((await store.people.keys(admin.id))[0]?.ended).toBeNull();
  });

  test('a wrong password, an unknown address: one answer; five tries close the account for fifteen minutes', async () => {
    await invite('tries@city.example', []);
    const visitor = browser(app);
    const unknown = await visitor.post('/en/sign-in/', { email: 'nobody@city.example', password });
    const wrong = await visitor.post('/en/sign-in/', { email: 'tries@city.example', password: 'wrong' });
    expect([unknown.status, wrong.status]).toEqual([422, 422]);
    const unsaid = (text: string): string => text.replaceAll(/value="[^"]*"/g, '');
    expect(unsaid(await unknown.text())).toBe(unsaid(await wrong.text()));
    for (let at = 0; at < 4; at++)
      await visitor.post('/en/sign-in/', { email: 'tries@city.example', password: 'wrong' });
    expect((await visitor.post('/en/sign-in/', { email: 'tries@city.example', password })).status).toBe(429);
    shift = 16 * 60_000;
    expect((await visitor.post('/en/sign-in/', { email: 'tries@city.example', password })).status).toBe(303);
    shift = 0;
  });

  test('the second step: signing in stops until the code fits', async () => {
    await invite('two@city.example', []);
    const person = await signedIn('two@city.example');
    const page = await (await person.post('/en/account/second-factor/', { do: 'on', password })).text();
    const secret = /Secret: <code>([A-Z2-7]+)<\/code>/.exec(page)?.[1] ?? '';
    const backup = /<li><code>([^<]+)<\/code>/.exec(page)?.[1] ?? '';
    const uri = `otpauth://totp/x?secret=${secret}`;
    expect(
      (await person.post('/en/account/second-factor/', { do: 'confirm', code: codeOf(uri, new Date()) }))
        .status,
    ).toBe(303);
    for (const code of [codeOf(uri, new Date()), backup]) {
      const again = browser(app);
      const came = await again.post('/en/sign-in/', {
        email: 'two@city.example',
        password,
        next: '/en/account/',
      });
      expect(came.headers.get('location')).toBe('/en/sign-in/code/?next=%2Fen%2Faccount%2F');
      expect((await again.get('/en/account/')).status).toBe(303);
      expect((await again.post('/en/sign-in/code/', { code: '000000' })).status).toBe(422);
      expect((await again.post('/en/sign-in/code/', { code })).status).toBe(303);
      expect((await again.get('/en/account/')).status).toBe(200);
    }
  });

  test('a role that needs a second step counts for nothing without it, in a browser and by a key', async () => {
    const strict = makeDoor({
      people: store.people,
      secret: 'x'.repeat(40),
      baseUrl: base,
      secondFactorFor: ['checker'],
    });
    const guarded = createApp({ places: [], store, door: strict });
    const asked: (Person | null)[] = [];
    guarded.get('/who', async (c) => {
      c.header('cache-control', 'no-store');
      asked.push(await strict.who(c));
      return c.text('');
    });
    await invite('strict@city.example', [{ role: 'checker', area: '*', department: '*' }]);
    const person = browser(guarded);
    await person.post('/en/sign-in/', { email: 'strict@city.example', password });
    await person.get('/who');
    expect(asked.at(-1)).toMatchObject({ grants: [], needsSecondFactor: true });
    const told = await (await person.get('/en/account/?needed=second-factor')).text();
    expect(told).toContain('One of your roles needs a second step');
    const key = await strict.makeKey(
      { id: asked.at(-1)?.id ?? '', name: 'S' },
      { label: 'k', roles: ['checker'], area: '*', days: 1 },
    );
    const byKey = async () => {
      await guarded.request(`${base}/who`, { headers: { authorization: `Bearer ${key}` } });
      return asked.at(-1);
    };
    expect(await byKey()).toMatchObject({ key: 'k', grants: [] });
    const page = await (await person.post('/en/account/second-factor/', { do: 'on', password })).text();
    const secret = /Secret: <code>([A-Z2-7]+)<\/code>/.exec(page)?.[1] ?? '';
    const code = codeOf(`otpauth://totp/x?secret=${secret}`, new Date());
    expect((await person.post('/en/account/second-factor/', { do: 'confirm', code })).status).toBe(303);
    await person.get('/who');
    expect(asked.at(-1)).toMatchObject({ grants: [{ role: 'checker' }] });
    expect(asked.at(-1)).not.toHaveProperty('needsSecondFactor');
  });

  test('recovery: a link sets a new password and ends every session', async () => {
    await invite('lost@city.example', []);
    const before = await signedIn('lost@city.example');
    const token = await door.invite({
      city: '*',
      purpose: 'recover',
      email: 'lost@city.example',
      name: '',
      grants: [],
      by: 't',
    });
    const fresh = 'nine other herons fly';
    expect((await browser(app).post('/en/join/', { token, password: 'short' })).status).toBe(422);
    expect((await browser(app).post('/en/join/', { token, password: fresh })).status).toBe(303);
    expect((await before.get('/en/account/')).status).toBe(303);
    expect((await browser(app).post('/en/sign-in/', { email: 'lost@city.example', password })).status).toBe(
      422,
    );
    expect(
      (await browser(app).post('/en/sign-in/', { email: 'lost@city.example', password: fresh })).status,
    ).toBe(303);
  });

  test('a link ends after seven days', async () => {
    const token = await door.invite({
      city: '*',
      purpose: 'join',
      email: 'late@city.example',
      name: '',
      grants: [],
      by: 't',
    });
    shift = 8 * 86_400_000;
    expect((await browser(app).post('/en/join/', { token, name: 'L', password })).status).toBe(404);
    shift = 0;
  });

  test('a form sent by a page of another site does nothing', async () => {
    const person = await signedIn('admin@city.example');
    for (const origin of ['https://evil.example', 'null']) {
      expect(
        (
          await person.post(
            '/en/account/keys/',
            { label: 'k', roles: 'administrator', area: '*', days: '1' },
            origin,
          )
        ).status,
      ).toBe(403);
      expect((await person.post('/en/sign-out/', {}, origin)).status).toBe(403);
      expect(
        (await browser(app).post('/en/sign-in/', { email: 'admin@city.example', password }, origin)).status,
      ).toBe(403);
    }
    expect((await person.get('/en/account/')).status).toBe(200);
  });

  test('after signing in one stays on this site', async () => {
    for (const next of [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example',
      '/%0d%0aset-cookie:x=1',
      'javascript:alert(1)',
    ]) {
      const came = await browser(app).post('/en/sign-in/', { email: 'admin@city.example', password, next });
      const location = new URL(came.headers.get('location') ?? '', base);
      expect(location.origin).toBe(base);
    }
    expect(ownPath('/en/account/?a=1', '/')).toBe('/en/account/?a=1');
  });

  test('a key acts in its roles and area, not in others, and ends', async () => {
    await invite(
      'key@city.example',
      [
        { role: 'reporter', area: '*', department: 'water' },
        { role: 'approver', area: '*', department: '*' },
      ],
      'shanghai',
    );
    const owner = (await store.people.everyone()).find(({ email }) => email === 'key@city.example');
    if (owner === undefined) throw new Error('joined a moment ago');
    const key = await door.makeKey(owner, { label: 'meter', roles: ['reporter'], area: '310117', days: 30 });
    const asks = async (bearer: string, city = 'shanghai') => {
      const seen: unknown[] = [];
      const probe = createApp({ places: [], store, door });
      probe.get('/api/office/:city/probe', async (c) => {
        seen.push((await door.who(c))?.grants ?? null);
        return c.text('');
      });
      await probe.request(`${base}/api/office/${city}/probe`, {
        headers: { authorization: `Bearer ${bearer}` },
      });
      return seen[0];
    };
    expect(await asks(key)).toEqual([{ role: 'reporter', area: '310117', department: 'water' }]);
    expect(await asks(key, 'chengdu')).toEqual([]);
    expect(await asks(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).toBeNull();
    shift = 31 * 86_400_000;
    expect(await asks(key)).toBeNull();
    shift = 0;
    expect(await asks(key)).not.toBeNull();
  });

  test('the cookie is out of reach of scripts and other sites, and no password stands in the trail', async () => {
    const came = await browser(app).post('/en/sign-in/', { email: 'admin@city.example', password });
    const cookie = came.headers.getSetCookie().find((each) => each.startsWith('modelcity.session_token='));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(came.headers.get('cache-control')).toBe('no-store');
    const trail = await store.people.trail('*', {});
    expect(trail.some(({ action, outcome }) => action === 'sign-in' && outcome === 'failed')).toBe(true);
    expect(JSON.stringify(trail)).not.toContain(password);
  });

  test('a known address and an unknown one take about as long', async () => {
    const time = async (email: string): Promise<number> => {
      const started = process.cpuUsage().user;
      await browser(app).post('/en/sign-in/', { email, password: 'wrong' });
      return process.cpuUsage(undefined).user - started;
    };
    await invite('timing@city.example', []);
    const pairs: number[][] = [];
    for (let at = 0; at < 4; at++)
      pairs.push([await time('timing@city.example'), await time(`none${at}@city.example`)]);
    const least = (side: number): number => Math.min(...pairs.map((pair) => pair[side] ?? 0));
    // Hashing a password is nearly all of the work; leaving it out for unknown addresses would be a tenth.
    expect(least(1)).toBeGreaterThan(least(0) / 3);
    expect(least(0)).toBeGreaterThan(least(1) / 3);
  });
});

describe('signing in by a provider of OpenID Connect', () => {
  let server: Server;
  let store: Store;
  let issuer = '';
  let app: ReturnType<typeof createApp>;
  let door: Door;
  let account = 'li';
  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    issuer = `http://127.0.0.1:${port}`;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'modelcity',
          client_secret: 'shared between the two',
          redirect_uris: [`${base}/api/auth/callback/oidc`],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      pkce: { required: () => true },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      conformIdTokenClaims: false,
      findAccount: (_, id) => ({
        accountId: id,
        claims: async () => ({ sub: id, email: `${id}@city.example`, email_verified: true, name: 'Li Na' }),
      }),
      cookies: { keys: ['test'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    });
    server.on('request', async (request, response) => {
      const found = /^\/interaction\//.test(request.url ?? '');
      if (!found) return provider.callback()(request, response);
      const details = await provider.interactionDetails(request, response);
      if (details.prompt.name === 'login')
        return provider.interactionFinished(request, response, { login: { accountId: account } });
      const grant = new provider.Grant({ accountId: account, clientId: 'modelcity' });
      grant.addOIDCScope('openid email profile');
      return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    });
    const [engine] = testEngines;
    if (engine === undefined) throw new Error('there is always the embedded engine');
    store = await (await engine.place()).open();
    door = makeDoor({
      people: store.people,
      secret: 'a secret of the test, long enough for it',
      baseUrl: base,
      oidc: { name: 'City identity', issuer, clientId: 'modelcity', clientSecret: 'shared between the two' },
    });
    app = createApp({ places: [], store, door });
  });
  afterAll(async () => {
    server.close();
    await store.close();
  });

  /** Follows the provider's redirects with its cookies until it sends back to us. */
  async function throughProvider(start: string): Promise<URL> {
    const jar = new Map<string, string>();
    let url = start;
    for (let hop = 0; hop < 12; hop++) {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [pair = ''] = cookie.split(';');
        jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const next = new URL(response.headers.get('location') ?? '', url);
      if (next.origin === base) return next;
      url = next.href;
    }
    throw new Error('the provider never sent back');
  }

  test('who was invited comes in by the provider, without a password; who was not stays out', async () => {
    const token = await door.invite({
      city: '*',
      purpose: 'join',
      email: 'li@city.example',
      name: 'Li Na',
      grants: [administrator],
      by: 't',
    });
    expect((await browser(app).post('/en/join/', { token, name: 'Li Na', provider: 'yes' })).status).toBe(
      303,
    );
    const person = browser(app);
    const start = await person.post('/en/sign-in/provider/', { next: '/en/account/' });
    expect(start.headers.get('location')).toMatch(new RegExp(`^${issuer}/auth\\?`));
    const back = await throughProvider(start.headers.get('location') ?? '');
    const came = await person.get(back.pathname + back.search);
    expect(new URL(came.headers.get('location') ?? '', base).pathname).toBe('/en/account/');
    expect(await (await person.get('/en/account/')).text()).toContain('li@city.example');

    account = 'stranger';
    const stranger = browser(app);
    const begun = await stranger.post('/en/sign-in/provider/', {});
    const returned = await throughProvider(begun.headers.get('location') ?? '');
    await stranger.get(returned.pathname + returned.search);
    expect((await stranger.get('/en/account/')).status).toBe(303);
    expect((await store.people.everyone()).map(({ email }) => email)).toEqual(['li@city.example']);

    // The answer of one browser's sign-in is worth nothing in another.
    account = 'li';
    const victim = browser(app);
    const other = await browser(app).post('/en/sign-in/provider/', {});
    const stolen = await throughProvider(other.headers.get('location') ?? '');
    await victim.get(stolen.pathname + stolen.search);
    expect((await victim.get('/en/account/')).status).toBe(303);
  });
});

test.each([
  ['short', 'eleven char'],
  ['long', 'x'.repeat(100) + 'yzabcdefgh'.repeat(4)],
  ['common', 'Password123456!'],
  ['common', 'aaaaaaaaaaaaaaaa'],
  ['common', '123456789012345'],
  ['personal', 'zhang.wei2024'],
] as const)('%s: %s', (fault, word) => {
  expect(passwordFault(word, { email: 'zhang.wei@city.example', name: 'Zhang Wei' })).toBe(fault);
});
