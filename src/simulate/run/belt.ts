import { refuse } from '../fault.ts';
import { type BeltSpec, type Device, figureOf } from './device.ts';
import type { Clock } from './runtime.ts';

const mostSlats = 1_000_000;
/** Places moved in one run, all steps together. */
const mostMoved = 50_000_000;

/** One slat: its content, and of each leak what it sheds a step and what it may still shed (linear leaks). */
interface Slat {
  content: number;
  readonly sheds: Float64Array;
  readonly left: Float64Array;
}

/** What a step will do, before it is done. Volumes, not rates. */
interface Plan {
  readonly arrested: boolean;
  /** The primary outflow's destination stands still: content gathers on the last slat. */
  readonly held: boolean;
  readonly leaks: Float64Array;
  /** Contents of the slats after the leaks; undefined where nothing leaks. */
  readonly after: Float64Array | undefined;
  /** By leak and slat: what it sheds. */
  readonly shed: readonly Float64Array[];
  readonly out: number;
}

/**
 * A conveyor (XMILE 1.0 §3.7.2): content moves one slat a step towards the exit. The order within a step: leaks, exit,
 * then what comes in, cut to the capacity that is then free and to the inflow limit. What is on the way keeps its place
 * when the transit time changes; only what enters is laid down nearer to or farther from the exit. A linear leak takes
 * its share of what entered in equal parts over the leak zone; an exponential one takes the share per unit of time of
 * what is there.
 */
export class Belt implements Device {
  readonly #spec: BeltSpec;
  readonly #find: (stock: number) => Belt | undefined;
  #slats: Slat[] = [];
  #filled = false;
  #transit = 0;
  #plan: Plan | undefined;
  #admitted: Float64Array | undefined;
  /** Of a discrete conveyor: what has entered in the present unit of time. */
  #entered = 0;
  #unit = Number.NaN;
  #moved = 0;

  constructor(spec: BeltSpec, find: (stock: number) => Belt | undefined) {
    this.#spec = spec;
    this.#find = find;
  }

  get spec(): BeltSpec {
    return this.#spec;
  }

  reset(): void {
    this.#slats = [];
    this.#filled = false;
    this.#plan = undefined;
    this.#admitted = undefined;
    this.#entered = 0;
    this.#unit = Number.NaN;
    this.#moved = 0;
  }

