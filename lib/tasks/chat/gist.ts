// What is asked of the text as a whole ("What is this page about?", "Summarize this", an instruction) or of what stands under a heading:
// no search finds the answer. What such a question is answered with are the sentences that a summary would choose.
import type { ChatTask, Passage, Statement } from '../../protocol.ts';
import { selectSentences } from '../select.ts';
import { passagesAmong, retrieve, type Candidate } from './retrieve.ts';
import { searchIndexOf } from './search-index.ts';

const THIS_EN = String.raw`(?:(?:this|the)(?: (?:whole|entire|web|current))?(?: ?page| ?site| ?website| article| text| document| post| story| piece| selection| thing| one)?|it|here|these pages|these articles)`;
const EN = [
  String.raw`(?:so )?(?:what|wha)(?:'s| is| are| was) ${THIS_EN} (?:all )?about`,
  String.raw`what(?:'s| is) (?:the )?(?:gist|summary|main (?:point|idea|message|topic|subject)|key (?:point|message|takeaway)|point|topic|subject|bottom line)(?: (?:of|in|on) ${THIS_EN})?`,
  String.raw`what are (?:the )?(?:main|key|most important|central) (?:points|ideas|messages|takeaways|facts|findings|things)(?: (?:of|in|on|from) ${THIS_EN})?`,
  String.raw`what does ${THIS_EN} (?:say|tell(?: me| us)?|talk about|discuss|cover|describe|deal with)`,
  String.raw`(?:please )?(?:can you |could you )?(?:please )?(?:give me |write |make |i want |i need )?(?:a |an |the )?(?:(?:short|brief|quick|concise) )?(?:summari[sz]e|summary|overview|gist|sum up|recap|abstract|key points|main points|takeaways|tl;? ?dr)(?: (?:of|for|from|on))?(?: ${THIS_EN})?(?: for me)?(?: (?:briefly|shortly|quickly|please|in short|in (?:a few|two|three|some) (?:sentences|words|lines|points)))?`,
];

const THIS_PT = String.raw`(?:(?:d?est[ea]|d?ess[ea]|d?[oa]|a |o )? ?(?:página|pagina|artigo|texto|site|documento|matéria|notícia|post|seleção|trecho|publicação)|isso|isto|disso|disto|aqui)`;
const PT = [
  String.raw`(?:sobre|acerca de) (?:o )?qu[eê] (?:é|fala|trata|se trata)? ?${THIS_PT}?`,
  String.raw`(?:do|de) que (?:se )?(?:trata|fala) ${THIS_PT}`,
  String.raw`${THIS_PT} (?:é sobre (?:o )?qu[eê]|(?:fala|trata)(?:-se)? (?:de|do|sobre) (?:o )?qu[eê])`,
  String.raw`o que (?:diz|fala|conta|aborda|é) ${THIS_PT}`,
  String.raw`qua(?:l|is) (?:é |são )?(?:[oa]s? )?(?:resumo|ideias? (?:principa(?:l|is)|centra(?:l|is))|pontos? (?:principa(?:l|is)|centra(?:l|is))|assunto|tema|mensagem(?: principal)?|essência)(?: (?:de |d)?${THIS_PT})?`,
  String.raw`(?:por favor,? )?(?:(?:me )?(?:faça|faz|dê|escreva|quero)(?:-me)? )?(?:um |uma |o |a |os )?(?:(?:breve|pequeno|curto) )?(?:resum[aeo]|resumir|resume|sintetize|síntese|visão geral|pontos principais)(?: (?:de |para mim )?${THIS_PT})?(?:,? por favor)?`,
];

const THIS_ZH =
  '(?:这|這|本|该|該|此)?(?:个|個|篇|段|张|張|些)?(?:网页|網頁|页面|頁面|页|頁|文章|文|文本|网站|網站|内容|內容|文档|文件|新闻|新聞|选段|部分)?';
const ZH = [
  `${THIS_ZH}(?:主要|大致|到底|究竟|都|是)*(?:关于|關於|讲|講|说|說|谈|談|介绍|介紹|讨论|討論|内容|內容|讲述|講述|讲的|講的)(?:的)?(?:主要)?(?:是|了|些|的是)*(?:什么|甚么|什麼|啥)(?:内容|內容)?(?:的)?`,
  `(?:请|請|帮我|幫我|帮忙|幫忙|麻烦|麻煩|你能|能否|可以)*(?:简单|簡單|简要|簡要|简短|簡短|用几句话|用幾句話)?(?:地)?(?:总结|總結|概括|概述|归纳|歸納|摘要)(?:一下|下)?${THIS_ZH}(?:的)?(?:主要)?(?:内容|內容|要点|要點|大意)?`,
  `${THIS_ZH}(?:的)?(?:主要|核心|中心)?(?:内容|內容|要点|要點|大意|主旨|主题|主題|摘要|观点|觀點|思想)(?:是|有|有哪些|是什么|是什麼|是啥|什么|什麼|哪些)*`,
];

