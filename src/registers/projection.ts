import { add, decimal, negate, type Rational, type RegisterDeclaration, rational } from '../model/index.ts';
import type { Store, StoredEvent, StoredFlow } from '../store/index.ts';
import { CaseOrder, type Piece } from './case-order.ts';
import type { CaseRecord, CaseStep } from './case-record.ts';
import { correctedKey, flagsKey } from './event-keys.ts';

const longestKept = 1000;
const window = 4000;

/** Counts all changes of all projections: two that tell one revision of a register hold the same of it. */
let revisions = 0;

/** Everything that one city's registers hold, kept in memory and brought up to the log by reading only what is new. */
export class Projection {
  position = 0;
  readonly #cases = new Map<string, Map<string, CaseRecord>>();
  readonly #flows = new Map<string, Map<string, StoredFlow>>();
  /** Flows by the holders that they leave and enter. */
  readonly #flowsAt = new Map<string, Map<string, StoredFlow>>();
  readonly #replaced = new Map<string, ReplacedFlow[]>();
  readonly #balances = new Map<string, Rational>();
  readonly #children = new Map<string, Set<string>>();
  readonly #numbers = new Map<string, number>();
  readonly #orders = new Map<string, CaseOrder>();
  readonly #revisions = new Map<string, number>();
  readonly #store: Store;
  readonly #city: string;
  #reading: Promise<void> | null = null;
  #from: Projection | null;

  /** `from`: one of the same log that may have read some of it; the first refresh takes over what it knows by then. */
  constructor(store: Store, city: string, from: Projection | null = null) {
    this.#store = store;
    this.#city = city;
    this.#from = from;
  }

