import type { Finding } from '../../model/index.ts';
import type { Compiled } from '../compile/compile.ts';
import { cellKey, type Outcome } from '../compile/compile.ts';
import { warning } from '../fault.ts';
import { literalSlots, type RunOptions } from '../run/run.ts';

/** The version of what this engine computes: it grows when the same model and scenario would give other numbers. */
export const engineVersion = '2';

/** One setting of a model, to be kept, shared and repeated to the last digit. */
export interface Scenario {
  readonly version: 1;
  /** SHA-256 of the model file, 64 hexadecimal digits. */
  readonly model: string;
  readonly engine: string;
  readonly seed: number;
  /** Constants that differ from the model's own, by name. */
  readonly values: Readonly<Record<string, number>>;
  readonly name?: string;
}

/** The longest text of a scenario that is read: it must fit a URL. */
const longest = 4000;

/** SHA-256 of a model's text. */
export async function modelHash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A scenario as URL-safe text; names sorted, so that equal scenarios have equal text. */
export function encodeScenario(scenario: Scenario): string {
  const values = Object.fromEntries(Object.entries(scenario.values).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { model, engine, seed, name } = scenario;
  const bytes = new TextEncoder().encode(
    JSON.stringify({ v: 1, m: model, e: engine, s: seed, p: values, n: name }),
  );
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Reads what encodeScenario wrote. Whatever else comes from an address is a finding, not a fault. */
export function decodeScenario(text: string): Outcome<Scenario> {
  const bad = (why: string): Outcome<Scenario> => ({
    ok: false,
    findings: [
      {
        rule: 'scenario.text',
        severity: 'error',
        where: { file: 'scenario' },
        what: 'the address holds no scenario that can be read',
        why,
        mend: 'copy the whole address, or set the levers again',
      },
    ],
  });
  if (text.length > longest) return bad(`it is longer than ${longest} characters`);
  let found: unknown;
  try {
    const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    found = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (one) => one.charCodeAt(0))),
    );
  } catch {
    return bad('it is cut off or changed');
  }
  if (typeof found !== 'object' || found === null) return bad('it holds something else');
  const part = (key: string): unknown => (Object.hasOwn(found, key) ? Reflect.get(found, key) : undefined);
  const [version, model, engine, seed, given, name] = ['v', 'm', 'e', 's', 'p', 'n'].map(part);
  if (version !== 1) return bad('it has another version');
  if (typeof model !== 'string' || !/^[0-9a-f]{64}$/.test(model)) return bad('it names no model');
  if (typeof engine !== 'string' || !Number.isSafeInteger(seed) || typeof seed !== 'number')
    return bad('it names no engine or seed');
  if (typeof given !== 'object' || given === null) return bad('it holds no values');
  const values: Record<string, number> = Object.create(null);
  for (const [key, value] of Object.entries(given)) {
    if (typeof value !== 'number' || !Number.isFinite(value))
      return bad(`'${key.slice(0, 40)}' is no number`);
    values[key] = value;
  }
  return {
    ok: true,
    value: {
      version: 1,
      model,
      engine,
      seed,
      values,
      ...(typeof name === 'string' ? { name: name.slice(0, 200) } : {}),
    },
  };
}

/** What a run needs of a scenario, with what does not fit told: another model or engine, unknown names. */
export function applyScenario(
  compiled: Compiled,
  hash: string,
  scenario: Scenario,
): { readonly options: RunOptions; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const note = (what: string, why: string, mend: string) =>
    findings.push(warning({ rule: 'scenario.fit', where: { file: 'scenario' }, what, why, mend }));
  if (scenario.model !== hash)
    note(
      'the scenario was made with another version of the model',
      'its results may differ',
      'check the levers',
    );
  if (scenario.engine !== engineVersion)
    note(
      `the scenario was made with engine ${scenario.engine}`,
      `this is engine ${engineVersion}`,
      'compare results',
    );
  const slots = literalSlots(compiled);
  const values = new Map<number, number>();
  for (const [name, value] of Object.entries(scenario.values)) {
    const slot = slots.get(cellKey(name));
    if (slot === undefined) note(`'${name}' is no constant of this model`, 'it is left out', 'set it again');
    else values.set(slot, value);
  }
  return { options: { seed: scenario.seed, values }, findings };
}
