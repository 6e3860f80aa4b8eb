// The side panel's page: the panel and the browser, put together.
import { render } from 'preact';
import { Panel } from '../../components/Panel.tsx';
import '../../components/style.css';
import { t } from '../../lib/platform/i18n.ts';
import { panelPlatform } from '../../lib/platform/panel.ts';

document.documentElement.lang = t('locale');
render(<Panel platform={panelPlatform()} />, document.getElementById('panel')!);
