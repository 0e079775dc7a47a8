import { type Action, may, whoMay, type Who } from '#lib/domain/access/permission.ts';

/** What is done by a route: by a method, or by a page's action under "?name". HEAD follows GET. */
type Entries = Readonly<Record<string, Action>>;

/**
 * Every way into the portal with the deed that it is. What does not stand here is refused: a new page is closed until somebody
 * says for whom it is.
 */
export const ROUTES: Readonly<Record<string, Entries>> = {
	'/': { GET: 'start.read' },
	'/help': { GET: 'help.read' },
	'/offline': { GET: 'start.read' },
	'/refused': { GET: 'start.read' },
	'/manifest.webmanifest': { GET: 'start.read' },
	'/language': { POST: 'language.choose' },
	'/healthz': { GET: 'health.read' },
	'/readyz': { GET: 'health.read' },
	'/metrics': { GET: 'metrics.read' },
	'/dev/inbox': { GET: 'demo_inbox.read' },

	'/l': { GET: 'link.open', '?send': 'code.ask', '?silence': 'number.silence' },
	'/l/[token]': { GET: 'link.open' },
	'/l/silenced': { GET: 'link.open', '?default': 'number.silence' },
	'/sign-in': { GET: 'session.begin', '?default': 'code.ask' },
	'/sign-in/code': { GET: 'session.begin', '?enter': 'code.enter', '?again': 'code.ask' },
	'/sign-in/passkey': { GET: 'session.begin', '?default': 'session.begin' },
	'/sign-in/passkey/copy': { POST: 'session.begin' },
	'/sign-in/passkey/options': { POST: 'session.begin' },
	'/sign-out': { GET: 'session.end', POST: 'session.end' },
	'/sign-out/everywhere': { POST: 'session.end' },
	'/stay': { GET: 'session.extend', POST: 'session.extend' },
	'/calendar/[token=token].ics': { GET: 'calendar.subscribe' },
	'/push/received': { POST: 'notice.receive' },

	'/(cardholder)/debt': { GET: 'debt.read', '?choose': 'account.choose' },
	'/(cardholder)/debt/ahead': { GET: 'debt.read' },
	'/(cardholder)/debt/pay': { GET: 'debt.read' },
	'/(cardholder)/debt/why': { GET: 'debt.read' },
	'/(cardholder)/hardship': { GET: 'hardship.read', '?default': 'hardship.save' },
	'/(cardholder)/documents': {
		GET: 'evidence.read_own',
		'?attach': 'evidence.attach',
		'?turn': 'evidence.arrange',
		'?move': 'evidence.arrange',
		'?remove': 'evidence.remove',
		'?withdraw': 'evidence.remove',
	},
	'/(cardholder)/documents/[evidenceId=uuid]': { GET: 'evidence.read_own' },
	'/(cardholder)/documents/kept': { GET: 'evidence.read_own', '?withdraw': 'evidence.remove' },
	'/(cardholder)/documents/upload': { POST: 'evidence.attach' },
	'/(cardholder)/documents/upload/[uploadId=uuid]': {
		HEAD: 'evidence.attach',
		PATCH: 'evidence.attach',
		DELETE: 'evidence.attach',
	},
	'/(cardholder)/draft': { POST: 'draft.keep' },
	'/(cardholder)/draft/offline': { POST: 'draft.keep' },
	'/(cardholder)/plans': { GET: 'plan.compare', '?offer': 'plan.choose', '?choose': 'plan.choose' },
	'/(cardholder)/check': { GET: 'application.read', '?default': 'application.submit' },
	'/(cardholder)/application': {
		GET: 'application.read',
		'?withdraw': 'application.withdraw',
		'?change': 'application.change',
		'?answer': 'application.change',
		'?object': 'application.object',
		'?code': 'offer.answer',
		'?accept': 'offer.answer',
		'?decline': 'offer.answer',
	},
	'/(cardholder)/agreement': {
		GET: 'agreement.read',
		'?send': 'agreement.sign',
		'?sign': 'agreement.sign',
		'?refuse': 'agreement.refuse',
	},
	'/(cardholder)/agreement/paper': { GET: 'agreement.read' },
	'/(cardholder)/agreement/letter': { GET: 'agreement.read' },
	'/(cardholder)/agreement/calendar': { GET: 'calendar.read', '?renew': 'calendar.renew' },
	'/(cardholder)/agreement/calendar/plan.ics': { GET: 'calendar.read' },
	'/(cardholder)/resume': { GET: 'kept_form.read', '?forget': 'kept_form.forget' },

	'/(cardholder)/security': {
		GET: 'passkey.read',
		'?add': 'passkey.change',
		'?rename': 'passkey.change',
		'?remove': 'passkey.change',
		'?decline': 'passkey.change',
		'?notify': 'notice.change',
		'?not_now': 'notice.change',
		'?stop': 'notice.change',
	},
	'/(cardholder)/security/passkey': { POST: 'passkey.change' },

	'/staff/enrol/[token]': { GET: 'staff.enrol', '?app': 'staff.enrol', '?passkey': 'staff.enrol' },
	'/staff/enrol/[token]/passkey': { POST: 'staff.enrol' },
	'/staff/sign-in': { GET: 'session.begin', '?password': 'session.begin', '?passkey': 'session.begin' },
	'/staff/sign-in/passkey': { POST: 'session.begin' },
	'/staff/sign-out': { POST: 'session.end' },
	'/staff/sign-out/everywhere': { POST: 'session.end' },
	'/staff/stay': { GET: 'session.extend', POST: 'session.extend' },

	'/(staff)/staff/resume': { GET: 'staff_kept_form.read', '?forget': 'staff_kept_form.forget' },
	'/(staff)/staff/security': {
		GET: 'staff_passkey.read',
		'?confirm': 'staff_passkey.change',
		'?add': 'staff_passkey.change',
		'?rename': 'staff_passkey.change',
		'?remove': 'staff_passkey.change',
	},
	'/(staff)/staff/security/passkey': { POST: 'staff_passkey.change' },
	'/(staff)/staff/security/confirm': { POST: 'staff_passkey.change' },
	'/(staff)/desk': { GET: 'queue.read', '?take': 'case.take' },
	'/(staff)/desk/[id]': {
		GET: 'case.read',
		'?propose': 'case.decide',
		'?requote': 'case.decide',
		'?revise': 'case.decide',
		'?decide': 'case.decide',
		'?ask': 'case.decide',
		'?refer': 'case.take',
		'?hold': 'case.take',
		'?end_hold': 'case.take',
		'?renew': 'case.take',
		'?again': 'case.take',
		'?put_back': 'case.take',
		'?send_back': 'case.decide',
		'?assign': 'case.assign',
		'?recall': 'case.assign',
		'?check': 'case.evidence',
		'?uncheck': 'case.evidence',
		'?pin': 'case.evidence',
	},
	'/(staff)/desk/[id]/evidence': { GET: 'case.evidence' },
	'/(staff)/desk/live': { GET: 'queue.read' },
	'/(staff)/desk/[id]/second': { GET: 'case.look_again', '?default': 'case.look_again' },
	'/(staff)/overview': { GET: 'overview.read' },
	'/(staff)/overview/[figure=figure].csv': { GET: 'overview.export' },
	'/(staff)/support': { GET: 'person.find', '?default': 'person.find' },
	'/(staff)/support/[id]': {
		GET: 'person.read',
		'?resend': 'person.help',
		'?screen': 'person.help',
		'?unlock': 'person.help',
	},
	'/(staff)/support/[id]/number': { GET: 'number.change', '?default': 'number.change' },
	'/(staff)/support/[id]/confirm-number': {
		GET: 'number.change',
		'?confirm': 'number.change',
		'?end': 'number.change',
	},
	'/(staff)/admin': {
		GET: 'staff.list',
		'?add': 'staff.change',
		'?renew': 'staff.change',
		'?disable': 'staff.change',
		'?knowledge': 'staff.change',
	},
	'/(staff)/admin/products': { GET: 'product.read' },
	'/(staff)/admin/products/[code]': { GET: 'product.read', '?retire': 'product.propose' },
	'/(staff)/admin/rules/[key]': {
		GET: 'desk_rule.read',
		'?propose': 'desk_rule.propose',
		'?publish': 'desk_rule.publish',
		'?reject': 'desk_rule.publish',
		'?withdraw': 'desk_rule.propose',
	},
	'/(staff)/admin/proposals/new': {
		GET: 'product.propose',
		'?preview': 'product.propose',
		'?propose': 'product.propose',
	},
	'/(staff)/admin/proposals/[id=uuid]': {
		GET: 'product.read',
		'?publish': 'product.publish',
		'?reject': 'product.publish',
		'?withdraw': 'product.propose',
	},
};

