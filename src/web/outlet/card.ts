import { setImmediate } from 'node:timers/promises';
import { drawChart } from '../../chart/index.ts';
import { accentsOf } from '../../model/index.ts';
import { flatPngOf, renderCard } from '../../review/index.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { shownOf } from '../explore/shown.ts';
import { leadingFigure, sentence } from '../leading.ts';
import { named, type PlaceView } from '../view.ts';
import { emblemFile } from './brand.ts';

/** Size of a card in pixels, as the large networks show them. */
export const cardSize = { width: 1200, height: 630 } as const;

/**
 * The picture that others show beside a link: of a place, or of one indicator with its chart. Letters become outlines of the shipped fonts
 * before they are painted, so that the same data gives the same picture on every machine.
 */
export async function cardPng(
  entry: IndicatorEntry | null,
  view: PlaceView,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const { here, language, t } = view;
  const { city } = here.place.workspace;
  const place = named(city.name, view);
  const finding = entry === null ? null : leadingFigure(entry, view);
  const shown = entry === null ? null : shownOf(entry, '', view);
  const emblem = await emblemFile(city.brand);
  const svg = renderCard({
    language,
    place: named(city.brand?.name ?? city.name, view),
    product: t.product,
    accent: accentsOf(city.brand).light,
    emblem: emblem?.type.startsWith('image/svg') === true ? Buffer.from(emblem.bytes).toString('utf8') : null,
    title:
      entry === null
        ? place
        : finding === null
          ? named(entry.indicator.name, view)
          : sentence(finding, entry, view),
    text:
      entry === null
        ? city.promise === undefined
          ? ''
          : named(city.promise, view)
        : named(entry.indicator.name, view),
    chart: shown === null ? null : drawChart(shown.state, { width: 640 }).svg,
  });
  if (svg === null) return null;
  // What the painter held for earlier cards, megabytes each, is given back only between turns of the event loop.
  await setImmediate();
  return new Uint8Array(flatPngOf(svg, cardSize.width, '#fcfbf8'));
}
