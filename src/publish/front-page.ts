import type { ReviewHead } from '../model/index.ts';

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The first page of an edition's folder: leads to the site, the documents and the data. */
export function frontPage(head: ReviewHead, documents: readonly string[], site: string | null): Uint8Array {
  const title = [head.title.en, head.title.zh]
    .filter((text) => text !== '')
    .map(escapeText)
    .join('<br>');
  const links = [
    ...(site === null ? [] : [[site, 'Site · 网站'] as const]),
    ...documents.map((path) => [path, path.slice('documents/'.length)] as const),
    ['data/figures.csv', 'Figures (CSV) · 指标值'] as const,
    ['data/figures.json', 'Figures (JSON)'] as const,
    ['data/records.csv', 'Records (CSV) · 原始记录'] as const,
    ['README.txt', 'How to verify · 如何核对'] as const,
  ];
  const list = links
    .map(([href, text]) => `<li><a href="${escapeText(encodeURI(href))}">${escapeText(text)}</a></li>`)
    .join('\n');
  return new TextEncoder().encode(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeText(head.title.en || head.title.zh)}</title>
<style>body{font:1.05rem/1.6 "Source Sans 3","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1b1f24;background:#fcfbf8;max-width:44rem;margin:4rem auto;padding:0 1.5rem;border-top:.6rem solid #1f6f5c}a{color:#1f6f5c}h1{font-size:1.9rem;line-height:1.25}</style></head>
<body><h1>${title}</h1><p>${escapeText(head.issuer.en)} · ${escapeText(head.issuer.zh)} · <time datetime="${escapeText(head.date)}">${escapeText(head.date)}</time></p><ul>
${list}
</ul></body></html>
`);
}

/** What a stranger needs to check the edition, in both languages. */
export function readMe({ title, issuer, date }: ReviewHead, fingerprint: string): Uint8Array {
  return new TextEncoder().encode(`${title.en}
${title.zh}
${issuer.en} / ${issuer.zh}, ${date}

documents/   the review: PDF/UA-1 to read (.pdf), PDF/A-2a to archive (.archive.pdf), Word, one HTML page
site/        every page as it was on the day of publication; opens without a server
data/        all figures, and the records that they were computed from
workspace/   the workspaces: data, formulas, texts
manifest.json  every file with its sha-256, every figure with formula, contributions and root
tree.txt     the hash of each entry of the manifest (RFC 6962 leaves, SHA-256)
seal.json    the log of all editions of this city, its head, proofs that it has only grown, and the city's signature

To check all of it without a network:

    modelcity verify <this folder or the archive> --fingerprint ${fingerprint}

Compare the fingerprint with the one that the city prints elsewhere.

documents/ 为报告（PDF/UA-1 阅读版、PDF/A-2a 存档版、Word、单页 HTML）；site/ 为发布当日的全部网页；
data/ 为全部指标值及原始记录；workspace/ 为数据、公式和文稿；manifest.json 列出每个文件和每个指标值。
以上命令无需联网即可重新计算全部数字并核对签名；请将公钥指纹与本市另行公布的指纹比对。
`);
}
