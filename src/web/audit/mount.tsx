import { namesOf, told } from '../../audit/index.ts';
import { problem } from '../api/problem.ts';
import { param, type Site } from '../site.ts';
import { annexPdf } from './annex.ts';
import { auditOf } from './audit-of.ts';
import { readChoice } from './choice.ts';
import { FindingPage } from './finding-page.tsx';
import { AuditPage } from './list-page.tsx';
import { TextPage } from './text-page.tsx';

/** Pages of the audit: the findings of a place, each by itself, the text with its marks; a PDF and JSON on demand. */
export function mountAudit({ app, room, catalogues }: Site, live: boolean): void {
  room('/audit/', (view, c) => (
    <AuditPage
      audit={auditOf(view.here, view.places)}
      choice={readChoice((name) => c.req.query(name))}
      live={live}
      view={view}
    />
  ));
  room('/audit/findings.pdf', (view, c) => {
    if (!live) return null;
    const pdf = annexPdf(auditOf(view.here, view.places), view);
    if (pdf === null) return null;
    return c.body(new Uint8Array(pdf), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${view.here.city}-findings.pdf"`,
      'cache-control': 'no-store',
    });
  });
  room('/audit/text/:review/', (view, c) => {
    const audit = auditOf(view.here, view.places);
    const review = view.here.place.workspace.reviews.find(({ head }) => head.id === param(c, 'review'));
    const document = audit.documents.find(
      (each) => each.review === review?.head.id && each.language === view.language,
    );
    return review === undefined || document === undefined ? null : (
      <TextPage review={review} document={document} audit={audit} view={view} />
    );
  });
  room('/audit/:id{[0-9a-f]{12}}/', (view, c) => {
    const audit = auditOf(view.here, view.places);
    const each = audit.findings.find(({ finding: { id, formerly } }) =>
      [id, formerly].includes(param(c, 'id')),
    );
    return each === undefined ? null : <FindingPage each={each} audit={audit} view={view} />;
  });
  app.get('/api/places/:place/audit', (c) => {
    const here = catalogues().find(({ city }) => city === c.req.param('place'));
    if (here === undefined) return problem(c, 404, 'There is no such place', new URL(c.req.url).pathname);
    const { findings, open, stopping, checked, policy } = auditOf(here, catalogues());
    const names = namesOf(here.place.workspace);
    return c.json({
      place: here.city,
      open,
      stopping,
      checked,
      policy,
      items: findings.map(({ finding, standing, answer, stops, review }) => ({
        ...told(finding, 'en', names),
        zh: { message: told(finding, 'zh', names).message, mend: told(finding, 'zh', names).mend },
        review,
        standing,
        note: answer?.note ?? '',
        stops,
      })),
    });
  });
}
