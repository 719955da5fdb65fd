import { parseDocument } from 'yaml';

/** A value of a YAML file with every scalar as its characters: `13.10` stays `13.10`. */
export type YamlText = string | readonly YamlText[] | ReadonlyMap<string, YamlText>;

/** Reads YAML that others wrote; the text of what is wrong otherwise. Keys that stand twice: the last counts, as for their tools. */
export function foreignYaml(text: string): { readonly value: YamlText } | { readonly fault: string } {
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    logLevel: 'silent',
    strict: false,
  });
  const [error] = document.errors;
  if (error !== undefined) return { fault: error.message.split('\n')[0] ?? 'this is no YAML' };
  try {
    return { value: textOf(document.toJS({ mapAsMap: true, maxAliasCount: 100 }), 0) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'this is no YAML' };
  }
}

function textOf(value: unknown, depth: number): YamlText {
  if (depth > 32) return '';
  if (Array.isArray(value)) return value.map((each) => textOf(each, depth + 1));
  if (value instanceof Map)
    return new Map([...value].map(([key, each]) => [String(key), textOf(each, depth + 1)] as const));
  return value === null || value === undefined ? '' : String(value);
}

export const isMap = (value: YamlText | undefined): value is ReadonlyMap<string, YamlText> =>
  value instanceof Map;

/** The value at a key of a map; undefined when there is none. */
export function at(value: YamlText | undefined, key: string): YamlText | undefined {
  return isMap(value) ? value.get(key) : undefined;
}

export function stringAt(value: YamlText | undefined, key: string): string | null {
  const found = at(value, key);
  return typeof found === 'string' && found.trim() !== '' && !/^(?:null|~)$/.test(found)
    ? found.trim()
    : null;
}

export function listAt(value: YamlText | undefined, key: string): readonly YamlText[] {
  const found = at(value, key);
  return Array.isArray(found) ? found : typeof found === 'string' && found.trim() !== '' ? [found] : [];
}

/** A nested value as readable text: `organisation: ONS; url: …`. */
export function flatText(value: YamlText): string {
  if (typeof value === 'string') return value.trim();
  if (isMap(value))
    return [...value]
      .map(([key, each]) => [key, flatText(each)] as const)
      .filter(([, text]) => text !== '')
      .map(([key, text]) => `${key}: ${text}`)
      .join('; ');
  return value
    .map(flatText)
    .filter((text) => text !== '')
    .join(' | ');
}
