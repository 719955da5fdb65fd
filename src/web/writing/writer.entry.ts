import { Writer } from './writer.ts';

customElements.define('mc-writer', Writer);
