// The name of the only element that Inkling adds to a page: a paragraph's translation beside it.

/** With a hyphen: neither the parser nor the page's style sheets make anything of it. */
export const OWN_TAG = 'inkling-translation';
