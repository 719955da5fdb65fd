import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deflateRows } from './deflate-rows.ts';

it('is unpacked to the same bytes, whatever they are', () => {
  const stride = fc.integer({ min: 1, max: 2000 });
  const runs = fc.array(fc.tuple(fc.nat(255), fc.oneof(fc.integer({ min: 1, max: 5 }), fc.nat(1200))), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(stride, runs, (width, parts) => {
      const rows = Uint8Array.from(parts.flatMap(([value, count]) => Array<number>(count).fill(value)));
      expect(Buffer.from(inflateSync(deflateRows(rows, width))).equals(Buffer.from(rows))).toBe(true);
    }),
    { numRuns: 150 },
  );
});

it('finds the row above at every distance that the format knows', () => {
  for (const stride of [1, 2, 4, 5, 7, 8, 9, 255, 256, 257, 1201, 4097, 32_768]) {
    const row = Uint8Array.from({ length: stride }, (_, at) => (at * 7919) % 251);
    const rows = Uint8Array.from([...row, ...row, ...row]);
    const packed = deflateRows(rows, stride);
    expect(Buffer.from(inflateSync(packed)).equals(Buffer.from(rows))).toBe(true);
    if (stride > 200) expect(packed.length).toBeLessThan(rows.length / 2);
  }
  expect(() => deflateRows(new Uint8Array(4), 40_000)).toThrow(RangeError);
});
