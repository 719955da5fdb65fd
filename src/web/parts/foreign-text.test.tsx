import { describe, expect, it } from 'vitest';
import { ForeignText } from './foreign-text.tsx';

const shown = (text: string): string => String(<ForeignText text={text} />);

describe('text from outside', () => {
  it('becomes paragraphs, lists and links', () => {
    expect(
      shown(
        '**Proxy:**\n\nSee [the act](https://example.org/a_(b)) and https://example.org/c.\n- one\n- two',
      ),
    ).toBe(
      '<p>Proxy:</p><p>See <a href="https://example.org/a_(b)" rel="external nofollow">the act</a> and <a href="https://example.org/c" rel="external nofollow">https://example.org/c</a>.</p><ul><li>one</li><li>two</li></ul>',
    );
    expect(shown('<p>Less than <5&nbsp;%</p><p>more</p>')).toBe('<p>Less than &lt;5 %<br/>more</p>');
  });

  it('never brings its own tags, nor an address that runs', () => {
    const html = shown(
      '<script>alert(1)</script><p onclick="x">a</p> [b](javascript:alert(1)) <img src=x onerror=y>',
    );
    expect(html).not.toMatch(/<script|onclick|onerror=y>|<img|href/);
  });
});
