import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { today } from '#lib/server/clock.ts';
import { connect } from '#lib/server/db/connect.ts';
import { holdLock } from '#lib/server/db/hold-lock.ts';
import { isEmptyBook } from '#lib/server/db/pending-migrations.ts';
import { prepareDatabase } from '#lib/server/db/prepare-database.ts';
import { loadDemo } from '#lib/server/demo/load-demo.ts';
import { env } from '#lib/server/env.ts';
import { DATA } from './demo-environment.ts';

/** With what a member of the demo's staff signs in; the one-time code stands in the demo's inbox. */
export interface DemoStaff {
	readonly role: string;
	readonly login: string;
	readonly password: string;
}

const FILE = join(DATA, 'demo-staff.json');

/** There from before the demo book is loaded until it is whole: the book comes in by several transactions. */
const UNFINISHED = join(DATA, 'demo-unfinished');

/** Keeps the demo staff's passwords for the next start to print, once the book is whole; their owner alone may read them. */
export function keepDemoStaff(staff: readonly DemoStaff[]): void {
	const kept = staff.map(({ role, login, password }) => ({ role, login, password }));
	writeFileSync(FILE, `${JSON.stringify(kept, undefined, '\t')}\n`, { mode: 0o600 });
	rmSync(UNFINISHED, { force: true });
}

/** The demo staff that were kept; none where the book was not made here. */
export function readDemoStaff(): DemoStaff[] {
	try {
		return JSON.parse(readFileSync(FILE, 'utf8')) as DemoStaff[];
	} catch {
		return [];
	}
}

/**
 * Brings the embedded database up to date and, where it is empty, loads the demo book; so it does where an earlier start was
 * killed over that. The environment must be that of the demo.
 *
 * @param own from `openDemoEnvironment`: whether notes and the staff's passwords are kept under `.data/`
 */
export async function prepareDemo(own: boolean): Promise<DemoStaff[]> {
	// As the owner: the book is made of records that nobody else may empty or set back in time.
	const { databaseUrl: serving = '', migrateDatabaseUrl: connectionString = '' } = env();
	await prepareDatabase(connectionString, serving);
	return await holdLock(connectionString, 'demo', async () => {
		const db = connect({ connectionString, identity: 'system' });
		try {
			const unfinished = own && existsSync(UNFINISHED);
			if (!unfinished && !(await isEmptyBook(db))) return own ? readDemoStaff() : [];
			if (own) writeFileSync(UNFINISHED, '');
			const { staff } = await loadDemo(db, { today: today() });
			if (own) keepDemoStaff(staff);
			return [...staff];
		} finally {
			await db.destroy();
		}
	});
}
