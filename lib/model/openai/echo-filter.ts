// Takes a given beginning off a text that arrives in pieces; a text that begins otherwise is left whole.

export class EchoFilter {
  private held = '';
  private isOver: boolean;

  constructor(private readonly echo: string) {
    this.isOver = echo === '';
  }

  push(text: string): string {
    if (this.isOver) return text;
    const pending = this.held + text;
    if (pending.length < this.echo.length && this.echo.startsWith(pending)) {
      this.held = pending;
      return '';
    }
    this.isOver = true;
    this.held = '';
    return pending.startsWith(this.echo) ? pending.slice(this.echo.length) : pending;
  }

  /** What was held back, at the end of the text: it has only begun like the echo. */
  flush(): string {
    const rest = this.held;
    this.held = '';
    return rest;
  }
}
