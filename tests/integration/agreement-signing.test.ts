import { beforeAll, expect, test } from 'vitest';
import type { PaperBlock } from '#lib/domain/agreement/paper.ts';
import { openAgreementPdf, readAgreement } from '#lib/server/agreement/read-agreement.ts';
import { refuseAgreement } from '#lib/server/agreement/refuse-agreement.ts';
import { sendSigningCode } from '#lib/server/agreement/send-signing-code.ts';
import { signAgreement } from '#lib/server/agreement/sign-agreement.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { now, today } from '#lib/server/clock.ts';
import { otherCode, useEnv } from '../support/access.ts';
import { useDatabase } from '../support/database.ts';
import {
	ALL_CONSENTS,
	codeFor,
	makeOffered,
	makeSignedAgreement,
	readOffered,
	signerOf,
} from '../support/offered-agreement.ts';
import { readPdf } from '../support/pdf-text.ts';

const database = useDatabase();
const IP = '203.0.113.9';

beforeAll(() => useEnv());

/** Everything that signing would have written. */
async function tracesOf(agreementId: string) {
	const { db } = database;
	const { status, signed_at, calendar_seed } = await db
		.selectFrom('agreement')
		.select(['status', 'signed_at', 'calendar_seed'])
		.where('id', '=', agreementId)
		.executeTakeFirstOrThrow();
	const counted = async (table: 'agreement_signature' | 'agreement_instalment') =>
		(await db.selectFrom(table).select('agreement_id').where('agreement_id', '=', agreementId).execute()).length;
	const events = await db
		.selectFrom('agreement_event')
		.select('kind')
		.where('agreement_id', '=', agreementId)
		.orderBy('id')
		.execute();
	const messages = await db
		.selectFrom('outbox_message')
		.select('template')
		.where('dedupe_key', '=', `agreement_signed:${agreementId}`)
		.execute();
	const audit = await db.selectFrom('audit_log').select('action').where('subject_id', '=', agreementId).execute();
	return {
		status,
		hasCalendar: calendar_seed !== null,
		isDated: signed_at !== null,
		signatures: await counted('agreement_signature'),
		instalments: await counted('agreement_instalment'),
		events: events.map(({ kind }) => kind),
		messages: messages.length,
		audited: audit.filter(({ action }) => action === 'agreement.signed').length,
	};
}

const UNSIGNED = {
	status: 'offered',
	hasCalendar: false,
	isDated: false,
	signatures: 0,
	instalments: 0,
	events: ['offered'],
	messages: 0,
	audited: 0,
};

test('an approval puts an agreement before the cardholder, whose document is drawn once for each language', async () => {
	const { db } = database;
	const owner = await makeOffered(db);
	const first = await readOffered(db, owner);
	const again = await readOffered(db, owner);
	expect(again.document.id).toBe(first.document.id);
	expect(first.binding).toBeUndefined();
	const english = await readOffered(db, owner, { locale: 'en' });
	expect(english.binding?.id).toBe(first.document.id);
	expect(JSON.stringify(english.document.paper)).toContain(first.document.contentHash.toString('hex'));
	const rows = await db
		.selectFrom('agreement_document')
		.select('locale')
		.where('agreement_id', '=', first.agreement.id)
		.execute();
	expect(rows.map(({ locale }) => locale).sort()).toEqual(['en', 'zh-CN']);
	expect(await tracesOf(first.agreement.id)).toEqual(UNSIGNED);
});

test('with the code everything is written together; twice at once signs once, and a second tap is the first', async () => {
	const { db } = database;
	const owner = await makeOffered(db);
	const { form, agreement, facts } = await readOffered(db, owner);
	const order = { signer: signerOf(owner), form, code: await codeFor(db, owner, form), ip: IP };
	const outcomes = await Promise.all([1, 2, 3].map(() => signAgreement(db, order)));
	expect(outcomes.filter((outcome) => outcome.ok && !outcome.isRepeat)).toHaveLength(1);
	expect(outcomes.every(({ ok }) => ok)).toBe(true);
	expect(await tracesOf(agreement.id)).toEqual({
		status: 'active',
		hasCalendar: true,
		isDated: true,
		signatures: 1,
		instalments: 12,
		events: ['offered', 'signed'],
		messages: 1,
		audited: 1,
	});
	const kept = await db
		.selectFrom('agreement_instalment')
		.select(['due_on', 'total'])
		.where('agreement_id', '=', agreement.id)
		.orderBy('number')
		.execute();
	expect(kept).toEqual(facts.rows.map(({ dueDate, total }) => ({ due_on: dueDate, total })));
	expect(
		await readAgreement(db, { owner: signerOf(owner).owner, locale: 'en', today: today(), at: now() }),
	).toMatchObject({
		view: 'signed',
		document: { locale: 'zh-CN' },
	});
});

test('nothing is signed without the code, with a wrong one, without every consent, too late or by another', async () => {
	const { db } = database;
	const owner = await makeOffered(db);
	const { form, agreement } = await readOffered(db, owner);
	const signer = signerOf(owner);
	const sign = (changes: object) => signAgreement(db, { signer, form, code: '123456', ip: IP, ...changes });
	expect(await sign({})).toMatchObject({ refusal: 'over' });
	const code = await codeFor(db, owner, form);
	expect(await sign({ code: otherCode(code) })).toMatchObject({ refusal: 'wrong', triesLeft: 4 });
	for (const left of ALL_CONSENTS) {
		const consents = ALL_CONSENTS.filter((consent) => consent !== left);
		expect(await sign({ code, form: { ...form, consents } })).toEqual({
			ok: false,
			refusal: 'consent_missing',
			missing: [left],
		});
	}
	expect(await sign({ code, signer: { ...signer, at: agreement.signBy } })).toMatchObject({ refusal: 'too_late' });
	const other = await makeOffered(db);
	expect(await sign({ code, signer: signerOf(other) })).toMatchObject({ refusal: 'not_found' });
	expect(await tracesOf(agreement.id)).toEqual(UNSIGNED);
	expect(await sign({ code })).toEqual({ ok: true, isRepeat: false });
});

