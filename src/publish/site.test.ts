import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/index.ts';
import { sampleApp } from './sample.ts';
import { crawlSite } from './site.ts';
import { relativeLink, siteFile, sitePath } from './site-path.ts';

async function crawl() {
  const findings: Finding[] = [];
  const files = new Map<string, string>();
  for await (const { file, bytes } of crawlSite(
    { request: sampleApp, starts: ['/en/'], liveOnly: ['/api'] },
    findings,
  ))
    files.set(file, new TextDecoder().decode(bytes));
  return { files, findings };
}

describe('a static site', () => {
  it('holds every page that is linked, and what pages use', async () => {
    const { files } = await crawl();
    expect([...files.keys()].sort()).toEqual([
      'assets/a.css',
      'assets/dot.svg',
      'en/index.html',
      'en/shanghai/figures/7K2QM4X/index.html',
      'en/shanghai/index.html',
      'f/7K2QM4X/index.html',
    ]);
  });
  it('links by relative addresses, so that it opens from a folder', async () => {
    const { files } = await crawl();
    expect(files.get('en/index.html')).toContain('href="shanghai/index.html#top"');
    expect(files.get('en/index.html')).toContain('href="https://example.org/"');
    expect(files.get('en/shanghai/index.html')).toContain('href="../../f/7K2QM4X/index.html"');
    expect(files.get('en/shanghai/index.html')).toContain('href="../index.html"');
    expect(files.get('f/7K2QM4X/index.html')).toContain('url=../../en/shanghai/figures/7K2QM4X/index.html');
    expect(files.get('assets/a.css')).toContain('url("dot.svg")');
    expect(files.get('en/shanghai/figures/7K2QM4X/index.html')).toContain('href="#proof"');
  });
  it('takes out links that only a live server has, and leaves text alone', async () => {
    const { files } = await crawl();
    expect(files.get('en/index.html')).not.toContain('/api/');
    expect(files.get('en/shanghai/index.html')).toContain('a href="/not/a/link"');
  });
  it('tells a dead link', async () => {
    const { findings } = await crawl();
    expect(findings.map(({ rule, where }) => [rule, where.pointer])).toEqual([
      ['site.dead-link', '/en/gone/'],
    ]);
  });
});

describe('addresses as files', () => {
  it('never leave the site', () => {
    for (const path of [
      '/../../etc/passwd',
      '/%2e%2e/%2e%2e/x',
      '/a/%2Fb',
      '/a\\b',
      '/con:x',
      '/.git/config',
      '/a/%00',
      '/%E4%B8%8A海/',
    ])
      expect(siteFile(sitePath(path, '/')?.path ?? '/').split('/')).not.toContain('..');
    expect(siteFile('/a/%2Fetc')).toMatch(/^a\/x[0-9a-f]{24}\/index\.html$/);
    expect(sitePath('//evil.example/x', '/')).toBeNull();
    expect(sitePath('javascript:alert(1)', '/')).toBeNull();
  });
  it('find each other', () => {
    expect(relativeLink('index.html', 'en/index.html')).toBe('en/index.html');
    expect(relativeLink('en/a/index.html', 'en/a/b/index.html')).toBe('b/index.html');
    expect(relativeLink('en/a/index.html', 'zh/a/index.html')).toBe('../../zh/a/index.html');
    expect(relativeLink('en/index.html', 'en/index.html')).toBe('index.html');
  });
});
