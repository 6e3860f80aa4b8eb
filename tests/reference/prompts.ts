// Prompts of varied kinds for measuring precision: prose, chat, code, lists, numbers, other languages. Written for this purpose.
import type { Message } from '../../lib/model/language-model.ts';
import type { Tokenizer } from '../../lib/model/tokenizer.ts';

const NEWS =
  'The city council voted on Tuesday to close the old harbour bridge to cars from next spring. Engineers found rust in two of its ' +
  'four main beams during an inspection last autumn. Pedestrians and cyclists may still cross while a replacement is planned. ' +
  'The mayor said that the work would cost about 14 million euros and take three years.';

const CHATS: Message[][] = [
  [{ role: 'user', content: `Summarize in one sentence:\n\n${NEWS}` }],
  [
    { role: 'system', content: 'You are a careful editor. Correct the spelling and grammar, and change nothing else.' },
    {
      role: 'user',
      content: 'Their is alot of reasons why she dont like the new office, the main one being the noise.',
    },
    {
      role: 'assistant',
      content: "There are a lot of reasons why she doesn't like the new office, the main one being the noise.",
    },
  ],
  [
    { role: 'user', content: 'What is the capital of Norway?' },
    { role: 'assistant', content: 'The capital of Norway is Oslo.' },
    { role: 'user', content: 'How many people live there?' },
    { role: 'assistant', content: 'About 700,000 people live in the city itself.' },
  ],
  [
    { role: 'user', content: 'Write a short poem about rain on a tin roof.' },
    {
      role: 'assistant',
      content: 'The rain begins as fingers tapping light,\nthen drums its stories through the tin all night.',
    },
  ],
  [
    { role: 'user', content: 'List three ways to save water at home.' },
    {
      role: 'assistant',
      content: '1. Take shorter showers.\n2. Fix dripping taps.\n3. Water the garden in the evening.',
    },
  ],
  [
    { role: 'system', content: 'Answer with yes or no.' },
    { role: 'user', content: 'Is 91 a prime number?' },
    { role: 'assistant', content: 'No, 91 is 7 times 13.' },
  ],
  [
    {
      role: 'user',
      content:
        'Write a question that this sentence answers.\n\nThe lighthouse was built in 1871 after three ships had run aground in one winter.',
    },
    { role: 'assistant', content: 'Why and when was the lighthouse built?' },
  ],
  [
    { role: 'user', content: 'Translate to French: The children are playing in the garden.' },
    { role: 'assistant', content: 'Les enfants jouent dans le jardin.' },
  ],
];

const TEXTS: string[] = [
  NEWS,
  'Bees see ultraviolet light, which people cannot. Many flowers carry patterns in it that lead the insects to the nectar like the lights of a runway. When a plant has been visited, its pattern may fade within hours.',
  'In the beginning the Universe was created. She closed the book, looked out of the window, and wondered who had written such a sentence and whether he had been serious.',
  'def moving_average(values, window):\n    """Mean of each run of `window` values."""\n    total = sum(values[:window])\n    yield total / window\n    for old, new in zip(values, values[window:]):\n        total += new - old\n        yield total / window\n',
  'export async function retry<T>(run: () => Promise<T>, attempts = 3): Promise<T> {\n  for (let i = 1; ; i++) {\n    try {\n      return await run();\n    } catch (error) {\n      if (i === attempts) throw error;\n    }\n  }\n}\n',
  'SELECT name, COUNT(*) AS orders FROM customers JOIN orders ON orders.customer_id = customers.id WHERE orders.date >= "2024-01-01" GROUP BY name ORDER BY orders DESC LIMIT 10;',
  '| Year | Visitors | Change |\n|------|----------|--------|\n| 2019 | 48,200 | +3.1 % |\n| 2020 | 11,950 | -75.2 % |\n| 2021 | 27,400 | +129.3 % |\n| 2022 | 45,100 | +64.6 % |\n',
  'Ingredients:\n- 250 g flour\n- 3 eggs\n- 1/2 litre of milk\n- a pinch of salt\n\nMethod:\n1. Mix the flour and salt.\n2. Beat in the eggs, then the milk.\n3. Let the batter rest for 30 minutes.\n',
  'The train leaves at 07:42, arrives at 09:15, and costs 38.50 one way. On Sundays it runs every 2 hours, 6 times a day, so 12 trains pass in both directions.',
  'Der Fluss war nach dem langen Regen so hoch gestiegen, dass die Fähre nicht mehr fahren konnte. Die Kinder blieben zu Hause und halfen beim Kochen.',
  'La biblioteca del pueblo abrió sus puertas en 1923. Hoy guarda más de veinte mil libros y una colección de mapas antiguos.',
  "Le vieux phare n'éclaire plus la côte depuis trente ans, mais les visiteurs montent encore ses deux cents marches pour voir la mer.",
  '今天下午我们去了图书馆,借了三本关于历史的书。',
  'Dear Ms Alvarez,\n\nThank you for your letter of 3 May. We are sorry that the parcel arrived late and that one of the cups was broken. We will send a new one this week.\n\nKind regards,\nThe Pottery Shop\n',
  'Q: What do plants take from the air?\nA: Carbon dioxide.\nQ: What do they give back?\nA: Oxygen.\nQ: Where does this happen?\nA: In the leaves.\n',
  '{"name": "sensor-12", "location": {"room": "B4", "floor": 2}, "readings": [21.5, 21.7, 22.0], "online": true, "error": null}',
  'WARNING: do not open the cover while the machine is running. Disconnect the power cord first, wait five minutes, and discharge the capacitor.',
  '"I never said that," he answered. "You did," said Anna, "twice, and in front of everyone." Nobody laughed. The clock on the wall struck nine, and still the phone did not ring.',
];

export interface Prompt {
  kind: 'chat' | 'text';
  ids: number[];
}

/** Token ids of all prompts. Texts begin with the token that the model's own prompts begin with. */
export function prompts(tokenizer: Tokenizer): Prompt[] {
  const [begin] = tokenizer.encodeChat(CHATS[0]);
  return [
    ...CHATS.map((messages): Prompt => ({ kind: 'chat', ids: tokenizer.encodeChat(messages) })),
    ...TEXTS.map((text): Prompt => ({ kind: 'text', ids: [begin, ...tokenizer.encode(text)] })),
  ];
}
