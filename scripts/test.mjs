// `npm test`: sets up, then every check of the project, the cheapest first; the first that fails ends the run.
// `npm test -- --only unit` (or types, lint, format, contract, project, build, e2e, e2e-chromium, e2e-firefox) runs one.
import { parseArgs } from 'node:util';
import { setup } from './setup.mjs';
import { run, StepFailed } from './setup/run.mjs';

const npx = (...command) => ['npx', '--no-install', ...command];
const vitest = (...projects) => npx('vitest', 'run', ...projects.flatMap((project) => ['--project', project]));

const STAGES = [
  // Types that follow from the entrypoints and the message catalogue.
  { name: 'types-prepare', command: npx('wxt', 'prepare') },
  { name: 'types', command: npx('tsc', '--noEmit') },
  { name: 'lint', command: npx('eslint', '--max-warnings', '0', '.') },
  { name: 'format', command: npx('prettier', '--check', '.') },
  { name: 'unit', command: vitest('unit') },
  { name: 'contract', command: vitest('contract') },
  { name: 'build', command: [process.execPath, '--import', 'tsx', 'scripts/setup/build.ts', 'chromium', 'firefox'] },
  { name: 'project', command: vitest('project') },
  { name: 'e2e-chromium', command: vitest('e2e-chromium') },
  { name: 'e2e-firefox', command: vitest('e2e-firefox') },
];

const { values } = parseArgs({ options: { only: { type: 'string' }, 'no-setup': { type: 'boolean' } } });
const stages = STAGES.filter(({ name }) => !values.only || name === values.only || name.startsWith(`${values.only}-`));

let passed = 0;
try {
  if (stages.length === 0) throw new StepFailed(`--only: one of ${STAGES.map(({ name }) => name).join(', ')}`);
  if (!values['no-setup']) await setup(['chromium', 'firefox', 'display']);
  for (const { name, command } of stages) {
    await run(name, command);
    passed++;
  }
  console.log(`\nAll of it passes: ${stages.map(({ name }) => name).join(', ')}.`);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(`\nFAILED: ${error.message}`);
  process.exitCode = 1;
}
console.log(`stages: ${passed} passed, ${process.exitCode ? 1 : 0} failed`);
