import { z } from 'zod';
import {
  type Compiled,
  cellKey,
  generatedKernel,
  leversOf,
  literalSlots,
  type Optimum,
  optimise,
  readAnnotations,
  runner,
  valueAt,
} from '../simulate/index.ts';

const number = z.number();
const plan = z.strictObject({
  note: z.string().optional(),
  levers: z
    .array(z.strictObject({ name: z.string(), min: number, max: number }))
    .min(1)
    .max(60)
    .optional(),
  targets: z
    .array(
      z.strictObject({
        variable: z.string(),
        time: number,
        sense: z.enum(['at most', 'at least']),
        value: number,
        line: z.string().optional(),
        note: z.string().optional(),
      }),
    )
    .min(1)
    .max(60),
  cost: z.strictObject({ variable: z.string(), time: number }),
  generations: z.int().min(1).max(2000).optional(),
});

/** What is looked for: levers with bounds (all of the model where none are named), targets, and what must be least. */
export type OptimumPlan = z.infer<typeof plan>;

/** Reads a plan; a list of texts tells what does not fit. */
export function readPlan(text: string): OptimumPlan | string[] {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return ['the file is no JSON'];
  }
  const outcome = plan.safeParse(found);
  return outcome.success
    ? outcome.data
    : outcome.error.issues.map((issue) => `/${issue.path.map(String).join('/')}: ${issue.message}`);
}

/** Where a plan does not fit the model: names and times that it does not have. */
export function misfits(compiled: Compiled, asked: OptimumPlan): string[] {
  const known = new Set(compiled.cells.slice(0, compiled.visible).map((cell) => cellKey(cell.name)));
  const constants = literalSlots(compiled);
  const { start, stop } = compiled.run;
  const read = [...asked.targets, asked.cost];
  return [
    ...read.flatMap(({ variable }) =>
      known.has(cellKey(variable)) ? [] : [`'${variable}' is no variable of the model`],
    ),
    ...read.flatMap(({ time }) =>
      time >= start && time <= stop ? [] : [`${time} lies outside the run, ${start} to ${stop}`],
    ),
    ...(asked.levers ?? []).flatMap(({ name, min, max }) => [
      ...(constants.has(cellKey(name)) ? [] : [`'${name}' is no constant of the model`]),
      ...(min < max ? [] : [`the bounds of '${name}' are ${min} and ${max}`]),
    ]),
  ];
}

/** What was found, beside what the model gives without any lever. */
export function optimum(compiled: Compiled, text: string, file: string, asked: OptimumPlan, seed: number) {
  const made = runner(compiled, generatedKernel(compiled));
  const levers =
    asked.levers ??
    leversOf(compiled, readAnnotations(text, file)).map(({ name, min, max }) => ({
      name: name.en,
      min,
      max,
    }));
  const before = made.run();
  const found: Optimum = optimise(made, {
    levers,
    targets: asked.targets.map(({ variable, time, sense, value }) => ({ variable, time, sense, value })),
    cost: asked.cost,
    seed,
    ...(asked.generations === undefined ? {} : { generations: asked.generations }),
  });
  return {
    method:
      'differential evolution (Storn and Price 1997, rand/1/bin) with Deb’s rule for targets, then each lever is drawn back as far as the targets allow; the least cost found, not proven',
    seed,
    runs: found.runs,
    feasible: found.feasible,
    cost: { ...asked.cost, value: found.cost, before: valueAt(before, asked.cost.variable, asked.cost.time) },
    targets: found.targets.map((target) => ({
      ...target,
      before: valueAt(before, target.variable, target.time),
    })),
    levers: found.levers.map((lever, i) => ({ ...lever, min: levers[i]?.min, max: levers[i]?.max })),
  };
}
