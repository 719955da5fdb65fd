import type { Finding, RegisterDeclaration, RegisterRole, Step } from '../model/index.ts';
import type { StoredEvent, Turn } from '../store/index.ts';
import { attachmentPath } from './attachment.ts';
import type { Book } from './book.ts';
import { type Case, nextSteps } from './case.ts';
import type { CaseRecord } from './case-record.ts';
import type { Facts } from './compute.ts';
import { putCorrection } from './correct.ts';
import { Draft, messageStream } from './draft.ts';
import { filesAtKey } from './event-keys.ts';
import { type FieldFault, type FormValues, fieldsOf } from './form.ts';
import { lineageOf } from './lineage.ts';
import { suggestions } from './prefill.ts';
import { parentKey } from './projection.ts';
import { Refusal, wasOvertaken } from './refusal.ts';
import { StepWriter } from './step-writer.ts';
import { type Sheet, tableToDraft } from './table-intake.ts';
import { faultsOf, inChinese, type TableFault } from './told.ts';
import type { WantedCorrection, WantedStep } from './wanted-step.ts';
import type { WorkCalendar } from './working-days.ts';

/** What taking a step came to. */
export type StepResult =
  | { readonly case: Case; readonly position: number }
  | { readonly case: null; readonly findings: readonly Finding[]; readonly faults: readonly FieldFault[] };

/** Tries beside everyone else before it asks for a turn; then as many more. */
const races = 3;
const attempts = 60;

/** One declared register of one city. */
export class Register {
  readonly declaration: RegisterDeclaration;
  readonly #all: Book;
  readonly #writer: StepWriter;

  constructor(declaration: RegisterDeclaration, all: Book) {
    this.declaration = declaration;
    this.#all = all;
    this.#writer = new StepWriter(declaration, all);
  }

  get id(): string {
    return this.declaration.id;
  }

  get city(): string {
    return this.#all.at.city;
  }

  get calendar(): WorkCalendar {
    return this.#all.at.calendar;
  }

  /** All cases and entities as known since the last refresh, in the order of their numbers. */
  known(): readonly Case[] {
    return this.#all.casesOf(this.declaration);
  }

  /** The same in pieces, each of which stays the same list as long as none of its cases changed. */
  pieces(): readonly (readonly Case[])[] {
    return this.#all.piecesOf(this.declaration);
  }

  /** Cases of one type or entities of one kind; null for the cases of a register with one type. */
  ofType(type: string | null): readonly Case[] {
    return this.known().filter((each) => each.type === type);
  }

  /** One of them by the number that readers know; null when there is none. */
  knownByNumber(number: string): Case | null {
    return this.#find(`${this.id}.${number}`);
  }

  /** The case that a message took a step in; null when it did not come. */
  knownByMessage(message: string): Case | null {
    const stream = this.#all.projection.caseOfNoted(messageStream(this.id, message));
    return stream === null ? null : this.#find(stream);
  }

  async cases(): Promise<readonly Case[]> {
    await this.#all.refresh();
    return this.known();
  }

  /** One case by its stream; null when there is none. */
  async case(stream: string): Promise<Case | null> {
    await this.#all.refresh();
    return this.#find(stream);
  }

  /** One case by the number that readers know. */
  byNumber(number: string): Promise<Case | null> {
    return this.case(`${this.id}.${number}`);
  }

