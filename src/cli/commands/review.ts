import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, findingText } from '../../model/index.ts';
import { reviewFiles } from '../../publish/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import type { OpenPlace } from '../open-places.ts';
import { onPlaces, refuse } from '../place-command.ts';

const help = `modelcity review [--workspace DIR] [--city ID] [--review ID] [--lang en|zh] [--out DIR] [--as-of N] [--json]

Typesets the reviews of a workspace: PDF to read (PDF/UA-1), PDF to archive (PDF/A-2a), Word, and one HTML page, in each
language. Tells every number typed by hand, every missing value and what a voluntary local review still lacks.

  --workspace DIR   the workspace, or a folder of several; default: this folder
  --city ID         only this place
  --review ID       only this review
  --lang en|zh      only this language
  --out DIR         where the files go; default: ./review
  --json            findings and files as one JSON document on standard output

Exit code: 0 done, 1 done with warnings, 2 an error in the text: that review was not written.
`;

export const review: Command = (args) =>
  onPlaces(
    {
      name: 'review',
      help,
      options: {
        city: { type: 'string' },
        review: { type: 'string' },
        lang: { type: 'string' },
        out: { type: 'string', default: 'review' },
      },
    },
    args,
    async ({ places }, { values }) => {
      const out = String(values.out);
      if (values.lang !== undefined && values.lang !== 'en' && values.lang !== 'zh')
        return refuse('review', `--lang is en or zh, not '${values.lang}'`);
      const chosen = places
        .filter(({ workspace }) => values.city === undefined || workspace.city.id === values.city)
        .flatMap((place) =>
          place.workspace.reviews
            .filter(({ head }) => values.review === undefined || head.id === values.review)
            .flatMap((each) =>
              place.workspace.city.languages
                .filter((language) => values.lang === undefined || language === values.lang)
                .map((language) => ({
                  place,
                  review: each,
                  language,
                  related: relatedPlaces(place, places),
                })),
            ),
        );
      if (chosen.length === 0) return refuse('review', 'there is no such review in this workspace');
      mkdirSync(out, { recursive: true });
      const findings: Finding[] = [];
      const written: string[] = [];
      for (const choice of chosen) {
        const made = await reviewFiles(choice, '');
        for (const [name, bytes] of made.files) {
          writeFileSync(join(out, name), bytes);
          written.push(join(out, name));
        }
        findings.push(...made.findings);
        if (values.json !== true)
          for (const name of made.files.keys()) process.stdout.write(`${join(out, name)}\n`);
      }
      if (values.json === true)
        process.stdout.write(`${JSON.stringify({ files: written, findings }, null, 1)}\n`);
      else for (const finding of findings) process.stderr.write(`${findingText(finding)}\n`);
      if (findings.some(({ severity }) => severity === 'error')) return exitCode.badInput;
      return findings.some(({ severity }) => severity === 'warning') ? exitCode.findings : exitCode.done;
    },
  );

/** The places whose reviews belong together: the city and its districts ("1+X"). */
export function relatedPlaces(place: OpenPlace, places: readonly OpenPlace[]): readonly OpenPlace[] {
  const { id, partOf } = place.workspace.city;
  return places.filter(
    ({ workspace: { city } }) => city.id !== id && (city.partOf === id || city.id === partOf),
  );
}
