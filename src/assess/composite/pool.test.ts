import { describe, expect, it } from 'vitest';
import { chunks, ownPort, type Port, runOn } from './pool.ts';

const square = (n: number) => n * n;
const port = (delay: number): Port<number, number> & { closed: boolean } => ({
  closed: false,
  run: (n) => new Promise((resolve) => setTimeout(() => resolve(square(n)), delay)),
  close() {
    this.closed = true;
  },
});

describe('a pool', () => {
  const tasks = Array.from({ length: 20 }, (_, n) => n);

  it('answers in the order of the tasks, whoever is faster', async () => {
    const ports = [port(5), port(1)];
    const told: number[] = [];
    expect(await runOn(ports, tasks, (done) => told.push(done))).toEqual(tasks.map(square));
    expect(told).toEqual(tasks.map((n) => n + 1));
    expect(ports.every(({ closed }) => closed)).toBe(true);
  });

  it('does not wait for a worker that never answers: the calling thread takes its task over', async () => {
    const silent: Port<number, number> = { run: () => new Promise(() => {}), close: () => {} };
    expect(await runOn([silent, ownPort(square)], tasks)).toEqual(tasks.map(square));
  });

  it('passes on the failure of a worker and closes the others', async () => {
    const failing: Port<number, number> = { run: () => Promise.reject(new Error('gone')), close: () => {} };
    const other = port(1);
    await expect(runOn([failing, other], tasks)).rejects.toThrow('gone');
    expect(other.closed).toBe(true);
  });

  it('cuts work into ranges that cover it', () => {
    expect(chunks(5, 2)).toEqual([
      { from: 0, to: 2 },
      { from: 2, to: 4 },
      { from: 4, to: 5 },
    ]);
    expect(chunks(0, 2)).toEqual([]);
  });
});
