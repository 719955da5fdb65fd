import { describe, expect, it } from 'vitest';
import { bindReview } from './bind.ts';
import { plainText } from './document.ts';
import { renderHtml } from './html.ts';
import { sampleInput } from './sample.ts';

function sentence(source: string, language: 'en' | 'zh' = 'en'): string {
  const { document } = bindReview(sampleInput(`# T\n\n${source}\n`, language));
  const [block] = document.chapters[0]?.blocks ?? [];
  return block?.kind === 'paragraph' ? plainText(block.content) : `a ${block?.kind}`;
}

describe('numbers in the text', () => {
  it('states a value with its unit', () => {
    expect(sentence('{% value indicator="nonfossil-share" period="2015" /%} of it')).toBe(
      '14.6\u00a0% of it',
    );
  });
  it('tells the change of a share in points and of any other value in per cent', () => {
    expect(sentence('by {% change indicator="nonfossil-share" from="2015" to="2020" form="plain" /%}.')).toBe(
      'by 3.7\u00a0percentage points.',
    );
    expect(sentence('{% change indicator="energy-per-gdp" from="2015" to="2021" decimals="2" /%}')).toBe(
      '−39.13\u00a0%',
    );
  });
  it('says in words whether it rose or fell', () => {
    expect(
      sentence('It {% change indicator="energy-per-gdp" from="2015" to="2021" form="words" decimals="1" /%}'),
    ).toBe('It fell by 39.1\u00a0%');
    expect(
      sentence('{% change indicator="nonfossil-share" from="2015" to="2020" form="words" /%}', 'zh'),
    ).toBe('上升3.7个百分点');
  });
  it('shows a missing value with its reason, never a number', () => {
    expect(sentence('It was {% value indicator="pv-capacity" period="2021" /%}')).toMatch(
      /^It was not reported \(.*the chart is an image in the source.*\)$/,
    );
  });
  it('tells under a table what is missing, each reason once', () => {
    const { document } = bindReview(
      sampleInput('# A\n\n{% table indicators="pv-capacity,energy-per-gdp" periods="2015,2020,2021" /%}\n'),
    );
    const table = document.chapters[0]?.blocks.find((block) => block.kind === 'table');
    const note = table?.kind === 'table' ? plainText(table.note) : '';
    expect(note).toContain('Not reported: Installed photovoltaic capacity (2015, 2020)');
    expect(note).toContain('Energy used per 10,000 yuan of GDP (2020)');
    expect(note.match(/The chart is an image in the source/g)).toHaveLength(1);
    expect(note).not.toContain('is not reported for');
  });
  it('counts what the workspace lists', () => {
    expect(
      sentence(
        '{% count of="key-indicators" goal="7" /%} indicators and {% count of="cases" form="words" /%} case',
      ),
    ).toBe('3 indicators and one case');
  });
  it('states a target as the plan does', () => {
    expect(sentence('{% target indicator="nonfossil-share" period="2025" /%}')).toBe('20\u00a0%');
  });
  it('states a target that only a plan promises, and of an adjusted one what is in force', () => {
    const input = sampleInput('# A\n\n{% target indicator="nonfossil-share" period="2025" /%}\n');
    const told = (change: Partial<typeof input.workspace>) => {
      const { document, findings } = bindReview({ ...input, workspace: { ...input.workspace, ...change } });
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      return plainText(
        document.chapters[0]?.blocks.flatMap((block) => ('content' in block ? block.content : [])) ?? [],
      );
    };
    expect(told({ targets: [] })).toBe('20\u00a0%');
    const plans = input.workspace.plans.map((plan) => ({
      ...plan,
      commitments: plan.commitments.map((each) => ({
        ...each,
        targets: each.targets.map((target) => ({ ...target, value: '18' })),
      })),
    }));
    expect(told({ plans })).toBe('18\u00a0%');
  });
  it('prints what a document states as stated, with its place beside it', () => {
    expect(sentence('by {% claim ref="C1" /%}')).toMatch(/^by 3\.7\u00a0percentage points/);
    const { findings } = bindReview(sampleInput('# T\n\nby {% claim ref="C9" /%}\n'));
    expect(findings.some(({ rule }) => rule === 'tag.claim')).toBe(true);
  });
  it('names an unknown indicator as an error with line and column', () => {
    const { findings } = bindReview(
      sampleInput('# T\n\nIt is {% value indicator="nope" period="2020" /%}.\n'),
    );
    expect(findings.find(({ rule }) => rule === 'tag.indicator')?.where).toEqual({
      file: 'review/2022/goal-7.en.md',
      row: 3,
      column: 7,
    });
  });
});

describe('what a review shows of itself', () => {
  const source = `# Energy

## Supply

The share is {% value indicator="nonfossil-share" period="2020" /%} {% cite source="vlr" locator="line 315" /%}.

{% chart indicators="energy-per-gdp" /%}

{% key-indicators goal="7" /%}

{% response goal="7" /%}

{% case id="roofs" %}
A roof pays.
{% /case %}

{% assessment framework="standard" /%}

{% plan root="g1" /%}

{% claims indicator="nonfossil-share" /%}

{% table indicators="nonfossil-share,energy-per-gdp" periods="2015,2020" /%}
`;
  const { document, findings } = bindReview(sampleInput(source));
  const blocks = document.chapters[0]?.blocks ?? [];

  it('binds without an error', () => {
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  it('numbers tables and charts apart, in order', () => {
    const labels = blocks.flatMap((block) =>
      block.kind === 'table' || block.kind === 'chart' ? [block.label] : [],
    );
    expect(labels).toEqual([
      'Figure 1',
      'Table 1',
      'Table 2',
      'Table 3',
      'Table 4',
      'Table 5',
      'Table 6',
      'Table 7',
      'Table 8',
    ]);
  });
  it('judges by exact comparison: met on provisional data, not shown without a value', () => {
    const cells = blocks.flatMap((block) =>
      block.kind === 'table' ? block.table.rows.flat().map(({ content }) => plainText(content)) : [],
    );
    expect(cells).toContain('◐ met on provisional data');
    expect(cells).toContain('◌ not shown');
  });
  it('finds that a document and the data agree', () => {
    const html = renderHtml(document);
    expect(html).toContain('agrees');
    expect(html).not.toContain('differs');
  });
  it('lists every figure it shows in the annex, once', () => {
    const codes = document.figures.map(({ figure }) => figure.code);
    expect(new Set(codes).size).toBe(codes.length);
    const shown = [...renderHtml(document).matchAll(/href="\/f\/([0-9A-Z]{12})"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(new Set(shown)).toEqual(new Set(codes));
  });
  it('has method, data gaps, annex and sources behind the chapters', () => {
    expect(document.chapters.filter(({ annex }) => annex).map(({ id }) => id)).toEqual([
      'how-computed',
      'data-gaps',
      'annex',
      'sources',
    ]);
  });
});

describe('hostile text', () => {
  it('is shown, never run', () => {
    const { document } = bindReview(
      sampleInput(
        '# <script>alert(1)</script>\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1)) & "q"\n',
      ),
    );
    const html = renderHtml(document);
    expect(html).not.toMatch(/<script|<img|href="javascript/);
    expect(html).toContain('&lt;script&gt;');
  });
});
