// One sentence of a result, with its sources and, where it is unsure, the word and the reason.
import type { Article, Source, Statement } from '../lib/protocol.ts';
import { sourceKey } from './citations.ts';
import { t } from '../lib/platform/i18n.ts';
import { doubtText } from './doubts.ts';
import { SourceMark } from './SourceMark.tsx';

interface Props {
  statement: Statement;
  article: Article;
  /** From numberSources. */
  numbers: ReadonlyMap<string, number>;
  /** Names a sentence of the page that stands among the model's own. */
  nameQuote: boolean;
  onShow?: (source: Source) => void;
}

export function StatementText({ statement, article, numbers, nameQuote, onShow }: Props) {
  const doubt = doubtText(statement);
  return (
    <>
      {doubt ? <mark class="unsure">{statement.text}</mark> : statement.text}
      {statement.sources.map((source) => (
        <SourceMark
          key={sourceKey(source)}
          number={numbers.get(sourceKey(source)) ?? 0}
          sentence={otherThan(statement.text, sentenceAt(article, source))}
          language={article.language}
          onShow={onShow && (() => onShow(source))}
        />
      ))}
      {doubt && <span class="tag tag-unsure">{doubt}</span>}
      {nameQuote && statement.support === 'quoted' && <span class="tag">{t('quotedTag')}</span>}
    </>
  );
}

function sentenceAt(article: Article, source: Source): string {
  return article.blocks[source.block]?.text.slice(source.start, source.end) ?? '';
}

function otherThan(text: string, sentence: string): string {
  return sentence === text ? '' : sentence;
}
