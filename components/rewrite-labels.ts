// The words of the rewrite card: its actions, who proposes a change, and why one is unsure. Pure but for the catalogue.
import { t } from '../lib/platform/i18n.ts';
import type { Hunk, RewriteAction, RewriteDoubt, RewriteOrder } from '../lib/protocol.ts';
import { formatList } from './format.ts';

/** What the model that comes with Inkling does, by rules and a checker that it helps. */
export const FAITHFUL_ACTIONS: readonly RewriteAction[] = ['fix-grammar', 'shorten', 'bullet-list'];
/** What a model must write freely for. */
export const FREE_ACTIONS: readonly RewriteAction[] = [
  'improve',
  'expand',
  'simplify',
  'formal',
  'friendly',
  'instruct',
];

export function actionLabel(action: RewriteAction): string {
  switch (action) {
    case 'fix-grammar':
      return t('actionFixGrammar');
    case 'shorten':
      return t('actionShorten');
    case 'bullet-list':
      return t('actionBulletList');
    case 'improve':
      return t('actionImprove');
    case 'expand':
      return t('actionExpand');
    case 'simplify':
      return t('actionSimplify');
    case 'formal':
      return t('actionFormal');
    case 'friendly':
      return t('actionFriendly');
    case 'instruct':
      return t('actionInstruct');
  }
}

/** The action, or the reader's own words. */
export function orderLabel({ action, instruction }: RewriteOrder): string {
  return action === 'instruct' && instruction !== '' ? instruction : actionLabel(action);
}

/** A frame of another site by that site, '' where unknown. */
export function frameName(site: string): string {
  return site || t('anotherSite');
}

/** "“their” becomes “there”" */
export function changeLabel(text: string, { start, end, replacement }: Hunk): string {
  const [before, after] = [text.slice(start, end).trim(), replacement.trim()];
  if (before === after) return t('changeSpace');
  if (before === '') return t('changeAdds', after);
  return after === '' ? t('changeRemoves', before) : t('changeReplaces', before, after);
}

/** `model` is its name, '' where unknown. */
export function proposerLabel(by: Hunk['by'], model: string): string {
  switch (by) {
    case 'checker':
      return t('byChecker');
    case 'rules':
      return t('byRules');
    case 'model':
      return model || t('theModel');
  }
}

/** "Unsure: a number changes", '' where nothing is doubted. */
export function doubtsLabel(doubts: readonly RewriteDoubt[]): string {
  return doubts.length === 0 ? '' : t('unsure', formatList(doubts.map(doubtLabel)));
}

function doubtLabel(doubt: RewriteDoubt): string {
  switch (doubt) {
    case 'number':
      return t('rewriteDoubtNumber');
    case 'name':
      return t('rewriteDoubtName');
    case 'link':
      return t('rewriteDoubtLink');
    case 'code':
      return t('rewriteDoubtCode');
    case 'placeholder':
      return t('rewriteDoubtPlaceholder');
    case 'negation':
      return t('rewriteDoubtNegation');
    case 'language':
      return t('rewriteDoubtLanguage');
    case 'length':
      return t('rewriteDoubtLength');
    case 'answer':
      return t('rewriteDoubtAnswer');
  }
}
