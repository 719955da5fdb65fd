import { join, resolve } from 'node:path';
import { figureReaderOf } from '../../figures/index.ts';
import { findWorkspaces, loadWorkspace } from '../../intake/index.ts';
import type { Finding } from '../../model/index.ts';
import { describe, storedParts, writeOpenData } from '../../publish/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { checkFormulas } from '../formula-check.ts';
import { findingLines, isFree, readImportLine } from '../import/options.ts';
import { openStoreOf } from '../open-places.ts';
import { refuse } from '../place-command.ts';

const help = `modelcity open-data --out DIR [--workspace DIR] [--city ID] [--as-of N] [--stored] [--json]

Writes the data of a place in every open format: CSV with a Data Package and CSVW description, Parquet, SDMX-CSV 2.0,
SDMX-JSON 2.0 and SDMX-ML 3.0 with their structures, and a DCAT-AP 3 catalogue. docs/open-data.md says what is in which.

  --out DIR         a new or empty folder; several places get a folder each, named by their id
  --workspace DIR   the workspace, or a folder of several; default: this folder
  --city ID         only this place
  --as-of N         as of position N of the log; default: its head
  --stored          what the database holds, without loading what changed in the folders first
  --json            what was written, with sizes and hashes, as JSON on standard output

Exit code: 0 done, 2 bad input.
`;

export const openDataCommand: Command = async (args) => {
  const line = readImportLine(args, {
    out: { type: 'string' },
    workspace: { type: 'string', short: 'w', default: '.' },
    city: { type: 'string' },
    'as-of': { type: 'string' },
    stored: { type: 'boolean' },
  });
  if (typeof line === 'string') return refuse('open-data', line);
  if (line.flag('help')) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const out = line.text('out');
  const asOf = line.text('as-of');
  const directory = line.text('workspace') ?? '.';
  if (out === undefined) return refuse('open-data', 'name a new folder: --out DIR');
  if (!(await isFree(out))) return refuse('open-data', `${out} is not empty`);
  if (asOf !== undefined && !/^[1-9]\d{0,14}$/.test(asOf))
    return refuse('open-data', `--as-of takes a position of the log, a whole number from 1, not '${asOf}'`);
  const folders = await findWorkspaces(resolve(directory));
  const stored = line.flag('stored');
  if (folders.length === 0 && !stored) return refuse('open-data', `${directory} holds no workspace`);
  const store = await openStoreOf(resolve(directory), (text) => process.stderr.write(`${text}\n`));
  try {
    const findings: Finding[] = [];
    const cities: string[] = [];
    for (const folder of stored ? [] : folders) {
      const { receipt, findings: found } = await loadWorkspace(store, folder, {
        agent: 'modelcity',
        received: new Date().toISOString(),
        further: checkFormulas,
      });
      findings.push(...found.filter(({ severity }) => severity === 'error'));
      if (receipt !== null && receipt.outcome !== 'refused') cities.push(receipt.city);
    }
    if (findings.length > 0) {
      process.stderr.write(findingLines(findings));
      return exitCode.badInput;
    }
    const heads = new Map((await store.cities()).map(({ id, head }) => [id, head]));
    if (stored) cities.push(...heads.keys());
    const wanted = cities.filter((city) => line.text('city') === undefined || city === line.text('city'));
    if (wanted.length === 0) return refuse('open-data', `there is no place ${line.text('city')}`);
    const at = (city: string) => ({
      city,
      asOf: Math.min(Number(asOf ?? Number.MAX_SAFE_INTEGER), heads.get(city) ?? 0),
    });
    const parts = new Map<string, string | undefined>();
    for (const city of cities) parts.set(city, (await store.definitions(city, at(city).asOf))?.city.partOf);
    const written = [];
    for (const city of wanted) {
      const related = cities.filter((each) => parts.get(each) === city).map(at);
      const reader = await figureReaderOf(store, at(city), { related, atOnce: 6_000 });
      if (reader === null) continue;
      const folder = wanted.length === 1 ? resolve(out) : join(resolve(out), city);
      const made = await writeOpenData(
        folder,
        describe(reader.workspace, reader.asOf),
        storedParts(reader, store),
      );
      written.push({ city, asOf: reader.asOf, folder, ...made });
      if (!line.flag('json'))
        process.stdout.write(
          `${city} as of position ${reader.asOf}: ${made.rows} values in ${made.files.length} files, ${folder}${made.undated === 0 ? '' : `; ${made.undated} without a date are not in SDMX`}\n`,
        );
    }
    if (line.flag('json')) process.stdout.write(`${JSON.stringify({ written }, null, 1)}\n`);
    return exitCode.done;
  } finally {
    await store.close();
  }
};
