import type { CallerSentence, SaidToCaller } from '#lib/domain/access/caller-sentence.ts';
import { clockTime, nearTime } from '#lib/messages/clock-time.ts';
import { dayIn } from '#lib/domain/day.ts';
import type { Locale } from '#lib/paraglide/runtime.js';
import * as m from '#lib/paraglide/messages.js';

type Words = (inputs: { time: string }, options: { locale: Locale }) => string;

const WORDS: Readonly<Record<CallerSentence, Words>> = {
	no_account: m.support_say_no_account,
	silenced: m.support_say_silenced,
	change_waits: m.support_say_change_waits,
	signed_in: m.support_say_signed_in,
	code_locked: m.support_say_code_locked,
	code_failed: m.support_say_code_failed,
	code_waits: m.support_say_code_waits,
	code_sent: m.support_say_code_sent,
	number_changed: m.support_say_number_changed,
	no_link: m.support_say_no_link,
	link_failed: m.support_say_link_failed,
	link_over: m.support_say_link_over,
	link_waits: m.support_say_link_waits,
	link_used: m.support_say_link_used,
	link_opened: m.support_say_link_opened,
	link_sent: m.support_say_link_sent,
};

/** The sentence to read to a caller, in a language, with its time in their zone; today's without its day. */
export function sayText(
	{ code, time }: SaidToCaller,
	{ at, timeZone, locale }: { at: Date; timeZone: string; locale: Locale },
): string {
	return WORDS[code]({ time: time === null ? '' : spoken(time) }, { locale });

	function spoken(instant: Date): string {
		const isToday = dayIn(instant, timeZone) === dayIn(at, timeZone);
		return (isToday ? clockTime : nearTime)(instant, timeZone, locale);
	}
}
