// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { QuickActionsSection } from '../../../components/QuickActionsSection.tsx';
import type { QuickAction } from '../../../lib/platform/settings.ts';
import { fill, find, press, show, textsOf } from './page.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

test('quick actions are made, changed, moved and taken away', async () => {
  let kept: readonly QuickAction[] = [];
  const platform = {
    onQuickActions: (listener: (actions: readonly QuickAction[]) => void) => {
      listener(kept);
      return () => undefined;
    },
    saveQuickActions: (actions: readonly QuickAction[]) => {
      kept = actions;
      return Promise.resolve();
    },
  };
  await show(<QuickActionsSection platform={platform} />);
  const add = async (name: string, instruction: string) => {
    await press('Add an action');
    await fill('input[type=text]', name);
    await fill('textarea', instruction);
  };

  await add('Names', 'List every name.');
  await press('Save');
  await add('Plain', ' Say it plainly. ');
  await fill('select', 'selection');
  await press('Save');
  expect(kept).toMatchObject([
    { name: 'Names', instruction: 'List every name.', appliesTo: 'page' },
    { name: 'Plain', instruction: 'Say it plainly.', appliesTo: 'selection' },
  ]);

  await add('names', 'Again.');
  expect(textsOf('[role=status]')).toEqual(['Another action has this name.']);
  expect(find<HTMLButtonElement>('button[type=submit]').disabled).toBe(true);
  await press('Cancel');
  expect(kept).toHaveLength(2);

  await press('Move up');
  expect(kept.map(({ name }) => name)).toEqual(['Plain', 'Names']);
  await press('Change');
  await fill('input[type=text]', 'People');
  await press('Save');
  expect(kept.map(({ name }) => name)).toEqual(['People', 'Names']);
  expect(find('[aria-label="Remove Names"]').textContent).toBe('Remove');
  await press('Remove');
  expect(kept.map(({ name }) => name)).toEqual(['Names']);
});