test('a code for one text signs no other, and a text that is not of today is shown again with what changed', async () => {
	const { db } = database;
	const owner = await makeOffered(db);
	const before = await readOffered(db, owner);
	const code = await codeFor(db, owner, before.form);
	await db.updateTable('cardholder').set({ name: '王晓明' }).where('id', '=', owner.cardholderId).execute();
	expect(await signAgreement(db, { signer: signerOf(owner), form: before.form, code, ip: IP })).toEqual({
		ok: false,
		refusal: 'document_changed',
		changes: [{ before: '乙方（持卡人） 王小明', after: '乙方（持卡人） 王晓明' }],
	});
	const { form } = await readOffered(db, owner);
	expect(form.documentHash).not.toBe(before.form.documentHash);
	expect(await signAgreement(db, { signer: signerOf(owner), form, code, ip: IP })).toMatchObject({ refusal: 'over' });
	expect(await tracesOf(before.agreement.id)).toEqual(UNSIGNED);
});

test('while the account is being checked there is nothing to sign', async () => {
	const { db } = database;
	const owner = await makeOffered(db);
	const { form } = await readOffered(db, owner);
	await db
		.insertInto('import_rejection')
		.values({
			import_run_id: await importRun(),
			file: 'postings.csv',
			line: 2,
			row_key: 'P-bad',
			reason: 'bad date',
			account_id: owner.accountId,
		})
		.execute();
	const read = await readAgreement(db, { owner: signerOf(owner).owner, locale: 'en', today: today(), at: now() });
	expect(read.view).toBe('being_checked');
	expect(await sendSigningCode(db, { signer: signerOf(owner), form })).toEqual({ ok: false, refusal: 'being_checked' });
});

test('what is posted after the approval changes no figure of the agreement, and its reader is told', async () => {
	const { db } = database;
	const owner = await makeOffered(db);
	const before = await readOffered(db, owner);
	expect(before.postedSince).toBe(false);
	await db
		.insertInto('posting')
		.values({ account_id: owner.accountId, id: 'paid', posted_on: today(), kind: 'payment', amount: 50_000 })
		.execute();
	const after = await readOffered(db, owner);
	expect(after.postedSince).toBe(true);
	expect(after.form).toEqual(before.form);
});

test('a refusal ends the agreement and leaves the application approved; another can be begun', async () => {
	const { db } = database;
	const owner = await makeOffered(db);
	const { agreement, form } = await readOffered(db, owner);
	const code = await codeFor(db, owner, form);
	const refusal = { owner: signerOf(owner).owner, agreementId: agreement.id, today: today(), at: now() };
	const other = await makeOffered(db);
	expect(await refuseAgreement(db, { ...refusal, owner: other })).toEqual({ ok: false, refusal: 'not_found' });
	expect(await refuseAgreement(db, refusal)).toEqual({ ok: true });
	expect(await refuseAgreement(db, refusal)).toEqual({ ok: true });
	expect(await signAgreement(db, { signer: signerOf(owner), form, code, ip: IP })).toMatchObject({
		refusal: 'not_offered',
	});
	const typed = { reason: 'unemployment', circumstances: '', budget: {} };
	expect(await saveHardship(db, { owner: refusal.owner, form: typed, locale: 'zh-CN', at: now() })).toMatchObject({
		ok: true,
	});
});

test('in the PDF stands every word and figure of the page, in a type that comes along', async () => {
	const { db } = database;
	const { document, cardholderId, accountId } = await makeSignedAgreement(db);
	const opened = await openAgreementPdf(db, { owner: { cardholderId, accountId }, hash: null });
	const { text, embeddedFonts, namedFonts } = readPdf(opened?.pdf ?? Buffer.alloc(0));
	expect(embeddedFonts).toBe(1);
	expect(namedFonts.every((name) => name.endsWith('NotoSansSC-Regular'))).toBe(true);
	expect(text).not.toContain('�');
	const squeezed = text.replaceAll(/\s/g, '');
	for (const words of document.paper.blocks.flatMap(wordsOf)) expect(squeezed).toContain(words.replaceAll(/\s/g, ''));
	const info = opened?.pdf.toString('latin1') ?? '';
	expect(info).not.toContain(Buffer.from('王小明', 'utf16le').swap16().toString('latin1'));
	const other = await makeOffered(db);
	const hash = document.contentHash.toString('hex');
	expect(await openAgreementPdf(db, { owner: other, hash })).toBeUndefined();
});

function wordsOf(block: PaperBlock): readonly string[] {
	if (block.kind === 'facts') return block.items.flatMap(({ term, value }) => [term, value]);
	if (block.kind === 'table') return [block.head, ...block.rows].flat();
	return block.kind === 'list' ? block.items : [block.text];
}

async function importRun(): Promise<string> {
	const run = { started_at: now(), finished_at: now(), outcome: 'loaded', counts: '{}' } as const;
	const { id } = await database.db.insertInto('import_run').values(run).returning('id').executeTakeFirstOrThrow();
	return id;
}
