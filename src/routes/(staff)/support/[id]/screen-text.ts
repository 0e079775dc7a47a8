import type { ScreenStep } from '#lib/domain/access/screen.ts';
import { sentences } from '#lib/messages/sentences.ts';
import * as m from '#lib/paraglide/messages.js';
import type { SeenScreen } from '#lib/server/support/check-screen-code.ts';

const AT: Readonly<Record<ScreenStep, () => string>> = {
	home: m.support_screen_at_home,
	link: m.support_screen_at_link,
	sign_in: m.support_screen_at_sign_in,
	code: m.support_screen_at_code,
	debt: m.support_screen_at_debt,
	hardship: m.support_screen_at_hardship,
	documents: m.support_screen_at_documents,
	plans: m.support_screen_at_plans,
	check: m.support_screen_at_check,
	application: m.support_screen_at_application,
	agreement: m.support_screen_at_agreement,
	security: m.support_screen_at_security,
};

/** On which page a caller's screen is, and how often a code can still be typed there. */
export function screenText({ step, code }: SeenScreen): string {
	const left =
		code && (code.takesCode ? m.support_screen_tries({ count: code.triesLeft }) : m.support_screen_no_code());
	return sentences(AT[step](), left);
}
