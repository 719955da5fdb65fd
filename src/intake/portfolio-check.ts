import type { Finding, Workspace } from '../model/index.ts';
import { FindingList } from './finding-list.ts';
import { meant } from './nearest.ts';
import { quote } from './quote.ts';

/** A workspace of a portfolio with the name of its folder. */
export interface Member {
  readonly folder: string;
  readonly workspace: Workspace;
}

/**
 * What only several workspaces together can show: one id twice and parts in a circle (errors); a place or a district's
 * review that is named and not there (warnings: each place hands in by itself, so they may still come).
 */
export function checkPortfolio(members: readonly Member[]): readonly Finding[] {
  const findings = new FindingList();
  const byId = new Map<string, Member>();
  for (const member of members) {
    const { id } = member.workspace.city;
    const first = byId.get(id);
    if (first === undefined) byId.set(id, member);
    else
      findings.error(
        'city.duplicate',
        { file: `${member.folder}/city.yaml` },
        {
          what: `the place ${quote(id)} is also the one in ${first.folder}`,
          why: 'each workspace of a folder is a place of its own, with a log of its own',
          mend: 'rename one of them, or take it out of the folder',
        },
      );
  }
  for (const member of members) {
    checkPart(member, byId, findings);
    checkReviews(member, byId, findings);
  }
  return findings.toArray();
}

function checkPart(
  { folder, workspace }: Member,
  byId: ReadonlyMap<string, Member>,
  findings: FindingList,
): void {
  const { id, partOf } = workspace.city;
  if (partOf === undefined) return;
  const where = { file: `${folder}/city.yaml` };
  if (!byId.has(partOf)) {
    findings.warning('city.part-of-unknown', where, {
      what: `${quote(id)} is part of ${quote(partOf)}, which is not in this folder`,
      why: 'without it the city cannot be rolled up from its districts, nor the reviews be joined',
      mend: `put its workspace beside this one${meant(partOf, byId.keys())}`,
    });
    return;
  }
  const chain = [id];
  let above: string | undefined = partOf;
  while (above !== undefined && !chain.includes(above)) {
    chain.push(above);
    above = byId.get(above)?.workspace.city.partOf;
  }
  if (above === id)
    findings.error('city.cycle', where, {
      what: `the places are part of each other: ${[...chain, id].join(' → ')}`,
      why: 'a district belongs to a city, not the other way round',
      mend: 'take one partOf out',
    });
}

function checkReviews(
  { folder, workspace }: Member,
  byId: ReadonlyMap<string, Member>,
  findings: FindingList,
): void {
  for (const { head } of workspace.reviews)
    for (const { city, review } of head.districts) {
      const where = { file: `${folder}/review` };
      const member = byId.get(city);
      const ids = member?.workspace.reviews.map(({ head: theirs }) => theirs.id) ?? [];
      if (member === undefined)
        findings.warning('review.unknown-place', where, {
          what: `the review ${quote(head.id)} names the place ${quote(city)}, which is not in this folder`,
          why: 'the reviews of districts are joined from their own workspaces',
          mend: `put its workspace beside this one${meant(city, byId.keys())}`,
        });
      else if (!ids.includes(review))
        findings.warning('review.unknown', where, {
          what: `the review ${quote(head.id)} names the review ${quote(review)} of ${quote(city)}, which has none of this id`,
          why: 'the reviews of districts are joined by their ids; each is handed in by itself, so it may still come',
          mend: `write it, or correct the id${meant(review, ids)}`,
        });
    }
}
