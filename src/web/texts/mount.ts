import { byAddress, type Facts, workspaceFacts } from '../../audit/index.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Site } from '../site.ts';
import { roles } from '../who.ts';
import { fill } from '../words.ts';
import { readAsked } from './asked.ts';
import { DocumentPage, type TextState } from './page.tsx';
import { auditDocuments } from './run.ts';
import { textWords } from './words.ts';

/** More records than this are not held against a document in a page: collecting them would keep readers waiting. */
const mostRecords = 60_000;

/** Documents of one's own are checked: whoever has a role in the office brings them, nothing of them is kept. */
export function mountTexts(site: Site, office: Guard): void {
  const show = (at: Guarded, state: Partial<TextState>, status: 200 | 422 | 429 = 200) =>
    site.show(
      at.c,
      DocumentPage({ view: at.view, person: at.person, found: null, told: null, alarm: false, ...state }),
      status,
    );

  office.page('/text/', roles, (at) => show(at, {}));

  office.form('/text/', roles, 'text.audit', async (at) => {
    const { c, here, view } = at;
    const w = textWords[view.language];
    const asked = await readAsked(c, w.pasted);
    if ('fault' in asked) return show(at, { told: w[asked.fault], alarm: true }, 422);
    const wanted = asked.against && !asked.pair;
    const facts = wanted ? factsOf(here) : null;
    const outcome = await auditDocuments({ files: asked.files, pair: asked.pair, facts });
    if ('fault' in outcome)
      return show(at, { told: w[outcome.fault], alarm: true }, outcome.fault === 'busy' ? 429 : 422);
    if ('refused' in outcome)
      return show(
        at,
        { told: fill(w.refused, { name: outcome.file, why: outcome.refused }), alarm: true },
        422,
      );
    const names = asked.files.map(({ name }) => name);
    return show(at, {
      found: { report: outcome, names, pair: asked.pair, tooMany: wanted && facts === null },
    });
  });
}

/** The records of a place as a text is held against them; null where they are too many. */
function factsOf(here: Catalogue): Facts | null {
  const { workspace } = here.place;
  return workspace.observations.length > mostRecords ? null : workspaceFacts(workspace, byAddress);
}
