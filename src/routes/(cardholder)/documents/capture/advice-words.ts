import * as m from '#lib/paraglide/messages.js';
import type { Advice } from './quality.ts';

const WORDS: Readonly<Record<Advice, () => string>> = {
	too_dark: m.capture_too_dark,
	too_blurred: m.capture_too_blurred,
	too_small: m.capture_too_small,
	glare: m.capture_glare,
};

/** What is to be said of a picture before it is sent, and what helps. */
export function adviceWords(advice: Advice): string {
	return WORDS[advice]();
}
