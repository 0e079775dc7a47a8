import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { today } from '#lib/server/clock.ts';
import { verifyDatabase } from '#lib/server/verify/verify-database.ts';
import { useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import { makeOffered, makeSignedAgreement, readOffered } from '../support/offered-agreement.ts';

const database = useDatabase();

beforeAll(() => useEnv());

async function breaches(): Promise<string[]> {
	const found: string[] = [];
	for await (const { promise } of verifyDatabase(database.db, today())) found.push(promise);
	return found;
}

/** Who owns the tables can take the triggers away; what they then change must be found all the same. */
async function tamper(statement: string, id: string): Promise<void> {
	await database.owner.transaction().execute(async (trx) => {
		const switchTriggers = async (to: 'enable' | 'disable') => {
			for (const table of GUARDED) await sql.raw(`alter table ${table} ${to} trigger user`).execute(trx);
		};
		await switchTriggers('disable');
		await sql.raw(statement.replaceAll(':id', `'${id}'`)).execute(trx);
		await switchTriggers('enable');
	});
}

const GUARDED = ['agreement_document', 'agreement_signature', 'agreement_instalment', 'quote'];
const SIGNED = 'what was signed is as its seal says';
const ROWS = 'signed instalments are those of the approved terms';
const WORDS = "a document's hash is that of its words and figures";
const STATUS = 'an agreement is signed exactly where its status says so, at the instant that it names';
const CODE = 'what was signed is a document of the agreement, with a code that was sent for it and used';

/** Edits of a signed agreement, each by somebody with every right on the database, and what tells. */
const EDITS: readonly [name: string, statement: string, told: string][] = [
	[
		'a word of the text',
		`update agreement_document set content = jsonb_set(content, '{title}', '"协议"') where agreement_id = :id`,
		WORDS,
	],
	[
		'a word and its hash with it',
		`update agreement_document set content_hash = sha256('x') where agreement_id = :id`,
		SIGNED,
	],
	[
		'the bytes of the PDF',
		`update agreement_document set pdf = pdf || '\\x00' where agreement_id = :id`,
		'the bytes of a PDF are those that were hashed',
	],
	[
		'the bytes of the PDF and their hash with them',
		`update agreement_document set pdf = pdf || '\\x00', pdf_sha256 = sha256(pdf || '\\x00') where agreement_id = :id`,
		SIGNED,
	],
	[
		'the day of an instalment',
		`update agreement_instalment set due_on = due_on + 1 where agreement_id = :id and number = 3`,
		ROWS,
	],
	[
		'an amount added to the first',
		`update agreement_instalment set accrued = accrued + 1, total = total + 1 where agreement_id = :id and number = 1`,
		SIGNED,
	],
	['an instalment taken away', `delete from agreement_instalment where agreement_id = :id and number = 12`, ROWS],
	[
		'the moment',
		`update agreement_signature set signed_at = signed_at - interval '1 day' where agreement_id = :id`,
		STATUS,
	],
	[
		'the moment everywhere',
		`with s as (update agreement_signature set signed_at = signed_at - interval '1 day' where agreement_id = :id)
		update agreement set signed_at = signed_at - interval '1 day' where id = :id`,
		SIGNED,
	],
	['the address', `update agreement_signature set ip = '198.51.100.7' where agreement_id = :id`, SIGNED],
	['a consent', `update agreement_signature set consents = consents - 'no_new_card' where agreement_id = :id`, SIGNED],
	['the seal', `update agreement_signature set seal = sha256('x') where agreement_id = :id`, SIGNED],
	['the code that signed it', `update confirmation set used_at = null where subject_id = :id`, CODE],
	['what the code was for', `update confirmation set subject_hash = sha256('x') where subject_id = :id`, CODE],
	['the signature itself', `delete from agreement_signature where agreement_id = :id`, STATUS],
	[
		'that it was signed at all',
		`update agreement set status = 'expired', signed_at = null, ended_at = now() where id = :id`,
		STATUS,
	],
	[
		'the terms of the quote',
		`update quote set terms = jsonb_set(terms, '{rows,0,principal}', '"1.00"') where id = (select quote_id from agreement where id = :id)`,
		ROWS,
	],
];

test('a signed agreement and one that only was offered break no promise', async () => {
	await makeSignedAgreement(database.db);
	await makeSignedAgreement(database.db, 'en');
	await readOffered(database.db, await makeOffered(database.db));
	expect(await breaches()).toEqual([]);
});

test.each(EDITS)('whoever changes %s of a signed agreement is found out', async (_, statement, told) => {
	const { agreementId } = await makeSignedAgreement(database.db);
	const before = await breaches();
	await tamper(statement, agreementId);
	const after = await breaches();
	expect(after.length).toBeGreaterThan(before.length);
	expect(after.filter((promise) => promise === told).length).toBeGreaterThan(
		before.filter((promise) => promise === told).length,
	);
});

test('a signature and its documents refuse every change', async () => {
	const { agreementId } = await makeSignedAgreement(database.db);
	for (const table of ['agreement_document', 'agreement_signature', 'agreement_instalment']) {
		const change = sql.raw(`delete from ${table} where agreement_id = '${agreementId}'`).execute(database.owner);
		await expect(change, table).rejects.toThrow('append-only');
	}
});
