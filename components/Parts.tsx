// Short facts on one line, "a · b": the line breaks between them, not within. Those that say nothing are left out.
import { Fragment, type ComponentChild } from 'preact';

export function Parts({ parts }: { parts: ComponentChild[] }) {
  return parts
    .filter((part) => part !== '')
    .map((part, index) => (
      <Fragment key={index}>
        {index > 0 && ' · '}
        <span class="part-of-line">{part}</span>
      </Fragment>
    ));
}
