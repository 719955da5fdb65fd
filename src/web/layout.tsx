import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { betweenSentences } from '../language/index.ts';
import { address, translatedPath } from './address.ts';
import { brandAddresses } from './outlet/brand.ts';
import { type StructuredData, scriptJson } from './outlet/structured.ts';
import { outletWords } from './outlet/words.ts';
import { Rooms } from './rooms.tsx';
import { named, type PlaceView, type View } from './view.ts';
import { fill } from './words.ts';

export interface Crumb {
  readonly name: string;
  readonly href?: string;
}

interface PageProps {
  readonly view: View;
  readonly title: string;
  readonly description?: string;
  /** From the place down to this page; the last is this page. */
  readonly trail?: readonly Crumb[];
  /** Name of the room of the place that this page belongs to. */
  readonly room?: string;
  /** What the page says of itself to machines. */
  readonly structured?: StructuredData;
  /** The picture that others show beside a link to it; default: the place's. */
  readonly card?: string;
  readonly children?: Child;
}

/** The frame of every page: skip link, header, row of the place's rooms, content, foot. Works without any script. */
export function Page({ view, title, description, trail, room, structured, card, children }: PageProps) {
  const { language, t, path, here, assets } = view;
  const other = language === 'en' ? 'zh' : 'en';
  const place = here === null ? null : named(here.place.workspace.city.name, view);
  const brand = here === null ? null : brandAddresses(here);
  const whole = place === null || title === place ? title : `${title} · ${place}`;
  return (
    <html lang={language === 'zh' ? 'zh-Hans' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title === t.product ? title : `${whole} · ${t.product}`}</title>
        {description === undefined ? null : <meta name="description" content={description} />}
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={assets.style} />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link
          rel="alternate"
          hreflang={other === 'zh' ? 'zh-Hans' : 'en'}
          href={translatedPath(path, other)}
        />
        {here === null ? null : (
          <PlaceHead view={{ ...view, here }} title={whole} description={description} card={card} />
        )}
        {structured === undefined ? null : (
          <script type="application/ld+json">{raw(scriptJson(structured))}</script>
        )}
        {assets.script === null ? null : <script type="module" src={assets.script} />}
      </head>
      <body>
        <a class="skip" href="#content">
          {t.skip}
        </a>
        <header class="top">
          <div class="wide">
            <a
              class="brand"
              href={here === null ? address.home(language) : address.city(language, here.city)}
            >
              {brand?.emblem == null ? <Emblem /> : <img src={brand.emblem} alt="" height="28" />}
              <span>
                {here?.place.workspace.city.brand?.name === undefined
                  ? (place ?? t.product)
                  : named(here.place.workspace.city.brand.name, view)}
              </span>
              {place === null ? null : <span>{t.product}</span>}
            </a>
            <search class="find">
              <form action={address.search(language)} method="get">
                <label class="vh" for="find-words">
                  {t.searchLabel}
                </label>
                <input
                  id="find-words"
                  name="q"
                  type="search"
                  placeholder={t.searchHint}
                  autocomplete="off"
                  maxlength={200}
                />
                <button type="submit">{t.search}</button>
              </form>
            </search>
            <a
              class="tongue"
              href={translatedPath(path, other)}
              lang={other === 'zh' ? 'zh-Hans' : 'en'}
              hreflang={other === 'zh' ? 'zh-Hans' : 'en'}
            >
              {t.otherLanguage}
            </a>
          </div>
        </header>
        {here === null ? null : <Rooms view={{ ...view, here }} room={room ?? ''} />}
        {here?.place.workspace.city.synthetic === undefined ? null : (
          <aside class="synthetic" aria-label={view.language === 'zh' ? '说明' : 'Note'}>
            <span class="wide">{named(here.place.workspace.city.synthetic, view)}</span>
          </aside>
        )}
        <main id="content" class="wide" tabindex={-1}>
          {trail === undefined ? null : (
            <nav class="trail" aria-label={t.trail}>
              <ol>
                <li>
                  <a href={address.home(language)}>{t.places}</a>
                </li>
                {trail.map(({ name, href }) => (
                  <li>
                    {href === undefined ? <span aria-current="page">{name}</span> : <a href={href}>{name}</a>}
                  </li>
                ))}
              </ol>
            </nav>
          )}
          {children}
        </main>
        <footer class="foot">
          <div class="wide">
            <p>
              {t.footPromise}
              {betweenSentences(language)}
              {here === null || here.place.unnumbered === true
                ? ''
                : fill(t.footAsOf, { n: here.place.asOf })}
            </p>
            <p>
              <a href={address.about(language)}>{t.about}</a> · <a href="/api/">{t.openData}</a>
            </p>
          </div>
        </footer>
      </body>
    </html>
  );
}

/** What the head of a place's pages tells: its colours, its feed, and the card and words that others show beside a link. */
function PlaceHead({
  view,
  title,
  description,
  card,
}: {
  readonly view: PlaceView;
  readonly title: string;
  readonly description: string | undefined;
  readonly card: string | undefined;
}) {
  const { here, language, base, path, live = false } = view;
  const home = address.city(language, here.city);
  const { sheet } = brandAddresses(here);
  // Drawn when it is asked for; as files, a card an indicator would cost more than all pages together.
  const picture = (live ? card : undefined) ?? `${home}card.png`;
  return (
    <>
      {sheet === null ? null : <link rel="stylesheet" href={sheet} />}
      <link
        rel="alternate"
        type="application/atom+xml"
        title={outletWords[language].feed}
        href={`${home}feed.xml`}
      />
      <link rel="image_src" href={picture} />
      <meta property="og:title" content={title} />
      {description === undefined ? null : <meta property="og:description" content={description} />}
      <meta property="og:type" content="article" />
      <meta property="og:locale" content={language === 'zh' ? 'zh_CN' : 'en_GB'} />
      {base === null ? null : (
        <>
          <link rel="canonical" href={`${base}${path}`} />
          <meta property="og:url" content={`${base}${path}`} />
          <meta property="og:image" content={`${base}${picture}`} />
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
    </>
  );
}

/** Our mark: three records joined into one figure. */
function Emblem() {
  return (
    <svg
      viewBox="0 0 28 28"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="6" cy="6" r="2.5" />
      <circle cx="6" cy="14" r="2.5" />
      <circle cx="6" cy="22" r="2.5" />
      <path d="M8.5 6H14l6 8M8.5 14H20M8.5 22H14l6-8" />
      <circle cx="22.5" cy="14" r="3.5" fill="currentColor" />
    </svg>
  );
}
