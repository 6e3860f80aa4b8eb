// @vitest-environment jsdom
// Quick actions of the reader's own: in the panel, from a gesture, and in the options.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { toMarkdown } from '../../../components/chat-export.ts';
import { AppError } from '../../../lib/errors.ts';
import type { QuickAction } from '../../../lib/platform/settings.ts';
import { chat, platform, press, root, settle, texts, text } from '../components/open-panel.tsx';
import { ARTICLE, DONE, written } from '../components/samples.ts';
import { open, reply, showChat, type, key } from './ask-panel.ts';

vi.mock('wxt/browser', () => import('../components/catalogue.ts'));

const NAMES: QuickAction = { id: 'a', name: 'Names', instruction: 'List every name.', appliesTo: 'page' };
const PLAIN: QuickAction = { id: 'b', name: 'Plain', instruction: 'Say it plainly.', appliesTo: 'selection' };
const SELECTED = { ...ARTICLE, scope: 'selection' as const };

beforeEach(() => {
  showChat();
  chat.actions = [NAMES, PLAIN];
});

describe('a quick action', () => {
  it('is carried out on the page, its answer under its name', async () => {
    await open();
    await press('Names');
    expect(platform.questions[0].task).toMatchObject({
      question: 'List every name.',
      instruct: true,
      articles: [ARTICLE],
    });
    expect(texts('.passages')).toEqual([]);
    await reply({ kind: 'statement', statement: written('Anna and Bruno.') }, DONE);
    expect(texts('.question')).toEqual(['Names']);
    expect(text(root.querySelector('.turn'))).toContain('List every name.');
    expect(texts('.said')).toHaveLength(1);
    const [kept] = await chat.history.list();
    expect(kept.turns[0]).toMatchObject({ action: 'Names', question: 'List every name.' });
    expect(toMarkdown(kept)).toContain('## Names\n\nList every name.');
  });

  it('on the selection reads it first, and says so where there is none', async () => {
    platform.read = (_tab, scope) =>
      scope === 'selection' ? Promise.reject(new AppError('no-content')) : Promise.resolve(ARTICLE);
    await open();
    await press('Plain (selection)');
    expect(texts('.notice')).toEqual(['Nothing is selected in the page.']);
    expect(platform.questions).toEqual([]);
    platform.read = () => Promise.resolve(SELECTED);
    await press('Plain (selection)');
    expect(platform.questions[0].task).toMatchObject({ instruct: true, articles: [{ scope: 'selection' }] });
  });

  it('that the model cannot follow offers one that can', async () => {
    await open();
    await press('Names');
    platform.questions[0].events.abort(new AppError('needs-model', 'instruct'));
    await settle();
    expect(texts('.offer p')[0]).toMatch(/^This needs a larger model.*250 MB/);
    expect(texts('.answer')).toEqual([]);
    await press('Choose a model');
    expect(platform.openedOptions).toBe(1);
  });

  it('is run again, and changed, as what it is', async () => {
    await open();
    await press('Names');
    await reply({ kind: 'statement', statement: written('Anna and Bruno.') }, DONE);
    await press('Ask again');
    expect(platform.questions[1].task).toMatchObject({ instruct: true, results: 'renew', history: [] });
    await reply({ kind: 'statement', statement: written('Anna and Bruno.') }, DONE);
    await press('Edit');
    await type('List every place.');
    await key({ key: 'Enter' });
    expect(platform.questions[2].task).toMatchObject({ question: 'List every place.', instruct: true });
    expect(platform.questions[2].task.results).toBeUndefined();
  });
});

describe('a gesture', () => {
  it('asks in the chat, whichever part was in front', async () => {
    await open();
    await press('Summary');
    platform.gesture(1, { kind: 'ask', question: 'Why is it late?', scope: 'page', frameId: 0 });
    await settle();
    await settle();
    expect(platform.questions.map(({ task }) => task.question)).toEqual(['Why is it late?']);
    expect(platform.questions[0].task.instruct).toBeUndefined();
    expect(texts('.question')).toEqual(['Why is it late?']);
  });

  it('asks once, although the panel is used on', async () => {
    await open();
    platform.gesture(1, { kind: 'ask', question: 'Why?', scope: 'page', frameId: 0 });
    await settle();
    await press('Summary');
    await press('Ask');
    await settle();
    expect(platform.questions).toHaveLength(1);
  });

  it('on a selection takes it as it was where its frame can no longer tell', async () => {
    platform.read = () => Promise.reject(new AppError('stale-page'));
    await open();
    const { name: action, instruction: question } = PLAIN;
    platform.gesture(1, { kind: 'ask', question, action, scope: 'selection', frameId: 3, selection: SELECTED });
    await settle();
    await settle();
    expect(platform.questions[0].task).toMatchObject({ question, instruct: true, articles: [SELECTED] });
    await reply({ kind: 'statement', statement: written('Anna and Bruno.') }, DONE);
    await press('Ask again');
    expect(platform.questions[1].task.articles).toEqual([SELECTED]);
  });
});
