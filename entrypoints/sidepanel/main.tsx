// The side panel's page: the panel and the browser, put together.
import { render } from 'preact';
import { Panel } from '../../components/Panel.tsx';
import '../../components/style.css';
import { chatPlatform } from '../../lib/platform/chat.ts';
import { t } from '../../lib/platform/i18n.ts';
import { panelPlatform } from '../../lib/platform/panel.ts';
import { translationPlatform } from '../../lib/platform/translation.ts';
import { warmUp } from '../../lib/platform/warm-up.ts';

document.documentElement.lang = t('locale');
const panel = <Panel platform={panelPlatform()} translation={translationPlatform()} chat={chatPlatform()} />;
render(panel, document.getElementById('panel')!);
warmUp();
