// A quick action to be made or changed: its name, what a model is to do, and with what.
import { useId, useState } from 'preact/hooks';
import { t } from '../lib/platform/i18n.ts';
import type { QuickAction } from '../lib/platform/settings.ts';

interface Props {
  /** Absent: a new one. */
  action?: QuickAction | undefined;
  /** Names of the others. */
  taken: readonly string[];
  onSave: (action: QuickAction) => void;
  onCancel: () => void;
}

/** As the settings check them. */
const MAX_NAME_CHARACTERS = 60;
const MAX_INSTRUCTION_CHARACTERS = 2000;

export function QuickActionForm({ action, taken, onSave, onCancel }: Props) {
  const [name, setName] = useState(action?.name ?? '');
  const [instruction, setInstruction] = useState(action?.instruction ?? '');
  const [appliesTo, setAppliesTo] = useState(action?.appliesTo ?? 'page');
  const id = useId();
  const [named, said] = [name.trim(), instruction.trim()];
  const isTaken = taken.some((each) => each.toLocaleLowerCase() === named.toLocaleLowerCase());
  const send = (event: Event) => {
    event.preventDefault();
    if (named === '' || said === '' || isTaken) return;
    onSave({ id: action?.id ?? crypto.randomUUID(), name: named, instruction: said, appliesTo });
  };
  return (
    <form class="server-form" onSubmit={send}>
      <label for={`${id}-name`}>{t('actionName')}</label>
      <div class="field">
        <input
          id={`${id}-name`}
          type="text"
          dir="auto"
          maxLength={MAX_NAME_CHARACTERS}
          value={name}
          aria-invalid={isTaken}
          aria-describedby={isTaken ? `${id}-taken` : undefined}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        {isTaken && (
          <p id={`${id}-taken`} class="unsure-note" role="status">
            {t('actionNameTaken')}
          </p>
        )}
      </div>
      <label for={`${id}-instruction`}>{t('actionInstruction')}</label>
      <div class="field">
        <textarea
          id={`${id}-instruction`}
          class="action-instruction"
          rows={3}
          dir="auto"
          maxLength={MAX_INSTRUCTION_CHARACTERS}
          value={instruction}
          onInput={(event) => setInstruction(event.currentTarget.value)}
        />
      </div>
      <label for={`${id}-applies`}>{t('actionAppliesTo')}</label>
      <div class="field">
        <select
          id={`${id}-applies`}
          value={appliesTo}
          onChange={(event) => setAppliesTo(event.currentTarget.value as QuickAction['appliesTo'])}
        >
          <option value="page">{t('appliesToPage')}</option>
          <option value="selection">{t('appliesToSelection')}</option>
        </select>
      </div>
      <div class="form-actions">
        <button type="submit" class="primary" disabled={named === '' || said === '' || isTaken}>
          {t('save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
