import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { leafHash, treeHash } from '../figures/index.ts';
import { exportWorkspace, modelFilesOf } from '../intake/index.ts';
import type { Figure, Finding } from '../model/index.ts';
import type { ScenarioFigure } from '../review/index.ts';
import { writeArchive } from './archive.ts';
import { dataFiles } from './data-files.ts';
import { type PublishedPlace, reviewFiles } from './documents.ts';
import { manifestFile, sealFile, treeFile } from './edition-files.ts';
import { checkSeal, type LogEntry, type Seal, sealEdition, sealSchema } from './edition-log.ts';
import { frontPage, readMe } from './front-page.ts';
import { auditFile, auditPlaces, gate, openNote } from './gate.ts';
import { type EditionFile, fileEntry, type Manifest, manifestLeaves, manifestText } from './manifest.ts';
import type { SigningKey } from './signing-key.ts';
import { crawlSite } from './site.ts';
import { siteFile } from './site-path.ts';

export interface PublishOptions {
  /** The city whose edition it is, by the id of its workspace. */
  readonly city: string;
  readonly review: string;
  /** The city and every place whose review belongs to it. */
  readonly places: readonly PublishedPlace[];
  /** The app: a path in, a response out. Absent: an edition without a site. */
  readonly request?: (path: string) => Response | Promise<Response>;
  /** Pages where the site begins; everything linked from them follows. */
  readonly starts?: readonly string[];
  readonly liveOnly?: readonly string[];
  /** The folder of all editions. */
  readonly out: string;
  readonly key: SigningKey;
  readonly log?: (line: string) => void;
}

export interface Published {
  /** Null when nothing was written; the findings say why. */
  readonly folder: string | null;
  readonly archive: string | null;
  /** Root of the manifest's tree: what the city signs. */
  readonly root: string | null;
  /** The newest edition already says exactly this. */
  readonly unchanged: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Freezes a review: site, documents, data, the workspaces it was computed from, and a signed manifest of every figure.
 * Everything is written beside the other editions under a name that no reader takes for one, and appears by one
 * rename: a publish that is killed leaves nothing half-done.
 */
export async function publishEdition(options: PublishOptions): Promise<Published> {
  const { city, review: id, out, log = () => undefined } = options;
  const refused = (...findings: Finding[]): Published => ({
    folder: null,
    archive: null,
    root: null,
    unchanged: false,
    findings,
  });
  const place = options.places.find(({ workspace }) => workspace.city.id === city);
  const review = place?.workspace.reviews.find(({ head }) => head.id === id);
  if (place === undefined || review === undefined)
    return refused(
      problem(
        'publish.review',
        city,
        `${city} has no review ${id}`,
        'only a review can be published',
        'name one that stands under review/ of the workspace',
      ),
    );
  log('audit');
  const audits = auditPlaces(options.places);
  const stopped = gate(audits);
  if (stopped.length > 0) return refused(...stopped);
  mkdirSync(out, { recursive: true });
  const history = readHistory(out, city);
  if (history.findings.length > 0) return refused(...history.findings);
  sweep(out);
  const partial = join(out, `.partial-${process.pid}-${city}`);
  rmSync(partial, { recursive: true, force: true });
  const edition = join(partial, 'edition');
  try {
    const writer = new EditionWriter(edition);
    const findings: Finding[] = [...openNote(audits)];
    const figures = new Map<string, Figure>();
    const scenarios = new Map<string, ScenarioFigure>();
    const keep = (figure: Figure) => figures.set(`${figure.key.city} ${figure.code}`, figure);

    for (const choice of documentChoices(place, review.head.districts, id, options.places)) {
      log(`documents: ${choice.place.workspace.city.id} ${choice.review.head.id} (${choice.language})`);
      const made = await reviewFiles(choice, 'documents/');
      findings.push(...made.findings);
      for (const [path, bytes] of made.files) writer.write(path, bytes);
      for (const figure of made.figures) keep(figure);
      for (const figure of made.scenarios) scenarios.set(`${figure.city} ${figure.code}`, figure);
    }
    if (findings.some(({ severity }) => severity === 'error')) return refused(...findings);

    log('figures');
    for (const { figures: set } of options.places) for (const figure of set.all()) keep(figure);
    const ordered = [...figures].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, figure]) => figure);
    for (const [path, text] of dataFiles(ordered)) writer.write(path, Buffer.from(text, 'utf8'));
    writer.write('data/audit.json', Buffer.from(auditFile(audits), 'utf8'));

    const places = [...options.places]
      .sort((a, b) => (a.workspace.city.id < b.workspace.city.id ? -1 : 1))
      .map(({ workspace, asOf }) => {
        const exported = exportWorkspace(workspace);
        for (const { path, bytes } of exported) writer.write(`workspace/${workspace.city.id}/${path}`, bytes);
        return {
          city: workspace.city.id,
          asOf,
          workspace: treeHash(exported.map(({ path, bytes }) => `${path}\n${fileEntry(path, bytes).sha256}`)),
        };
      });

    // With its files a model runs anywhere: they are what a scenario's result is verified with.
    for (const { workspace } of options.places) {
      const model = modelFilesOf(workspace.city.id, workspace.model);
      for (const { file, text } of model === null ? [] : [model.model, model.place, model.words])
        writer.write(`models/${workspace.city.id}/${file}`, Buffer.from(text, 'utf8'));
    }

    const starts = options.starts ?? [];
    if (options.request !== undefined) {
      let last = 0;
      const pages = crawlSite(
        {
          request: options.request,
          starts,
          liveOnly: options.liveOnly ?? [],
          onPage: (done, known) => {
            if (done - last < 250) return;
            last = done;
            log(`site: ${done} of ${known} pages`);
          },
        },
        findings,
      );
      for await (const { file, bytes } of pages) writer.write(`site/${file}`, bytes);
      if (findings.some(({ severity }) => severity === 'error')) return refused(...findings);
    }
    const [start] = starts;
    const documents = writer.paths.filter((path) => path.startsWith('documents/'));
    writer.write(
      'index.html',
      frontPage(review.head, documents, start === undefined ? null : `site/${siteFile(start)}`),
    );
    writer.write('README.txt', readMe(review.head, options.key.fingerprint));

    const manifest: Manifest = {
      modelcity: 1,
      city,
      review: id,
      title: review.head.title.en === '' ? review.head.title.zh : review.head.title.en,
      date: review.head.date,
      places,
      files: writer.entries,
      figures: ordered,
      ...(scenarios.size === 0
        ? {}
        : { scenarios: [...scenarios].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, figure]) => figure) }),
    };
    const leaves = manifestLeaves(manifest).map(({ leaf }) => leaf);
    const root = treeHash(leaves);
    const newest = history.log.at(-1);
    if (newest?.root === root && newest.review === id) {
      const folder = join(out, editionName(history.log));
      return {
        folder,
        archive: join(folder, `${editionName(history.log)}.zip`),
        root,
        unchanged: true,
        findings,
      };
    }
    const entry: LogEntry = { city, review: id, date: review.head.date, size: leaves.length, root };
    const seal = sealEdition(entry, history.log, options.key);
    writer.place(manifestFile, manifestText(manifest));
    writer.place(treeFile, `${leaves.map(leafHash).join('\n')}\n`);
    writer.place(sealFile, `${JSON.stringify(seal, null, 1)}\n`);

    log('archive');
    const name = editionName(seal.log);
    const paths = [...writer.paths, manifestFile, treeFile, sealFile];
    writeArchive(join(partial, `${name}.zip`), paths, (path) => readFileSync(join(edition, path)));
    const folder = join(out, name);
    renameSync(partial, folder);
    syncFolder(out);
    return { folder, archive: join(folder, `${name}.zip`), root, unchanged: false, findings };
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** `shanghai-2022-1`: city, review, and the edition's place in the city's log. */
function editionName(log: readonly LogEntry[]): string {
  const newest = log.at(-1);
  return `${newest?.city}-${newest?.review}-${log.length}`;
}

