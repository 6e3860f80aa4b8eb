// Objects that a script of the page will read. Firefox shows the page nothing of what an extension puts into them from its own side of
// the wall (Xray vision): it has to be put in from the page's side. https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Sharing_objects_with_page_scripts

/** As the page has it. Give it nothing but text, and trust nothing that comes back. In Chromium there is no such wall. */
export function asThePageHas<T extends object>(object: T): T {
  return (object as T & { wrappedJSObject?: T }).wrappedJSObject ?? object;
}
