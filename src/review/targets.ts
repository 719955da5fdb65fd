import type { Target } from '../model/index.ts';
import { promisedTargets } from '../plan/index.ts';
import type { RelatedPlace } from './binder.ts';

const known = new WeakMap<RelatedPlace['workspace'], readonly Target[]>();

/** The targets of a place: of its documents, and what its plans promise now, which come first. */
export function targetsIn({ workspace }: Pick<RelatedPlace, 'workspace'>): readonly Target[] {
  const found = known.get(workspace) ?? [...promisedTargets(workspace).values()].flat();
  known.set(workspace, found);
  return found;
}
