import type { StaffRole } from '#lib/domain/access/permission.ts';
import { type Skill, SKILLS } from '#lib/domain/review/queue-policy.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { listStaffRows } from '#lib/server/staff/staff.repository.ts';

/** A member of staff in the administrators' list; nothing that one signs in with. */
export interface StaffListed {
	readonly id: string;
	readonly login: string;
	readonly name: string;
	readonly role: StaffRole;
	readonly state: 'invited' | 'active' | 'disabled';
	/** Since when they are in that state. */
	readonly since: Date;
	/** In which they read applications, by tag. */
	readonly languages: readonly string[];
	/** What they are practised in. */
	readonly skills: readonly Skill[];
}

/** Everybody who works or worked here: those who may sign in first, by login. */
export async function listStaff(db: Db): Promise<StaffListed[]> {
	const rows = await listStaffRows(db);
	return rows.map(({ id, login, name, role, createdAt, enrolledAt, disabledAt, languages, skills }) => ({
		id,
		login,
		name,
		role,
		state: disabledAt ? 'disabled' : enrolledAt ? 'active' : 'invited',
		since: disabledAt ?? enrolledAt ?? createdAt,
		languages,
		skills: SKILLS.filter((skill) => skills.includes(skill)),
	}));
}
