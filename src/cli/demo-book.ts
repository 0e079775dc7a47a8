import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { today } from '#lib/server/clock.ts';
import { connect } from '#lib/server/db/connect.ts';
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

/** Keeps the demo staff's passwords for the next start to print; their owner alone may read them. */
export function keepDemoStaff(staff: readonly DemoStaff[]): void {
	const kept = staff.map(({ role, login, password }) => ({ role, login, password }));
	writeFileSync(FILE, `${JSON.stringify(kept, undefined, '\t')}\n`, { mode: 0o600 });
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
 * Brings the embedded database up to date and, where it is empty, loads the demo book.
 * The environment must be that of the demo.
 *
 * @param own from `openDemoEnvironment`: whether the staff's passwords are kept under `.data/`
 */
export async function prepareDemo(own: boolean): Promise<DemoStaff[]> {
	const connectionString = env().databaseUrl ?? '';
	await prepareDatabase(connectionString);
	const db = connect({ connectionString });
	try {
		if (!(await isEmptyBook(db))) return own ? readDemoStaff() : [];
		const { staff } = await loadDemo(db, { today: today() });
		if (own) keepDemoStaff(staff);
		return [...staff];
	} finally {
		await db.destroy();
	}
}
