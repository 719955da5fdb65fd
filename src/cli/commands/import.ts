import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { importBoundariesCommand } from '../import/boundaries.ts';
import { importOpenSdgCommand } from '../import/open-sdg.ts';
import { importDhis2Command, importSdmxCommand, importTableCommand } from '../import/ways.ts';
import { refuse } from '../place-command.ts';

const help = `modelcity import KIND …

  open-sdg DIR --out WORKSPACE        a data repository of Open SDG
  sdmx FILE --out WORKSPACE           a data message: SDMX-CSV, SDMX-JSON, SDMX-ML
  table FILE [--out WORKSPACE]        a CSV or Excel table; guesses its columns and remembers them
  dhis2 METADATA VALUES --out …       a metadata export and a data value set of DHIS2
  boundaries FILE --workspace DIR     a map layer, GeoJSON or TopoJSON, into a workspace

'modelcity import KIND --help' tells the options of each. docs/import.md says what becomes of what.
`;

const kinds: Readonly<Record<string, Command>> = {
  'open-sdg': importOpenSdgCommand,
  sdmx: importSdmxCommand,
  table: importTableCommand,
  dhis2: importDhis2Command,
  boundaries: importBoundariesCommand,
};

export const importCommand: Command = async (args) => {
  const [kind, ...rest] = args;
  if (kind === undefined || kind === '--help' || kind === '-h') {
    process.stdout.write(help);
    return kind === undefined ? exitCode.badInput : exitCode.done;
  }
  const command = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (command === undefined)
    return refuse('import', `there is no kind '${kind}'; known are ${Object.keys(kinds).join(', ')}`);
  return command(rest);
};
