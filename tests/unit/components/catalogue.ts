// The real English catalogue behind a browser.i18n that fills placeholders as browsers do.
// Use: vi.mock('wxt/browser', () => import('./catalogue.ts'));
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };

interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}

export const browser = {
  i18n: {
    getMessage(key: string, substitutions: string[]): string {
      const entry = (messages as Record<string, Message | undefined>)[key];
      if (!entry) throw new Error(`no message ${key}`);
      return entry.message.replace(/\$(\w+)\$/g, (_, name: string) => {
        const index = entry.placeholders?.[name.toLowerCase()].content.slice(1);
        const value = substitutions.at(Number(index) - 1);
        if (value === undefined) throw new Error(`${key}: nothing for $${name}$`);
        return value;
      });
    },
  },
};
