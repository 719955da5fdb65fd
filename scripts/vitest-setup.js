import { build, isFresh } from './build.js';

// Tests that start a process or a worker run the built product, so it is built first.
export async function setup() {
  if (!isFresh()) await build();
}
