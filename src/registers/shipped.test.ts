import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDeclaration } from './read-declaration.ts';
import { shippedRegister, shippedRegisters } from './shipped.ts';

describe('every shipped register', () => {
  it.each(shippedRegisters())('%s is whole, in both languages', (id) => {
    const declaration = shippedRegister(id);
    expect(declaration.id).toBe(id);
    const wanting: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const keys = Object.keys(value);
      if (keys.length === 2 && 'en' in value && 'zh' in value) {
        if (value.en === '' || value.zh === '' || !/\p{Script=Han}/u.test(String(value.zh)))
          wanting.push(path);
        return;
      }
      for (const [key, inner] of Object.entries(value)) look(inner, `${path}/${key}`);
    };
    look(declaration, id);
    expect(wanting).toEqual([]);
  });
});

describe('the register of docs/registers.md', () => {
  it('is whole as it stands there', () => {
    const page = readFileSync(new URL('../../docs/registers.md', import.meta.url), 'utf8');
    const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    expect(readDeclaration('audit-list.yaml', text).findings).toEqual([]);
  });
});
