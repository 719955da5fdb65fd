import type { Context } from 'hono';
import type { Language } from '../../model/index.ts';
import type { People } from '../../store/index.ts';
import type { LinkText } from '../mail/compose.ts';
import { makeSeals } from '../mail/seal.ts';
import { type Grant, isRole, type Person, type Role } from '../who.ts';
import { makeAuth, type OidcProvider } from './auth.ts';
import { type PasswordFault, passwordFault } from './password.ts';
import { hasHash, randomToken, sha256Of } from './secret.ts';

export interface DoorOptions {
  readonly people: People;
  readonly secret: string;
  readonly baseUrl: string;
  readonly oidc?: OidcProvider;
  /** The clock, for tests of what runs out. */
  readonly now?: () => Date;
  /** Roles that count only for those who have a second factor at sign-in. */
  readonly secondFactorFor?: readonly Role[];
  /** Whether the address of a request is told by a proxy in front (`x-forwarded-for`). */
  readonly behindProxy?: boolean;
  /** Whether mail leaves this office: links are put on their way and may be asked for. */
  readonly mails?: boolean;
}

/** What came of a try to sign in; `cookies` are to be set by the answer. */
export type SignedIn =
  | { readonly outcome: 'done' | 'code'; readonly cookies: readonly string[] }
  | { readonly outcome: 'refused' | 'locked' };

/** A session of somebody who is signed in by a browser. */
export interface Session {
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly secondFactor: boolean;
  readonly token: string;
}

/** How many failed tries, in how many minutes, close the door for an account, an address, a key. */
const limits = { minutes: 15, account: 5, address: 60 } as const;
const inviteDays = 7;
/** How long a process goes by what it last read about a key: one that was ended may work that much longer. */
const keySeconds = 5;

/** Links for a new password that an account may ask for by mail in that time, and an address may ask for. */
const asks = { account: 2, address: 20 } as const;
/** An answer about an address takes at least this long, ms, whether or not there is an account. */
const evenly = 400;

export type Door = ReturnType<typeof makeDoor>;

