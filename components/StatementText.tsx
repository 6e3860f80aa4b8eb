// One sentence of a result, with its sources and, where it is unsure, the word and the reason.
import type { Article, Source } from '../lib/article.ts';
import type { Statement } from '../lib/protocol.ts';
import { sourceKey } from './citations.ts';
import { t } from '../lib/platform/i18n.ts';
import { locatorAt } from '../lib/tasks/quote.ts';
import { doubtText } from './doubts.ts';
import { KeptText } from './KeptText.tsx';
import { locatorLabel } from './labels.ts';
import { SourceMark } from './SourceMark.tsx';
import type { Translated } from './use-reading.ts';

interface Props {
  statement: Statement;
  translated: Translated | null;
  article: Article;
  /** From numberSources. */
  numbers: ReadonlyMap<string, number>;
  /** Names a sentence of the page that stands among the model's own. */
  nameQuote: boolean;
  onShow?: (source: Source) => void;
}

export function StatementText({ statement, translated, article, numbers, nameQuote, onShow }: Props) {
  const doubt = doubtText(statement);
  const translation = translated?.texts.get(statement.text);
  const shown =
    translated && translation ? (
      <span lang={translated.pair.to}>
        <KeptText text={translation.text} kept={translation.kept} original={translated.pair.from} />
      </span>
    ) : (
      statement.text
    );
  return (
    <>
      {doubt ? <mark class="unsure">{shown}</mark> : shown}
      {statement.sources.map((source) => (
        <SourceMark
          key={sourceKey(source)}
          number={numbers.get(sourceKey(source)) ?? 0}
          sentence={otherThan(translation?.text ?? statement.text, sentenceAt(article, source))}
          place={locatorLabel(locatorAt(article.blocks.at(source.block), source.start))}
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
