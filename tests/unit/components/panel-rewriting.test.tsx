// @vitest-environment jsdom
// What the panel has of rewriting: its keys as the browser has them, and what was sent there from a page.
import { describe, expect, it, vi } from 'vitest';
import { open, platform, press, settle, texts } from './open-panel.tsx';

vi.mock('wxt/browser', () => import('./catalogue.ts'));

describe('the keys', () => {
  it('are those that the browser has, each with what it does', async () => {
    await open();
    expect(texts('.keys dt')).toEqual(['Open the panel', 'Rewrite what you write or have selected']);
    expect(texts('.keys dd')).toEqual(['Alt+Shift+I', 'Alt+Shift+E']);
    await press('Change keys');
    expect(platform.changedShortcuts).toBe(1);
  });

  it('are read again when the reader comes back from changing them', async () => {
    await open();
    platform.keys = platform.keys.map((each) => ({ ...each, keys: each.opensPanel ? '' : 'Alt+Shift+Y' }));
    window.dispatchEvent(new Event('focus'));
    await settle();
    expect(texts('.keys dd')).toEqual(['no key', 'Alt+Shift+Y']);
  });
});

describe('a rewritten text', () => {
  const SHOWN = { kind: 'rewriting', title: 'Shorten', original: 'In order to win', text: 'To win' } as const;

  it('stands above whatever part is open, with its original, until it is put away', async () => {
    await open();
    await press('Ask');
    platform.gesture(1, SHOWN);
    await settle();
    expect(texts('.rewrite-shown h2')).toEqual(['Rewritten: Shorten']);
    expect(texts('.rewrite-shown p')).toEqual(['To win', 'In order to win']);
    expect(texts('[role=tab][aria-selected=true]')).toEqual(['Ask']);
    await press('Close');
    expect(texts('.rewrite-shown')).toEqual([]);
  });

  it('is of its tab: another one in front does not show it', async () => {
    await open();
    platform.gesture(1, SHOWN);
    await settle();
    platform.show({ tabId: 2, url: 'https://example.org/other' });
    await settle();
    expect(texts('.rewrite-shown')).toEqual([]);
  });
});
