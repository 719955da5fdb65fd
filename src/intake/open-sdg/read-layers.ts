import type { Localized } from '../../model/index.ts';
import type { AreaBook } from './areas.ts';
import { builtReason, isBuilt } from './built.ts';
import type { Configuration } from './configuration.ts';
import type { Dictionary } from './dictionary.ts';
import type { Ledger } from './ledger.ts';
import type { RepositoryFile } from './repository.ts';

const notRead = (reason: Localized): Localized => ({
  en: `not read: ${reason.en}`,
  zh: `未读取：${reason.zh}`,
});

/** The map layers, each outline with its area. */
export function takeLayers(
  files: readonly RepositoryFile[],
  configuration: Configuration,
  areas: AreaBook,
  dictionary: Dictionary,
  ledger: Ledger,
): void {
  const known = new Map(configuration.layers.map((layer) => [layer.file.replace(/^\.?\//, ''), layer]));
  for (const file of files) {
    const layer = known.get(file.path) ?? null;
    if (!/\.(?:geo|topo)json$/i.test(file.path) && layer === null) continue;
    if (layer === null && isBuilt(file.path, configuration.languages)) {
      ledger.tell(file.path, 'boundaries', notRead(builtReason));
      continue;
    }
    const { features, reason } = areas.takeLayer(file, layer, dictionary);
    ledger.tell(
      file.path,
      'boundaries',
      reason === null ? { en: `${features} outlines`, zh: `${features}个轮廓` } : notRead(reason),
    );
    if (reason !== null)
      ledger.oddities.warn(
        'boundary.unreadable',
        { file: file.path },
        `the map layer is not read: ${reason.en}`,
        'a layer is GeoJSON or TopoJSON in longitude and latitude',
        'give its features codes, or convert it',
      );
    else if (layer === null)
      ledger.oddities.note(
        'boundary.guessed',
        { file: file.path },
        'the configuration does not name this map layer; its code property was guessed',
        'which property holds the codes is told under map_layers',
        'name it there',
      );
  }
  for (const [path] of known)
    if (!files.some((file) => file.path === path))
      ledger.oddities.warn(
        'boundary.elsewhere',
        { file: 'config_data.yml' },
        `the map layer ${path} is not in the repository`,
        'nothing is fetched from elsewhere',
        'download it and use modelcity import boundaries',
      );
}
