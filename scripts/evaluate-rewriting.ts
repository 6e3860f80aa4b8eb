// `npm run evaluate:rewriting [-- --texts] [-- --json FILE]`: how good the grammar checker's hunks are, and what rewriting on the default
// model keeps and cuts. `--texts` prints what was made of each text, and what the checker missed, for a person to judge.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { evaluateGrammar } from './evaluation/grammar.ts';
import { openModels } from './evaluation/node-models.ts';
import { evaluateRewriting, KEPT, summaryOf } from './evaluation/rewriting.ts';

const { values } = parseArgs({ options: { texts: { type: 'boolean', default: false }, json: { type: 'string' } } });

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const grammar = await evaluateGrammar();
console.log(
  `Grammar: ${grammar.faults} faults in ${grammar.sentences} sentences, ${grammar.cleanSentences} sentences without any`,
);
console.log(
  `precision ${percent(grammar.precision)} (${grammar.right} hunks right, ${grammar.wrong} wrong, ` +
    `${grammar.wrongInClean} in clean sentences), recall ${percent(grammar.recall)}`,
);
console.log('\n| fault | found | of |\n|---|---|---|');
for (const [kind, { found, faults }] of Object.entries(grammar.byKind))
  console.log(`| ${kind} | ${found} | ${faults} |`);

const models = await openModels();
try {
  const results = await evaluateRewriting(models);
  const rows = summaryOf(results);
  console.log(
    `\n| action | texts | changed | hunks | ${KEPT.join(' | ')} | words |\n|${'---|'.repeat(5 + KEPT.length)}`,
  );
  for (const { action, texts, changed, hunks, kept, wordsBefore, wordsAfter } of rows) {
    const shares = KEPT.map((kind) => percent(kept[kind] / texts)).join(' | ');
    const words = `${wordsBefore} -> ${wordsAfter} (${percent(wordsAfter / wordsBefore - 1)})`;
    console.log(`| ${action} | ${texts} | ${changed} | ${hunks} | ${shares} | ${words} |`);
  }
  if (values.texts) {
    for (const { action, sample, result, lost } of results) {
      if (result === sample.text) continue;
      console.log(`\n--- ${action}, ${sample.kind}${lost.length > 0 ? `, lost: ${lost.join(', ')}` : ''}`);
      console.log(`${sample.text}\n>>>\n${result}`);
    }
    console.log(`\nMissed:\n${grammar.misses.join('\n')}\n\nWrong:\n${grammar.mistakes.join('\n')}`);
  }
  if (values.json) await writeFile(values.json, `${JSON.stringify({ grammar, rewriting: rows }, null, 2)}\n`);
} finally {
  await models.close();
}
