import { refuse } from '../fault.ts';
import { attribute, child, type Element } from './element.ts';

/** `next` is no kind of a file: the value at the next point on (Vensim's LOOKUP FORWARD). */
export type GraphKind = 'continuous' | 'extrapolate' | 'discrete' | 'next';

/** A graphical function (XMILE 1.0 §4.1.4): points in ascending x. */
export interface GraphFunction {
  readonly kind: GraphKind;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
}

const mostPoints = 100_000;

/** Reads a <gf>. Points come as <xpts> and <ypts>, or as <ypts> spread evenly over <xscale>. */
export function readGraph(element: Element): GraphFunction {
  const ys = points(child(element, 'ypts'));
  if (ys === undefined) {
    return refuse({
      rule: 'xmile.graph',
      where: element.where,
      what: 'a graphical function without <ypts>',
      why: 'its values are not given',
      mend: 'give <ypts>',
    });
  }
  const xs = points(child(element, 'xpts')) ?? spread(element, ys.length);
  if (xs.length !== ys.length) {
    refuse({
      rule: 'xmile.graph',
      where: element.where,
      what: `a graphical function with ${xs.length} x and ${ys.length} y points`,
      why: 'points are pairs',
      mend: 'give as many <xpts> as <ypts>',
    });
  }
  for (let i = 1; i < xs.length; i++) {
    if ((xs[i] ?? 0) < (xs[i - 1] ?? 0)) {
      refuse({
        rule: 'xmile.graph',
        where: element.where,
        what: `x points of a graphical function fall from ${xs[i - 1]} to ${xs[i]}`,
        why: 'a function is read along ascending x',
        mend: 'sort the points by x',
      });
    }
  }
  return { kind: kindOf(element), xs, ys };
}

function kindOf(element: Element): GraphKind {
  const type = attribute(element, 'type')?.trim().toLowerCase();
  if (type === 'discrete' || type === 'extrapolate' || type === 'continuous') return type;
  if (type !== undefined) {
    refuse({
      rule: 'xmile.graph',
      where: element.where,
      what: `a graphical function of type '${type}'`,
      why: 'XMILE knows continuous, extrapolate and discrete',
      mend: 'choose one of the three',
    });
  }
  return attribute(element, 'discrete')?.trim().toLowerCase() === 'true' ? 'discrete' : 'continuous';
}

function points(element: Element | undefined): number[] | undefined {
  if (element === undefined) return undefined;
  const separator = attribute(element, 'sep') ?? ',';
  const parts = element.text.split(separator === '' ? ',' : separator).map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  if (parts.length > mostPoints || parts.length === 0) {
    refuse({
      rule: 'xmile.graph',
      where: element.where,
      what: parts.length === 0 ? `<${element.name}> holds no points` : `more than ${mostPoints} points`,
      why: 'a graphical function needs points, and a bounded number of them',
      mend: 'check the list',
    });
  }
  return parts.map((part) => {
    const value = Number(part);
    if (part === '' || !Number.isFinite(value)) {
      refuse({
        rule: 'xmile.graph',
        where: element.where,
        what: `'${part.slice(0, 20)}' in <${element.name}> is not a number`,
        why: `points are numbers separated by '${separator}'`,
        mend: 'correct the list, or name its separator in sep=""',
      });
    }
    return value;
  });
}

function spread(element: Element, count: number): number[] {
  const scale = child(element, 'xscale');
  const min = Number(scale === undefined ? Number.NaN : attribute(scale, 'min'));
  const max = Number(scale === undefined ? Number.NaN : attribute(scale, 'max'));
  if (!Number.isFinite(min) || !Number.isFinite(max) || max < min) {
    refuse({
      rule: 'xmile.graph',
      where: element.where,
      what: 'a graphical function with neither <xpts> nor a usable <xscale>',
      why: 'the x of its points is not given',
      mend: 'give <xpts>, or <xscale min="" max="">',
    });
  }
  return Array.from({ length: count }, (_, i) => (count === 1 ? min : min + ((max - min) * i) / (count - 1)));
}
