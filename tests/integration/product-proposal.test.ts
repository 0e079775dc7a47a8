import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { now } from '#lib/server/clock.ts';
import { answerProposal } from '#lib/server/product/answer-proposal.ts';
import { findVersionedProduct, listProducts } from '#lib/server/product/list-products.ts';
import { proposeRetirement, proposeVersion } from '#lib/server/product/propose-change.ts';
import { listOfferedProducts } from '#lib/server/plan/read-products.ts';
import { useDatabase } from '../support/database.ts';
import { newestTerms, proposeChange, publishChange } from '../support/product.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();
let ines = '';
let hai = '';

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	ines = await makeStaff(database.db, 'ines', 'admin');
	hai = await makeStaff(database.db, 'hai', 'admin');
	// Products of the tests' own, for those of the migrations go on to new versions.
	await sql`
		insert into product (code, version, terms)
		select own, 1, terms || jsonb_build_object('code', own, 'version', 1)
		from product, unnest(array['plan-a', 'plan-b', 'plan-c', 'plan-d', 'plan-e']) own
		where code = 'personal-instalments' and version = 1`.execute(database.db);
});

const offered = async (code: string) => (await listOfferedProducts(database.db)).filter((one) => one.code === code);
const audited = async (code: string) => {
	const rows = await database.db
		.selectFrom('audit_log')
		.select(['action', 'actor_id'])
		.where('subject_kind', '=', 'product')
		.where('subject_id', '=', code)
		.orderBy('id')
		.execute();
	return rows.map(({ action, actor_id: actor }) => [action, actor]);
};

test('a version is published by a second person, replaces the one before, and changes nothing of that', async () => {
	const code = 'plan-a';
	const [before] = await offered(code);
	const proposalId = await proposeChange(
		database.db,
		{ staffId: ines, code, baseVersion: 1 },
		{ periodicRate: '0.003' },
	);
	expect((await listProducts(database.db)).proposals).toMatchObject([{ id: proposalId, proposerName: 'ines' }]);
	expect((await offered(code))[0]?.version).toBe(1);
	for (const answer of ['published', 'rejected'] as const) {
		const own = await answerProposal(database.db, { staffId: ines, proposalId, answer, note: 'Mine.' });
		expect(own).toEqual({ ok: false, refusal: 'own_proposal' });
	}
	const published = { staffId: hai, proposalId, answer: 'published', note: 'Agreed.' } as const;
	expect(await answerProposal(database.db, published)).toEqual({ ok: true, code });
	expect(await offered(code)).toMatchObject([{ version: 2, periodicRate: { numerator: 3, denominator: 1000 } }]);
	const found = await findVersionedProduct(database.db, code);
	expect(found?.versions.map(({ retiredAt }) => retiredAt !== null)).toEqual([false, true]);
	expect(found?.versions[1]?.product).toEqual(before);
	expect(found?.versions[1]?.retiredAt).toEqual(found?.versions[0].publishedAt);
	expect(await answerProposal(database.db, published)).toEqual({ ok: false, refusal: 'closed' });
	expect(await audited(code)).toEqual([
		['product.proposed', ines],
		['product.published', hai],
	]);
});

test('the database itself refuses the consent of whoever proposed', async () => {
	const code = 'plan-c';
	const id = await proposeChange(database.db, { staffId: ines, code, baseVersion: 1 }, { validityDays: 10 });
	const answer = (status: string, by: string) =>
		sql`update product_proposal set status = ${status}, decided_by = ${by}, decided_at = ${now()} where id = ${id}`;
	await expect(answer('published', ines).execute(database.db)).rejects.toThrow('product_proposal_check');
	await expect(answer('rejected', ines).execute(database.db)).rejects.toThrow('product_proposal_check');
	await expect(answer('withdrawn', hai).execute(database.db)).rejects.toThrow('product_proposal_check');
	const withdrawn = { proposalId: id, answer: 'withdrawn', note: '' } as const;
	expect(await answerProposal(database.db, { ...withdrawn, staffId: hai })).toEqual({
		ok: false,
		refusal: 'not_yours',
	});
	expect(await answerProposal(database.db, { ...withdrawn, staffId: ines })).toEqual({ ok: true, code });
	expect((await offered(code))[0]?.version).toBe(1);
	expect(await audited(code)).toEqual([
		['product.proposed', ines],
		['product.proposal_withdrawn', ines],
	]);
});

test('one proposal of a product waits at a time, on the version that is the newest', async () => {
	const code = 'plan-b';
	const terms = await newestTerms(database.db, code, { cureDays: 20 });
	const form = { staffId: ines, code, baseVersion: 1, note: 'Longer cure.', terms };
	expect(await proposeVersion(database.db, { ...form, note: ' ' })).toEqual({ ok: false, refusal: 'why_missing' });
	const both = await Promise.all([proposeVersion(database.db, form), proposeVersion(database.db, form)]);
	expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
	expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: 'already_proposed' });
	const stale = { ...form, baseVersion: 7 };
	expect(await proposeVersion(database.db, stale)).toEqual({ ok: false, refusal: 'outdated' });
	expect(await proposeVersion(database.db, { ...form, baseVersion: null })).toEqual({
		ok: false,
		refusal: 'code_taken',
	});
	// Another version came in past the proposals, as a migration's would.
	await sql`
		with old as (update product set retired_at = now() where code = ${code} returning terms)
		insert into product (code, version, terms) select ${code}, 2, terms from old`.execute(database.db);
	const proposalId = both.flatMap((one) => (one.ok ? [one.proposalId] : []))[0] ?? '';
	const answer = { staffId: hai, proposalId, note: 'Too late.' };
	expect(await answerProposal(database.db, { ...answer, answer: 'published' })).toEqual({
		ok: false,
		refusal: 'outdated',
	});
	expect((await offered(code))[0]?.version).toBe(2);
	expect(await answerProposal(database.db, { ...answer, answer: 'rejected' })).toEqual({ ok: true, code });
	expect(await audited(code)).toEqual([
		['product.proposed', ines],
		['product.proposal_rejected', hai],
	]);
});

