import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { loadWorkspace } from '../../intake/index.ts';
import {
  balanceSheet,
  loadSynthetic,
  openRegisters,
  type Registers,
  type SyntheticPlan,
  syntheticCity,
  syntheticFiles,
} from '../../registers/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { openStoreOf } from '../open-places.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity simulate-city --workspace DIR [options]

Makes a city up and fills its registers, at the scale that Shanghai has published: a day of 32,700 t of waste in four
classes through 15,000 points, 201 stations and 10 centres; a year of 1.5 Mt of hazardous waste with manifests; 300 carbon
accounts; 34,554 complaints in three years; 2,000 public purchases; the annual disclosure of 120 enterprises; a product by
district; 900 enterprises and 2,100 buildings with a meter each that reads every quarter of
an hour. Every page, record and figure says that it is synthetic, and it is a place of
its own: it never stands among what a city observed. The same seed makes the same records.

  --workspace DIR   a new or empty folder
  --thin N          one in N of everything (default 1: 488,000 steps, 4 to 12 minutes on PostgreSQL)
  --seed TEXT       default: 1
  --days N          days of domestic waste and of meter readings, 1 to 366 (default 1)
  --year YYYY       the last year that is made (default 2025)

Exit code: 0 done, 2 bad input.
`;

export const simulateCity: Command = async (args) => {
  const text = { type: 'string' } as const;
  const line = readLine(args, { thin: text, seed: text, days: text, year: text });
  if (typeof line === 'string') return refuse('simulate-city', line);
  const { values } = line;
  if (values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const root = resolve(String(values.workspace));
  const whole = (name: string, otherwise: number, least: number, most: number): number | string => {
    const given = values[name];
    if (given === undefined) return otherwise;
    const number = /^\d{1,6}$/.test(String(given)) ? Number(given) : Number.NaN;
    return number >= least && number <= most
      ? number
      : `--${name} takes a whole number from ${least} to ${most}, not '${String(given)}'`;
  };
  const [thin, days, year] = [
    whole('thin', 1, 1, 10_000),
    whole('days', 1, 1, 366),
    whole('year', 2025, 2000, 2100),
  ];
  const wrong = [thin, days, year].find((each) => typeof each === 'string');
  if (typeof wrong === 'string') return refuse('simulate-city', wrong);
  const seed = String(values.seed ?? '1');
  if (!/^[\w.-]{1,40}$/.test(seed)) return refuse('simulate-city', '--seed takes letters, digits, . _ and -');
  const plan: SyntheticPlan = { seed, thin: Number(thin), days: Number(days), year: Number(year) };
  const head = join(root, 'city.yaml');
  if (existsSync(head) && (await readFile(head, 'utf8')) !== syntheticCity(plan))
    return refuse(
      'simulate-city',
      `${root} holds a workspace already: name a new folder, so that nothing made up gets among what is there`,
    );
  for (const [path, text] of syntheticFiles(plan)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return make(root, plan);
};

async function make(root: string, plan: SyntheticPlan): Promise<number> {
  const tell = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const store = await openStoreOf(root, tell);
  try {
    const received = `${plan.year - 3}-01-01T00:00:00Z`;
    const { receipt } = await loadWorkspace(store, root, { agent: 'simulate-city', received });
    const workspace = receipt === null ? null : await store.workspace(receipt.city);
    if (workspace === null || receipt === null || receipt.position > 1)
      return refuse('simulate-city', 'the database holds this city already: name a new folder or database');
    const all = openRegisters(workspace, store, join(root, '.modelcity'));
    const start = performance.now();
    let told = 0;
    const made = await loadSynthetic(all, plan, ({ register, cases, steps }) => {
      if (performance.now() - told < 1000) return;
      told = performance.now();
      tell(`${register}: ${cases} cases, ${steps} steps, ${Math.round((told - start) / 1000)} s`);
    });
    const { loadMeters } = await import('../synthetic-meters.ts');
    const metered = await loadMeters(store, workspace, plan, (days) => {
      if (performance.now() - told < 1000) return;
      told = performance.now();
      tell(`meters: ${days} days, ${Math.round((told - start) / 1000)} s`);
    });
    const seconds = Math.round((performance.now() - start) / 1000);
    process.stdout.write(
      `${metered.meters} meters with ${metered.readings} readings (${metered.missing} lost): ${metered.total} kWh\n`,
    );
    process.stdout.write(`${made.cases} cases with ${made.steps} steps in ${seconds} s, seed ${plan.seed}\n`);
    process.stdout.write(balances(all, String(plan.year)));
    process.stdout.write(`All of it is made up. See it: modelcity serve --workspace ${root}\n`);
    return exitCode.done;
  } finally {
    await store.close();
  }
}

/** What went in, what came out and what is still there, by item: they add up to the gram. */
function balances(all: Registers, year: string): string {
  return ['domestic-waste', 'hazardous-waste']
    .flatMap((register) =>
      balanceSheet(all, register, year).map(
        ({ item, kind, inflow, outflow, closing }) =>
          `${register}\t${item}\t${kind}\tin ${inflow}\tout ${outflow}\theld ${closing}\n`,
      ),
    )
    .join('');
}
