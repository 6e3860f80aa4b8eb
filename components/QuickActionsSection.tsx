// The reader's quick actions: in the order in which they are offered, each to be changed, moved and taken away.
import { useEffect, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { OptionsPlatform } from '../lib/platform/options.ts';
import type { QuickAction } from '../lib/platform/settings.ts';
import { QuickActionForm } from './QuickActionForm.tsx';

type Platform = Pick<OptionsPlatform, 'onQuickActions' | 'saveQuickActions'>;

export function QuickActionsSection({ platform }: { platform: Platform }) {
  const [actions, setActions] = useState<readonly QuickAction[]>([]);
  /** The id of the one that is changed, 'new' for one more; null where the form is away. */
  const [edited, setEdited] = useState<string | null>(null);
  useEffect(() => platform.onQuickActions(setActions), [platform]);

  const change = (changed: readonly QuickAction[]) => {
    setActions(changed);
    void platform.saveQuickActions(changed);
  };
  const save = (action: QuickAction) => {
    const isKnown = actions.some(({ id }) => id === action.id);
    change(isKnown ? actions.map((each) => (each.id === action.id ? action : each)) : [...actions, action]);
    setEdited(null);
  };
  const form = (action?: QuickAction) => (
    <QuickActionForm
      action={action}
      taken={actions.filter((each) => each !== action).map(({ name }) => name)}
      onSave={save}
      onCancel={() => setEdited(null)}
    />
  );
  return (
    <section id="actions" aria-labelledby="actions-title">
      <h2 id="actions-title">{t('quickActions')}</h2>
      <p class="quiet">{t('quickActionsAbout')}</p>
      <p class="quiet">{t('quickActionsModel')}</p>
      <ul class="server-list">
        {actions.map((action, index) => (
          <li key={action.id} class="server">
            <h3 dir="auto">{action.name}</h3>
            {edited === action.id ? (
              form(action)
            ) : (
              <>
                <p class="quiet" dir="auto">
                  {action.instruction}
                </p>
                <p class="quiet">
                  {t('actionAppliesTo')}: {action.appliesTo === 'page' ? t('appliesToPage') : t('appliesToSelection')}
                </p>
                <p class="form-actions">
                  <button type="button" aria-label={t('changeNamed', action.name)} onClick={() => setEdited(action.id)}>
                    {t('change')}
                  </button>
                  {index > 0 && (
                    <button
                      type="button"
                      aria-label={t('moveActionUpNamed', action.name)}
                      onClick={() => change(actions.toSpliced(index - 1, 2, action, actions[index - 1]))}
                    >
                      {t('moveActionUp')}
                    </button>
                  )}
                  <button
                    type="button"
                    aria-label={t('removeNamed', action.name)}
                    onClick={() => change(actions.filter((each) => each !== action))}
                  >
                    {t('remove')}
                  </button>
                </p>
              </>
            )}
          </li>
        ))}
      </ul>
      {edited === 'new' ? (
        form()
      ) : (
        <button type="button" onClick={() => setEdited('new')}>
          {t('addAction')}
        </button>
      )}
    </section>
  );
}