/**
 * The routes that answer about the whole bank, or by a secret of their own in the address: the database is asked by the
 * system, and not in the name of whoever asks.
 */
export const ASKED_BY_SYSTEM: readonly string[] = [
	'/readyz',
	'/metrics',
	'/dev/inbox',
	'/calendar/[token=token].ics',
	'/push/received',
];

/** A request as far as the tables know it; `action` is the name of the page's action that a POST means, "default" where it names none. */
export interface Asked {
	readonly route: string;
	readonly method: string;
	readonly action: string;
}

/**
 * What becomes of a request: let through, as what; or led to sign in; or refused because it stands in no table (`unknown`),
 * is no method of the route's (`method`), or is not for what this person is (`forbidden`).
 */
export type Verdict =
	| { readonly ok: true; readonly as: Who }
	| { readonly ok: false; readonly why: 'unknown' | 'method' | 'forbidden' | 'sign_in' | 'staff_sign_in' };

/** Decides from the tables alone. `signedIn` is what the person is besides a visitor, which everybody is. */
export function judge(asked: Asked, signedIn: readonly Who[], routes = ROUTES): Verdict {
	const entries = Object.hasOwn(routes, asked.route) ? routes[asked.route] : undefined;
	if (!entries) return { ok: false, why: 'unknown' };
	const action = entryOf(entries, asked);
	if (!action) return { ok: false, why: 'method' };
	const as = (['visitor', ...signedIn] as const).find((who) => may(who, action));
	if (as) return { ok: true, as };
	if (may('cardholder', action)) return { ok: false, why: 'sign_in' };
	const isStaff = signedIn.some((who) => who !== 'visitor' && who !== 'cardholder');
	return { ok: false, why: isStaff || whoMay(action).length === 0 ? 'forbidden' : 'staff_sign_in' };
}

function entryOf(entries: Entries, { method, action }: Asked): Action | undefined {
	const own = (key: string) => (Object.hasOwn(entries, key) ? entries[key] : undefined);
	if (method === 'POST') return own(`?${action}`) ?? own('POST');
	return own(method) ?? (method === 'HEAD' ? own('GET') : undefined);
}
