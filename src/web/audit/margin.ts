import { isOpen, told } from '../../audit/index.ts';
import type { Language } from '../../model/index.ts';
import type { PlaceAudit } from '../../review/index.ts';
import type { PlaceView } from '../view.ts';
import { auditAddress } from './address.ts';

/** What stands in a review's margin: the open findings of each section, by the section's anchor. */
export function marginOf(
  { findings, documents }: PlaceAudit,
  review: string,
  { language, here }: PlaceView,
): ReadonlyMap<string, readonly { readonly text: string; readonly href: string }[]> {
  const notes = new Map<string, { text: string; href: string }[]>();
  const document = documents.find((each) => each.review === review && each.language === language);
  for (const { finding } of findings.filter(({ standing }) => isOpen(standing))) {
    const line = finding.places.find(({ file }) => file === document?.file)?.line;
    const anchor = line === undefined ? undefined : document?.lines[line - 1]?.anchor;
    if (anchor === undefined) continue;
    const own = notes.get(anchor) ?? [];
    own.push({
      text: marked(finding, language),
      href: auditAddress.finding(language, here.city, finding.id),
    });
    notes.set(anchor, own);
  }
  return notes;
}

const marked = (finding: Parameters<typeof told>[0], language: Language): string =>
  told(finding, language).message;
