import type { Finding } from '../../model/index.ts';
import { Faults, refuse, warning } from '../fault.ts';
import { type Behavior, noBehavior, readBehavior, readDeclarations } from './declaration.ts';
import type { Dialect, Dimension, Macro, Model, RunSpec, UnitDefinition, XmileDocument } from './document.ts';
import { attribute, child, children, type Element, readElements } from './element.ts';
import { canonical, spoken } from './name.ts';
import { readRunSpec, readSpecs } from './run-spec.ts';

/** Every namespace that means XMILE: OASIS 1.0, the TC's draft, and isee's before it. */
const namespaces = ['http://docs.oasis-open.org/xmile/ns/XMILE/v1.0', 'http://www.systemdynamics.org/XMILE'];

/**
 * Reads an XMILE file into declarations. Throws Refusal when the file is no XMILE or holds what this reader does not
 * understand; drawing, interface and vendor decorations are passed over.
 */
export function readXmile(text: string, file: string): XmileDocument {
  const warnings: Finding[] = [];
  const root = readElements(bareAmpersands(text, file, warnings), file);
  checkRoot(root, warnings);
  const run = readRunSpec(root, warnings);
  const dimensions = readDimensions(root);
  const behavior = readBehavior(root, noBehavior);
  const faults = new Faults();
  const models: Model[] = [];
  for (const element of children(root, 'model')) {
    faults.attempt(() => models.push(readModel(element, run, behavior, warnings, faults)));
  }
  const macros = new Map<string, Macro>();
  for (const element of children(root, 'macro')) {
    faults.attempt(() => {
      const macro = readMacro(element, behavior, warnings, faults);
      if (macros.has(macro.name)) {
        refuse({
          rule: 'xmile.duplicate',
          where: element.where,
          what: `the macro ${macro.text} is defined twice`,
          why: 'a name means one thing',
          mend: 'rename or remove one',
        });
      }
      macros.set(macro.name, macro);
    });
  }
  faults.settle();
  checkData(root, warnings);
  const main = models.find((model) => model.name === '') ?? models[0];
  if (main === undefined) {
    return refuse({
      rule: 'xmile.model',
      where: root.where,
      what: 'the file has no <model>',
      why: 'there is nothing to run',
      mend: 'give a <model>',
    });
  }
  const header = child(root, 'header');
  const dialect = dialectOf(header);
  if (dialect === 'vensim') warnings.push(vensimRead(root));
  const title = header === undefined ? undefined : child(header, 'name')?.text.trim();
  return {
    name: title === undefined || title === '' ? main.name : title,
    dialect,
    run,
    root: main,
    models: new Map(
      models.filter((model) => model !== main || model.name !== '').map((one) => [one.name, one]),
    ),
    macros,
    dimensions,
    units: readUnits(root),
    warnings,
  };
}

/**
 * Vensim writes `&` in documentation as it is. Before a blank it can mean nothing else, so it is read as one, with a
 * warning; every other fault of the XML is refused.
 */
