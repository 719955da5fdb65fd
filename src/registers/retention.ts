import type { RegisterDeclaration } from '../model/index.ts';
import type { Case } from './case.ts';
import type { PersonKeys } from './personal.ts';
import type { Register } from './register.ts';
import type { Registers } from './registers.ts';
import { localDay } from './working-days.ts';

/** A case whose personal data are to go, and the last day of their keeping. */
export interface Expired {
  readonly register: string;
  readonly stream: string;
  readonly area: string;
  readonly keptUntil: string;
}

const trail = 'erasures';
const together = 500;

/** Whether a register keeps anything with a key. */
export function keepsPersonal({ forms, entities }: RegisterDeclaration): boolean {
  return [...forms, ...entities].some(({ fields }) =>
    fields.some(({ personal, erasable }) => personal || erasable),
  );
}

/** Closed cases of which a key still exists though the years after their last step are over. Open ones are kept. */
export async function expired(all: Registers, keys: PersonKeys, now: string): Promise<readonly Expired[]> {
  const held = await keys.persons();
  if (held.size === 0) return [];
  await all.refresh();
  const today = localDay(now, all.at.calendar);
  return all.all().flatMap(({ declaration, id }) => {
    if (!keepsPersonal(declaration)) return [];
    return [...all.projection.everyCase(id)].flatMap((record) => {
      if (!held.has(record.stream)) return [];
      const each = all.caseOf(declaration, record);
      const keptUntil = lastDay(each, declaration.retentionYears, all);
      return each.state === 'closed' && keptUntil < today
        ? [{ register: id, stream: record.stream, area: record.area, keptUntil }]
        : [];
    });
  });
}

/** The day so many years after the last step; 29 February is followed by 1 March where there is none. */
function lastDay({ steps }: Case, years: number, { at }: Registers): string {
  const last = localDay(steps.at(-1)?.occurred ?? '9999-01-01T00:00:00Z', at.calendar);
  const [year = '', month = '', day = ''] = last.split('-');
  return new Date(Date.UTC(Number(year) + years, Number(month) - 1, Number(day))).toISOString().slice(0, 10);
}

/**
 * Destroys the keys of all cases whose time of keeping is over. What is erased is written to the log first, so that a
 * process that dies in between leaves a note and a key that the next run takes; noting twice is refused, erasing twice is
 * harmless. Gives the cases.
 */
export async function eraseExpired(
  all: Registers,
  keys: PersonKeys,
  now: string,
): Promise<readonly Expired[]> {
  const found = await expired(all, keys, now);
  for (let at = 0; at < found.length; at += together) {
    const some = found.slice(at, at + together);
    await note(all.get(trail), some, 'retention', now);
    for (const { stream } of some) await keys.erase(stream);
  }
  return found;
}

/** Destroys the key of one case because someone asked for it; noted like the others. */
export async function forget(
  all: Registers,
  register: Register,
  { stream, area }: Case,
  now: string,
): Promise<void> {
  const keptUntil = localDay(now, all.at.calendar);
  await note(all.get(trail), [{ register: register.id, stream, area, keptUntil }], 'request', now);
  await register.forget(stream);
}

async function note(
  register: Register | undefined,
  cases: readonly Expired[],
  why: 'retention' | 'request',
  now: string,
): Promise<void> {
  if (register === undefined) return;
  await register.cases();
  const noted = new Set(register.known().map(({ values }) => values.erased_case));
  const wanted = cases.flatMap(({ stream, register: of, area, keptUntil }) =>
    noted.has(stream)
      ? []
      : [
          {
            area,
            kind: 'erased',
            values: { erased_case: stream, erased_register: of, why, kept_until: keptUntil },
            as: 'administrator' as const,
            actor: null,
            now,
          },
        ],
  );
  if (wanted.length === 0) return;
  const { findings } = await register.takeAll(wanted);
  const [fault] = findings;
  if (fault !== undefined)
    throw new Error(`the note of an erasure was refused: ${fault.rule}: ${fault.what}`);
}
