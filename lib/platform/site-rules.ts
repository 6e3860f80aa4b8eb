// What happens by itself when a page of a site opens in another language than the reader's. By host, in storage.local.
import { browser } from 'wxt/browser';
import { literal, record } from '../engine/schema.ts';
import { AppError } from '../errors.ts';
import type { SiteRule } from '../requests.ts';
import { requestSitePermission } from './permissions.ts';

const KEY = 'siteRules';
/** Sites that are asked about every time are not kept. */
const isRules = record(literal('always', 'never'));

/** `ask` where the reader has said nothing. */
export async function loadSiteRule(url: string): Promise<SiteRule> {
  const rules = await loadRules();
  const host = hostOf(url);
  return Object.hasOwn(rules, host) ? rules[host] : 'ask';
}

/** Call it in the click: `always` needs the reader's permission for the site. Throws `permission-needed` where it is not given. */
export async function saveSiteRule(url: string, rule: SiteRule): Promise<void> {
  if (rule === 'always' && !(await requestSitePermission(url))) throw new AppError('permission-needed', 'not given');
  await navigator.locks.request(KEY, async () => {
    const { [hostOf(url)]: _, ...others } = await loadRules();
    await browser.storage.local.set({ [KEY]: rule === 'ask' ? others : { ...others, [hostOf(url)]: rule } });
  });
}

async function loadRules(): Promise<Record<string, 'always' | 'never'>> {
  const stored: unknown = (await browser.storage.local.get(KEY))[KEY];
  return isRules(stored) ? stored : {};
}

function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? '';
}
