import { dayAfter, dayOf } from './beat.ts';
import type { Expression } from './filter.ts';
import type { Scope } from './observed.ts';

/**
 * What a filter says that can be looked up: the days that observations may be of, their datastream, their feature. The
 * filter is still asked of each; this only leaves out what can't hold.
 */
export function narrowed(scope: Scope, filter: Expression | null): Scope {
  if (filter?.kind !== 'binary') return scope;
  const { op, left, right } = filter;
  if (op === 'and') return narrowed(narrowed(scope, left), right);
  if (left.kind !== 'path' || right.kind !== 'literal') return scope;
  const { value } = right;
  const path = left.steps.join('/').replace('@iot.id', 'id');
  if (op === 'eq' && typeof value === 'number') {
    if (path === 'Datastream/id' || path === 'MultiDatastream/id')
      return scope.streams?.includes(value) === false
        ? { ...scope, streams: [] }
        : { ...scope, streams: [value] };
    if (path === 'FeatureOfInterest/id' && scope.feature === undefined) return { ...scope, feature: value };
  }
  if (path !== 'phenomenonTime') return scope;
  const span = typeof value === 'object' && value !== null && 'start' in value ? value : null;
  if (span === null) return scope;
  // An interval may have begun long before, so only the end of the days is sure for those that begin later.
  const last = dayAfter(dayOf(span.end).day);
  const first = dayAfter(dayOf(span.start).day, -1);
  if (op === 'lt' || op === 'le' || op === 'eq') return { ...scope, to: earlier(scope.to, last) };
  if (op === 'gt' || op === 'ge') return { ...scope, from: later(scope.from, first) };
  return scope;
}

const earlier = (a: string | undefined, b: string): string => (a !== undefined && a < b ? a : b);
const later = (a: string | undefined, b: string): string => (a !== undefined && a > b ? a : b);
