/** What staff are at the bank. Source of the rights: "Roles" of the interface. */
export type StaffRole = 'agent' | 'supervisor' | 'support' | 'admin';

/** The staff's areas, each with the roles that may be there; every page below an area follows it. */
const AREAS: Readonly<Record<string, readonly StaffRole[]>> = {
	desk: ['agent', 'supervisor'],
	overview: ['supervisor'],
	support: ['support'],
	admin: ['admin'],
	staff: ['agent', 'supervisor', 'support', 'admin'],
};

/** Whether the role may be in the area; nobody may be in one that is not listed. */
export function mayEnter(role: StaffRole, area: string): boolean {
	return AREAS[area]?.includes(role) ?? false;
}

/** The page on which a role starts its day. */
export function homeOf(role: StaffRole): string {
	return { agent: '/desk', supervisor: '/desk', support: '/support', admin: '/admin' }[role];
}
