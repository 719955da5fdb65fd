import { Grid } from './grid.ts';

customElements.define('mc-grid', Grid);