  /** Reads what came since; two who ask at once read once. `asOf` keeps it from going further than a position. */
  async refresh(asOf = Number.MAX_SAFE_INTEGER): Promise<number> {
    while (this.#reading !== null) await this.#reading;
    this.#reading = this.#read(asOf).finally(() => {
      this.#reading = null;
    });
    await this.#reading;
    return this.position;
  }

  async #read(asOf: number): Promise<void> {
    const head = (await this.#store.cities()).find(({ id }) => id === this.#city)?.head ?? 0;
    const end = Math.min(asOf, head);
    const from = this.#from;
    this.#from = null;
    while (from !== null && from.#reading !== null) await from.#reading;
    if (from !== null && from.position <= end) this.#takeOver(from);
    while (this.position < end) {
      const upTo = Math.min(end, this.position + window);
      const query = { after: this.position, asOf: upTo };
      const corrected = new Map<string, Set<string>>();
      for (const event of await this.#store.events(this.#city, query)) {
        const { register, stream, seq, body } = event;
        if (
          correctedKey in body ||
          this.case(register, stream)?.steps.some((step) => step.seq === seq) === true
        )
          corrected.set(register, (corrected.get(register) ?? new Set()).add(stream));
        this.#event(event);
      }
      for (const [register, streams] of corrected) await this.#again(register, [...streams], upTo);
      for (const flow of await this.#store.flows(this.#city, { ...query, every: true })) this.#flow(flow);
      this.position = upTo;
    }
  }

  /** Takes what another knows: records are shared, since nothing changes them. */
  #takeOver(from: Projection): void {
    for (const [register, cases] of from.#cases) this.#cases.set(register, new Map(cases));
    for (const [register, flows] of from.#flows) this.#flows.set(register, new Map(flows));
    for (const [holder, flows] of from.#flowsAt) this.#flowsAt.set(holder, new Map(flows));
    for (const [register, replaced] of from.#replaced) this.#replaced.set(register, [...replaced]);
    for (const [key, quantity] of from.#balances) this.#balances.set(key, quantity);
    for (const [parent, children] of from.#children) this.#children.set(parent, new Set(children));
    for (const [prefix, number] of from.#numbers) this.#numbers.set(prefix, number);
    for (const [register, order] of from.#orders) this.#orders.set(register, order.copy());
    for (const [register, revision] of from.#revisions) this.#revisions.set(register, revision);
    this.position = from.position;
  }

  /** What a corrected step no longer says must not stay, nor may it cover what later steps said: its case is read anew. */
  async #again(register: string, streams: readonly string[], asOf: number): Promise<void> {
    const byCase = new Map<string, StoredEvent[]>();
    for (const event of await this.#store.events(this.#city, { register, streams, asOf }))
      byCase.set(event.stream, [...(byCase.get(event.stream) ?? []), event]);
    for (const [stream, events] of byCase) {
      this.#cases.get(register)?.delete(stream);
      for (const event of events.sort((a, b) => a.seq - b.seq)) this.#event(event);
      // Flags are of the whole case: those that were worked out last hold.
      const last = [...events].sort((a, b) => b.position - a.position).find(({ body }) => flagsKey in body);
      const record = this.case(register, stream);
      const flags = last?.body[flagsKey];
      if (record !== null && typeof flags === 'string')
        this.#put(register, { ...record, values: { ...record.values, [flagsKey]: flags } });
    }
  }

  #event({ register, stream, area, seq, kind, occurred, position, actor, body }: StoredEvent): void {
    const before = this.case(register, stream) ?? undefined;
    const corrected = body[correctedKey];
    const step: CaseStep = {
      seq,
      kind,
      occurred,
      position,
      actor,
      ...(typeof corrected === 'string' ? { corrected } : {}),
    };
    const kept: [string, string][] = Object.entries(body).flatMap(([id, value]) =>
      typeof value === 'string' && value.length <= longestKept && !value.startsWith('v1.')
        ? [[id, value]]
        : [],
    );
    const steps = [...(before?.steps ?? []).filter((each) => each.seq !== seq), step];
    if (before === undefined) {
      this.#childOf(register, stream, body);
      const [, prefix = '', digits = ''] = /^(.*[.-])(\d{1,12})$/.exec(stream) ?? [];
      if (digits !== '') this.#numbers.set(prefix, Math.max(this.lastNumber(prefix), Number(digits)));
    }
    const changes = before !== undefined && kind.endsWith('.changed');
    const past = [...(before?.past ?? []), ...(changes ? [{ until: occurred, values: before.values }] : [])];
    this.#put(register, {
      stream,
      register,
      ...(past.length === 0 ? {} : { past }),
      number: stream.slice(register.length + 1),
      area,
      steps: steps.sort((a, b) => a.seq - b.seq),
      values: { ...before?.values, ...Object.fromEntries(kept) },
    });
  }

  #put(register: string, record: CaseRecord): void {
    this.#changed(register);
    const cases = this.#cases.get(register) ?? new Map<string, CaseRecord>();
    this.#cases.set(register, cases.set(record.stream, record));
    const order = this.#orders.get(register) ?? new CaseOrder();
    this.#orders.set(register, order);
    order.put(record);
  }

  #changed(register: string): void {
    revisions += 1;
    this.#revisions.set(register, revisions);
  }

  /** Another number whenever a case or a flow of a register changed; 0 where there is none. */
  revision(register: string): number {
    return this.#revisions.get(register) ?? 0;
  }

  /** A case belongs to the one that its number begins with, or that it names. */
  #childOf(register: string, stream: string, body: StoredEvent['body']): void {
    const named = body[parentKey];
    const dot = stream.lastIndexOf('.');
    for (const parent of [
      ...(dot > register.length ? [stream.slice(0, dot)] : []),
      ...(typeof named === 'string' ? [`${register}.${named}`] : []),
    ]) {
      const children = this.#children.get(parent) ?? new Set();
      this.#children.set(parent, children.add(stream));
    }
  }

  #flow(flow: StoredFlow): void {
    const register = flow.id.split('.')[0] ?? '';
    this.#changed(register);
    const flows = this.#flows.get(register) ?? new Map<string, StoredFlow>();
    this.#flows.set(register, flows);
    const address = `${flow.from.area}/${flow.id}`;
    const before = flows.get(address);
    if (before !== undefined) {
      this.#move(before, true);
      const replaced = this.#replaced.get(register) ?? [];
      replaced.push({ flow: before, by: flow });
      this.#replaced.set(register, replaced);
    }
    const stays = flow.withdrawn === true ? new Set<string>() : holdersOf(flow);
    for (const holder of before === undefined ? [] : holdersOf(before))
      if (!stays.has(holder)) this.#flowsAt.get(holder)?.delete(address);
    for (const holder of stays) {
      const at = this.#flowsAt.get(holder);
      if (at === undefined) this.#flowsAt.set(holder, new Map([[address, flow]]));
      else at.set(address, flow);
    }
    if (flow.withdrawn === true) flows.delete(address);
    else {
      flows.set(address, flow);
      this.#move(flow, false);
    }
  }

  #move({ item, quantity, from, to }: StoredFlow, undone: boolean): void {
    const amount = decimal(quantity);
    for (const [holder, change] of [
      [from.holder, undone ? amount : negate(amount)],
      [to.holder, undone ? negate(amount) : amount],
    ] as const) {
      const key = `${item} ${holder}`;
      this.#balances.set(key, add(this.#balances.get(key) ?? rational(0n), change));
    }
  }

  /** What a holder has of an item, both by their names in the store. */
  balance(item: string, holder: string): Rational {
    return this.#balances.get(`${item} ${holder}`) ?? rational(0n);
  }

  /** Every balance that was ever touched: item, holder and quantity. */
  *balances(): Iterable<readonly [item: string, holder: string, quantity: Rational]> {
    for (const [key, quantity] of this.#balances) {
      const space = key.indexOf(' ');
      yield [key.slice(0, space), key.slice(space + 1), quantity];
    }
  }

  /** Cases that belong to one, in the order of their numbers. */
  children(register: string, stream: string): readonly CaseRecord[] {
    return [...(this.#children.get(stream) ?? [])].sort().flatMap((each) => this.case(register, each) ?? []);
  }

  /** The greatest number that was ever given after a prefix such as `complaints.2026-`. */
  lastNumber(prefix: string): number {
    return this.#numbers.get(prefix) ?? 0;
  }

  /** Whether a message was noted, by the stream that notes it. */
  hasNoted(stream: string): boolean {
    return this.#noted(stream) !== undefined;
  }

  /** The stream of the case that a message took a step in; null when it was not noted. */
  caseOfNoted(stream: string): string | null {
    return this.#noted(stream)?.values.stream ?? null;
  }

  #noted(stream: string): CaseRecord | undefined {
    return this.#cases.get(stream.slice(0, stream.indexOf('.')))?.get(stream);
  }

  case(register: string, stream: string): CaseRecord | null {
    return this.#cases.get(register)?.get(stream) ?? null;
  }

  /** All cases and entities of a register, in the order of their numbers. */
  cases(register: string): readonly CaseRecord[] {
    return this.#orders.get(register)?.all() ?? [];
  }

  /** The same in pieces, each of which stays the same list as long as none of its cases changed. */
  pieces(register: string): readonly Piece[] {
    return this.#orders.get(register)?.pieces() ?? [];
  }

  /** The same without an order: for reading all of them once. */
  everyCase(register: string): Iterable<CaseRecord> {
    return this.#cases.get(register)?.values() ?? [];
  }

  count(register: string): number {
    return this.#cases.get(register)?.size ?? 0;
  }

  /** Flows of a register's items, by area and id. */
  flows(register: string): Iterable<StoredFlow> {
    return this.#flows.get(register)?.values() ?? [];
  }

  /** Flows of a register's items that leave or enter a holder. */
  *flowsAt(register: string, holder: string): Iterable<StoredFlow> {
    for (const flow of this.#flowsAt.get(holder)?.values() ?? [])
      if (flow.id.startsWith(`${register}.`)) yield flow;
  }

  /** The flows that one step made and that stand. */
  *flowsOf(register: string, stream: string, seq: number): Iterable<StoredFlow> {
    for (const flow of this.flows(register)) if (flow.id.startsWith(`${stream}:${seq}:`)) yield flow;
  }

  /** Flows of a register as they were before each correction, oldest first. */
  replaced(register: string): readonly ReplacedFlow[] {
    return this.#replaced.get(register) ?? [];
  }
}

function holdersOf({ from, to }: StoredFlow): ReadonlySet<string> {
  return new Set([from.holder, to.holder]);
}

/** A flow that a correction took the place of; `by` is withdrawn where nothing did. */
export interface ReplacedFlow {
  readonly flow: StoredFlow;
  readonly by: StoredFlow;
}

/** Names the case that a case belongs to, in its first event. */
export const parentKey = '_parent';

/** The name of an item or fixed holder of a register in the store. */
export function ownName({ id }: Pick<RegisterDeclaration, 'id'>, name: string): string {
  return `${id}.${name}`;
}
