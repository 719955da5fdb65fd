import { comma } from '../../language/index.ts';
import { locatorText } from '../../review/index.ts';
import { type PlaceView, sourceLink } from '../view.ts';

/** A place in a document, as a link to the document's page. */
export function Cited({
  source,
  locator,
  view,
}: {
  readonly source: string;
  readonly locator: string;
  readonly view: PlaceView;
}) {
  const { name, href } = sourceLink(view, source);
  return (
    <a class="quiet small cite" href={`${href}#${locatorAnchor(locator)}`}>
      {name}
      {comma(view.language)}
      <span class="keep">{locatorText(locator, view.language)}</span>
    </a>
  );
}

export function locatorAnchor(locator: string): string {
  return locator.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'all';
}
