import {
  languages as allLanguages,
  type Chapter,
  type City,
  type Review,
  type ReviewHead,
  reviewSchema,
  type SubmittedFile,
} from '../model/index.ts';
import { utf8Text } from './encoding.ts';
import type { FindingList } from './finding-list.ts';
import type { Known } from './known.ts';
import { meant } from './nearest.ts';
import { fileKind } from './path.ts';
import { quote } from './quote.ts';
import { ReferenceCheck } from './reference-check.ts';
import { type Shaped, shapeYaml } from './yaml-shape.ts';
import type { YamlFile } from './yaml-tree.ts';

/** Reads `review/<folder>/review.yaml`. */
export function readReviewHead(yaml: YamlFile, findings: FindingList): Shaped<ReviewHead> | null {
  return shapeYaml(yaml, yaml.root, reviewSchema, findings);
}

/** A Markdown file of a review: its text with LF line ends and one at the end. */
export function readChapter(file: SubmittedFile, findings: FindingList): Chapter | null {
  const kind = fileKind(file.path);
  if (kind?.kind !== 'chapter') return null;
  const bytes = utf8Text(file.path, file.bytes, findings);
  if (bytes === null) return null;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replace(/\r\n?/g, '\n');
  return { id: kind.chapter, language: kind.language, text: `${text.replace(/\s+$/, '')}\n` };
}

/** Puts head and chapters together; tells chapters that lack a file and files that no chapter names. */
export function bindChapters(
  head: Shaped<ReviewHead>,
  folder: string,
  chapters: readonly { readonly path: string; readonly chapter: Chapter }[],
  city: City | null,
  known: Known,
  findings: FindingList,
): Review {
  const { value } = head;
  const check = new ReferenceCheck(head, known, findings);
  check.oneOf('framework', ['framework'], value.framework, known.frameworks, 'frameworks/*.yaml');
  const named = new Set(value.chapters);
  if (named.size < value.chapters.length)
    check.error('chapter.duplicate', ['chapters'], {
      what: 'a chapter is listed twice',
      why: 'each chapter stands once, in the order of reading',
      mend: 'delete one',
    });
  const present = new Set(chapters.map(({ chapter }) => `${chapter.id}.${chapter.language}`));
  value.chapters.forEach((id, at) => {
    const languages = city?.languages ?? allLanguages;
    const written = languages.filter((language) => present.has(`${id}.${language}`));
    if (written.length === 0)
      check.error('chapter.missing', ['chapters', at], {
        what: `the chapter ${quote(id)} has no file`,
        why: `its text stands in review/${folder}/${id}.en.md or ${id}.zh.md`,
        mend: `write it, or take it out of the list${meant(
          id,
          chapters.map(({ chapter }) => chapter.id),
        )}`,
      });
    else if (city !== null && written.length < languages.length)
      check.warning('translation.missing', ['chapters', at], {
        what: `the chapter ${quote(id)} is written in ${written.join(', ')} only`,
        why: `the languages of the place are ${languages.join(', ')}`,
        mend: `add ${languages
          .filter((language) => !written.includes(language))
          .map((language) => `review/${folder}/${id}.${language}.md`)
          .join(' and ')}`,
      });
  });
  for (const { path, chapter } of chapters)
    if (!named.has(chapter.id))
      findings.warning(
        'chapter.unused',
        { file: path },
        {
          what: `no chapter of the review is called ${quote(chapter.id)}`,
          why: 'the list chapters in review.yaml says which texts belong to the review, and in which order',
          mend: `add it there, or delete the file${meant(chapter.id, named)}`,
        },
      );
  const order = new Map(value.chapters.map((id, at) => [id, at]));
  return {
    head: value,
    chapters: chapters
      .map(({ chapter }) => chapter)
      .filter(({ id }) => order.has(id))
      .sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0) || (a.language < b.language ? -1 : 1)),
  };
}
