// What can be made of the text: a menu whose first choice is the last one. Arrows move in it, digits choose at once.
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { RewriteChoices } from '../lib/platform/rewrite.ts';
import type { RewriteOrder } from '../lib/protocol.ts';
import { nearestItem } from './nearest-item.ts';
import { FAITHFUL_ACTIONS, FREE_ACTIONS, orderLabel } from './rewrite-labels.ts';

interface Props {
  choices: RewriteChoices;
  /** False where, or while it is not known whether, free rewriting needs another model first: said once above what does. */
  composes: boolean;
  onOrder: (order: RewriteOrder) => void;
  onInstruct: () => void;
  onForget: (instruction: string) => void;
}

const ORDERS: readonly RewriteOrder[] = [...FAITHFUL_ACTIONS, ...FREE_ACTIONS].map((action) => ({
  action,
  instruction: '',
}));

export function RewriteMenu({ choices, composes, onOrder, onInstruct, onForget }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  const [freeId, ownId] = [useId(), useId()];
  const own = ownOrders(choices);
  const [current, setCurrent] = useState(() => orderLabel(choices.last));
  const stop = [...ORDERS, ...own].find((order) => orderLabel(order) === current) ?? ORDERS[0];

  useLayoutEffect(() => menu.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true }), []);

  const choose = (order: RewriteOrder) =>
    order.action === 'instruct' && order.instruction === '' ? onInstruct() : onOrder(order);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const byDigit = /^[1-9]$/.test(event.key) ? ORDERS.at(Number(event.key) - 1) : undefined;
    const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=menuitem]')];
    const next = nearestItem(items, event.target as HTMLElement, event.key);
    if (byDigit) choose(byDigit);
    else if (next) next.focus();
    else if (event.key === 'Delete') forget(event);
    else return;
    event.preventDefault();
  };
  const forget = ({ target }: KeyboardEvent) => {
    const instruction = (target as HTMLElement).dataset.instruction;
    if (instruction) onForget(instruction);
  };

  const item = (order: RewriteOrder, digit?: number) => (
    <button
      key={orderLabel(order)}
      type="button"
      role="menuitem"
      class="rewrite-item"
      tabIndex={order === stop ? 0 : -1}
      aria-keyshortcuts={digit ? String(digit) : 'Delete'}
      data-action={order.action}
      data-instruction={order.instruction || undefined}
      onFocus={() => setCurrent(orderLabel(order))}
      onClick={() => choose(order)}
    >
      {digit && <kbd aria-hidden="true">{digit}</kbd>}
      <span dir="auto">{orderLabel(order)}</span>
    </button>
  );
  const faithful = ORDERS.slice(0, FAITHFUL_ACTIONS.length);
  const free = ORDERS.slice(FAITHFUL_ACTIONS.length);
  return (
    <div ref={menu} class="rewrite-menu" role="menu" aria-label={t('rewrite')} onKeyDown={onKeyDown}>
      <div class="rewrite-group" role="group">
        {faithful.map((order, index) => item(order, index + 1))}
      </div>
      <div class={`rewrite-group ${composes ? '' : 'rewrite-quiet'}`} role="group" aria-labelledby={freeId}>
        {/* Always there: nothing moves under the pointer when it becomes known whether the model composes. */}
        <p id={freeId} class="rewrite-heading" role="none">
          {composes ? t('inModelsWords') : t('withLargerModel')}
        </p>
        {free.map((order, index) => item(order, faithful.length + index + 1))}
      </div>
      {own.length > 0 && (
        <div class="rewrite-group rewrite-own" role="group" aria-labelledby={ownId}>
          <p id={ownId} class="rewrite-heading" role="none">
            {t('ownInstructions')}
          </p>
          {own.map((order) => (
            <div key={order.instruction} class="rewrite-kept" role="none">
              {item(order)}
              <button
                type="button"
                class="rewrite-forget"
                tabIndex={-1}
                aria-label={t('forgetInstruction', order.instruction)}
                onClick={() => onForget(order.instruction)}
              >
                ×
              </button>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** The reader's instructions, with the last one although it was not kept. */
function ownOrders({ last, instructions }: RewriteChoices): RewriteOrder[] {
  const all =
    last.action === 'instruct' && last.instruction !== '' ? [last.instruction, ...instructions] : instructions;
  return [...new Set(all)].map((instruction) => ({ action: 'instruct', instruction }));
}
