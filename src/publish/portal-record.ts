import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TextList } from './text-list.ts';

const stateSchema = z.object({
  modelcity: z.literal('portal 3'),
  declared: z.string(),
  /** Everything that pages read, by name, and its version. */
  read: z.array(z.tuple([z.string(), z.string()])),
  /** Every address that a page links to. */
  linked: z.array(z.string()),
  pages: z.record(
    z.string(),
    z.object({
      file: z.string(),
      sha256: z.string(),
      bytes: z.int(),
      /** Places in the list of addresses. */
      links: z.array(z.int()),
      /** Places in the list of what is read. */
      reads: z.array(z.int()),
    }),
  ),
});

/** A page as it was made, with the addresses it links to and the names of what it read. */
export interface PageState extends Omit<z.infer<typeof stateSchema>['pages'][string], 'links' | 'reads'> {
  readonly links: readonly string[];
  readonly reads: readonly string[];
}

type Pages = ReadonlyMap<string, PageState>;

interface PortalState {
  readonly pages: Pages;
  /** Names whose version was another one when the pages were made. */
  readonly changed: ReadonlySet<string>;
}

/** What was written into a record, as its writer keeps it. */
interface StateHeld {
  readonly declared: string;
  readonly versions: ReadonlyMap<string, string>;
  readonly pages: Pages;
  readonly read: TextList<PageState>;
  readonly linked: TextList<PageState>;
  /** Each page as it stands in the record. */
  readonly lines: ReadonlyMap<PageState, string>;
}

/** What the last building left in a folder, kept by who builds again and again; of use while the folder's own record is untouched. */
export class PortalMemory {
  #kept: { readonly file: string; readonly mark: string; readonly state: StateHeld } | null = null;

  /** What was kept of a record, while it is the very file that was written then. */
  of(file: string): StateHeld | null {
    return this.#kept?.file === file && this.#kept.mark === markOf(file) ? this.#kept.state : null;
  }

  forget(): void {
    this.#kept = null;
  }

  keep(file: string, state: StateHeld): void {
    this.#kept = { file, mark: markOf(file), state };
  }
}

function markOf(file: string): string {
  if (!existsSync(file)) return '';
  const { ino, size, mtimeNs } = statSync(file, { bigint: true });
  return `${ino} ${size} ${mtimeNs}`;
}

export interface RecordOptions {
  readonly declared: string;
  readonly version: (name: string) => string;
  readonly memory?: PortalMemory;
}

/** The record in a portal's folder of what its pages were made from. */
export class PortalRecord {
  readonly #file: string;
  readonly #options: RecordOptions;
  #known: StateHeld | null = null;
  /** Versions as they are now, of what was read when the pages were made. */
  readonly #now = new Map<string, string>();

  constructor(folder: string, options: RecordOptions) {
    this.#file = join(folder, 'portal.json');
    this.#options = options;
  }

  /** What the folder holds, from memory where that is what was written there last. */
  read(): PortalState {
    const { declared, version, memory } = this.#options;
    if (!existsSync(this.#file)) return { pages: new Map(), changed: new Set() };
    this.#known = memory?.of(this.#file) ?? null;
    if (this.#known === null || this.#known.declared !== declared)
      return readState(this.#file, declared, version);
    const changed = new Set<string>();
    for (const [name, was] of this.#known.versions) {
      const now = version(name);
      this.#now.set(name, now);
      if (now !== was) changed.add(name);
    }
    return { pages: this.#known.pages, changed };
  }

  /** Writes what the pages were made from. Where few of them changed since it was read from memory, the others are as they stood. */
  write(pages: Pages): void {
    const { declared, version, memory } = this.#options;
    const known = this.#known;
    // Its lists are about to follow the pages: what is not written to the end is read from the folder next time.
    memory?.forget();
    const links = (page: PageState): readonly string[] => page.links;
    const reads = (page: PageState): readonly string[] => page.reads;
    const linked = known?.linked.after(known.pages, pages) ?? new TextList(pages, links);
    const read = known?.read.after(known.pages, pages) ?? new TextList(pages, reads);
    const same = known !== null && linked === known.linked && read === known.read;
    const lines = new Map<PageState, string>();
    const listed: string[] = [];
    for (const [path, page] of [...pages].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const line =
        (same ? known.lines.get(page) : undefined) ??
        JSON.stringify({ ...page, links: linked.at(page.links), reads: read.at(page.reads) });
      lines.set(page, line);
      listed.push(`${JSON.stringify(path)}:${line}`);
    }
    const versions = new Map(read.all.map((name) => [name, this.#now.get(name) ?? version(name)]));
    const head: Record<Exclude<keyof z.infer<typeof stateSchema>, 'pages'>, unknown> = {
      modelcity: 'portal 3',
      declared,
      read: [...versions],
      linked: linked.all,
    };
    writeFileSync(this.#file, `${JSON.stringify(head).slice(0, -1)},"pages":{${listed.join(',')}}}\n`);
    memory?.keep(this.#file, { declared, versions, pages, read, linked, lines });
  }
}

/** What the folder holds; nothing to build upon where it was made from other declarations, or by another release. */
function readState(file: string, declared: string, version: (name: string) => string): PortalState {
  const none: PortalState = { pages: new Map(), changed: new Set() };
  try {
    const { success, data } = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (!success) return none;
    const everything = data.declared !== declared;
    const changed = new Set(
      data.read.filter(([name, was]) => everything || version(name) !== was).map(([name]) => name),
    );
    const pages = Object.entries(data.pages).map(([path, { links, reads, ...page }]): [string, PageState] => [
      path,
      {
        ...page,
        links: links.map((at) => data.linked[at] ?? ''),
        // A page of other declarations is kept in mind for its file only: this name is never unchanged.
        reads: everything ? [''] : reads.map((at) => data.read[at]?.[0] ?? ''),
      },
    ]);
    return { pages: new Map(pages), changed: changed.add('') };
  } catch {
    return none;
  }
}
