import type { ScreenStep } from '#lib/domain/access/screen.ts';

/** The page from which somebody came for help. */
export const BACK: Readonly<Record<ScreenStep, string>> = {
	home: '/',
	link: '/l',
	sign_in: '/sign-in',
	code: '/sign-in/code',
	debt: '/debt',
	hardship: '/hardship',
	documents: '/documents',
	plans: '/plans',
	check: '/check',
	application: '/application',
	agreement: '/agreement',
	security: '/security',
};
