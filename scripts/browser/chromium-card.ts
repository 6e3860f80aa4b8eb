// The card in a page of Chromium, as the browser sees it: it stands in a window of its own in a closed shadow tree, which the page cannot
// look into.
import type { CDPSession, Frame, Page, Protocol } from 'puppeteer-core';
import { clickByMouse, inTree, Panel } from './panel.ts';

/** The card that stands in the page, or comes now. */
export async function cardOfPage(page: Page): Promise<Panel> {
  return cardOf(await page.createCDPSession(), page);
}

/** The card in a frame of another site, which has a process of its own. Only by keys: it lies elsewhere than it thinks. */
export function cardOfFrame(frame: Frame): Promise<Panel> {
  return cardOf((frame as unknown as { client: CDPSession }).client, frame.page());
}

async function cardOf(session: CDPSession, page: Page): Promise<Panel> {
  await session.send('DOM.enable');
  const find = async () => {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const tree = [root].flatMap(closedTrees).find((each) => each.children?.some(isCardFrame));
    const frame = tree?.children?.find(isCardFrame)?.children?.at(0);
    return frame?.contentDocument ?? (frame && tree);
  };
  let tree = await find();
  while (!tree) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
    tree = await find();
  }
  const { object } = await session.send('DOM.resolveNode', { backendNodeId: tree.backendNodeId });
  const evaluate = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
      objectId: object.objectId,
      functionDeclaration: `function () { const root = this; return ${inTree(expression)}; }`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  };
  return new Panel({
    evaluate,
    click: (point) => clickByMouse(page, evaluate, point),
    screenshot: async (path) => {
      await page.screenshot({ path });
    },
  });
}

function isCardFrame({ attributes }: Protocol.DOM.Node): boolean {
  return attributes?.includes('card-frame') === true;
}

/** All closed shadow trees below a node. */
function closedTrees(node: Protocol.DOM.Node): Protocol.DOM.Node[] {
  const roots = node.shadowRoots ?? [];
  const own = roots.filter(({ shadowRootType }) => shadowRootType === 'closed');
  return [...own, ...[...(node.children ?? []), ...roots].flatMap(closedTrees)];
}
