// The welcome page: what it shows and the browser, put together.
import { render } from 'preact';
import { Welcome } from '../../components/Welcome.tsx';
import '../../components/welcome.css';
import { t } from '../../lib/platform/i18n.ts';
import { welcomePlatform } from '../../lib/platform/welcome.ts';

document.documentElement.lang = t('locale');
render(<Welcome platform={welcomePlatform()} />, document.getElementById('welcome')!);
