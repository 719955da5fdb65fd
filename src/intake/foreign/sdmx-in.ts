import { foreignText } from './delimited.ts';
import { readCsv } from './sdmx-csv.ts';
import { readJson } from './sdmx-json.ts';
import type { SdmxRead } from './sdmx-read.ts';
import { readXml } from './sdmx-xml.ts';

/** Reads SDMX-CSV 1.0 and 2.0, SDMX-JSON 1.0 and 2.0 and SDMX-ML 2.0 (generic, compact), 2.1 and 3.0 (generic, structure-specific); the text of what is wrong otherwise. */
export function readSdmx(bytes: Uint8Array): SdmxRead | string {
  const { text } = foreignText(bytes);
  const start = text
    .replace(/^\ufeff/, '')
    .trimStart()
    .slice(0, 1);
  try {
    if (start === '{') return readJson(JSON.parse(text.replace(/^\ufeff/, '')));
    if (start === '<') return readXml(text.replace(/^\ufeff/, ''));
    return readCsv(bytes);
  } catch (error) {
    return `the message cannot be read: ${error instanceof Error ? error.message.split('\n')[0]?.slice(0, 200) : ''}`;
  }
}
