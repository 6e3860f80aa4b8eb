// What a model of this machine thinks aloud is not shown, however its tokens cut it; and templates are asked not to let it think.
import { describe, expect, test } from 'vitest';
import type { Generated } from '../../../lib/model/language-model.ts';
import { GgufFile } from '../../../lib/model/gguf/gguf-file.ts';
import { tokenizerFromGguf } from '../../../lib/model/gguf/tokenizer.ts';
import { opensThought, withoutThoughts } from '../../../lib/model/runtime/without-thoughts.ts';
import { tinyGguf } from '../../reference/tiny-gguf.ts';

const END = { kind: 'end', finishReason: 'length' } as unknown as Generated;

async function shown(pieces: readonly string[], isThinking = false): Promise<string> {
  async function* events(): AsyncGenerator<Generated> {
    await Promise.resolve();
    yield { kind: 'prefill', done: 1, total: 1 };
    for (const text of pieces) yield { kind: 'delta', text };
    yield END;
  }
  const seen: Generated[] = [];
  for await (const event of withoutThoughts(events(), isThinking)) seen.push(event);
  expect(seen[0].kind).toBe('prefill');
  expect(seen.at(-1)).toBe(END);
  return seen.map((event) => (event.kind === 'delta' ? event.text : '')).join('');
}

describe('a reply', () => {
  test.each([
    ['of a model that thinks first', '<think>\nLet me see.\n</think>\n\nIt is blue.', false, 'It is blue.'],
    ['whose thought the prompt has opened', 'Let me <b>see.</think>\n\nIt is blue.', true, 'It is blue.'],
    ['that never stops thinking', 'Let me see. Wait,', true, ''],
    ['without a thought', 'It is a < b, and <b>bold</b>.', false, 'It is a < b, and <b>bold</b>.'],
  ])('%s', async (_, text, isThinking, expected) => {
    for (let at = 0; at <= text.length; at++) {
      expect(await shown([text.slice(0, at), text.slice(at)], isThinking)).toBe(expected);
    }
    expect(await shown(Array.from(text), isThinking)).toBe(expected);
  });
});

describe('a prompt', () => {
  async function tokenizerOf(template: string) {
    const { metadata } = await GgufFile.open(tinyGguf({ metadata: { 'tokenizer.chat_template': template } }).buffer);
    return tokenizerFromGguf(metadata);
  }
  const TURNS =
    '{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n';

  test.each([
    ['that opens a thought', `${TURNS}<think>\n`, true],
    ['that ends one', `${TURNS}<think>\n\n</think>\n\n`, false],
    ['that knows of none', TURNS, false],
  ])('%s', async (_, template, expected) => {
    const tokenizer = await tokenizerOf(template);
    const prompt = tokenizer.encodeChat([{ role: 'user', content: 'the <think>' }]);
    expect(opensThought(prompt, tokenizer)).toBe(expected);
  });

  /** In the manner of Qwen3's: what stands behind the last question is told apart, thoughts of earlier replies are left out. */
  const QWEN3_LIKE = `{%- set ns = namespace(last=messages|length - 1, open=true) %}
{%- for each in messages %}
  {%- set at = (messages|length - 1) - loop.index0 %}
  {%- set m = messages[at] %}
  {%- if ns.open and m.role == "user" and not m.content[:15] == '<tool_response>' %}
    {%- set ns.open = false %}{%- set ns.last = at %}
  {%- endif %}
{%- endfor %}
{%- for m in messages %}
  {%- if m.role != "assistant" %}
    {{- '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>' + '\\n' }}
  {%- else %}
    {%- set content = m.content %}
    {%- if m.reasoning_content is not defined and '</think>' in m.content %}
      {%- set content = (m.content.split('</think>')|last).lstrip('\\n') %}
    {%- endif %}
    {%- if loop.index0 > ns.last %}{{- '<|im_start|>assistant\\n<think>\\n' }}{%- else %}{{- '<|im_start|>assistant\\n' }}{%- endif %}
    {{- content + '<|im_end|>\\n' }}
  {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
  {{- '<|im_start|>assistant\\n' }}
  {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}
{%- endif %}`;

  test('of a template in the manner of Qwen3’s has its messages whole, and an empty thought', async () => {
    const tokenizer = await tokenizerOf(QWEN3_LIKE);
    const prompt = tokenizer.encodeChat([
      { role: 'user', content: 'the' },
      { role: 'assistant', content: 'hat</think>' },
      { role: 'user', content: 'and' },
    ]);
    const bytes = prompt.flatMap((id) => [...tokenizer.bytesOf(id)]);
    expect(new TextDecoder().decode(Uint8Array.from(bytes))).toBe(
      'user\nthe\nassistant\nhat</think>\nuser\nand\nassistant\n<think>\n\n</think>\n\n',
    );
    expect(opensThought(prompt, tokenizer)).toBe(false);
  });
});