  /** Ports: 0 the exit, then the leaks, then the inflows. */
  flow(port: number, v: Float64Array, c: Clock): number {
    const { leaks } = this.#spec;
    if (port === 0) return this.plan(v, c).out / c.dt;
    if (port <= leaks.length) return (this.plan(v, c).leaks[port - 1] ?? 0) / c.dt;
    return (this.#admit(v, c)[port - 1 - leaks.length] ?? 0) / c.dt;
  }

  held(figure: Parameters<Device['held']>[0], v: Float64Array, c: Clock, at: number): number {
    this.#fill(v, c);
    if (figure === 'size') return this.#slats.length;
    return figureOf(
      figure,
      this.#slats.map((slat) => slat.content),
      at,
    );
  }

  arrested(v: Float64Array): boolean {
    return this.#spec.arrest >= 0 && v[this.#spec.arrest] !== 0;
  }

  /** Leaks and exit of this step. */
  plan(v: Float64Array, c: Clock): Plan {
    if (this.#plan !== undefined) return this.#plan;
    this.#fill(v, c);
    const arrested = this.arrested(v);
    const { next } = this.#spec;
    const { leaks, after, shed } = arrested ? this.#noLeaks() : this.#leak(v, c);
    const held = next >= 0 && (this.#find(next)?.arrested(v) ?? false);
    const last = after?.[0] ?? this.#slats[0]?.content ?? 0;
    this.#plan = { arrested, held, leaks, after, shed, out: arrested || held ? 0 : last };
    return this.#plan;
  }

  #noLeaks(): Pick<Plan, 'leaks' | 'after' | 'shed'> {
    return { leaks: new Float64Array(this.#spec.leaks.length), after: undefined, shed: [] };
  }

  /** What each leak takes from each slat, the first listed first. */
  #leak(v: Float64Array, c: Clock): Pick<Plan, 'leaks' | 'after' | 'shed'> {
    const { leaks, exponentialLeak } = this.#spec;
    if (leaks.length === 0) return this.#noLeaks();
    const slats = this.#slats;
    const count = slats.length;
    const after = new Float64Array(count);
    for (let i = 0; i < count; i++) after[i] = slats[i]?.content ?? 0;
    const totals = new Float64Array(leaks.length);
    const shed = leaks.map(({ fraction, from, to }, k) => {
      const row = new Float64Array(count);
      const share = v[fraction] ?? 0;
      for (let i = 0; i < count; i++) {
        if (!inZone(i, count, from, to)) continue;
        const slat = slats[i];
        const there = after[i] ?? 0;
        const wanted = exponentialLeak
          ? there * share * c.dt
          : Math.min(slat?.sheds[k] ?? 0, slat?.left[k] ?? 0);
        const taken = Math.max(0, Math.min(wanted, there));
        after[i] = there - taken;
        row[i] = taken;
        totals[k] = (totals[k] ?? 0) + taken;
      }
      return row;
    });
    return { leaks: totals, after, shed };
  }

  /** How much may still enter in this step, after so much has. */
  room(v: Float64Array, c: Clock, taken: number): number {
    const { capacity, inLimit, discrete } = this.#spec;
    const plan = this.plan(v, c);
    if (plan.arrested) return 0;
    let free = Number.POSITIVE_INFINITY;
    if (capacity >= 0) {
      let there = -plan.out;
      for (const slat of this.#slats) there += slat.content;
      for (const leak of plan.leaks) there -= leak;
      free = (v[capacity] ?? 0) - there;
    }
    let limit = Number.POSITIVE_INFINITY;
    if (inLimit >= 0) {
      const unit = Math.floor(c.base + 1e-6 * c.dt);
      const entered = unit === this.#unit ? this.#entered : 0;
      limit = discrete ? (v[inLimit] ?? 0) - entered : (v[inLimit] ?? 0) * c.dt;
    }
    return Math.max(0, Math.min(free, limit) - taken);
  }

  /** What each inflow brings in this step. */
  #admit(v: Float64Array, c: Clock): Float64Array {
    if (this.#admitted !== undefined) return this.#admitted;
    const { inflows } = this.#spec;
    const volumes = new Float64Array(inflows.length);
    // What another conveyor lets fall is never held back; it takes room from the rest.
    let taken = 0;
    inflows.forEach((inflow, i) => {
      if (inflow.from === 'wish') return;
      volumes[i] = Math.max(0, (v[inflow.slot] ?? 0) * c.dt);
      if (inflow.from === 'belt') taken += volumes[i] ?? 0;
    });
    inflows.forEach((inflow, i) => {
      if (inflow.from !== 'wish') return;
      const wanted = Math.max(0, (v[inflow.slot] ?? 0) * c.dt);
      volumes[i] = Math.min(wanted, this.room(v, c, taken));
      taken += volumes[i] ?? 0;
    });
    this.#admitted = volumes;
    return volumes;
  }

  commit(v: Float64Array, c: Clock): void {
    const plan = this.plan(v, c);
    this.#moved += this.#slats.length;
    if (this.#moved > mostMoved) this.#tooLong(`${this.#slats.length} places in a step of ${c.dt}`);
    const volumes = this.#admit(v, c);
    const volume = volumes.reduce((sum, one) => sum + one, 0);
    this.#plan = undefined;
    this.#admitted = undefined;
    const unit = Math.floor(c.base + 1e-6 * c.dt);
    this.#entered = (unit === this.#unit ? this.#entered : 0) + volume;
    this.#unit = unit;
    if (this.#spec.sample < 0 || v[this.#spec.sample] !== 0) this.#transit = v[this.#spec.length] ?? 0;
    // A belt that stands still keeps everything where it is; what another conveyor lets fall on it lies at its entry.
    if (!plan.arrested) {
      const { after, shed } = plan;
      if (after !== undefined) {
        this.#slats.forEach((slat, i) => {
          slat.content = after[i] ?? 0;
          shed.forEach((row, k) => {
            slat.left[k] = (slat.left[k] ?? 0) - (row[i] ?? 0);
          });
        });
      }
      this.#advance(plan.held);
    }
    if (!plan.arrested || volume > 0) this.#lay(volume, v, c);
  }

  #advance(held: boolean): void {
    const slats = this.#slats;
    if (!held) {
      slats.shift();
      return;
    }
    const [last, before] = slats;
    if (last === undefined || before === undefined) return;
    merge(last, before);
    slats.splice(1, 1);
  }

  #depth(c: Clock): number {
    const count = Math.max(1, Math.floor(this.#transit / c.dt + 0.5));
    if (count <= mostSlats) return count;
    return this.#tooLong(`a transit time of ${this.#transit}`);
  }

  #tooLong(what: string): never {
    return refuse({
      rule: 'simulate.conveyor',
      where: { file: this.#spec.name },
      what: `the conveyor '${this.#spec.name}' has ${what}`,
      why: `at most ${mostSlats.toLocaleString('en')} places are kept, one a step, and ${mostMoved.toLocaleString('en')} moved in a run`,
      mend: 'correct <len>, use a larger dt or a shorter run',
    });
  }

  #lay(volume: number, v: Float64Array, c: Clock): void {
    const slats = this.#slats;
    const depth = this.#depth(c);
    while (slats.length > depth && slats.at(-1)?.content === 0) slats.pop();
    while (slats.length < depth) slats.push(this.#empty());
    const slat = slats[depth - 1];
    if (slat === undefined || volume === 0) return;
    const laid = this.#cohort(volume, depth, slats.length, v);
    merge(slat, laid);
  }

  #empty(): Slat {
    const { length } = this.#spec.leaks;
    return { content: 0, sheds: new Float64Array(length), left: new Float64Array(length) };
  }

  /** What enters at `depth`, with the schedule of its linear leaks: the share over the slats of the zone that it will pass. */
  #cohort(volume: number, depth: number, length: number, v: Float64Array): Slat {
    const slat = this.#empty();
    slat.content = volume;
    if (this.#spec.exponentialLeak) return slat;
    this.#spec.leaks.forEach(({ fraction, from, to }, k) => {
      const places = zonePlaces(depth, length, from, to);
      const share = Math.min(1, Math.max(0, v[fraction] ?? 0));
      slat.sheds[k] = places === 0 ? 0 : (share * volume) / places;
      slat.left[k] = (slat.sheds[k] ?? 0) * places;
    });
    return slat;
  }

  /** Lays the initial value down as it would lie after a long time of even inflow (isee's steady state). */
  #fill(v: Float64Array, c: Clock): void {
    if (this.#filled) return;
    this.#filled = true;
    this.#transit = v[this.#spec.length] ?? 0;
    const { leaks, exponentialLeak } = this.#spec;
    const count = this.#depth(c);
    const shape = new Float64Array(count);
    shape[count - 1] = 1;
    for (let i = count - 1; i > 0; i--) {
      let there = shape[i] ?? 0;
      for (const { fraction, from, to } of leaks) {
        if (!inZone(i, count, from, to)) continue;
        const share = v[fraction] ?? 0;
        there -= exponentialLeak ? there * share * c.dt : share / zonePlaces(count, count, from, to);
      }
      shape[i - 1] = Math.max(0, there);
    }
    const total = shape.reduce((sum, one) => sum + one, 0);
    const entry = (v[this.#spec.stock] ?? 0) / total;
    this.#slats = Array.from(shape, (part, i) => {
      const slat = this.#cohort(entry, count, count, v);
      slat.content = entry * part;
      leaks.forEach(({ from, to }, k) => {
        slat.left[k] = (slat.sheds[k] ?? 0) * zonePlaces(i + 1, count, from, to);
      });
      return slat;
    });
  }
}

/** Whether the slat i places from the exit lies in a leak zone, which is measured from the entry. */
function inZone(i: number, count: number, from: number, to: number): boolean {
  const fromEntry = 1 - (i + 0.5) / count;
  return fromEntry >= from && fromEntry <= to;
}

/** How many places of a zone lie between a depth and the exit. */
function zonePlaces(depth: number, count: number, from: number, to: number): number {
  let places = 0;
  for (let i = 0; i < depth; i++) if (inZone(i, count, from, to)) places++;
  return places;
}

function merge(into: Slat, from: Slat): void {
  into.content += from.content;
  from.sheds.forEach((one, k) => {
    into.sheds[k] = (into.sheds[k] ?? 0) + one;
    into.left[k] = (into.left[k] ?? 0) + (from.left[k] ?? 0);
  });
}
