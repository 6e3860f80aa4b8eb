// The whole way with the packaged models: what other engines lose is there, and marks stand on the right words (checked by hand).
// Runs the real weights for some seconds.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMarianTranslator } from '../../../lib/model/marian-translator.ts';
import type { Translator } from '../../../lib/model/translator.ts';
import { openKernels, packagedSource } from '../../reference/marian-pack.ts';
import { violations } from './invariants.ts';
import { marked } from './marked.ts';
import { EN_PT, translations } from './run.ts';

const PT_EN = { from: 'pt', to: 'en' };
const MINUTE = 60_000;

let translator: Translator;
beforeAll(async () => {
  translator = createMarianTranslator({ kernels: await openKernels(), source: packagedSource });
}, MINUTE);
afterAll(() => translator.dispose());

const plain = (text: string) => ({ text, marks: [] });

/** A text and what has to be in its translation. */
const KEPT: [text: string, ...kept: string[]][] = [
  ['The price rose to €100 million last year.', '€100', 'milhões'],
  ['It costs £20 a month, or $30.', '£20', '30'],
  ['The ticket costs 100 € here.', '100 €'],
  ['He said – after a long pause – that he would not go.', ' – depois de uma longa pausa – '],
  ['The company—which was founded in 1998—is based in London.', 'empresa—que', '1998—'],
  ['In the years 1998–2004 it grew.', '1998–2004'],
  ['“I do not know,” he said. “It’s a ‘special’ case.”', '“Eu não sei”', '‘especial’', '”'],
  ['I love 🍕 and 🍺 very much.', '🍕 e 🍺'],
  ['Great job 🎉 everyone, see you tomorrow! 👩‍👩‍👧', '🎉', '👩‍👩‍👧'],
  ['See https://www.example.com/path/to?x=1&y=2 for details.', 'https://www.example.com/path/to?x=1&y=2', 'detalhes'],
  ['Contact john.doe@example.com for help.', 'john.doe@example.com', 'ajuda'],
  ['Hello {name}, you have %d new messages in %s.', 'Olá {name}', '%d novas mensagens', '%s'],
  ['The temperature is 25°C and 10±2 percent.', '25°C', '10±2'],
  ['Copyright © 2020 Example Inc. All rights reserved.', '© 2020', 'Todos os direitos reservados.'],
  ['The population was 1,234,567 in 2010, or 3.5% more.', '1.234.567', '2010', '3,5%'],
  [
    'New Zealand is situated some 2,000 kilometres (1,200 mi) east of Australia across the Tasman Sea and roughly 1,000 kilometres (600 mi) south of the Pacific island areas of New Caledonia, Fiji, and Tonga.',
    '2.000 km (1.200 mi)',
    '1.000 km (600 mi)',
  ],
  ['Zoë and Noël live here.', 'Zoë', 'Noël'],
  ['The area is 100 m² in total.', '100 m²'],
  ['The word 東京 means eastern capital.', 'A palavra 東京 significa'],
  ['Windows® 11 and Office™ are products of Microsoft.', 'Windows® 11', 'Office™'],
  ['Home → News → Sports', ' → Notícias → Esportes'],
  ['• First point • Second point', '• Primeiro ponto • Segundo ponto'],
  ['It was discovered in 1769.[12] Nobody lived there[3][4] before.', '1769.[12]', '[3][4]'],
  ['GOVERNMENT ANNOUNCES NEW TAX RULES', 'GOVERNO ANUNCIA NOVAS REGRAS FISCAIS'],
  ['ABOUT US', 'SOBRE NÓS'],
  ['THE FBI AND NASA ARE IN THE USA', 'FBI', 'NASA'],
  ['He said THIS IS WRONG and left.', 'ERRADO e saiu'],
  ['Wait… the door is open.', '…'],
];

