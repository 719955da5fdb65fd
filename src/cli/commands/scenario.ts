import { parseArgs } from 'node:util';
import { readFigureCode } from '../../figures/index.ts';
import {
  findWorkspaces,
  modelFilesOf,
  modelledCities,
  parseWorkspace,
  readFolder,
} from '../../intake/index.ts';
import { findingText } from '../../model/index.ts';
import {
  hasScenarios,
  type ModelledPlace,
  recomputeScenario,
  type ScenarioBook,
  type ScenarioFigure,
  scenarioBookOf,
} from '../../review/index.ts';
import { csvPieces } from '../../simulate/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { checkModel } from '../model-check.ts';
import { refuse } from '../place-command.ts';

const help = `modelcity scenario CODE | CITY [--workspace DIR] [--scenario ID] [--variable NAME --period YEAR] [--csv] [--json]

Results of the named scenarios of a place's model, as forecast figures with all that repeats them.

  CODE             a figure's code as a review prints it, such as 7K2QM4XRB3ZD or F·7K2QM4XRB3ZD: the model is run again
  CITY             the place: lists its scenarios
  --workspace DIR  a workspace, or a folder of several, with models of their own; without it those that are shipped
  --scenario ID    only this one; default: baseline
  --variable NAME  a variable under its name in the model's file
  --period YEAR    a year of the run
  --csv            every variable of the scenario as CSV
  --json           as one JSON document

Exit code: 0 done, 1 the figure does not recompute, 2 there is no such place, scenario, variable, year or code.
`;

export const scenario: Command = async (args) => {
  let line: ReturnType<typeof read>;
  try {
    line = read(args);
  } catch (error) {
    return refuse('scenario', error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = line;
  const [word] = positionals;
  if (values.help) {
    process.stdout.write(help);
    return exitCode.done;
  }
  if (word === undefined || positionals.length > 1) return refuse('scenario', 'name one code or one place');
  const places = await placesOf(values.workspace);
  if (typeof places === 'string') return refuse('scenario', places);
  const place = places.find(({ city }) => city.id === word);
  if (place === undefined) {
    const code = readFigureCode(word);
    for (const each of code === null ? [] : places) {
      const figure = code === null ? null : (scenarioBookOf(each)?.byCode(code) ?? null);
      if (figure !== null) return tell(figure, each, values.json);
    }
    const known = places.map(({ city }) => city.id).join(', ');
    return refuse(
      'scenario',
      `'${word}' is neither a place with a model (${known}) nor the code of a result`,
    );
  }
  const book = scenarioBookOf(place);
  if (book === null) return refuse('scenario', `no model is kept for ${word}`);
  const id = values.scenario ?? 'baseline';
  const chosen = book.scenario(id);
  if (chosen === undefined)
    return refuse(
      'scenario',
      `no scenario is called '${id}': ${book.scenarios.map((one) => one.id).join(', ')}`,
    );
  if (values.csv) {
    for (const piece of csvPieces(book.table(chosen))) process.stdout.write(piece);
    return exitCode.done;
  }
  if (values.variable === undefined && values.period === undefined) return listing(book, values.json);
  const figure = book.figure(id, values.variable ?? '', values.period ?? '');
  if (figure === null)
    return refuse(
      'scenario',
      `the model has no result for '${values.variable ?? ''}' in ${values.period ?? 'no year'}`,
    );
  return tell(figure, place, values.json);
};

/** The places with a model: those that are shipped, or those of a folder; a text when the folder cannot be read. */
async function placesOf(directory: string | undefined): Promise<readonly ModelledPlace[] | string> {
  if (directory === undefined) return modelledCities().map((id) => ({ city: { id } }));
  const folders = await findWorkspaces(directory);
  if (folders.length === 0) return `${directory} holds no city.yaml, and none of its folders does`;
  const places: ModelledPlace[] = [];
  for (const folder of folders) {
    const { files } = await readFolder(folder);
    const parsed = parseWorkspace(files);
    const errors = [...parsed.findings, ...checkModel(parsed)].filter(({ severity }) => severity === 'error');
    if (parsed.workspace === null || errors.length > 0)
      return errors.map((finding) => `${folder}/${findingText(finding)}`).join('\n');
    if (hasScenarios(parsed.workspace)) places.push(parsed.workspace);
  }
  return places;
}

function read(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      workspace: { type: 'string', short: 'w' },
      scenario: { type: 'string' },
      variable: { type: 'string' },
      period: { type: 'string' },
      csv: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}

function listing({ model, scenarios }: ScenarioBook, json: boolean): number {
  const { city, hash, engine } = model.sheet;
  if (json) process.stdout.write(`${JSON.stringify({ city, model: hash, engine, scenarios }, null, 1)}\n`);
  else
    process.stdout.write(
      `${city}  model ${hash}  engine ${engine}\n${scenarios
        .map(
          ({ id, name, seed, values }) =>
            `  ${id.padEnd(14)} ${name.en}; seed ${seed}, ${Object.keys(values).length} levers\n`,
        )
        .join('')}`,
    );
  return exitCode.done;
}

/** A figure with its provenance, run again from the model's files. */
function tell(figure: ScenarioFigure, place: ModelledPlace, json: boolean): number {
  const files = modelFilesOf(figure.city, place.model);
  const wrong = files === null ? 'no model is kept' : recomputeScenario(figure, files);
  if (json) process.stdout.write(`${JSON.stringify({ figure, differs: wrong }, null, 1)}\n`);
  else {
    const set = Object.entries(figure.values).map(([name, value]) => `${name} = ${value}`);
    process.stdout.write(
      [
        `F·${figure.code}  ${figure.variable}, ${figure.city}, ${figure.period}  (forecast, OBS_STATUS F)`,
        `  value       ${figure.value} ${figure.unit}`,
        `  scenario    ${figure.scenario}${set.length === 0 ? ', no lever moved' : ''}`,
        ...set.map((one) => `              ${one}`),
        `  model       ${figure.model}`,
        `  engine      ${figure.engine}, seed ${figure.seed}`,
        `  recomputed  ${wrong ?? 'the same value'}`,
        '',
      ].join('\n'),
    );
  }
  return wrong === null ? exitCode.done : exitCode.findings;
}