/** Who comes in and who stays out: sessions, second factors, invitations, recovery, keys, and the limits on trying. */
export function makeDoor({
  people,
  secret,
  baseUrl,
  oidc,
  behindProxy = false,
  secondFactorFor = [],
  mails = false,
  ...rest
}: DoorOptions) {
  const now = rest.now ?? (() => new Date());
  const auth = makeAuth({ people, secret, baseUrl, ...(oidc === undefined ? {} : { oidc }) });
  const seals = makeSeals(secret);
  const asked = new WeakMap<Context, Promise<Person | null>>();
  const recent = new Map<string, { readonly at: number; readonly person: Person }>();

  async function note(
    c: Context | null,
    person: { readonly id: string; readonly name: string } | null,
    action: string,
    object: string,
    outcome: 'done' | 'refused' | 'failed',
    detail: Readonly<Record<string, string | number>> = {},
    city = '*',
  ): Promise<void> {
    await people.note({
      city,
      at: now().toISOString(),
      person: person?.id ?? null,
      name: person?.name ?? '',
      action,
      object,
      outcome,
      address: c === null ? null : addressOf(c, behindProxy),
      detail,
    });
  }

  const since = (): string => new Date(now().getTime() - limits.minutes * 60_000).toISOString();
  async function isLocked(subject: string, most: number): Promise<boolean> {
    return (await people.tries(subject, since())) >= most;
  }
  async function failed(c: Context, subject: string): Promise<void> {
    const at = now().toISOString();
    await people.noteTry(subject, at, randomToken(8));
    await people.noteTry(`address:${addressOf(c, behindProxy)}`, at, randomToken(8));
  }

  async function session(c: Context): Promise<Session | null> {
    if (!/modelcity\.session_token=/.test(c.req.header('cookie') ?? '')) return null;
    const found = await auth.api.getSession({ headers: c.req.raw.headers });
    if (found === null) return null;
    const { id, name, email } = found.user;
    return {
      person: { id, name, email },
      secondFactor: found.user.twoFactorEnabled === true,
      token: found.session.token,
    };
  }

  const rolesOf = (grants: readonly { role: string; area: string; department: string }[]): readonly Grant[] =>
    grants.flatMap(({ role, area, department }) => (isRole(role) ? [{ role, area, department }] : []));
  async function grantsAt(c: Context, person: string): Promise<readonly Grant[]> {
    return rolesOf(await people.grants(cityOf(c), person));
  }

  /** What somebody's grants come to, with or without a second factor. */
  function counted(
    grants: readonly Grant[],
    secondFactor: boolean,
  ): Pick<Person, 'grants' | 'needsSecondFactor'> {
    const kept = secondFactor ? grants : grants.filter(({ role }) => !secondFactorFor.includes(role));
    return kept.length === grants.length ? { grants } : { grants: kept, needsSecondFactor: true };
  }

  async function keyHolder(c: Context, key: string): Promise<Person | null> {
    const [, id, secretPart] = /^mck_([A-Za-z0-9_-]{16})_([A-Za-z0-9_-]{43})$/.exec(key) ?? [];
    if (id === undefined || secretPart === undefined) return null;
    const {
      tries,
      key: found,
      owner,
      grants,
    } = await people.keyUse(cityOf(c), id, now().toISOString(), since());
    if (tries >= limits.account) return null;
    if (found === null || !hasHash(secretPart, found.sha256)) {
      await failed(c, `key:${id}`);
      return null;
    }
    if (owner === null) return null;
    const held = counted(rolesOf(grants), owner.secondFactor).grants;
    return {
      id: owner.id,
      name: owner.name,
      key: found.label,
      grants: held.flatMap((grant) => {
        if (!found.roles.includes(grant.role)) return [];
        if (found.area === '*' || found.area === grant.area) return [grant];
        return grant.area === '*' ? [{ ...grant, area: found.area }] : [];
      }),
    };
  }

  async function ask(c: Context): Promise<Person | null> {
    const bearer = /^Bearer (mck_\S{1,100})$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (bearer !== undefined) {
      const name = `${cityOf(c)} ${sha256Of(bearer)}`;
      const seen = recent.get(name);
      if (seen !== undefined && now().getTime() - seen.at < keySeconds * 1000) return seen.person;
      const person = await keyHolder(c, bearer);
      if (recent.size > 2000) recent.clear();
      if (person !== null) recent.set(name, { at: now().getTime(), person });
      return person;
    }
    const found = await session(c);
    if (found === null) return null;
    return {
      id: found.person.id,
      name: found.person.name,
      ...counted(await grantsAt(c, found.person.id), found.secondFactor),
    };
  }

  /** Puts a link on its way by mail; false where no mail leaves. */
  async function mailLink(
    city: string,
    kind: 'join' | 'recover',
    email: string,
    url: string,
  ): Promise<boolean> {
    if (!mails) return false;
    const at = now();
    const text: LinkText = {
      purpose: kind,
      url,
      until: new Date(at.getTime() + inviteDays * 86_400_000).toISOString().slice(0, 10),
    };
    await people.mailLink({
      city,
      id: `link:${randomToken(12)}`,
      kind,
      address: email.trim().toLowerCase(),
      sealed: seals.seal(JSON.stringify(text)),
      at: at.toISOString(),
    });
    return true;
  }

  const door = {
    auth,
    people,
    seals,
    /** Whether mail leaves this office. */
    mails,
    mailLink,
    baseUrl,
    oidcName: oidc?.name ?? null,
    now,
    note,
    session,
    addressOf: (c: Context): string => addressOf(c, behindProxy),

    /** Who asks, with the roles held in the place that the address names. Asked once a request. */
    who(c: Context): Promise<Person | null> {
      const known = asked.get(c) ?? ask(c);
      asked.set(c, known);
      return known;
    },

    /** Signs in by password. The same answer, after the same work, whether or not there is such an account. */
    async signIn(c: Context, email: string, password: string): Promise<SignedIn> {
      const account = `account:${email.trim().toLowerCase().slice(0, 320)}`;
      if (
        (await isLocked(account, limits.account)) ||
        (await isLocked(`address:${addressOf(c, behindProxy)}`, limits.address))
      ) {
        await note(c, null, 'sign-in', email.slice(0, 320), 'refused', { why: 'locked' });
        return { outcome: 'locked' };
      }
      const response = await answerOf(() =>
        auth.api.signInEmail({
          body: { email: email.trim().toLowerCase(), password },
          headers: c.req.raw.headers,
          asResponse: true,
        }),
      );
      if (response === null || !response.ok) {
        await failed(c, account);
        await note(c, null, 'sign-in', email.slice(0, 320), 'failed');
        return { outcome: 'refused' };
      }
      const answer: unknown = await response.json();
      const needsCode = typeof answer === 'object' && answer !== null && 'twoFactorRedirect' in answer;
      if (!needsCode) {
        await people.clearTries(account);
        await note(c, null, 'sign-in', email.slice(0, 320), 'done');
      }
      return { outcome: needsCode ? 'code' : 'done', cookies: response.headers.getSetCookie() };
    },

    /** The second step: six digits, or one of the codes kept for when the phone is lost. */
    async secondStep(c: Context, code: string): Promise<SignedIn> {
      const address = `address:${addressOf(c, behindProxy)}`;
      if (await isLocked(address, limits.address)) return { outcome: 'locked' };
      const plain = code.replace(/\s/g, '');
      const headers = c.req.raw.headers;
      const response = await answerOf(() =>
        /^\d{6}$/.test(plain)
          ? auth.api.verifyTOTP({ body: { code: plain }, headers, asResponse: true })
          : auth.api.verifyBackupCode({ body: { code: plain }, headers, asResponse: true }),
      );
      if (response === null || !response.ok) {
        await failed(c, `${address}:code`);
        await note(c, null, 'sign-in.code', '', 'failed');
        return { outcome: 'refused' };
      }
      await note(c, null, 'sign-in.code', '', 'done');
      return { outcome: 'done', cookies: response.headers.getSetCookie() };
    },

    async signOut(c: Context): Promise<readonly string[]> {
      const found = await session(c);
      const response = await answerOf(() =>
        auth.api.signOut({ headers: c.req.raw.headers, asResponse: true }),
      );
      if (found !== null) await note(c, found.person, 'sign-out', '', 'done');
      return response?.headers.getSetCookie() ?? [];
    },

    /** Makes a link that works once, for a week; gives its secret, which is kept nowhere. */
    async invite(terms: {
      readonly city: string;
      readonly purpose: 'join' | 'recover' | 'recover-all';
      readonly email: string;
      readonly name: string;
      readonly grants: readonly Grant[];
      readonly by: string;
    }): Promise<string> {
      const token = randomToken();
      await people.makeLink({
        city: terms.city,
        purpose: terms.purpose,
        email: terms.email.trim().toLowerCase(),
        name: terms.name,
        grants: terms.grants,
        madeBy: terms.by,
        sha256: sha256Of(token),
        expires: new Date(now().getTime() + inviteDays * 86_400_000).toISOString(),
      });
      return token;
    },

    link: (token: string) => people.link(sha256Of(token), now().toISOString()),

    /** Uses a link: makes the account or sets its new password. Every session of the account ends. */
    async useLink(
      c: Context,
      token: string,
      given: { readonly name: string; readonly password: string | null; readonly email?: string },
    ): Promise<'done' | 'gone' | 'address' | PasswordFault> {
      const at = now().toISOString();
      const found = await people.link(sha256Of(token), at);
      if (found === null) return 'gone';
      const terms =
        found.email === '' ? { ...found, email: (given.email ?? '').trim().toLowerCase() } : found;
      if (!/^[^\s@]{1,200}@[^\s@]{1,200}$/.test(terms.email)) return 'address';
      // The link of the first administrator ends with the first administrator.
      if (found.email === '' && (await people.grants('*')).some(({ role }) => role === 'administrator'))
        return 'gone';
      const name = (given.name.trim() === '' ? terms.name : given.name).trim().slice(0, 120);
      const withoutPassword = given.password === null && oidc !== undefined && terms.purpose === 'join';
      if (!withoutPassword) {
        const fault = passwordFault(given.password ?? '', { email: terms.email, name });
        if (fault !== null) return fault;
      }
      const { internalAdapter, password } = await auth.$context;
      const known = await internalAdapter.findUserByEmail(terms.email);
      if ((terms.purpose === 'join') !== (known === null)) return 'gone';
      const hash = withoutPassword ? null : await password.hash(given.password ?? '');
      if (!(await people.spendLink(sha256Of(token), at))) return 'gone';
      const person =
        known?.user ??
        (await internalAdapter.createUser(
          { email: terms.email, name, emailVerified: true },
          { method: 'admin' },
        ));
      if (hash !== null) {
        const accounts = await internalAdapter.findAccounts(person.id);
        if (accounts.some(({ providerId }) => providerId === 'credential'))
          await internalAdapter.updatePassword(person.id, hash);
        else
          await internalAdapter.linkAccount({
            userId: person.id,
            providerId: 'credential',
            accountId: person.id,
            password: hash,
          });
      }
      await internalAdapter.deleteUserSessions(person.id);
      if (terms.purpose === 'recover-all') {
        await internalAdapter.updateUser(person.id, { twoFactorEnabled: false });
        const { adapter } = await auth.$context;
        await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: person.id }] });
      }
      await people.clearTries(`account:${terms.email}`);
      if (terms.purpose === 'join')
        for (const { role, area, department } of terms.grants)
          await people.grant({
            city: terms.city,
            id: randomToken(12),
            person: person.id,
            role,
            area,
            department,
            givenBy: terms.madeBy,
            givenAt: at,
          });
      await note(c, { id: person.id, name: person.name }, `link.${terms.purpose}`, terms.email, 'done');
      return 'done';
    },

    /** Makes a key for a program; gives the whole key, which is shown once. */
    async makeKey(
      person: { readonly id: string; readonly name: string },
      wanted: {
        readonly label: string;
        readonly roles: readonly string[];
        readonly area: string;
        readonly days: number;
      },
    ): Promise<string> {
      const id = randomToken(12);
      const part = randomToken();
      const made = now();
      await people.makeKey({
        id,
        sha256: sha256Of(part),
        person: person.id,
        label: wanted.label,
        roles: wanted.roles,
        area: wanted.area,
        made: made.toISOString(),
        expires: new Date(made.getTime() + wanted.days * 86_400_000).toISOString(),
        ended: null,
      });
      await note(null, person, 'key.make', wanted.label, 'done', { roles: wanted.roles.join(' ') });
      return `mck_${id}_${part}`;
    },

    /** Somebody asks for a new password. The answer is the same, and takes as long, whoever it is. */
    async forgot(c: Context, email: string, language: Language): Promise<void> {
      const work = async (): Promise<void> => {
        const given = email.trim().toLowerCase().slice(0, 320);
        const [account, address] = [`forgot:${given}`, `forgot-address:${addressOf(c, behindProxy)}`];
        if (!mails || (await isLocked(account, asks.account)) || (await isLocked(address, asks.address)))
          return;
        const at = now().toISOString();
        await people.noteTry(account, at, randomToken(8));
        await people.noteTry(address, at, randomToken(8));
        await note(c, null, 'password.ask', given, 'done');
        const known = (await people.everyone()).find((person) => person.email === given);
        if (known === undefined) return;
        const token = await door.invite({
          city: '*',
          purpose: 'recover',
          email: known.email,
          name: known.name,
          grants: [],
          by: known.id,
        });
        await mailLink('*', 'recover', known.email, `${baseUrl}/${language}/join/?token=${token}`);
      };
      await Promise.all([work(), new Promise((done) => setTimeout(done, evenly))]);
    },
  };
  return door;
}

