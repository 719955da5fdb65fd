import { frequencyOf, sdmxPeriod } from './codes.ts';
import type { OpenSeries, Said } from './series.ts';
import type { keyReader } from './structure.ts';

/** How one form of SDMX writes the parts of a series, each as text. */
export interface SeriesForm {
  /** Which series it is, by the codes of its dimensions. */
  head(codes: readonly string[]): string;
  /** What is said of neighbouring values alike, up to the place in the source. */
  tail(said: Said): string;
  /** One value; `isFirst`: no other of its series stands before it. */
  value(time: string, value: string | null, tail: string, locator: string, isFirst: boolean): string;
  /** A place in the source that is not plain. */
  locator(text: string): string;
}

/** The observations of each series as text, by its head. A series whose periods are of several lengths is one for each FREQ. */
export function seriesTexts(
  all: readonly OpenSeries[],
  keyOf: ReturnType<typeof keyReader>,
  form: SeriesForm,
): ReadonlyMap<string, string> {
  const written = new Map<string, string>();
  for (const { periods, values, locators, said, isPlain, ...one } of all) {
    let frequency = '';
    let head = '';
    let text = '';
    let last: Said | null = null;
    let tail = '';
    for (let at = 0; at < periods.length; at += 1) {
      const own = said[at];
      const period = periods[at] ?? '';
      const time = sdmxPeriod(period);
      if (own === undefined || time === null) continue;
      const often = frequencyOf(period);
      if (often !== frequency) {
        if (frequency !== '') written.set(head, text);
        frequency = often;
        head = form.head(keyOf(one, frequency));
        text = written.get(head) ?? '';
      }
      if (own !== last) {
        last = own;
        tail = form.tail(own);
      }
      const locator = locators[at] ?? '';
      text += form.value(
        time,
        values[at] ?? null,
        tail,
        isPlain ? locator : form.locator(locator),
        text === '',
      );
    }
    if (frequency !== '') written.set(head, text);
  }
  return written;
}
