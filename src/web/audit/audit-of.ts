import { auditPlace, type PlaceAudit } from '../../review/index.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Place } from '../place.ts';

const known = new WeakMap<Place, { readonly districts: readonly Place[]; readonly audit: PlaceAudit }>();

/** The audit of a place with its districts; made once for each state of them. */
export function auditOf(here: Catalogue, places: readonly Catalogue[]): PlaceAudit {
  const districts = places
    .filter(({ place }) => place.workspace.city.partOf === here.city)
    .map(({ place }) => place);
  const before = known.get(here.place);
  if (before !== undefined && sameAs(before.districts, districts)) return before.audit;
  const audit = auditPlace(here.place, districts);
  known.set(here.place, { districts, audit });
  return audit;
}

const sameAs = (a: readonly Place[], b: readonly Place[]): boolean =>
  a.length === b.length && a.every((place, at) => place === b[at]);

/** Records beyond this number are audited when somebody asks for the audit, not for a line on another page. */
const quickly = 30_000;

/** The open count for another page of the place; null where counting would keep its reader waiting. */
export function openCount(here: Catalogue, places: readonly Catalogue[]): number | null {
  const { observations, reviews } = here.place.workspace;
  if (observations.length > quickly || (observations.length === 0 && reviews.length === 0)) return null;
  return auditOf(here, places).open;
}
