import { createHash } from 'node:crypto';
import {
  compare,
  type Field,
  type Finding,
  type FlowRule,
  type HolderRef,
  parseDecimal,
  type RegisterDeclaration,
  rational,
  type Step,
  type SubmittedFile,
} from '../model/index.ts';
import type { CaseEvent, Flow, Holder, Item, Receipt, RegisterSteps, Turn } from '../store/index.ts';
import { type Attachment, attachmentPath } from './attachment.ts';
import { type Book, fieldNamed } from './book.ts';
import type { Case } from './case.ts';
import type { CaseRecord } from './case-record.ts';
import { compute, computeNumber, truthOf } from './compute.ts';
import type { FormValues } from './form.ts';
import { ownName } from './projection.ts';
import { Refusal } from './refusal.ts';
import { rowsOf } from './rows.ts';
import type { SerialHoldings } from './serials.ts';
import { faultsOf } from './told.ts';

interface DraftEvent {
  readonly area: string;
  readonly stream: string;
  readonly seq: number;
  readonly kind: string;
  readonly from: string;
  readonly occurred: string;
  readonly values: FormValues;
  readonly sealed: ReadonlySet<string>;
  readonly files: readonly Attachment[];
}

/** A move of serial blocks that a draft makes. */
export interface SerialMove {
  readonly item: string;
  readonly serials: string;
  readonly from: string;
  readonly to: string;
}

/** What one step writes, with all that follows from it: events, flows, holders, files. Stored whole or not at all. */
export class Draft {
  readonly now: string;
  /** Who holds which serials after the moves of this draft, by register and item. */
  readonly serialHoldings = new Map<string, Map<string, SerialHoldings>>();
  #serialMoves: readonly SerialMove[] = [];
  #movedSerials = false;
  readonly #all: Book;
  readonly #actor: string | null;
  readonly #department: string | undefined;
  readonly #events: CaseEvent[] = [];
  readonly #flows: Flow[] = [];
  readonly #files: SubmittedFile[] = [];
  readonly #holders = new Map<string, Holder>();
  readonly #items = new Map<string, Item>();
  readonly #steps = new Map<string, RegisterSteps>();
  readonly #records = new Map<string, CaseRecord>();
  readonly #numbers = new Map<string, number>();
  #needsHead = false;
  #corrects: number | null = null;
  #withdraw: readonly string[] = [];

  constructor(all: Book, now: string, actor: string | null, department?: string) {
    this.#all = all;
    this.now = now;
    this.#actor = actor;
    this.#department = department;
  }

  /** The moves of serials that were not looked at yet. */
  takeSerialMoves(): readonly SerialMove[] {
    const moves = this.#serialMoves;
    this.#serialMoves = [];
    return moves;
  }

  /** How many events it holds. */
  get size(): number {
    return this.#events.length;
  }

  /** From here on it counts only when nothing else was written since it was worked out. */
  needHead(): void {
    this.#needsHead = true;
  }

  /** This draft corrects what a submission said; flows that it made and this draft does not make again are withdrawn. */
  correct(position: number, before: readonly Flow[]): void {
    const again = new Set(this.#flows.map(({ from, id }) => `${from.area} ${id}`));
    this.#corrects = position;
    this.#withdraw = before.flatMap(({ from, id }) =>
      again.has(`${from.area} ${id}`) ? [] : [`flow/${from.area}/${id}`],
    );
  }

  /** A case as this draft leaves it; null when it does not touch it. */
  pending(stream: string): Case | null {
    const record = this.#records.get(stream);
    const declaration = this.#all.declaration(record?.register ?? '');
    return record === undefined || declaration === undefined ? null : this.#all.caseOf(declaration, record);
  }

  named(declaration: RegisterDeclaration, field: Field, value: string): CaseRecord | null {
    const register = field.register ?? declaration.id;
    const number = field.type === 'entity' ? `${field.of ?? ''}.${value}` : value;
    return this.#records.get(`${register}.${number}`) ?? null;
  }

  hasMessage(register: string, message: string): boolean {
    return this.#events.some(({ stream }) => stream === messageStream(register, message));
  }

