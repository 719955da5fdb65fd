import { expect, it } from 'vitest';
import { locatorText } from './words.ts';

it.each([
  ['line 315', '第315行'],
  ['lines 153, 157-160', '第153、157-160行'],
  ['line 66 (target for 2015); Chinese text: line 62', '第66行（2015年目标）；中文文本第62行'],
  ['lines 50, 62; Chinese text: lines 46, 58', '第50、62行；中文文本第46、58行'],
  ['line 66; appendix', 'line 66; appendix'],
  ['page 3', 'page 3'],
])('%s is said in Chinese where its form is known', (locator, chinese) => {
  expect(locatorText(locator, 'zh')).toBe(chinese);
  expect(locatorText(locator, 'en')).toBe(locator);
});
