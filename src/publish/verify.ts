import { FigureSet, leafHash, recompute, sha256, treeHash } from '../figures/index.ts';
import { parseWorkspace } from '../intake/index.ts';
import type { Figure, Finding, Workspace } from '../model/index.ts';
import { recomputeScenario, type ScenarioFigure } from '../review/index.ts';
import { UnsafeArchive } from './archive.ts';
import { dataFiles } from './data-files.ts';
import {
  type EditionFiles,
  manifestFile,
  openEdition,
  sealFile,
  treeFile,
  unlisted,
} from './edition-files.ts';
import { checkSeal, type Seal, sealSchema, type Trusted } from './edition-log.ts';
import { type Manifest, manifestLeaves, manifestSchema } from './manifest.ts';

export interface Verified {
  /** What differs; the first is the first difference. Empty: everything agrees. */
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly figures: number;
  readonly root: string | null;
  readonly seal: Seal | null;
}

/** Findings beyond this many are counted, not listed. */
const mostFindings = 50;

/**
 * Checks an edition offline: seal and history, the manifest against the signed root, every file against its hash, every
 * figure from its own contributions, every figure anew from the workspaces inside, and the data files from the manifest.
 */
export function verifyEdition(path: string, trusted: Trusted = {}): Verified {
  const nothing = { files: 0, figures: 0, root: null, seal: null };
  let files: EditionFiles;
  try {
    files = openEdition(path);
  } catch (error) {
    if (!(error instanceof UnsafeArchive)) throw error;
    return { ...nothing, findings: [difference('edition.unsafe', path, error.message)] };
  }
  const seal = readJson(files, sealFile, sealSchema);
  const manifest = readJson(files, manifestFile, manifestSchema);
  if ('finding' in manifest) return { ...nothing, findings: [manifest.finding] };
  if ('finding' in seal) return { ...nothing, findings: [seal.finding] };
  const findings = [
    ...checkSeal(seal.value, trusted),
    ...checkTree(manifest.value, seal.value, files),
    ...checkFiles(manifest.value, files),
    ...checkFigures(manifest.value, files),
    ...checkData(manifest.value, files),
    ...checkScenarios(manifest.value, files),
  ];
  const cut = findings.slice(0, mostFindings);
  if (findings.length > mostFindings)
    cut.push(difference('edition.more', manifestFile, `${findings.length - mostFindings} more differences`));
  return {
    findings: cut,
    files: manifest.value.files.length,
    figures: manifest.value.figures.length,
    root: seal.value.log.at(-1)?.root ?? null,
    seal: seal.value,
  };
}

function difference(rule: string, file: string, what: string, pointer?: string): Finding {
  return {
    rule,
    severity: 'error',
    where: { file, ...(pointer === undefined ? {} : { pointer }) },
    what,
    why: 'the edition is not what the city signed',
    mend: 'take it again from its publisher; if it still differs, ask the city',
  };
}

interface Reader<T> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { message: string; path: readonly PropertyKey[] }[] } };
}

function readJson<T>(
  files: EditionFiles,
  file: string,
  schema: Reader<T>,
): { value: T } | { finding: Finding } {
  const bytes = files.read(file);
  if (bytes === null)
    return { finding: difference('edition.none', file, `there is no ${file}: this is no edition`) };
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { finding: difference('edition.damaged', file, `${file} is not JSON`) };
  }
  const read = schema.safeParse(json);
  if (read.success) return { value: read.data };
  const [issue] = read.error.issues;
  return {
    finding: difference(
      'edition.damaged',
      file,
      `${file} cannot be read: ${issue?.message ?? 'its form is wrong'}`,
      `/${(issue?.path ?? []).map(String).join('/')}`,
    ),
  };
}

/** The manifest's entries against the signed root; the list of leaf hashes names the entry that was changed. */
function checkTree(manifest: Manifest, seal: Seal, files: EditionFiles): Finding[] {
  const leaves = manifestLeaves(manifest);
  const signed = seal.log.at(-1);
  const root = treeHash(leaves.map(({ leaf }) => leaf));
  if (signed !== undefined && root === signed.root && leaves.length === signed.size) return [];
  const listed = new TextDecoder()
    .decode(files.read(treeFile) ?? new Uint8Array())
    .split('\n')
    .filter((line) => line !== '');
  const changed = leaves.findIndex(({ leaf }, at) => leafHash(leaf) !== listed[at]);
  const entry = changed >= 0 ? leaves[changed] : undefined;
  const named =
    entry === undefined ? 'an entry was added or taken out' : `the first entry that differs is ${entry.name}`;
  return [
    difference(
      'edition.root',
      manifestFile,
      `the manifest gives the root ${root}, signed is ${signed?.root ?? 'nothing'}; ${named}`,
    ),
  ];
}

function checkFiles(manifest: Manifest, files: EditionFiles): Finding[] {
  const findings: Finding[] = [];
  const listed = new Set(manifest.files.map(({ path }) => path));
  for (const { path, sha256: expected } of manifest.files) {
    const bytes = files.read(path);
    if (bytes === null)
      findings.push(difference('edition.file-missing', path, `the file ${path} is missing`));
    else if (sha256(bytes) !== expected)
      findings.push(difference('edition.file', path, `the file ${path} was changed`));
  }
  for (const path of files.paths)
    if (!listed.has(path) && !unlisted.has(path))
      findings.push(
        difference('edition.file-added', path, `the file ${path} does not belong to the edition`),
      );
  return findings;
}

