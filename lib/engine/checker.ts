// Harper, the grammar checker, as a few plain calls: the only place that knows its library. It runs in a worker of its own.
import { createBinaryModuleFromUrl, Dialect, LocalLinter, SuggestionKind } from 'harper.js';
import type { StructuredLintSetting } from 'harper.js';
import { AppError } from '../errors.ts';
import type { Finding } from '../tasks/rewrite/grammar.ts';
import { GROUPS_OFF, RULES_OFF, RULES_ON } from './checker-lints.ts';

/** In the package (wxt.config.ts). */
const WASM = 'harper/harper_wasm_slim_bg.wasm';
const SPELLING = 'SpellCheck';
const DIALECTS: Record<string, Dialect> = {
  GB: Dialect.British,
  IE: Dialect.British,
  ZA: Dialect.British,
  NZ: Dialect.British,
  AU: Dialect.Australian,
  CA: Dialect.Canadian,
  IN: Dialect.Indian,
};

export class Checker {
  private linter: Promise<LocalLinter> | undefined;
  private dialect: Dialect | undefined;

  constructor(private readonly assetsUrl: string) {}

  /** What is wrong with an English text, in its order. `language` is a BCP 47 tag: without a region, what is right anywhere is right. */
  async check(text: string, language: string): Promise<Finding[]> {
    const linter = await this.load();
    const region = regionOf(language);
    const dialect = region ? (DIALECTS[region] ?? Dialect.American) : (this.dialect ?? Dialect.American);
    await this.speak(dialect, linter);
    const findings = await lint(text, linter);
    const misspelled = findings.filter(({ rule }) => rule === SPELLING);
    if (region || misspelled.length === 0) return findings;
    await this.speak(dialect === Dialect.American ? Dialect.British : Dialect.American, linter);
    const wrongThere = await lint(misspelled.map(({ start, end }) => text.slice(start, end)).join('\n\n'), linter);
    const isWrongThere = (word: string) => wrongThere.some(({ rule, of }) => rule === SPELLING && of === word);
    return findings.filter(({ rule, of }) => rule !== SPELLING || isWrongThere(of));
  }

  private load(): Promise<LocalLinter> {
    const binary = createBinaryModuleFromUrl(this.assetsUrl + WASM, 'slim');
    this.linter ??= binary.setup().then(() => new LocalLinter({ binary }));
    return this.linter.catch((error: unknown) => {
      this.linter = undefined;
      throw new AppError('load-failed', 'checker', { cause: error });
    });
  }

  private async speak(dialect: Dialect, linter: LocalLinter): Promise<void> {
    if (dialect === this.dialect) return;
    await linter.setDialect(dialect);
    // A change of dialect sets all rules back.
    await configure(linter);
    this.dialect = dialect;
  }
}

async function lint(text: string, linter: LocalLinter): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [rule, lints] of Object.entries(await linter.organizedLints(text, { language: 'plaintext' }))) {
    for (const each of lints) {
      const { start, end } = each.span();
      const of = text.slice(start, end);
      const suggestions = each.suggestions().map((suggestion) => {
        const replacement = suggestion.get_replacement_text();
        return suggestion.kind() === SuggestionKind.InsertAfter ? of + replacement : replacement;
      });
      findings.push({ start, end, of, rule, message: each.message(), suggestions });
      each.free();
    }
  }
  return findings.sort((a, b) => a.start - b.start || a.end - b.end);
}

async function configure(linter: LocalLinter): Promise<void> {
  const { settings } = await linter.getStructuredLintConfig();
  const groups = settings.flatMap((setting) => ('Group' in setting ? [setting.Group] : []));
  const off = groups.filter(({ label }) => GROUPS_OFF.includes(label)).flatMap(({ child }) => rulesOf(child.settings));
  const config = await linter.getDefaultLintConfig();
  for (const rule of [...off, ...RULES_OFF]) config[rule] = false;
  for (const rule of RULES_ON) config[rule] = true;
  await linter.setLintConfig(config);
}

function rulesOf(settings: readonly StructuredLintSetting[]): string[] {
  return settings.flatMap((setting) => {
    if ('Bool' in setting) return [setting.Bool.name];
    return 'Group' in setting ? rulesOf(setting.Group.child.settings) : setting.OneOfMany.names;
  });
}

function regionOf(language: string): string {
  try {
    return new Intl.Locale(language || 'en').region ?? '';
  } catch {
    return '';
  }
}
