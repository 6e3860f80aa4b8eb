// The answer of a turn: the page's own sentences as quotations, what a model wrote as text, each with the places that it rests on.
import type { ComponentChildren } from 'preact';
import type { KeptStatement, Place, Turn } from '../lib/history/conversation.ts';
import { t } from '../lib/platform/i18n.ts';
import { excerptText } from './ChatPassages.tsx';
import { holds, numberPlaces, placeKey } from './chat-turn.ts';
import { doubtText } from './doubts.ts';
import { isShowable, locatorLabel } from './labels.ts';
import { InlineMarkdown, isRunningText, Markdown } from './Markdown.tsx';
import { SourceMark } from './SourceMark.tsx';

interface Props {
  turn: Turn;
  /** Written and not checked yet. */
  draft: string;
  onShow: (place: Place) => void;
  onOpen: (url: string) => void;
}

export function ChatAnswer({ turn, draft, onShow, onOpen }: Props) {
  const { statements, outcome, pages } = turn;
  if (outcome === 'unanswered') return <Unanswered turn={turn} />;
  if (statements.length === 0 && draft.trim() === '') return null;
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
      <p class="answer-by">{isQuoted ? t('ownWords') : t('writtenBy', turn.model || t('theModel'))}</p>
      {statements.map((statement, index) => (
        <Said key={index} statement={statement} marks={marks(statement)} onOpen={onOpen} />
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

interface SaidProps {
  statement: KeptStatement;
  marks: ComponentChildren;
  onOpen: (url: string) => void;
}

function Said({ statement, marks, onOpen }: SaidProps) {
  const { text, support } = statement;
  if (support === 'quoted') {
    return (
      <blockquote class="quoted" dir="auto">
        {text}
        {marks}
      </blockquote>
    );
  }
  const doubt = doubtText({ ...statement, origin: 'model', sources: [] });
  if (isRunningText(text)) {
    const words = <InlineMarkdown text={text} onOpen={onOpen} />;
    return (
      <span class="said" dir="auto">
        {doubt ? <mark class="unsure">{words}</mark> : words}
        {marks}
        {doubt && <span class="tag tag-unsure">{doubt}</span>}{' '}
      </span>
    );
  }
  return (
    <div class={doubt ? 'said unsure' : 'said'} dir="auto">
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
