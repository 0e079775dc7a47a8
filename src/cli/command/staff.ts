import { type Command, Option } from 'commander';
import type { StaffRole } from '#lib/domain/access/permission.ts';
import { addStaff as addStaffMember } from '#lib/server/staff/add-staff.ts';
import { print, refuse } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

const ROLES: readonly StaffRole[] = ['agent', 'supervisor', 'support', 'admin'];

const REFUSALS = {
	login_malformed:
		'is no login: 2 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
	login_taken: 'is taken',
	name_missing: 'needs a name',
} as const;

interface Options {
	readonly login: string;
	readonly name: string;
	readonly role: StaffRole;
}

export function addStaff(program: Command): void {
	program
		.command('staff')
		.description('the people who work at the bank')
		.command('add')
		.description('add a member of staff and print their one-time enrolment link, good for seven days')
		.requiredOption('--login <NAME>', 'with which they sign in')
		.requiredOption('--name <TEXT>', 'as colleagues see it')
		.addOption(new Option('--role <ROLE>', 'what they may do').choices(ROLES).makeOptionMandatory())
		.action((options: Options) =>
			withDatabase(
				async (db) => {
					const outcome = await addStaffMember(db, options);
					if (!outcome.ok) return refuse(`staff ${options.login}: ${REFUSALS[outcome.refusal]}`);
					await print(`${outcome.url}\n`);
				},
				['ORIGIN', 'SECRET_KEY'],
			),
		);
}
