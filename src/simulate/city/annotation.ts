import type { Localized } from '../../model/index.ts';
import type { Compiled } from '../compile/compile.ts';
import { attribute, type Element, readElements } from '../xmile/element.ts';
import { canonical, spoken } from '../xmile/name.ts';

/** Where a number of a model comes from. */
export type Status = 'measured' | 'literature' | 'assumed';

/** What a model of ours says of a variable beyond XMILE, in its <modelcity:about>; other tools pass over it. */
export interface Annotation {
  readonly name: Localized;
  readonly group: string;
  readonly status: Status | undefined;
  readonly source: string | undefined;
  readonly range: { readonly min: number; readonly max: number } | undefined;
}

const statuses: readonly Status[] = ['measured', 'literature', 'assumed'];

/** Annotations by canonical variable name. Throws Refusal where the text is no XML. */
export function readAnnotations(text: string, file: string): Map<string, Annotation> {
  const found = new Map<string, Annotation>();
  const walk = (element: Element): void => {
    const about = element.children.find((one) => one.vendor === 'modelcity' && one.name === 'about');
    const name = attribute(element, 'name');
    if (about !== undefined && name !== undefined)
      found.set(canonical(name), annotationOf(about, spoken(name)));
    for (const child of element.children) walk(child);
  };
  walk(readElements(text, file));
  return found;
}

function annotationOf(about: Element, name: string): Annotation {
  const status = attribute(about, 'status');
  const min = Number(attribute(about, 'min') ?? Number.NaN);
  const max = Number(attribute(about, 'max') ?? Number.NaN);
  return {
    name: { en: name, zh: attribute(about, 'zh') ?? name },
    group: attribute(about, 'group') ?? '',
    status: statuses.find((one) => one === status),
    source: attribute(about, 'source'),
    range: attribute(about, 'lever') === 'true' && min < max ? { min, max } : undefined,
  };
}

/** A constant that policy can move, with its range and where the range comes from. */
export interface Lever {
  readonly key: string;
  readonly name: Localized;
  readonly doc: string;
  readonly units: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly source: string;
}

export function leversOf(compiled: Compiled, annotations: ReadonlyMap<string, Annotation>): Lever[] {
  return compiled.cells.slice(0, compiled.visible).flatMap((cell) => {
    const about = annotations.get(cell.variable);
    if (about?.range === undefined || cell.equation?.op !== 'number') return [];
    return [
      {
        key: cell.variable,
        name: about.name,
        doc: cell.doc ?? '',
        units: cell.units ?? '',
        ...about.range,
        value: cell.equation.value,
        source: about.source ?? '',
      },
    ];
  });
}
