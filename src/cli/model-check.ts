import { sha256 } from '../figures/index.ts';
import { modelFilesOf, type ParsedWorkspace } from '../intake/index.ts';
import type { Finding, Workspace } from '../model/index.ts';
import { openCityModel } from '../simulate/index.ts';

/** Whether the model that a workspace keeps can be run, and names only what the place has. */
export function checkModel({ workspace }: ParsedWorkspace): readonly Finding[] {
  const own = workspace?.model;
  const files = workspace == null || own === undefined ? null : modelFilesOf(workspace.city.id, own);
  if (workspace == null || own === undefined || files === null) return [];
  // Findings name the file that a person can open: the workspace's own, or the shipped one.
  const inWorkspace = (part: 'place' | 'equations' | 'words', file: string, name: string) =>
    own[part] === undefined ? file : `models/${own.id}.${name}`;
  const { model, place, words } = files;
  const placeFile = inWorkspace('place', place.file, 'place.json');
  const outcome = openCityModel(
    {
      city: files.city,
      model: { ...model, file: inWorkspace('equations', model.file, 'xmile') },
      place: { ...place, file: placeFile },
      words: { ...words, file: inWorkspace('words', words.file, 'words.json') },
    },
    sha256,
  );
  return outcome.ok
    ? unknownIndicators(workspace, outcome.value.history.indicators ?? [], placeFile)
    : outcome.findings;
}

function unknownIndicators(
  { indicators }: Workspace,
  links: readonly { readonly indicator: string }[],
  file: string,
): Finding[] {
  const known = new Set(indicators.map(({ id }) => id));
  return links.flatMap(({ indicator }, at) =>
    known.has(indicator)
      ? []
      : [
          {
            rule: 'model.indicator',
            severity: 'error' as const,
            where: { file, pointer: `/indicators/${at}/indicator` },
            what: `the workspace has no indicator '${indicator}'`,
            why: 'a variable of the model is drawn beside the indicator that measures the same',
            mend: 'name an indicator of the workspace, or take the link out',
          },
        ],
  );
}
