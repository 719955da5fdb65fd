import type { Localized, SourceDocument } from '../../model/index.ts';
import { sha256Hex } from '../../store/index.ts';
import type { DataFile } from './data-file.ts';
import type { Dictionary } from './dictionary.ts';
import type { IndicatorMetadata } from './metadata.ts';

/** The source of a repository without data. */
export function sourceWithoutData(repository: string, licence: string, name: Localized): SourceDocument {
  return {
    id: 'repository',
    title: { en: repository, zh: '' },
    producer: name,
    date: 'undated',
    licence,
  };
}

/** The file as a source, with the sources that its metadata name. */
export function sourceOfFile(
  file: DataFile,
  bytes: Uint8Array | undefined,
  id: string,
  metadata: IndicatorMetadata,
  dictionary: Dictionary,
  licence: string,
  city: Localized,
): SourceDocument {
  const told = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((number) => {
    const organisation = metadata.get(`source_organisation_${number}`);
    // What a site does not show, its maker has not finished or has taken back.
    if (organisation === null || metadata.get(`source_active_${number}`) === 'false') return [];
    const parts = [
      'url_text',
      'url',
      'release_date',
      'next_release',
      'periodicity',
      'statistical_classification',
      'contact',
      'other_info',
      'geographical_coverage',
      'earliest_available',
    ].map((field) => metadata.get(`source_${field}_${number}`));
    return [
      [organisation, ...parts]
        .map((each) => (each === null ? null : (dictionary.text(each)?.en ?? each)))
        .filter((each) => each !== null && each !== '')
        .join('; '),
    ];
  });
  const list = metadata.get('sources', 'DATA_SOURCE', 'data_source');
  if (told.length === 0 && list !== null) told.push(dictionary.text(list)?.en ?? list);
  const url = metadata.get('source_url_1');
  const updated =
    metadata.get('national_data_updated_date', 'national_data_update_date', 'data_last_updated') ?? '';
  const producer = metadata.get('source_organisation_1');
  const producerName = producer === null ? null : dictionary.text(producer);
  return {
    id,
    title: {
      en: `Open SDG data of ${city.en === '' ? city.zh : city.en}: ${file.path}`,
      zh: `${city.zh === '' ? city.en : city.zh}开放SDG数据：${file.path}`,
    },
    producer:
      producerName === null
        ? city
        : { en: producerName.en.slice(0, 4000), zh: producerName.zh.slice(0, 4000) },
    date: /^\d{4}-\d{2}-\d{2}$/.test(updated) ? updated : 'undated',
    licence: licence.slice(0, 300),
    ...(url !== null && /^https?:\/\/[^\s<>"]+$/.test(url) && URL.canParse(url) ? { url } : {}),
    locators: { en: 'line of the file', zh: '文件中的行' },
    ...(bytes === undefined ? {} : { sha256: sha256Hex(bytes) }),
    ...(told.length === 0
      ? {}
      : { note: { en: `Sources named in its metadata: ${told.join(' | ')}`.slice(0, 4000), zh: '' } }),
  };
}
