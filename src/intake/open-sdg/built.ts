import type { Localized } from '../../model/index.ts';

/** Folders and files at the top of a build of Open SDG: copies, in other forms, of what it was built from. */
const builtAtTop =
  /^(?:comb|edges|headline|zip|stats|data-packages|csvw|downloads|untranslated|sdmx|sdmx-global)\/|^(?:disaggregation|indicators--|values--|metadata|data-packages)[\w-]*(?:\/|\.csv$)/i;

/** What lies in the folder of each language of a build. */
const builtForLanguage =
  /^(?:comb|data|edges|headline|meta|geojson|zip|stats|translations|data-packages|csvw|downloads|all|disaggregation)[\w-]*(?:\/|\.\w+$)/i;

/** `geojson/regions/indicator_1-2-1.geojson`: the outlines once for each indicator, with its values. */
const outlinesOfIndicator = /(?:^|\/)geojson\/[^/]+\/(?:[a-z]+_)?\d{1,2}-[\w-]+\.geojson$/i;

/** Whether a file was made by a build of Open SDG, from the other files: read too, everything would count twice. */
export function isBuilt(path: string, languages: readonly string[]): boolean {
  if (outlinesOfIndicator.test(path) || builtAtTop.test(path)) return true;
  const slash = path.indexOf('/');
  return (
    languages.includes(path.slice(0, Math.max(slash, 0))) && builtForLanguage.test(path.slice(slash + 1))
  );
}

export const builtReason: Localized = {
  en: 'it is made by a build of Open SDG from the others',
  zh: '由Open SDG的构建过程从其他文件生成',
};
