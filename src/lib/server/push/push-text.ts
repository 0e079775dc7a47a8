import { wordIn } from '#lib/messages/languages.ts';

/** The one sentence that a notice shows, in a language or the nearest of ours: who writes, and that a message waits. */
export function pushText(locale: string, bank: string): string {
	return wordIn(locale, 'push_waits').replace('{bank}', () => bank);
}
