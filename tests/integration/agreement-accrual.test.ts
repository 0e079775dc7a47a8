import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { signAgreement } from '#lib/server/agreement/sign-agreement.ts';
import { useEnv } from '../support/access.ts';
import { makeApproved } from '../support/agreement.ts';
import { useDatabase } from '../support/database.ts';
import { codeFor, readOffered, signerOf } from '../support/offered-agreement.ts';
import { makeCardholder } from '../support/trip.ts';

const database = useDatabase();
const IP = '203.0.113.9';

beforeAll(() => useEnv());

test('what accrued until signing joins the first instalment; tomorrow is another document, and today’s cannot be signed then', async () => {
	const { db } = database;
	await sql`
		insert into product (code, version, terms)
		select 'accruing', 1, terms || '{"code": "accruing", "version": 1, "accrual": "first_instalment"}'
		from product where code = 'interest-free-instalments' and version = 1`.execute(db);
	const owner = await makeCardholder(db);
	await makeApproved(db, owner, { product: 'accruing', instalments: 12 });
	const [today, tomorrow] = ['2026-11-22', '2026-11-23'];
	const first = await readOffered(db, owner, { day: today });
	const second = await readOffered(db, owner, { day: tomorrow });
	expect(first.facts.accrued?.amount).toBeGreaterThan(0);
	expect(second.facts.accrued?.amount).toBeGreaterThan(first.facts.accrued?.amount ?? 0);
	expect(second.document.id).not.toBe(first.document.id);
	const code = await codeFor(db, owner, first.form, today);
	const late = await signAgreement(db, { signer: signerOf(owner, tomorrow), form: first.form, code, ip: IP });
	expect(late).toMatchObject({ refusal: 'document_changed' });
	const outcome = await signAgreement(db, { signer: signerOf(owner, today), form: first.form, code, ip: IP });
	expect(outcome).toEqual({ ok: true, isRepeat: false });
	const rows = await db
		.selectFrom('agreement_instalment')
		.select('accrued')
		.where('agreement_id', '=', first.agreement.id)
		.orderBy('number')
		.execute();
	expect(rows.map(({ accrued }) => accrued)).toEqual([first.facts.accrued?.amount, ...Array<number>(11).fill(0)]);
});
