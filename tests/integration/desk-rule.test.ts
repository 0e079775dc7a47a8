import { beforeAll, expect, test } from 'vitest';
import type { DeskRule } from '#lib/domain/review/rule-change.ts';
import { answerRule } from '#lib/server/desk-rule/answer-rule.ts';
import { proposeRule } from '#lib/server/desk-rule/propose-rule.ts';
import { readRule } from '#lib/server/desk-rule/read-rule.ts';
import { readChecksFor } from '#lib/server/review/checklist-rules.ts';
import { readDeclineTemplates } from '#lib/server/review/decline-rules.ts';
import { useDatabase } from '../support/database.ts';
import { makeStaff } from '../support/staff.ts';

const database = useDatabase();
let ines = '';
let hai = '';

beforeAll(async () => {
	process.env['SECRET_KEY'] ??= 'a secret of the tests, long enough';
	ines = await makeStaff(database.db, 'rules-ines', 'admin');
	hai = await makeStaff(database.db, 'rules-hai', 'admin');
});

/** A rule as it stands, changed by a hand. */
async function changed(key: DeskRule, change: (value: never) => void): Promise<{ value: object; baseMark: string }> {
	const { value, mark } = await readRule(database.db, key);
	const copy = structuredClone(value);
	change(copy as never);
	return { value: copy, baseMark: mark };
}

const CHECK = { code: 'phoned', words: { 'zh-CN': '已致电核实', en: 'Called to confirm' }, needed: true };
const withCheck = () => changed('checks', ({ items }: { items: object[] }) => items.push(CHECK));

const WHY = 'Callers gave wrong names in March.';
const propose = (key: DeskRule, form: { value: object; baseMark: string; note?: string }, staffId = ines) =>
	proposeRule(database.db, { staffId, key, note: WHY, ...form });
const answer = (form: Omit<Parameters<typeof answerRule>[1], 'note'> & { note?: string }) =>
	answerRule(database.db, { note: '', ...form });

test('a check is in force once a second administrator consents, and not before, and the audit log names both', async () => {
	const { db } = database;
	const form = await withCheck();
	expect(await propose('checks', { ...form, note: ' ' })).toEqual({ ok: false, refusal: 'why_missing' });
	const proposed = await propose('checks', form);
	if (!proposed.ok) throw new Error(proposed.refusal);
	const { proposalId } = proposed;
	const codes = async () => (await readChecksFor(db, 'other')).map(({ code }) => code);
	expect(await codes()).not.toContain('phoned');
	const asked = { key: 'checks', proposalId } as const;
	expect(await propose('checks', form, hai)).toEqual({ ok: false, refusal: 'already_proposed' });
	expect(await answer({ ...asked, staffId: ines, answer: 'published' })).toEqual({
		ok: false,
		refusal: 'own_proposal',
	});
	expect(await answer({ ...asked, staffId: hai, answer: 'withdrawn' })).toEqual({ ok: false, refusal: 'not_yours' });
	expect(await answer({ ...asked, staffId: hai, answer: 'rejected' })).toEqual({ ok: false, refusal: 'note_missing' });
	const both = await Promise.all([1, 2].map(() => answer({ ...asked, staffId: hai, answer: 'published' })));
	expect(both.filter(({ ok }) => ok)).toHaveLength(1);
	expect(await codes()).toContain('phoned');
	const deeds = await db
		.selectFrom('audit_log')
		.select(['action', 'actor_id'])
		.where('subject_kind', '=', 'setting')
		.where('subject_id', '=', 'checks')
		.orderBy('id')
		.execute();
	expect(deeds).toEqual([
		{ action: 'desk_rule.proposed', actor_id: ines },
		{ action: 'desk_rule.published', actor_id: hai },
	]);
	expect(await propose('checks', form)).toEqual({ ok: false, refusal: 'outdated' });
	expect(await propose('checks', await changed('checks', () => undefined))).toEqual({
		ok: false,
		refusal: 'unchanged',
	});
});

test('who is no administrator, or was shut out, has no say', async () => {
	const supervisor = await makeStaff(database.db, 'rules-supervisor', 'supervisor');
	const form = await changed('checks', ({ items }: { items: { needed: boolean }[] }) => {
		for (const item of items.slice(1)) item.needed = false;
	});
	expect(await propose('checks', form, supervisor)).toEqual({ ok: false, refusal: 'wrong_role' });
});

test('what a letter cannot hold is told by its place, and nothing is kept', async () => {
	interface Letters {
		reasons: { name: Record<string, string>; letter?: Record<string, string> }[];
		object: Record<string, string>;
	}
	const form = await changed('decline_letters', ({ reasons, object }: Letters) => {
		const [first] = reasons;
		if (first) Object.assign(first, { name: { 'zh-CN': '名', en: ' ' }, letter: { 'zh-CN': '{name} 您好', en: 'x' } });
		object['en'] = 'You can object.';
	});
	const refused = await propose('decline_letters', form);
	expect(refused).toMatchObject({ ok: false, refusal: 'problems' });
	expect('problems' in refused && refused.problems).toEqual([
		{ at: 'reasons.0.name.en', kind: 'missing' },
		{ at: 'reasons.0.letter.zh-CN', kind: 'placeholder' },
		{ at: 'object', kind: 'no_day' },
	]);
	expect((await readRule(database.db, 'decline_letters')).proposal).toBeUndefined();
	const emptied = await changed('checks', ({ items }: { items: object[] }) => items.splice(0));
	expect(await propose('checks', emptied)).toMatchObject({ problems: [{ at: 'items', kind: 'nothing_needed' }] });
});

test('a letter that was taken back or rejected is never sent, and the next proposal can be made', async () => {
	const { db } = database;
	const worded = (text: string) =>
		changed('decline_letters', ({ final }: { final: Record<string, string> }) => void (final['en'] = text));
	for (const [by, as] of [
		[ines, 'withdrawn'],
		[hai, 'rejected'],
	] as const) {
		const proposed = await propose('decline_letters', await worded(`Never ${as}.`));
		if (!proposed.ok) throw new Error(proposed.refusal);
		const form = { key: 'decline_letters', proposalId: proposed.proposalId, note: 'No.' } as const;
		expect(await answer({ ...form, staffId: by, answer: as })).toEqual({ ok: true });
	}
	expect((await readDeclineTemplates(db)).final['en']).not.toContain('Never');
	expect((await readRule(db, 'decline_letters')).proposal).toMatchObject({ status: 'rejected', decisionNote: 'No.' });
});
