// The summary: the page's own words first, then what the model wrote, each under its name. Text nodes only.
import type { Article, Source } from '../lib/article.ts';
import type { Statement, SummaryType } from '../lib/protocol.ts';
import { t } from '../lib/platform/i18n.ts';
import { numberSources, sourceKey } from './citations.ts';
import { writtenByLabel } from './labels.ts';
import { languageName } from './languages.ts';
import { StatementText } from './StatementText.tsx';
import type { Translated } from './use-reading.ts';
import type { Run } from './view.ts';

interface Props {
  run: Run;
  /** The same in another language, as far as it is; null to show it as written. */
  translated: Translated | null;
  /** Absent where there is no page to go to. */
  onShow?: (source: Source) => void;
}

interface ListProps {
  label: string;
  name: 'description' | 'quotes' | 'written';
  statements: Statement[];
  draft?: string;
  type: SummaryType;
  article: Article;
  translated: Translated | null;
  numbers: ReadonlyMap<string, number>;
  onShow?: (source: Source) => void;
}

export function Result({ run, translated, onShow }: Props) {
  const { article, type } = run.task;
  const numbers = numberSources([...run.quotes, ...run.statements]);
  const description = run.quotes.filter((quote) => quote.origin === 'description');
  const quotes = run.quotes.filter((quote) => quote.origin !== 'description');
  const shared = { type, article, translated, numbers, onShow };
  return (
    <>
      <StatementList {...shared} name="description" label={t('ownDescription')} statements={description} />
      <StatementList {...shared} name="quotes" label={t('ownWords')} statements={quotes} />
      <StatementList
        {...shared}
        name="written"
        label={writtenByLabel(run)}
        statements={run.statements}
        draft={run.draft.trim()}
      />
    </>
  );
}

function StatementList(props: ListProps) {
  const { label, name, statements, draft = '', type, article, translated, numbers, onShow } = props;
  if (statements.length === 0 && draft === '') return null;
  return (
    <section class={`part part-${name} type-${type}`}>
      <h2>
        {label}
        {translated && translated.texts.size > 0 && (
          <span class="translated-from"> · {t('translatedFrom', languageName(translated.pair.from))}</span>
        )}
      </h2>
      <ul lang={article.language || undefined}>
        {statements.map((statement, index) => (
          <li key={keyOf(statement, index, name)} class={statement.support} dir="auto">
            <StatementText
              statement={statement}
              translated={translated}
              article={article}
              numbers={numbers}
              nameQuote={name === 'written'}
              onShow={onShow}
            />
          </li>
        ))}
        {draft !== '' && (
          <li key="draft" class="draft" dir="auto">
            {draft}
          </li>
        )}
      </ul>
    </section>
  );
}

/** A quote keeps its element while others come before it; what the model writes only grows at the end. */
function keyOf(statement: Statement, index: number, name: ListProps['name']): string {
  const source = statement.sources.at(0);
  return name === 'quotes' && source ? sourceKey(source) : String(index);
}
