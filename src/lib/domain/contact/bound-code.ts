import { smsLength } from '#lib/domain/contact/sms-length.ts';

/**
 * A code's message with the last line by which a phone offers the code on our own page and on no other's ("@host #123456", the
 * format of origin-bound one-time codes that iOS, Safari and Chrome read). Only for a page on https, and only where all of it
 * still fits one SMS: else the text stays as it is, and a phone offers the code by its own guess.
 */
export function bindCode(text: string, { code, origin }: { code: string; origin: string }): string {
	const { protocol, hostname } = new URL(origin);
	if (protocol !== 'https:') return text;
	const bound = `${text}\n@${hostname} #${code}`;
	return smsLength(bound).messages === 1 ? bound : text;
}
