// What a page says about itself, however it says it. And: without layout (jsdom) nothing is taken for hidden by its box.
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../../lib/page/extract.ts';
import { readMetadata } from '../../../lib/page/metadata.ts';
import { readFixture, textOf } from './chromium.ts';

function metadataOf(head: string, html = '<html>', body = '') {
  return readMetadata(new JSDOM(`<!doctype html>${html}<head>${head}</head><body>${body}</body>`).window.document);
}

describe('readMetadata', () => {
  it('takes the first description there is: name, Open Graph, Twitter, JSON-LD', () => {
    const linked =
      '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","description":"The site."},{"@type":["NewsArticle"],"description":"Linked &amp; data."}]}</script>';
    expect(metadataOf(`<meta name="Description" content=" Plain. ">${linked}`).description).toBe('Plain.');
    expect(
      metadataOf(`<meta property="twitter:description" content="T"><meta property="og:description" content="O">`)
        .description,
    ).toBe('O');
    expect(metadataOf(linked).description).toBe('Linked & data.');
    expect(metadataOf('<script type="application/ld+json">{"@type": broken</script>').description).toBe('');
  });

  it('takes no description that only repeats the title', () => {
    expect(
      metadataOf('<title>Tides | Sound Post</title><meta name="description" content="Tides | Sound Post">').description,
    ).toBe('');
  });

  it('tells the title from the name of the site', () => {
    const site = '<meta property="og:site_name" content="Sound Post">';
    expect(metadataOf(`${site}<title>The tides - Sound Post</title>`).title).toBe('The tides');
    expect(metadataOf(`${site}<meta property="og:title" content="The tides | Sound Post">`).title).toBe('The tides');
    expect(metadataOf('<title>How tall is a spring tide? - Harbour Questions</title>').title).toBe(
      'How tall is a spring tide?',
    );
    expect(metadataOf('<title>Wind-driven waves</title>').title).toBe('Wind-driven waves');
    expect(metadataOf('<title>A - B | C</title>', '<html>', '<h1>A - B</h1>').title).toBe('A - B');
    expect(metadataOf('').title).toBe('');
  });

  it('takes no headline of other data for the title', () => {
    const linked = '<script type="application/ld+json">{"@type":"Article","headline":"country in Oceania"}</script>';
    expect(
      metadataOf(`<title>New Zealand - Encyclopedia</title>${linked}`, '<html>', '<h1>New Zealand</h1>').title,
    ).toBe('New Zealand');
  });

  it('reads the language as BCP 47', () => {
    expect(metadataOf('', '<html lang="pt_br">').language).toBe('pt-BR');
    expect(metadataOf('<meta http-equiv="content-language" content="de, en">').language).toBe('de');
    expect(metadataOf('', '<html lang="not a language">').language).toBe('');
    expect(metadataOf('').language).toBe('');
  });
});

describe('without layout', () => {
  it('still reads a page, and still leaves out what style hides', async () => {
    const open = async (name: string) => new JSDOM(await readFixture(name)).window.document;
    expect(textOf(extractArticle(await open('news')))).toContain('After eleven weeks in dock');
    const text = textOf(extractArticle(await open('hidden-text')));
    expect(text).toContain('never missed a storm');
    expect(text).not.toMatch(/SECRET(01|02|03|04|06|07|10|12|14|15|16|17|20|21)/);
  });
});