  #find(stream: string): Case | null {
    return this.#writer.find(stream);
  }

  /** The events of a case with all that they say, oldest first. */
  async events(stream: string): Promise<readonly StoredEvent[]> {
    const events = await this.#all.at.store.events(this.city, { register: this.id, stream });
    return [...events].sort((a, b) => a.seq - b.seq);
  }

  /** The events of several cases, by stream. */
  async eventsOf(streams: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEvent[]>> {
    const found = new Map<string, StoredEvent[]>();
    if (streams.length === 0) return found;
    for (const event of await this.#all.at.store.events(this.city, { register: this.id, streams }))
      found.set(event.stream, [...(found.get(event.stream) ?? []), event]);
    for (const list of found.values()) list.sort((a, b) => a.seq - b.seq);
    return found;
  }

  /** What only the one who filed a case was told; null once it is erased. */
  secretOf(stream: string): Promise<string | null> {
    return this.#all.at.keys.secretOf(stream);
  }

  makeSecret(stream: string): Promise<string> {
    return this.#all.at.keys.makeSecret(stream);
  }

  facts(each: Case): Facts {
    return this.#all.facts(this.declaration, each);
  }

  children(each: Case): readonly Case[] {
    return this.#all.projection
      .children(this.id, each.stream)
      .map((child) => this.#all.caseOf(this.declaration, child));
  }

  /** The case that a case belongs to. */
  parent(each: Case): Case | null {
    const named = each.values[parentKey];
    if (named !== undefined) return this.#find(`${this.id}.${named}`);
    const dot = each.number.lastIndexOf('.');
    return dot <= 0 ? null : this.#find(`${this.id}.${each.number.slice(0, dot)}`);
  }

  /** What a case was made from, and what was made from it: one step each way. */
  lineage(each: Case): { readonly before: readonly CaseRecord[]; readonly after: readonly CaseRecord[] } {
    return lineageOf(this.#all, this.declaration, each);
  }

  /** The steps that someone may take next in a case, or begin one with: by order, standing and department. */
  possible(each: Case | null, as: readonly RegisterRole[], department?: string): readonly Step[] {
    if (each !== null && !this.isWith(each, department)) return [];
    return nextSteps(this.declaration, each?.at ?? null).filter(({ by }) =>
      by.some((role) => as.includes(role)),
    );
  }

  /** Whether a case is with a department, or with none in particular. */
  isWith(each: Case, department: string | undefined): boolean {
    return this.#writer.rules.isWith(each, department);
  }

  /**
   * Takes a step: checks who may, the form, what must hold and the order of steps; seals what is personal; writes the
   * event, its flows and the cases it opens as one submission. What the database refuses is refused here.
   */
  take(wanted: WantedStep): Promise<StepResult> {
    return refusedOr(() =>
      this.#all.inLine(() =>
        this.#attempt(wanted, wanted.stream === undefined, (draft) => this.addTo(draft, wanted)),
      ),
    );
  }

  /**
   * Says anew what was recorded at a step: what it said stays in the log and in figures as of then; flows and balances
   * become those of the new values. By whoever may take the step; refused where others built on what it moved.
   */
  correct(wanted: WantedCorrection): Promise<StepResult> {
    return refusedOr(() =>
      this.#all.inLine(() =>
        this.#attempt(wanted, true, async (draft) =>
          putCorrection(
            { rules: this.#writer.rules, find: (stream) => this.#find(stream) },
            draft,
            wanted,
            await this.events(wanted.stream),
          ),
        ),
      ),
    );
  }

  /** Stores a whole table of new cases or entities, or tells what is wrong with which cell. `only`: checks only. */
  async takeTable(
    sheet: Sheet,
    common: Omit<WantedStep, 'values' | 'stream' | 'files'>,
    only: boolean,
  ): Promise<{ readonly stored: number; readonly findings: readonly TableFault[] }> {
    const attempt = async (turn?: Turn): Promise<{ stored: number; findings: readonly TableFault[] }> => {
      const head = await this.#all.refresh();
      const draft = new Draft(this.#all, common.now, common.actor, common.department);
      const findings = await tableToDraft(this, draft, sheet, common);
      if (findings.length > 0) return { stored: 0, findings };
      if (only) return { stored: draft.size, findings: [] };
      const receipt = await draft.submit(common.actor ?? common.as, head, turn);
      await this.#all.refresh();
      return receipt.outcome === 'refused'
        ? { stored: 0, findings: receipt.findings.map((each) => ({ ...each, zh: inChinese(each) })) }
        : { stored: draft.size, findings: [] };
    };
    return this.#all.inLine(async () => {
      const first = await attempt();
      return wasOvertaken(first.findings) ? this.#all.at.store.inTurn(this.city, attempt) : first;
    });
  }

  /** Takes several steps as one: all of them, or none. Each finding says at which of them, from 0: `steps/3/…`. */
  async takeAll(
    wanted: readonly (WantedStep & {
      /** The one of them that begins its case, by its place, when the case is not there yet. */
      readonly caseOf?: number;
    })[],
  ): Promise<{ readonly streams: readonly string[]; readonly findings: readonly Finding[] }> {
    const streams: string[] = [];
    const [first] = wanted;
    if (first === undefined) return { streams, findings: [] };
    const result = await refusedOr(() =>
      this.#all.inLine(() =>
        this.#attempt(first, true, async (draft) => {
          streams.length = 0;
          for (const [at, { caseOf, ...each }] of wanted.entries()) {
            const stream = caseOf === undefined ? each.stream : streams[caseOf];
            const step = stream === undefined ? each : { ...each, stream };
            streams.push(await this.addTo(draft, step).catch((error: unknown) => atStep(error, at)));
          }
          return streams[0] ?? '';
        }),
      ),
    );
    return result.case === null ? { streams: [], findings: result.findings } : { streams, findings: [] };
  }

  /**
   * Tries until nobody came between reading and writing; who was overtaken several times asks for a turn, in which nobody
   * can. `redraw`: a taken number is no reason to give up.
   */
  async #attempt(
    wanted: Pick<WantedStep, 'now' | 'actor' | 'department' | 'as'>,
    redraw: boolean,
    work: (draft: Draft) => Promise<string>,
  ): Promise<StepResult> {
    const { store, city } = this.#all.at;
    const attemptOnce = async (turn?: Turn) => {
      const head = await this.#all.refresh();
      const draft = new Draft(this.#all, wanted.now, wanted.actor, wanted.department);
      const stream = await work(draft);
      return { stream, receipt: await draft.submit(wanted.actor ?? wanted.as, head, turn) };
    };
    for (let attempt = 1; ; attempt += 1) {
      const { stream, receipt } = await (attempt <= races ? attemptOnce() : store.inTurn(city, attemptOnce));
      if (receipt.outcome !== 'refused') {
        await this.#all.refresh();
        const now = this.#find(stream);
        if (now === null) throw new Error('a stored case cannot be read');
        return { case: now, position: receipt.position };
      }
      // Another process was first: what it wrote is read, and the step is worked out anew.
      const again = wasOvertaken(receipt.findings);
      const mayDraw = redraw || receipt.findings.some(({ rule }) => rule === 'log.moved');
      if (!again || !mayDraw || attempt >= attempts)
        throw new Refusal(receipt.findings, faultsOf(receipt.findings));
    }
  }

  /** Puts a step into a draft and gives the stream of its case. Throws {@link Refusal}. */
  addTo(draft: Draft, wanted: WantedStep): Promise<string> {
    return this.#writer.addTo(draft, wanted);
  }

  /** What the fields of a form would be filled with from other records, given some of its values. */
  suggest(form: string | undefined, values: FormValues): FormValues {
    const found = suggestions(this.#all, this.declaration, fieldsOf(this.declaration, form), values);
    return Object.fromEntries([...found].map(([id, { value }]) => [id, value]));
  }

  /** A sealed field of a case in the clear; null when it was not given or the case's key was erased. */
  async reveal(stream: string, field: string, sealed: unknown): Promise<string | null> {
    return typeof sealed === 'string' ? this.#all.at.keys.open(stream, field, sealed) : null;
  }

  /** Makes all sealed fields and files of a case unreadable for ever. */
  async forget(stream: string): Promise<void> {
    await this.#all.at.keys.erase(stream);
  }

  /** An attached file of a case in the clear; null when there is none of the name or the key was erased. */
  async attachment(stream: string, field: string, name: string): Promise<Uint8Array | null> {
    for (const event of [...(await this.events(stream))].reverse()) {
      const stored = event.body[field];
      const list =
        typeof stored === 'string' && stored.startsWith('v1.')
          ? await this.reveal(stream, field, stored)
          : stored;
      if (typeof list !== 'string' || !list.split(',').includes(name)) continue;
      const at = Number(event.body[filesAtKey] ?? event.position);
      const [entry] = await this.#all.at.store.submissions(this.city, at - 1);
      const file = entry?.files.find(({ path }) => path === attachmentPath(stream, event.seq, field, name));
      if (file === undefined) return null;
      return this.#all.at.keys.openBytes(stream, field, await this.#all.at.store.file(file.sha256));
    }
    return null;
  }
}

async function refusedOr(work: () => Promise<StepResult>): Promise<StepResult> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return { case: null, findings: error.findings, faults: error.faults };
    throw error;
  }
}

/** Throws what was refused again, saying at which of several steps. */
function atStep(error: unknown, at: number): never {
  if (!(error instanceof Refusal)) throw error;
  throw new Refusal(
    error.findings.map((finding) => ({
      ...finding,
      where: { ...finding.where, pointer: `steps/${at}${finding.where.pointer ?? ''}` },
    })),
    error.faults,
  );
}
