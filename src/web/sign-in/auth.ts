import { betterAuth } from 'better-auth';
import { genericOAuth, twoFactor } from 'better-auth/plugins';
import { Kysely } from 'kysely';
import type { People } from '../../store/index.ts';
import { keeperDialect } from './dialect.ts';
import { longestPassword, shortestPassword } from './password.ts';

/** A provider of OpenID Connect that people may sign in with. */
export interface OidcProvider {
  readonly name: string;
  /** Its issuer, e.g. `https://id.city.example`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface AuthOptions {
  readonly people: People;
  /** At least 32 characters, the same in every process of the server. */
  readonly secret: string;
  /** Address of the site as readers type it, e.g. `https://data.city.example`. */
  readonly baseUrl: string;
  readonly oidc?: OidcProvider;
}

/** Longest time somebody stays signed in: a working day. */
const sessionSeconds = 12 * 60 * 60;

export type Auth = ReturnType<typeof makeAuth>;

/**
 * The library that keeps passwords, second factors and sessions. Nobody can make an account by themselves: people are
 * invited; a provider signs in those who are known by their address.
 */
export function makeAuth({ people, secret, baseUrl, oidc }: AuthOptions) {
  return betterAuth({
    appName: 'Modelcity',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: { db: new Kysely({ dialect: keeperDialect(people) }), type: 'postgres', transaction: false },
    trustedOrigins: [new URL(baseUrl).origin],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    user: { modelName: 'person' },
    account: {
      modelName: 'credential',
      accountLinking: { enabled: true, trustedProviders: ['oidc'] },
    },
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true },
    // Failed tries are counted in the database, for all processes together: see door.ts.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'modelcity',
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    plugins: [
      twoFactor({ issuer: 'Modelcity', schema: { twoFactor: { modelName: 'second_factor' } } }),
      ...(oidc === undefined
        ? []
        : [
            genericOAuth({
              config: [
                {
                  providerId: 'oidc',
                  clientId: oidc.clientId,
                  clientSecret: oidc.clientSecret,
                  discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  requireIdTokenVerification: true,
                  scopes: ['openid', 'email', 'profile'],
                  pkce: true,
                  disableSignUp: true,
                  disableImplicitSignUp: true,
                },
              ],
            }),
          ]),
    ],
  });
}
