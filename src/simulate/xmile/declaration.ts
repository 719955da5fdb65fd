import type { Finding } from '../../model/index.ts';
import { type Faults, refuse, warning } from '../fault.ts';
import { readHolder, readLeak } from './belt.ts';
import type { Declaration, ElementDefinition, Equation, ModuleUse } from './document.ts';
import { attribute, child, children, type Element } from './element.ts';
import { type GraphFunction, readGraph } from './graph-function.ts';
import { canonical, spoken } from './name.ts';

/** What holds for all variables unless one says otherwise (XMILE 1.0 §2.7). */
export interface Behavior {
  readonly stock: boolean;
  readonly flow: boolean;
}

export const noBehavior: Behavior = { stock: false, flow: false };

export function readBehavior(parent: Element, outer: Behavior): Behavior {
  const element = child(parent, 'behavior');
  if (element === undefined) return outer;
  const all = flag(child(element, 'non_negative'));
  const of = (name: string, before: boolean) => {
    const one = child(element, name);
    return (one === undefined ? undefined : flag(child(one, 'non_negative'))) ?? all ?? before;
  };
  return { stock: of('stock', outer.stock), flow: of('flow', outer.flow) };
}

/** An empty <non_negative/> says yes; its text may say true or false. */
function flag(element: Element | undefined): boolean | undefined {
  return element === undefined ? undefined : element.text.trim().toLowerCase() !== 'false';
}

/** What may stand inside a variable without changing what it computes. */
const quiet = new Set([
  'units',
  'doc',
  'documentation',
  'note',
  'format',
  'scale',
  'range',
  'dimensions',
  'element',
  'gf',
  'eqn',
  'init_eqn',
  'inflow',
  'outflow',
  'non_negative',
  'mathml',
  'event_poster',
  'access',
  'label',
]);

/** What only stocks, and what only flows have. */
const parts: Readonly<Record<string, readonly string[]>> = {
  stock: ['conveyor', 'queue'],
  flow: ['leak', 'overflow', 'multiplier'],
};

/** What changes the meaning of a variable and is not built here, with the reason given to the reader. */
const special: Readonly<Record<string, string>> = {
  oven: 'an oven fills, cooks and empties in turn',
  leak_integers: 'XMILE does not say on which slat whole units are gathered',
  spreadflow: 'the flow spreads its content over a conveyor',
  summing: 'a summing converter adds what its connectors point to',
  summer: 'a summing converter adds what its connectors point to',
  fifo: 'the stock keeps the order of its content',
  transit_time: 'a conveyor moves its content in slats',
};

const kinds: Readonly<Record<string, Declaration['kind']>> = {
  stock: 'stock',
  flow: 'flow',
  aux: 'aux',
  gf: 'graph',
};

export interface Read {
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly modules: ReadonlyMap<string, ModuleUse>;
}

/** Reads the variables of a model or macro: inside <variables>, or directly inside it in isee's old form. */
export function readDeclarations(
  parent: Element,
  behavior: Behavior,
  warnings: Finding[],
  faults: Faults,
): Read {
  const declarations = new Map<string, Declaration>();
  const modules = new Map<string, ModuleUse>();
  const places = [parent, ...children(parent, 'variables')];
  for (const element of places.flatMap((place) => place.children)) {
    if (element.vendor !== '') continue;
    const kind = Object.hasOwn(kinds, element.name) ? kinds[element.name] : undefined;
    if (kind === undefined && element.name !== 'module') {
      if (!passed.has(element.name)) unknownElement(element, parent, faults);
      continue;
    }
    if (kind === 'graph' && attribute(element, 'name') === undefined) continue;
    faults.attempt(() => {
      const one =
        kind === undefined ? readModule(element) : readDeclaration(element, kind, behavior, warnings);
      if (declarations.has(one.name) || modules.has(one.name)) {
        refuse({
          rule: 'xmile.duplicate',
          where: element.where,
          what: `'${one.text}' is defined twice`,
          why: 'names are compared without case, and spaces are underscores; each means one thing',
          mend: 'rename or remove one',
        });
      }
      if ('kind' in one) declarations.set(one.name, one);
      else modules.set(one.name, one);
    });
  }
  return { declarations, modules };
}

