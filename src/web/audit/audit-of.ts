import { auditOnce, isAudited, keepAudit, type PlaceAudit } from '../../review/index.ts';
import type { Catalogue } from '../catalogue.ts';

/** The audit of a place with its districts; made once for each state of them. */
export function auditOf(here: Catalogue, places: readonly Catalogue[]): PlaceAudit {
  const districts = districtsOf(here, places);
  // What was audited once reads nothing anew: whoever takes the audit depends on all that it looked at.
  here.place.reads?.note('everything');
  return auditOnce(here.place, districts);
}

const districtsOf = (here: Catalogue, places: readonly Catalogue[]) =>
  places.filter(({ place }) => place.workspace.city.partOf === here.city).map(({ place }) => place);

/**
 * Takes the audit that another process made of a place, so that no reader waits for it. `places` are those that it was made
 * from: a place that was put in anew since is audited when somebody asks.
 */
export function takeAudit(city: string, audit: PlaceAudit, places: readonly Catalogue[]): void {
  const here = places.find((each) => each.city === city);
  if (here !== undefined) keepAudit(here.place, districtsOf(here, places), audit);
}

/** Whether another process is making the audit of a place: its front page tells the count when that has come. */
export function isAuditComing(here: Catalogue, places: readonly Catalogue[]): boolean {
  return here.place.auditComing?.() === true && !isAudited(here.place, districtsOf(here, places));
}

/** Records beyond this number are audited when somebody asks for the audit, not for a line on another page. */
const quickly = 30_000;

/** The open count for another page of the place; null where counting would keep its reader waiting. */
export function openCount(here: Catalogue, places: readonly Catalogue[]): number | null {
  const { workspace, reads } = here.place;
  if (isAuditComing(here, places)) return null;
  // How many there are is told by which series and periods there are.
  const count = (): number => workspace.observations.length;
  const records = reads === undefined ? count() : reads.as('shapes', count);
  if (records > quickly || (records === 0 && workspace.reviews.length === 0)) return null;
  return auditOf(here, places).open;
}
