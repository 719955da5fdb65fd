export { type Finding, findingText, type Place, placeText } from './finding.ts';
export { type Language, type Localized, languages } from './localized.ts';
