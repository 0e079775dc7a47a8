/** Who sends a canary: somebody unknown, a cardholder or a member of staff who is signed in. */
export type Sender = 'stranger' | 'cardholder' | 'staff';

/** A value of the kind that no log and no job may hold, and the request by which a walk gives it to the server. */
export interface Canary {
	readonly value: string;
	readonly by: Sender;
	/** The address; `{}` stands for the value. */
	readonly to: string;
	/** The field of a form that is posted, or what carries the value instead; without either it stands in the address. */
	readonly field?: string;
	readonly as?: 'cookie' | 'header' | 'json' | 'multipart' | 'broken-multipart' | 'file-name' | 'file';
	readonly name?: string;
}

const text = (n: number, words = '') => `${words}Canary${String(n)}-${(n * 7_919_573).toString(36)}Qx`;
const token = (n: number) =>
	`cAnArY${String(n).padStart(2, '0')}_${(n * 104_729_837).toString(36).padEnd(13, 'z').slice(0, 13)}`;
const phone = (n: number) => `+86139${String(70_551_900 + n)}`;
const amount = (n: number) => `${String(618_200 + n * 37)}.${String(10 + n)}`;

const stranger = (value: string, to: string, rest: Partial<Canary> = {}): Canary => ({
	value,
	by: 'stranger',
	to,
	...rest,
});
const own = (value: string, to: string, rest: Partial<Canary> = {}): Canary => ({
	value,
	by: 'cardholder',
	to,
	...rest,
});
const staff = (value: string, to: string, rest: Partial<Canary> = {}): Canary => ({ value, by: 'staff', to, ...rest });

/** Tokens, codes, names, numbers, digits of identity, amounts, words, files' names, notes, searches: fifty of them. */
export const CANARIES: readonly Canary[] = [
	// Tokens and what stands in addresses.
	stranger(token(1), '/l/{}'),
	stranger(token(2), `/l/${token(2).slice(0, 21)}?then={}`),
	stranger(token(3), '/calendar/{}.ics'),
	stranger(token(4), '/staff/enrol/{}'),
	stranger(token(5), '/debt', { as: 'cookie', name: 'session' }),
	stranger(token(6), '/desk', { as: 'cookie', name: 'staff-session' }),
	stranger(token(7), '/l', { as: 'cookie', name: 'link' }),
	stranger(token(8), '/resume', { as: 'cookie', name: 'kept' }),
	stranger(text(9), '/no-such-page/{}'),
	stranger(text(10), '/?utm={}'),
	stranger(text(11), '/%E0%A4%A{}'),
	stranger(text(12), '/sign-in/__data.json?x={}'),
	// What strangers send along.
	stranger(text(13), '/', { as: 'header', name: 'user-agent' }),
	stranger(`https://elsewhere.example/${text(14)}`, '/sign-in', { as: 'header', name: 'referer' }),
	stranger(`https://${text(15).toLowerCase()}.example`, '/sign-in', { as: 'header', name: 'origin', field: 'phone' }),
	stranger(text(16), '/sign-in', { as: 'json' }),
	stranger(text(17), '/sign-in', { as: 'broken-multipart' }),
	// At the door: numbers, codes, digits.
	stranger(phone(18), '/sign-in', { field: 'phone' }),
	stranger(`${phone(19)}\u0000`, '/sign-in', { field: 'phone' }),
	stranger('62170098'.padEnd(16, '7'), '/sign-in', { field: 'card_last4' }),
	stranger(text(21), '/sign-in/code?/enter', { field: 'code' }),
	stranger('44030619880229731X', '/sign-in/code?/enter', { field: 'id_last4' }),
	stranger(text(23), '/staff/sign-in', { field: 'login' }),
	stranger(text(24), '/staff/sign-in', { field: 'password' }),
	stranger('7309154826', '/staff/sign-in', { field: 'code' }),
	stranger(text(26, '//'), '/language', { field: 'back' }),
	// What cardholders write, with what a database does not take.
	own(text(27, '住院三周 '), '/hardship', { field: 'circumstances' }),
	own(`${text(28)}\u0000`, '/hardship', { field: 'circumstances' }),
	own(amount(29), '/hardship', { field: 'wages' }),
	own(amount(30), '/hardship', { field: 'housing' }),
	own(`${amount(31)}\u0000`, '/hardship', { field: 'food' }),
	own(text(32), '/hardship', { field: 'reason' }),
	own(amount(33), '/plans?monthly={}'),
	own(text(34), '/plans?/choose', { field: 'product' }),
	own(text(35, '诊断证明 '), '/documents?/attach&kind=medical_record', { as: 'file-name' }),
	own(text(36), '/documents?/attach&kind=medical_record', { as: 'file' }),
	own(text(37), '/documents?/remove', { field: 'evidence' }),
	own(text(38), '/documents/{}'),
	own(text(39, '每月还不起 '), '/application?/decline', { field: 'words' }),
	own(text(40), '/agreement?/sign', { field: 'code' }),
	own(text(41), '/check', { field: 'version' }),
	own(text(42), '/debt?/choose', { field: 'account' }),
	own(text(43, '我的手机 '), '/security?/rename', { field: 'name' }),
	// What staff write and search.
	staff(text(44, '王小'), '/support', { field: 'search' }),
	staff(phone(45), '/support', { field: 'search' }),
	staff(`${text(46)}\u0000`, '/support', { field: 'search' }),
	staff(text(47), '/support/{}'),
	staff(text(48), '/support/%00{}'),
	staff(text(49), '/desk/{}?/put_back', { field: 'put_back_note' }),
	staff(text(50, '很抱歉 '), '/desk/00000000-0000-4000-8000-000000000000?/decide', { field: 'words' }),
];
