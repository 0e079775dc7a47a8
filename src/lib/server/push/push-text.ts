import en from '#lib/messages/push.en.json' with { type: 'json' };
import zhCN from '#lib/messages/push.zh-CN.json' with { type: 'json' };

const WORDS: Readonly<Record<string, { readonly push_waits: string }>> = { en, 'zh-CN': zhCN };

/** The one sentence that a notice shows, in a language (Chinese where it has none of ours): who writes, and that a message waits. */
export function pushText(locale: string, bank: string): string {
	return (WORDS[locale] ?? zhCN).push_waits.replace('{bank}', () => bank);
}
