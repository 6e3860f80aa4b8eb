// What the keys do, as the browser has them set, and the way to the browser's page where they are changed.
import { t } from '../lib/platform/i18n.ts';
import type { Shortcut } from '../lib/platform/shortcuts.ts';

interface Props {
  shortcuts: readonly Shortcut[];
  onChange: () => void;
}

export function PanelKeys({ shortcuts, onChange }: Props) {
  if (shortcuts.length === 0) return null;
  return (
    <>
      <dl class="keys">
        {shortcuts.map(({ name, description, keys }) => (
          <div key={name} data-command={name}>
            <dt>{description || t('welcomeOpen')}</dt>
            <dd>{keys ? <kbd>{keys}</kbd> : t('noShortcut')}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="quiet-action change-keys" onClick={onChange}>
        {t('changeShortcuts')}
      </button>
    </>
  );
}