/** Parts of a <model> or <macro> that hold no variable. */
const passed = new Set([
  'variables',
  'behavior',
  'group',
  'sector',
  'eqn',
  'parm',
  'format',
  'doc',
  'documentation',
  'model_units',
  'units',
  'default_format',
  'equation_prefs',
  'prefs',
  'event_posters',
  'run',
  'namespace',
]);

/** What names itself or computes may change the result and is refused; the rest of a model is drawing and passed over. */
function unknownElement(element: Element, parent: Element, faults: Faults): void {
  if (attribute(element, 'name') === undefined && child(element, 'eqn') === undefined) return;
  faults.attempt(() => {
    refuse({
      rule: 'xmile.unknown',
      where: element.where,
      what: `<${element.name}> in <${parent.name}>`,
      why: 'it is no part of XMILE 1.0 that is understood here, and it may change the result',
      mend: 'remove it',
    });
  });
}

function readModule(element: Element): ModuleUse {
  const text = nameOf(element);
  if (
    attribute(element, 'resource') !== undefined &&
    /^(file|https?):/i.test(attribute(element, 'resource') ?? '')
  ) {
    refuse({
      rule: 'xmile.resource',
      where: element.where,
      what: `the module ${text} is kept in another file`,
      why: 'other files are not opened from a model',
      mend: 'put the model into this file',
    });
  }
  return {
    name: canonical(text),
    text: spoken(text),
    where: element.where,
    connections: children(element, 'connect').map((one) => ({
      to: attribute(one, 'to') ?? '',
      from: attribute(one, 'from') ?? '',
      where: one.where,
    })),
  };
}

function nameOf(element: Element): string {
  const text = attribute(element, 'name');
  if (text === undefined || text.trim() === '') {
    return refuse({
      rule: 'xmile.name',
      where: element.where,
      what: `a <${element.name}> without a name`,
      why: 'a variable is known by its name',
      mend: 'give name=""',
    });
  }
  return text;
}

function readDeclaration(
  element: Element,
  kind: Declaration['kind'],
  behavior: Behavior,
  warnings: Finding[],
): Declaration {
  const text = nameOf(element);
  if (kind !== 'graph') checkParts(element, text, warnings);
  const list = child(element, 'dimensions');
  const gf = kind === 'graph' ? element : child(element, 'gf');
  const reference = gf === undefined || kind === 'graph' ? undefined : graphReference(gf);
  const graph = reference === undefined ? gf : undefined;
  const set = flag(child(element, 'non_negative'));
  const stated = kind === 'stock' ? behavior.stock : kind === 'flow' && behavior.flow;
  return {
    kind,
    name: canonical(text),
    text: spoken(text),
    where: element.where,
    dimensions:
      list === undefined ? [] : children(list, 'dim').map((one) => canonical(attribute(one, 'name') ?? '')),
    equation: equationOf(element, 'eqn'),
    list: equationsOf(element),
    initial: equationOf(element, 'init_eqn'),
    elements: children(element, 'element').map(readElement),
    graph: graph === undefined ? undefined : readGraph(graph),
    graphOf: reference,
    inflows: children(element, 'inflow').map(textOf),
    outflows: children(element, 'outflow').map(textOf),
    nonNegative: set ?? stated,
    holder: kind === 'stock' ? readHolder(element, spoken(text)) : undefined,
    leak: kind === 'flow' ? readLeak(element, spoken(text)) : undefined,
    overflow: child(element, 'overflow') !== undefined,
    multiplier: equationOf(element, 'multiplier'),
    units: child(element, 'units')?.text.trim() || undefined,
    doc: child(element, 'doc')?.text.trim() || undefined,
  };
}

