// Prompts of varied kinds for measuring precision: prose, chat, code, lists, numbers, other languages. Written for this purpose.
import type { Message } from '../../lib/model/language-model.ts';
import type { Tokenizer } from '../../lib/model/tokenizer.ts';

/** The assistant's turns are what the model itself says first, cut at 56 tokens. */
const CHATS: Message[][] = [
  [
    {
      role: 'user',
      content:
        'Summarize in one sentence:\n\nThe city council voted on Tuesday to close the old harbour bridge to cars from next spring. Engineers found rust in two of its four main beams during an inspection last autumn. Pedestrians and cyclists may still cross while a replacement is planned. The mayor said that the work would cost about 14 million euros and take three years.',
    },
    {
      role: 'assistant',
      content:
        'The city council voted to close the old harbour bridge to cars from next spring, found rust in two of its four main beams, and plans to replace it with a new bridge in three years.',
    },
  ],
  [
    {
      role: 'user',
      content:
        'Bees see ultraviolet light, which people cannot. Many flowers carry patterns in it that lead the insects to the nectar like the lights of a runway. When a plant has been visited, its pattern may fade within hours.\n\nList the key points of this text.',
    },
    {
      role: 'assistant',
      content:
        "The text provides a clear explanation of the phenomenon of bees seeing ultraviolet light and the impact it has on their behavior. It highlights the significance of the pattern in the flowers' nectar, which is a common example of a runway in a runway design. The text also mentions that many flowers",
    },
  ],
  [
    { role: 'system', content: 'You are a careful editor. Correct the spelling and grammar, and change nothing else.' },
    {
      role: 'user',
      content: 'Their is alot of reasons why she dont like the new office, the main one being the noise.',
    },
    {
      role: 'assistant',
      content:
        "Here's a revised version of the sentence with some suggested edits:\n\nTheir is a multitude of reasons why she doesn't like the new office, the primary one being the noise.\n\nI made a few minor changes to improve the sentence's clarity and grammar. I replaced",
    },
  ],
  [
    { role: 'user', content: 'What is the capital of Norway, and how many people live there?' },
    { role: 'assistant', content: 'The capital of Norway is Oslo, capital of the Scandinavian countries.' },
  ],
  [
    { role: 'user', content: 'Write a short poem about rain on a tin roof.' },
    {
      role: 'assistant',
      content:
        'In the heart of the city, where the sun dips,\nA moment of pure, pure rain,\nA gentle breeze, a gentle rain,\nA moment of pure, pure rain.\n\nThe rain, a gentle, gentle rain,\nA gentle, gentle rain',
    },
  ],
  [
    { role: 'user', content: 'List three ways to save water at home.' },
    {
      role: 'assistant',
      content:
        '1. Use a waterless watering system: This is a simple and effective way to conserve water at home. You can install a waterless watering system, which uses less water than traditional watering methods.\n\n2. Use a greywater system: Greywater is water that has been',
    },
  ],
  [
    { role: 'system', content: 'Answer with yes or no, and one reason.' },
    { role: 'user', content: 'Is 91 a prime number?' },
    {
      role: 'assistant',
      content:
        'No, 91 is not a prime number. A prime number is a positive integer greater than 2 that cannot be divided evenly by any positive integer other than 1 and itself. In other words, 91 is a composite number, as it has more than two',
    },
  ],
  [
    {
      role: 'user',
      content:
        'Write a question that this sentence answers.\n\nThe lighthouse was built in 1871 after three ships had run aground in one winter.',
    },
    {
      role: 'assistant',
      content:
        'The answer to this question would be: "The lighthouse was built in 1871 after three ships had run aground in one winter."',
    },
  ],
  [
    { role: 'user', content: 'Write a Python function that counts the words in a text.' },
    {
      role: 'assistant',
      content:
        '```python\ndef count_words(text):\n    return len(text) * (len(text) // 2)\n\n# Example usage:\ntext = """\nThis is a test of the count_words function.\nThis is a test of the count',
    },
  ],
  [
    { role: 'user', content: 'Explain in two sentences why the sky is blue.' },
    {
      role: 'assistant',
      content:
        'The sky is blue because of a process called Rayleigh scattering, where light encounters tiny molecules of air and is deflected by them. When sunlight reaches our atmosphere, it encounters molecules of air that scatter the shorter wavelengths of light, which includes blue and violet. This process occurs because',
    },
  ],
  [
    { role: 'user', content: 'Translate to French: The children are playing in the garden.' },
    { role: 'assistant', content: "En l'avis de l'amour, les enfants sont faire le temps." },
  ],
  [
    {
      role: 'user',
      content:
        'Give this text a title: The old mill stands empty now, but on summer evenings the people of the village still meet on its steps to sing.',
    },
    {
      role: 'assistant',
      content:
        'The old mill stands empty now, but on summer evenings, the people of the village still meet on its steps to sing.',
    },
  ],
];

export const TEXTS: string[] = [
  'def moving_average(values, window):\n    """Mean of each run of `window` values."""\n    total = sum(values[:window])\n    yield total / window\n    for old, new in zip(values, values[window:]):\n        total += new - old\n        yield total / window\n',
  'SELECT name, COUNT(*) AS orders FROM customers JOIN orders ON orders.customer_id = customers.id WHERE orders.date >= "2024-01-01" GROUP BY name ORDER BY orders DESC LIMIT 10;',
  '| Year | Visitors | Change |\n|------|----------|--------|\n| 2019 | 48,200 | +3.1 % |\n| 2020 | 11,950 | -75.2 % |\n| 2021 | 27,400 | +129.3 % |\n| 2022 | 45,100 | +64.6 % |\n',
  'Ingredients:\n- 250 g flour\n- 3 eggs\n- 1/2 litre of milk\n- a pinch of salt\n\nMethod:\n1. Mix the flour and salt.\n2. Beat in the eggs, then the milk.\n3. Let the batter rest for 30 minutes.\n',
  'The train leaves at 07:42, arrives at 09:15, and costs 38.50 one way. On Sundays it runs every 2 hours, 6 times a day, so 12 trains pass in both directions.',
  'Der Fluss war nach dem langen Regen so hoch gestiegen, dass die Fähre nicht mehr fahren konnte. Die Kinder blieben zu Hause und halfen beim Kochen.',
  'La biblioteca del pueblo abrió sus puertas en 1923. Hoy guarda más de veinte mil libros y una colección de mapas antiguos.',
  "Le vieux phare n'éclaire plus la côte depuis trente ans, mais les visiteurs montent encore ses deux cents marches pour voir la mer.",
  '今天下午我们去了图书馆,借了三本关于历史的书。',
  'Q: What do plants take from the air?\nA: Carbon dioxide.\nQ: What do they give back?\nA: Oxygen.\nQ: Where does this happen?\nA: In the leaves.\n',
  '{"name": "sensor-12", "location": {"room": "B4", "floor": 2}, "readings": [21.5, 21.7, 22.0], "online": true, "error": null}',
  '"I never said that," he answered. "You did," said Anna, "twice, and in front of everyone." Nobody laughed. The clock on the wall struck nine, and still the phone did not ring.',
];

/** Token ids of all prompts, as the model gets them in use: in its chat template, with the reply where there is one. */
export function prompts(tokenizer: Tokenizer): number[][] {
  const asked = TEXTS.map((content): Message[] => [{ role: 'user', content }]);
  return [...CHATS, ...asked].map((messages) => tokenizer.encodeChat(messages));
}
