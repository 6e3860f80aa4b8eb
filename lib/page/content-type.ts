// What kind of document a frame shows. Injected alone: it must not use anything around it.

/** A media type: `text/html`, or `application/pdf` in a viewer that lets scripts in. */
export function contentType(): string {
  return document.contentType;
}
