import { ScenarioLab } from './lab-element.ts';

if (customElements.get('modelcity-lab') === undefined) customElements.define('modelcity-lab', ScenarioLab);
