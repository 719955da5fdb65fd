import { escapeXml } from '../../chart/index.ts';
import { labelled } from '../../language/index.ts';
import { named, type PlaceView } from '../view.ts';
import { dayOf, type Told } from './calendar.ts';
import { outletWords } from './words.ts';

export const atomType = 'application/atom+xml; charset=utf-8';
const mostEntries = 100;

/**
 * What a place has told as an Atom feed (RFC 4287). Addresses are absolute where the site knows its own (`base`), else relative to the feed, so
 * that it holds wherever the files lie. Same news, same bytes: the feed is as new as its newest entry.
 */
export function atomFeed(told: readonly Told[], view: PlaceView): string {
  const { here, language, t } = view;
  const words = outletWords[language];
  const place = named(here.place.workspace.city.name, view);
  const root = view.base === null ? '' : `${view.base}/${language}/${encodeURIComponent(here.city)}/`;
  const urn = `urn:modelcity:${here.city}:${language}`;
  const at = (date: string) => `${dayOf(date)}T00:00:00Z`;
  const entries = told.slice(0, mostEntries).map(({ id, kind, date, title, text, review }) => {
    const href =
      kind === 'edition'
        ? 'editions/'
        : review === null
          ? `news/#${id}`
          : `review/${encodeURIComponent(review)}/`;
    return `<entry>
<id>${escapeXml(`${urn}:${id}`)}</id>
<title>${escapeXml(named(title, view))}</title>
<updated>${at(date)}</updated>
<link href="${escapeXml(`${root}${href}`)}"/>
<category term="${kind}" label="${escapeXml(words.kinds[kind])}"/>${text === null ? '' : `\n<summary>${escapeXml(named(text, view))}</summary>`}
</entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language === 'zh' ? 'zh-Hans' : 'en'}">
<id>${escapeXml(urn)}</id>
<title>${escapeXml(`${labelled(place, language)}${words.news}`)}</title>
<updated>${at(told[0]?.date ?? '1970')}</updated>
<author><name>${escapeXml(place)}</name></author>
<generator>${escapeXml(t.product)}</generator>
<link rel="self" type="application/atom+xml" href="${escapeXml(`${root}feed.xml`)}"/>
<link rel="alternate" type="text/html" href="${escapeXml(`${root}news/`)}"/>
${entries.join('\n')}
</feed>
`;
}
