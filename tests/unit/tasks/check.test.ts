import { describe, expect, it } from 'vitest';
import { namesHold, numbersHold, stanceHolds } from '../../../lib/tasks/check.ts';

const EVIDENCE =
  'The council of Elmton may close the bridge, said Mayor Ann Poe: 14 cracks, 9,000 cars, two beams, 3.1% of €4 million, half of O’Neill’s farm.';

describe('numbersHold', () => {
  it.each([
    '14 cracks were found.',
    'Fourteen cracks were found.',
    'There are 9000 cars and 2 beams.',
    'It is 3.1 percent of 4 million euros on half the farm.',
    'It happened once.',
  ])('finds the same number in another form: %s', (text) => {
    expect(numbersHold(text, EVIDENCE, 'en')).toBe(true);
  });

  it.each([
    '15 cracks were found.',
    'Some 900 cars pass.',
    'Three beams broke.',
    'It is 31% of them.',
    'Billions of cars.',
    'A dozen cracks.',
  ])('misses a number that is not there: %s', (text) => {
    expect(numbersHold(text, EVIDENCE, 'en')).toBe(false);
  });

  it('reads decimal commas', () => {
    expect(numbersHold('Es sind 3,1 Prozent.', 'Rund 3,1 Prozent', 'de')).toBe(true);
    expect(numbersHold('Es sind 31 Prozent.', 'Rund 3,1 Prozent', 'de')).toBe(false);
  });
});

describe('namesHold', () => {
  it.each(['The council met.', 'Council members met Ann Poe in Elmton.', 'Farmers like O’Neill met.', 'ELMTON met.'])(
    'knows the names of the page: %s',
    (text) => {
      expect(namesHold(text, EVIDENCE, 'en')).toBe(true);
    },
  );

  it.each(['The council met in Ohio.', 'NASA met.', 'Mayor Ann Roe met them.', 'They met in Elmton, where Bob lives.'])(
    'misses a foreign name: %s',
    (text) => {
      expect(namesHold(text, EVIDENCE, 'en')).toBe(false);
    },
  );
});

describe('stanceHolds', () => {
  it.each([
    ['The council may close the bridge.', 'The council closes the bridge.', false],
    ['The council may close the bridge.', 'The bridge may be closed.', true],
    ['The council did not close the bridge.', 'The council closed the bridge.', false],
    ['The council closed the bridge.', 'The council never closed the bridge.', false],
    ['He said that it fell.', 'It fell, he said.', true],
    ['He said that it fell.', 'It fell.', false],
    ['A little over half a century ago, chaos spilled out.', 'A little over a century ago, chaos spilled out.', false],
    ['Most of the visitors were tourists.', 'The visitors were tourists.', false],
    ['Some of the visitors, most tourists, left.', 'Some of the visitors left.', true],
  ])('%s → %s: %s', (evidence, text, expected) => {
    expect(stanceHolds(text, evidence)).toBe(expected);
  });
});
