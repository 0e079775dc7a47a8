import { type Command, InvalidArgumentError } from 'commander';
import { type AuditAnchor, readAuditHead } from '#lib/server/audit/verify-audit.ts';
import { today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { evidenceStorage } from '#lib/server/evidence/storage.ts';
import { verifyDatabase } from '#lib/server/verify/verify-database.ts';
import { verifyStorage } from '#lib/server/verify/verify-storage.ts';
import { print, refuse } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

export function addVerify(program: Command): void {
	program
		.command('verify')
		.description(
			'check every promise on the live database: states, owners, messages, quotes, agreements, sums, the audit chain, stored evidence',
		)
		.option(
			'--anchor <number:hash>',
			'an end of the audit chain that was written down before; it must still be in the chain',
			readAnchor,
		)
		.action(({ anchor }: { anchor?: AuditAnchor }) => withDatabase((db) => verify(db, anchor)));
}

async function verify(db: Db, anchor: AuditAnchor | undefined): Promise<void> {
	let breaches = 0;
	for (const checked of [verifyDatabase(db, today(), anchor), verifyStorage(db, evidenceStorage())]) {
		for await (const { promise, record } of checked) {
			breaches += 1;
			refuse(`${record}: broken is "${promise}"`);
		}
	}
	if (breaches > 0) refuse(`${String(breaches)} breaches`);
	else await print('Every promise is kept.\n');
	const { number, hash } = await readAuditHead(db);
	await print(`The audit chain ends at ${String(number)}:${hash.toString('hex')}\n`);
}

function readAnchor(text: string): AuditAnchor {
	const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
	if (number === undefined || hash === undefined)
		throw new InvalidArgumentError('It is NUMBER:HASH as verify prints it.');
	return { number: Number(number), hash: Buffer.from(hash, 'hex') };
}
