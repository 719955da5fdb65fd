/** What a step cost: wall and CPU seconds, and the peak memory of the process so far. */
export interface Cost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** Runs a step and tells what it cost. */
export async function measured<T>(
  step: () => T | Promise<T>,
): Promise<{ readonly result: T; readonly cost: Cost }> {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  const result = await step();
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  const used = process.cpuUsage(cpu);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    result,
    cost: {
      wallSeconds: round(wall),
      cpuSeconds: round((used.user + used.system) / 1e6),
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    },
  };
}
