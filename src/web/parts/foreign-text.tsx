import { plainText } from '../../intake/index.ts';

/** Addresses in a text: `[words](https://…)` of Markdown, or bare. */
const addresses =
  /\[([^\][\n]{1,300})\]\((https?:\/\/[^\s()<>"]+(?:\([^\s()<>"]*\)[^\s()<>"]*)*)\)|(https?:\/\/[^\s<>"'）)\]]+)/g;

/** One line of a text that others wrote: its addresses become links, marks of Markdown go. */
function Line({ text }: { readonly text: string }) {
  const parts: unknown[] = [];
  let last = 0;
  for (const match of text.matchAll(addresses)) {
    const [whole, words, marked, bare = ''] = match;
    const href = marked ?? bare.replace(/[.,;:]+$/, '');
    if (!URL.canParse(href)) continue;
    parts.push(unmarked(text.slice(last, match.index)));
    parts.push(
      <a href={href} rel="external nofollow">
        {words === undefined ? href : unmarked(words)}
      </a>,
    );
    last = match.index + (marked === undefined ? href.length : whole.length);
  }
  parts.push(unmarked(text.slice(last)));
  return <>{parts}</>;
}

const unmarked = (text: string): string =>
  text.replace(/\*\*(?=\S)([^*]+)\*\*/g, '$1').replace(/(?<![\w*])\*(?=\S)([^*\n]+)\*(?![\w*])/g, '$1');

const isItem = (line: string): boolean => /^\s*(?:[-*•]|\d{1,2}[.)])\s+/.test(line);

/** Text from outside, Markdown, HTML or plain, as paragraphs and lists; never its own tags. */
export function ForeignText({ text }: { readonly text: string }) {
  const blocks: { readonly list: boolean; readonly lines: string[] }[] = [];
  for (const line of plainText(text).split(/\r?\n/)) {
    const last = blocks.at(-1);
    const list = isItem(line);
    if (line.trim() === '') {
      if (last !== undefined && last.lines.length > 0) blocks.push({ list: false, lines: [] });
    } else if (last !== undefined && last.list === list && last.lines.length > 0) last.lines.push(line);
    else blocks.push({ list, lines: [line] });
  }
  return (
    <>
      {blocks
        .filter(({ lines }) => lines.length > 0)
        .map(({ list, lines }) =>
          list ? (
            <ul>
              {lines.map((line) => (
                <li>
                  <Line text={line.replace(/^\s*(?:[-*•]|\d{1,2}[.)])\s+/, '')} />
                </li>
              ))}
            </ul>
          ) : (
            <p>
              {lines.map((line, at) => (
                <>
                  {at === 0 ? null : <br />}
                  <Line text={line.replace(/^#{1,6}\s+/, '')} />
                </>
              ))}
            </p>
          ),
        )}
    </>
  );
}
