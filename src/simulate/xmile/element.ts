import { SaxesParser } from 'saxes';
import type { Place } from '../../model/index.ts';
import { type Fault, Refusal, refuse } from '../fault.ts';

/** An XML element with the place where it starts. `vendor` is the namespace prefix as written (`isee`), '' for none. */
export interface Element {
  readonly name: string;
  readonly vendor: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  readonly text: string;
  readonly where: Place;
}

/** What a model file may hold at most; larger input is refused before it is read. */
export const limits = { bytes: 8 * 1024 * 1024, depth: 64, elements: 400_000 } as const;

/** Drawing and interface: never part of a simulation (XMILE 1.0 §5 and §6). */
const drawn = new Set([
  'views',
  'view',
  'style',
  'display',
  'interface',
  'ai_information',
  'stacked_container',
]);

interface Open {
  readonly name: string;
  readonly vendor: string;
  readonly attributes: Map<string, string>;
  readonly children: Element[];
  readonly where: Place;
  text: string;
}

/**
 * Reads XML into elements that know their line and column. A DOCTYPE is refused, so there are no entities beyond XML's
 * five and nothing to expand. A prefix may be undeclared: exporters write `isee:` without saying what it is.
 */
export function readElements(text: string, file: string): Element {
  if (text.length > limits.bytes) {
    refuse({
      rule: 'xmile.size',
      where: { file },
      what: `the file is larger than ${limits.bytes / 1024 / 1024} MiB`,
      why: 'a model of that size cannot be read in bounded time and memory',
      mend: 'remove pictures and views from the export, or split the model',
    });
  }
  const parser = new SaxesParser({ xmlns: false, position: true });
  const open: Open[] = [];
  let root: Element | undefined;
  let skipping = 0;
  let elements = 0;
  const here = (back = 0): Place => ({
    file,
    row: parser.line,
    column: Math.max(1, parser.columnIndex - back),
  });
  const fault = (rule: string, what: string, why: string, mend: string): Fault => ({
    rule,
    where: here(),
    what,
    why,
    mend,
  });

  parser.on('error', (error) => {
    const what = error.message.replace(/^\d+:\d+: /, '');
    throw new Refusal([
      {
        severity: 'error',
        ...fault('xmile.xml', `not well-formed XML: ${what}`, 'XMILE is XML 1.0', 'correct the file'),
      },
    ]);
  });
  parser.on('doctype', () => {
    refuse(
      fault(
        'xmile.doctype',
        'the file holds a DOCTYPE',
        'document types can define entities that grow without bound or read other files',
        'remove the DOCTYPE; XMILE needs none',
      ),
    );
  });
  let start: Place = { file };
  parser.on('opentagstart', (tag) => {
    start = here(tag.name.length + 1);
  });
  parser.on('opentag', (tag) => {
    elements++;
    if (elements > limits.elements) {
      refuse(
        fault('xmile.size', 'too many elements', `at most ${limits.elements} are read`, 'split the model'),
      );
    }
    const colon = tag.name.indexOf(':');
    const name = tag.name.slice(colon + 1);
    const vendor = colon < 0 ? '' : tag.name.slice(0, colon);
    if (skipping > 0 || drawn.has(name)) {
      skipping++;
      return;
    }
    if (open.length >= limits.depth) {
      refuse(
        fault(
          'xmile.depth',
          'elements are nested too deep',
          `at most ${limits.depth} levels are read`,
          'flatten the file',
        ),
      );
    }
    open.push({
      name,
      vendor,
      attributes: new Map(Object.entries(tag.attributes)),
      children: [],
      where: start,
      text: '',
    });
  });
  const addText = (piece: string) => {
    const top = open.at(-1);
    if (skipping === 0 && top !== undefined) top.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    if (skipping > 0) {
      skipping--;
      return;
    }
    const done = open.pop();
    if (done === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root = done;
    else parent.children.push(done);
  });
  parser.write(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text).close();
  if (root === undefined) {
    refuse({
      rule: 'xmile.xml',
      where: { file },
      what: 'the file is empty',
      why: 'a model is one <xmile> element',
      mend: 'give a model file',
    });
  }
  return root;
}

export function child(element: Element, name: string): Element | undefined {
  return element.children.find((one) => one.name === name && one.vendor === '');
}

export function children(element: Element, name: string): Element[] {
  return element.children.filter((one) => one.name === name && one.vendor === '');
}

export function attribute(element: Element, name: string): string | undefined {
  return element.attributes.get(name);
}