test('two publications at once publish one version', async () => {
	const code = 'plan-e';
	const proposalId = await proposeChange(database.db, { staffId: ines, code, baseVersion: 1 }, { cureDays: 10 });
	const third = await makeStaff(database.db, 'paz', 'admin');
	const answers = await Promise.all(
		[hai, third, hai].map((staffId) =>
			answerProposal(database.db, { staffId, proposalId, answer: 'published', note: '' }),
		),
	);
	expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await offered(code)).toMatchObject([{ version: 2, cureDays: 10 }]);
	expect((await findVersionedProduct(database.db, code))?.versions).toHaveLength(2);
});

test('a new product and its retirement go the same way, and a retired one can be offered again', async () => {
	const code = 'flood-relief';
	const terms = await newestTerms(database.db, 'plan-e', { names: { 'zh-CN': '洪灾延期', en: 'Flood relief' } });
	const made = await proposeVersion(database.db, {
		staffId: ines,
		code,
		baseVersion: null,
		note: 'The flood of July.',
		terms,
	});
	if (!made.ok) throw new Error(made.refusal);
	expect(await offered(code)).toEqual([]);
	const publish = { staffId: hai, answer: 'published', note: '' } as const;
	expect(await answerProposal(database.db, { ...publish, proposalId: made.proposalId })).toEqual({ ok: true, code });
	expect(await offered(code)).toMatchObject([{ version: 1, names: { en: 'Flood relief' } }]);
	const retire = { staffId: hai, code, baseVersion: 1, note: 'The flood is over.' };
	const ended = await proposeRetirement(database.db, retire);
	if (!ended.ok) throw new Error(ended.refusal);
	const consent = { ...publish, staffId: ines, proposalId: ended.proposalId };
	expect(await answerProposal(database.db, consent)).toEqual({ ok: true, code });
	expect(await offered(code)).toEqual([]);
	expect(await proposeRetirement(database.db, retire)).toEqual({ ok: false, refusal: 'not_offered' });
	await publishChange(database.db, { maker: ines, checker: hai, code, baseVersion: 1 }, {});
	expect(await offered(code)).toMatchObject([{ version: 2 }]);
	expect((await audited(code)).map(([action]) => action)).toEqual([
		'product.proposed',
		'product.published',
		'product.proposed',
		'product.retired',
		'product.proposed',
		'product.published',
	]);
});

test('agents, support, supervisors and whoever was shut out have no say in products', async () => {
	const code = 'plan-d';
	const terms = await newestTerms(database.db, code);
	const proposalId = await proposeChange(database.db, { staffId: ines, code, baseVersion: 1 }, { cureDays: 10 });
	const others = await Promise.all(
		(['agent', 'support', 'supervisor', 'admin'] as const).map((role) => makeStaff(database.db, `other-${role}`, role)),
	);
	await database.db
		.updateTable('staff')
		.set({ disabled_at: now() })
		.where('id', '=', others[3] ?? '')
		.execute();
	for (const staffId of others) {
		const form = { staffId, code: 'new-one', baseVersion: null, note: '' };
		const refused = { ok: false, refusal: 'wrong_role' };
		expect(await proposeVersion(database.db, { ...form, terms })).toEqual(refused);
		expect(await proposeRetirement(database.db, { ...form, code, baseVersion: 1 })).toEqual(refused);
		for (const answer of ['published', 'rejected', 'withdrawn'] as const) {
			expect(await answerProposal(database.db, { staffId, proposalId, answer, note: 'x' })).toEqual(refused);
		}
	}
	expect((await offered(code))[0]?.version).toBe(1);
});

test('every bad field is named, and nothing is kept', async () => {
	const terms = await newestTerms(database.db, 'plan-e', {
		instalments: [0, 61, 'x'],
		periodicRate: 'a lot',
		waivers: { lateFeeShare: '2', interestShare: '0', at: 'never' },
		names: { en: ' ' },
		secondApproverFrom: '12',
	});
	const outcome = await proposeVersion(database.db, {
		staffId: ines,
		code: 'Bad!',
		baseVersion: null,
		note: '',
		terms,
	});
	if (outcome.ok || outcome.refusal !== 'problems') throw new Error('it was taken');
	expect(outcome.problems.map(({ field }) => field).sort()).toEqual([
		'code',
		'instalments[0]',
		'instalments[1]',
		'instalments[2]',
		'names.en',
		'periodicRate',
		'secondApproverFrom',
		'waivers.at',
		'waivers.lateFeeShare',
	]);
	expect(await audited('Bad!')).toEqual([]);
});
