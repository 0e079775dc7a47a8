import { expect, test } from 'vitest';
import { findCurrentApplication } from '#lib/server/application/draft.ts';
import { saveHardship } from '#lib/server/application/save-hardship.ts';
import { submitApplication } from '#lib/server/application/submit-application.ts';
import { withdrawApplication } from '#lib/server/application/withdraw-application.ts';
import { now } from '#lib/server/clock.ts';
import { findDraft } from '#lib/server/form-draft/find-draft.ts';
import { keepDraft } from '#lib/server/form-draft/keep-draft.ts';
import { useDatabase } from '../support/database.ts';
import { AT, makeCardholder, makeDraft, TODAY } from '../support/trip.ts';

const database = useDatabase();

const seconds = (n: number) => new Date(now().getTime() + n * 1_000);

test('the monthly sum and the first day are kept while the application is a draft, and go with it', async () => {
	const fields = { monthly: '800', first: '2026-12-15', 'n.personal-instalments': '12' };
	for (const end of ['submit', 'withdraw'] as const) {
		const owner = await makeCardholder(database.db);
		const draft = await makeDraft(database.db, owner);
		const { applicationId: subjectId } = draft;
		const typed = { form: 'plans', subjectId, fields, typedAt: now() } as const;
		const keep = () => keepDraft(database.db, { owner, typed, at: now() });
		await keep();
		expect(await findDraft(database.db, owner, { form: 'plans', subjectId })).toEqual(fields);
		const outcome =
			end === 'submit'
				? await submitApplication(database.db, { owner, form: { ...draft, consent: true }, today: TODAY, at: AT })
				: await withdrawApplication(database.db, { owner, applicationId: draft.applicationId, at: AT });
		expect(outcome).toMatchObject({ ok: true });
		expect(await findDraft(database.db, owner, { form: 'plans', subjectId })).toEqual({});
		expect(await keep()).toEqual({ ok: false, refusal: 'form_over' });
	}
});

test('a situation that was typed earlier and comes later covers nothing', async () => {
	const owner = await makeCardholder(database.db);
	const save = (circumstances: string, typedAt?: Date) =>
		saveHardship(database.db, {
			owner,
			form: { reason: 'unemployment', circumstances, budget: {}, ...(typedAt && { typedAt }) },
			locale: 'zh-CN',
			at: now(),
		});
	await save('厂里停工，正在找活。', seconds(-10));
	expect(await save('厂里停工', seconds(-11))).toMatchObject({ ok: true });
	const words = async () => (await findCurrentApplication(database.db, owner))?.circumstances;
	expect(await words()).toBe('厂里停工，正在找活。');
	await save('厂里停工，找到活了。', seconds(-9));
	expect(await words()).toBe('厂里停工，找到活了。');
	// Sent without saying when it was typed, it is typed now.
	await save('下月上班。');
	expect(await words()).toBe('下月上班。');
});
