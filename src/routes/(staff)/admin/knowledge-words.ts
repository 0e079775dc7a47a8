import type { Language } from '#lib/domain/review/queue-policy.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** A language by its own name. */
export function languageText(language: Language): string {
	return { 'zh-CN': m.queue_chinese, en: m.queue_english }[language]();
}

/** Several, as one writes them in a row. */
export function listText(all: readonly string[]): string {
	return new Intl.ListFormat(getLocale(), { type: 'unit', style: 'short' }).format(all);
}
