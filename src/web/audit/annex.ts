import { isOpen, namesOf, told } from '../../audit/index.ts';
import type { Language } from '../../model/index.ts';
import { type PlaceAudit, type ReviewDocument, renderPdf } from '../../review/index.ts';
import { named, type PlaceView } from '../view.ts';
import { placeName } from './list-page.tsx';
import { auditWords } from './words.ts';

/** The open findings of a place as a PDF to print and hand round (PDF/UA-1); null when it cannot be set. */
export function annexPdf(audit: PlaceAudit, view: PlaceView): Uint8Array | null {
  return renderPdf(annexDocument(audit, view), { standard: 'ua-1' }).pdf;
}

function annexDocument({ findings }: PlaceAudit, view: PlaceView): ReviewDocument {
  const { here, language } = view;
  const t = auditWords[language];
  const { city, reviews } = here.place.workspace;
  const newest = reviews.map(({ head }) => head).sort((a, b) => (a.date < b.date ? 1 : -1))[0];
  const open = findings.filter(({ standing }) => isOpen(standing));
  const words = (text: string) => ({ content: [{ kind: 'text' as const, text }] });
  return {
    city: city.id,
    review: newest?.id ?? city.id,
    language,
    title: t.annexTitle,
    subtitle: named(city.name, view),
    issuer: newest === undefined ? named(city.name, view) : named(newest.issuer, view),
    place: named(city.name, view),
    date: newest?.date ?? '2000-01-01',
    asOf: here.place.asOf,
    chapters: [
      {
        id: 'findings',
        number: '1',
        title: words(t.annexTitle).content,
        annex: false,
        blocks:
          open.length === 0
            ? [{ kind: 'paragraph', content: words(t.annexNone).content }]
            : [
                {
                  kind: 'table',
                  id: 'open-findings',
                  label: null,
                  caption: words(t.annexTitle).content,
                  note: [],
                  margin: false,
                  table: {
                    columns: [
                      { align: 'left', width: 1.2 },
                      { align: 'left', width: 4 },
                      { align: 'left', width: 3 },
                      { align: 'left', width: 1.3 },
                    ],
                    head: [t.severity, t.says, t.places, t.finding].map(words),
                    rows: open.map((each) => {
                      const { id, severity, message, mend, places } = told(
                        each.finding,
                        language,
                        namesOf(view.here.place.workspace),
                      );
                      const quotes = places
                        .slice(0, 3)
                        .map((place) =>
                          language === 'zh'
                            ? `“${place.text}”（${placeName(place, view)}）`
                            : `“${place.text}” (${placeName(place, view)})`,
                        );
                      return [
                        t[severity],
                        sentence(message, mend, language),
                        quotes.join(language === 'zh' ? '；' : '; '),
                        id,
                      ].map(words);
                    }),
                  },
                },
              ],
      },
    ],
    sources: [],
    figures: [],
    scenarios: [],
  };
}

const sentence = (message: string, mend: string, language: Language): string =>
  language === 'zh' ? `${message}。${mend}。` : `${message}. ${mend}.`;