function bareAmpersands(text: string, file: string, warnings: Finding[]): string {
  const first = /&(?=\s)/.exec(text);
  if (first === null || /<!\[CDATA\[/.test(text)) return text;
  warnings.push(
    warning({
      rule: 'xmile.xml',
      where: { file, row: text.slice(0, first.index).split('\n').length },
      what: 'a bare &',
      why: 'XML writes it &amp;',
      mend: 'write &amp;',
    }),
  );
  return text.replace(/&(?=\s)/g, '&amp;');
}

/** Vensim's own export names Vensim as its product; xmutil, which translates functions, names itself too. */
function dialectOf(header: Element | undefined): Dialect {
  const product = header === undefined ? undefined : child(header, 'product')?.text.trim().toLowerCase();
  if (product === 'vensim') return 'vensim';
  return product === 'vensim, xmutil' ? 'xmutil' : 'xmile';
}

function vensimRead(root: Element): Finding {
  return warning({
    rule: 'xmile.dialect',
    where: root.where,
    what: 'written by Vensim: PULSE, DELAY_N, SMOOTH_N and its other functions are read as Vensim means them',
    why: 'its export keeps their names; INT and MOD are floored, as XMILE says, where Vensim cuts towards zero',
    mend: 'check INT and MOD of negative values',
  });
}

function checkRoot(root: Element, warnings: Finding[]): void {
  if (root.name !== 'xmile' || root.vendor !== '') {
    refuse({
      rule: 'xmile.root',
      where: root.where,
      what: `the file's element is <${root.name}>`,
      why: 'an XMILE file is one <xmile> element',
      mend: 'export the model as XMILE',
    });
  }
  const namespace = attribute(root, 'xmlns');
  if (namespace === undefined || !namespaces.includes(namespace.replace(/\/$/, ''))) {
    warnings.push(
      warning({
        rule: 'xmile.namespace',
        where: root.where,
        what: namespace === undefined ? 'no XMILE namespace' : `the namespace ${namespace}`,
        why: `XMILE's is ${namespaces[0]}`,
        mend: 'correct xmlns',
      }),
    );
  }
  const version = attribute(root, 'version')?.trim();
  if (version !== undefined && !/^1(\.\d+)*$/.test(version)) {
    refuse({
      rule: 'xmile.version',
      where: root.where,
      what: `XMILE version ${version}`,
      why: 'version 1.0 is understood here',
      mend: 'export the model as XMILE 1.0',
    });
  }
}

/** Whether a model's own specifications say what the file's say. */
function sameClock(own: Element, run: RunSpec): boolean {
  const { start, stop, dt, method } = readSpecs(own, []);
  return start === run.start && stop === run.stop && dt === run.dt && method === run.method;
}

function readModel(
  element: Element,
  run: RunSpec,
  outer: Behavior,
  warnings: Finding[],
  faults: Faults,
): Model {
  const resource = attribute(element, 'resource');
  if (resource !== undefined) {
    refuse({
      rule: 'xmile.resource',
      where: element.where,
      what: `a model kept in another file (${resource})`,
      why: 'other files are not opened from a model',
      mend: 'put the model into this file',
    });
  }
  const own = child(element, 'sim_specs');
  if (own !== undefined && !sameClock(own, run)) {
    refuse({
      rule: 'xmile.sim-specs',
      where: own.where,
      what: 'a model with a clock of its own',
      why: 'all models of a file run on one clock here',
      mend: 'give it the start, stop, dt and method of the file, or remove the inner <sim_specs>',
    });
  }
  const behavior = readBehavior(element, outer);
  const read = readDeclarations(element, behavior, warnings, faults);
  return { name: canonical(attribute(element, 'name') ?? ''), where: element.where, ...read };
}

function readMacro(element: Element, behavior: Behavior, warnings: Finding[], faults: Faults): Macro {
  const name = attribute(element, 'name');
  if (name === undefined || name.trim() === '') {
    refuse({
      rule: 'xmile.macro',
      where: element.where,
      what: 'a macro without a name',
      why: 'it cannot be called',
      mend: 'name it',
    });
  }
  if (child(element, 'sim_specs') !== undefined) {
    refuse({
      rule: 'xmile.macro',
      where: element.where,
      what: `the macro ${name} runs on a time of its own`,
      why: 'macros with <sim_specs> are not supported',
      mend: 'write it as a module',
    });
  }
  const { declarations, modules } = readDeclarations(element, behavior, warnings, faults);
  if (modules.size > 0) {
    refuse({
      rule: 'xmile.macro',
      where: element.where,
      what: `the macro ${name} holds modules`,
      why: 'a macro holds variables only',
      mend: 'move the module out',
    });
  }
  const equation = child(element, 'eqn');
  return {
    name: canonical(name),
    text: spoken(name),
    where: element.where,
    parameters: children(element, 'parm').map((one) => {
      const byDefault = attribute(one, 'default');
      return {
        name: canonical(one.text),
        byDefault: byDefault === undefined ? undefined : { text: byDefault, where: one.where },
      };
    }),
    equation: equation === undefined ? undefined : { text: equation.text, where: equation.where },
    declarations,
  };
}

function readDimensions(root: Element): Map<string, Dimension> {
  const found = new Map<string, Dimension>();
  for (const list of children(root, 'dimensions')) {
    for (const one of children(list, 'dim')) {
      const text = spoken(attribute(one, 'name') ?? '');
      const named = children(one, 'elem').map((elem) => spoken(attribute(elem, 'name') ?? ''));
      const size = Number(attribute(one, 'size') ?? 0);
      if (named.length === 0 && !(Number.isInteger(size) && size > 0 && size <= 100_000)) {
        refuse({
          rule: 'xmile.dimension',
          where: one.where,
          what: `the dimension '${text}' has no elements`,
          why: 'a dimension has elements or a size',
          mend: 'give <elem name=""/> or size=""',
        });
      }
      const elements = named.length > 0 ? named : Array.from({ length: size }, (_, i) => String(i + 1));
      const keys = elements.map(canonical);
      if (new Set(keys).size !== keys.length) {
        refuse({
          rule: 'xmile.dimension',
          where: one.where,
          what: `the dimension '${text}' names an element twice`,
          why: 'elements are told apart by name',
          mend: 'rename one',
        });
      }
      found.set(canonical(text), { name: canonical(text), text, elements, keys });
    }
  }
  return found;
}

function readUnits(root: Element): UnitDefinition[] {
  const list = child(root, 'model_units');
  if (list === undefined) return [];
  return children(list, 'unit').map((one) => ({
    name: attribute(one, 'name') ?? '',
    equation: child(one, 'eqn')?.text.trim() || undefined,
    aliases: children(one, 'alias').map((alias) => alias.text.trim()),
  }));
}

function checkData(root: Element, warnings: Finding[]): void {
  const data = child(root, 'data');
  const imported = data === undefined ? undefined : child(data, 'import');
  if (imported !== undefined) {
    warnings.push(
      warning({
        rule: 'xmile.data',
        where: imported.where,
        what: 'values are imported from another file',
        why: 'other files are not opened from a model: the values written in this file are used',
        mend: 'set values with --set',
      }),
    );
  }
}
