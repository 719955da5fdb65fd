import { join } from 'node:path';
import type { TestEngine } from '../../scripts/test-stores.ts';
import { exportWorkspace } from '../intake/index.ts';
import { citySchema, type RegisterDeclaration, type Workspace } from '../model/index.ts';
import type { Store } from '../store/index.ts';
import type { Case } from './case.ts';
import { PersonKeys } from './personal.ts';
import type { StepResult } from './register.ts';
import { Registers } from './registers.ts';
import { registersOf } from './shipped.ts';
import type { WantedStep } from './wanted-step.ts';
import { plainCalendar } from './working-days.ts';

const both = (text: string) => ({ en: text, zh: text });

/** A city with two districts and nothing else: for tests of registers. */
export const place: Workspace = {
  city: citySchema.parse({
    modelcity: 1,
    id: 'shanghai',
    name: both('Shanghai'),
    area: '310000',
    languages: ['en', 'zh'],
    areas: [
      { id: '310000', name: both('Shanghai'), kind: 'city' },
      { id: '310117', name: both('Songjiang'), kind: 'district', parent: '310000' },
      { id: '310120', name: both('Fengxian'), kind: 'district', parent: '310000' },
    ],
    sources: [
      { id: 'review', title: both('Review'), producer: both('City'), date: '2022-10', licence: 'public' },
    ],
  }),
  indicators: [],
  observations: [],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};

export interface TestRegisters {
  readonly all: Registers;
  readonly store: Store;
  readonly directory: string;
  close(): Promise<void>;
}

/** The place above in a new store, with all shipped registers or those given. */
export async function testRegisters(
  engine: TestEngine,
  declarations?: readonly RegisterDeclaration[],
): Promise<TestRegisters> {
  const { directory, open } = await engine.place();
  const store = await open();
  await store.submit({
    city: 'shanghai',
    kind: 'workspace',
    agent: 'test',
    received: '2012-01-01T00:00:00Z',
    files: exportWorkspace(place),
    workspace: place,
  });
  return {
    all: registersOn(store, directory, declarations),
    store,
    directory,
    close: () => store.close(),
  };
}

export function registersOn(
  store: Store,
  directory: string,
  declarations: readonly RegisterDeclaration[] = registersOf(),
): Registers {
  return new Registers({
    city: 'shanghai',
    area: '310000',
    areas: place.city.areas,
    store,
    keys: new PersonKeys(join(directory, 'persons')),
    calendar: plainCalendar,
    declarations,
  });
}

/** The case after a step that must succeed. */
export async function must(result: Promise<StepResult>): Promise<Case> {
  const done = await result;
  if (done.case === null)
    throw new Error(done.findings.map(({ rule, what, why }) => `${rule}: ${what}: ${why}`).join('; '));
  return done.case;
}

/** The rules that refused a step; empty when it was taken. */
export async function rulesOf(result: Promise<StepResult>): Promise<readonly string[]> {
  const done = await result;
  return done.case === null ? done.findings.map(({ rule }) => rule) : [];
}

/** Takes steps in a row: each `[kind, values, more?]`; the first begins the case. */
export async function play(
  all: Registers,
  register: string,
  steps: readonly (readonly [kind: string, values?: Record<string, string>, more?: Partial<WantedStep>])[],
): Promise<Case> {
  const of = all.get(register);
  if (of === undefined) throw new Error(`no register ${register}`);
  let at: Case | null = null;
  for (const [kind, values = {}, more = {}] of steps) {
    const as = of.declaration.steps.find((each) => each.kind === kind)?.by[0] ?? 'administrator';
    at = await must(
      of.take({
        ...(at === null ? {} : { stream: at.stream }),
        area: '310117',
        kind,
        values,
        as,
        actor: 'test',
        now: '2021-06-01T02:00:00Z',
        ...more,
      }),
    );
  }
  if (at === null) throw new Error('no steps');
  return at;
}