/** The library throws for some refusals and answers others: both are an answer here; null when it threw. */
async function answerOf(call: () => Promise<Response>): Promise<Response | null> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && error.name === 'APIError') return null;
    throw error;
  }
}

/** The place that an address names: `/en/shanghai/…` or `/api/places/shanghai/…`; `*` where it names none. */
export function cityOf(c: Context): string {
  const { pathname } = new URL(c.req.url);
  const named = /^\/(?:en|zh|api\/places|api\/office)\/([a-z0-9._-]+)(?:\/|$)/.exec(pathname)?.[1];
  return named === undefined || ['account', 'sign-in', 'join'].includes(named) ? '*' : named;
}

/** The network address that a request came from. */
export function addressOf(c: Context, behindProxy: boolean): string {
  if (behindProxy) {
    const told = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
    if (told !== undefined && told !== '') return told.slice(0, 60);
  }
  const env: unknown = c.env;
  if (typeof env !== 'object' || env === null || !('incoming' in env)) return 'unknown';
  const { incoming } = env;
  if (typeof incoming !== 'object' || incoming === null || !('socket' in incoming)) return 'unknown';
  const { socket } = incoming;
  if (typeof socket !== 'object' || socket === null || !('remoteAddress' in socket)) return 'unknown';
  return typeof socket.remoteAddress === 'string' ? socket.remoteAddress : 'unknown';
}
