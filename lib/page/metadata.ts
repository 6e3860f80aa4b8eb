// What a page says about itself in its head: title, site, language, description. Reads the live document.

import { cleanLine } from './text.ts';

export interface Metadata {
  title: string;
  siteName: string;
  /** BCP 47, '' where the page does not say. */
  language: string;
  /** The page's own words, '' where it has none. */
  description: string;
}

type JsonObject = Record<string, unknown>;

export function readMetadata(document: Document): Metadata {
  const meta = metaReader(document);
  const linked = readLinkedData(document);
  const siteName =
    meta('og:site_name') || linked('publisher.name') || meta('application-name') || meta('apple-mobile-web-app-title');
  const headline = linked('headline');
  const declared =
    meta('og:title') || meta('twitter:title') || (cleanLine(document.title).includes(headline) ? headline : '');
  const title = readTitle(document, siteName, declared);
  const description =
    meta('description') ||
    meta('og:description') ||
    meta('twitter:description') ||
    meta('dc.description') ||
    meta('dcterms.description') ||
    linked('description') ||
    linked('abstract') ||
    meta('citation_abstract');
  const isDescription = description !== title && description !== siteName && description !== document.title;
  return { title, siteName, language: readLanguage(document, meta), description: isDescription ? description : '' };
}

/** The first non-empty content of a meta element by `name` or `property`, any case. */
function metaReader(document: Document): (name: string) => string {
  const values = new Map<string, string>();
  for (const element of Array.from(document.querySelectorAll('meta[content]'))) {
    const value = cleanLine(decodeEntities(element.getAttribute('content') ?? ''));
    const names = `${element.getAttribute('name') ?? ''} ${element.getAttribute('property') ?? ''} ${element.getAttribute('http-equiv') ?? ''}`;
    for (const name of names.toLowerCase().split(/\s+/)) {
      if (name && value && !values.has(name)) values.set(name, value);
    }
  }
  return (name) => values.get(name) ?? '';
}

/** Reads a text field of the JSON-LD object that is about this page, '' where there is none. */
function readLinkedData(document: Document): (path: string) => string {
  const objects: JsonObject[] = [];
  for (const script of Array.from(document.querySelectorAll('script[type="application/ld+json"]'))) {
    try {
      collectObjects(JSON.parse(script.textContent.replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, '')), objects);
    } catch {
      // Pages write broken JSON here; then they say nothing.
    }
  }
  const about = objects.filter((object) =>
    /Article|Posting|WebPage|Recipe|Product|Question|Report|Book|Event/.test(typeOf(object)),
  );
  return (path) => {
    for (const object of about) {
      let value: unknown = object;
      for (const key of path.split('.')) value = isObject(value) ? value[key] : undefined;
      if (typeof value === 'string' && value.trim()) return cleanLine(decodeEntities(value.replace(/<[^>]*>/g, ' ')));
    }
    return '';
  };
}

const ENTITIES: Record<string, string> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: ' ' };

/** Publishers often encode twice: the parser has undone one. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]+));/gi,
    (entity, decimal?: string, hex?: string, name?: string) => {
      if (name) return ENTITIES[name.toLowerCase()] ?? entity;
      return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex!, 16));
    },
  );
}

function collectObjects(value: unknown, into: JsonObject[]): void {
  if (Array.isArray(value)) for (const item of value) collectObjects(item, into);
  if (!isObject(value)) return;
  into.push(value);
  collectObjects(value['@graph'], into);
}

function typeOf(object: JsonObject): string {
  return JSON.stringify(object['@type'] ?? '');
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The title without the site's name around it. `declared` is the page's title for sharing. */
function readTitle(document: Document, siteName: string, declared: string): string {
  const full = cleanLine(document.title);
  if (declared && declared !== siteName) return withoutSite(declared, siteName);
  const title = withoutSite(full, siteName);
  if (title !== full) return title;
  const heading =
    document.querySelectorAll('h1').length === 1 ? cleanLine(document.querySelector('h1')!.textContent) : '';
  if (heading.length > 3 && full.startsWith(heading)) return heading;
  const parts = full.split(/\s+[|–—\\/>»·-]\s+/u);
  const longest = parts.reduce((a, b) => (b.length > a.length ? b : a), '');
  return parts.length > 1 && longest === parts[0] && longest.length > full.length / 2 ? longest : full || heading;
}

function withoutSite(title: string, siteName: string): string {
  if (!siteName) return title;
  const site = siteName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const bare = title.replace(new RegExp(`^${site}\\s*[|:–—»·-]\\s+|\\s+[|–—»·-]\\s*${site}$`, 'iu'), '');
  return bare || title;
}

function readLanguage(document: Document, meta: (name: string) => string): string {
  const root = document.documentElement;
  const declared =
    root.lang ||
    root.getAttribute('xml:lang') ||
    document.querySelector('body')?.lang ||
    meta('content-language') ||
    meta('dc.language');
  try {
    return Intl.getCanonicalLocales(declared.split(',')[0].trim().replaceAll('_', '-'))[0] ?? '';
  } catch {
    return '';
  }
}
