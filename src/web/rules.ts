import type { Hono } from 'hono';
import type { Role } from './who.ts';

/**
 * Who may call a route: anyone; whoever has signed in; whoever holds one of the roles in the place that the address
 * names, for some area and department there (which ones is for the handler to ask).
 */
export type Rule = 'anyone' | 'signed-in' | readonly Role[];

const rulesOf = new WeakMap<Hono, Map<string, Rule>>();

/** Says who may call a route. A route without a rule fails the test of the rights matrix. */
export function declareRule(app: Hono, method: string, path: string, rule: Rule): void {
  const rules = rulesOf.get(app) ?? new Map<string, Rule>();
  rules.set(`${method} ${path}`, rule);
  rulesOf.set(app, rules);
}

export function ruleOf(app: Hono, method: string, path: string): Rule | undefined {
  const declared = rulesOf.get(app)?.get(`${method} ${path}`);
  if (declared !== undefined) return declared;
  return method === 'GET' && publicReads.some((each) => each.test(path)) ? 'anyone' : undefined;
}

/** Reading that is open to anyone, beside the pages that `Site.room` makes. Sending anything always needs a rule. */
const publicReads: readonly RegExp[] = [
  /^\/$/,
  /^\/assets\//,
  /^\/f\/:code$/,
  /^\/editions\//,
  /^\/:language\{en\|zh\}\/(?:\*|about\/|search\/|search\/index\.js)?$/,
  /^\/:language\{en\|zh\}\/:city\/indicators\/:id\/(?:chart\.svg|explore\.json|(?:figures|shown)\.(?:json|xlsx)|shown\.csv|download\.zip|embed\/)$/,
  /^\/api\/(?:openapi\.json|places(?:\/.*)?)?$/,
];
