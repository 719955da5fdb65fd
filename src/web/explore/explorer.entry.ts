import { Explorer } from './explorer.ts';

/** Makes the explorers of the page live. Called by the page's script at the first touch. */
export function define(): void {
  if (customElements.get('modelcity-explorer') === undefined)
    customElements.define('modelcity-explorer', Explorer);
}