function checkFigures(manifest: Manifest, files: EditionFiles): Finding[] {
  const findings = manifest.figures.flatMap((figure) => recompute(figure, manifestFile));
  const workspaces: Workspace[] = [];
  for (const { city } of manifest.places) {
    const folder = `workspace/${city}/`;
    const submitted = files.paths
      .filter((path) => path.startsWith(folder))
      .flatMap((path) => {
        const bytes = files.read(path);
        return bytes === null ? [] : [{ path: path.slice(folder.length), bytes }];
      });
    const { workspace, findings: wrong } = parseWorkspace(submitted);
    if (workspace !== null) workspaces.push(workspace);
    else
      findings.push(
        ...wrong
          .filter(({ severity }) => severity === 'error')
          .slice(0, 5)
          .map((each) => ({ ...each, where: { ...each.where, file: folder + each.where.file } })),
      );
  }
  for (const { city, asOf } of manifest.places) {
    const workspace = workspaces.find((each) => each.city.id === city);
    if (workspace === undefined) continue;
    const set = new FigureSet(workspace, {
      asOf,
      related: workspaces.filter((each) => each.city.partOf === city),
    });
    for (const figure of manifest.figures)
      if (figure.key.city === city) {
        const what = figureDifference(figure, set.get(figure.key));
        if (what !== null)
          findings.push(difference('edition.figure', `workspace/${city}`, what, `/figures/${figure.code}`));
      }
  }
  return findings;
}

/** What differs between a published figure and the one computed from the workspace, down to the contribution. */
function figureDifference(published: Figure, computed: Figure): string | null {
  const name = `figure ${published.code} (${published.key.indicator}, ${published.key.area})`;
  if (published.root !== computed.root) {
    const other = new Map(computed.contributions.map((each) => [`${each.role} ${each.record}`, each]));
    for (const { role, record, quantity, unit, status, source, locator } of published.contributions) {
      const now = other.get(`${role} ${record}`);
      if (now === undefined) return `${name}: the workspace no longer holds its contribution ${record}`;
      if (
        now.quantity !== quantity ||
        now.unit !== unit ||
        now.status !== status ||
        now.source !== source ||
        now.locator !== locator
      )
        return `${name}: the contribution ${record} is ${quantity ?? 'missing'} ${unit} (${status}, ${source} ${locator}) in the manifest and ${now.quantity ?? 'missing'} ${now.unit} (${now.status}, ${now.source} ${now.locator}) in the workspace`;
    }
    return `${name}: the workspace gives it ${computed.contributions.length} contributions, the manifest ${published.contributions.length}`;
  }
  if (published.value !== computed.value)
    return `${name}: the workspace gives ${computed.value ?? 'no value'}, the manifest ${published.value ?? 'no value'}`;
  if (published.formula.sha256 !== computed.formula.sha256)
    return `${name}: the formula in the workspace is another one (${computed.formula.text}, version ${computed.formula.version})`;
  return null;
}

/** Each printed result of a scenario: the model is run again from its files in the edition. */
function checkScenarios({ scenarios = [] }: Manifest, files: EditionFiles): Finding[] {
  return scenarios.flatMap((figure) => {
    const what = scenarioDifference(figure, files);
    return what === null
      ? []
      : [difference('edition.scenario', `models/${figure.city}`, what, `/scenarios/${figure.code}`)];
  });
}

function scenarioDifference(figure: ScenarioFigure, files: EditionFiles): string | null {
  const folder = `models/${figure.city}/`;
  const named = (ending: string) => {
    const path = files.paths.find((each) => each.startsWith(folder) && each.endsWith(ending));
    const bytes = path === undefined ? null : files.read(path);
    return path === undefined || bytes === null
      ? null
      : { file: path.slice(folder.length), text: new TextDecoder().decode(bytes) };
  };
  const [model, place, words] = [named('.xmile'), named(`.${figure.city}.json`), named('.words.json')];
  if (model === null || place === null || words === null)
    return `scenario figure ${figure.code}: the model of ${figure.city} is not in the edition`;
  return recomputeScenario(figure, { city: figure.city, model, place, words });
}

/** The data files hold nothing but the manifest's figures: made again, they are the same bytes. */
function checkData(manifest: Manifest, files: EditionFiles): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of dataFiles(manifest.figures)) {
    const found = new TextDecoder().decode(files.read(path) ?? new Uint8Array());
    if (found === text) continue;
    const [expected, actual] = [text.split('\n'), found.split('\n')];
    const line = expected.findIndex((each, at) => each !== actual[at]);
    const at = line < 0 ? actual.length : line + 1;
    findings.push(
      difference(
        'edition.data',
        `${path}:${at}`,
        `line ${at} of ${path} does not follow from the manifest: ${(actual[line] ?? 'it is missing').trim().slice(0, 160)}`,
      ),
    );
  }
  return findings;
}