  /**
   * Notes that a message was taken, as an event of its own in the same submission: whoever sends it again at the same moment
   * meets the note in the database, without anyone having to wait for the head of the log.
   */
  message(
    register: string,
    message: string,
    { area, stream, seq }: { area: string; stream: string; seq: number },
  ): void {
    this.#steps.set(messagesRegister, {
      register: messagesRegister,
      version: 1,
      steps: [{ from: '', to: 'taken' }],
    });
    this.#events.push({
      area,
      stream: messageStream(register, message),
      seq: 1,
      register: messagesRegister,
      version: 1,
      kind: 'taken',
      from: '',
      occurred: this.now,
      actor: this.#actor,
      body: { stream, seq },
    });
  }

  /** The greatest number that this draft has given after a prefix. */
  lastNumber(prefix: string): number {
    return this.#numbers.get(prefix) ?? 0;
  }

  async event(
    declaration: RegisterDeclaration,
    { area, stream, seq, kind, from, occurred, values, sealed, files }: DraftEvent,
  ): Promise<void> {
    const { keys } = this.#all.at;
    const body: Record<string, string> = {};
    for (const [id, text] of Object.entries(values))
      body[id] = sealed.has(id) ? await keys.seal(stream, id, text) : text;
    for (const { field, name, bytes } of files)
      this.#files.push({
        path: attachmentPath(stream, seq, field, name),
        bytes: await keys.sealBytes(stream, field, bytes),
      });
    this.#events.push({
      area,
      stream,
      seq,
      register: declaration.id,
      version: declaration.version,
      kind,
      from,
      occurred,
      actor: this.#actor,
      body: this.#department === undefined ? body : { ...body, _department: this.#department },
    });
    if (!this.#steps.has(declaration.id))
      this.#steps.set(declaration.id, {
        register: declaration.id,
        version: declaration.version,
        steps: transitions(declaration),
      });
    const [, prefix = '', digits = ''] = /^(.*[.-])(\d{1,12})$/.exec(stream) ?? [];
    if (digits !== '') this.#numbers.set(prefix, Math.max(this.lastNumber(prefix), Number(digits)));
    const before = this.#records.get(stream) ?? this.#all.projection.case(declaration.id, stream);
    const plain = Object.entries(values).filter(([id]) => !sealed.has(id));
    this.#records.set(stream, {
      stream,
      register: declaration.id,
      number: stream.slice(declaration.id.length + 1),
      area,
      steps: [...(before?.steps ?? []), { seq, kind, occurred, position: 0, actor: this.#actor }],
      values: { ...before?.values, ...Object.fromEntries(plain) },
    });
  }

  /** The flows that a step declares, worked out for a case. */
  flows(
    declaration: RegisterDeclaration,
    step: Step,
    at: { area: string; stream: string; seq: number; occurred: string; values: FormValues },
  ): void {
    let count = 0;
    for (const rule of step.flows)
      for (const row of rule.each === undefined ? [{}] : rowsOf(at.values[rule.each] ?? '[]')) {
        const flow = this.#flow(declaration, rule, at, row, `${at.stream}:${at.seq}:${count + 1}`);
        if (flow === null) continue;
        count += 1;
        this.#flows.push(flow);
      }
  }

  #flow(
    declaration: RegisterDeclaration,
    rule: FlowRule,
    at: { area: string; stream: string; seq: number; occurred: string; values: FormValues },
    row: Readonly<Record<string, string>>,
    id: string,
  ): Flow | null {
    const facts = this.#all.facts(declaration, at, row);
    if (rule.when !== undefined && truthOf(compute(rule.when, facts)) !== true) return null;
    const quantity = computeNumber(rule.quantity, facts);
    const amount = quantity === null ? null : parseDecimal(quantity);
    if (amount === null || quantity === null)
      throw refused(
        declaration,
        'flow.quantity',
        `${rule.quantity} has no value`,
        'fill in what it is worked out from',
      );
    const sign = compare(amount, rational(0n));
    if (sign === 0) return null;
    if (sign < 0)
      throw refused(
        declaration,
        'flow.quantity',
        `${rule.quantity} is ${quantity}, less than zero`,
        'correct the quantities',
      );
    const name =
      typeof rule.item === 'string' ? rule.item : (row[rule.item.field] ?? at.values[rule.item.field] ?? '');
    const item = declaration.items.find((each) => each.id === name);
    if (item === undefined)
      throw refused(
        declaration,
        'flow.item',
        `'${name}' is no item of this register`,
        'choose a declared item',
      );
    this.#items.set(item.id, { item: ownName(declaration, item.id), unit: item.unit });
    const from = this.#holder(declaration, rule.from, at);
    const to = this.#holder(declaration, rule.to, at);
    if (rule.serials !== undefined) {
      this.#movedSerials = true;
      this.#serialMoves = [
        ...this.#serialMoves,
        {
          item: ownName(declaration, item.id),
          serials: at.values[rule.serials] ?? '',
          from: from.holder,
          to: to.holder,
        },
      ];
    }
    return {
      id,
      occurred: at.occurred,
      item: ownName(declaration, item.id),
      unit: item.unit,
      quantity,
      from: { area: from.area, holder: from.holder },
      to: { area: to.area, holder: to.holder },
      event: from.area === at.area ? { stream: at.stream, seq: at.seq } : null,
    };
  }

  #holder(
    declaration: RegisterDeclaration,
    ref: HolderRef,
    at: { area: string; stream: string; values: FormValues },
  ): Holder {
    const holder = this.#holderOf(declaration, ref, at);
    this.#holders.set(`${holder.area} ${holder.holder}`, holder);
    return holder;
  }

  #holderOf(
    declaration: RegisterDeclaration,
    ref: HolderRef,
    { area, stream, values }: { area: string; stream: string; values: FormValues },
  ): Holder {
    if ('own' in ref) return { area, holder: stream, boundary: false };
    const fixed = (id: string): Holder | null => {
      const declared = declaration.holders.find((each) => each.id === id);
      if (declared === undefined) return null;
      // The world outside is everywhere; a common fund is the city's.
      return {
        area: declared.boundary ? area : this.#all.at.area,
        holder: ownName(declaration, id),
        boundary: declared.boundary,
      };
    };
    const missing = (name: string) =>
      refused(
        declaration,
        'flow.holder',
        `'${name}' can hold nothing`,
        'name a declared holder, an entity or a case',
      );
    if ('holder' in ref) {
      const found = fixed(ref.holder);
      if (found === null) throw missing(ref.holder);
      return found;
    }
    const field = fieldNamed(declaration, ref.field);
    const value = values[ref.field];
    if (field === undefined || value === undefined) throw missing(ref.field);
    if (field.type !== 'entity' && field.type !== 'case') {
      const found = fixed(value);
      if (found === null) throw missing(value);
      return found;
    }
    const record = this.#all.named(declaration, field, value) ?? this.named(declaration, field, value);
    if (record === null) throw missing(value);
    return { area: record.area, holder: record.stream, boundary: false };
  }

  /** Hands all of it in as one submission. */
  submit(agent: string, head: number, turn?: Turn): Promise<Receipt> {
    return this.#all.at.store.submit({
      city: this.#all.at.city,
      kind: 'record',
      agent,
      received: this.now,
      files: this.#files,
      ...(turn === undefined ? {} : { turn }),
      ...(this.#corrects === null ? {} : { corrects: this.#corrects }),
      ...(this.#needsHead || this.#movedSerials ? { basedOn: head } : {}),
      records: {
        registers: [...this.#steps.values()],
        items: [...this.#items.values()],
        holders: [...this.#holders.values()],
        events: this.#events,
        flows: this.#flows,
        ...(this.#withdraw.length === 0 ? {} : { withdraw: [...this.#withdraw] }),
      },
    });
  }
}

function transitions({ steps }: RegisterDeclaration): { from: string; to: string }[] {
  return steps.flatMap(({ after, kind }) =>
    after.length === 0 ? [{ from: '', to: kind }] : after.map((from) => ({ from, to: kind })),
  );
}

function refused({ id }: RegisterDeclaration, rule: string, what: string, mend: string): Refusal {
  const findings: readonly Finding[] = [
    {
      rule,
      severity: 'error',
      where: { file: id },
      what,
      why: 'a quantity goes from one holder to another',
      mend,
    },
  ];
  return new Refusal(findings, faultsOf(findings));
}

/** What was taken by the name that its sender gave it; no register that anyone sees. */
const messagesRegister = 'messages';

/** The stream that notes a message. */
export function messageStream(register: string, message: string): string {
  return `${messagesRegister}.${register}.${createHash('sha256').update(message).digest('hex').slice(0, 40)}`;
}

/** A short name for bytes, for attached files whose own names say too much. */
export function shortName(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}
