import { expect, test } from 'vitest';
import { parseAddress } from '../../../lib/model/openai/address.ts';

test.each([
  ['localhost:11434', 'http://localhost:11434/v1'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/v1'],
  ['http://localhost:1234/v1/chat/completions', 'http://localhost:1234/v1'],
  ['https://api.example.com', 'https://api.example.com/v1'],
  ['api.example.com', 'https://api.example.com/v1'],
  ['https://example.com/openai/v1/models', 'https://example.com/openai/v1'],
  ['https://example.com/api/v3/?key=1#x', 'https://example.com/api/v3'],
  ['  HTTPS://Tower.Local  ', 'https://tower.local/v1'],
] as const)('%s', (typed, base) => {
  expect(parseAddress(typed)).toEqual({ base });
});

test.each([
  ['http://[::1]:8080/v1/', 'plain-http'],
  ['http://192.168.1.5:11434', 'plain-http'],
  ['http://10.0.0.2/v1', 'plain-http'],
  ['http://172.31.0.1:80', 'plain-http'],
  ['http://100.100.1.1:8000', 'plain-http'],
  ['http://[fd00::1]:8000', 'plain-http'],
  ['http://tower:8000', 'plain-http'],
  ['http://tower.local:8000', 'plain-http'],
  ['http://example.com', 'plain-http'],
  ['http://8.8.8.8/v1', 'plain-http'],
  ['http://172.32.0.1', 'plain-http'],
  ['http://localhost.example.com', 'plain-http'],
  ['http://[2001:db8::1]/', 'plain-http'],
  ['', 'not-an-address'],
  ['https://', 'not-an-address'],
  ['two words', 'not-an-address'],
  ['ftp://example.com/x', 'not-an-address'],
  ['javascript:alert(1)', 'not-an-address'],
  ['https://user:secret@example.com', 'not-an-address'],
] as const)('%s is refused', (typed, why) => {
  expect(parseAddress(typed)).toBe(why);
});

test('an address that was made is taken as it is', () => {
  for (const typed of ['localhost:11434', 'https://example.com/api/v3', '[::1]:80']) {
    const made = parseAddress(typed);
    expect(typeof made).toBe('object');
    if (typeof made === 'object') expect(parseAddress(made.base)).toEqual(made);
  }
});
