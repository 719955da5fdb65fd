import type { Localized } from '../../model/index.ts';
import { foreignText } from '../foreign/delimited.ts';
import { identifierOf } from '../foreign/identifier.ts';
import { foreignYaml, stringAt } from './foreign-yaml.ts';
import type { Ledger } from './ledger.ts';
import type { RepositoryFile } from './repository.ts';

/** What whoever imports has said of the place. */
export interface NameOptions {
  readonly repository: string;
  readonly id?: string | undefined;
  readonly name?: Localized | undefined;
  readonly area?: string | undefined;
  readonly licence?: string | undefined;
}

/** What the place is called: as told, else by the site's title, the heading of its README, the area most indicators cover, or the folder. */
export function cityNameOf(
  files: readonly RepositoryFile[],
  options: NameOptions,
  coverage: readonly string[],
  codes: ReadonlySet<string>,
  ledger: Ledger,
): { readonly id: string; readonly name: Localized; readonly area: string } {
  const { id: wanted, name: named, repository } = options;
  let name = named ?? null;
  if (name === null) {
    const readme = files.find(({ path }) => /^readme\.md$/i.test(path));
    const title = /^#\s+(.+)$/m.exec(readme === undefined ? '' : foreignText(readme.bytes).text)?.[1] ?? '';
    const site = files.find(({ path }) => /^(?:_config|site_config|config_site)\.ya?ml$/.test(path));
    const read = site === undefined ? undefined : foreignYaml(foreignText(site.bytes).text);
    const told = read !== undefined && 'value' in read ? stringAt(read.value, 'title') : null;
    const bare = (told ?? title)
      // Badges and links of a README.
      .replace(/!\[[^\]]*\](?:\([^)]*\))?/g, ' ')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(
        /\b(?:open[ -]?sdg|sdgs?|data repository|data starter|data|repository|starter|indicators?|platform|website|the|for|of)\b/gi,
        ' ',
      )
      .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const folder = repository
      .replace(/^.*\//, '')
      .replace(/open[-_]?sdg|sdg|data|starter|repository|main|master/gi, ' ')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    const text =
      bare !== '' && bare.length <= 60
        ? bare
        : (mostOften(coverage) ?? folder.replace(/(?:^| )\p{Ll}/gu, (letter) => letter.toUpperCase()));
    name = { en: text === '' ? 'Imported city' : text, zh: '' };
    ledger.chosen.push({
      en: `The place is called '${name.en}'; choose with --name and --name-zh.`,
      zh: `地方名称取作“${name.en}”；可用--name和--name-zh指定。`,
    });
  }
  const id = wanted ?? identifierOf(name.en === '' ? name.zh : name.en);
  if (wanted === undefined)
    ledger.chosen.push({
      en: `The id of the workspace is '${id}'; choose with --id.`,
      zh: `工作区的标识取作“${id}”；可用--id指定。`,
    });
  const area = options.area ?? authorityOf(codes) ?? id;
  if (options.area === undefined)
    ledger.chosen.push(
      area === id
        ? {
            en: `Rows without a GeoCode are about the area '${id}'; name its official code with --area.`,
            zh: `没有地区代码的行归于区域“${id}”；可用--area指定其官方代码。`,
          }
        : {
            en: `Rows without a GeoCode are about '${area}', the one local authority among the codes; choose with --area.`,
            zh: `没有地区代码的行归于“${area}”，即各代码中唯一的地方政府；可用--area另行指定。`,
          },
    );
  return { id, name, area };
}

/**
 * The code of the place itself, where the codes are British and one local authority stands among its wards. Kinds of area by
 * the first three characters: Register of Geographic Codes, Office for National Statistics.
 */
function authorityOf(codes: ReadonlySet<string>): string | null {
  const found = [...codes].filter((code) => /^(?:E0[6-9]|W06|S12|N09)\d{6}$/.test(code));
  const others = [...codes].filter((code) => /^(?:E05|W05|S13|N08)\d{6}$/.test(code));
  const [only] = found;
  return found.length === 1 && only !== undefined && others.length + 1 === codes.size ? only : null;
}

/** The area that most indicators say they cover, when it is most of those that say one. */
function mostOften(coverage: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const each of coverage) {
    const text = each.replace(/\s+/g, ' ').trim();
    if (text !== '' && text.length <= 60 && !/^[\w-]+\.\S+$/.test(text))
      counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best !== undefined && best[1] >= 2 && best[1] * 2 > coverage.length ? best[0] : null;
}

/** The licence of the data: as told, else the first line of the repository's own. */
export function licenceOf(files: readonly RepositoryFile[], options: NameOptions, ledger: Ledger): string {
  if (options.licence !== undefined) return options.licence;
  const file = files.find(({ path }) => /^licen[cs]e(?:\.\w+)?$/i.test(path));
  const line =
    file === undefined
      ? undefined
      : foreignText(file.bytes)
          .text.split('\n')
          .find((each) => each.trim() !== '');
  if (line === undefined) {
    ledger.oddities.warn(
      'licence.none',
      { file: 'LICENSE' },
      'the repository states no licence',
      'nobody may use data whose licence is not known',
      'give it with --licence',
    );
    return 'not stated in the repository';
  }
  ledger.tell(file?.path ?? '', 'configuration', {
    en: 'the licence of every source',
    zh: '各来源的许可',
  });
  return `${line.trim().slice(0, 200)} (${file?.path} of the repository)`;
}
