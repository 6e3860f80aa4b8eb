// Questions that a page suggests by its own headings, by rule: where none reads well, there are none. Each is one that the page's own
// sentences answer, without any model. Pure but for the catalogue.
import { t } from '../lib/platform/i18n.ts';
import type { Article } from '../lib/article.ts';
import type { ChatTask } from '../lib/protocol.ts';
import { languageOf } from '../lib/tasks/language.ts';
import { primarySubtag } from '../lib/tasks/stop-words.ts';
import { gistOf, headingName, needsNoSearch } from '../lib/tasks/chat/gist.ts';

const MAX_QUESTIONS = 3;
const MAX_HEADING_CHARACTERS = 60;
/** A heading with less beneath it is a label of the page, not a part of the text. */
const MIN_SECTION_CHARACTERS = 300;
/** What stands at the end of a page, or around it. */
const FURNITURE =
  /^(see also|references?|notes?|sources?|contents|comments?|related|further reading|external links|navigation|menu|share|about|contact|veja também|ver também|referências|notas|fontes|comentários|ligações externas|bibliografia|目录|参考资料|参考文献|外部链接|注释|评论|相关)\b/iu;

/** At most three, in the order of the page; none where the page is in another language than the catalogue. */
export function suggestedQuestions(article: Article): string[] {
  if (primarySubtag(languageOf(article)) !== primarySubtag(t('locale'))) return [];
  const questions = new Set<string>();
  for (const { heading, characters } of sections(article)) {
    if (characters < MIN_SECTION_CHARACTERS || !readsWell(heading, article.title)) continue;
    const question = questionOf(heading);
    if (!questions.has(question) && isAnswered(question, article)) questions.add(question);
    if (questions.size === MAX_QUESTIONS) break;
  }
  return [...questions];
}

/** With sentences of the part that the heading stands above. */
function isAnswered(question: string, article: Article): boolean {
  const task: ChatTask = { kind: 'chat', question, articles: [article], history: [] };
  return needsNoSearch(task) && gistOf(task).length > 0;
}

function sections({ blocks }: Article): { heading: string; characters: number }[] {
  const found: { heading: string; characters: number }[] = [];
  for (const { kind, text } of blocks) {
    const last = found.at(-1);
    if (kind === 'heading') found.push({ heading: text.trim(), characters: 0 });
    else if (last) last.characters += text.length;
  }
  return found;
}

function readsWell(heading: string, title: string): boolean {
  return (
    heading.length <= MAX_HEADING_CHARACTERS &&
    /\p{L}{2}/u.test(heading) &&
    !/[“”"|»›\d]/u.test(heading) &&
    (heading.length < 4 || heading !== heading.toLocaleUpperCase() || heading === heading.toLocaleLowerCase()) &&
    !FURNITURE.test(heading) &&
    // A cry, and who wrote what follows, from where.
    !/!$|,.*,/u.test(heading) &&
    heading !== title
  );
}

/** A heading that asks is a question as it stands. */
function questionOf(heading: string): string {
  return /[?？]$/u.test(heading) ? heading : t('suggestedQuestion', headingName(heading));
}
