// Golden outputs: what each model here says to fixed prompts, on each device, in both browsers, token by token. A new version of the
// runtime, of a browser or of the conversion that says something else is looked at first: `npm run golden` writes what it says now.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import golden from '../reference/golden/continuations.json' with { type: 'json' };
import { GPU_SWITCHES, openGoldenSite, RUNS, runsIn } from './golden-runs.ts';
import { isChromium, useBrowser } from './harness.ts';

describe('golden outputs', () => {
  const subject = useBrowser({ args: GPU_SWITCHES });
  let site: Awaited<ReturnType<typeof openGoldenSite>>;
  beforeAll(async () => {
    site = await openGoldenSite(subject.driver);
  });
  afterAll(() => site.close());

  const runs = runsIn({ name: isChromium ? 'chromium' : 'firefox' });
  test.each(runs.map((run) => [`${run.model} on the ${run.device}, threads: ${run.threads}`, run] as const))(
    '%s',
    async (_, run) => {
      const said = await site.run(run);
      for (const [index, prompt] of run.prompts.entries()) {
        const allowed = golden.find(
          (each) => each.prompt === prompt && each.model === run.model && each.device === run.device,
        );
        expect(
          allowed?.continuations.map(({ ids }) => ids),
          prompt,
        ).toContainEqual(said[index].ids);
      }
    },
  );

  test('are kept for every prompt of every run, and for no other', () => {
    const wanted = RUNS.flatMap(({ model, device, prompts }) =>
      prompts.map((prompt) => `${model} ${device} ${prompt}`),
    );
    expect(golden.map(({ model, device, prompt }) => `${model} ${device} ${prompt}`).sort()).toEqual(
      [...new Set(wanted)].sort(),
    );
  });
});
