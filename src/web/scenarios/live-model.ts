import { type KernelMaker, Lab, type ModelSheet, runtime } from '../../simulate/index.ts';

/** What a model's script leaves behind: data, and a function that makes its kernel. */
interface RegisteredModel {
  readonly sheet: ModelSheet;
  readonly kernel: (rt: typeof runtime) => KernelMaker;
}

declare global {
  var modelcityModel: RegisteredModel | undefined;
}

/** The lab of the model whose script was loaded before; null when there is none. */
export function liveLab(): Lab | null {
  const found = globalThis.modelcityModel;
  return found === undefined ? null : new Lab(found.sheet, found.kernel(runtime));
}
