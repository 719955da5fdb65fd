import type { Context } from 'hono';
import type { People } from '../../store/index.ts';
import { makeSeals } from '../mail/seal.ts';
import { type Grant, isRole, type Person, type Role } from '../who.ts';
import { addressOf, cityOf } from './asked-from.ts';
import { makeAuth, type OidcProvider } from './auth.ts';
import { makeKeys } from './keys.ts';
import { makeLinks } from './links.ts';
import { limits, makeTries } from './tries.ts';

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
  const tries = makeTries(people, now, behindProxy);

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

  const keys = makeKeys({
    people,
    tries,
    note,
    now,
    counted: (grants, secondFactor) => counted(rolesOf(grants), secondFactor).grants,
  });

  async function ask(c: Context): Promise<Person | null> {
    const holder = await keys.holder(c);
    if (holder !== undefined) return holder;
    const found = await session(c);
    if (found === null) return null;
    return {
      id: found.person.id,
      name: found.person.name,
      ...counted(await grantsAt(c, found.person.id), found.secondFactor),
    };
  }

  const links = makeLinks({
    people,
    auth,
    seals,
    baseUrl,
    behindProxy,
    mails,
    hasProvider: oidc !== undefined,
    tries,
    note,
    now,
  });

  return {
    ...links,
    makeKey: keys.makeKey,
    auth,
    people,
    seals,
    /** Whether mail leaves this office. */
    mails,
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
        (await tries.isLocked(account, limits.account)) ||
        (await tries.isLocked(`address:${addressOf(c, behindProxy)}`, limits.address))
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
        await tries.failed(c, account);
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
      if (await tries.isLocked(address, limits.address)) return { outcome: 'locked' };
      const plain = code.replace(/\s/g, '');
      const headers = c.req.raw.headers;
      const response = await answerOf(() =>
        /^\d{6}$/.test(plain)
          ? auth.api.verifyTOTP({ body: { code: plain }, headers, asResponse: true })
          : auth.api.verifyBackupCode({ body: { code: plain }, headers, asResponse: true }),
      );
      if (response === null || !response.ok) {
        await tries.failed(c, `${address}:code`);
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
  };
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
