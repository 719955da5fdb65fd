import { join, resolve } from 'node:path';
import { answersFile, answersText, mergedAnswers } from '../../audit/index.ts';
import { exportPhotos, exportWorkspace, FolderNotEmpty, writeFolder } from '../../intake/index.ts';
import { answersOf } from '../audit-files.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { onPlaces, refuse } from '../place-command.ts';

const help = `modelcity export --out DIR [--workspace DIR] [--as-of N] [--json]

Writes what the database holds as workspace folders, in one normal form: loading one gives the same figures and roots.

  --out DIR         a new or empty folder; several places get a folder each, named by their id
  --workspace DIR   the workspace, or a folder of several; default: this folder
  --as-of N         as of position N of the log; default: its head
  --json            what was written as JSON on standard output

Cells of text that a spreadsheet would run as a formula (= + - @ at their beginning) get an apostrophe in front,
which loading takes away again.

Exit code: 0 done, 2 bad input.
`;

export const exportCommand: Command = (args) =>
  onPlaces(
    { name: 'export', help, options: { out: { type: 'string' } } },
    args,
    async ({ places, store }, { values }) => {
      if (typeof values.out !== 'string') return refuse('export', 'name a new folder: --out DIR');
      const out = resolve(values.out);
      const written: { city: string; asOf: number; folder: string; files: number; bytes: number }[] = [];
      for (const { folder: source, workspace, asOf, logged = [] } of places) {
        const folder = places.length === 1 ? out : join(out, workspace.city.id);
        const answers = mergedAnswers(answersOf(source).answers, logged);
        const files = [
          ...exportWorkspace(workspace),
          ...(await exportPhotos(workspace, (sha256) => store.file(sha256))),
          ...(answers.length === 0
            ? []
            : [{ path: answersFile, bytes: new TextEncoder().encode(answersText(answers)) }]),
        ];
        try {
          await writeFolder(folder, files);
        } catch (error) {
          if (error instanceof FolderNotEmpty) return refuse('export', error.message);
          throw error;
        }
        const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
        written.push({ city: workspace.city.id, asOf, folder, files: files.length, bytes });
        if (values.json !== true)
          process.stdout.write(
            `${workspace.city.id} as of position ${asOf}: ${files.length} files in ${folder}\n`,
          );
      }
      if (values.json === true) process.stdout.write(`${JSON.stringify({ written }, null, 2)}\n`);
      return exitCode.done;
    },
  );
