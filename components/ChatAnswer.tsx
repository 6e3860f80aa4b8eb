// The answer of a turn: the page's own sentences as quotations, what a model wrote as text, each with the places that it rests on.
import type { ComponentChildren } from 'preact';
import type { KeptStatement, Place, Turn } from '../lib/history/conversation.ts';
import { t } from '../lib/platform/i18n.ts';
import { asksForGist } from '../lib/tasks/chat/gist.ts';
import { inLanguage } from './answer-reading.ts';
import { excerptText } from './ChatPassages.tsx';
import { holds, numberPlaces, placeKey } from './chat-turn.ts';
import { doubtText } from './doubts.ts';
import { isShowable, locatorLabel } from './labels.ts';
import { KeptText } from './KeptText.tsx';
import { languageName } from './languages.ts';
import { InlineMarkdown, isRunningText, Markdown } from './Markdown.tsx';
import { SourceMark } from './SourceMark.tsx';
import type { Translated } from './use-reading.ts';

interface Props {
  turn: Turn;
  /** The same in another language, as far as it is; null to show it as written. */
  translated: Translated | null;
  /** It is still being answered. */
  live: boolean;
  /** Written and not checked yet. */
  draft: string;
  onShow: (place: Place) => void;
  onOpen: (url: string) => void;
}

export function ChatAnswer({ turn, translated, live, draft, onShow, onOpen }: Props) {
  const { statements, outcome, pages } = turn;
  if (outcome === 'unanswered') return <Unanswered turn={turn} />;
  if (statements.length === 0 && draft.trim() === '') return live ? <Nearest turn={turn} onShow={onShow} /> : null;
  const numberOf = numberPlaces(turn);
  const marks = ({ places }: KeptStatement) =>
    places.map((place) => (
      <SourceMark
        key={placeKey(place)}
        number={numberOf(place)}
        sentence={around(turn, place)}
        place={locatorLabel(place.quote)}
        language={pages[place.page].language}
        onShow={isShowable(pages[place.page]) ? () => onShow(place) : undefined}
      />
    ));
  const isQuoted = statements.length > 0 && statements.every(({ support }) => support === 'quoted');
  return (
    <div class="answer" lang={pages.at(0)?.language || undefined}>
      <p class="answer-by">
        {isQuoted ? t('ownWords') : t('writtenBy', turn.model || t('theModel'))}
        {translated && translated.texts.size > 0 && (
          <span class="translated-from"> · {t('translatedFrom', languageName(translated.pair.from))}</span>
        )}
      </p>
      {statements.map((statement, index) => (
        <Said key={index} statement={statement} translated={translated} marks={marks(statement)} onOpen={onOpen} />
      ))}
      {draft.trim() !== '' && (
        <div class="draft" dir="auto">
          <Markdown text={draft} onOpen={onOpen} />
        </div>
      )}
      {turn.cut && <p class="tag">{t('cutShort')}</p>}
    </div>
  );
}

/**
 * The best sentence of the first passage, until it is known what answers: mostly it does. Not for what asks of all of the text. The style
 * sheet shows it only where that takes a while.
 */
function Nearest({ turn, onShow }: Pick<Props, 'turn' | 'onShow'>) {
  const { question, action, passages, pages } = turn;
  const nearest = passages.at(0);
  if (!nearest || action !== undefined || asksForGist(question)) return null;
  const { text, bestStart, bestEnd, best } = nearest;
  const page = pages[nearest.page];
  return (
    <div class="nearest" lang={page.language || undefined}>
      <p class="answer-by">{t('nearestSoFar')}</p>
      <blockquote class="quoted" dir="auto">
        {text.slice(bestStart, bestEnd)}
        <SourceMark
          number={1}
          sentence={excerptText(nearest)}
          place={locatorLabel(best.quote)}
          language={page.language}
          onShow={isShowable(page) ? () => onShow(best) : undefined}
        />
      </blockquote>
    </div>
  );
}

interface SaidProps {
  statement: KeptStatement;
  translated: Translated | null;
  marks: ComponentChildren;
  onOpen: (url: string) => void;
}

function Said({ statement, translated, marks, onOpen }: SaidProps) {
  const { support } = statement;
  const translation = translated && inLanguage(statement, translated);
  const { text, kept } = translation ?? { text: statement.text, kept: [] };
  const language = translation ? translated.pair.to : undefined;
  if (support === 'quoted') {
    return (
      <blockquote class="quoted" dir="auto" lang={language}>
        <KeptText text={text} kept={kept} original={translated?.pair.from ?? ''} />
        {marks}
      </blockquote>
    );
  }
  const doubt = doubtText({ ...statement, origin: 'model', sources: [] });
  if (isRunningText(text)) {
    const words =
      kept.length > 0 ? (
        <KeptText text={text} kept={kept} original={translated?.pair.from ?? ''} />
      ) : (
        <InlineMarkdown text={text} onOpen={onOpen} />
      );
    return (
      <span class="said" dir="auto" lang={language}>
        {doubt ? <mark class="unsure">{words}</mark> : words}
        {marks}
        {doubt && <span class="tag tag-unsure">{doubt}</span>}{' '}
      </span>
    );
  }
  return (
    <div class={doubt ? 'said unsure' : 'said'} dir="auto" lang={language}>
      <Markdown text={text} onOpen={onOpen} />
      {marks}
      {doubt && <span class="tag tag-unsure">{doubt}</span>}
    </div>
  );
}

function Unanswered({ turn: { pages, passages } }: { turn: Turn }) {
  return (
    <div class="answer">
      <p class="unanswered">{pages.length > 1 ? t('pagesDoNotSay') : t('pageDoesNotSay')}</p>
      <p class="quiet">{passages.length > 0 ? t('nearestAbove') : t('foundNothing')}</p>
    </div>
  );
}

/** What stands around the place: its passage, or else what is quoted with it. */
function around({ passages }: Turn, place: Place): string {
  const passage = passages.find((each) => holds(each, place));
  const { prefix, exact, suffix } = place.quote;
  if (!passage) return prefix + exact + suffix;
  const at = passage.text.indexOf(exact);
  return at < 0 ? exact : excerptText({ ...passage, bestStart: at, bestEnd: at + exact.length });
}
