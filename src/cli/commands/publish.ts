import { join, resolve } from 'node:path';
import { type Finding, findingText } from '../../model/index.ts';
import type { Published } from '../../publish/index.ts';
import { withAuditFiles } from '../audit-files.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { onPlaces, refuse } from '../place-command.ts';
import { editionsFolder, type PublishedReview, publishPlaces } from '../publish-places.ts';

const help = `modelcity publish [--workspace DIR] [--city ID] [--review ID] [--out DIR] [--no-site] [--json]

Freezes reviews as editions: site, PDF, Word, data and a signed manifest of every figure, linked to the editions before.
An edition is a folder and the same as an archive; 'modelcity verify' checks either without a network.

  --workspace DIR   the workspace, or a folder of several; default: this folder
  --city ID         only this place; default: every place that has a review and belongs to no other
  --review ID       only this review
  --out DIR         the folder of all editions; default: .modelcity/editions in the workspace
  --no-site         without the pages of the site
  --json            what was published as one JSON document on standard output

The city's key is kept in .modelcity/keys and made at first use; keep it secret and keep a copy.

Exit code: 0 done, 1 done with warnings, 2 an error in a review: its edition was not written.
`;

export const publish: Command = (args) =>
  onPlaces(
    {
      name: 'publish',
      help,
      options: {
        city: { type: 'string' },
        review: { type: 'string' },
        out: { type: 'string' },
        'no-site': { type: 'boolean', default: false },
      },
    },
    args,
    async ({ places }, { values }) => {
      const home = join(resolve(String(values.workspace)), '.modelcity');
      const out = typeof values.out === 'string' ? values.out : editionsFolder(home);
      const results: PublishedReview[] = [];
      const text = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined);
      for await (const result of publishPlaces({
        places: await withAuditFiles(places),
        home,
        out,
        city: text(values.city),
        review: text(values.review),
        site: values['no-site'] !== true,
        log: (line) => process.stderr.write(`${line}\n`),
      })) {
        results.push(result);
        if (values.json !== true) report(result.city, result.review, result.published);
      }
      if (results.length === 0) return refuse('publish', 'there is no such review in this workspace');
      if (values.json === true) process.stdout.write(`${JSON.stringify({ editions: results }, null, 1)}\n`);
      const findings = results.flatMap(({ published }) => published.findings);
      if (results.some(({ published }) => published.folder === null)) return exitCode.badInput;
      return findings.some(({ severity }) => severity === 'warning') ? exitCode.findings : exitCode.done;
    },
  );

function report(
  city: string,
  review: string,
  { folder, archive, root, unchanged, findings }: Published,
): void {
  const shown = findings.filter(({ severity }: Finding) => severity !== 'note');
  process.stderr.write(
    shown
      .slice(0, 40)
      .map((finding) => `${findingText(finding)}\n`)
      .join(''),
  );
  if (shown.length > 40) process.stderr.write(`… and ${shown.length - 40} more; --json lists all\n`);
  if (folder === null) process.stderr.write(`${city} ${review}: not published\n`);
  else
    process.stdout.write(
      `${unchanged ? 'unchanged' : 'published'} ${folder}\n  archive ${archive}\n  root ${root}\n`,
    );
}
