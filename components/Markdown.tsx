// What a model writes, as elements: a small part of Markdown, made of nodes and never of HTML. No image, no address that loads
// anything: a link is a button that asks first. The parser only cuts the text into tokens; what they become is decided here.
import type { ComponentChildren, VNode } from 'preact';
import { Lexer, type Token, type Tokens } from 'marked';
import { MarkdownLink } from './MarkdownLink.tsx';

interface Props {
  text: string;
  onOpen: (url: string) => void;
}

/** Longer than any answer: a text that is longer, or that the parser gives up on, is shown as it came. */
const MAX_CHARACTERS = 20_000;
/** Nothing that a person writes nests deeper. */
const MAX_DEPTH = 12;

type Open = Props['onOpen'];

export function Markdown({ text, onOpen }: Props) {
  return <>{blocks(tokensOf(text), onOpen, 0)}</>;
}

/** Whether the text is running text, with no block but paragraphs in it. */
export function isRunningText(text: string): boolean {
  return tokensOf(text).every(({ type }) => type === 'paragraph' || type === 'text' || type === 'space');
}

/** The same without a paragraph of its own: what stands in it runs on. Of running text only. */
export function InlineMarkdown({ text, onOpen }: Props) {
  return <>{tokensOf(text).map((token) => inline(innerTokens(token), onOpen, 0))}</>;
}

function tokensOf(text: string): Token[] {
  const plain: Tokens.Paragraph = { type: 'paragraph', raw: text, text, tokens: [{ type: 'text', raw: text, text }] };
  if (text.length > MAX_CHARACTERS) return [plain];
  try {
    return new Lexer({ gfm: true }).lex(text);
  } catch {
    return [plain];
  }
}

function blocks(tokens: Token[], onOpen: Open, depth: number): ComponentChildren {
  if (depth > MAX_DEPTH) return tokens.map(({ raw }) => raw);
  return tokens.map((token) => block(token as Tokens.Generic, onOpen, depth + 1));
}

function block(token: Tokens.Generic, onOpen: Open, depth: number): ComponentChildren {
  const inner = () => inline(innerTokens(token), onOpen, depth);
  switch (token.type) {
    case 'space':
    case 'def': // where a link of reference style leads
    case 'hr':
      return null;
    case 'heading':
      return (
        <p>
          <strong>{inner()}</strong>
        </p>
      );
    case 'code':
      return (
        <pre>
          <code>{token.text}</code>
        </pre>
      );
    case 'blockquote':
      return <blockquote>{blocks(innerTokens(token), onOpen, depth)}</blockquote>;
    case 'list':
      return list(token as Tokens.List, onOpen, depth);
    case 'table':
      return table(token as Tokens.Table, onOpen, depth);
    case 'text':
      return inner();
    case 'paragraph':
      return <p>{inner()}</p>;
    default:
      return <p>{token.raw}</p>; // HTML, and whatever else the parser may come to know
  }
}

function list({ ordered, start, items }: Tokens.List, onOpen: Open, depth: number): VNode {
  const rows = items.map((item) => <li>{blocks(item.tokens, onOpen, depth)}</li>);
  return ordered ? <ol start={Number(start) || 1}>{rows}</ol> : <ul>{rows}</ul>;
}

function table({ header, rows }: Tokens.Table, onOpen: Open, depth: number): VNode {
  return (
    <div class="table-scroll">
      <table>
        <thead>
          <tr>
            {header.map((cell) => (
              <th scope="col">{inline(cell.tokens, onOpen, depth)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td>{inline(cell.tokens, onOpen, depth)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(tokens: Token[], onOpen: Open, depth: number): ComponentChildren {
  if (depth > MAX_DEPTH) return tokens.map(({ raw }) => raw);
  return tokens.map((token) => span(token as Tokens.Generic, onOpen, depth + 1));
}

function span(token: Tokens.Generic, onOpen: Open, depth: number): ComponentChildren {
  const inner = () => inline(innerTokens(token), onOpen, depth);
  switch (token.type) {
    case 'strong':
      return <strong>{inner()}</strong>;
    case 'em':
      return <em>{inner()}</em>;
    case 'del':
      return <del>{inner()}</del>;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'br':
      return <br />;
    case 'escape':
      return token.text as string;
    case 'text':
      return token.tokens ? inner() : (token.text as string);
    case 'link':
      return link(token as Tokens.Link, inner, onOpen);
    default:
      return token.raw; // HTML and images, as they were written
  }
}

/** Only what was written as a link, [text](https://...), is one; where it leads nowhere that may be opened, its text is left. */
function link({ raw, href, tokens }: Tokens.Link, inner: () => ComponentChildren, onOpen: Open): ComponentChildren {
  const isWritten = raw.startsWith('[') && raw.endsWith(')');
  if (!isWritten) return raw.startsWith('[') ? inner() : raw;
  const url = URL.canParse(href) ? new URL(href) : null;
  if (url?.protocol !== 'https:' || url.username || url.password || holdsLink(tokens)) return inner();
  return (
    <MarkdownLink url={url.href} host={url.host} onOpen={onOpen}>
      {inner()}
    </MarkdownLink>
  );
}

function holdsLink(tokens: Token[]): boolean {
  return tokens.some((token) => token.type === 'link' || holdsLink(innerTokens(token)));
}

function innerTokens(token: Token): Token[] {
  return ('tokens' in token && token.tokens) || [];
}
