// The reader's quick actions, as buttons above the field for a question.
import { t } from '../lib/platform/i18n.ts';
import type { QuickAction } from '../lib/platform/settings.ts';

interface Props {
  actions: readonly QuickAction[];
  /** No page to do it with. */
  disabled: boolean;
  onRun: (action: QuickAction) => void;
}

export function ChatQuickActions({ actions, disabled, onRun }: Props) {
  if (actions.length === 0) return null;
  return (
    <div class="quick-actions" role="group" aria-label={t('quickActions')}>
      {actions.map((action) => (
        <button
          key={action.id}
          type="button"
          disabled={disabled}
          title={action.instruction}
          onClick={() => onRun(action)}
        >
          {action.appliesTo === 'selection' ? t('actionOnSelection', action.name) : action.name}
        </button>
      ))}
    </div>
  );
}
