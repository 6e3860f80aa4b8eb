// Which page the panel stands beside: its icon and its title on one line, and the way to the options.
import { t } from '../lib/platform/i18n.ts';

interface Props {
  title: string;
  /** Shown only where it lies in the browser already (data: or the extension's own): an icon must not cause a request. */
  iconUrl: string;
  onOptions: () => void;
}

export function TitleLine({ title, iconUrl, onOptions }: Props) {
  const local = /^(data:image\/|chrome-extension:|moz-extension:)/.test(iconUrl);
  return (
    <div class="title-line">
      {local && <img class="icon" src={iconUrl} alt="" width={16} height={16} />}
      <h1 title={title} dir="auto">
        {title}
      </h1>
      <button
        type="button"
        class="icon-button options-button"
        aria-label={t('openOptions')}
        title={t('openOptions')}
        onClick={onOptions}
      />
    </div>
  );
}
