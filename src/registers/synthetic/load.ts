import type { Registers } from '../registers.ts';
import { complaintCases } from './complaints.ts';
import { carbonCases, enterpriseCases, hazardousCases, madeEnterprises } from './industry.ts';
import { disclosureCases, purchaseCases } from './openness.ts';
import type { SyntheticCase, SyntheticPlan } from './plan.ts';
import { wasteCases } from './waste.ts';

/** Steps that go into one submission. */
const most = 2000;

export interface SyntheticProgress {
  readonly register: string;
  /** Cases and steps stored so far, over all registers. */
  readonly cases: number;
  readonly steps: number;
}

/** Every made-up case, in the order in which one builds on another. */
export function* syntheticCases(plan: SyntheticPlan): Generator<SyntheticCase> {
  yield* enterpriseCases(plan);
  yield* wasteCases(plan);
  yield* hazardousCases(plan);
  yield* carbonCases(plan);
  yield* complaintCases(plan);
  yield* purchaseCases(plan);
  yield* disclosureCases(plan, madeEnterprises(plan));
}

/**
 * Takes the steps of made-up cases in their registers, as any step is taken: forms, references, flows, balances and serials
 * are checked, and what is wrong ends it. Each record says who made it.
 */
export async function loadSynthetic(
  all: Registers,
  plan: SyntheticPlan,
  report: (progress: SyntheticProgress) => void,
): Promise<SyntheticProgress> {
  let [cases, steps] = [0, 0];
  let register = '';
  let chunk: SyntheticCase[] = [];
  let size = 0;
  let builds = false;
  const store = async (): Promise<void> => {
    if (chunk.length === 0) return;
    await takeCases(all, register, chunk, plan);
    cases += chunk.length;
    steps += size;
    [chunk, size] = [[], 0];
    report({ register, cases, steps });
  };
  for (const each of syntheticCases(plan)) {
    if (each.steps.length === 0) continue;
    const apart = each.builds === true && !builds;
    if (each.register !== register || apart || size + each.steps.length > most) await store();
    builds = each.builds === true;
    register = each.register;
    chunk.push(each);
    size += each.steps.length;
  }
  await store();
  return { register, cases, steps };
}

async function takeCases(
  all: Registers,
  id: string,
  cases: readonly SyntheticCase[],
  { seed }: SyntheticPlan,
): Promise<void> {
  const register = all.get(id);
  if (register === undefined) throw new Error(`there is no register ${id}`);
  const wanted: Parameters<typeof register.takeAll>[0][number][] = [];
  for (const { steps } of cases) {
    const first = wanted.length;
    for (const [at, step] of steps.entries())
      wanted.push({ ...step, actor: `simulate-city, seed ${seed}`, ...(at === 0 ? {} : { caseOf: first }) });
  }
  const { findings } = await register.takeAll(wanted);
  const [fault] = findings;
  if (fault !== undefined)
    throw new Error(
      `${id} refused a made-up step: ${fault.rule}: ${fault.what} (${fault.where.pointer ?? ''})`,
    );
}
