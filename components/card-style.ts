// The style sheet of the cards in visited pages, as text: it shares its tokens and controls with the panel.
import css from './card.css?inline';

export const CARD_CSS: string = css;
