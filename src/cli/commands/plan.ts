import { readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { CellTooLong, planFormat, readPlanFile, writePlanFile } from '../../intake/index.ts';
import { type Finding, findingText, type Plan } from '../../model/index.ts';
import { plannedActs, writeActs } from '../../plan/index.ts';
import { checkLetter, type LetterSeal, letterSealSchema } from '../../publish/index.ts';
import { sha256Hex } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import type { OpenPlace, OpenPlaces } from '../open-places.ts';
import { type Line, onPlaces, readLine, refuse } from '../place-command.ts';

const help = `modelcity plan export FILE [--plan ID] [--workspace DIR] [--as-of N]
modelcity plan check FILE [--out FILE] [--workspace DIR]
modelcity plan verify LETTER.json [PDF…] [--fingerprint HEX]
modelcity plan import FILE --reason TEXT [--by NAME] [--withdraw-missing] [--workspace DIR]

A plan as a file that people edit: CSV or XLSX (a row for each commitment, and one for each further target, budget, piece of
evidence and change under it) or YAML, by how the name of the file ends. Nothing is lost on the way out and in again.

  export   writes the plan as it stands, with what it said before
  check    tells what is wrong in a file, with row and column, and what it would change; --out writes it in another format
  import   writes what the file changes into the log: who, when and why; nothing that was promised is overwritten

  verify   checks the signature of a responsibility letter, and that PDFs are the ones that were signed; needs no workspace

  --plan ID            which plan; needed where there are several
  --reason TEXT        why the plan changes
  --by NAME            who changes it; default: the name of the user of this machine
  --withdraw-missing   commitments that the file leaves out are withdrawn; without it they stay
  --place ID           which place; needed where the folder holds several with a plan
  --fingerprint HEX    the fingerprint of the city's key, as the city prints it
  --json               what was found and done as JSON on standard output

Exit code: 0 done, 1 the signature or a PDF is not as it was signed, 2 bad input.
`;

const options = {
  plan: { type: 'string' },
  place: { type: 'string' },
  out: { type: 'string' },
  reason: { type: 'string' },
  fingerprint: { type: 'string' },
  by: { type: 'string' },
  'withdraw-missing': { type: 'boolean', default: false },
} as const;

export const planCommand: Command = async (args) => {
  const line = readLine(args, options, 'own');
  if (typeof line !== 'string' && line.values.help !== true && line.words[0] === 'verify')
    return verifyLetter(line);
  return onPlaces(
    { name: 'plan', help, options, words: 'own', log: () => () => undefined },
    args,
    async (opened, line) => {
      const [verb, file, ...rest] = line.words;
      if (rest.length > 0 || file === undefined || !['export', 'check', 'import'].includes(verb ?? ''))
        return refuse('plan', 'say export, check or import, and a file: modelcity plan export plan.xlsx');
      if (planFormat(file) === null)
        return refuse('plan', `the name of the file ends in .csv, .xlsx or .yaml, not '${file}'`);
      const place = placeOf(opened, line);
      if (typeof place === 'string') return refuse('plan', place);
      if (verb === 'export') return exportPlan(place, file, line);
      return takeIn(opened, place, file, line, verb === 'import');
    },
  );
};

/** Checks a letter by itself: its signature, whose key, and the hashes of the PDFs that are named. */
function verifyLetter({ words, values }: Line): number {
  const [, file, ...pdfs] = words;
  if (file === undefined)
    return refuse('plan', 'name the letter: modelcity plan verify letter.json letter.zh.pdf');
  let seal: LetterSeal;
  try {
    const read = letterSealSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!read.success) return refuse('plan', `${file} is no responsibility letter`);
    seal = read.data;
  } catch {
    return refuse('plan', `${file} cannot be read as JSON`);
  }
  const { holds, fingerprint } = checkLetter(seal);
  const wrong: string[] = holds ? [] : ['the signature does not fit the letter'];
  const wanted = values.fingerprint;
  if (typeof wanted === 'string' && wanted.toLowerCase() !== fingerprint)
    wrong.push(`it was signed with the key ${fingerprint ?? 'unknown'}, not ${wanted}`);
  for (const pdf of pdfs) {
    let hash: string;
    try {
      hash = sha256Hex(readFileSync(pdf));
    } catch {
      return refuse('plan', `${pdf} cannot be read`);
    }
    if (!Object.values(seal.pdf).includes(hash)) wrong.push(`${pdf} is not a file that was signed`);
  }
  for (const each of wrong) process.stderr.write(`${file}: ${each}\n`);
  if (wrong.length > 0) return exitCode.findings;
  process.stdout.write(`${file}: signed with the key ${fingerprint ?? ''}; ${pdfs.length} PDF as signed\n`);
  return exitCode.done;
}