/** Texts and what stands in each of their marks in the translation. */
const MARKED: [text: string, marks: string[]][] = [
  ['The ⟦red car⟧ is in the ⟦garage⟧.', ['carro vermelho', 'garagem']],
  [
    '⟦Scientists⟧ discovered a ⟦new species⟧ of frog in the ⟦Amazon rainforest⟧.',
    ['Cientistas', 'nova espécie', 'floresta amazônica'],
  ],
  [
    'The ⟦European Union⟧ and the ⟦United Kingdom⟧ signed a ⟦trade agreement⟧.',
    ['União Europeia', 'Reino Unido', 'acordo comercial'],
  ],
  ['She lives in a ⟦small white house⟧ near the ⟦old bridge⟧.', ['pequena casa branca', 'antiga ponte']],
  ['You can ⟦download the app⟧ from our ⟦website⟧.', ['baixar o aplicativo', 'site']],
  ['For more information, see the ⟦user guide⟧.', ['guia do usuário']],
  ['⟦Sign up⟧ to receive our ⟦weekly newsletter⟧.', ['Inscreva-se', 'newsletter semanal']],
  ['He was born in ⟦1975⟧ in ⟦São Paulo⟧, ⟦Brazil⟧.', ['1975', 'São Paulo', 'Brasil']],
  [
    'The ⟦prime minister⟧ met the ⟦French president⟧ in ⟦Paris⟧ on ⟦Tuesday⟧.',
    ['primeiro-ministro', 'presidente francês', 'Paris', 'terça-feira'],
  ],
  ['This is a ⟦very important⟧ question.', ['muito importante']],
  ['Many people do ⟦not⟧ know the answer.', ['não']],
  ['The book “⟦The Old Man and the Sea⟧” was written by ⟦Ernest Hemingway⟧.', ['O Velho e o Mar', 'Ernest Hemingway']],
  ['According to ⟦a recent study⟧, coffee is good for your ⟦health⟧.', ['um estudo recente', 'saúde']],
  ['Water boils at ⟦100 degrees⟧ at ⟦sea level⟧.', ['100 graus', 'nível do mar']],
  ['The ⟦human brain⟧ has about ⟦86 billion⟧ neurons.', ['cérebro humano', '86 bilhões']],
  ['Please ⟦do not⟧ open the ⟦window⟧.', ['não', 'janela']],
  ['The ⟦black cat⟧ sleeps on the ⟦green sofa⟧.', ['gato preto', 'sofá verde']],
  ['The ⟦Supreme Court⟧ ruled on the ⟦case⟧ last week.', ['Suprema Corte', 'caso']],
  ['⟦Germany⟧ is the largest economy in ⟦Europe⟧.', ['Alemanha', 'Europa']],
  ['The film won ⟦three awards⟧ at the ⟦festival⟧.', ['três prêmios', 'festival']],
  [
    '⟦⟦Albert Einstein⟧ was a physicist.⟧ He was born in ⟦Germany⟧.',
    ['Albert Einstein era um físico.', 'Albert Einstein', 'Alemanha'],
  ],
  ['The ⟦capital of ⟦Portugal⟧⟧ is ⟦Lisbon⟧.', ['capital de Portugal', 'Portugal', 'Lisboa']],
  ['Use the ⟦search box⟧ at the ⟦top of the page⟧.', ['caixa de pesquisa', 'parte superior da página']],
  ['The ⟦wooden table⟧ costs ⟦€250⟧.', ['mesa de madeira', '€250']],
  ['I read the ⟦newspaper⟧ every ⟦morning⟧.', ['jornal', 'manhãs']],
  ['The ⟦climate crisis⟧ is getting worse, ⟦experts⟧ say.', ['crise climática', 'especialistas']],
  ['The ⟦hospital⟧ is ⟦closed⟧ on Sundays.', ['hospital', 'fechado']],
  ['It is the ⟦second largest city⟧ in the country.', ['segunda maior cidade']],
  ['Children need ⟦eight hours⟧ of ⟦sleep⟧.', ['oito horas', 'sono']],
  ['The ⟦new law⟧ will protect ⟦workers⟧.', ['nova lei', 'trabalhadores']],
  ['“We are ⟦very happy⟧,” said ⟦the coach⟧.', ['muito felizes', 'o treinador']],
  ['The ⟦blue whale⟧ is the ⟦largest animal⟧ on Earth.', ['baleia-azul', 'maior animal']],
  ['Click the ⟦red button⟧⟦⟧ to stop the ⟦machine⟧.', ['botão vermelho', '', 'máquina']],
  ['⟦This is a link to the report.⟧ This is ⟦not⟧.', ['Este é um link para o relatório.', 'não']],
  [
    'Uber drivers are accused of everything from ⟦spider bites⟧ to ⟦assault with a hammer⟧.',
    ['picadas de aranha', 'assalto com um martelo'],
  ],
];