class EditionWriter {
  readonly #root: string;
  readonly #entries = new Map<string, EditionFile>();
  readonly #folders = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  get paths(): readonly string[] {
    return [...this.#entries.keys()].sort();
  }

  get entries(): readonly EditionFile[] {
    return this.paths.flatMap((path) => this.#entries.get(path) ?? []);
  }

  /** Writes a file and lists it. Two addresses of the app may give one file only when they give the same bytes. */
  write(path: string, bytes: Uint8Array): void {
    this.place(path, bytes);
    this.#entries.set(path, fileEntry(path, bytes));
  }

  place(path: string, bytes: Uint8Array | string): void {
    const file = join(this.#root, path);
    const folder = dirname(file);
    if (!this.#folders.has(folder)) {
      mkdirSync(folder, { recursive: true });
      this.#folders.add(folder);
    }
    writeFileSync(file, bytes);
  }
}

/** The review itself and those of its districts, in every language that each has. */
function documentChoices(
  place: PublishedPlace,
  districts: readonly { readonly city: string; readonly review: string }[],
  id: string,
  places: readonly PublishedPlace[],
) {
  return [{ city: place.workspace.city.id, review: id }, ...districts].flatMap(({ city, review: wanted }) => {
    const own = places.find(({ workspace }) => workspace.city.id === city);
    const review = own?.workspace.reviews.find(({ head }) => head.id === wanted);
    if (own === undefined || review === undefined) return [];
    const related = places.filter((each) => each !== own);
    return own.workspace.city.languages
      .filter((language) => review.chapters.some((chapter) => chapter.language === language))
      .map((language) => ({ review, place: own, related, language }));
  });
}

/** The log of the city's editions, from the newest one in the folder. A broken log is told: nothing is published upon it. */
function readHistory(out: string, city: string): { log: readonly LogEntry[]; findings: readonly Finding[] } {
  let newest: Seal | null = null;
  for (const name of readdirSync(out).sort()) {
    const file = join(out, name, 'edition', sealFile);
    if (name.startsWith('.') || !existsSync(file)) continue;
    const read = sealSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!read.success || read.data.log[0]?.city !== city) continue;
    const findings = checkSeal(read.data);
    if (findings.length > 0)
      return { log: [], findings: findings.map((each) => ({ ...each, where: { ...each.where, file } })) };
    if (newest === null || read.data.log.length > newest.log.length) newest = read.data;
  }
  return { log: newest?.log ?? [], findings: [] };
}

/** Takes away what a killed publish left: only that of processes that live no more. */
function sweep(out: string): void {
  for (const name of readdirSync(out)) {
    const pid = /^\.partial-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(out, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function problem(rule: string, file: string, what: string, why: string, mend: string): Finding {
  return { rule, severity: 'error', where: { file }, what, why, mend };
}