/** `<gf name="f"/>` without points uses the graphical function of that name (§4.1.4). */
function graphReference(gf: Element): Equation | undefined {
  const name = attribute(gf, 'name');
  if (name === undefined || child(gf, 'ypts') !== undefined) return undefined;
  return { text: name, where: gf.where };
}

/** What a variable has one of. */
const single = ['gf', 'dimensions', 'units', 'init_eqn', 'non_negative'];

function checkParts(element: Element, name: string, warnings: Finding[]): void {
  const array = child(element, 'dimensions') !== undefined;
  for (const part of [...single, ...(array ? [] : ['eqn'])]) {
    const second = children(element, part)[1];
    if (second === undefined) continue;
    refuse({
      rule: 'xmile.duplicate',
      where: second.where,
      what: `'${spoken(name)}' has more than one <${part}>`,
      why: 'which of them holds is not said',
      mend: 'keep one',
    });
  }
  for (const part of element.children) {
    const why = Object.hasOwn(special, part.name) ? special[part.name] : undefined;
    if (why !== undefined) {
      refuse({
        rule: 'xmile.unsupported',
        where: part.where,
        what: `<${part.name}> in ${element.name} '${spoken(name)}'`,
        why: `${why}, which is not built here`,
        mend: 'use ordinary stocks and flows, or a DELAY function',
      });
    }
    if (part.vendor === '' && !quiet.has(part.name) && parts[element.name]?.includes(part.name) !== true) {
      refuse({
        rule: 'xmile.unknown',
        where: part.where,
        what: `<${part.name}> in ${element.name} '${spoken(name)}'`,
        why: 'it is no part of XMILE 1.0 that is understood here, and it may change the result',
        mend: 'remove it',
      });
    }
    if (part.name === 'event_poster') {
      warnings.push(
        warning({
          rule: 'xmile.event',
          where: part.where,
          what: `events of '${spoken(name)}' are not raised`,
          why: 'a run goes through without a player',
          mend: 'nothing',
        }),
      );
    }
  }
  if (child(element, 'mathml') !== undefined && child(element, 'eqn') === undefined) {
    refuse({
      rule: 'xmile.unsupported',
      where: element.where,
      what: `'${spoken(name)}' has its equation in MathML only`,
      why: 'equations are read from <eqn>',
      mend: 'give <eqn>',
    });
  }
}

function readElement(element: Element): ElementDefinition {
  for (const part of element.children) {
    if (part.vendor === '' && !quiet.has(part.name)) {
      refuse({
        rule: 'xmile.unknown',
        where: part.where,
        what: `<${part.name}> in an <element>`,
        why: 'it is no part of XMILE 1.0 that is understood here, and it may change the result',
        mend: 'remove it',
      });
    }
  }
  const graph: GraphFunction | undefined = (() => {
    const one = child(element, 'gf');
    return one === undefined ? undefined : readGraph(one);
  })();
  return {
    subscripts: (attribute(element, 'subscript') ?? '').split(',').map((one) => canonical(one)),
    equation: equationOf(element, 'eqn'),
    initial: equationOf(element, 'init_eqn'),
    graph,
    where: element.where,
  };
}

function textOf(element: Element): Equation {
  return { text: element.text.trim(), where: element.where };
}

function equationsOf(parent: Element): Equation[] {
  const found = children(parent, 'eqn');
  return found.length < 2 ? [] : found.map((one) => ({ text: one.text, where: one.where }));
}

/** An equation that holds more than blanks and comments; undefined otherwise. */
function equationOf(parent: Element, name: string): Equation | undefined {
  const element = child(parent, name);
  if (element === undefined || element.text.replace(/\{[^}]*\}/g, '').trim() === '') return undefined;
  return { text: element.text, where: element.where };
}