const MARKED_PT: [text: string, marks: string[]][] = [
  ['O ⟦carro vermelho⟧ está na ⟦garagem⟧.', ['red car', 'garage']],
  ['A ⟦União Europeia⟧ assinou um ⟦acordo comercial⟧ com o ⟦Brasil⟧.', ['European Union', 'trade agreement', 'Brazil']],
  ['Ela mora em uma ⟦pequena casa branca⟧ perto da ⟦ponte velha⟧.', ['small white house', 'old bridge']],
  ['Leia a nossa ⟦política de privacidade⟧.', ['privacy policy']],
  [
    'O ⟦presidente da República⟧ viajou para ⟦Lisboa⟧ na ⟦terça-feira⟧.',
    ['President of the Republic', 'Lisbon', 'Tuesday'],
  ],
  ['O livro foi escrito por ⟦José Saramago⟧ em ⟦1995⟧.', ['José Saramago', '1995']],
  ['O ⟦cérebro humano⟧ tem cerca de ⟦86 bilhões⟧ de neurônios.', ['human brain', '86 billion']],
  ['A ⟦nova lei⟧ vai proteger os ⟦trabalhadores⟧.', ['new law', 'workers']],
  ['O ⟦Supremo Tribunal Federal⟧ julgou o ⟦caso⟧ na semana passada.', ['Supreme Court', 'case']],
  ['A ⟦capital de ⟦Portugal⟧⟧ é ⟦Lisboa⟧.', ['capital of Portugal', 'Portugal', 'Lisbon']],
  [
    '⟦⟦Machado de Assis⟧ foi um escritor.⟧ Nasceu no ⟦Rio de Janeiro⟧.',
    ['Machado de Assis was a writer.', 'Machado de Assis', 'Rio de Janeiro'],
  ],
  ['Clique no ⟦botão azul⟧ para parar a ⟦máquina⟧.', ['blue button', 'machine']],
];

describe('with the packaged models', () => {
  it(
    'what the vocabulary lacks survives, numbers and capitals too',
    async () => {
      const results = await translations(
        KEPT.map(([text]) => plain(text)),
        { translator },
      );
      const lost = KEPT.flatMap(([text, ...kept], index) =>
        kept
          .filter((part) => !results[index].text.includes(part))
          .map((part) => ({ text, part, is: results[index].text })),
      );
      expect(lost).toEqual([]);
    },
    MINUTE,
  );

  it.each([
    { pair: EN_PT, cases: MARKED },
    { pair: PT_EN, cases: MARKED_PT },
  ])(
    'marks stand on the right words ($pair.from-$pair.to)',
    async ({ pair, cases }) => {
      const sources = cases.map(([text]) => marked(text));
      const results = await translations(sources, { translator, pair });
      const wrong = cases.flatMap(([text, expected], index) => {
        const { text: translation, marks } = results[index];
        expect(violations(sources[index], results[index])).toEqual([]);
        const found = [...marks].sort((a, b) => a.id - b.id).map(({ start, end }) => translation.slice(start, end));
        return JSON.stringify(found) === JSON.stringify(expected) ? [] : [{ text, expected, found }];
      });
      expect(wrong).toEqual([]);
    },
    MINUTE,
  );

  it(
    'a Portuguese text comes into English with its quotation marks, dashes, sums and capitals',
    async () => {
      const texts = [
        'O valor subiu para € 100 milhões – o maior em 10 anos.',
        '“Não sei”, disse ele — e saiu.',
        'ÚLTIMAS NOTÍCIAS: GOVERNO ANUNCIA NOVAS REGRAS',
        'Custa R$ 9,99 por mês. 🎉',
        'No século XX, cerca de 3 mil pessoas morreram em 1.234 casas.',
      ];
      const results = await translations(texts.map(plain), { translator, pair: PT_EN });
      const [sum, quote, heading, price, numbers] = results.map(({ text }) => text);
      expect(sum).toMatch(/€ ?100 million – .*10 years\.$/);
      expect(quote).toMatch(/^“I don['’]t know,” he said — .*\.$/);
      expect(heading).toBe('LATEST NEWS: GOVERNMENT ANNOUNCES NEW RULES');
      expect(price).toMatch(/R\$ ?9\.99 .*\. 🎉$/);
      expect(numbers).toMatch(/20th.*3,000.*1,234/);
    },
    MINUTE,
  );
});
