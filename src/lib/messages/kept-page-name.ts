import * as m from '#lib/paraglide/messages.js';

const NAMES: Readonly<Record<string, () => string>> = {
	hardship: m.resume_page_hardship,
	documents: m.resume_page_documents,
	plans: m.resume_page_plans,
	check: m.resume_page_check,
	application: m.resume_page_application,
	agreement: m.resume_page_agreement,
	debt: m.resume_page_debt,
	security: m.resume_page_security,
	desk: m.resume_page_desk,
	support: m.resume_page_support,
	admin: m.resume_page_admin,
};

/** What a reader calls the page behind a path, such as "/desk/…": its area says enough. */
export function keptPageName(path: string): string {
	const area = path.split('/')[1] ?? '';
	return (NAMES[area] ?? m.resume_page_other)();
}