async function exportPlan(place: OpenPlace, file: string, line: Line): Promise<number> {
  const plan = planOf(place, line);
  if (typeof plan === 'string') return refuse('plan', plan);
  const wrong = await write(plan, file);
  if (wrong !== null) return refuse('plan', wrong);
  process.stdout.write(
    line.values.json === true
      ? `${JSON.stringify({ plan: plan.id, asOf: place.asOf, commitments: plan.commitments.length, file })}\n`
      : `${plan.id} as of position ${place.asOf}: ${plan.commitments.length} commitments in ${file}\n`,
  );
  return exitCode.done;
}

async function takeIn(
  { store }: OpenPlaces,
  place: OpenPlace,
  file: string,
  line: Line,
  stores: boolean,
): Promise<number> {
  const reason = String(line.values.reason ?? '').trim();
  if (stores && reason === '') return refuse('plan', 'say why the plan changes: --reason TEXT');
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    return refuse('plan', `${file} cannot be read`);
  }
  const { plan, findings } = readPlanFile(basename(file), bytes, place.workspace);
  tell(findings);
  if (plan === null) return exitCode.badInput;
  const out = line.values.out;
  if (typeof out === 'string') {
    if (planFormat(out) === null)
      return refuse('plan', `the name of the file ends in .csv, .xlsx or .yaml, not '${out}'`);
    const wrong = await write(plan, out);
    if (wrong !== null) return refuse('plan', wrong);
  }
  const before = place.workspace.plans.find(({ id }) => id === plan.id);
  if (before === undefined) {
    if (stores)
      return refuse(
        'plan',
        `${place.workspace.city.id} has no plan ${plan.id}: write it into its workspace first (modelcity plan check ${file} --out plans/${plan.id}.yaml)`,
      );
    process.stdout.write(`${plan.id}: ${plan.commitments.length} commitments, a plan of its own\n`);
    return exitCode.done;
  }
  const now = new Date();
  const acts = plannedActs(
    before,
    plan,
    line.values['withdraw-missing'] === true
      ? { on: now.toISOString().slice(0, 10), reason: reason || 'left out' }
      : null,
  );
  const counted = { added: 0, changed: 0, withdrawn: 0, restored: 0 };
  for (const { kind } of acts) counted[kind] += 1;
  const name =
    typeof line.values.by === 'string' && line.values.by.trim() !== '' ? line.values.by.trim() : userName();
  if (stores) {
    const done = await writeActs(
      store,
      place.workspace,
      plan.id,
      { id: 'modelcity', name, now },
      reason,
      acts,
    );
    if (done.outcome === 'refused') {
      tell(done.findings);
      return exitCode.badInput;
    }
    if (done.outcome === 'moved')
      return refuse(
        'plan',
        `somebody else changed ${done.commitments.join(', ')} meanwhile; nothing was stored`,
      );
  }
  const said = Object.entries(counted).flatMap(([kind, n]) => (n === 0 ? [] : [`${n} ${kind}`]));
  process.stdout.write(
    line.values.json === true
      ? `${JSON.stringify({ plan: plan.id, stored: stores, ...counted, commitments: acts.map(({ kind, commitment }) => ({ id: commitment.id, kind })) })}\n`
      : `${plan.id}: ${plan.commitments.length} commitments; ${said.length === 0 ? 'nothing differs' : said.join(', ')}${stores ? '' : ' if brought in'}\n`,
  );
  return exitCode.done;
}

async function write(plan: Plan, file: string): Promise<string | null> {
  try {
    writeFileSync(resolve(file), await writePlanFile(plan, planFormat(file) ?? 'yaml'));
    return null;
  } catch (error) {
    if (error instanceof CellTooLong) return error.message;
    if (error instanceof Error && 'code' in error) return `${file} cannot be written: ${error.message}`;
    throw error;
  }
}

function placeOf({ places }: OpenPlaces, { values }: Line): OpenPlace | string {
  const named = typeof values.place === 'string' ? values.place : null;
  const planned = places.filter(({ workspace }) =>
    named === null ? workspace.plans.length > 0 || places.length === 1 : workspace.city.id === named,
  );
  const [place] = planned;
  if (place === undefined) return named === null ? 'no place here has a plan' : `there is no place ${named}`;
  return planned.length === 1
    ? place
    : `several places have a plan: --place ${planned.map(({ workspace }) => workspace.city.id).join(' | ')}`;
}

function planOf({ workspace }: OpenPlace, { values }: Line): Plan | string {
  const { plans } = workspace;
  const wanted = typeof values.plan === 'string' ? plans.filter(({ id }) => id === values.plan) : plans;
  const [plan] = wanted;
  if (plan === undefined)
    return `${workspace.city.id} has ${plans.length === 0 ? 'no plan' : `the plans ${plans.map(({ id }) => id).join(', ')}`}`;
  return wanted.length === 1 ? plan : `say which plan: --plan ${wanted.map(({ id }) => id).join(' | ')}`;
}

const tell = (findings: readonly Finding[]): void => {
  process.stderr.write(findings.map((finding) => `${findingText(finding)}\n`).join(''));
};

function userName(): string {
  return process.env.USER ?? process.env.USERNAME ?? 'modelcity';
}
