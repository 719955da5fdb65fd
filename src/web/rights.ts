import type { Hono } from 'hono';
import { type Rule, ruleOf } from './rules.ts';
import { type Role, roles } from './who.ts';

export interface RightsRow {
  readonly method: string;
  readonly path: string;
  /** Undefined: nobody has said. */
  readonly rule: Rule | undefined;
}

/** Every route of the application with its rule, in the order of addresses. */
export function rightsMatrix(app: Hono): readonly RightsRow[] {
  const rows = new Map<string, RightsRow>();
  for (const { method, path, handler } of app.routes) {
    // What is asked before a route takes a second argument, the rest of the way; what answers every method is a route.
    const isAskedBefore = method === 'ALL' && handler.length > 1;
    if (!isAskedBefore) rows.set(`${path} ${method}`, { method, path, rule: ruleOf(app, method, path) });
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Whether a rule lets a role in; a visitor is `null`. */
export function allows(rule: Rule | undefined, role: Role | null): boolean {
  if (rule === 'anyone') return true;
  if (rule === undefined || role === null) return false;
  return rule === 'signed-in' || rule.includes(role);
}

/** What not anyone may call, as a table of Markdown: routes down, roles across. */
export function rightsPage(rows: readonly RightsRow[]): string {
  const head = ['route', ...roles];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return (
    line(head) +
    line(head.map(() => '---')) +
    rows
      .filter(({ rule }) => rule !== 'anyone')
      .map(({ method, path, rule }) =>
        line([
          `\`${method} ${path.replaceAll('|', '\\|')}\``,
          ...roles.map((role) => (allows(rule, role) ? '●' : '')),
        ]),
      )
      .join('')
  );
}
