// `npm start`: gets what is missing, builds where something changed, and shows Inkling at work on a page (scripts/show.ts).
//   npm start -- article.html            a file or an address instead of the sample article
//   npm start -- --browser firefox
//   npm start -- --headless              also where there is a display
import { parseArgs } from 'node:util';
import { runTypeScript, setup } from './setup.mjs';
import { StepFailed } from './setup/run.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { browser: { type: 'string', default: 'chromium' }, headless: { type: 'boolean', default: false } },
});

try {
  if (!['chromium', 'firefox'].includes(values.browser)) throw new StepFailed('--browser: chromium or firefox');
  await setup([values.browser]);
  await runTypeScript('setup/build.ts', [values.browser]);
  await runTypeScript('show.ts', [values.browser, String(values.headless), ...positionals.slice(0, 1)]);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
