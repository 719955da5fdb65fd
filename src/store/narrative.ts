import type { Narrative, Review } from '../model/index.ts';
import { sha256Hex } from './blob.ts';
import { storableJson } from './copy-text.ts';
import { type Context, type Pending, Refused, recordError } from './pending.ts';

const idOf = ({ review, chapter, language }: Narrative): string => `${review}/${chapter}.${language}`;

/**
 * Chapters as they were signed off in the office. Each is a new version of that chapter's narrative; which draft it came
 * from is an event of the same submission, whose number keeps two sign-offs from passing each other.
 */
export async function pendingNarratives(
  { connection, city }: Context,
  narratives: readonly Narrative[],
): Promise<Pending> {
  const fresh: Narrative[] = [];
  if (narratives.length > 0) {
    const { rows } = await connection.query<{ area: string | null }>(
      `SELECT body->>'area' AS area FROM definition WHERE city = $1 AND kind = 'city' ORDER BY position DESC LIMIT 1`,
      [city],
    );
    for (const narrative of narratives) {
      if (narrative.area !== rows[0]?.area)
        throw new Refused([
          recordError(
            `narrative/${idOf(narrative)}`,
            'narrative.area',
            `the text of a review of this place belongs to the area ${rows[0]?.area ?? 'that no workspace has named yet'}`,
            'whoever may write that area may write its reviews, and nobody else',
            'name that area',
          ),
        ]);
      const known = await connection.query<{ same: boolean }>(
        `SELECT body = $4::jsonb AS same FROM statement WHERE city = $1 AND kind = 'narrative' AND id = $2 AND area = $3
          ORDER BY position DESC LIMIT 1`,
        [city, idOf(narrative), narrative.area, storableJson(narrative)],
      );
      if (known.rows[0]?.same !== true) fresh.push(narrative);
    }
  }
  return {
    changes: { added: fresh.length, changed: 0, withdrawn: 0 },
    areas: new Set(fresh.map(({ area }) => area)),
    async write(writer, position) {
      for (const narrative of fresh)
        await writer.query(
          `INSERT INTO statement (city, position, kind, id, area, withdrawn, body)
            VALUES ($1, $2, 'narrative', $3, $4, false, $5::jsonb)`,
          [city, position, idOf(narrative), narrative.area, storableJson(narrative)],
        );
    },
  };
}

/**
 * Puts signed-off chapters in place of those of the files. A chapter whose file says something else than the texts that it
 * follows stands as the file has it: whoever changed the file later did not know of the office, and the office tells.
 */
export function withNarratives(
  reviews: readonly Review[],
  narratives: readonly Narrative[],
): readonly Review[] {
  if (narratives.length === 0) return reviews;
  return reviews.map((review) => {
    const own = narratives.filter(
      ({ review: id, chapter, language, over }) =>
        id === review.head.id &&
        review.head.chapters.includes(chapter) &&
        over.includes(
          overOf(review.chapters.find((each) => each.id === chapter && each.language === language)?.text),
        ),
    );
    if (own.length === 0) return review;
    const order = new Map(review.head.chapters.map((id, at) => [id, at]));
    const kept = review.chapters.filter(
      ({ id, language }) => !own.some((each) => each.chapter === id && each.language === language),
    );
    const chapters = [
      ...kept,
      ...own.map(({ chapter, language, text }) => ({ id: chapter, language, text })),
    ];
    return {
      head: review.head,
      chapters: chapters.sort(
        (a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0) || (a.language < b.language ? -1 : 1),
      ),
    };
  });
}

/** Names the text of a file; empty for a chapter that has no file. */
export function overOf(text: string | undefined): string {
  return text === undefined ? '' : sha256Hex(Buffer.from(text));
}
