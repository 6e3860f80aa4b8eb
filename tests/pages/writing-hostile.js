// Listens where it hears most, and keeps it in `heard`; `attempt` is what it tries on everything that it finds.
globalThis.heard = [];
const TYPES = [
  'keydown',
  'keyup',
  'keypress',
  'beforeinput',
  'click',
  'mousedown',
  'pointerdown',
  'focusin',
  'input',
  'change',
  'copy',
];
for (const type of TYPES) {
  const listen = ({ target }) => {
    const isOwn = target instanceof Node && document.querySelector('#rich').contains(target);
    if (!isOwn) globalThis.heard.push(type);
  };
  globalThis.addEventListener(type, listen, { capture: true });
}
globalThis.attempt = (x, y) => {
  const at = document.elementFromPoint(x, y);
  const host = [...document.documentElement.children].at(-1);
  for (const target of [host, at, document.body, document, globalThis]) {
    const init = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y };
    for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click'])
      target.dispatchEvent(new MouseEvent(type, init));
    for (const key of ['Enter', ' ', 'r', 'Escape'])
      target.dispatchEvent(new KeyboardEvent('keydown', { ...init, key }));
  }
  host.click();
  globalThis.heard = [];
  const windows = [globalThis.length, String(globalThis[0]), document.querySelectorAll('iframe, body ~ * *').length];
  return [at === host, String(host.shadowRoot), host.textContent, host.innerText, host.innerHTML, ...windows];
};
