import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace, readFolder } from '../../intake/index.ts';
import { bindReview } from '../../review/index.ts';
import { noteIn } from './note-words.ts';

/** A chapter with faults of many kinds, as somebody at work has it. */
const faulty = `Not a title

{% value indicator="nothing" period="2021" /%} {% valu indicator="a" /%} {% value period="2021" /%}
{% value indicator="cd.econ.gdp" period="2021" /%} {% value indicator="cd.emission.cod" period="2021" area="9" /%}
{% value indicator="cd.emission.cod" period="2021" colour="red" /%} [x](javascript:alert(1)) <b>b</b>
{% target indicator="cd.emission.cod" period="2021" /%} {% claim ref="Z9" /%} {% source source="none" /%}
{% value indicator="cd.emission.cod" period="2021" unit="km" /%} in a sentence {% table indicators="x" /%}

{% table indicators="nothing" periods="2021" /%}

{% chart indicators="cd.emission.cod,cd.econ.gdp" /%}

{% key-indicators goal="3" /%}

{% response goal="99" /%}

{% case id="none" /%}

{% plan root="none" /%}

{% scenario id="none" variable="x" period="2030" /%}
`;

it('says what is wrong in a chapter, why, and how to mend it, in Chinese too', async () => {
  const folder = fileURLToPath(new URL('../../../examples/chengdu', import.meta.url));
  const { workspace } = parseWorkspace((await readFolder(folder)).files);
  const [review] = workspace?.reviews ?? [];
  const [chapter] = review?.chapters ?? [];
  if (workspace === null || review === undefined || chapter === undefined)
    throw new Error('Chengdu has a review');
  const figures = new FigureSet(workspace, { asOf: 1 });
  const chapters = [{ ...chapter, language: 'zh' as const, text: faulty }];
  const { findings } = bindReview({
    review: { head: { ...review.head, chapters: [chapter.id] }, chapters },
    workspace,
    figures,
    language: 'zh',
  });
  const inChapter = findings.filter(({ where }) => where.file.endsWith('.md'));
  expect(inChapter.length).toBeGreaterThan(12);
  const untold = inChapter.flatMap(({ rule, what, why, mend }) =>
    // What the parser of the tags says, it says in its own words.
    rule === 'chapter.syntax'
      ? []
      : [
          noteIn(what, 'message', 'zh') ?? what,
          noteIn(why, 'why', 'zh') ?? why,
          noteIn(mend, 'mend', 'zh') ?? mend,
        ].filter((text) => !/\p{Script=Han}/u.test(text)),
  );
  expect(untold).toEqual([]);
});
