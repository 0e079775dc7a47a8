import type { StaffRole } from '#lib/domain/access/permission.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { enrolDemoStaff } from '#lib/server/staff/enrol-demo-staff.ts';

/** With what a member of the demo's staff signs in. */
export interface DemoStaff {
	readonly staffId: string;
	readonly login: string;
	readonly name: string;
	readonly role: StaffRole;
	readonly password: string;
	/** In base32, as an authenticator app takes it. */
	readonly totpSecret: string;
}

/** Known to everybody who reads this, which is why they exist in the demo alone. */
const STAFF = [
	{
		login: 'lin',
		name: '林岚',
		role: 'agent',
		password: 'green-tea-at-nine',
		totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
	},
	{
		login: 'omar',
		name: 'Omar Haddad',
		role: 'agent',
		password: 'window-by-the-river',
		totpSecret: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU',
	},
	{
		login: 'fang',
		name: '方敏',
		role: 'supervisor',
		password: 'second-pair-of-eyes',
		totpSecret: 'MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK',
	},
	{
		login: 'qiao',
		name: '乔一',
		role: 'support',
		password: 'how-may-we-help-you',
		totpSecret: 'NNWG23TPOBYXE43UNNWG23TPOBYXE43U',
	},
	{
		login: 'noor',
		name: 'Noor Aziz',
		role: 'support',
		password: 'call-back-and-confirm',
		totpSecret: 'MNQWY3BNMJQWG2ZNMNQWY3BNMJQWG2ZN',
	},
	{
		login: 'ines',
		name: 'Ines Moreau',
		role: 'admin',
		password: 'rules-are-only-data',
		totpSecret: 'ONSWG4TFOQWWW2LEONSWG4TFOQWWW2LE',
	},
	{
		login: 'hai',
		name: '海若',
		role: 'admin',
		password: 'two-keys-for-one-lock',
		totpSecret: 'OR3W6IDLMV4XGIDPNZSSA3DPMNVSA3DP',
	},
] as const satisfies readonly Omit<DemoStaff, 'staffId'>[];

export type DemoLogin = (typeof STAFF)[number]['login'];

/** Adds and enrols the demo's staff, each on the way that a person takes. */
export async function addDemoStaff(db: Db): Promise<DemoStaff[]> {
	return Promise.all(STAFF.map(async (staff) => ({ ...staff, ...(await enrolDemoStaff(db, staff)) })));
}
