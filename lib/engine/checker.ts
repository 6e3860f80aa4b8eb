// Harper, the grammar checker, as a few plain calls: the only place that knows its library. It runs in a worker of its own.
import { createBinaryModuleFromUrl, Dialect, LocalLinter, SuggestionKind } from 'harper.js';
import type { StructuredLintSetting } from 'harper.js';
import { AppError } from '../errors.ts';
import type { Finding } from '../tasks/rewrite/grammar.ts';
import { GROUPS_OFF, RULES_OFF, RULES_ON } from './checker-lints.ts';

/** In the package (wxt.config.ts). */
const WASM = 'harper/harper_wasm_slim_bg.wasm';
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

  /** What is wrong with an English text, in its order. `language` is a BCP 47 tag: its region says whose English. */
  async check(text: string, language: string): Promise<Finding[]> {
    const linter = await this.load();
    const dialect = DIALECTS[regionOf(language)] ?? Dialect.American;
    if (dialect !== this.dialect) {
      await linter.setDialect(dialect);
      await configure(linter);
      this.dialect = dialect;
    }
    const findings: Finding[] = [];
    for (const [rule, lints] of Object.entries(await linter.organizedLints(text, { language: 'plaintext' }))) {
      for (const lint of lints) {
        const { start, end } = lint.span();
        const suggestions = lint.suggestions().map((suggestion) => {
          const replacement = suggestion.get_replacement_text();
          const isAdded = suggestion.kind() === SuggestionKind.InsertAfter;
          return isAdded ? text.slice(start, end) + replacement : replacement;
        });
        findings.push({ start, end, rule, kind: lint.lint_kind(), message: lint.message(), suggestions });
        lint.free();
      }
    }
    return findings.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  private load(): Promise<LocalLinter> {
    return (this.linter ??= load(this.assetsUrl + WASM).catch((error: unknown) => {
      this.linter = undefined;
      throw new AppError('load-failed', 'checker', { cause: error });
    }));
  }
}

async function load(url: string): Promise<LocalLinter> {
  const linter = new LocalLinter({ binary: createBinaryModuleFromUrl(url, 'slim') });
  await configure(linter);
  return linter;
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
