import { expect, it } from 'vitest';
import { bindReview } from '../../review/index.ts';
import { sampleInput } from '../../review/sample.ts';
import { noteIn } from './note-words.ts';

/** A chapter with faults of many kinds, as somebody at work has it. */
const faulty = `Not a title

{% value indicator="nothing" period="2021" /%} {% valu indicator="a" /%} {% value period="2021" /%}
{% value indicator="pv-capacity" period="2021" /%} {% value indicator="energy-per-gdp" period="2021" area="9" /%}
{% value indicator="energy-per-gdp" period="2021" colour="red" /%} [x](javascript:alert(1)) <b>b</b>
{% target indicator="energy-per-gdp" period="2021" /%} {% claim ref="Z9" /%} {% source source="none" /%}
{% value indicator="energy-per-gdp" period="2021" unit="km" /%} in a sentence {% table indicators="x" /%}

{% table indicators="nothing" periods="2021" /%}

{% chart indicators="energy-per-gdp,nonfossil-share" /%}

{% key-indicators goal="3" /%}

{% response goal="99" /%}

{% case id="none" /%}

{% plan root="none" /%}

{% scenario id="none" variable="x" period="2030" /%}
`;

it('says what is wrong in a chapter, why, and how to mend it, in Chinese too', () => {
  const { findings } = bindReview(sampleInput(faulty, 'zh'));
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
