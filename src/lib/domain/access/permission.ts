/** What staff are at the bank. Source of the rights: "Roles" of the interface. */
export type StaffRole = 'agent' | 'supervisor' | 'support' | 'admin';

/** What somebody can be to the portal. Everybody is a visitor; who has signed in is more than that. */
export type Who = 'visitor' | 'cardholder' | StaffRole;

const EVERYBODY: readonly Who[] = ['visitor', 'cardholder', 'agent', 'supervisor', 'support', 'admin'];
const OWNER: readonly Who[] = ['cardholder'];
const DESK: readonly Who[] = ['agent', 'supervisor'];
const STAFF: readonly Who[] = ['agent', 'supervisor', 'support', 'admin'];

/** Everything that is done in the portal, with who may do it; whether it is their own account or case is asked beside it. */
const MAY = {
	'start.read': EVERYBODY,
	'help.read': EVERYBODY,
	'language.choose': EVERYBODY,
	'health.read': EVERYBODY,
	'metrics.read': EVERYBODY,
	'demo_inbox.read': EVERYBODY,
	'link.open': EVERYBODY,
	'number.silence': EVERYBODY,
	'code.ask': EVERYBODY,
	'code.enter': EVERYBODY,
	'session.begin': EVERYBODY,
	'session.extend': EVERYBODY,
	'session.end': EVERYBODY,
	'staff.enrol': EVERYBODY,
	'calendar.subscribe': EVERYBODY,
	'notice.receive': EVERYBODY,

	'debt.read': OWNER,
	'account.choose': OWNER,
	'hardship.save': OWNER,
	'hardship.read': OWNER,
	'draft.keep': OWNER,
	'evidence.attach': OWNER,
	'evidence.arrange': OWNER,
	'evidence.remove': OWNER,
	'evidence.read_own': OWNER,
	'plan.compare': OWNER,
	'plan.choose': OWNER,
	'application.read': OWNER,
	'application.submit': OWNER,
	'application.withdraw': OWNER,
	'application.change': OWNER,
	'application.object': OWNER,
	'offer.answer': OWNER,
	'agreement.read': OWNER,
	'agreement.sign': OWNER,
	'agreement.refuse': OWNER,
	'calendar.read': OWNER,
	'calendar.renew': OWNER,
	'notice.change': OWNER,
	'passkey.read': OWNER,
	'passkey.change': OWNER,
	'kept_form.read': OWNER,
	'kept_form.forget': OWNER,

	'staff_area.read': STAFF,
	'staff_passkey.read': STAFF,
	'staff_passkey.change': STAFF,
	'staff_kept_form.read': STAFF,
	'staff_kept_form.forget': STAFF,
	'queue.read': DESK,
	'case.take': DESK,
	'case.read': DESK,
	'case.decide': DESK,
	'case.look_again': DESK,
	'case.assign': ['supervisor'],
	'case.evidence': DESK,
	'overview.read': ['supervisor'],
	'overview.export': ['supervisor'],
	'person.find': ['support'],
	'person.read': ['support'],
	'person.help': ['support'],
	'number.change': ['support'],
	'staff.list': ['admin'],
	'staff.change': ['admin'],
	'product.read': ['admin'],
	'product.propose': ['admin'],
	'product.publish': ['admin'],
	'desk_rule.read': ['admin'],
	'desk_rule.propose': ['admin'],
	'desk_rule.publish': ['admin'],
} as const satisfies Readonly<Record<string, readonly Who[]>>;

/** A deed by its name. */
export type Action = keyof typeof MAY;

/** Every deed there is. */
export const ACTIONS = Object.keys(MAY) as readonly Action[];

/** Whether somebody who is that may do it. */
export function may(who: Who, action: Action): boolean {
	return whoMay(action).includes(who);
}

/** Everybody who may do it. */
export function whoMay(action: Action): readonly Who[] {
	return MAY[action];
}

/** The deed that makes a page of the staff's menu worth showing. */
const AREAS: Readonly<Record<string, Action>> = {
	desk: 'queue.read',
	overview: 'overview.read',
	support: 'person.find',
	admin: 'staff.list',
	staff: 'staff_area.read',
};

/** Whether the role may be in the area, the first part of a staff page's path; nobody may be in one that is not listed. */
export function mayEnter(role: StaffRole, area: string): boolean {
	const action = Object.hasOwn(AREAS, area) ? AREAS[area] : undefined;
	return action !== undefined && may(role, action);
}

/** The page on which a role starts its day. */
export function homeOf(role: StaffRole): string {
	return { agent: '/desk', supervisor: '/desk', support: '/support', admin: '/admin' }[role];
}
