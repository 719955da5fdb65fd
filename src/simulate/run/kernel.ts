import type { Clock } from './runtime.ts';

/** What computes a model's cells. `rates` writes net flows by stock, `memories` what PREVIOUS will give next. */
export interface Kernel {
  readonly initial: (v: Float64Array, c: Clock, d: Float64Array) => void;
  readonly step: (v: Float64Array, c: Clock, d: Float64Array) => void;
  readonly rates: (v: Float64Array, c: Clock, d: Float64Array) => void;
  readonly memories: (v: Float64Array, c: Clock, d: Float64Array) => void;
}
