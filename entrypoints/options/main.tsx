// The options page: what it shows and the browser, put together.
import { render } from 'preact';
import { Options } from '../../components/Options.tsx';
import '../../components/options.css';
import { t } from '../../lib/platform/i18n.ts';
import { modelsPlatform } from '../../lib/platform/models.ts';
import { optionsPlatform } from '../../lib/platform/options.ts';

document.documentElement.lang = t('locale');
document.title = t('optionsTitle');
render(<Options platform={optionsPlatform()} models={modelsPlatform()} />, document.getElementById('options')!);
