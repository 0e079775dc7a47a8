import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Day } from '#lib/domain/day.ts';
import { createAccessLink } from '#lib/server/access/create-access-link.ts';
import { readPolicyBook } from '#lib/server/account/account-state.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { daytimeZone } from '#lib/server/demo/daytime-zone.ts';
import { emptyDatabase } from '#lib/server/demo/demo.repository.ts';
import { addDemoStaff, type DemoStaff } from '#lib/server/demo/demo-staff.ts';
import { makeAgreements } from '#lib/server/demo/make-agreements.ts';
import { makeBook } from '#lib/server/demo/make-book.ts';
import { makeApplications } from '#lib/server/demo/make-applications.ts';
import { type DemoAccount, type DemoCustomer, writeBook } from '#lib/server/demo/write-book.ts';
import { env } from '#lib/server/env.ts';
import { evidenceStorage } from '#lib/server/evidence/storage.ts';
import { importFolder } from '#lib/server/import/import-folder.ts';

/** The demo as it was made: who works there, and with whom to begin. */
export interface Demo {
	readonly staff: readonly DemoStaff[];
	readonly customers: readonly DemoCustomer[];
	/** The persons to try first: one in each language, in arrears for two months and something. */
	readonly first: readonly DemoCustomer[];
}

/**
 * Makes the demo afresh, relative to today: whatever the database held but its rules is gone, the book comes in as a
 * bank's files would, staff of every role can sign in, applications stand on the desk, plans are being kept and links are on their way. Throws in production.
 */
export async function loadDemo(db: Db, { today }: { readonly today: Day }): Promise<Demo> {
	if (env().mode === 'production') throw new Error('the demo is not made in production');
	const storage = evidenceStorage();
	await Promise.all((await emptyDatabase(db)).map((key) => storage.remove(key)));
	const policies = await readPolicyBook(db);
	const customers = makeBook({ today, policies, timeZone: daytimeZone(now()) });
	await importBook(db, customers);
	const staff = await addDemoStaff(db);
	await makeApplications(db, { customers, staff, today });
	await makeAgreements(db, { customers, staff, today });
	const first = customers.slice(0, 2);
	await sendLinks(db, [
		...customers.filter(({ accounts }) => accounts.some(isReminded)).slice(-8),
		...first.toReversed(),
	]);
	return { staff, customers, first };
}

/** Late, and no plan was signed: while one is kept, nobody is reminded. */
function isReminded({ bucket, agreedDaysAgo }: DemoAccount): boolean {
	return bucket !== 'M0' && agreedDaysAgo === undefined;
}

/** The last one's message is the newest, and stands on top of the inbox. */
async function sendLinks(db: Db, customers: readonly DemoCustomer[]): Promise<void> {
	const actor = { kind: 'command', id: null } as const;
	for (const { accountId } of customers.flatMap(({ accounts }) => accounts.filter(isReminded))) {
		await db.transaction().execute((trx) => createAccessLink(trx, { accountId, actor, template: 'reminder' }));
	}
}

/** Through the same door as a bank's own files, so that it is tried each time. */
async function importBook(db: Db, customers: readonly DemoCustomer[]): Promise<void> {
	const directory = await mkdtemp(join(tmpdir(), 'portal-demo-'));
	try {
		await writeBook(directory, customers);
		const outcome = await importFolder(db, { directory, actor: { kind: 'command', id: null } });
		const faulty = outcome.ok ? outcome.files.filter((file) => !file.ok) : [outcome];
		if (faulty.length > 0) throw new Error(`the demo's own files were refused: ${JSON.stringify(faulty)}`);
	} finally {
		await rm(directory, { recursive: true });
	}
}
