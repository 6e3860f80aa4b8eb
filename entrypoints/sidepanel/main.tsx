// The side panel's page: the panel and the browser, put together.
import { render } from 'preact';
import { Panel } from '../../components/Panel.tsx';
import '../../components/style.css';
import { panelPlatform } from '../../lib/platform/panel.ts';

render(<Panel platform={panelPlatform()} />, document.getElementById('panel')!);
