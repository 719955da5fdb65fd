import { refuse } from '../fault.ts';
import type { Equation } from './document.ts';
import { attribute, child, type Element } from './element.ts';

/** A conveyor as its stock declares it (XMILE 1.0 §3.7.2, §4.2.1): expressions in the stock's own context. */
export interface BeltDeclaration {
  readonly kind: 'belt';
  readonly length: Equation;
  readonly capacity: Equation | undefined;
  readonly inLimit: Equation | undefined;
  readonly sample: Equation | undefined;
  readonly arrest: Equation | undefined;
  readonly discrete: boolean;
  readonly batchIntegrity: boolean;
  readonly oneAtATime: boolean;
  readonly exponentialLeak: boolean;
}

/** A queue (§3.7.3): batches that leave in the order in which they came. */
export interface QueueDeclaration {
  readonly kind: 'queue';
}

/** What falls off a conveyor on its way: the share of what entered, and the part of the way where it falls. */
export interface LeakDeclaration {
  /** The share; undefined where the flow's own equation gives it. */
  readonly fraction: Equation | undefined;
  readonly from: number;
  readonly to: number;
}

const expressions = new Set(['len', 'capacity', 'in_limit', 'sample', 'arrest']);
/** `force_leak_fraction` asks for the whole share of what entered, which is what a linear leak takes here in any case. */
const flags = ['discrete', 'batch_integrity', 'one_at_a_time', 'exponential_leak', 'force_leak_fraction'];

/** Reads <conveyor> or <queue/> of a stock; undefined where it has neither. */
export function readHolder(stock: Element, name: string): BeltDeclaration | QueueDeclaration | undefined {
  const belt = child(stock, 'conveyor');
  const queue = child(stock, 'queue');
  if (belt !== undefined && queue !== undefined) {
    refuse({
      rule: 'xmile.stock',
      where: queue.where,
      what: `'${name}' is a conveyor and a queue`,
      why: 'a stock has one way of holding its content',
      mend: 'keep one',
    });
  }
  if (belt !== undefined) return readBelt(belt, name);
  if (queue === undefined) return undefined;
  return { kind: 'queue' };
}

function readBelt(belt: Element, name: string): BeltDeclaration {
  for (const part of belt.children) {
    if (part.vendor === '' && expressions.has(part.name)) continue;
    refuse({
      rule: 'xmile.unsupported',
      where: part.where,
      what: `<${part.name}> in the conveyor '${name}'`,
      why: 'it is no part of a conveyor that XMILE 1.0 describes, and it may change what flows',
      mend: 'remove it',
    });
  }
  for (const [key, value] of belt.attributes) {
    if (flags.includes(key) || !isTrue(value)) continue;
    refuse({
      rule: 'xmile.unsupported',
      where: belt.where,
      what: `${key}="${value}" in the conveyor '${name}'`,
      why: 'XMILE 1.0 does not describe that kind of conveyor',
      mend: 'remove it',
    });
  }
  const equation = (tag: string): Equation | undefined => {
    const one = child(belt, tag);
    return one === undefined || one.text.trim() === '' ? undefined : { text: one.text, where: one.where };
  };
  const flag = (key: string, otherwise: boolean) => {
    const text = attribute(belt, key);
    return text === undefined ? otherwise : isTrue(text);
  };
  const length = equation('len');
  if (length === undefined) {
    return refuse({
      rule: 'xmile.equation',
      where: belt.where,
      what: `the conveyor '${name}' has no <len>`,
      why: 'how long its content is under way is not given',
      mend: 'give the transit time in <len>',
    });
  }
  return {
    kind: 'belt',
    length,
    capacity: equation('capacity'),
    inLimit: equation('in_limit'),
    sample: equation('sample'),
    arrest: equation('arrest'),
    discrete: flag('discrete', false),
    batchIntegrity: flag('batch_integrity', false),
    oneAtATime: flag('one_at_a_time', true),
    exponentialLeak: flag('exponential_leak', false),
  };
}

/** Reads a flow's <leak>: with the share in it, or empty where the share is the flow's equation. */
export function readLeak(flow: Element, name: string): LeakDeclaration | undefined {
  const leak = child(flow, 'leak');
  if (leak === undefined) return undefined;
  const place = (key: string, otherwise: number): number => {
    const text = attribute(flow, key) ?? attribute(leak, key);
    const value = text === undefined ? otherwise : Number(text);
    if (value >= 0 && value <= 1) return value;
    return refuse({
      rule: 'xmile.leak',
      where: flow.where,
      what: `${key}="${text}" of '${name}'`,
      why: 'a place on a conveyor lies between 0, where things enter, and 1, where they leave',
      mend: 'correct it',
    });
  };
  const text = leak.text.trim();
  return {
    fraction: text === '' ? undefined : { text: leak.text, where: leak.where },
    from: place('leak_start', 0),
    to: place('leak_end', 1),
  };
}

function isTrue(text: string): boolean {
  return text.trim().toLowerCase() === 'true';
}