const GIST = [
  ...[...EN, ...PT].map((pattern) => new RegExp(String.raw`^\W*${pattern}[\s?!.]*$`, 'u')),
  ...ZH.map((pattern) => new RegExp(`^${pattern}[呢吗嗎吧了\\s?？。!！]*$`, 'u')),
];

/** True of a question about all of the text, in English, Portuguese or Chinese, and about nothing else. */
export function asksForGist(question: string): boolean {
  const asked = question.normalize('NFC').replace(/’/g, "'").replace(/\s+/g, ' ').trim().toLowerCase();
  return asked !== '' && GIST.some((pattern) => pattern.test(asked));
}

/** No search is made for it: it is about all of the text, about what stands under one of its headings, or no question at all. */
export function needsNoSearch(task: ChatTask): boolean {
  return task.instruct === true || asksForGist(task.question) || sectionAsked(task) !== null;
}

/** The passages to show at once: those that a summary would take its sentences from; an instruction has none. */
export function gistPassages(task: ChatTask): Passage[] {
  return task.instruct ? [] : passagesAmong(gistCandidates(task), task.articles);
}

/** The passages to show at once for any question. */
export function firstPassages(task: ChatTask): Passage[] {
  return needsNoSearch(task) ? gistPassages(task) : passagesAmong(retrieve(task).candidates, task.articles);
}

/** Whole blocks of an article. */
export interface Section {
  article: number;
  firstBlock: number;
  lastBlock: number;
}

/** What a gist is of: the section that is asked about, or else all articles, whole. */
export function sectionsOf(task: ChatTask): Section[] {
  const asked = task.instruct ? null : sectionAsked(task);
  if (asked) return [asked];
  return task.articles.map(({ blocks }, article) => ({ article, firstBlock: 0, lastBlock: blocks.length - 1 }));
}

/** As many sentences as a summary of medium length has, of one article; fewer of each of several, and of a section. */
export function gistOf(task: ChatTask): Statement[] {
  const sections = sectionsOf(task);
  return sections.flatMap(({ article, firstBlock, lastBlock }) => {
    const read = task.articles[article];
    const isWhole = lastBlock - firstBlock + 1 === read.blocks.length;
    const length = sections.length === 1 && isWhole ? 'medium' : 'short';
    const part = isWhole ? read : { ...read, description: '', blocks: read.blocks.slice(firstBlock, lastBlock + 1) };
    return selectSentences(part, { type: 'key-points', length }).quotes.map((quote) => ({
      ...quote,
      sources: quote.sources.map((source) => ({ ...source, article, block: source.block + firstBlock })),
    }));
  });
}

/** "What does the page say about “Heading”?", as the panel suggests it, in its languages. */
const ABOUT_HEADING = [
  /^what does (?:it|this|the (?:page|article|text)) say about [“"](?<name>.+)[”"]\s*\??$/iu,
  /^o que (?:se diz|diz|(?:a página|o artigo|o texto|ela|ele) diz) sobre [“"](?<name>.+)[”"]\s*\??$/iu,
  /^(?:关于|關於)[“"「](?<name>.+)[”"」].*[说說讲講].*$/u,
];

/** What stands under the heading that the question names, or is; null where it names none of the first article's. */
function sectionAsked({ question, articles }: ChatTask): Section | null {
  const asked = question.trim();
  const named = ABOUT_HEADING.map((pattern) => pattern.exec(asked)?.groups?.name).find((name) => name !== undefined);
  const blocks = articles.at(0)?.blocks ?? [];
  const isHeading = (at: number) => blocks.at(at)?.kind === 'heading';
  const heading = blocks.findIndex(
    ({ text }, at) =>
      isHeading(at) &&
      !isHeading(at + 1) &&
      (named === undefined ? text.trim() === asked : headingName(text) === named),
  );
  if (heading < 0) return null;
  const next = blocks.findIndex(({ kind }, at) => at > heading && kind === 'heading');
  const lastBlock = (next < 0 ? blocks.length : next) - 1;
  return lastBlock > heading ? { article: 0, firstBlock: heading + 1, lastBlock } : null;
}

/** A heading as it is named in a question: without its full stop, the site's link to edit it, and the sign of its anchor. */
export function headingName(text: string): string {
  return text.replace(/[.:：。\s]*(?:\[[^\]]*\]|[#¶§]|\s)*$/u, '').trim();
}

/** The sentences of a gist, in their order, as what may answer. */
function gistCandidates(task: ChatTask): Candidate[] {
  return gistOf(task).flatMap(({ sources }) =>
    sources.flatMap(({ article = 0, block, start }) => {
      const { sentences, passageOf } = searchIndexOf(task.articles[article]);
      const at = sentences.findIndex((each) => each.block === block && each.start === start);
      if (at < 0) return [];
      return [
        {
          article,
          passage: passageOf[at],
          number: at,
          sentence: sentences[at],
          passageScore: 0,
          holdsKind: true,
          score: 0,
        },
      ];
    }),
  );
}
