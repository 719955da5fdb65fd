import type { Context } from 'hono';

/** Passes on the cookies that the sign-in library sets. */
export function setCookies(c: Context, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
}
